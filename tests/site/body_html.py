"""Pieces of a body into the HTML the site's editor stores; the same in every layout but that of 2016."""

import html

from tests.site.inline import markup
from tests.site.pieces import (
    OPENING,
    BacaJuga,
    Embed,
    Furniture,
    Heading,
    InlinePhoto,
    Items,
    Loose,
    Markup,
    Paragraph,
    Piece,
    Quote,
)
from tests.site.story import Dateline, Story


def elements(story: Story, page: int) -> list[str]:
    """HTML of each piece of a page; the dateline opens the first text of the story, so page 2 has none."""
    pieces = story.pieces_of(page)
    opening = dateline_html(story.dateline) if story.dateline and page < 2 else ""
    found: list[str] = []
    for piece in pieces:
        found.append(element(piece, opening))
        if isinstance(piece, Paragraph | Loose) or (isinstance(piece, Markup) and OPENING in piece.html):
            opening = ""
    return found


def dateline_html(line: Dateline) -> str:
    if line.printed:
        return line.printed
    words = f"{line.place}, {line.brand}" if line.place else line.brand
    dash = {"–": "&ndash;", "—": "&mdash;"}.get(line.dash, line.dash)
    return f"<strong>{words} {dash}</strong> " if line.dash_in_bold else f"<strong>{words}</strong> {dash} "


def element(piece: Piece, opening: str = "") -> str:
    """One piece; `opening` is the dateline, which stands inside the paragraph."""
    match piece:
        case Paragraph(text):
            found = f"<p>{opening}{markup(text)}</p>"
        case Loose(texts):
            found = opening + "<br /><br />".join(markup(text) for text in texts)
        case Heading(text, strong):
            found = f"<p><strong>{markup(text)}</strong></p>" if strong else f"<h2>{markup(text)}</h2>"
        case Quote(text):
            found = f"<blockquote>\n<p>{markup(text)}</p>\n</blockquote>"
        case Items(texts):
            found = "<ul>\n" + "\n".join(f"<li>{markup(text)}</li>" for text in texts) + "\n</ul>"
        case BacaJuga():
            found = _baca_juga(piece)
        case InlinePhoto():
            found = _photo(piece)
        case Embed():
            found = _embed(piece)
        case Markup() | Furniture():
            found = piece.html.replace(OPENING, opening)
    return found


def _photo(piece: InlinePhoto) -> str:
    caption, credit = html.escape(piece.photo.caption or ""), html.escape(piece.photo.credit or "")
    author = f'<span class="pb_10 author">{credit}</span> ' if credit else ""
    return (
        '<p><div id="5f8d04968674fe4b4015147f" class="photo" style="   max-width: 100% ; width:750px ">'
        f'<img data-width="750px" data-aligment=""  src="{piece.photo.url}" alt="{caption}" />'
        f"{author}{caption}</div>{markup(piece.tail)}</p>"
    )


def _anchor(title: str, url: str) -> str:
    return f'<a href="{url}" class="inner-link-baca-juga" target="_self">{markup(title)}</a>'


def _baca_juga(piece: BacaJuga) -> str:
    anchors = [_anchor(title, url) for title, url in piece.links]
    if piece.form == "list":
        items = "\n".join(f"<li><strong>{anchor}</strong></li>" for anchor in anchors)
        return f"<p><strong>Baca juga:</strong></p>\n<ul>\n{items}\n</ul>"
    if piece.form == "plain":
        return f"<p>Baca juga : {anchors[0]}</p>"
    if piece.form == "box":
        return f'<div class="inject-baca-juga"><p><strong>Baca juga: {anchors[0]}</strong></p></div>'
    return f"<p><strong>Baca juga: {anchors[0]}</strong></p>"


def _embed(piece: Embed) -> str:
    if piece.kind == "twitter":
        user = piece.address.split("/")[3]
        return (
            '<blockquote class="twitter-tweet">\n'
            f'<p lang="en" dir="ltr">{html.escape(piece.text)} <a href="https://t.co/L96OZiTCKj">'
            f"pic.twitter.com/L96OZiTCKj</a></p>\n&mdash; {user} (@{user}) "
            f'<a href="{piece.address}?ref_src=twsrc%5Etfw">April 21, 2021</a></blockquote>\n'
            '<script async src="//platform.twitter.com/widgets.js" charset="utf-8"></script>'
        )
    if piece.kind == "instagram":
        link = f"{piece.address}?utm_source=ig_embed&amp;utm_campaign=loading"
        return (
            '<blockquote class="instagram-media" style="background: #FFF; border: 0; max-width: 540px;" '
            f'data-instgrm-captioned="" data-instgrm-permalink="{link}" data-instgrm-version="12">\n'
            '<div style="padding: 16px;">\n<div style="padding: 19% 0;">&nbsp;</div>\n'
            '<div style="color: #3897f0;">View this post on Instagram</div>\n'
            f'<p style="margin: 8px 0 0 0;"><a href="{link}" target="_blank">{html.escape(piece.text)}</a>'
            "</p>\n"
            '<p style="color: #c9c8cd;">A post shared by <a href="https://www.instagram.com/taman.contoh/'
            '?utm_source=ig_embed" target="_blank">Taman Contoh</a> (@taman.contoh)</p>\n</div>\n'
            "</blockquote>"
        )
    return (
        f'<p><iframe src="{piece.address}" frameborder="0" width="100%"  allowfullscreen="true" '
        'height="301px"></iframe></p>'
    )

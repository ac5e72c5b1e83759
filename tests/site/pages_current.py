"""Article pages of 2022-2026: title after the header, roles in a dialog, furniture inside the body."""

import html
from collections.abc import Sequence

from tests.site.body_html import elements
from tests.site.furniture import FOOTER, HEADER, Boxes, paging, popular_box, thumbnail
from tests.site.head_html import head
from tests.site.pages_kcm import MONTHS
from tests.site.pages_read import breadcrumb, verdict_box
from tests.site.pages_read import tags as old_tags
from tests.site.pieces import InlinePhoto
from tests.site.story import Story

STYLES = '<link rel="stylesheet" href="https://asset.kompas.com/data/2024/wp/css/kcm-article.css" type="text/css">'
FLAT = '<a href="https://www.kompas.com" data-google-interstitial="false">Kompas.com</a>'

RECOMMENDER = """<div class="kompasidRec"><div class="kompasidRec__wrap"><div class="kompasidRec__title">\
Baca di Kompas.id</div><div class="kompasidRec__subs">Langganan</div></div></div>
<script>var endpoint = 'https://apis.kompas.com/api/kompasid'; var xhr = new XMLHttpRequest(); \
xhr.send();</script>"""
PARTNER = '<div class="ads-partner-wrap"><p>Pilihan dari mitra</p><div class="ads-partner"></div></div>'
GATE = '<div class="gate-kgplus"><p>Gabung KOMPAS.com Plus sekarang</p></div>'
WHATSAPP = (
    "<p><em>Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih saluran andalanmu "
    'akses berita Kompas.com WhatsApp Channel : <a href="https://www.whatsapp.com/channel/0029VaFPbedBPzjZrk13HO3D">'
    "https://www.whatsapp.com/channel/0029VaFPbedBPzjZrk13HO3D</a>. Pastikan kamu sudah install aplikasi "
    "WhatsApp ya.</em></p>"
)

COPYRIGHT = """<p>Copyright 2008 - 2026 PT. Kompas Cyber Media (Kompas Gramedia Digital Group). \
All Rights Reserved.</p>
"""
CHROME = """<div class="reader__menu"><p>Konten yang disukai</p><p>Atur minat</p>
<p>Membership KOMPAS.com+</p></div>
<div id="komentar" class="comment"><div class="title__content">Komentar di artikel lainnya</div></div>
"""


def render(story: Story, page: int, boxes: Boxes) -> bytes:
    """A page of a story; page 0 is ``?page=all``."""
    parts = (
        head(story, page, STYLES),
        HEADER,
        '<div class="banner-plus"><p>Baca berita tanpa iklan. Gabung Kompas.com+</p></div>\n',
        breadcrumb(story),
        '<div class="row js-giant-wp-sticky-parent">\n<div class="col-bs10-7 js-read-article">\n',
        '<div class="read__header">\n',
        f'<div class="read__time">{time_line(story)}</div>\n',
        _column(story) if is_column(story) else _credit(story),
        f'</div>\n<h1 class="read__title">{html.escape(story.title, quote=False)}</h1>\n',
        verdict_box(story),
        _lead(story),
        _content(story, page),
        paging(story, page),
        _tags(story),
        CHROME,
        latest_box(boxes.latest),
        '</div>\n<div class="col-bs10-3 inner__sidebar">\n',
        popular_box(boxes.popular),
        "</div>\n</div>\n",
        "" if is_column(story) or is_anonymous(story) else _dialog(story),
        _whole_text(story),
        COPYRIGHT,
        FOOTER,
    )
    return "".join(parts).encode(errors="surrogateescape")


def _whole_text(story: Story) -> str:
    """The text of all pages for advertisers, escaped twice."""
    text = html.escape(html.escape(" ".join(story.whole_text.split())))
    return f'<script>\n  var keywordBrandSafety = "{text}";\n</script>\n'


def time_line(story: Story) -> str:
    """Three forms: month by name, digits, and the time of an update alone."""
    when = story.published
    if story.modified and "restated" in story.variant:
        return f"{FLAT} - Diperbarui {story.modified:%d/%m/%Y, %H:%M} WIB"
    if story.modified:
        return f"{FLAT}, Diperbarui {story.modified:%d/%m/%Y, %H:%M} WIB"
    if "digits" in story.variant:
        return f"{FLAT} - {when:%d/%m/%Y, %H:%M} WIB"
    space = " " if "spaced" in story.variant else ""
    return f"{FLAT}{space}, {when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H:%M} WIB"


def _people(story: Story) -> list[tuple[str, str]]:
    return [(name, "Penulis") for name in story.authors] + [(name, "Editor") for name in story.editors]


def is_column(story: Story) -> bool:
    """Whether the page has the header of a column; some columns have none."""
    return "column" in story.variant


def is_anonymous(story: Story) -> bool:
    """Whether nothing beside the text names who wrote it."""
    return "anonymous" in story.variant


def _column(story: Story) -> str:
    """The columnist, with the mark of a footnote; the editor stands in an item of its own."""
    (writer,), editors = story.authors, story.editors
    items = "".join(
        f'<div class="read__credit__item" id="editor"><span>Editor</span> <a href="#">{html.escape(name)}</a></div>'
        for name in editors
    )
    return f"""<div class="opinion__header col-offset-fluid clearfix"><div class="opinion__desc">
<div class="opinion__author"><a class="opinion__link" href="https://kolom.kompas.com/9884">{html.escape(writer)}*</a></div>
<div class="opinion__authortitle">Penjaga mercusuar</div>
<div class="opinion__authorprofile"><p><p>Menulis dari sebuah pulau kecil.</div></div></div>
<div class="read__credit clearfix">{items}</div>
"""


def _credit(story: Story) -> str:
    """Names without roles; the label beside them may be missing and says little where it stands."""
    people = _people(story)
    if not people or is_anonymous(story):
        return ""
    last = len(people) - 1
    names = "".join(
        f'<div class="credit-title-nameEditor">{html.escape(name)}{"," if number < last else ""}</div>'
        for number, (name, _) in enumerate(people)
    )
    label = "" if "unlabelled" in story.variant else f"<p>{'Tim Redaksi' if last else 'Penulis'}</p>"
    return f"""<div class="credit"><div class="credit-title">
<div class="credit-title-name">{names}</div>{label}
</div></div>
"""


def _dialog(story: Story) -> str:
    entries = "\n".join(
        f"""<a href="https://indeks.kompas.com/profile/2109/{name.replace(" ", ".")}">
<div class="credit-author">
<div class="credit-author-title"><div class="credit-author-name">{html.escape(name)}</div>
<div class="credit-author-position">{role}</div></div></div></a>"""
        for name, role in _people(story)
    )
    return f'<div id="creditModal" class="creditModal">\n{entries}\n</div>\n'


def _lead(story: Story) -> str:
    if story.lead is None:
        return ""
    caption = html.escape(story.lead.caption or "")
    credit = f" <span>({html.escape(story.lead.credit)})</span>" if story.lead.credit else ""
    return f"""<div class="photo__wrap"><img src="{story.lead.url}" alt="{caption}"></div>
<div class="photo__caption">{caption}{credit}</div>
"""


def _content(story: Story, page: int) -> str:
    lines: list[str] = []
    for count, (piece, line) in enumerate(zip(story.pieces_of(page), elements(story, page), strict=True), 1):
        lazy = isinstance(piece, InlinePhoto)
        lines.append(line.replace(" src=", ' class="lozad" data-src=') if lazy else line)
        if count == 2:
            lines.append(RECOMMENDER)
        if count == 4:
            lines += ['<span class="ads-on-body"><!-- (ads.paragraph.4) --></span>', PARTNER]
    text = "\n".join([*lines, GATE, WHATSAPP])
    return f"""<!-- read content-->
<div class="read__content"><div class="clearfix">
{text}
<span class="liftdown_v2_tanda"></span>
<div class="fb-quote"></div>
</div></div>
<div id="EndOfArticle"></div>
"""


def _tags(story: Story) -> str:
    """The list of 2017 stayed until 2025; the cloud is of 2026."""
    if "cloud" not in story.variant:
        return old_tags(story)
    items = "".join(
        f'<div class="tagsCloud-tag"><a href="https://www.kompas.com/tag/{tag.lower().replace(" ", "-")}">'
        f"{html.escape(tag)}</a></div>"
        for tag in story.tags
    )
    return f'<div class="read__tagging"><div class="tagsCloud">{items}</div></div>\n'


def article_item(story: Story, lead: str = "") -> str:
    """An entry of a list since 2024; it names the day, not the hour."""
    return f"""<div class="articleItem"><a class="article-link" href="{story.address}">
<div class="articleItem-wrap">
<div class="articleItem-img"><img src="{thumbnail("195x98")}" alt="{html.escape(story.title)}"></div>
<div class="articleItem-box"><h2 class="articleTitle">{html.escape(story.title, quote=False)}</h2>
<div class="articlePost"><ul><li><div class="articlePost-subtitle">{story.section}</div></li>
<li><div class="articlePost-date">{story.published:%d/%m/%Y}</div></li></ul></div>{lead}
</div></div></a></div>"""


def latest_box(stories: Sequence[Story]) -> str:
    items = "\n".join(article_item(story) for story in stories)
    return f"""<div class="row mt2 clearfix"><h2 class="title__content">Terkini Lainnya</h2>
<div class="latest ga--latest"><div class="articleList -list ">
{items}
</div></div></div>
"""

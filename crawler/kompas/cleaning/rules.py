"""The selectors of cleaning: which elements of a body are furniture, posts and pictures, and why.

`tests/kompas/cleaning/box_markup.py` has markup that each box rule removes and markup that looks like it and stays.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class BoxRule:
    """Elements whose text is not the story's."""

    name: str
    css: str
    reason: str


END_OF_ARTICLE: Final = "div.fb-quote, #EndOfArticle"
"""Marks behind the last paragraph: everything after them inside the body element is furniture."""

BODY_END: Final = frozenset(("fb-quote", "liftdown_v2_tanda"))
"""Classes of the marks that the template writes behind the last paragraph but inside the body element (all of 124 pages
of 2020 to 2024 have one)."""

TEMPLATE_END: Final = f"{END_OF_ARTICLE}, .liftdown_v2_tanda, #widget-polling, iframe.darkMsg"
"""Everything that the template writes behind the last paragraph."""

RELATED_BOXES: Final = ".inject-baca-juga"
"""A "Baca juga" that is a box of its own: its links are related links."""

PHOTOS: Final = "div.photo, div.photo__wrap, div.photo-infographic, figure, figcaption, div.photo__caption, img"
EMBEDS: Final = (
    "blockquote.twitter-tweet, blockquote.twitter-video, blockquote.instagram-media, blockquote.tiktok-embed, "
    "blockquote.text-post-media, blockquote.bluesky-embed, blockquote.embed, "
    "div.fb-post, div.fb-video, div.video, iframe, oembed"
)
"""Posts and players. `blockquote.embed` holds a bare address (5 of 10,000 pages of 2023), `div.video` a player and
sometimes a caption (2,180), `blockquote.text-post-media` a post of Threads."""

BOXES: Final = (
    BoxRule("fallback", "noscript, template, svg, object, video, audio, canvas", "shown only where a player fails"),
    BoxRule(
        "ads",
        "span.ads-on-body, .ads-partner-wrap, .advertisement, ins.adsbygoogle, [id^='div-gpt-ad'], "
        "[id^='jxads'], [id^='jxOutstream'], [class^='jxf'], [id^='sm_box']",
        "advertising slots between paragraphs",
    ),
    BoxRule("widget", "#widget-polling, iframe.darkMsg", "survey (2023) and poll (2024) of the site under the story"),
    BoxRule("lift_mark", "span.liftdown_v2_tanda", "empty mark for a script"),
    BoxRule(
        "recommender",
        "[class*='kompasidRec'], .kid-wrap",
        "Kompas.id teaser: empty in 2023, filled by a script whose code leaks into the text",
    ),
    BoxRule("membership", ".gate-kgplus", "KOMPAS.com+ gate"),
    BoxRule("verdict", ".hoax__artikel", "verdict of a fact check: it has a field of its own, `claim_verdict`"),
    BoxRule("related_box", ".articleRelated, .article__related, .related__inline", "link boxes beside the text"),
    BoxRule("sidebar", "aside, .inner__sidebar", "a column of other content inside the body element"),
    BoxRule("paging", ".read__paging, .paging, .paging__footnote", "page numbers of a divided story"),
    BoxRule(
        "credits", ".read__credit, .read__tagging", "blocks under the story, where an unclosed element draws them in"
    ),
    BoxRule("share", ".social, .social--inline, .social--text", "share buttons"),
    BoxRule("player", "[id^='ivsplayer'], ivs-player, .kgnw-middle", "the advertising video player"),
    BoxRule("comments", ".comment, .komentar-bar, #komentar, #comment_widget", "comment box"),
    BoxRule("form", "form, button, input, select, textarea, label", "controls"),
    BoxRule(
        "hidden",
        "[hidden], [aria-hidden='true'], [style*='display:none'], [style*='display: none'], "
        "[style*='visibility:hidden'], [style*='visibility: hidden'], dialog:not([open])",
        "a browser does not show it",
    ),
)

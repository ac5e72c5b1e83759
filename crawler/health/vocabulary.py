"""The facts about markup and text that stories are known to have, before any run has seen one.

From 126 real pages of 2015 to 2024 and the pages that were written after them; names only. What an editor's tool writes
is the same in all layouts.
"""

from typing import Final

from crawler.health.facts import MARKUP

_MARKUP: Final = {
    "paragraphs and inline marks": (
        "p strong b em i u br h2 h3 h4 ul ol li blockquote div span address table tbody tr td th"
    ),
    "links of the text": (
        "a a.inner-link a.inner-link-tag a.inner-link-baca-juga a[href] a[target] a[rel] a[style] a[title]"
    ),
    "photos": "div.photo div[data-photolink] div.photo-infographic img img[src] img[alt]",
    "posts": (
        "blockquote.twitter-tweet blockquote.instagram-media blockquote[data-instgrm-captioned] blockquote[style] "
        "blockquote[data-instgrm-permalink] blockquote[data-instgrm-version] blockquote.embed blockquote.tiktok-embed"
    ),
    "players": (
        "div.video iframe iframe[allowfullscreen] iframe[frameborder] iframe[height] iframe[src] iframe[width] "
        "iframe[webkitallowfullscreen] iframe[scrolling] iframe[allow] iframe[title]"
    ),
    "the template": "div.clearfix div#* div[style] div[data-io-article-url] div.inject-baca-juga",
    "promoted words inside the text": "a.pickwords a.pw_fr a#ads small.pickwords-text",
    "a form, whose lines are removed by their words": "div.newsletter__wrap",
    "remains of a translator in a browser, and a cut of paid text: one page each": (
        "div#gtx-trans div.restricted-holder-bottom"
    ),
}
"""What it is -> names (`kompas.cleaning.names`)."""

_TEXT: Final = {
    "text/link_line": "a line that is a link, as digests have under each item: 3 of 64 pages",
    "text/unstated": "a sentence that was edited after the page's script was written: 1 of 63 pages",
}

KNOWN: Final = frozenset((*(MARKUP + name for names in _MARKUP.values() for name in names.split()), *_TEXT))

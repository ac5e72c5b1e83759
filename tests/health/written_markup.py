"""Markup that no page of the tests shows, or not inside a body. Each is written into a page of its own."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from tests.kompas.cleaning.box_markup import FURNITURE
from tests.site.site import Site

Change = Callable[[str], str]

_CREDIT: Final = '<div class="credit-title-nameEditor">'
_CRUMBS: Final = r'<h3 class="breadcrumb">.*?</h3>'
_ITEM: Final = (
    r'<div class="articleItem">.*?href="([^"]+)".*?articleTitle">(.*?)</h2>'
    r'.*?subtitle">(.*?)<.*?date">(.*?)<.*?</a></div>'
)
_LATEST: Final = (
    r'<div class="latest__item"><a href="\1"><h2 class="latest__title">\2</h2></a>'
    r'<div class="latest__subtitle">\3</div><div class="latest__date">\4</div></div>'
)
_KCM_DATE: Final = "kcm-date msmall grey"


def replacing(pattern: str, other: str) -> Change:
    return lambda page: re.sub(pattern, other, page, flags=re.DOTALL)


def inside(snippet: str) -> Change:
    """Return a change that writes markup behind the first paragraph of the body."""

    def write(page: str) -> str:
        behind = page.index("</p>", page.index("read__content")) + len("</p>")
        return page[:behind] + snippet + page[behind:]

    return write


_IN_A_BODY: Final = (
    '<div class="ads-partner-wrap">Isi kotak</div><ins class="adsbygoogle">Isi kotak</ins>',
    '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"><p>Kiriman</p></div>',
    '<div class="fb-video" data-href="https://www.facebook.com/a/videos/1"></div>',
    '<blockquote class="twitter-video"><p>Kicau</p><a href="https://twitter.com/a/status/1">x</a></blockquote>',
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/1"><p>Video</p></blockquote>',
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@a/post/1"><p>Utas</p>'
    "</blockquote>",
    '<blockquote class="bluesky-embed"><p>Kiriman</p><a href="https://bsky.app/profile/a/post/1">x</a></blockquote>',
    '<blockquote class="embed">https://twitter.com/a/status/1</blockquote>',
    '<div class="video"><iframe src="https://www.youtube.com/embed/a"></iframe><span class="author">FOTO</span> Dua'
    " kapal</div>",
    '<div class="photo-infographic"><img src="https://asset.kompas.com/a.jpg"><span class="author">FOTO</span> Peta'
    "</div>",
    '<img src="data:image/gif;base64,R0" data-original="https://asset.kompas.com/a.jpg">',
    '<img src="data:image/gif;base64,R0" data-lazy-src="https://asset.kompas.com/a.jpg">',
    '<img data-srcset="https://asset.kompas.com/a.jpg 2x">',
    '<iframe data-src="https://www.youtube.com/embed/a"></iframe>',
    '<figure><img data-src="https://asset.kompas.com/a.jpg"><figcaption>Dua kapal <span>(FOTO)</span></figcaption>'
    "</figure>",
    '<div class="inject-baca-juga"><p>Pilihan: <a href="/global/read/2021/01/01/101010170/x">Judul lama</a></p></div>',
    '<div class="fb-quote"></div><p>Simpan artikel ini nanti.</p>',
    '<div id="EndOfArticle"></div><p>Simpan artikel ini nanti.</p>',
)
_VERDICT: Final = '<div class="hoax__artikel"><h2>hoaks!</h2></div>'
_WITHOUT_CREDITS: Final = r'class="read__credit[^"]*"|class="tag__article__wrap"|id="(?:penulis|editor)"'
_ELSEWHERE: Final[dict[str, tuple[Change, ...]]] = {
    "read": (
        replacing('<div class="read__content">', _VERDICT + '<div class="read__content">'),
        lambda page: replacing(_WITHOUT_CREDITS, 'class="lain"')(page).replace("<meta name", "<meta  name"),
        replacing(r'(<div class="photo"[^>]*>\s*<img )src=', r'\1class="lozad" data-src='),
        replacing(r'"@context":"[^"]*","@type":"NewsArticle"', r'"@type":["Thing","NewsArticle"]'),
        replacing(r'(\{"@context":"[^"]*","@type":"NewsArticle".*?\})(?=\s*</script>)', r'{"@graph":[\1]}'),
    ),
    "current": (
        replacing('<div class="read__content">', '<div id="articleContent">'),
        replacing(_CRUMBS, '<div class="breadcrumb-new"><ul><li><a>Home</a></li><li><a>Global</a></li></ul></div>'),
        lambda page: replacing("content_category", "content_subcategory")(replacing(_CRUMBS, "")(page)),
        replacing(_ITEM, _LATEST),
        replacing(
            r'</div>\s*<div class="photo__caption">(.*?)</div>', r'<span class="photo__author">FOTO</span>\1</div>'
        ),
        replacing('"photo__wrap"', '"cover-photo"'),
        replacing(">Penulis<", ">Reporter<"),
        replacing(">Penulis<", ">Kontributor<"),
        replacing("creditModal", "dialog"),
        lambda page: replacing(_CREDIT + "(.*?)</div>", r"<h6>\1</h6>")(page.replace("creditModal", "dialog")),
        replacing('name="content_PublishedDate"', 'property="article:published_time"'),
    ),
    "kcm_read": (
        replacing("<!-- s: komentar -->", '<div class="kcm-read-tag"><a>kapal</a> <a>laut</a></div>'),
        replacing(
            r'(<link rel="canonical" href="([^"]+)".*)<!-- s: komentar -->',
            r'\1<div class="kcm-read-paging"><a href="\2?page=2">2</a></div>',
        ),
        replacing(
            r'(<link rel="canonical" href="([^"]+)".*)<!-- e: isi berita -->',
            r'\1<ul class="paginasi"><li><a href="\2?page=2">2</a></li></ul>',
        ),
        replacing("kcm-read-copy", "penulis-editor"),
        lambda page: replacing("kcm-read-top", "kcm-read-content-top")(page.replace(_KCM_DATE, "grey mb2")),
        replacing(_KCM_DATE, "grey small mb2"),
        replacing(r'<ul class="kcm-breadcrumb.*?</ul>', '<h4 class="breadcrump"><a>News</a> <a>Internasional</a></h4>'),
    ),
}


@cache
def plain_page(layout: str) -> tuple[str, str]:
    """Return address and text of the ordinary story into whose page markup is written."""
    site = Site()
    story = next(story for story in site.stories.values() if story.layout == layout and not story.trouble)
    return story.page_url("all"), site.respond(story.page_url("all")).body.decode()


def written_pages() -> Iterator[tuple[str, str, bytes, bytes]]:
    """Yield layout, address, the page with the markup, and its new part: the names in it are renamed one by one."""
    url, page = plain_page("read")
    boxes = [markup.replace("KATA", "Isi kotak") for markups in FURNITURE.values() for markup in markups]
    for snippet in (*boxes, *_IN_A_BODY):
        yield "read", url, inside(snippet)(page).encode(), snippet.encode()
    for layout, changes in _ELSEWHERE.items():
        url, page = plain_page(layout)
        for change in changes:
            written = change(page)
            assert written != page, f"nothing of the page of {layout} was there to be changed"
            yield layout, url, written.encode(), _new_lines(page, written).encode()


def _new_lines(page: str, written: str) -> str:
    old = set(page.splitlines())
    return "\n".join(line for line in written.splitlines() if line not in old)

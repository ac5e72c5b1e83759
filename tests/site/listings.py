"""Index pages of a day in three generations of markup, and the section fronts."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from tests.site.furniture import FOOTER, HEADER, printed_time, thumbnail
from tests.site.pages_current import article_item
from tests.site.pages_kcm import printed_time as printed_long
from tests.site.story import Story

PAGE_SIZES = {"kcm_read": 10, "read": 15, "current": 20}


@dataclass(frozen=True)
class Row:
    """An entry of a list: a story, and the address under which this list knows it."""

    story: Story
    href: str


def index_page(layout: str, rows: Sequence[Row], base: str, page: int) -> bytes:
    """One page of an index, the last again beyond the last. `base` is its address without `page`."""
    size = PAGE_SIZES[layout]
    last = max(1, -(-len(rows) // size))
    page = min(max(page, 1), last)
    shown = rows[(page - 1) * size : page * size]
    if layout == "kcm_read":
        return _old_index(shown, base, page, last)
    body = _articles(shown) if layout == "read" else _items(shown)
    year = "2017" if layout == "read" else "2024"
    head = (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>Indeks Berita - Kompas.com</title>\n'
        f'<link rel="stylesheet" href="https://asset.kompas.com/data/{year}/wp/css/kcm-indeks.css">\n</head>\n'
    )
    form = (
        '<div class="title clearfix"><h2 class="title__content">Indeks Berita</h2></div>\n'
        '<select class="form__select dropdown_sites"><option value="all">All</option>'
        '<option value="global" selected="">   Global</option><option value="tren">Tren</option></select>\n'
    )
    return f"{head}{HEADER}{form}{body}{_paging(base, page, last)}{FOOTER}".encode()


def _old_index(rows: Sequence[Row], base: str, page: int, last: int) -> bytes:
    entries = "\n".join(
        f"""<li>
<div class="tleft">
<div class="grey small">{printed_long(row.story)}</div>
<h3><a href="{row.href}">{html.escape(row.story.title)}</a></h3>
<p>
{html.escape(row.story.summary or "")}
</p>
</div>
</li>"""
        for row in rows
    )
    old = base.replace("https:", "http:").replace("&", "&amp;")
    active = {page: 'class="active"'}
    numbers = "".join(
        f"<li {active.get(number, '')}><a href='{old}&amp;page={number}'>{number}</a></li>"
        for number in range(1, last + 1)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Indeks Berita - Kompas.com</title></head>
<body><div class="container pt4">
<!--Isi Indeks Berita-->
<div class="kcm-main-list">
<ul class="clearfix">
{entries}
</ul>
</div>
<!-- Paginasi -->
<ul class="paginasi mt2" style="text-align: left;">
<li class="inactive grey">‹‹</li>
{numbers}<li><a href="#">››</a></li>
</ul>
<!-- /Paginasi -->
</div></body></html>
""".encode()


def _articles(rows: Sequence[Row]) -> str:
    """2019-2024. Quotation marks of a headline break the `alt` attribute, as they do on the site."""
    entries = "\n".join(
        f"""<div class="article__list clearfix">
<div class="article__list__asset clearfix"><div class="article__asset"><a href="{row.href}">\
<img src="{thumbnail("230x152")}" alt="{row.story.title}"></a></div></div>
<div class="article__list__title">
<h3 class="article__title article__title--medium"><a class="article__link" href="{row.href}">\
{html.escape(row.story.title, quote=False)}</a></h3>
</div>
<div class="article__list__info">
<div class="article__subtitle article__subtitle--inline">{row.story.section}</div>
<div class="article__date">{printed_time(row.story)}</div>
</div>
<div class="clearfix"></div>
</div>"""
        for row in rows
    )
    return f'<div class="latest--indeks mt2 clearfix">\n{entries}\n</div>\n'


def _items(rows: Sequence[Row]) -> str:
    """Since 2024."""
    if not rows:
        return '<div class="searchContent --emptyAlart"><h3>Tidak ada berita pada tanggal ini</h3></div>\n'
    entries = "\n".join(article_item(row.story).replace(row.story.address, row.href) for row in rows)
    return f'<div class="articleList -list ">\n{entries}\n</div>\n'


def _paging(base: str, page: int, last: int) -> str:
    if last == 1:
        return ""
    base = base.replace("&", "&amp;")

    def link(number: int, name: str, extra: str = "", rel: str = "") -> str:
        return (
            f'<div class="paging__item"><a class="paging__link{extra}" data-ci-pagination-page="{number}" '
            f'href="{base}&amp;page={number}"{rel}>{name}</a></div>'
        )

    numbers = "".join(
        '<div class="paging__item"><a class="paging__link paging__link--active" href="javascript:void(0)">'
        f"{number}</a></div>"
        if number == page
        else link(number, str(number))
        for number in range(1, last + 1)
    )
    onward = link(page + 1, "Next", " paging__link--next", ' rel="next"') if page < last else ""
    end = link(last, "Last", " paging__link--last") if last > 2 and page < last else ""
    return (
        '<!-- paging-->\n<div class="text-center mt2 clearfix"><div class="paging clearfix">'
        f'<div class="paging__wrap clearfix">{numbers}{onward}{end}</div></div></div>\n'
    )


def front(name: str, stories: Sequence[Story], stuck: Story, others: Sequence[Story]) -> bytes:
    """A section front: its stories, one promoted link that never goes, and much that belongs elsewhere."""
    elsewhere = (
        ("https://video.kompas.com/watch/166231/video-kapal-di-dasar-teluk", "Video Kapal di Dasar Teluk"),
        ("https://tv.kompas.com/read/2021/04/22/166231/kapal-di-dasar-teluk", "Kapal di Dasar Teluk"),
        ("https://www.kompas.id/baca/internasional/2021/04/22/harga-garam-dunia", "Harga Garam Dunia"),
        ("https://www.kompas.com/tag/penemuan", "penemuan"),
    )
    links = "\n".join(f'<a class="trenLatest__link" href="{url}">{title}</a>' for url, title in elsewhere)
    items = "\n".join(article_item(story) for story in (*stories, *others))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Berita {name} Terkini - Kompas.com</title>
<link rel="dns-prefetch" href="twitter.com"></head>
{HEADER}<div class="hlItem"><a href="{stuck.address}?source=promo">
<h2>{html.escape(stuck.title)}</h2></a></div>
<div class="articleList -list ">
{items}
</div>
<div class="wSpec">{links}</div>
{FOOTER}""".encode()

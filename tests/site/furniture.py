"""What surrounds an article on every page since 2017: header, link boxes, comment box, footer."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from tests.site.compose import CROPS
from tests.site.story import Story


@dataclass(frozen=True)
class Boxes:
    """Stories that the link boxes of a page list."""

    latest: Sequence[Story] = ()
    older: Sequence[Story] = ()
    popular: Sequence[Story] = ()


def printed_time(story: Story) -> str:
    """`22/04/2021, 16:06 WIB`."""
    return f"{story.published:%d/%m/%Y, %H:%M} WIB"


def thumbnail(size: str) -> str:
    """One and the same picture in every list: no record holds it."""
    return f"{CROPS.replace('750x500', size)}2021/04/01/daftar.jpg"


HEADER = """<body class="theme--global page--read">
<div class="wrap">
<!-- header-->
<div class="header clearfix">
<a href="https://www.kompas.com"><img src="https://asset.kompas.com/logo.png" \
alt="25 Tahun Kompas.com, Melihat Harapan"></a>
<ul class="nav__row clearfix">
<li class="nav__item"><a class="nav__link" href="https://www.kompas.com/global">Global</a></li>
<li class="nav__item"><a class="nav__link" href="https://www.kompas.com/tren">Tren</a></li>
<li class="nav__item"><a class="nav__link" href="https://money.kompas.com">Money</a></li>
<li class="nav__item"><a class="nav__link" href="http://www.kompas.tv">Kompas TV</a></li>
</ul></div>
"""

COMMENTS = """<!-- komentar-->
<div id="komentar" class="row mt2 comment ga--comment clearfix">
<div class="title clearfix"><div class="title__content">Komentar</div></div>
<div class="comment__promo">
<div class="comment__promo__img"><img data-src="https://asset.kompas.com/25@2x.png" alt="25th"></div>
<p>Tulis komentar dengan menyertakan tagar <span>#JernihBerkomentar</span> dan <span>#MelihatHarapan</span> \
di kolom komentar artikel Kompas.com.</p>
<a href="https://jmd.kompas.com/jernihberkomentar">Syarat & Ketentuan</a>
</div>
<div class="comment__disclaimer">Berkomentarlah secara bijaksana dan bertanggung jawab. \
seperti diatur dalam UU ITE</div>
</div>
<!-- report form -->
<div id="modals-report" class="cReport"><div class="cReport__title">Laporkan Komentar</div></div>
<div id="modals-report-success" class="cReport">
<div class="cReport__content">Terima kasih. Kami sudah menerima laporan Anda.</div></div>
"""

FOOTER = """<div class="kcm kcm__horizontal clearfix">
<a class="kcm__close js-kcm-horizontal" href="#">Close Ads X</a>
</div>
</div>
<!-- footer-->
<div class="title__content">Jelajahi</div>
<a href="https://internasional.kompas.com/">Internasional</a>
</body>
</html>
"""


def article_list(story: Story, size: str = "177x117") -> str:
    """An entry of "Terkini Lainnya": headline as `alt` and as link, the `<h3>` closed after its `<div>`."""
    alt = html.escape(story.title.replace('"', "'"))
    return f"""<div class="article__list clearfix">
<div class="article__list__asset clearfix"><div class="article__asset">\
<a href="{story.address}" target="_parent">\
<img class="lozad" data-src="{thumbnail(size)}" alt="{alt}"/></a></div></div>
<div class="article__list__title">
<h3 class="article__title article__title--medium">\
<a class="article__link" href="{story.address}" target="_parent">\
{html.escape(story.title, quote=False)}</a></div>
</h3>
<div class="article__list__info">
<div class="article__subtitle article__subtitle--inline ">{story.section}</div>
<div class="article__date">{printed_time(story)}</div>
</div>
<div class="clearfix"></div>
</div>"""


def latest_box(stories: Sequence[Story]) -> str:
    entries = "\n".join(article_list(story) for story in stories)
    pages = "".join(
        f'<div class="paging__item"><a class="paging__link" href="https://indeks.kompas.com?site=global&page={page}">'
        f"{page}</a></div>"
        for page in (2, 3)
    )
    return f"""<!-- terkini-->
<div class="row mt2 clearfix">
<div class="title clearfix"><h2 class="title__content">Terkini Lainnya</h2></div>
<div class="latest ga--latest mt2 clearfix">
{entries}
</div>
<div class="text-center mt2 clearfix"><div class="paging__wrap clearfix"><div class="paging__item">\
<a class="paging__link paging__link--active" href="javascript:void(0)">1</a></div>{pages}</div></div>
</div>
"""


def popular_box(stories: Sequence[Story]) -> str:
    entries = "".join(
        f'<div class="most__list  clearfix"><div class="most__count">{number}</div>'
        f'<a class="most__link" href="{story.address}">\n'
        f'<h4 class="most__title">{html.escape(story.title)}</h4>\n'
        f'<div class="most__read">Dibaca {9 - number}.850 kali</div></a></div>'
        for number, story in enumerate(stories, 1)
    )
    return f"""<!-- terpopuler-->
<div class="most ga--most mt1 clearfix">
<div class="title title--center clearfix"><h2 class="title__content">Terpopuler</h2></div>
<div class="most__wrap clearfix">{entries}</div>
</div>
"""


def older_box(stories: Sequence[Story]) -> str:
    """ "Mungkin Anda melewatkan ini": the template's own date of 2016 stands there as a comment."""
    entries = "\n".join(
        f"""<div class="article__list clearfix">
<div class="article__asset"><a href="{story.address}">
<img src="{thumbnail("95x95")}" alt="{html.escape(story.title)}" /></a></div>
<div class="article__list__title"><h3 class="article__title article__title--medium">
<a class="article__link" href="{story.address}">{html.escape(story.title, quote=False)}</a>
</h3></div>
<!-- <div class="article__list__info"><div class="article__date">26/11/2016, 08:31 WIB</div></div> -->
</div>"""
        for story in stories
    )
    return f"""<div class="oldArticle mt2 clearfix">
<div class="title clearfix title--center"><h2 class="title__content">Mungkin Anda melewatkan ini</h2></div>
<div class="latest ga--latest mt2 clearfix">
{entries}
</div></div>
"""


def paging(story: Story, page: int) -> str:
    """Page numbers under a divided story; also under ``?page=all``, where the site still prints them."""
    if story.pages == 1:
        return ""
    active = {page: "paging__link--active"}
    items = "".join(
        f'<div class="paging__item"><a class="paging__link {active.get(number, "")}" '
        f'href="{story.page_url(number)}">{number}</a></div>'
        for number in range(1, story.pages + 1)
    )
    following = ""
    if 0 < page < story.pages:
        following = f"""<div class="read__paging__footnote paging__footnote clearfix">
<span>Halaman Selanjutnya</span>
<h5><a href="{story.page_url(page + 1)}" class="next">Hal itu disampaikan dalam&#8230;</a></h5>
</div>
"""
    return f"""<!-- pagging -->
{following}<div class="read__paging clearfix"><div class="paging paging--article col-offset-0 clearfix">
<div class="paging__teaser">Halaman: </div>
<div class="paging__wrap clearfix">{items}</div>
<a class="paging__link paging__link--show" href="{story.page_url("all")}#page2">Show All</a>
</div></div>
"""

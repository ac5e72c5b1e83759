"""Lists of stories in every known markup."""

from collections.abc import Callable

import pytest

from crawler.errors import UnknownLayout
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.listing import RawEntry, front_links, older_entries, read_index, terkini_entries

INDEX = "https://indeks.kompas.com/?site=global&date=2021-04-22"
STORY = "https://www.kompas.com/global/read/2021/04/22/{:02}0600870/judul"


def _page(markup: str) -> Document:
    return Document(INDEX, f"<html><body>{markup}</body></html>".encode())


def _read_item(n: int) -> str:
    return (
        f'<div class="article__list clearfix"><div class="article__asset"><a href="{STORY.format(n)}">'
        f'<img src="/x.jpg" alt="Kapal "Besar" {n}"></a></div>'
        f'<h3 class="article__title"><a class="article__link" href="{STORY.format(n)}">Kapal <b>{n}</b></a></h3>'
        '<div class="article__subtitle">Global</div><div class="article__date">22/04/2021, 06:06 WIB</div></div>'
    )


def _current_item(n: int) -> str:
    return (
        f'<div class="articleItem"><a class="article-link" href="{STORY.format(n)}"><div class="articleItem-wrap">'
        f'<div class="articleItem-img"><img src="/x.jpg"></div><h2 class="articleTitle">Kapal {n}</h2>'
        '<div class="articlePost"><ul><li><div class="articlePost-subtitle">Global</div></li>'
        '<li><div class="articlePost-date">22/04/2021</div></li></ul></div></div></a></div>'
    )


def _latest_item(n: int) -> str:
    return (
        f'<div class="latest__item"><a href="{STORY.format(n)}"><h2 class="latest__title">Kapal {n}</h2></a>'
        '<div class="latest__subtitle">Global</div><div class="latest__date">22/04/2021</div></div>'
    )


def _kcm_item(n: int) -> str:
    return (
        '<li><div class="grey small">22/04/2021, 06:06 WIB</div>'
        f'<h3><a href="{STORY.format(n)}">Kapal {n}</a></h3><p>Ringkasan.</p></li>'
    )


def _read_list(count: int) -> str:
    return f'<div class="latest--indeks mt2">{"".join(map(_read_item, range(count)))}</div>'


def _current_list(count: int) -> str:
    return f'<div class="articleList -list ">{"".join(map(_current_item, range(count)))}</div>'


def _kcm_list(count: int) -> str:
    return f'<div class="kcm-main-list"><ul>{"".join(map(_kcm_item, range(count)))}</ul></div>'


LISTS = [_read_list, _current_list, _kcm_list]
PAGING = (
    '<div class="paging__wrap"><a class="paging__link paging__link--active" href="javascript:void(0)">1</a>'
    '<a class="paging__link" data-ci-pagination-page="2" href="#">2</a>'
    '<a class="paging__link paging__link--next" data-ci-pagination-page="2" rel="next" href="#">Next</a>'
    '<a class="paging__link paging__link--last" data-ci-pagination-page="7" href="#">Last</a></div>'
)


@pytest.mark.parametrize("make", LISTS)
def test_every_markup_lists_its_stories_in_order(make: Callable[[int], str]) -> None:
    """Without it whole days of an era count as empty."""
    page = read_index(_page(make(3)))
    assert [(entry.title, entry.url) for entry in page.entries] == [(f"Kapal {n}", STORY.format(n)) for n in range(3)]
    assert all((entry.time or "").startswith("22/04/2021") for entry in page.entries)
    assert {entry.section for entry in page.entries} <= {"Global", None}


def test_an_entry_says_what_is_printed_beside_it() -> None:
    """Without it the section and time of listed stories are lost."""
    time = "22/04/2021, 06:06 WIB"
    assert read_index(_page(_read_list(1))).entries == [RawEntry("Kapal 0", STORY.format(0), "Global", time, "read")]
    assert read_index(_page(_current_list(1))).entries == [
        RawEntry("Kapal 0", STORY.format(0), "Global", "22/04/2021", "current")
    ]


@pytest.mark.parametrize(
    "markup", ["<p>x</p>", '<div class="daftarBaru"><a href="/read/1">x</a></div>', _latest_item(1)]
)
def test_an_unknown_list_is_named_and_not_empty(markup: str) -> None:
    """Without it a new markup of the index looks like days on which nothing happened."""
    with pytest.raises(UnknownLayout, match=r"indeks\.kompas\.com"):
        read_index(_page(markup))


@pytest.mark.parametrize("box", ["latest--indeks", "articleList -list ", "kcm-main-list"])
def test_a_known_list_with_unknown_entries_is_named(box: str) -> None:
    """Without it a change of the entries alone looks like days on which nothing happened."""
    with pytest.raises(UnknownLayout, match="unknown markup"):
        read_index(_page(f'<div class="{box}"><article><a href="{STORY.format(1)}">x</a></article></div>'))


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="searchContent --emptyAlart">Tidak ada hasil</div>',
        '<div class="articleList -list "><div class="searchContent --emptyAlart"></div></div>',
        '<div class="latest--indeks"></div>',
        '<div class="kcm-main-list"><ul></ul></div>',
    ],
)
def test_an_empty_day_is_an_empty_day(markup: str) -> None:
    """Without it a day without stories fails and is requested again without end."""
    page = read_index(_page(markup))
    assert (page.entries, page.last_page, page.may_go_on) == ([], 1, False)


@pytest.mark.parametrize("make", LISTS)
def test_the_last_page_is_the_highest_that_is_linked(make: Callable[[int], str]) -> None:
    """Without it days with many stories are read to their first page only."""
    page = read_index(_page(make(10) + PAGING))
    assert (page.last_page, page.may_go_on) == (7, False)


def test_a_full_page_whose_paging_names_only_itself_may_go_on() -> None:
    """Without it a renamed link to the other pages cuts every day to its first page, silently."""
    active = '<a class="paging__link paging__link--active" data-ci-pagination-page="1" href="#">1</a>'
    full, short = _read_list(15), _read_list(3)
    assert read_index(_page(full + active)).may_go_on
    assert not read_index(_page(short + active)).may_go_on


def test_odd_page_links_are_passed_over() -> None:
    """Without it one odd link in the paging stops the reading of a day."""
    odd = "".join(f'<a class="paging__link" href="#">{text}</a>' for text in ("Next", "", "²", "-3", "9" * 5000, "3"))
    assert read_index(_page(_read_list(1) + odd)).last_page == 3


@pytest.mark.parametrize("make", LISTS)
@pytest.mark.parametrize(("count", "goes_on"), [(1, False), (9, False), (10, True), (20, True)])
def test_a_full_page_without_page_links_may_go_on(make: Callable[[int], str], count: int, goes_on: bool) -> None:
    """Without it the second page of a day is never requested once the site hides its page links."""
    page = read_index(_page(make(count)))
    assert (page.last_page, page.may_go_on) == (1, goes_on)


@pytest.mark.parametrize("broken", [_read_item(5).replace("href", "data-href"), '<div class="article__list"></div>'])
def test_an_entry_without_address_or_title_is_passed_over(broken: str) -> None:
    """Without it one promoted box in a list costs the whole day."""
    page = read_index(_page(f'<div class="latest--indeks">{_read_item(1)}{broken}{_read_item(2)}</div>'))
    assert [entry.url for entry in page.entries] == [STORY.format(1), STORY.format(2)]


def test_relative_addresses_are_made_whole() -> None:
    """Without it listed stories cannot be fetched."""
    item = _read_item(1).replace("https://www.kompas.com", "//www.kompas.com")
    assert read_index(_page(f'<div class="latest--indeks">{item}</div>')).entries[0].url == STORY.format(1)


TERKINI = [
    f'<h2>Terkini Lainnya</h2><div class="latest ga--latest">{_read_item(1)}{_read_item(2)}</div>',
    f'<div><h3> Terkini\n Lainnya </h3></div><div class="latest">{_read_item(1)}{_read_item(2)}</div>',
    f"<h4><span>Terkini Lainnya</span></h4><div>{_current_item(1)}{_current_item(2)}</div>",
    f"<div><div><span>Terkini Lainnya</span></div></div><div>{_latest_item(1)}{_latest_item(2)}</div>",
]


@pytest.mark.parametrize("markup", TERKINI)
def test_the_latest_box_is_found_by_its_title(markup: str) -> None:
    """Without it the crawl does not find the stories that only this box links."""
    other = f'<h2>Terpopuler</h2><div class="most">{_read_item(8)}</div>'
    entries = terkini_entries(_page(f"{other}{markup}{other}"))
    assert [entry.url for entry in entries] == [STORY.format(1), STORY.format(2)]


@pytest.mark.parametrize("markup", ["<p>x</p>", "<h2>Terkini Lainnya</h2>", "<h2>Terkini</h2><div></div>"])
def test_a_page_without_the_latest_box_has_no_latest_stories(markup: str) -> None:
    """Without it links of another box are listed as the latest."""
    assert terkini_entries(_page(markup)) == []


def test_the_box_of_older_stories_is_read() -> None:
    """Without it the crawl does not find the older stories that the site recommends."""
    box = f'<div class="oldArticle"><h2>Mungkin Anda melewatkan ini</h2>{_current_item(3)}</div>'
    assert [entry.url for entry in older_entries(_page(_current_list(1) + box))] == [STORY.format(3)]
    assert older_entries(_page(_current_list(1))) == []


def test_every_link_of_a_front_is_given_whole() -> None:
    """Without it stories of a box without a selector of its own are never found."""
    links = front_links(_page('<a href="/global/read/1">x</a><a>y</a><div><a href="https://a.example/b">z</a></div>'))
    assert links == ["https://indeks.kompas.com/global/read/1", "https://a.example/b"]


def test_a_mistyped_link_does_not_cost_the_list() -> None:
    """Without it one mistyped link stops the reading of a whole day with a traceback."""
    broken = _read_item(5).replace(STORY.format(5), "https://[rusak")
    markup = f'<div class="latest--indeks">{_read_item(1)}{broken}{_read_item(2)}</div>'
    assert STORY.format(2) in [entry.url for entry in read_index(_page(markup)).entries]
    assert STORY.format(2) in front_links(_page(markup))

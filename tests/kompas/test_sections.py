"""Another kanal is a row of one table: it is found, read and listed without any other change."""

from datetime import date

import pytest

from crawler.errors import OtherSection
from crawler.items import Article
from crawler.kompas import sections
from crawler.kompas.sections import IndexSite, Section, front_urls, index_sites, is_label, other_index_sites
from crawler.kompas.urls import exclusion_of, index_of, index_url, is_article, is_ours, story_urls
from crawler.url_list import can_be_listed
from tests.make import load_page, read_page

SAMUDRA = Section(
    names=("samudra", "bahari"),
    labels=("Samudra Raya",),
    site_code="97",
    fronts=("https://www.kompas.com/samudra",),
    index_sites=(IndexSite("samudra", date(2019, 1, 1), date(2024, 12, 31)),),
)
STORIES = [
    "https://www.kompas.com/samudra/read/2021/04/22/160600897/judul",
    "https://bahari.kompas.com/read/2021/04/22/160600897/judul",
    "https://www.kompas.com/read/2021/04/22/160600897/judul",
]


@pytest.fixture
def with_samudra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the row of an invented kanal to the table."""
    monkeypatch.setattr(sections, "SECTIONS", (*sections.SECTIONS, SAMUDRA))


def read(url: str) -> Article:
    """Return the record of a page of the invented kanal."""
    page = read_page(canonical=url, metas={"content_category": "samudra raya"}).replace(b">Global<", b">Laut<")
    return load_page(page, url)


@pytest.mark.parametrize("url", STORIES)
def test_without_its_row_a_kanal_is_not_collected(url: str) -> None:
    """Without it the test below shows nothing."""
    assert exclusion_of(url) == "other_section"
    with pytest.raises(OtherSection):
        read(url)


@pytest.mark.usefixtures("with_samudra")
@pytest.mark.parametrize("url", STORIES)
def test_a_story_of_a_new_kanal_is_requested_and_read(url: str) -> None:
    """Without it a user who adds a kanal has to look for other places that know the kanals."""
    assert (is_ours(url), is_article(url), exclusion_of(url), story_urls([url])) == (True, True, None, [url])
    article = read(url)
    assert (article.id, article.section) == ("2021/04/22/160600897", "samudra raya")


@pytest.mark.usefixtures("with_samudra")
def test_a_new_kanal_is_listed() -> None:
    """Without it the stories of a new kanal are never found."""
    day = date(2021, 4, 22)
    assert front_urls()[-1] == "https://www.kompas.com/samudra"
    assert can_be_listed("https://www.kompas.com/samudra")
    assert index_sites(day) == ["global", "samudra"]
    assert index_sites(date(2025, 1, 1)) == ["global"]
    assert index_of(index_url("samudra", day, 2)) == ("samudra", day)
    assert index_of(index_url("samudra", date(2025, 1, 1))) is None
    assert is_label("SAMUDRA RAYA")


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2016, 2, 16), ["news"]),
        (date(2020, 1, 5), ["news"]),  # both names of the kanal are usual then
        (date(2026, 4, 17), ["internasional", "news"]),
    ],
)
def test_a_day_that_lists_nothing_has_other_names(day: date, names: list[str]) -> None:
    """Without it a kanal that the site lists under another name is lost from that day on."""
    assert other_index_sites(day) == names
    assert [index_of(index_url(name, day)) for name in names] == [(name, day) for name in names]
    assert index_of(index_url("tren", day)) is None


def test_the_collected_kanals_do_not_share_a_name_or_a_code() -> None:
    """Without it a story belongs to two kanals."""
    names = [name for section in sections.SECTIONS for name in section.names]
    codes = [section.site_code for section in sections.SECTIONS]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)

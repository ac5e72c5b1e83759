"""The grammar of addresses: which story, which page of it, which kanal."""

from datetime import date

import pytest

from crawler.kompas import urls
from crawler.kompas.address import is_on_site
from crawler.kompas.sections import index_sites
from crawler.kompas.urls import ALL_PAGES

STORY = "2021/04/22/160600870"
PLAIN = f"https://www.kompas.com/global/read/{STORY}/pakta-laut-utara"
OLD = "2014/01/01/2254577"

FORMS = [
    (PLAIN, STORY),
    (PLAIN.replace("https", "http"), STORY),
    (PLAIN.replace("www.kompas.com", "WWW.KOMPAS.COM"), STORY),
    (PLAIN.replace("www.", ""), STORY),
    (PLAIN.replace("/global/", "/Global/"), STORY),
    (PLAIN.replace("/global/read/", "/GLOBAL/READ/"), STORY),
    (PLAIN.replace(".com/", ".com//"), STORY),
    (PLAIN.replace("/read/", "/read//"), STORY),
    (PLAIN.replace("/global/", "/%67lobal/"), STORY),
    (PLAIN.replace("2021", "%32021"), STORY),
    (PLAIN.replace(".com/", ".com./"), STORY),
    (PLAIN.replace(".com/", ".com:443/"), STORY),
    (PLAIN.replace("https", "http").replace(".com/", ".com:80/"), STORY),
    ("https://health.kompas.com/read/25h27130500368/judul", "2025/08/27/130500368"),
    (f"https://www.kompas.com/global/read/{STORY}", STORY),
    (f"https://www.kompas.com/global/read/{STORY}/", STORY),
    (f"https://www.kompas.com/global/read/{STORY}?page=all", STORY),
    (f"https://www.kompas.com/global/read/{STORY}#komentar", STORY),
    (f"https://www.kompas.com/global/read/{STORY})", STORY),
    (f"{PLAIN})", STORY),
    (f"{PLAIN}.", STORY),
    (f"{PLAIN}...", STORY),
    (f"{PLAIN}-", STORY),
    (f"{PLAIN}--sisa", STORY),
    (f"{PLAIN}?page=2#page2", STORY),
    (f"{PLAIN}?amp=1&page=1", STORY),
    (f"{PLAIN}?utm_source=x&source=terpopuler&jxrecoid=y", STORY),
    (f"https://www.kompas.com/global/read/{STORY}/twitter.com", STORY),
    (f"https://www.kompas.com/read/{STORY}/tanpa-kanal", STORY),
    (f"https://amp.kompas.com/global/read/{STORY}/judul", STORY),
    (f"https://m.kompas.com/global/read/{STORY}/judul", STORY),
    (f"https://www.kompas.com/global/copy/{STORY}/judul", STORY),
    (f"https://internasional.kompas.com/read/{STORY}/judul", STORY),
    (f"http://internasional.kompas.com/read/{OLD}/Judul.Dengan.Titik.", OLD),
    (f"http://internasional.kompas.com/read/xml/{OLD}/Judul.Dengan.Titik", OLD),
    ("http://nasional.kompas.com/index.php/read/xml/2008/05/12/20481234/judul", "2008/05/12/20481234"),
    ("http://internasional.kompas.com/read/2011/03/05/0813583/~Nasional", "2011/03/05/0813583"),
    ("http://regional.kompas.com/read/2010/08/24/09085261/~Regional~Kalimantan", "2010/08/24/09085261"),
    ("http://internasional.kompas.com/read/2012/12/18/19180693~Internasional~News", "2012/12/18/19180693"),
    ("https://www.kompas.com/tren/read/2023/02/06/101500165/judul", "2023/02/06/101500165"),
    ("https://health.kompas.com/read/25H27130500368/judul", "2025/08/27/130500368"),
    ("https://www.kompas.com/global/read/26A05063000170?page=2", "2026/01/05/063000170"),
    ("https://www.kompas.com/global/read/25L31235900970/judul", "2025/12/31/235900970"),
]

NO_STORIES = [
    "",
    "twitter.com",
    "https://www.kompas.com@evil.example/global/read/2021/04/22/160600870/judul",
    "https://www.kompas.com.evil.example/global/read/2021/04/22/160600870/judul",
    "https://kompas.com.evil.example/global/read/2021/04/22/160600870/judul",
    "https://redaksi@www.kompas.com/global/read/2021/04/22/160600870/judul",
    "https://redaksi:rahasia@www.kompas.com/global/read/2021/04/22/160600870/judul",
    "https://@www.kompas.com/global/read/2021/04/22/160600870/judul",
    "https://www.kompas.com:8443/global/read/2021/04/22/160600870/judul",
    "https://www.kompas.com:80/global/read/2021/04/22/160600870/judul",
    "https://www.kompas.com:x/global/read/2021/04/22/160600870/judul",
    "https://evilkompas.com/global/read/2021/04/22/160600870/judul",
    "https://evil.example/https://www.kompas.com/global/read/2021/04/22/160600870/judul",
    "https://evil.example/?u=https://www.kompas.com/global/read/2021/04/22/160600870/judul",
    "javascript:location='https://www.kompas.com/global/read/2021/04/22/160600870/judul'",
    "mailto:redaksi@kompas.com",
    "data:text/html,/global/read/2021/04/22/160600870/judul",
    "file:///global/read/2021/04/22/160600870/judul",
    "https://[",
    "https://www.kompas.com/",
    "https://www.kompas.com/global",
    "https://www.kompas.com/tag/Rusia",
    "https://www.kompas.com/global/image/2021/04/22/160600870/judul?page=1",
    "https://www.kompas.com/global/komentar/2021/04/22/160600870/judul",
    "https://video.kompas.com/watch/123456/judul",
    "https://tv.kompas.com/2021/04/22/160600870/judul",
    "https://www.kompas.id/baca/internasional/2021/04/22/judul",
    "https://www.kompas.tv/article/123/judul",
    "https://www.kompas.com/global/read/2021/02/30/160600870/judul",
    "https://www.kompas.com/global/read/2021/13/01/160600870/judul",
    "https://www.kompas.com/global/read/0000/01/01/160600870/judul",
    "https://www.kompas.com/global/read/2021/04/22/160600/judul",
    "https://www.kompas.com/global/read/2021/04/22/1606008701/judul",
    "https://www.kompas.com/global/read/2021/04/22/judul",
    "https://health.kompas.com/read/25M27130500368/judul",
    "https://health.kompas.com/read/25B30130500368/judul",
    "https://health.kompas.com/read/25H2713050036/judul",
]


@pytest.mark.parametrize(("url", "story"), FORMS)
def test_every_form_of_an_address_names_its_story(url: str, story: str) -> None:
    """Without it a story met under another form of its address is stored twice, or not at all."""
    assert urls.article_id(url) == story


@pytest.mark.parametrize("url", NO_STORIES)
def test_other_addresses_are_no_stories(url: str) -> None:
    """Without it pages of strangers, videos and tag lists enter the data set as articles."""
    assert urls.article_id(url) is None
    assert not urls.is_ours(url)
    assert not urls.is_article(url)


@pytest.mark.parametrize(("url", "story"), FORMS)
def test_the_canonical_address_keeps_the_story_and_settles_at_once(url: str, story: str) -> None:
    """Without it the same story is fetched again under the address that the first request led to."""
    once = urls.canonical(url)
    assert urls.article_id(once) == story
    assert urls.canonical(once) == once
    assert "?" not in once
    assert "#" not in once
    assert once.startswith("https://")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (PLAIN, PLAIN),
        (f" {PLAIN}\n", PLAIN),
        (f"{PLAIN})", PLAIN),
        (f"{PLAIN}?page=all#page2", PLAIN),
        (PLAIN.replace("https://www.", "http://"), PLAIN),
        (PLAIN.replace("www.", "amp."), PLAIN),
        (PLAIN.replace("www.", "AMP."), PLAIN),
        (PLAIN.replace("www.", "m."), PLAIN),
        (PLAIN.replace("https://www.kompas.com/global/read", "HTTP://WWW.Kompas.com.:80//%47lobal/Read/xml"), PLAIN),
        (PLAIN.replace("pakta", "P%61kta%2Fx"), PLAIN.replace("pakta", "Pakta%2Fx")),
        ("https://health.kompas.com/read/25h27130500368/A", "https://health.kompas.com/read/25H27130500368/A"),
        (PLAIN.replace("/global/", "/amp/global/"), PLAIN),
        (PLAIN.replace("/read/", "/copy/"), PLAIN),
        (PLAIN.replace("/read/", "/read/xml/"), PLAIN),
        (PLAIN.replace("/read/", "/copy/xml/"), PLAIN),
        (f"http://internasional.kompas.com/read/xml/{OLD}/J.", f"https://internasional.kompas.com/read/{OLD}/J."),
        ("http://internasional.kompas.com/", "https://internasional.kompas.com/"),
        ("https://www.kompas.com/tag/Rusia?sort=desc", "https://www.kompas.com/tag/Rusia"),
    ],
)
def test_the_canonical_address_is_the_plain_one(url: str, canonical: str) -> None:
    """Without it a user who joins the data with other data by address finds the forms apart."""
    assert urls.canonical(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        *("https://evil.example/a?b=c#d", "mailto:a@b.example", "javascript:void(0)"),
        f"https://www.kompas.com:8443/global/read/{STORY}/judul?page=2",
        f"https://redaksi:rahasia@www.kompas.com/global/read/{STORY}/judul",
    ],
)
def test_addresses_of_strangers_stay_as_they_are(url: str) -> None:
    """Without it a related link to another site loses the query that makes it work."""
    assert urls.canonical(url) == url


@pytest.mark.parametrize(
    ("url", "section"),
    [
        (PLAIN, "global"),
        (f"https://internasional.kompas.com/read/{STORY}/judul", "internasional"),
        ("https://www.kompas.com/tren/read/2023/02/06/101500165/judul", "tren"),
        ("https://money.kompas.com/read/2023/02/06/101500126/judul", "money"),
        ("https://amp.kompas.com/global/read/2023/02/06/101500170/judul", "global"),
        (f"https://www.kompas.com/read/{STORY}/judul", None),
        ("https://www.kompas.com/Global?page=2", "global"),
        (PLAIN.replace("/global/", "/GLOBAL/"), "global"),
        ("https://INTERNASIONAL.kompas.com/read/x", "internasional"),
        ("https://www.kompas.com/", None),
        ("https://evil.example/global", None),
    ],
)
def test_the_kanal_is_read_from_host_or_path(url: str, section: str | None) -> None:
    """Without it stories of other kanals are mixed with the requested ones."""
    assert urls.section_of(url) == section


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (PLAIN, True),
        (f"https://internasional.kompas.com/read/{STORY}/judul", True),
        ("https://internasional.kompas.com/read/2016/02/16/14112381/Judul", True),
        (f"https://www.kompas.com/internasional/read/{STORY}/judul", True),
        (f"https://www.kompas.com/read/{STORY}/judul", True),
        ("https://news.kompas.com/read/2026/03/07/073642570/judul", True),  # a host of several kanals: the code decides
        ("https://news.kompas.com/read/2026/03/07/073642501/judul", False),
        ("https://www.kompas.com/news/read/2026/03/07/073642570/judul", True),
        ("https://www.kompas.com/read/2021/04/22/160600865/judul", False),
        ("https://www.kompas.com/read/2016/02/16/14112370/judul", False),
        ("https://www.kompas.com/tren/read/2023/02/06/101500165/judul", False),
        ("https://nasional.kompas.com/read/2016/02/16/14112381/judul", False),
        ("https://bola.kompas.com/read/2021/04/22/160600808/judul", False),
        ("https://go.kompas.com/read/2024/04/22/160600874/title", False),
    ],
)
def test_only_the_two_kanals_are_collected(url: str, ours: bool) -> None:
    """Without it the data set mixes in football and finance, or leaves out what stands on the old host."""
    assert urls.is_ours(url) is ours


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (PLAIN, True),
        (f"{PLAIN}?page=all", True),
        (f"{PLAIN}?page=2#page2", True),
        (f"{PLAIN}#komentar", True),
        (f"{PLAIN}?utm_source=x", False),
        (f"{PLAIN}?source=", False),
        (f"{PLAIN}?page=2&jxrecoid=y", False),
        (PLAIN.replace("/read/", "/copy/"), False),
        (PLAIN.replace("/global/", "/tren/"), False),
    ],
)
def test_only_what_robots_txt_allows_may_be_requested(url: str, allowed: bool) -> None:
    """Without it the crawler requests addresses that robots.txt forbids."""
    assert urls.is_article(url) is allowed


@pytest.mark.parametrize("page", [ALL_PAGES, 1, 2, 17])
def test_the_address_of_a_page_says_which_page_it_is(page: int) -> None:
    """Without it pages of a long story are stored under the wrong number and the text comes out shuffled."""
    assert urls.page_number(urls.page_url(f"{PLAIN}?page=3#x", page)) == page


@pytest.mark.parametrize(
    "query", ["", "?page=", "?page=0", "?page=-2", "?page=dua", "?page=²", "?page=٢", "?halaman=3"]
)
def test_a_page_number_that_is_none_means_the_first(query: str) -> None:
    """Without it one odd link stops the reading of a whole story."""
    assert urls.page_number(PLAIN + query) == 1


def test_the_index_is_requested_by_day_and_kanal() -> None:
    """Without it a user's range of days is answered with the days of another kanal, or with none."""
    day = date(2021, 4, 2)
    assert urls.index_url("global", day) == "https://indeks.kompas.com/?site=global&date=2021-04-02"
    assert urls.index_url("global", day, 3) == "https://indeks.kompas.com/?site=global&date=2021-04-02&page=3"


@pytest.mark.parametrize(
    ("day", "sites"),
    [
        (date(2012, 12, 18), ["internasional"]),
        (date(2019, 9, 30), ["internasional"]),
        (date(2019, 12, 6), ["internasional", "global"]),
        (date(2020, 3, 31), ["internasional", "global"]),
        (date(2020, 4, 1), ["global"]),
        (date(2026, 8, 3), ["global"]),
    ],
)
def test_every_day_is_looked_up_under_the_name_the_kanal_had(day: date, sites: list[str]) -> None:
    """Without it whole months round the renaming of the kanal are missing."""
    assert index_sites(day) == sites


def test_links_become_each_story_once_in_order() -> None:
    """Without it a front page that links a story thrice is crawled thrice, or in another order."""
    other = "https://internasional.kompas.com/read/2026/03/07/073642570/judul"
    links = [f"{PLAIN}?page=2", "https://www.kompas.com/tag/Rusia", other, PLAIN.replace("www.", "amp."), "twitter.com"]
    assert urls.story_urls(links) == [PLAIN, other]


@pytest.mark.parametrize(
    ("url", "on_site"),
    [
        ("https://www.kompas.com/global", True),
        ("https://KOMPAS.com", True),
        ("http://internasional.kompas.com:8080/x", True),
        ("https://www.kompas.com./x", True),
        (" https://amp.kompas.com/x", True),
        ("https://kompas.com.evil.example/x", False),
        ("https://evilkompas.com/x", False),
        ("https://evil.example/https://www.kompas.com/x", False),
        ("https://www.kompas.com@evil.example/x", False),
        ("https://www.kompas.id/x", False),
        ("https://[www.kompas.com", False),
        ("mailto:redaksi@kompas.com", False),
        ("", False),
    ],
)
def test_the_site_is_known_by_its_host(url: str, on_site: bool) -> None:
    """Without it the crawler sends requests to strangers, or passes over archived pages of the site."""
    assert is_on_site(url) is on_site


@pytest.mark.parametrize(
    ("url", "label"),
    [("https://www.kompas.com/x", "www"), ("https://kompas.com/x", ""), ("https://a.b.kompas.com/x", "a.b")],
)
def test_the_host_label_is_what_stands_before_the_site(url: str, label: str) -> None:
    """Without it a kanal on a host of its own looks like the home page."""
    assert urls.host_label(url) == label

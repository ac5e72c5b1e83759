"""Addresses of any text: a crawl meets whatever stands in an href."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas import urls
from crawler.kompas.text.addresses import plain_address

_HOSTS = st.sampled_from(
    [
        "www.kompas.com",
        "kompas.com",
        "amp.kompas.com",
        "internasional.kompas.com",
        "evil.example",
        "kompas.com.evil",
        "[",
    ]
)
_PARTS = st.sampled_from(
    ["global", "read", "copy", "xml", "amp", "index.php", "2021/04/22", "160600870", "25H27130500368", "judul", ""]
)
_ENDS = st.sampled_from(["", "/", ")", ".", "?page=all", "?page=2#page2", "?utm_source=x", "#x", "~News", "?page=x"])
ADDRESSES = st.one_of(
    st.text(),
    st.builds(
        lambda scheme, host, parts, end: f"{scheme}{host}/{'/'.join(parts)}{end}",
        st.sampled_from(["https://", "http://"]),
        _HOSTS,
        st.lists(_PARTS, max_size=7),
        _ENDS,
    ),
    st.builds(lambda host, rest: f"https://{host}/{rest}", _HOSTS, st.text()),
)
"""Any text, addresses put together from the site's own pieces, and any text behind a host."""

_STORY = "2021/04/22/160600870"


@given(ADDRESSES)
@settings(max_examples=300, deadline=None)
def test_no_address_stops_a_crawl(url: str) -> None:
    """Without it one mistyped link on a page ends a run of days."""
    urls.article_id(url)
    urls.section_of(url)
    urls.is_ours(url)
    urls.is_article(url)
    urls.canonical(url)
    urls.page_url(url, 2)
    urls.page_number(url)
    urls.story_urls([url])


@pytest.mark.parametrize("url", ["https://[", "https://[::1", "https://www.kompas.com/?page=" + "9" * 5000])
def test_a_broken_address_asks_for_the_first_page(url: str) -> None:
    """Without it a page whose canonical link or paging block is mistyped is lost with a traceback."""
    assert urls.page_number(url) == 1


@given(ADDRESSES)
@settings(max_examples=500, deadline=None)
def test_the_canonical_form_is_its_own_canonical_form(url: str) -> None:
    """Without it an address changes every time it is stored, and the story counts as new."""
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.kompas.com/global/copy/xml/{_STORY}/judul",
        f"https://www.kompas.com/amp/amp/read/{_STORY}/judul",
        f"https://www.kompas.com/global/read/{_STORY}/judul ?page=2",
        f"https://www.kompas.com/global/read/{_STORY}/judul) #komentar",
    ],
)
def test_odd_forms_are_canonical_after_one_step(url: str) -> None:
    """Without it a story that was linked in an odd form is fetched a second time."""
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@given(ADDRESSES)
@settings(max_examples=500, deadline=None)
def test_the_canonical_form_is_the_same_story(url: str) -> None:
    """Without it a link counts as a story before it is tidied and as none afterwards, or the other way round."""
    assert urls.article_id(urls.canonical(url)) == urls.article_id(url)


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.kompas.com/global/read/{_STORY} ",
        f"\u00a0https://www.kompas.com/global/read/{_STORY}/judul",
        f"//www.kompas.com/global/read/{_STORY}/judul",
        f"ftp://www.kompas.com/global/read/{_STORY}/judul",
        f"javascript://www.kompas.com/global/read/{_STORY}/judul",
    ],
)
def test_odd_addresses_name_the_same_story_before_and_after(url: str) -> None:
    """Without it an address that is no story's turns into one, or a story with a stray blank is passed over."""
    assert urls.article_id(urls.canonical(url)) == urls.article_id(url)


@given(ADDRESSES)
@settings(deadline=None)
def test_an_id_is_plain_digits_of_a_real_day(url: str) -> None:
    """Without it a user of the data cannot sort or join ids, or turn them into times."""
    story = urls.article_id(url)
    if story is not None:
        assert all(part.isascii() and part.isdigit() for part in story.split("/"))


def test_an_id_in_foreign_digits_is_no_id() -> None:
    """Without it one story has two ids that look the same to the user's eye and not to a computer."""
    assert urls.article_id(f"https://www.kompas.com/global/read/{_STORY[:-3]}٨٧٠/judul") is None


@given(st.text())
@settings(deadline=None)
def test_only_hosts_of_the_site_are_tidied(path: str) -> None:
    """Without it text from another site is taken for the site's own."""
    url = f"https://www.kompas.com.evil.example/{path}".strip()
    assert urls.canonical(url) == plain_address(url)
    assert urlsplit(urls.canonical(url)).hostname == "www.kompas.com.evil.example"
    assert urls.article_id(url) is None


@given(st.sampled_from(("www.kompas.com", "example.org")), st.text())
@settings(deadline=None)
def test_an_address_is_one_word_of_visible_characters(host: str, path: str) -> None:
    """Without it one link of a page breaks a list of addresses in two, or acts on the terminal that shows it."""
    for address in (urls.canonical(f"https://{host}/{path}"), urls.absolute(path, f"https://{host}/")):
        assert address is None or (address.isprintable() and " " not in address)


@given(
    st.text("ab09./%~:,@=&+()*'!?#;-_ ", max_size=20), st.sampled_from(("https://www.kompas.com/a/b?c", "http://x.y/"))
)
@settings(deadline=None)
def test_a_full_address_is_read_as_if_it_were_joined_with_the_page(rest: str, page: str) -> None:
    """Without it a link is stored in a form that the standard library, and every other reader, does not give it."""
    for link in (f"https://www.kompas.com/{rest}", f"http://www.kompas.com{rest}"):
        try:
            joined = plain_address(urljoin(page, link.strip()))
        except ValueError:
            continue
        assert urls.absolute(link, page) == joined


@given(st.integers(min_value=0, max_value=9999))
@settings(deadline=None)
def test_page_numbers_make_the_round_trip(page: int) -> None:
    """Without it the third page of a story is requested and stored as another."""
    assert urls.page_number(urls.page_url(f"https://www.kompas.com/global/read/{_STORY}/judul", page)) == page

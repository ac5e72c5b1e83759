"""Which clock is believed, what a change is, and whether the sources agree."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.errors import MissingTime
from crawler.kompas.times import Times, read_times
from crawler.kompas.urls import article_id
from tests.make import STORY, URL, WIB, WITA, make_story, read_page

PUBLISHED = datetime(2021, 4, 22, 16, 6, tzinfo=WIB)
OF_2012 = "https://internasional.kompas.com/read/2012/12/18/19180693/judul"
"""Eight digits before 2014: no raw page proves that they are the clock."""
UPDATED = {
    "meta": "2022-10-20 23:40:14",
    "json_ld": "2022-10-20T16:40:14+00:00",
    "line": "Kompas.com - Diperbarui 20/10/2022, 23:40 WIB",
}
OF_2011 = "https://internasional.kompas.com/read/2011/03/05/0813583/judul"


def times(url: str = URL, **parts: Any) -> Times:
    """Return the times of a page in the layout `read` at an address."""
    story = article_id(url)
    assert story is not None
    return read_times(make_story(read_page(canonical=url, **parts), url).front, story)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"meta": "2021-04-22 16:06:41"},
        {"meta": "", "json_ld": "", "line": ""},
        {"meta": "besok", "json_ld": "besok", "line": "Kompas.com - Kamis"},
        UPDATED,
        {"meta": "2021-04-22 16:30:00"},
        {"line": "Kompas.com - 23/04/2021, 16:06 WIB"},
    ],
)
def test_the_clock_of_the_address_is_the_publication(parts: dict[str, str]) -> None:
    """Without it a story that was updated years later is dated by the update."""
    read = times(**parts)
    assert (read.published, read.evidence.chosen) == (PUBLISHED, "url")


@pytest.mark.parametrize(
    ("parts", "chosen", "published"),
    [
        ({"meta": "2021-04-22 15:45:10"}, "meta", PUBLISHED.replace(hour=15, minute=45, second=10)),
        ({"json_ld": "2021-04-22T08:30:00+00:00"}, "json_ld", PUBLISHED.replace(hour=15, minute=30)),
        ({"line": "Kompas.com - 22/04/2021, 16:05 WIB"}, "visible", PUBLISHED.replace(minute=5)),
        (
            {"meta": "2021-04-22 15:45:10", "json_ld": "2021-04-21T08:45:10+00:00"},
            "json_ld",
            datetime(2021, 4, 21, 15, 45, 10, tzinfo=WIB),
        ),
        (
            {"meta": "2021-04-22 15:45:10", "line": "Kompas.com - 22/04/2021, 15:45 WIB"},
            "meta",
            PUBLISHED.replace(hour=15, minute=45, second=10),
        ),
    ],
)
def test_an_earlier_source_decides(parts: dict[str, str], chosen: str, published: datetime) -> None:
    """Without it a story that got its address late is dated after its own publication."""
    read = times(**parts)
    assert (read.published, read.evidence.chosen, read.evidence.agree) == (published, chosen, False)


@pytest.mark.parametrize(
    ("parts", "chosen", "clock", "agree"),
    [
        ({"meta": "2012-12-18 20:01:02", "json_ld": "", "line": ""}, "meta", "20:01:02", False),
        ({"meta": "", "json_ld": "2012-12-18T13:01:02+00:00", "line": ""}, "json_ld", "20:01:02", False),
        ({"meta": "", "json_ld": "", "line": "18/12/2012, 20:01 WIB"}, "visible", "20:01:00", False),
        ({"meta": "", "json_ld": "", "line": "18/12/2012, 19:18 WIB"}, "visible", "19:18:00", True),
        ({"meta": "", "json_ld": "", "line": ""}, "url", "19:18:06", True),
        (
            UPDATED,
            "url",
            "19:18:06",
            False,
        ),
    ],
)
def test_digits_that_are_no_proven_clock_come_last(parts: dict[str, str], chosen: str, clock: str, agree: bool) -> None:
    """Without it old stories get a minute that no page states, or the date of an update of 2022."""
    read = times(OF_2012, **parts)
    assert (read.evidence.chosen, read.evidence.agree) == (chosen, agree)
    assert read.published.isoformat() == f"2012-12-18T{clock}+07:00"


def test_seven_digits_are_a_clock() -> None:
    """Without it stories before September 2014 are dated by the day on which they were rendered anew."""
    read = times(OF_2011, meta="2022-11-03 22:03:29", json_ld="", line="")
    assert (read.published.isoformat(), read.evidence.chosen) == ("2011-03-05T08:13:58+07:00", "url")


def test_digits_that_are_no_clock_at_all_leave_the_page_to_speak() -> None:
    """Without it a story with a slip in its address is lost though its page is dated."""
    url = "https://www.kompas.com/global/read/2021/04/22/996600870/judul"
    assert times(url).evidence.chosen == "meta"
    updated = {"meta": "2021-05-01 10:00:05", "json_ld": "", "line": "Diperbarui 01/05/2021, 10:00 WIB"}
    assert times(url, **updated).published.isoformat() == "2021-05-01T10:00:05+07:00"


def test_a_page_without_any_time_is_refused() -> None:
    """Without it the hour of the crawl stands in for the hour of publication."""
    url = "https://www.kompas.com/global/read/2021/04/22/996600870/judul"
    with pytest.raises(MissingTime, match="states no time of publication"):
        times(url, meta="", json_ld="", line="")


def test_the_evidence_is_what_the_page_says_word_for_word() -> None:
    """Without it a reader cannot check the choice."""
    evidence = times(json_ld_modified="2021-04-22T10:00:00+00:00").evidence
    assert evidence.url == STORY
    assert evidence.visible == "Kompas.com - 22/04/2021, 16:06 WIB"
    assert evidence.meta == "2021-04-22 16:06:00"
    assert evidence.json_ld == "2021-04-22T09:06:00+00:00"
    assert evidence.json_ld_modified == "2021-04-22T10:00:00+00:00"
    assert evidence.agree


def test_a_source_that_is_silent_leaves_no_evidence() -> None:
    """Without it made-up evidence hides that only one clock spoke."""
    evidence = times(meta="", json_ld="", line="").evidence
    assert (evidence.visible, evidence.meta, evidence.json_ld, evidence.json_ld_modified) == (None, None, None, None)
    assert (evidence.url, evidence.chosen, evidence.agree) == (STORY, "url", True)


@pytest.mark.parametrize(
    ("parts", "agree"),
    [
        ({"meta": "2021-04-22 16:06:59"}, True),
        ({"json_ld": "2021-04-22T09:06:30.500+00:00"}, True),
        ({"json_ld": "2021-04-22T16:06:00+07:00"}, True),
        ({"meta": "2021-04-22 16:07:00"}, False),
        ({"json_ld": "2021-04-22T16:06:00+00:00"}, False),
        ({"line": "Kompas.com - 22/04/2021, 16:30 WIB"}, False),
        ({"line": "Kompas.com - 23/04/2021, 16:06 WIB"}, False),
        ({"line": "Kompas.com - Diperbarui 23/04/2021, 16:06 WIB"}, True),
        ({"json_ld_modified": "2021-05-01T09:06:00+00:00"}, True),
    ],
)
def test_clocks_agree_to_the_minute_or_are_reported_to_disagree(parts: dict[str, str], agree: bool) -> None:
    """Without it a doubtful date looks like a sure one, or every date looks doubtful."""
    assert times(**parts).evidence.agree is agree


@pytest.mark.parametrize("meta", ["", "2021-04-22 16:06:00", "2021-04-22 17:06:00", "2021-04-22T17:06:00+08:00"])
def test_a_page_in_the_zone_of_makassar_keeps_it(meta: str) -> None:
    """Without it a story printed at 17:06 WITA is stored as 17:06 in Jakarta, or as changed an hour later."""
    read = times(meta=meta, line="Kompas.com - 22/04/2021, 17:06 WITA")
    assert read.published == datetime(2021, 4, 22, 17, 6, tzinfo=WITA)
    assert read.published.utcoffset() == timedelta(hours=8)
    assert (read.modified, read.evidence.agree) == (None, True)


@pytest.mark.parametrize(
    "line",
    [
        "Kompas.com - 22/04/2021,\u200b 16:06\u200b WIT",
        "\ufeff22/04/2021, 16:06 W\u00adIT",
        "22/04/2021\u00a016:06 WIT",
    ],
)
def test_characters_that_print_nothing_do_not_hide_the_printed_time(line: str) -> None:
    """Without it an invisible character hides the zone of a page."""
    read = times(line=line, meta="", json_ld="")
    assert (read.published.isoformat(), read.evidence.chosen) == ("2021-04-22T16:06:00+09:00", "visible")


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="content_PublishedDate" content="\ufeff2021-04-22 15:45:10">',
        '<meta name="waktu" property="article:published_time" content="2021-04-22T15:45:10+07:00">',
        '<meta itemprop="datePublished" content="2021-04-22T08:45:10Z">',
    ],
)
def test_every_meta_tag_that_states_the_time_is_evidence(tag: str) -> None:
    """Without it the only source with seconds is passed over for the spelling of its tag."""
    page = make_story(read_page(meta="", more=tag)).front
    assert read_times(page, STORY).published.isoformat() == "2021-04-22T15:45:10+07:00"


@pytest.mark.parametrize(
    ("parts", "modified"),
    [
        ({}, None),
        ({"json_ld_modified": "2021-04-22T09:06:00+00:00"}, None),
        ({"json_ld_modified": "2021-04-22T09:06:59+00:00"}, None),
        ({"json_ld_modified": "2021-04-22T09:07:00+00:00"}, PUBLISHED + timedelta(minutes=1)),
        ({"json_ld_modified": "2021-04-21T09:07:00+00:00"}, None),
        ({"json_ld_modified": "2021-04-23T01:00:00+00:00"}, datetime(2021, 4, 23, 8, 0, tzinfo=WIB)),
        ({"json_ld_modified": "kemarin"}, None),
        ({"meta": "2021-04-22 16:06:59"}, None),
        ({"meta": "2021-04-22 16:30:05"}, PUBLISHED.replace(minute=30, second=5)),
        ({"json_ld": "2021-04-22T09:30:05+00:00"}, PUBLISHED.replace(minute=30, second=5)),
        ({"line": "Kompas.com - 22/04/2021, 16:30 WIB"}, PUBLISHED.replace(minute=30)),
        (
            {"meta": "2021-04-22 16:30:05", "line": "Kompas.com - 22/04/2021, 16:30 WIB"},
            PUBLISHED.replace(minute=30, second=5),
        ),
        (
            {"meta": "2021-04-22 16:30:05", "json_ld_modified": "2021-04-22T11:30:00+00:00"},
            PUBLISHED.replace(hour=18, minute=30),
        ),
        ({"line": "22/04/2021, 16:06 WIB Diperbarui 23/04/2021, 08:00 WIB"}, datetime(2021, 4, 23, 8, 0, tzinfo=WIB)),
        (
            {"line": "Diperbarui 23/04/2021, 08:00 WIB", "json_ld_modified": "2021-04-23T02:00:00+00:00"},
            datetime(2021, 4, 23, 8, 0, tzinfo=WIB),
        ),
        (
            {"line": "Diperbarui 23/04/2021, 08:00 WIB", "meta": "2021-04-23 08:00:14"},
            datetime(2021, 4, 23, 8, 0, 14, tzinfo=WIB),
        ),
        ({"line": "Diperbarui 23/04/2021, 09:00 WITA"}, datetime(2021, 4, 23, 9, 0, tzinfo=WITA)),
        ({"line": "Diperbarui 21/04/2021, 09:00 WIB"}, None),
    ],
)
def test_a_change_is_reported_only_where_the_page_states_a_later_time(
    parts: dict[str, str], modified: datetime | None
) -> None:
    """Without it every story counts as corrected, or no correction is recorded."""
    read = times(**parts)
    assert read.modified == modified
    if modified is not None and read.modified is not None:
        assert read.modified.utcoffset() == modified.utcoffset()

"""Times as the site prints them."""

from datetime import datetime, tzinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.dates import WIB, ZONES, VisibleTimes, id_clock, json_ld_time, meta_time, visible_times

PRINTED = [
    ("Kompas.com - 22/04/2021, 16:06 WIB", "2021-04-22T16:06:00+07:00"),
    ("Kompas.com - 18/10/2020, 12:57 WIB", "2020-10-18T12:57:00+07:00"),
    ("05/08/2025, 13:08 WIB", "2025-08-05T13:08:00+07:00"),
    ("Kompas.com, 03/08/2026, 17:53 WIB", "2026-08-03T17:53:00+07:00"),
    ("Kompas.com, 4 Desember 2025, 18:00 WIB", "2025-12-04T18:00:00+07:00"),
    ("Kompas.com , 17 April 2026, 10:30 WIB", "2026-04-17T10:30:00+07:00"),
    ("20 Mei 2024, 07:08 WIB", "2024-05-20T07:08:00+07:00"),
    ("Selasa, 16 Februari 2016 | 14:11 WIB", "2016-02-16T14:11:00+07:00"),
    ("Senin, 12 Mei 2008 | 20:48 WIB", "2008-05-12T20:48:00+07:00"),
    ("Senin, 12 Mei 2008 20:48 WIB", "2008-05-12T20:48:00+07:00"),
    ("Kompas.com - 22/04/2021, 16:06 WITA", "2021-04-22T16:06:00+08:00"),
    ("Kompas.com - 22/04/2021, 16:06 WIT", "2021-04-22T16:06:00+09:00"),
    ("Kompas.com - 22/04/2021, 16:06", "2021-04-22T16:06:00+07:00"),
    ("Kompas.com - 22/04/2021, 16.06 wib", "2021-04-22T16:06:00+07:00"),
    ("Kompas.com - 2/4/2021, 6:06 WIB", "2021-04-02T06:06:00+07:00"),
    ("Kamis, 22 April 2021 pukul 16.06 WIB", "2021-04-22T16:06:00+07:00"),
    ("29/02/2024, 00:00 WIB", "2024-02-29T00:00:00+07:00"),
]

NONSENSE = [
    "",
    "Kompas.com -",
    "Rabu, 22 April",
    "Rabu, 22 April 16:06 WIB",
    "16:06 WIB",
    "32/13/2021, 16:06 WIB",
    "29/02/2021, 16:06 WIB",
    "00/04/2021, 16:06 WIB",
    "22/04/2021, 24:00 WIB",
    "22/04/2021, 16:61 WIB",
    "22/04/0000, 16:06 WIB",
    "31 Juni 2021, 16:06 WIB",
    "22 Pahing 2021, 16:06 WIB",
    "22/04/2021",
    "Kamis, 22 April 2021",
    "Editor Sinta Laras",
]

MONTHS = [
    ("Januari Jan", 1),
    ("Februari Pebruari Feb", 2),
    ("Maret Mar", 3),
    ("April Apr", 4),
    ("Mei", 5),
    ("Juni Jun", 6),
    ("Juli Jul", 7),
    ("Agustus Agu Agt Ags", 8),
    ("September Sep Sept", 9),
    ("Oktober Okt", 10),
    ("November Nopember Nov Nop", 11),
    ("Desember Des", 12),
]

UPDATED = [
    ("Kompas.com, Diperbarui 18/04/2026, 10:03 WIB", None, "2026-04-18T10:03:00+07:00"),
    ("Diperbarui 18 April 2026, 10:03 WITA", None, "2026-04-18T10:03:00+08:00"),
    (
        "Kompas.com - 17/04/2026, 09:00 WIB Diperbarui 18/04/2026, 10:03 WIB",
        "2026-04-17T09:00:00+07:00",
        "2026-04-18T10:03:00+07:00",
    ),
    (
        "Diperbarui 18/04/2026, 10:03 WIB | Terbit 17/04/2026, 09:00 WIB",
        "2026-04-17T09:00:00+07:00",
        "2026-04-18T10:03:00+07:00",
    ),
]


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


@pytest.mark.parametrize(("printed", "expected"), PRINTED)
def test_every_printed_form_gives_its_time(printed: str, expected: str) -> None:
    """Without it stories of one era have no time of publication."""
    assert _iso(visible_times(printed).published) == expected
    assert visible_times(printed).modified is None


@pytest.mark.parametrize("printed", NONSENSE)
def test_what_is_no_time_gives_none(printed: str) -> None:
    """Without it a user works with times that no page prints."""
    assert visible_times(printed) == VisibleTimes(None, None)


@pytest.mark.parametrize(("name", "number"), [(name, number) for names, number in MONTHS for name in names.split()])
def test_every_name_of_a_month_is_known(name: str, number: int) -> None:
    """Without it all stories of a month lose their time."""
    for written in (name, name.upper(), name.lower(), f"{name}."):
        published = visible_times(f"4 {written} 2025, 18:00 WIB").published
        assert published == datetime(2025, number, 4, 18, 0, tzinfo=WIB)


@pytest.mark.parametrize(("printed", "published", "modified"), UPDATED)
def test_the_time_of_an_update_is_not_the_time_of_publication(
    printed: str, published: str | None, modified: str | None
) -> None:
    """Without it an old story that was touched today counts as today's."""
    times = visible_times(printed)
    assert (_iso(times.published), _iso(times.modified)) == (published, modified)


def test_a_stray_first_number_does_not_hide_the_time() -> None:
    """Without it a slip of the editor before the real time costs the story its time."""
    assert _iso(visible_times("32/13/2021, 16:06 WIB 22/04/2021, 16:06 WIB").published) == "2021-04-22T16:06:00+07:00"


def test_foreign_letters_in_the_zone_stop_nothing() -> None:
    """Without it a pasted Turkish capital in a time line costs a story and leaves a traceback."""
    times = visible_times("22/04/2021, 16:06 WİB")
    assert times.published is None or times.published.tzinfo in ZONES.values()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2020-10-18 12:57:24", "2020-10-18T12:57:24+07:00"),
        (" 2020-10-18 12:57:24\n", "2020-10-18T12:57:24+07:00"),
        ("2020-10-18T05:57:24+00:00", "2020-10-18T12:57:24+07:00"),
        ("2020-10-18T05:57:24Z", "2020-10-18T12:57:24+07:00"),
        ("0000-00-00 00:00:00", None),
        ("2021-02-30 10:00:00", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_the_meta_time_is_western_indonesian_time(stated: str, expected: str | None) -> None:
    """Without it every time of publication is seven hours off."""
    assert _iso(meta_time(stated)) == expected


def test_a_meta_day_without_an_hour_is_no_time() -> None:
    """Without it a story seems to have come out at midnight, which the page never said."""
    assert meta_time("2020-10-18") is None


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2020-10-18T05:57:24+00:00", "2020-10-18T12:57:24+07:00"),
        ("2020-10-18T12:57:24+07:00", "2020-10-18T12:57:24+07:00"),
        ("2020-10-18T18:30:00Z", "2020-10-19T01:30:00+07:00"),
        ("2020-10-18T05:57:24", None),
        ("2020-10-18", None),
        ("", None),
    ],
)
def test_the_json_ld_time_needs_a_zone(stated: str, expected: str | None) -> None:
    """Without it a time in UTC is taken for local time, or the other way round."""
    assert _iso(json_ld_time(stated)) == expected


@pytest.mark.parametrize(
    "stated",
    ["0001-01-01T00:00:00+07:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59-12:00"],
)
def test_placeholder_years_are_no_times(stated: str) -> None:
    """Without it the empty date of a database stands for the time of publication, or cannot be written as UTC."""
    assert meta_time(stated) is None
    assert json_ld_time(stated) is None


@pytest.mark.parametrize(("year", "known"), [(1, False), (1994, False), (1995, True), (2099, True), (9999, False)])
def test_every_source_knows_the_same_years(year: int, known: bool) -> None:
    """Without it a printed year 1 is a time of publication that the store cannot write as UTC."""
    read = (visible_times(f"01/01/{year:04}, 00:00 WIB").published, id_clock(f"{year:04}/01/01/000000070"))
    assert [when is not None for when in read] == [known, known]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("2021/04/22/160600870", "2021-04-22T16:06:00+07:00"),
        ("2016/02/16/14112381", "2016-02-16T14:11:23+07:00"),
        ("2014/01/01/2254577", "2014-01-01T22:54:57+07:00"),
        ("2025/08/27/130500368", "2025-08-27T13:05:00+07:00"),
        ("2021/04/22/246600870", None),
        ("2021/02/30/160600870", None),
        ("2021/04/22/160600", None),
        ("2021/04/22", None),
        ("", None),
    ],
)
def test_the_id_carries_a_clock(story: str, expected: str | None) -> None:
    """Without it a page that prints no time has none, though its address says it."""
    assert _iso(id_clock(story)) == expected


@given(st.text() | st.from_regex(r"\d{1,2}[/-]\d{1,2}[/-]\d{4},? \d\d[:.]\d\d [Ww].[BbTt]A?"))
@settings(deadline=None)
def test_no_text_stops_the_reading_of_times(text: str) -> None:
    """Without it one odd line costs a story."""
    visible_times(text)
    meta_time(text)
    json_ld_time(text)
    id_clock(text)


@given(st.text(), st.sampled_from(("01/01/0001, 00:00 WIT", "31/12/9999, 23:59 WIB", "22/04/2021, 16:06 WITA")))
@settings(deadline=None)
def test_every_time_can_be_given_in_any_zone(text: str, printed: str) -> None:
    """Without it a story whose line names the first or the last year that a computer knows cannot be stored."""
    times = visible_times(f"{text} {printed}")
    for when in filter(None, (times.published, times.modified, meta_time(text), json_ld_time(text), id_clock(text))):
        assert 1994 < when.astimezone(ZONES["WIT"]).year < 2101


@given(
    st.datetimes(min_value=datetime(1995, 1, 2), max_value=datetime(2099, 12, 30)),  # noqa: DTZ001
    st.timezones(),
    st.sampled_from(sorted(ZONES)),
)
@settings(deadline=None)
def test_a_stated_time_is_the_same_moment_in_the_zone_of_the_page(when: datetime, zone: tzinfo, home: str) -> None:
    """Without it a story is hours off wherever the page's head speaks of another zone than its line."""
    stated = when.replace(tzinfo=zone, microsecond=0)
    for read in (meta_time, json_ld_time):
        told = read(stated.isoformat(), ZONES[home])
        assert told == datetime.fromisoformat(stated.isoformat())
        assert told.tzinfo is ZONES[home]


@given(st.datetimes(min_value=datetime(1995, 9, 14), max_value=datetime(2099, 1, 1)), st.sampled_from(sorted(ZONES)))  # noqa: DTZ001
@settings(deadline=None)
def test_a_printed_time_is_read_back(when: datetime, zone: str) -> None:
    """Without it some minutes of the day or some zones are read as others."""
    expected = when.replace(second=0, microsecond=0, tzinfo=ZONES[zone])
    assert visible_times(f"Kompas.com - {when:%d/%m/%Y, %H:%M} {zone}").published == expected

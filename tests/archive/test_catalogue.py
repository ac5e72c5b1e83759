"""The catalogue of records: their order, and which one a revisit means."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.archive.catalogue import Catalogue
from crawler.archive.files import Source
from crawler.archive.records import Location, Reference
from crawler.archive.scan import IndexedRecord
from crawler.errors import NotInArchive
from crawler.items import WarcPlace
from tests.archive.conftest import OTHER
from tests.make import CAPTURED_AT, URL

SOURCE = Source(Path("a.warc.gz"), "a.warc.gz", 1000)


def entry(
    offset: int,
    *,
    url: str = URL,
    at: datetime | None = CAPTURED_AT,
    record_id: str | None = None,
    refers_to: Reference | None = None,
) -> IndexedRecord:
    place = WarcPlace("a.warc.gz", offset, record_id, None)
    return IndexedRecord(
        Location(SOURCE, offset), "revisit" if refers_to else "response", url, at, 200, place, refers_to
    )


def reference(record_id: str | None = None, url: str | None = None, date: str | None = None) -> Reference:
    return Reference(record_id, url, date, None, None)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path)
    yield made
    made.close()


def filled(catalogue: Catalogue, *entries: IndexedRecord) -> Catalogue:
    catalogue.add((one.url, one) for one in entries[:2])
    catalogue.add((one.url, one) for one in entries[2:])
    catalogue.complete()
    return catalogue


def test_stories_come_in_the_order_of_their_first_records_captures_in_that_of_their_time(catalogue: Catalogue) -> None:
    """Without it revisions are numbered by the order of files, or stories come in another order every time."""
    day = timedelta(days=1)
    filled(catalogue, entry(0, at=CAPTURED_AT + day), entry(1, url=OTHER), entry(2), entry(3), entry(4, at=None))
    groups = [([one.location.offset for one in entries], others) for entries, others in catalogue.groups()]
    assert groups == [([4, 2, 3, 0], 0), ([1], 0)]
    assert len(catalogue) == 2
    assert [one.location.offset for one in catalogue.entries(URL)] == [4, 2, 3, 0]
    assert catalogue.entries("https://www.kompas.com/lain") == []


@pytest.mark.parametrize(("most", "kept", "others"), [(6, [0, 1, 2, 3, 4], 0), (4, [0, 1, 3, 4], 1), (2, [0, 4], 3)])
def test_of_very_many_captures_the_first_and_the_last_are_read(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, most: int, kept: list[int], others: int
) -> None:
    """Without it 300,000 captures of one story take 3 GB of memory."""
    monkeypatch.setattr("crawler.bounds.STORY_CAPTURES", most)
    filled(catalogue, *(entry(number, at=CAPTURED_AT + timedelta(days=number)) for number in range(5)))
    assert [([one.location.offset for one in entries], n) for entries, n in catalogue.groups()] == [(kept, others)]


def test_times_in_other_zones_are_put_in_order(catalogue: Catalogue) -> None:
    """Without it a capture whose tool writes local time stands hours away from its place."""
    wib = timezone(timedelta(hours=7))
    filled(catalogue, entry(0), entry(1, at=datetime(2021, 4, 23, 8, 2, 2, tzinfo=wib)), entry(2, at=CAPTURED_AT))
    assert [one.location.offset for one in catalogue.entries(URL)] == [1, 0, 2]


@pytest.mark.parametrize(
    ("asked", "offset"),
    [
        (reference("<urn:1>"), 1),
        (reference("<urn:1>", OTHER, "2021-04-23T01:02:03Z"), 1),
        (reference("<urn:lain>", OTHER, "2021-04-23T01:02:03Z"), 2),
        (reference(None, OTHER, "2021-04-23T01:02:03.500Z"), 2),
    ],
)
def test_a_revisit_is_led_to_the_record_it_means(catalogue: Catalogue, asked: Reference, offset: int) -> None:
    """Without it a story gets the bytes of another one, or none."""
    filled(catalogue, entry(0), entry(1, record_id="<urn:1>"), entry(2, url=OTHER))
    assert catalogue.resolve(asked) == Location(SOURCE, offset)


@pytest.mark.parametrize(
    "asked",
    [
        reference(),
        reference("<urn:9>"),
        reference(None, URL, None),
        reference(None, URL, "2020-01-01T00:00:00Z"),
        reference("<urn:3>"),
    ],
)
def test_a_record_that_is_not_there_or_is_a_revisit_itself_is_not_in_the_archive(
    catalogue: Catalogue, asked: Reference
) -> None:
    """Without it an empty page, or any page, is given for the one that is meant."""
    filled(catalogue, entry(0, record_id="<urn:1>"), entry(3, record_id="<urn:3>", refers_to=reference("<urn:1>")))
    with pytest.raises(NotInArchive, match="the archive does not hold the record"):
        catalogue.resolve(asked)


def test_an_entry_comes_back_as_it_went_in(catalogue: Catalogue) -> None:
    """Without it a story is read from another place than it was found at."""
    one = entry(7, at=datetime(2021, 4, 23, tzinfo=UTC), record_id="<urn:7>", refers_to=reference("<urn:1>"))
    assert filled(catalogue, one).entries(URL) == [one]

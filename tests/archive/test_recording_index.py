"""What an address is answered with when a crawl is replayed."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive.files import expand
from crawler.archive.handler import FAILURES, failure_name
from crawler.archive.recording_index import RecordingIndex, Unanswered
from crawler.archive.records import Captured, first_capture
from crawler.errors import NotInArchive
from crawler.spiders.failures import reason_of
from tests.archive.conftest import Rec, write

INDEX = "https://indeks.kompas.com/?site=global&date=2021-04-22"
MISS = "the recording does not hold"
Recording = Callable[..., RecordingIndex]


def answer(text: str, hour: int, url: str = INDEX, **changes: object) -> Rec:
    return Rec(url, text.encode(), date=f"2021-04-23T{hour:02}:00:00Z", **changes)  # type: ignore[arg-type]


def note(text: str, hour: int, url: str = INDEX) -> Rec:
    """A `metadata` record."""
    return answer(text, hour, url, type="metadata", status=None)


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    made = []

    def index(*records: Rec, packing: str = "records") -> RecordingIndex:
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        made.append(RecordingIndex(expand(str(write(tmp_path / "a.warc.gz", *records, packing=packing))), scratch))
        return made[-1]

    yield index
    for one in made:
        one.close()


def bodies(index: RecordingIndex, times: int, url: str = INDEX, *, conditional: bool = False) -> list[str]:
    answers = [index.answer(url, number, conditional=conditional) for number in range(times)]
    return [one.body.decode() if isinstance(one, Captured) else one.reason for one in answers]


@pytest.mark.parametrize("packing", ["records", "none", "whole"])
def test_answers_come_in_the_order_in_which_they_were_given(recording: Recording, packing: str) -> None:
    """Without it a page that changed while it was crawled is another one in the replay."""
    index = recording(answer("dua", 2), answer("satu", 1), answer("tiga", 3), packing=packing)
    assert bodies(index, 5) == ["satu", "dua", "tiga", "tiga", "tiga"]


def test_every_kind_of_answer_is_one(recording: Recording) -> None:
    """Without it redirects and errors of a recorded crawl are misses, and its verdict is another."""
    index = recording(answer("", 1, status="301 Moved Permanently"), answer("", 2, status="503 Busy"), answer("ya", 3))
    found = [index.answer(INDEX, number, conditional=False) for number in range(3)]
    assert [one.status for one in found if isinstance(one, Captured)] == [301, 503, 200]


def test_what_is_not_recorded_is_a_miss_that_is_reported(recording: Recording) -> None:
    """Without it a replay of half a recording passes for the whole crawl."""
    index = recording(answer("ya", 1), answer("lain", 1, url="https://www.example.org/"))
    for url in (INDEX + "&page=2", "https://www.example.org/"):
        with pytest.raises(NotInArchive, match=MISS):
            index.answer(url, 0, conditional=False)


def test_a_request_that_got_no_answer_gets_none(recording: Recording) -> None:
    """Without it a replay is healthier than its crawl was."""
    index = recording(note("failure: Timeout\r\ndetail: 60 detik", 1), answer("ya", 2))
    first = index.answer(INDEX, 0, conditional=False)
    assert isinstance(first, Unanswered)
    assert (first.reason, first.detail) == ("Timeout", "60 detik")
    assert bodies(index, 2) == ["Timeout", "ya"]


def test_other_notes_are_no_answers(recording: Recording) -> None:
    """Without it a note on a good answer is replayed as a failure."""
    assert bodies(recording(note("fetchTimeMs: 20", 1), answer("ya", 2)), 1) == ["ya"]


def test_only_a_request_for_changes_reports_that_there_are_none(recording: Recording) -> None:
    """Without it a first request is answered with nothing."""
    index = recording(answer("ya", 1), answer("", 2, status="304 Not Modified"))
    assert bodies(index, 2) == ["ya", "ya"]
    unchanged = index.answer(INDEX, 1, conditional=True)
    assert isinstance(unchanged, Captured)
    assert unchanged.status == 304


def test_a_recording_begins_with_the_earliest_first_record_of_its_files(tmp_path: Path) -> None:
    """Without it a replay requests the days of another date than the crawl did."""
    write(tmp_path / "a.warc.gz", answer("dua", 9))
    write(tmp_path / "b.warc.gz", answer("satu", 7), answer("tiga", 11))
    assert first_capture(expand(str(tmp_path))).hour == 7


@pytest.mark.parametrize("reason", ["Timeout", "ConnectionFailed", "CutOff", "TooLarge"])
def test_a_failure_is_met_in_the_replay_under_the_name_of_the_crawl(reason: str) -> None:
    """Without it the same fault has two names, and figures of a crawl and its replay differ."""
    error = FAILURES[reason]("x")
    assert failure_name(error) == reason
    assert reason_of(error)[0] == reason


def test_an_index_may_be_closed_twice(recording: Recording) -> None:
    """Without it the end of a run that failed early is a second error."""
    with closing(recording(answer("ya", 1))):
        pass

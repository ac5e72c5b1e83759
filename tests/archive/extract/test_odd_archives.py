"""One bad record costs one record: odd ones between two good ones, of which both stories are always read."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.archive.conftest import HTML, by_hand
from tests.archive.extract.conftest import Found
from tests.make import read_page, story_url

Extract = Callable[..., Found]
BAD: Final = story_url("2021/04/22/150000870")
FIRST, LAST = (story_url(f"2021/04/22/{clock}0000870") for clock in (14, 16))


def message(url: str, body: bytes | None = None, **headers: str) -> bytes:
    fields = {HTML[0]: HTML[1], **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + (read_page(canonical=url) if body is None else body)


def good(url: str) -> bytes:
    return by_hand(message(url), url=url)


def bad(body: bytes | None = None, **fields: str | None) -> bytes:
    """A record of the third story with other WARC fields."""
    return by_hand(message(BAD, body), **{"url": BAD, **fields})  # type: ignore[arg-type]


def unix(record: bytes) -> bytes:
    head, _, block = record.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + block


def named(reference: str) -> bytes:
    return bad(b"", kind="revisit", WARC_Record_ID="<urn:a>", WARC_Refers_To=reference)


def coded(body: bytes, coding: str) -> bytes:
    return by_hand(message(BAD, body, Content_Encoding=coding), url=BAD)


PAGE: Final = read_page(canonical=BAD)
TOO_LONG: Final = "states the length"
LOST: dict[str, tuple[Callable[[], bytes], str]] = {
    "a date before the first": (lambda: bad(WARC_Date="0001-01-01T00:00:00+14:00"), "no WARC-Date that can be read"),
    "a date after the last": (lambda: bad(WARC_Date="9999-12-31T23:59:59-14:00"), "no WARC-Date that can be read"),
    "a bomb in a body": (lambda: coded(gzip.compress(bytes(20_000_000)), "gzip"), "more than 4,194,304 bytes"),
    "very many members": (lambda: coded(gzip.compress(b"", mtime=0) * 1001, "gzip"), "more than 1000 gzip members"),
    "an unknown coding": (lambda: coded(b"\x8b\x01", "lain"), "unknown coding lain"),
    "a part": (lambda: bad(WARC_Truncated="length"), "was archived in part"),
}
SWALLOWED: Final = ("9223372036854775808", "9223372036854775807", "1000000000000000")
"""Lengths that take all that follows for the record, unless another one can be found behind its beginning."""
READ: dict[str, Callable[[], bytes]] = {
    "a length of 5,000 digits of its message": lambda: by_hand(message(BAD, Content_Length="9" * 5000), url=BAD),
    "no coding": lambda: coded(PAGE, "none"),
    "a charset for a coding": lambda: coded(PAGE, "UTF-8"),
    "decoded behind a mark": lambda: coded(b"\xef\xbb\xbf" + PAGE, "gzip"),
    "decoded behind words": lambda: coded(b"PHP Notice: a\n" + PAGE, "br"),
    "a date of 14 digits": lambda: bad(WARC_Date="20210423010203"),
    "a date without parts": lambda: bad(WARC_Date="2021-04"),
    "bytes that are no UTF-8 in its header": lambda: bad(WARC_Filename="a").replace(b"Filename: a", b"Filename: \xff"),
}
PASSED_OVER: dict[str, tuple[Callable[[], bytes], str]] = {
    "a revisit of itself": (lambda: named("<urn:a>"), "passed_over/revisit_of_another_archive"),
    "an offset of 5,000 digits": (
        lambda: bad(b"", kind="revisit", WARC_Refers_To_File_Offset="9" * 5000),
        "passed_over/revisit_of_another_archive",
    ),
    "an unknown type": (lambda: bad(kind="\x1b[31mlain"), "passed_over/type_other"),
    "an endless address": (lambda: by_hand(message(BAD), url=BAD + "a" * 4000), "passed_over/other_site"),
    "endless headers": (lambda: by_hand(message(BAD, X_A="a" * 300_000), url=BAD), "passed_over/status_unknown"),
}


Put = Callable[[bytes], Path]


def writer(path: Path, packing: str) -> Put:
    """Return a function that writes a record between two good ones."""

    def put(record: bytes) -> Path:
        records = (good(FIRST), record, good(LAST))
        content = b"".join(gzip.compress(one, mtime=0) if packing == "records" else one for one in records)
        path.write_bytes(gzip.compress(content, mtime=0) if packing == "whole" else content)
        return path

    return put


@pytest.fixture(params=["none", "records", "whole"])
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Put:
    return writer(tmp_path / ("a.warc" if request.param == "none" else "a.warc.gz"), request.param)


@pytest.fixture(params=["none", "records"])
def put_apart(request: pytest.FixtureRequest, tmp_path: Path) -> Put:
    """Where each record can be found by itself."""
    return writer(tmp_path / ("a.warc" if request.param == "none" else "a.warc.gz"), request.param)


@pytest.mark.parametrize(("record", "why"), LOST.values(), ids=LOST)
def test_a_record_that_cannot_be_read_costs_its_own_story(
    put: Put, extract: Extract, record: Callable[[], bytes], why: str
) -> None:
    """Without it one record ends the run over a whole archive, and the good stories are not stored."""
    found = extract(put(record()))
    assert {story.url for story in found.stories if story.editions} == {FIRST, LAST}
    (story,) = (story for story in found.stories if not story.editions)
    assert [why in str(fault.error) for fault in story.faults] == [True], story.faults


@pytest.mark.parametrize("length", SWALLOWED)
def test_a_length_beyond_all_memory_costs_its_own_story(put_apart: Put, extract: Extract, length: str) -> None:
    """Without it the reader reserves the memory that a number in the file states, and is killed."""
    found = extract(put_apart(bad(Content_Length=length)))
    assert {story.url for story in found.stories if story.editions} == {FIRST, LAST}
    (story,) = (story for story in found.stories if not story.editions)
    assert [TOO_LONG in str(fault.error) for fault in story.faults] == [True]
    assert sum(found.damage.values()) == 1


def test_a_record_with_other_line_ends_than_its_neighbours_is_read(put_apart: Put, extract: Extract) -> None:
    """Without it the header of the record becomes the name of a statistic, and its story is lost."""
    found = extract(put_apart(unix(bad())))
    assert {story.url for story in found.stories if story.editions} == {FIRST, BAD, LAST}


@pytest.mark.parametrize("record", READ.values(), ids=READ)
def test_an_odd_record_is_read(put: Put, extract: Extract, record: Callable[[], bytes]) -> None:
    """Without it the stories of some tools and servers are lost."""
    found = extract(put(record()))
    assert {story.url for story in found.stories if story.editions} == {FIRST, BAD, LAST}


@pytest.mark.parametrize(("record", "counted"), PASSED_OVER.values(), ids=PASSED_OVER)
def test_a_record_of_no_use_is_passed_over_and_counted(
    put: Put, extract: Extract, record: Callable[[], bytes], counted: str
) -> None:
    """Without it a word of the file names a statistic, or a ring of records ends the run."""
    found = extract(put(record()))
    assert {story.url for story in found.stories if story.editions} == {FIRST, LAST}
    assert found.counts[counted] == 1, found.counts


def test_a_record_of_gigabytes_is_passed_over_in_little_memory(tmp_path: Path, extract: Extract) -> None:
    """Without it 3 MB of zeros, which unpack to 3 GB, take all memory of the machine."""
    size = 64 * 1024 * 1024
    packing, block = zlib.compressobj(wbits=31), bytes(1 << 20)
    member = packing.compress(bad(Content_Length=str(size)).partition(b"<html")[0])
    member += b"".join(packing.compress(block) for _ in range(size >> 20)) + packing.flush()
    content = gzip.compress(good(FIRST)) + member + gzip.compress(good(LAST))
    (tmp_path / "a.warc.gz").write_bytes(content)
    found = extract(tmp_path / "a.warc.gz")
    assert {story.url for story in found.stories if story.editions} == {FIRST, LAST}


def test_captures_beyond_the_bounds_of_a_story_are_counted(
    tmp_path: Path, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it 300,000 captures of one story take 3 GB of memory."""
    monkeypatch.setattr("crawler.bounds.BATCH_BYTES", 5_000)
    (tmp_path / "a.warc").write_bytes(good(FIRST) * 7 + good(LAST))
    found = extract(tmp_path / "a.warc")
    assert [(story.url, len(story.editions), story.unchanged) for story in found.stories] == [
        (FIRST, 1, 1),
        (LAST, 1, 0),
    ]
    assert found.counts["passed_over/captures_beyond_bound"] == 5


def test_a_capture_after_now_is_counted(tmp_path: Path, extract: Extract) -> None:
    """Without it a wrong clock of another crawler dates a story into the future, without a warning."""
    (tmp_path / "a.warc").write_bytes(good(FIRST) + bad(WARC_Date="2099-01-01T00:00:00Z"))
    assert extract(tmp_path / "a.warc").counts["captures_after_now"] == 1

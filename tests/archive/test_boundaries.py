"""Where records begin and end: a file is read on behind damage, and damage costs only what it hits."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.boundaries import ends_whole, next_record, packing_of
from crawler.archive.walk import Walk
from tests.archive.conftest import Rec, by_hand, warc_bytes, zstd_frames
from tests.make import story_url

PACKINGS = ("records", "none", "zstd")
MARKS = (
    b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n",
    b"\x1f\x8b\x08\x00",
    b"WARC/1.0\r\n",
    b"\x28\xb5\x2f\xfd",
    b"Teks biasa. ",
)
INNER = [Rec(f"https://www.example.org/{number}", b"<p>Di dalam.</p>") for number in range(4)]


def packed(record: Rec, packing: str) -> bytes:
    plain = warc_bytes([record], compressed=False)
    return zstd_frames(plain) if packing == "zstd" else plain if packing == "none" else gzip.compress(plain, mtime=0)


def numbered(bodies: list[bytes]) -> list[Rec]:
    """Ids that no single changed letter makes one of the others."""
    urls = [story_url(f"2021/04/22/17{n:04}070") for n in range(len(bodies))]
    return [Rec(url, body, id=f"<urn:x:{n}{n}{n}{n}>") for n, (url, body) in enumerate(zip(urls, bodies, strict=True))]


def ids(content: bytes) -> list[str | None]:
    return [record.headers.get("WARC-Record-ID") for record in Walk(BytesIO(content))]


def in_two(content: bytes, number: int) -> list[str | None]:
    """Return the records of a file that is read on from the record of that number."""
    found: list[str | None] = []
    for record in Walk(BytesIO(content)):
        if len(found) == number:
            return found + [one.headers.get("WARC-Record-ID") for one in Walk(BytesIO(content), record.stream_pos)]
        found.append(record.headers.get("WARC-Record-ID"))
    return found


BODIES = st.lists(
    st.lists(st.sampled_from(MARKS) | st.binary(max_size=60), max_size=6).map(b"".join), min_size=1, max_size=8
)


@given(bodies=BODIES, number=st.integers(0, 8), packing=st.sampled_from(PACKINGS))
def test_every_record_comes_once_and_in_order(bodies: list[bytes], number: int, packing: str) -> None:
    """Without it stories are lost, or read twice, where what a page holds looks like the beginning of a record."""
    records = numbered(bodies)
    content = b"".join(packed(record, packing) for record in records)
    assert ids(content) == in_two(content, number) == [record.id for record in records]


@given(
    bodies=BODIES,
    number=st.integers(0, 8),
    packing=st.sampled_from(PACKINGS),
    where=st.floats(0, 1),
    junk=st.binary(max_size=40),
    gone=st.integers(0, 200),
)
def test_a_damaged_file_gives_the_same_in_one_pass_and_in_two(
    bodies: list[bytes], number: int, packing: str, where: float, junk: bytes, gone: int
) -> None:
    """Without it the same damaged archive gives other stories when it is so large that it is read in slices."""
    content = b"".join(packed(record, packing) for record in numbered(bodies))
    at = int(where * len(content))
    content = content[:at] + junk + content[at + gone :]
    assert in_two(content, number) == ids(content)


@pytest.mark.parametrize("inner", [warc_bytes(INNER), warc_bytes(INNER, compressed=False)], ids=["gzip", "plain"])
@pytest.mark.parametrize("packing", PACKINGS)
def test_an_archive_that_was_archived_is_a_page_and_not_a_part_of_the_file(inner: bytes, packing: str) -> None:
    """Without it records that lie inside a page enter the dataset."""
    swallowing = by_hand(b"<p>Semua</p>", Content_Length="999999")
    bodies = [b"Satu.", inner, swallowing * 3, inner * 2, b"Dua.", Random(1).randbytes(900) + inner, b"Tiga."]
    records = numbered(bodies)
    stored = [gzip.compress(warc_bytes([rec], compressed=False), 0, mtime=0) for rec in records]
    content = b"".join(stored if packing == "records" else [packed(record, packing) for record in records])
    assert ids(content) == [record.id for record in records]
    assert all(in_two(content, number) == ids(content) for number in range(len(records)))


@dataclass(frozen=True)
class Damage:
    """A changed file, and which bytes of the good one it spares."""

    content: bytes
    begin: int
    end: int

    def spares(self, span: tuple[int, int]) -> bool:
        begin, end = span
        if self.begin == self.end:  # something was put in
            return not begin < self.begin < end
        return self.end <= begin or self.begin >= end


def damages(content: bytes, at: int, random: Random) -> Iterator[Damage]:
    flipped = bytes([content[at] ^ 1 << random.randrange(8)])
    yield Damage(content[:at] + flipped + content[at + 1 :], at, at + 1)
    yield Damage(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :], at, at + 1)
    yield Damage(content[:at] + content[at + 1 :], at, at + 1)
    yield Damage(content[:at] + random.randbytes(1) + content[at:], at, at)
    yield Damage(content[:at] + random.randbytes(50) + content[at:], at, at)
    for length in (40, 150):
        end = min(at + length, len(content))
        yield Damage(content[:at] + content[end:], at, end)
        yield Damage(content[:at] + bytes(end - at) + content[end:], at, end)
    yield Damage(content[:at], at, len(content))


@pytest.mark.parametrize("packing", PACKINGS)
def test_damage_at_any_byte_costs_only_the_records_it_hits_and_is_reported(packing: str) -> None:
    """Without it one bad block of a disk costs the rest of an archive, or stories are missing without a message."""
    records = numbered([b"Isi nomor %d." % number * 5 for number in range(5)])
    parts = [packed(record, packing) for record in records]
    spans = list(pairwise(accumulate(map(len, parts), initial=0)))
    content, random = b"".join(parts), Random(20210422)
    line_ends = 4 if packing == "none" else 0
    seams = {edge - blank for span in spans for edge in span for blank in range(line_ends + 1)}
    for at in range(0, len(content), 3):
        for damage in damages(content, at, random):
            walk = Walk(BytesIO(damage.content))
            found = [(record.headers.get("WARC-Record-ID"), record.consume()) for record in walk]
            spared = [record.id for record, span in zip(records, spans, strict=True) if damage.spares(span)]
            assert [one for one, _ in found if one in spared] == spared, (at, damage.begin, damage.end)
            if len(found) < len(records) and not {damage.begin, damage.end} <= seams:
                assert walk.damage >= 1, (at, damage.begin, damage.end)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_that_stops_in_a_record_is_reported_wherever_it_stops(packing: str) -> None:
    """Without it a download that broke off passes for a whole archive."""
    records = numbered([b"Satu." * 40, b"Dua." * 40])
    first, second = (packed(record, packing) for record in records)
    blank = 4 if packing == "none" else 8 if packing == "records" else 0  # behind the body: line ends, a checksum
    for cut in range(len(first) + 1, len(first) + len(second) - blank):
        walk = Walk(BytesIO((first + second)[:cut]))
        assert [record.headers.get("WARC-Record-ID") for record in walk][:1] == ["<urn:x:0000>"]
        assert walk.damage == 1, cut


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_good_file_is_not_called_damaged(packing: str) -> None:
    """Without it every run warns of damage, and users ignore the warning."""
    inner = warc_bytes(INNER) + warc_bytes(INNER, compressed=False)
    content = b"".join(packed(record, packing) for record in numbered([b"Satu.", inner]))
    walk = Walk(BytesIO(content))
    assert (len(list(walk)), walk.damage) == (2, 0)
    assert ends_whole(BytesIO(b""), 0, None)


def test_records_further_apart_than_a_block_are_found() -> None:
    """Without it everything behind a large damaged record is lost."""
    noise = Random(2).randbytes(5_000_000)
    for packing in PACKINGS:
        parts = [packed(record, packing) for record in numbered([noise, b"Dua."])]
        stream = BytesIO(b"".join(parts))
        assert next_record(stream, 1, packing_of(stream)) == len(parts[0]), packing
        assert next_record(stream, len(parts[0]) + 1, packing_of(stream)) is None, packing

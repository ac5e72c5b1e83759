"""Files at http addresses: one request for a whole file, ranges for a part, and the reason when it cannot be read."""

import io
import sys
from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from crawler.archive import http_file
from crawler.archive.addresses import has_ranges, open_address, refuse_unknown
from crawler.errors import SourceFailed
from tests.file_server import FileServer, file_server

CONTENT: Final = Random(3).randbytes(3_000_000)
WHOLE: Final = ("/a", None)


@pytest.fixture(params=[True, False], ids=["ranges", "no ranges"])
def served(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server; what is held in memory is small, and no retry waits long."""
    monkeypatch.setattr(http_file, "WAITS", (0.01, 0.01))
    monkeypatch.setattr(http_file, "HELD", 500_000)
    with file_server(request.param) as server:
        server.add("/a", CONTENT)
        yield server


def test_a_file_is_read_from_end_to_end_with_one_request(served: FileServer) -> None:
    """Without it a server gets hundreds of requests for one file, and bans who sends them."""
    with open_address(f"{served.url}/a") as stream:
        assert b"".join(iter(lambda: stream.read(70_000), b"")) == CONTENT
        assert has_ranges(stream) == served.has_ranges
        assert stream.seek(0, io.SEEK_END) == len(CONTENT)
        stream.seek(-400_000, io.SEEK_END)
        assert stream.read() == CONTENT[-400_000:]
        assert stream.read(5) == b""
    assert served.requests == [WHOLE]


def test_no_request_is_sent_before_the_first_read(served: FileServer) -> None:
    """Without it a record is fetched together with the beginning of its file."""
    with open_address(f"{served.url}/a") as stream:
        stream.seek(2_000_000)
        assert served.requests == []
        assert stream.read(1000) == CONTENT[2_000_000:2_001_000]
    assert [stated for _, stated in served.requests] == ["bytes=2000000-2131071"]


def test_any_part_is_read_in_any_order(served: FileServer) -> None:
    """Without it a look back behind damage gives other bytes, silently."""
    draw = Random(4)
    with open_address(f"{served.url}/a") as stream:
        for _ in range(60):
            offset, length = draw.randrange(len(CONTENT) + 1000), draw.choice([1, 5000, 400_000])
            stream.seek(offset)
            assert stream.read(length) == CONTENT[offset : offset + length]


def test_a_connection_that_is_cut_is_taken_up_where_it_broke(served: FileServer) -> None:
    """Without it one hiccup of the network in the night costs a file of a gigabyte."""
    served.cuts["/a"] = [1_000_000, 2_000_000, len(CONTENT)]
    with open_address(f"{served.url}/a") as stream:
        assert stream.read() == CONTENT


def test_a_connection_that_is_cut_at_the_same_byte_again_and_again_is_named(served: FileServer) -> None:
    """Without it half a file passes for the whole one, or the run never ends."""
    served.cuts["/a"] = [2_000_000]
    with open_address(f"{served.url}/a") as stream, pytest.raises(SourceFailed) as failed:
        list(iter(lambda: stream.read(10_000), b""))
    assert failed.value.where == f"{served.url}/a"
    assert failed.value.cause.startswith("the connection was cut at byte ")
    assert failed.value.cause.endswith(" of 3000000")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_is_busy_for_a_moment_is_asked_again(served: FileServer, status: int) -> None:
    """Without it a file is given up for one overloaded second."""
    served.statuses["/a"] = [status, status, 200]
    with open_address(f"{served.url}/a") as stream:
        assert stream.read(10) == CONTENT[:10]
    assert served.requests == [WHOLE] * 3


@pytest.mark.parametrize(
    ("status", "reason", "requests"),
    [(503, "503 Service Unavailable", 3), (404, "404 Not Found", 1), (403, "403 Forbidden", 1), (410, "410 Gone", 1)],
)
def test_a_file_that_cannot_be_had_is_named_with_the_answer(
    served: FileServer, status: int, reason: str, requests: int
) -> None:
    """Without it a user does not know which of a thousand files to fetch again."""
    served.statuses["/a"] = [status]
    with open_address(f"{served.url}/a") as stream, pytest.raises(SourceFailed) as failed:
        stream.read(1)
    assert (failed.value.where, failed.value.cause) == (f"{served.url}/a", reason)
    assert len(served.requests) == requests


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a mistyped address ends in a traceback."""
    monkeypatch.setattr(http_file, "WAITS", ())
    with file_server() as gone:
        address = gone.add("/a", CONTENT)
    with open_address(address) as stream, pytest.raises(SourceFailed, match="cannot connect: Connection refused"):
        stream.read(1)


def test_a_server_that_says_no_length_is_read_to_its_end(served: FileServer) -> None:
    """Without it files that a program sends as it makes them cannot be read."""
    served.has_lengths = False
    with open_address(f"{served.url}/a") as stream:
        assert stream.read() == CONTENT
        assert stream.seek(0, io.SEEK_END) == len(CONTENT)


def test_a_server_that_answers_with_another_range_is_not_believed(
    served: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a record is read out of the bytes of another one."""
    monkeypatch.setattr("tests.file_server.SHIFT", 7)
    with open_address(f"{served.url}/a") as stream:
        stream.seek(2_000_000)
        if served.has_ranges:
            with pytest.raises(SourceFailed, match="answers with another range"):
                stream.read(1)


def test_the_request_names_the_reader_and_demands_unchanged_bytes(served: FileServer) -> None:
    """Without it a packed file comes unpacked, and no offset in it is right; or the server cannot complain."""
    with open_address(f"{served.url}/a") as stream:
        stream.read(1)
    assert served.headers["Accept-Encoding"] == "identity"
    assert served.headers["User-Agent"].startswith("kompas_global/")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("s3://ember/a.warc.gz", "a package is missing: Install s3fs to access S3"),
        ("bukan://ember/a.warc.gz", "Protocol not known: bukan"),
    ],
)
def test_an_address_of_another_kind_names_what_is_missing(address: str, reason: str) -> None:
    """Without it a user does not know what to install."""
    for refuse in (refuse_unknown, open_address):
        with pytest.raises(SourceFailed) as failed:
            refuse(address)
        assert failed.value.cause == reason


@pytest.mark.parametrize("missing", ["fsspec", "aiohttp"])
def test_without_the_extra_the_error_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a traceback ends the run of who only wanted to read files."""
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "crawler.archive.http_file", raising=False)
    monkeypatch.delattr("crawler.archive.http_file", raising=False)
    with pytest.raises(SourceFailed, match=rf"addresses need the package {missing}; pip install '\.\[addresses\]'"):
        refuse_unknown("https://data.commoncrawl.org/a.warc.gz")


def test_other_addresses_are_read_by_the_package_that_knows_them(served: FileServer) -> None:
    """Without it archives in the store of a cloud have to be copied first."""
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://arsip/a.bin", "wb") as out:
        out.write(CONTENT)
    with open_address("memory://arsip/a.bin") as stream:
        stream.seek(2_999_990)
        assert stream.read(100) == CONTENT[-10:]
        assert has_ranges(stream)
    with pytest.raises(SourceFailed, match=r"memory://arsip/lain\.bin cannot be read"):
        open_address("memory://arsip/lain.bin")

"""Revisit records, which refer to the bytes of another record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.files import Source
from crawler.archive.records import Location, Reference
from crawler.errors import NotInArchive
from tests.archive.conftest import ANSWER, HEAD, HTML, OTHER, PAGE, Rec, by_hand, captured, scanned, source, write
from tests.make import URL

IDENTICAL = ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
UNCHANGED = ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified")


class TestRevisit:
    """A record that says: the same bytes as there."""

    @staticmethod
    def revisit(tmp_path: Path, *fields: tuple[str, str], status: str | None = "200 OK") -> Path:
        again = Rec(type="revisit", body=b"", date="2021-05-01T00:00:00Z", more=(IDENTICAL, *fields), status=status)
        return write(tmp_path / "b.warc.gz", again)

    @staticmethod
    def original(tmp_path: Path, **changes: object) -> Callable[[Reference], Location]:
        path = write(tmp_path / "o.warc.gz", Rec(**{"headers": (HTML, ("X-Asal", "ya")), **changes}))  # type: ignore[arg-type]
        return lambda _: Location(Source(path, path.name, path.stat().st_size), 0)

    def test_it_has_the_bytes_of_the_other_and_its_own_time_place_and_header(self, tmp_path: Path) -> None:
        """Without it every page that did not change between two crawls of an archive is lost, or has a wrong time."""
        read = captured(self.revisit(tmp_path), resolve=self.original(tmp_path))
        assert (read.body, read.headers, read.status) == (PAGE, [HTML], 200)
        assert (read.captured_at.year, read.captured_at.month, read.place.warc_file) == (2021, 5, "b.warc.gz")

    def test_without_a_message_of_its_own_it_has_that_of_the_other(self, tmp_path: Path) -> None:
        """Without it revisits of tools that write nothing into them are lost."""
        path = tmp_path / "b.warc"
        path.write_bytes(by_hand(b"", kind="revisit", Content_Type=None, WARC_Profile=IDENTICAL[1]))
        assert [entry.status for entry in scanned(path).entries] == [None]
        read = captured(path, resolve=self.original(tmp_path))
        assert (read.body, read.headers, read.status) == (PAGE, [HTML, ("X-Asal", "ya")], 200)

    def test_it_says_by_id_by_address_and_by_place_which_one_it_means(self, tmp_path: Path) -> None:
        """Without it the bytes are looked for under the wrong name."""
        path = self.revisit(
            tmp_path,
            ("WARC-Refers-To", "<urn:uuid:1>"),
            ("WARC-Refers-To-Target-URI", f"<{URL}>"),
            ("WARC-Refers-To-Date", "2021-04-23T01:02:03Z"),
            ("WARC-Refers-To-Filename", "lain.warc.gz"),
            ("WARC-Refers-To-File-Offset", "1234"),
        )
        said = Reference("<urn:uuid:1>", URL, "2021-04-23T01:02:03Z", "lain.warc.gz", 1234)
        assert [entry.refers_to for entry in scanned(path).entries] == [said]
        assert scanned(self.revisit(tmp_path, ("WARC-Refers-To-File-Offset", "-1"))).entries[0].refers_to == Reference(
            None, None, None, None, None
        )

    def test_one_that_refers_to_another_is_refused(self, tmp_path: Path) -> None:
        """Without it two records that refer to each other keep a run busy without end."""
        with pytest.raises(NotInArchive, match="refers to another revisit"):
            captured(self.revisit(tmp_path), resolve=self.original(tmp_path, type="revisit", more=(IDENTICAL,)))

    def test_one_whose_original_is_not_there_is_refused(self, tmp_path: Path) -> None:
        """Without it an empty page is stored as the story."""
        with pytest.raises(NotInArchive, match="is unknown"):
            captured(self.revisit(tmp_path))

    def test_an_answer_that_says_unchanged_is_an_answer(self, tmp_path: Path) -> None:
        """Without it a replay cannot give the crawler the answer "unchanged"."""
        again = Rec(type="revisit", body=b"", status="304 Not Modified", more=(UNCHANGED,))
        assert captured(write(tmp_path / "a.warc.gz", again)).status == 304


@pytest.mark.parametrize(("mine", "its", "truncated"), [("length", None, None), (None, "time", "time")])
def test_a_revisit_is_short_where_the_record_with_its_bytes_is(
    tmp_path: Path, mine: str | None, its: str | None, truncated: str | None
) -> None:
    """Without it every revisit is refused: the standard lets them say of their own block that it is cut."""
    original = by_hand(ANSWER, url=OTHER, **({"WARC_Truncated": its} if its else {}))
    profile = {"WARC_Profile": IDENTICAL[1], "WARC_Refers_To": "<urn:uuid:1>"}
    head = HEAD + b"Content-Length: 9999\r\n\r\n"
    again = by_hand(head, kind="revisit", **profile, **({"WARC_Truncated": mine} if mine else {}))
    path = tmp_path / "a.warc"
    path.write_bytes(original + again)
    read = captured(path, len(original), lambda _: Location(source(path), 0))
    assert (read.body, read.truncated) == (PAGE, truncated)

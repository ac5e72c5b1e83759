"""Several captures of a story: editions in the order of their capture, pages joined, and missing pages reported."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.archive.conftest import HTML, OTHER, Rec, write
from tests.archive.extract.conftest import Found
from tests.make import URL, read_page, story_url

Extract = Callable[..., Found]
DAYS = [f"2021-0{month}-01T00:00:00Z" for month in range(5, 10)]
PAGING = '<div class="read__paging"><div class="paging">{}</div></div>'


def edition(letter: str, day: int = 0, url: str = f"{URL}?page=all", **changes: object) -> Rec:
    """A capture of the story under a title."""
    return Rec(url, read_page(title=f"Judul {letter}"), date=DAYS[day], **changes)  # type: ignore[arg-type]


def captures(letters: str) -> list[Rec]:
    return [edition(letter, day) for day, letter in enumerate(letters)]


def page(number: int, of: int, text: str | None = None, day: int = 0, name: str | None = None) -> Rec:
    """A page of a divided story."""
    links = "".join(f'<a class="paging__link" href="{URL}?page={n}">{n}</a>' for n in range(1, of + 1))
    body = f"<p>{'<strong>OSLO, KOMPAS.com</strong> - ' if number < 2 else ''}{text or f'Halaman {number}.'}</p>"
    asked = name if name is not None else f"?page={number}"
    return Rec(URL + asked, read_page(body=body, more=PAGING.format(links) if of > 1 else ""), date=DAYS[day])


@pytest.mark.parametrize(
    ("letters", "kept", "unchanged"),
    [("A", "A", 0), ("AB", "AB", 0), ("AAB", "AB", 1), ("ABA", "ABA", 0), ("AABBA", "ABA", 2), ("AAA", "A", 2)],
)
def test_editions_are_what_differs_from_the_one_before_in_the_order_of_capture(
    tmp_path: Path, extract: Extract, letters: str, kept: str, unchanged: int
) -> None:
    """Without it a correction is lost, a text that came back is not recorded, or each capture counts as a change."""
    records = captures(letters)
    for number, order in enumerate((records, records[::-1])):
        found = extract(write(tmp_path / f"{number}.warc.gz", *order))
        assert found.titles == [[f"Judul {letter}" for letter in kept]]
        assert [story.unchanged for story in found.stories] == [unchanged]
        times = [one.article.fetched_at for one in found.stories[0].editions]
        assert times == sorted(times)


def test_the_order_of_files_does_not_matter(tmp_path: Path, extract: Extract) -> None:
    """Without it the revisions of a story depend on the names of the files."""
    files = [write(tmp_path / f"{n}.warc.gz", record) for n, record in enumerate(captures("ABA"))]
    for order in permutations(files):
        assert extract(*order).titles == [["Judul A", "Judul B", "Judul A"]]


BAD = {
    "another page": {"body": b"<html><body><p>Halaman lain.</p></body></html>"},
    "empty": {"body": b""},
    "half a page": {"body": read_page(title="Judul B")[:-20]},
    "half a page by its record": {"body": read_page(title="Judul B"), "more": (("WARC-Truncated", "length"),)},
    "half a page by its length": {"body": read_page(title="Judul B"), "headers": (HTML, ("Content-Length", "9999"))},
    "another story": {"body": read_page(title="Judul B", canonical=OTHER)},
    "challenge": {"body": b"<html><script>window.gokuProps = {}; awsWafCookieDomainList = []</script></html>"},
    "unknown coding": {"body": b"\x00\x01", "headers": (HTML, ("Content-Encoding", "compress"))},
    "damaged coding": {"body": b"\x00\x01", "headers": (HTML, ("Content-Encoding", "gzip"))},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_captures_that_cannot_be_read_stand_between_good_ones_without_harm(
    tmp_path: Path, extract: Extract, bad: dict[str, object]
) -> None:
    """Without it a challenge page that an archive holds hides the story, or is taken for a change of it."""
    broken = Rec(f"{URL}?page=all", date=DAYS[1], **bad)  # type: ignore[arg-type]
    found = extract(write(tmp_path / "a.warc.gz", edition("A", 0), broken, edition("A", 2), edition("B", 3)))
    assert found.titles == [["Judul A", "Judul B"]]
    (story,) = found.stories
    assert (story.unchanged, len(story.faults)) == (1, 1)
    (fault,) = story.faults
    assert fault.captured_at is not None
    assert (fault.captured_at.month, fault.status, fault.place.warc_file) == (6, 200, "a.warc.gz")


def test_a_story_of_which_nothing_can_be_read_is_a_fault_with_its_place(tmp_path: Path, extract: Extract) -> None:
    """Without it a lost story leaves no trace, and a user cannot look at its bytes."""
    found = extract(write(tmp_path / "a.warc.gz", edition("A"), Rec(f"{URL}?page=all", b"", date=DAYS[1])))
    assert found.titles == [["Judul A"]]
    found = extract(write(tmp_path / "b.warc.gz", Rec(f"{URL}?page=all", b"", date=DAYS[1])))
    (story,) = found.stories
    assert (story.editions, [fault.error.reason for fault in story.faults]) == ([], ["EmptyPage"])
    assert story.faults[0].place.warc_offset == 0


def test_a_story_of_which_only_a_part_was_captured_is_no_article(tmp_path: Path, extract: Extract) -> None:
    """Without it the first half of a text enters the dataset as the whole: crawlers of archives cut long bodies off."""
    half = Rec(f"{URL}?page=all", read_page(), more=(("WARC-Truncated", "length"),))
    (story,) = extract(write(tmp_path / "a.warc.gz", half)).stories
    assert story.editions == []
    assert [(fault.error.reason, str(fault.error)) for fault in story.faults] == [
        ("CutOff", f"{URL}?page=all was archived in part (length)")
    ]


@pytest.mark.parametrize("date", ["2021-04-23T01:02:03Z", "2021-04-23T01:02:03.456789Z", "2021-04-23T08:02:03+07:00"])
def test_a_capture_has_one_time_in_utc_and_whole_seconds(tmp_path: Path, extract: Extract, date: str) -> None:
    """Without it the same record has one time when it is read and another when it is replayed."""
    broken = Rec(story_url("2021/04/22/170000070"), b"", date=date)
    found = extract(write(tmp_path / "a.warc.gz", Rec(date=date), broken))
    times = [one.article.fetched_at for story in found.stories for one in story.editions]
    times += [fault.captured_at for story in found.stories for fault in story.faults if fault.captured_at]
    assert [time.isoformat() for time in times] == ["2021-04-23T01:02:03+00:00"] * 2


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "202 Accepted"])
def test_an_answer_that_is_no_good_one_is_no_capture(tmp_path: Path, extract: Extract, status: str) -> None:
    """Without it an error page, or a redirect, is read as the latest text of a story."""
    gone = Rec(f"{URL}?page=all", read_page(title="Salah"), status=status, date=DAYS[4])
    found = extract(write(tmp_path / "a.warc.gz", edition("A"), gone))
    assert found.titles == [["Judul A"]]
    assert found.counts[f"passed_over/status_{status[:3]}"] == 1


def test_an_error_page_is_no_story(tmp_path: Path, extract: Extract) -> None:
    """Without it a page that says "not found" is a story of its own."""
    assert extract(write(tmp_path / "a.warc.gz", edition("A", status="404 Not Found"))).stories == []


def test_pages_of_a_story_are_put_together_from_several_files(tmp_path: Path, extract: Extract) -> None:
    """Without it a story that an archive cut at its file size is incomplete, though all of it is there."""
    files = [write(tmp_path / f"{n}.warc.gz", page(n, of=3)) for n in (3, 1, 2)]
    (story,) = extract(*files).stories
    (one,) = story.editions
    assert [block.text for block in one.article.body] == ["Halaman 1.", "Halaman 2.", "Halaman 3."]
    assert (one.article.complete, one.article.pages) == (True, 3)
    assert one.article.provenance.warc_file == "1.warc.gz"
    assert [place.warc_file for place in one.article.provenance.further_pages] == ["2.warc.gz", "3.warc.gz"]


def test_of_several_captures_of_a_page_the_nearest_in_time_is_taken(tmp_path: Path, extract: Extract) -> None:
    """Without it the first page of a correction is put together with the second of the draft."""
    records = [
        page(number, of=2, text=f"{text} {number}.", day=day)
        for day, text in ((0, "Konsep"), (3, "Koreksi"))
        for number in (1, 2)
    ]
    (story,) = extract(write(tmp_path / "a.warc.gz", *records[::-1])).stories
    assert [one.article.text for one in story.editions] == ["Konsep 1.\n\nKonsep 2.", "Koreksi 1.\n\nKoreksi 2."]


def test_another_capture_of_a_page_helps_out_for_one_that_cannot_be_read(tmp_path: Path, extract: Extract) -> None:
    """Without it one damaged page makes a story incomplete that the archive holds twice."""
    broken = Rec(f"{URL}?page=2", b"", date=DAYS[0])
    (story,) = extract(write(tmp_path / "a.warc.gz", page(1, of=2), broken, page(2, of=2, day=3))).stories
    (one,) = story.editions
    assert (one.article.complete, one.article.text) == (True, "Halaman 1.\n\nHalaman 2.")


def test_what_is_missing_makes_a_story_incomplete(tmp_path: Path, extract: Extract) -> None:
    """Without it the first page of three passes for the whole story."""
    (story,) = extract(write(tmp_path / "a.warc.gz", page(1, of=3), page(3, of=3))).stories
    (one,) = story.editions
    assert (one.article.complete, one.article.text) == (False, "Halaman 1.\n\nHalaman 3.")


def test_a_later_capture_that_has_more_of_the_story_is_kept(tmp_path: Path, extract: Extract) -> None:
    """Without it a story that was captured in part first stays so."""
    whole = page(0, of=1, text="Halaman 1.</p><p>Halaman 2.", day=2, name="?page=all")
    (story,) = extract(write(tmp_path / "a.warc.gz", page(1, of=2, name=""), whole)).stories
    assert [(one.article.complete, one.article.text) for one in story.editions] == [
        (False, "Halaman 1."),
        (True, "Halaman 1.\n\nHalaman 2."),
    ]


def test_the_whole_and_numbered_pages_may_be_mixed(tmp_path: Path, extract: Extract) -> None:
    """Without it a story that was captured in both forms has its text twice, or in another order."""
    whole = page(0, of=1, text="Halaman 1.</p><p>Halaman 2.", name="?page=all")
    (story,) = extract(write(tmp_path / "a.warc.gz", page(2, of=2), page(1, of=2, name=""), whole)).stories
    assert {one.article.text for one in story.editions} == {"Halaman 1.\n\nHalaman 2."}
    assert len(story.editions) == 1


@pytest.mark.parametrize("query", ["", "?page=1", "?page=all"])
def test_a_story_in_one_piece_is_read_under_every_form_of_its_address(
    tmp_path: Path, extract: Extract, query: str
) -> None:
    """Without it a story is lost when its archive requested another form of its address."""
    found = extract(write(tmp_path / "a.warc.gz", edition("A", url=URL + query)))
    assert found.titles == [["Judul A"]]
    assert found.stories[0].editions[0].article.complete


def test_a_story_of_which_only_a_later_page_is_there_is_read_and_incomplete(tmp_path: Path, extract: Extract) -> None:
    """Without it the one page of a story that an archive holds is lost, or passes for all of it."""
    (story,) = extract(write(tmp_path / "a.warc.gz", page(2, of=2))).stories
    (one,) = story.editions
    assert (one.article.complete, one.article.text, one.article.id) == (False, "Halaman 2.", "2021/04/22/160600870")


def test_captures_under_another_slug_and_host_are_the_same_story(tmp_path: Path, extract: Extract) -> None:
    """Without it a story whose headline was changed is two stories."""
    other = "https://internasional.kompas.com/read/2021/04/22/160600870/lain?page=all"
    found = extract(write(tmp_path / "a.warc.gz", edition("A"), edition("B", 1, url=other)))
    assert found.titles == [["Judul A", "Judul B"]]


def test_a_story_that_was_moved_to_another_kanal_is_kept_as_it_was_and_reported(
    tmp_path: Path, extract: Extract
) -> None:
    """Without it a story of the section vanishes with its move, or one of another kanal enters the dataset."""
    moved = read_page(canonical="https://www.kompas.com/tren/read/2021/04/22/160600865/kapal")
    records = (edition("A"), Rec(f"{URL}?page=all", moved, date=DAYS[1]))
    (story,) = extract(write(tmp_path / "a.warc.gz", *records)).stories
    assert len(story.editions) == 1
    assert [fault.error.reason for fault in story.faults] == ["OtherSection"]


IDENTICAL = ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")


def revisit(day: int, **fields: str) -> Rec:
    more = tuple((f"WARC-Refers-To{name.replace('_', '-')}", value) for name, value in fields.items())
    return Rec(f"{URL}?page=all", b"", type="revisit", date=DAYS[day], more=(IDENTICAL, *more))


@pytest.mark.parametrize("fields", [{"": "<urn:uuid:1>"}, {"_Target_URI": f"{URL}?page=all", "_Date": DAYS[0]}])
def test_a_revisit_is_a_capture_of_the_same_text(tmp_path: Path, extract: Extract, fields: dict[str, str]) -> None:
    """Without it a text that came back is not recorded: the archive holds its bytes only once."""
    first = edition("A", 0, id="<urn:uuid:1>")
    files = [write(tmp_path / "b.warc.gz", revisit(2, **fields)), write(tmp_path / "a.warc.gz", first, edition("B", 1))]
    found = extract(*files)
    assert found.titles == [["Judul A", "Judul B", "Judul A"]]
    again = found.stories[0].editions[2].article
    assert (again.fetched_at.month, again.provenance.warc_file) == (7, "b.warc.gz")


def test_a_revisit_of_what_is_not_there_is_passed_over(tmp_path: Path, extract: Extract) -> None:
    """Without it archives that refer to each other cannot be read one by one."""
    found = extract(write(tmp_path / "a.warc.gz", edition("A"), revisit(1, **{"": "<urn:uuid:9>"})))
    assert found.titles == [["Judul A"]]
    assert found.counts["passed_over/revisit_of_another_archive"] == 1


CURLY = "Kapal “Bahari” – berlabuh"


@pytest.mark.parametrize(
    ("content", "stated"),
    [
        (CURLY.encode(), "text/html; charset=UTF-8"),
        (CURLY.encode("cp1252"), "text/html; charset=windows-1252"),
        (CURLY.encode("cp1252"), "text/html; charset=UTF-8"),
        (CURLY.encode(), "text/html"),
        (CURLY.encode(), "text/html; charset=x-tidak-ada"),
        (CURLY.encode("cp1252"), "text/html; charset=ISO-8859-1"),
    ],
)
def test_a_text_comes_through_whatever_charset_its_answer_states(
    tmp_path: Path, extract: Extract, content: bytes, stated: str
) -> None:
    """Without it quotation marks of a whole archive are garbled in the dataset."""
    body = read_page(body="<p><strong>OSLO, KOMPAS.com</strong> - #</p>").replace(b"#", content)
    record = Rec(f"{URL}?page=all", body, headers=(("Content-Type", stated),))
    (story,) = extract(write(tmp_path / "a.warc.gz", record)).stories
    assert story.editions[0].article.text == CURLY

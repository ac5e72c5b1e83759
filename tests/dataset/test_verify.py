"""What is wrong with a release is found, and a hostile one is refused in one sentence."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.checksums import write_checksums
from crawler.dataset.parquet import ParquetFile
from crawler.dataset.splits import By, Plan
from crawler.dataset.verify import verify, why_foreign
from crawler.errors import BadArgument
from crawler.storage import Store
from tests.dataset.conftest import STORIES
from tests.dataset.releases import SELECTION, Make, change_manifest, lines


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["parquet/2021-04.parquet", "jsonl/2021-04.jsonl.gz", "README.md", "urls.txt"])
def test_a_flipped_byte_is_found(bundle: Path, name: str) -> None:
    """Without it a damaged download is published as it is."""
    flip(bundle / name)
    assert f"{name} was changed: its bytes are not those of SHA256SUMS" in verify(bundle).faults


@pytest.mark.parametrize("name", ["parquet/2021-04.parquet", "jsonl/2021-04.jsonl.gz", "coverage.csv", "clusters.csv"])
def test_a_missing_file_is_found(bundle: Path, name: str) -> None:
    """Without it a month that did not arrive is a month without news."""
    (bundle / name).unlink()
    assert f"{name} is missing" in verify(bundle).faults


def test_a_file_too_many_is_found(bundle: Path) -> None:
    """Without it a file that does not belong to the release is loaded as a month."""
    (bundle / "parquet" / "2021-06.parquet").write_bytes(b"x")
    assert verify(bundle).faults == [
        "parquet/2021-06.parquet is not listed in SHA256SUMS",
        "parquet/2021-06.parquet is not named by manifest.json",
    ]


def rewritten(folder: Path, month: str, change: Callable[[list[dict[str, Any]]], None]) -> list[str]:
    """Return the faults of a bundle in which one month, and all checksums with it, were changed."""
    jsonl, parquet = folder / "jsonl" / f"{month}.jsonl.gz", folder / "parquet" / f"{month}.parquet"
    records = lines(folder, f"jsonl/{month}.jsonl.gz")
    change(records)
    jsonl.write_bytes(gzip.compress(b"".join(json.dumps(record).encode() + b"\n" for record in records)))
    file = ParquetFile(parquet)
    for record in records:
        file.add(record)
    file.close()
    write_checksums(folder)
    return verify(folder).faults


def doubled(records: list[dict[str, Any]]) -> None:
    records.append({**records[0], "id": "2021/04/30/120000070"})


def retold(records: list[dict[str, Any]]) -> None:
    records[0]["text"] += " Tambahan."


def moved(records: list[dict[str, Any]]) -> None:
    records[0]["published_at"] = "2021-05-22T16:06:00+07:00"


def left_out(records: list[dict[str, Any]]) -> None:
    del records[0]


def swapped(records: list[dict[str, Any]]) -> None:
    records[0]["content_hash"] = records[-1]["content_hash"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (doubled, "has the id 2021/04/30/120000070 and the address"),
        (retold, "has another text than its hash"),
        (moved, "was published on 2021-05-22"),
        (left_out, "2 records, the manifest says 3"),
        (swapped, "has another text than its hash"),
    ],
)
def test_a_foreign_record_is_found_though_the_checksums_are_right(
    bundle: Path, change: Callable[[list[dict[str, Any]]], None], fault: str
) -> None:
    """Without it a record that was added later passes for a crawled one."""
    faults = rewritten(bundle, "2021-04", change)
    assert any(fault in each for each in faults), faults


def test_formats_that_disagree_are_found(bundle: Path) -> None:
    """Without it the text depends on the format that is loaded."""
    path = bundle / "jsonl" / "2021-05.jsonl.gz"
    (record,) = lines(bundle, "jsonl/2021-05.jsonl.gz")
    path.write_bytes(gzip.compress(json.dumps({**record, "pages": 9}).encode() + b"\n"))
    write_checksums(bundle)
    assert "record 1 of jsonl/2021-05.jsonl.gz is another one in parquet/2021-05.parquet" in verify(bundle).faults


def test_copies_on_both_sides_of_a_split_are_found(make: Make) -> None:
    """Without it the proof of the parts cannot fail."""
    folder = make(plan=Plan({"train": 1, "test": 1}, By.CLUSTER))
    (folder / "clusters.csv").write_text(f"id,cluster\n{STORIES[0]},{STORIES[3]}\n{STORIES[3]},{STORIES[3]}\n")
    write_checksums(folder)
    parts = {record["id"]: name for name in ("train", "test") for record in lines(folder, f"jsonl/{name}/*")}
    assert parts[STORIES[0]] != parts[STORIES[3]], "choose another pair"
    assert f"the near-duplicates of {STORIES[3]} are in several parts" in verify(folder).faults


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 99}'])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: str | None) -> None:
    """Without it a wrong folder is a bundle of no records, or a traceback."""
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BadArgument, match="bundle"):
        verify(tmp_path)


MONTHS: dict[str, Any] = {
    "a list": ["2021-04"],
    "nothing": None,
    "a path": {"../../outside": {"": 1}},
    "an absolute path": {"/etc/2021-04": {"": 1}},
    "a path of a part": {"2021-04": {"../x": 1}},
    "no number": {"2021-04": {"": "1"}},
    "no part": {"2021-04": 1},
}


@pytest.mark.parametrize("months", MONTHS.values(), ids=list(MONTHS))
def test_a_manifest_that_leads_elsewhere_is_refused(months: Any, bundle: Path) -> None:
    """Without it files outside of the release are reported as checked, or the check ends in a traceback."""
    change_manifest(bundle, months=months)
    with pytest.raises(BadArgument, match=r"is no bundle: manifest\.json has no"):
        verify(bundle)


@pytest.mark.parametrize("changes", [{"text": "other"}, {"text": None}, {"content_digest": None}, {"format": "1"}])
def test_a_manifest_of_other_values_is_refused(changes: dict[str, Any], bundle: Path) -> None:
    """Without it the check ends in a traceback."""
    change_manifest(bundle, **changes)
    with pytest.raises(BadArgument, match="bundle"):
        verify(bundle)


def test_a_manifest_without_a_bottom_is_refused(bundle: Path) -> None:
    """Without it the check ends in a traceback."""
    (bundle / "manifest.json").write_text("[" * 100_000)
    with pytest.raises(BadArgument, match="cannot be read"):
        verify(bundle)


@pytest.mark.parametrize("name", ["manifest.json", "jsonl/2021-04.jsonl.gz", "parquet/new.parquet"])
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_is_no_file_is_refused(name: str, kind: str, bundle: Path) -> None:
    """Without it the check waits without end, or reports a file outside of the release as checked."""
    path = bundle / name
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/etc/hostname")
    with pytest.raises(BadArgument, match=f"is no bundle: {name} is a link, a pipe or a device"):
        verify(bundle)


def test_a_data_file_that_no_month_names_is_found(bundle: Path) -> None:
    """Without it a file that was added later is loaded with the rest, and the check says 0 faults."""
    shutil.copy(bundle / "parquet" / "2021-04.parquet", bundle / "parquet" / "2099-01.parquet")
    write_checksums(bundle)
    assert verify(bundle).faults == ["parquet/2099-01.parquet is not named by manifest.json"]


@pytest.mark.parametrize("content", [b"id,cluster\nsatu\n", b"id,cluster\n1,2,3\n", b"\xff\xfe,1\n"])
def test_clusters_that_cannot_be_read_are_a_fault(content: bytes, bundle: Path) -> None:
    """Without it the check ends in a traceback."""
    (bundle / "clusters.csv").write_bytes(content)
    write_checksums(bundle)
    assert [fault for fault in verify(bundle).faults if fault.startswith("clusters.csv cannot be read")]


@pytest.mark.parametrize(
    "change",
    [
        {"published_at": "kemarin"},
        {"published_at": "0001-01-01T00:00:00+14:00"},
        {"published_at": None},
        {"url": None},
        {"text": 1},
    ],
)
def test_a_record_of_other_values_is_a_fault(change: dict[str, Any], store: Store) -> None:
    """Without it the check ends in a traceback."""
    record = next(iter(store.records(SELECTION)))
    month = record["published_at"][:7]
    assert why_foreign(record, month, arrow_schema()) is None
    said = why_foreign({**record, **change}, month, arrow_schema())
    assert said is not None
    assert said.startswith("has values that no record has")
    assert why_foreign([], month, arrow_schema()) is not None  # type: ignore[arg-type]


def test_a_line_without_an_end_is_a_fault(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one line takes all memory."""
    monkeypatch.setattr("crawler.dataset.verify._LONGEST", 50)
    assert any("a line of 50 bytes" in fault for fault in verify(bundle).faults)

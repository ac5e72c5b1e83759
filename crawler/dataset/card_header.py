"""The YAML header of the dataset card, which Hugging Face's hub and `datasets` read."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.changes import TEXTS, Change
from crawler.dataset.citation import title
from crawler.dataset.columns import fields_of
from crawler.dataset.edition import Extra
from crawler.dataset.monthly import CHANGES, WORDS, Data
from crawler.dataset.release import Release

_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_TASKS: Final = {
    True: ("text-classification", "summarization", "feature-extraction"),
    False: ("tabular-classification",),
}
"""Whether the texts are in -> task categories of the hub."""


def header(release: Release, data: Data, folder: Path) -> str:
    """Return the header: the hub's fields, and configurations for all months, each month and each table.

    :param folder: the release; its data are written already.
    """
    size = next((name for limit, name in _SIZES if data.tally.records < limit), "1M<n<10M")
    lines = ["language:", "- id", *_license(release), f"pretty_name: {json.dumps(title(release.about, data.tally))}"]
    lines += _listed("task_categories", _TASKS[release.edition.is_full])
    lines += _listed("size_categories", [size])
    lines += _listed("annotations_creators", ["no-annotation"])
    lines += _listed("language_creators", ["found"])
    lines += _listed("multilinguality", ["monolingual"])
    lines += _listed("source_datasets", ["original"])
    lines += _listed("tags", ["news", "newspaper", "indonesian"])
    lines += ["configs:", *_configs(release, data)]
    lines += ["dataset_info:", *_info(release, data, folder)]
    return "\n".join(lines) + "\n"


def part_names(release: Release) -> list[str]:
    """Return the names of the parts; one empty name for a release without parts."""
    return list(release.plan.shares) if release.plan else [""]


def _license(release: Release) -> Iterator[str]:
    """Yield the licence. The user's holds for the edition without texts only."""
    license_ = None if release.edition.is_full else release.about.license
    yield "license: other"
    if license_:
        yield f"license_name: {json.dumps(license_.name.lower())}"
        yield f"license_link: {json.dumps(license_.url)}"
    else:
        yield f"license_name: {'research-only' if release.edition.is_full else 'facts-about-articles'}"
        yield 'license_link: "README.md#law-and-ethics"'


def _configs(release: Release, data: Data) -> Iterator[str]:
    names, tally = part_names(release), data.tally
    yield from _config("default", [(name, "*") for name in names if tally.in_part(name)], ["  default: true"])
    for month, counts in tally.months.items():
        yield from _config(month, [(name, month) for name in names if counts[name]], [])
    for name, file in (("changes", CHANGES), ("words", WORDS)):
        if data.changes if name == "changes" else Extra.WORDS in release.edition.extras:
            yield f"- config_name: {name}"
            yield f"  data_files: {json.dumps(file)}"


def _config(name: str, files: Iterable[tuple[str, str]], more: list[str]) -> Iterator[str]:
    yield f"- config_name: {json.dumps(name)}"
    yield from more
    yield "  data_files:"
    for part, month in files:
        yield f"  - split: {part or 'train'}"
        yield f"    path: {json.dumps('/'.join(filter(None, ('parquet', part, f'{month}.parquet'))))}"


def _info(release: Release, data: Data, folder: Path) -> Iterator[str]:
    """Yield features and sizes of the main configuration and of the changes."""
    names = [name for name in part_names(release) if data.tally.in_part(name)]
    parts = {
        name or "train": (data.tally.in_part(name), sorted((folder / "parquet" / name).glob("*.parquet")))
        for name in names
    }
    yield from _one_info("default", arrow_schema(release.edition.columns, release.edition.item), parts)
    if data.changes:
        kept = None if release.edition.is_full else fields_of(Change) - TEXTS
        yield from _one_info("changes", arrow_schema(kept, Change), {"train": (data.changes, [folder / CHANGES])})


def _one_info(name: str, schema: pa.Schema, parts: dict[str, tuple[int, list[Path]]]) -> Iterator[str]:
    """Yield one entry. `num_bytes` are those of the columns, uncompressed.

    :param parts: name -> number of records, and Parquet files.
    """
    sizes = {part: sum(map(_unpacked, files)) for part, (_, files) in parts.items()}
    yield f"- config_name: {name}"
    yield "  features:"
    for column in schema:
        yield from (f"  {line}" for line in _feature(column))
    yield "  splits:"
    for part, (count, _) in parts.items():
        yield f"  - name: {part}"
        yield f"    num_bytes: {sizes[part]}"
        yield f"    num_examples: {count}"
    yield f"  download_size: {sum(path.stat().st_size for _, files in parts.values() for path in files)}"
    yield f"  dataset_size: {sum(sizes.values())}"


def _unpacked(path: Path) -> int:
    """Return the bytes of the columns of a Parquet file before compression."""
    found = pq.read_metadata(path)
    return sum(found.row_group(number).total_byte_size for number in range(found.num_row_groups))


def _feature(column: pa.Field) -> Iterator[str]:
    """Yield the lines of a feature, as `datasets` writes them."""
    yield f"- name: {column.name}"
    kind, indent = column.type, "  "
    if pa.types.is_list(kind):
        kind = kind.value_type
        if not pa.types.is_struct(kind):
            yield f"  list: {_dtype(kind)}"
            return
        yield "  list:"
    elif pa.types.is_struct(kind):
        yield "  struct:"
    else:
        yield f"  dtype: {_dtype(kind)}"
        return
    for inner in kind:
        yield from (f"{indent}{line}" for line in _feature(inner))


def _dtype(kind: pa.DataType) -> str:
    return str(kind).removesuffix("[day]")


def _listed(name: str, values: Iterable[str]) -> Iterator[str]:
    yield f"{name}:"
    yield from (f"- {value}" for value in values)

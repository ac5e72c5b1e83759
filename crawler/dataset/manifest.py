"""The manifest of a release, perhaps of another maker: read, and refused in one sentence where it is none."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from crawler.dataset import citation, delta, ro_crate
from crawler.dataset.bundle import FORMAT
from crawler.dataset.checksums import NAME
from crawler.dataset.edition import Edition, Extra, Text
from crawler.dataset.monthly import CHANGES, WORDS, data_paths
from crawler.errors import BadArgument

_FILE: Final = "manifest.json"
_LARGEST: Final = 50_000_000
"""Bytes. The manifest of ten years of daily runs has some 10 MB."""
_EXTRAS: Final = frozenset(extra.value for extra in Extra)
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_PART: Final = re.compile(r"\w{0,100}")
_BESIDE: Final = frozenset(
    (
        *("README.md", "croissant.json", "schema.json", ro_crate.FILE, _FILE, NAME),
        *(citation.CFF, citation.BIBTEX, citation.DATACITE, delta.FILE, CHANGES, WORDS),
        *("coverage.csv", "near_duplicates.csv", "clusters.csv", "urls.txt"),
    )
)
"""Files of a release beside its data."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release in a folder that holds nothing but files and folders.

    :raises BadArgument: the folder is no release, or a later version made it.
    """
    path = folder / _FILE
    try:
        for name in sorted(folder.rglob("*")):
            if name.is_symlink() or not (name.is_file() or name.is_dir()):
                raise BadArgument(f"{folder} is no bundle: {name.relative_to(folder)} is a link, a pipe or a device")
        if path.stat().st_size > _LARGEST:
            raise BadArgument(f"{folder} is no bundle: {_FILE} has more than {_LARGEST} bytes")
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_by = manifest["format"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadArgument(f"{folder} is no bundle: {_FILE} cannot be read ({error})") from error
    if made_by != FORMAT:
        raise BadArgument(
            f"{folder} is a bundle of format {made_by}; this version reads format {FORMAT}: make it again with "
            "--bundle, or check it with the version that its manifest names"
        )
    wrong = next(_faults(manifest), None)
    if wrong:
        raise BadArgument(f"{folder} is no bundle: {_FILE} has no {wrong}")
    return manifest


def edition_in(manifest: Mapping[str, Any]) -> Edition:
    """Return the edition that a manifest states."""
    return Edition(Text(manifest["text"]), frozenset(map(Extra, manifest["with"])))


def strangers(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each file that the manifest does not name, and that no release has beside its data."""
    months = manifest["months"]
    data = {path for month, counts in months.items() for part in counts for path in data_paths(folder, month, part)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path not in data and name not in _BESIDE:
            yield f"{name} is not named by {_FILE}"


def _faults(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing in a manifest, in words that complete "has no ..."."""
    if manifest.get("text") not in {text.value for text in Text}:
        yield "edition"
    extras = manifest.get("with")
    if not isinstance(extras, list) or not all(extra in _EXTRAS for extra in extras):
        yield "list of what it was made with"
    if not isinstance(manifest.get("content_digest"), str):
        yield "digest of its records"
    months = manifest.get("months")
    if not isinstance(months, dict) or not all(map(_MONTH.fullmatch, months)):
        yield "months such as 2021-04"
    elif not all(_are_counts(counts) for counts in months.values()):
        yield "numbers of records by month and part"


def _are_counts(counts: object) -> bool:
    return isinstance(counts, dict) and all(
        _PART.fullmatch(part) and type(count) is int and count >= 0 for part, count in counts.items()
    )

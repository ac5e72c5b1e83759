"""What only the maker of a release knows: title, creators, publisher, licence. Read from a TOML file of the user."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from crawler.errors import BadArgument

_LARGEST: Final = 1_000_000
"""Bytes."""
RELATIONS: Final = frozenset(
    (
        *("IsNewVersionOf", "IsPreviousVersionOf", "IsVersionOf", "IsSupplementTo", "IsSupplementedBy", "IsCitedBy"),
        *("Cites", "References", "IsReferencedBy", "IsDerivedFrom", "IsSourceOf", "IsDocumentedBy", "Documents"),
        *("IsDescribedBy", "IsPartOf", "HasPart", "IsIdenticalTo", "Obsoletes", "IsObsoletedBy"),
    )
)
"""DataCite 4.6, relationType, as far as they fit a dataset."""
_IDENTIFIERS: Final = frozenset(("DOI", "URL", "Handle", "ISBN", "URN", "arXiv"))


@dataclass(frozen=True)
class Creator:
    """A person (with `family_name`) or an organisation."""

    name: str
    family_name: str = ""
    given_name: str = ""
    orcid: str = ""
    """Such as 0000-0002-1825-0097."""
    affiliation: str = ""


@dataclass(frozen=True)
class License:
    """The licence of what the maker added: never of Kompas's texts."""

    name: str
    """SPDX identifier, such as CC-BY-4.0."""
    url: str


@dataclass(frozen=True)
class Related:
    """Another publication."""

    identifier: str
    type: str
    """`DOI`, `URL`, ..."""
    relation: str
    """Of this release to that publication, as DataCite names it: `IsNewVersionOf`."""


@dataclass(frozen=True)
class About:
    """The file. Without creators a release has no citation files."""

    title: str = ""
    """Empty: the span of days makes one."""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    published: date | None = None
    """Day of publication."""
    version: str = ""
    """Empty: the day of the newest capture."""
    doi: str = ""
    url: str = ""
    """Where the release is published."""
    contact: str = ""
    """Published as it stands. Without it no address is published, not even that of the User-Agent."""
    tool: str = ""
    """Where the program is, for those who make the texts again."""
    license: License | None = None
    related: tuple[Related, ...] = field(default=())


_TABLES: Final[Mapping[str, type]] = {"creators": Creator, "related": Related, "license": License}
_CITED: Final = ("creators", "publisher", "published")
_DEMANDED: Final[Mapping[str, tuple[str, ...]]] = {
    "creators": ("name",),
    "license": ("name", "url"),
    "related": ("identifier", "type", "relation"),
}


def read_about(path: Path) -> About:
    """Return the values of a file.

    :raises BadArgument: it cannot be read, or has an unknown key or a value of another kind.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode()
        found = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BadArgument(f"--about {path} cannot be read ({error}); docs/datasets.md shows such a file") from error
    about = About(**_values(path, "", About, found))
    lacking = [name for name in _CITED if not getattr(about, name)]
    if 0 < len(lacking) < len(_CITED):
        raise BadArgument(f"--about {path} lacks {' and '.join(lacking)}; a citation needs {', '.join(_CITED)}")
    for one in about.related:
        if one.relation not in RELATIONS or one.type not in _IDENTIFIERS:
            raise BadArgument(
                f"--about {path}: related {one.identifier} has the type {one.type} and the relation {one.relation}; "
                f"give one of {', '.join(sorted(_IDENTIFIERS))}, and one of {', '.join(sorted(RELATIONS))}"
            )
    return about


def _values(path: Path, table: str, kind: type, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked values of a table."""
    known = {one.name: one for one in fields(kind)}
    where = f"[{table}] " if table else ""
    for name in found:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise BadArgument(
                f"--about {path}: {where}{name} is unknown" + (f"; did you mean {near[0]}?" if near else "")
            )
    for name in _DEMANDED.get(table, ()):
        if not found.get(name):
            raise BadArgument(f"--about {path}: {where}lacks {name}")
    return {name: _value(path, f"{where}{name}", name, value) for name, value in found.items()}


def _value(path: Path, where: str, name: str, value: Any) -> Any:
    if name in ("creators", "related") and isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return tuple(_TABLES[name](**_values(path, name, _TABLES[name], one)) for one in value)
    if name == "license" and isinstance(value, dict):
        return License(**_values(path, name, License, value))
    if name == "published" and type(value) is date:
        return value
    if name not in (*_TABLES, "published") and isinstance(value, str) and value.isprintable():
        return value.strip()
    raise BadArgument(f"--about {path}: {where} has a value of another kind; docs/datasets.md shows such a file")

"""Croissant 1.1 metadata: files, fields and types for dataset search engines and loaders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.changes import TEXTS, Change
from crawler.dataset.checksums import files_in, sha256
from crawler.dataset.citation import bibtex, description, title, version_of
from crawler.dataset.columns import DERIVED, fields_of
from crawler.dataset.edition import Extra
from crawler.dataset.monthly import CHANGES, WORDS, Data
from crawler.dataset.release import Release, Tally
from crawler.dataset.schema import table_meanings
from crawler.dataset.word_counts import WordCount

CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.1"
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{
        term: f"cr:{term}"
        for term in (
            "arrayShape citeAs column containedIn equivalentProperty extract field fileProperty fileObject fileSet "
            "format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex "
            "repeated replace samplingRate separator source subField transform"
        ).split()
    },
}
"""The vocabulary that the format prescribes, whether a term is used here or not."""
_TYPES: Final = {
    pa.string(): "sc:Text",
    pa.int32(): "sc:Integer",
    pa.int64(): "sc:Integer",
    pa.bool_(): "sc:Boolean",
    pa.date32(): "sc:Date",
    pa.time32("ms"): "sc:Time",
}
_FILES: Final = "parquet-files"


def croissant(release: Release, data: Data, folder: Path) -> dict[str, Any]:
    """Return the Croissant metadata of a release.

    :param folder: the bundle; its Parquet files are written already.
    """
    tally, edition = data.tally, release.edition
    files = [name for name in files_in(folder) if name.endswith(".parquet")]
    described = {name: field.get("description", "") for name, field in release.schema["properties"].items()}
    described |= {name: meaning for name, (_, meaning) in DERIVED.items()}
    key = [{"@id": "articles/id"}, {"@id": "articles/revision"}]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "kompas_global",
        "alternateName": title(release.about, tally),
        "description": description(release, tally),
        "url": release.about.url or "https://www.kompas.com/global",
        "license": _license(release),
        "usageInfo": [*_conditions(release), *map(_reservation, release.reservations)],
        "inLanguage": "id",
        "version": version_of(release.about, tally),
        "datePublished": str(release.about.published or tally.fetched_at[:10]),
        **_citation(release, tally),
        "prov:wasDerivedFrom": {"@id": "https://www.kompas.com/"},
        "prov:wasGeneratedBy": [*map(_activity, release.runs)],
        "distribution": [*map(_file_object, files, (folder / name for name in files)), _file_set(release)],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "articles",
                "name": "articles",
                "key": key,
                "field": [
                    _field("articles", one, described[one.name], {"fileSet": {"@id": _FILES}})
                    for one in arrow_schema(edition.columns, edition.item)
                ],
            },
            *_tables(release, data),
        ],
    }


def _tables(release: Release, data: Data) -> Iterator[dict[str, Any]]:
    """Yield the record sets of the tables beside the articles; one without rows is left out."""
    kept = None if release.edition.is_full else fields_of(Change) - TEXTS
    tables: list[tuple[str, str, type, frozenset[str] | None]] = []
    if data.changes:
        tables.append(("changes", CHANGES, Change, kept))
    if Extra.WORDS in release.edition.extras:
        tables.append(("words", WORDS, WordCount, None))
    for name, file, item, columns in tables:
        meanings = table_meanings(item)
        fields = [
            _field(name, one, meanings[one.name], {"fileObject": {"@id": file}}) for one in arrow_schema(columns, item)
        ]
        yield {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}


def _license(release: Release) -> str:
    if release.about.license:
        return release.about.license.url
    return "For research by its maker; not for redistribution" if release.edition.is_full else "See README.md"


def _citation(release: Release, tally: Tally) -> dict[str, Any]:
    about = release.about
    if not about.creators:
        return {"citeAs": title(about, tally)}
    kinds = {True: "sc:Person", False: "sc:Organization"}
    creators = [{"@type": kinds[bool(one.family_name)], "name": one.name} for one in about.creators]
    publisher = {"@type": "sc:Organization", "name": about.publisher}
    return {"citeAs": bibtex(about, tally), "creator": creators, "publisher": publisher}


def _conditions(release: Release) -> Iterator[dict[str, Any]]:
    """Yield the conditions of use as an ODRL policy: what the edition does not allow, and what it asks for."""
    policy: dict[str, Any] = {"@type": "odrl:Set", "odrl:duty": {"odrl:action": {"@id": "odrl:attribute"}}}
    if release.edition.is_full:
        policy["odrl:prohibition"] = [{"odrl:action": {"@id": "odrl:distribute"}}]
    yield policy


def _reservation(stated: dict[str, Any]) -> dict[str, Any]:
    """Return what a robots.txt reserved against AI, in its own words."""
    return {
        "@type": "sc:CreativeWork",
        "name": f"robots.txt of {stated['host']}, last seen {str(stated['last_seen'])[:10]}: what it says about AI",
        "url": f"https://{stated['host']}/robots.txt",
        "text": "\n".join(stated["lines"]),
    }


def _activity(run: dict[str, Any]) -> dict[str, Any]:
    """Return a run as an activity."""
    times = {"prov:startedAtTime": run.get("started_at"), "prov:endedAtTime": run.get("ended_at")}
    return {
        "@type": "prov:Activity",
        "prov:label": f"{(run.get('settings') or {}).get('mode', 'crawl')}: {run['job']}",
        **{name: str(value) for name, value in times.items() if value},
    }


def _file_object(name: str, path: Path) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(path),
    }


def _file_set(release: Release) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": _FILES,
        "name": _FILES,
        "encodingFormat": "application/x-parquet",
        "includes": "parquet/*/*.parquet" if release.plan else "parquet/*.parquet",
    }


def _field(table: str, column: pa.Field, meaning: str, where: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a column and one level of what is nested in it; `schema.json` has the rest.

    :param where: reference to the files of the table.
    """
    source = {**where, "extract": {"column": column.name}}
    is_list = pa.types.is_list(column.type)
    kind = column.type.value_type if is_list else column.type
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": meaning,
        **({"isArray": True, "arrayShape": "-1"} if is_list else {}),
    }
    if not pa.types.is_struct(kind):
        return {**field, "dataType": _data_type(column.name, kind), "source": source}
    inner = [one for one in kind if not pa.types.is_list(one.type)]
    return {**field, "subField": [_sub_field(f"{table}/{column.name}", one, is_list, source) for one in inner]}


def _sub_field(parent: str, inner: pa.Field, is_list: bool, source: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{parent}/{inner.name}",
        "name": inner.name,
        "dataType": _data_type(inner.name, inner.type),
        "source": {**source, "transform": {"jsonPath": inner.name}},
        **({"isArray": True, "arrayShape": "-1"} if is_list else {}),
    }


def _data_type(name: str, kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind) or name.endswith("_at"):
        return "sc:DateTime"
    return "sc:URL" if name == "url" else _TYPES[kind]

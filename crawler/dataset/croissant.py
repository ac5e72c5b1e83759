"""Croissant 1.1 metadata: files, fields and types for dataset search engines and loaders."""

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.card import title
from crawler.dataset.checksums import files_in, sha256
from crawler.dataset.columns import DERIVED
from crawler.dataset.edition import Text, columns_of
from crawler.dataset.release import Release, Tally

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


def croissant(release: Release, tally: Tally, folder: Path) -> dict[str, Any]:
    """Return the Croissant metadata of a release.

    :param folder: the bundle; its Parquet files are written already.
    """
    files = [name for name in files_in(folder) if name.endswith(".parquet")]
    described = {name: field.get("description", "") for name, field in release.schema["properties"].items()}
    described |= {name: meaning for name, (_, meaning) in DERIVED.items()}
    is_full = release.text is Text.FULL
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "kompas_global",
        "description": title(tally) + (", with text" if is_full else ", without text"),
        "url": "https://www.kompas.com/global",
        "license": "For research by whoever made it; not for redistribution" if is_full else "See README.md",
        "inLanguage": "id",
        "version": release.version,
        "datePublished": tally.fetched_at[:10],
        "citeAs": title(tally),
        "distribution": [*map(_file_object, files, (folder / name for name in files)), _file_set(release)],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "articles",
                "name": "articles",
                "key": [{"@id": "articles/id"}, {"@id": "articles/revision"}],
                "field": [_field(one, described[one.name]) for one in arrow_schema(columns_of(release.text))],
            }
        ],
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


def _field(column: pa.Field, description: str) -> dict[str, Any]:
    """Return the description of a column and one level of what is nested in it; `schema.json` has the rest."""
    is_list = pa.types.is_list(column.type)
    kind = column.type.value_type if is_list else column.type
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"articles/{column.name}",
        "name": column.name,
        "description": description,
        **({"isArray": True, "arrayShape": "-1"} if is_list else {}),
    }
    if not pa.types.is_struct(kind):
        return {**field, "dataType": _data_type(column.name, kind), "source": _source(column.name)}
    inner = [one for one in kind if not pa.types.is_list(one.type)]
    return {**field, "subField": [_sub_field(column.name, one, is_list) for one in inner]}


def _sub_field(column: str, inner: pa.Field, is_list: bool) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"articles/{column}/{inner.name}",
        "name": inner.name,
        "dataType": _data_type(inner.name, inner.type),
        "source": {**_source(column), "transform": {"jsonPath": inner.name}},
        **({"isArray": True, "arrayShape": "-1"} if is_list else {}),
    }


def _source(column: str) -> dict[str, Any]:
    return {"fileSet": {"@id": _FILES}, "extract": {"column": column}}


def _data_type(name: str, kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind) or name in ("published_at", "modified_at", "fetched_at"):
        return "sc:DateTime"
    return "sc:URL" if name == "url" else _TYPES[kind]

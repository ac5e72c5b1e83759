"""RO-Crate 1.2 metadata: the release as a dataset, its files, the crawls and the program that made it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from crawler.dataset.checksums import files_in, sha256
from crawler.dataset.citation import description, title, version_of
from crawler.dataset.release import Release, Tally

FILE: Final = "ro-crate-metadata.json"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.2/context"
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_KINDS: Final = {
    ".parquet": "application/vnd.apache.parquet",
    ".gz": "application/gzip",
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".bib": "application/x-bibtex",
    ".cff": "text/yaml",
}
_TOOL: Final = "#kompas_global"


def ro_crate(release: Release, tally: Tally, folder: Path) -> dict[str, Any]:
    """Return the metadata of a release whose other files are written already."""
    names = [name for name in files_in(folder) if name != FILE]
    return {
        "@context": _CONTEXT,
        "@graph": [
            {
                "@id": FILE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": _PROFILE},
                "about": {"@id": "./"},
            },
            _root(release, tally, names),
            *(_file(name, folder / name) for name in names),
            *_people(release),
            *_runs(release),
            _tool(release),
            {"@id": "https://www.kompas.com/", "@type": "WebSite", "name": "Kompas.com"},
        ],
    }


def _root(release: Release, tally: Tally, names: list[str]) -> dict[str, Any]:
    about = release.about
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": title(about, tally),
        "description": description(release, tally),
        "version": version_of(about, tally),
        "datePublished": (about.published.isoformat() if about.published else tally.fetched_at[:10]),
        "license": {"@id": about.license.url} if about.license else "See README.md, Law and ethics",
        "inLanguage": "id",
        "temporalCoverage": f"{(tally.first or '')[:10]}/{(tally.last or '')[:10]}",
        "isBasedOn": {"@id": "https://www.kompas.com/"},
        "hasPart": [{"@id": name} for name in names],
        "mentions": [{"@id": _run_id(number)} for number, _ in enumerate(release.runs, start=1)],
    }
    if about.doi:
        root["identifier"] = f"https://doi.org/{about.doi}"
    if about.creators:
        root["author"] = [{"@id": _person_id(number)} for number, _ in enumerate(about.creators, start=1)]
        root["publisher"] = {"@id": "#publisher"}
    return root


def _file(name: str, path: Path) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "contentSize": str(path.stat().st_size),
        "encodingFormat": _KINDS.get(path.suffix, "text/plain"),
        "sha256": sha256(path),
    }


def _people(release: Release) -> Iterator[dict[str, Any]]:
    about = release.about
    for number, creator in enumerate(about.creators, start=1):
        yield {
            "@id": _person_id(number),
            "@type": "Person" if creator.family_name else "Organization",
            "name": creator.name,
            **({"identifier": f"https://orcid.org/{creator.orcid}"} if creator.orcid else {}),
            **({"affiliation": creator.affiliation} if creator.affiliation else {}),
        }
    if about.creators:
        yield {"@id": "#publisher", "@type": "Organization", "name": about.publisher}
    if about.license:
        yield {"@id": about.license.url, "@type": "CreativeWork", "name": about.license.name}


def _runs(release: Release) -> Iterator[dict[str, Any]]:
    """Yield each run as an action of the program."""
    for number, run in enumerate(release.runs, start=1):
        mode = (run.get("settings") or {}).get("mode", "crawl")
        yield {
            "@id": _run_id(number),
            "@type": "CreateAction",
            "name": f"{mode}: {run['job']}",
            "startTime": _moment(run.get("started_at")),
            "endTime": _moment(run.get("ended_at")),
            "instrument": {"@id": _TOOL},
            "object": {"@id": "https://www.kompas.com/"},
            "result": {"@id": "./"},
            "actionStatus": {"@id": f"http://schema.org/{'Completed' if run.get('healthy') else 'Failed'}ActionStatus"},
            "description": run.get("summary") or "",
        }


def _tool(release: Release) -> dict[str, Any]:
    return {
        "@id": _TOOL,
        "@type": "SoftwareApplication",
        "name": "kompas_global",
        "softwareVersion": f"{release.version}, parser {release.parser_version}",
        **({"url": release.tool} if release.tool else {}),
    }


def _moment(value: Any) -> str | None:
    return None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def _person_id(number: int) -> str:
    return f"#creator-{number}"


def _run_id(number: int) -> str:
    return f"#run-{number}"

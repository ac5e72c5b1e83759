"""How a release is cited: CITATION.cff, BibTeX and DataCite metadata. All of it is from the user's file."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from crawler.dataset.about import About, Creator
from crawler.dataset.release import Release, Tally

CFF: Final = "CITATION.cff"
BIBTEX: Final = "citation.bib"
DATACITE: Final = "datacite.json"
_DATACITE_SCHEMA: Final = "http://datacite.org/schema/kernel-4"
_BRACED: Final = re.compile(r"([&%$#_{}])")


def title(about: About, tally: Tally) -> str:
    """Return the title of the user, else one from the span of days."""
    return about.title or f"Kompas.com, international section, {day_of(tally.first)} to {day_of(tally.last)}"


def day_of(moment: str | None) -> str:
    """Return the day of a time in ISO text; a dash for none."""
    return (moment or "")[:10] or "-"


def version_of(about: About, tally: Tally) -> str:
    """Return the version of the dataset: the user's, else the day of the newest capture."""
    return about.version or day_of(tally.fetched_at)


def citation_files(release: Release, tally: Tally) -> dict[str, str]:
    """Return name -> text of the citation files; none without creators, because each format demands some."""
    if not release.about.creators:
        return {}
    return {
        CFF: "".join(f"{line}\n" for line in _cff(release.about, tally)),
        BIBTEX: bibtex(release.about, tally),
        DATACITE: json.dumps(datacite(release, tally), indent=2, ensure_ascii=False) + "\n",
    }


def _cff(about: About, tally: Tally) -> Iterator[str]:
    """Yield the lines of CITATION.cff 1.2.0. JSON texts are YAML texts."""
    yield "cff-version: 1.2.0"
    yield "message: Please cite the dataset and name the newspaper when you use it."
    yield "type: dataset"
    yield f"title: {_text(title(about, tally))}"
    yield "authors:"
    for creator in about.creators:
        names = {"name": "" if creator.family_name else creator.name, "family-names": creator.family_name}
        names |= {"given-names": creator.given_name if creator.family_name else ""}
        names |= {"orcid": f"https://orcid.org/{creator.orcid}" if creator.orcid else ""}
        names |= {"affiliation": creator.affiliation if creator.family_name else ""}
        for number, (name, value) in enumerate(_filled(names).items()):
            yield f"  {' ' if number else '-'} {name}: {_text(value)}"
    top = {"version": version_of(about, tally), "doi": about.doi, "url": about.url}
    top |= {"license": about.license.name if about.license else ""}
    for name, value in _filled(top).items():
        yield f"{name}: {_text(value)}"
    yield f'date-released: "{about.published}"'
    yield 'keywords: ["news", "Indonesian", "Kompas.com"]'
    yield "references:"
    yield "  - type: website"
    yield '    title: "Kompas.com"'
    yield '    url: "https://www.kompas.com/"'
    yield "    authors:"
    yield '      - name: "Kompas.com"'


def bibtex(about: About, tally: Tally) -> str:
    """Return a BibTeX entry (`@misc`, which every style knows)."""
    assert about.published is not None, "a file with creators has it"
    year = about.published.year
    lines = {
        "author": " and ".join(map(_bibtex_name, about.creators)),
        "title": f"{{{_escaped(title(about, tally))}}}",
        "year": str(year),
        "publisher": _escaped(about.publisher),
        "version": _escaped(version_of(about, tally)),
        "doi": about.doi,
        "url": about.url,
        "note": "Data set",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in _filled(lines).items())
    first = about.creators[0]
    key = re.sub(r"\W", "", (first.family_name or first.name).casefold(), flags=re.ASCII) or "dataset"
    return f"@misc{{{key}{year},\n{body}}}\n"


def datacite(release: Release, tally: Tally) -> dict[str, Any]:
    """Return the metadata of DataCite 4, in the JSON form of its REST API."""
    about = release.about
    assert about.published is not None, "a file with creators has it"
    rights = about.license
    return {
        **_filled({"doi": about.doi, "url": about.url}),
        "creators": [_datacite_creator(creator) for creator in about.creators],
        "titles": [{"title": title(about, tally)}],
        "publisher": {"name": about.publisher},
        "publicationYear": about.published.year,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "News corpus"},
        "subjects": [{"subject": one} for one in ("news", "Indonesian", "Kompas.com")],
        "dates": [
            {"date": about.published.isoformat(), "dateType": "Issued"},
            {"date": day_of(tally.fetched_at), "dateType": "Collected"},
            {"date": f"{day_of(tally.first)}/{day_of(tally.last)}", "dateType": "Coverage"},
        ],
        "language": "id",
        "version": version_of(about, tally),
        "rightsList": [{"rights": rights.name, "rightsUri": rights.url}] if rights else [],
        "relatedIdentifiers": [
            {"relatedIdentifier": one.identifier, "relatedIdentifierType": one.type, "relationType": one.relation}
            for one in about.related
        ],
        "sizes": [f"{tally.records} records"],
        "formats": ["application/vnd.apache.parquet", "application/gzip"],
        "descriptions": [{"description": description(release, tally), "descriptionType": "Abstract"}],
        "schemaVersion": _DATACITE_SCHEMA,
    }


def description(release: Release, tally: Tally) -> str:
    """Return what the release is, in one sentence."""
    with_text = "with" if release.edition.is_full else "without"
    span = f"published from {day_of(tally.first)} to {day_of(tally.last)}"
    return (
        f"{tally.records:,} records of the international section of Kompas.com, {span}, {with_text} text; as the site "
        f"showed them up to {day_of(tally.fetched_at)}."
    )


def _datacite_creator(creator: Creator) -> dict[str, Any]:
    is_person = bool(creator.family_name)
    given = {"givenName": creator.given_name, "familyName": creator.family_name} if is_person else {}
    orcid = {"nameIdentifier": f"https://orcid.org/{creator.orcid}", "nameIdentifierScheme": "ORCID"}
    return {
        "name": creator.name,
        "nameType": "Personal" if is_person else "Organizational",
        **_filled(given),
        "affiliation": [{"name": creator.affiliation}] if creator.affiliation else [],
        "nameIdentifiers": [{**orcid, "schemeUri": "https://orcid.org"}] if creator.orcid else [],
    }


def _bibtex_name(creator: Creator) -> str:
    if creator.family_name:
        return ", ".join(filter(None, (_escaped(creator.family_name), _escaped(creator.given_name))))
    return f"{{{_escaped(creator.name)}}}"


def _escaped(text: str) -> str:
    return _BRACED.sub(r"\\\1", text.replace("\\", ""))


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)

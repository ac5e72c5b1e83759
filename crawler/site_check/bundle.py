"""The result of a first contact as one file to attach to an issue: of the site's words it holds the addresses only."""

import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from crawler.dataset.aside import written_aside
from crawler.drafting.fixture import draft
from crawler.kompas.contact.answers import Answer
from crawler.kompas.contact.findings import Finding
from crawler.kompas.response import SiteResponse

_HEADERS: Final = frozenset(("content-type", "server", "content-encoding", "x-amzn-waf-action", "cf-mitigated"))
"""Headers that tell how the site answered. Cookies and addresses stay out."""


def write_bundle(path: Path, findings: Iterable[Finding], answers: Iterable[Answer]) -> None:
    """Write a ZIP file with the findings, what each answer was, and the HTML pages with invented text.

    :raises UnwritableFile: the file cannot be made. An earlier one is replaced whole.
    """
    answers = list(answers)
    with written_aside(path) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("findings.json", _json([as_plain(finding) for finding in findings]))
        bundle.writestr("answers.json", _json([_described(answer) for answer in answers]))
        for number, page in enumerate(filter(_is_html, answers), 1):
            assert isinstance(page, SiteResponse), "only a response is HTML"
            bundle.writestr(f"pages/{number:02}.html", draft(page.url, page.body).page)


def as_plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it."""
    return {**asdict(finding), "claim": finding.claim, "change": finding.change}


def _is_html(answer: Answer) -> bool:
    return isinstance(answer, SiteResponse) and b"<html" in answer.body[:10_000].lower()


def _described(answer: Answer) -> dict[str, Any]:
    if not isinstance(answer, SiteResponse):
        return asdict(answer)
    return {
        "url": answer.requested_url,
        "answered_by": answer.url,
        "status": answer.status,
        "headers": [pair for pair in answer.headers if pair[0].lower() in _HEADERS],
        "bytes": len(answer.body),
        "fetched_at": answer.fetched_at.isoformat(),
        "archived": asdict(answer.place) if answer.place else None,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)

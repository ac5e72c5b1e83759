"""Draft a fixture: the page, what today's parser makes of it, and the notes that a person fills in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.drafting.kept import is_kept
from crawler.drafting.markup import rewrite, without_code
from crawler.drafting.prose import Prose
from crawler.drafting.reading import DraftReading, outcome_of, printed_facts, shape_of
from crawler.drafting.shortening import shorten
from crawler.drafting.tokens import Token, tokens_of
from crawler.drafting.words import Words

PAGE: Final = "page.html"
ARTICLE: Final = "article.json"
ERROR: Final = "error.json"
META: Final = "meta.json"


@dataclass(frozen=True)
class Draft:
    """A page with invented text."""

    url: str
    page: bytes
    outcome: DraftReading
    differing: list[str]
    """Parts of the record's shape in which the draft differs from the page; empty for a faithful draft."""


def draft(url: str, page: bytes) -> Draft:
    """Return a page with its markup and invented text; the same page gives the same bytes.

    Bytes that are no utf-8 stay where they are.
    """
    before = outcome_of(url, page)
    source = _decoded(page)
    facts = printed_facts(url, page)
    tokens = shorten(without_code(tokens_of(source)), lambda left: printed_facts(url, _joined(left)) == facts)
    prose = Prose(Words(source, is_kept))
    drafted = _encoded(rewrite(tokens, prose))
    address = prose.addresses.rewrite(url)
    after = outcome_of(address, drafted)
    old, new = shape_of(before), shape_of(after)
    return Draft(address, drafted, after, [name for name in old | new if old.get(name) != new.get(name)])


def write_folder(made: Draft, folder: Path) -> None:
    """Write the files of a fixture into a folder, which is made.

    :raises OSError: the folder is there, or cannot be written.
    """
    folder.mkdir(parents=True)
    (folder / PAGE).write_bytes(made.page)
    _write_json(folder / (ERROR if made.outcome.article is None else ARTICLE), made.outcome.fields)
    _write_json(folder / META, {"url": made.url, "why": "", "reviewed": False})


def _write_json(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _joined(tokens: list[Token]) -> bytes:
    return _encoded("".join(token.text for token in tokens))


def _decoded(page: bytes) -> str:
    return page.decode("utf-8", errors="surrogateescape")


def _encoded(source: str) -> bytes:
    return source.encode("utf-8", errors="surrogateescape")

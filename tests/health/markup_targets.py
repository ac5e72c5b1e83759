"""Every class, id, meta name, data attribute, JSON-LD key and printed label by which the crawler reads pages."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crawler.kompas.text.bylines import ROLES
from tests.conftest import ROOT

READERS = (*("kompas/pages", "kompas/cleaning", "kompas/loaders.py", "kompas/credits.py", "kompas/times.py"),)
"""Modules that say where something stands on a page. Those beside `pages` and `cleaning` name metas and keys of
JSON-LD."""
_WORD = re.compile(r"(?:(?<![\w-])--)?[A-Za-z_][A-Za-z0-9_:-]*")
_CSS_NAME = re.compile(r"[.#](-?[A-Za-z_][A-Za-z0-9_-]*)")
_CSS_PART = re.compile(r"""(?:class|id)[\^*]=['"]?([\w-]+)""")
_CSS_WHOLE = re.compile(r"""(?:class|id)~?=['"]?([\w-]+)""")
_HOST = re.compile(r"\w\.(?:com|net|tv|be|id|app)\b")
_LOOKS_LIKE_CSS = re.compile(r"^[\w\s.#:,>+~*\[\]=^$\"'()|-]+$")
_PROPER_NAME = re.compile(r"\w+[_:A-Z]\w+")
"""A loader's other strings are fields of the record, which are plain words."""


@cache
def strings() -> tuple[str, ...]:
    """Return the printed labels, and the string constants of those modules without docstrings and error messages."""
    found: list[str] = list(ROLES)
    for room in READERS:
        place = ROOT / "crawler" / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            names = _strings(path)
            found += names if place.is_dir() else [name for name in names if _PROPER_NAME.fullmatch(name)]
    return tuple(found)


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    hidden = {id(below) for node in said for below in ast.walk(node)}
    hidden |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in hidden)
    return [node.value for node in constants if isinstance(node.value, str)]


@cache
def words() -> frozenset[str]:
    """Whatever may name a target, in any kind of string: CSS, XPath, a set of marks, the name of a meta tag."""
    return frozenset(word for text in strings() for word in _WORD.findall(text))


@cache
def css_parts() -> frozenset[str]:
    """With which, or round which, a class or id only has to be written."""
    return frozenset(name for text in strings() for name in _CSS_PART.findall(text))


def css_names() -> set[str]:
    """Classes and ids that a CSS selector names, whole or in part."""
    css = [text for text in strings() if _LOOKS_LIKE_CSS.match(text) and not _HOST.search(text)]
    return {name for text in css for pattern in (_CSS_NAME, _CSS_WHOLE, _CSS_PART) for name in pattern.findall(text)}


_NAMING = re.compile(
    rb"""\b(?:class|id|name|property|rel)\s*=\s*("[^"]*"|'[^']*')|\bdata-[\w-]+(?==)|"@?\w+"(?=\s*:)|"NewsArticle\""""
)
"""Where a page names things: the values of some attributes, data attributes, keys of JSON-LD and its type."""


def targets_in(pages: Iterable[bytes]) -> set[str]:
    """Names of things on pages."""
    named = {found.group(0).decode() for page in pages for found in _NAMING.finditer(page)}
    found = {word for text in named for word in _WORD.findall(text)}
    return found | {part for part in css_parts() if any(part in word for word in found)}


def renamed(page: bytes, target: str) -> bytes:
    """The page as if the site had given the thing another name, wherever it names things."""
    name = target.encode()
    if name not in page:
        return page
    end = rb"" if target in css_parts() else rb"(?![\w:-])"
    word = re.compile(rb"(?<![\w:-])" + re.escape(name) + end)
    other = b"lain-" + name[::-1]  # backwards: a selector may match a part of the name only
    return _NAMING.sub(lambda found: word.sub(other, found[0]) if name in found[0] else found[0], page)


_PRINTED = re.compile(rb">[\s:]*([A-Za-z ]+?)[\s:]*(?=<)")


def labels_in(pages: Iterable[bytes]) -> set[str]:
    """Return the labels printed as the whole text of an element, which explain the text beside them."""
    known = {text.lower() for text in strings()}
    printed = {found[1].decode() for page in pages for found in _PRINTED.finditer(page)}
    return {label for label in printed if len(label) > 1 and label.lower() in known}


def relabelled(page: bytes, label: str) -> bytes:
    """The page as if the site printed another word there."""
    other = b"Hal Lain"
    return _PRINTED.sub(
        lambda found: found[0].replace(found[1], other) if found[1] == label.encode() else found[0], page
    )

"""The options of `scrapy export` that have a meaning for some outputs only; for the others they are refused."""

import argparse
from collections.abc import Mapping
from typing import Final

from crawler.dataset.formats import WITH_MARK
from crawler.errors import BadArgument

SQLITE: Final = ("db", "sqlite")
"""Endings and formats of a database; the store copies itself."""

_OF_A_RELEASE: Final = "divides a release into parts: it needs --bundle DIR"
_IN_A_FILE: Final[Mapping[str, str]] = {
    "split": _OF_A_RELEASE,
    "split_by": _OF_A_RELEASE,
    "seed": _OF_A_RELEASE,
    "since_release": "compares two releases: it needs --bundle DIR or --verify DIR",
    "about": "describes a release: it needs --bundle DIR",
}
_IN_A_RELEASE: Final[Mapping[str, str]] = {
    "format": "is for one file; a release has JSON Lines and Parquet",
    "what": "is for one file; a release has articles",
    "no_bom": "is for .csv and .tsv",
}
_NAMES_IN_TEXT: Final = {"extras": "names has no effect without --text none: the other edition has the names"}
_IN_A_STORE: Final[Mapping[str, str]] = {
    "text": "needs another format: a store is not one without its texts",
    "what": "needs another format: a store has articles",
    "no_bom": "is for .csv and .tsv",
}


def refuse_in_file(opts: argparse.Namespace, format_name: str) -> None:
    """Raise `BadArgument` for an option that one file of this format would ignore."""
    _refuse(opts, _IN_A_FILE)
    if format_name in SQLITE:
        _refuse(opts, _IN_A_STORE)
    if format_name not in WITH_MARK:
        _refuse(opts, {"no_bom": "is for .csv and .tsv"})
    if "words" in (opts.extras or ()):
        _refuse(opts, {"extras": "words is for --bundle; a file of words is written by --what words"})
    if opts.what in ("changes", "words"):
        _refuse(opts, {"extras": f"has no meaning for --what {opts.what}"})
    _refuse_names(opts)
    if opts.what == "changes":
        _refuse(opts, {"revisions": "has no meaning for --what changes, which are between revisions"})
    if opts.what == "words" and opts.text == "none":
        _refuse(opts, {"text": "none leaves nothing of --what words: words are of the text"})


def refuse_in_release(opts: argparse.Namespace) -> None:
    """Raise `BadArgument` for an option that a release would ignore."""
    _refuse(opts, _IN_A_RELEASE)
    _refuse_names(opts)
    if not opts.split:
        _refuse(opts, dict.fromkeys(("split_by", "seed"), "needs --split, such as --split train=80,test=20"))
    if opts.split_by in (None, "time"):
        _refuse(opts, {"seed": "has no effect on --split-by time; add --split-by cluster or random"})


def refuse_in_check(opts: argparse.Namespace, names: tuple[str, ...]) -> None:
    """Raise `BadArgument` for any option of an export beside `--verify`."""
    of_a_release = (name for name in _IN_A_FILE if name != "since_release")
    others = (*names, *of_a_release, *_IN_A_RELEASE, "text", "extras")
    _refuse(opts, dict.fromkeys(others, "has no meaning for --verify, which checks a whole release"))


def _refuse_names(opts: argparse.Namespace) -> None:
    if opts.text != "none" and "names" in (opts.extras or ()):
        _refuse(opts, _NAMES_IN_TEXT)


def _refuse(opts: argparse.Namespace, reasons: Mapping[str, str]) -> None:
    for name, reason in reasons.items():
        if not (getattr(opts, name) is None or getattr(opts, name) is False):
            option = "with" if name == "extras" else name.replace("_", "-")
            raise BadArgument(f"--{option} {reason}")

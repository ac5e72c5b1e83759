"""What is shown cannot act, and shows no password."""

import json
import logging

import pytest

from crawler.visible import VisibleRecord, visible, visible_lines

TEXTS = {
    "Kapal “Riset” é 😀 – biasa": "Kapal “Riset” é 😀 – biasa",
    "\x1b]0;judul\x07": r"\u001b]0;judul\u0007",
    "C1 \x9b2J": r"C1 \u009b2J",
    "dua\nbaris\r\u2028\x85": r"dua\u000abaris\u000d\u2028\u0085",
    "\u202eabc\u2066\u200f": r"\u202eabc\u2066\u200f",
    "tag \U000e0041": r"tag \udb40\udc41",
    "\udcff": r"\udcff",
    "https://ani:rahasia@host/x?a=b@c": "https://***@host/x?a=b@c",
    "proxy http://ani:p@ss:w@host:8080 refused": "proxy http://***@host:8080 refused",
    "postgresql://kompas:***@db/kompas": "postgresql://kompas:***@db/kompas",
    "https://host/a:b@c": "https://host/a:b@c",
}


@pytest.mark.parametrize(("text", "shown"), TEXTS.items(), ids=map(repr, TEXTS))
def test_what_could_act_is_shown_as_an_escape(text: str, shown: str) -> None:
    """Without it a headline clears the terminal, hides a line of the log, or shows a password."""
    assert visible(text) == shown


def test_an_escape_is_the_one_of_json() -> None:
    """Without it what is printed for a machine is no JSON."""
    value = ["\x9b\u202e\U000e0041"]
    assert json.loads(visible(json.dumps(value, ensure_ascii=False))) == value


def test_lines_of_a_table_stay_lines() -> None:
    """Without it the statistics at the end of a run are one line."""
    assert visible_lines("satu\n\tdua\x1b") == "satu\n\tdua\\u001b"


def test_a_log_record_cannot_act() -> None:
    """Without it the header of a response writes lines of its own into the log."""
    record = VisibleRecord("x", logging.INFO, "x.py", 1, "content encoding %s", ("\x1b[2J",), None)
    assert record.getMessage() == r"content encoding \u001b[2J"

"""`scrapy coverage`: what it prints, and the status with which it ends."""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.command_line.coverage import Command
from crawler.storage import Beginning, End, Store
from tests.facts import LATER, ONE, SEEN, THREE, TREN, TWO, make_day, make_links, make_page
from tests.make import make_article, make_failure, story_url

HEADINGS = "day         pages  listed  stored  excluded  failed  missing  linked"


@dataclass(frozen=True)
class Told:
    """How the command ended."""

    status: int
    out: list[str]
    err: str


Tell = Callable[..., Told]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def tell(path: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """The command as Scrapy runs it, in this process."""

    def run(*options: str) -> Told:
        command = Command()
        command.settings = Settings({"KOMPAS_DB": str(path)})
        parser = argparse.ArgumentParser()
        command.add_options(parser)
        command.run([], parser.parse_args(options))
        printed = capsys.readouterr()
        return Told(command.exitcode, printed.out.splitlines(), printed.err.strip())

    return run


@pytest.fixture
def store(path: Path) -> Any:
    """A day that is all in, and one of which two stories are lacking."""
    opened = Store(str(path))
    opened.ledger.keep(make_page(ONE, TREN))
    opened.save(make_article(id=ONE))
    short = make_page("2021/04/23/100000070", "2021/04/23/110000070", pages=2, index_day=make_day(date(2021, 4, 23)))
    opened.ledger.keep(short)
    opened.record_failure(make_failure(url=story_url("2021/04/23/100000070"), article_id="2021/04/23/100000070"))
    yield opened
    opened.close()


def test_days_are_a_table_and_a_short_one_says_why(store: Store, tell: Tell) -> None:
    """Without it the operator sees that something is lacking, and not on which day and what."""
    told = tell()
    assert told.out == [
        HEADINGS,
        "2021-04-22      1       2       1         1       0        0       0",
        "2021-04-23      2       2       0         0       1        1       0  1 missing; 1 failed",
    ]
    assert told.err == "kompas_global: 2 days, 1 of them short"
    assert told.status == 1


def test_a_range_that_is_all_in_ends_with_zero(store: Store, tell: Tell) -> None:
    """Without it a script cannot distinguish a complete month from an incomplete one."""
    told = tell("--since", "2021-04-22", "--until", "2021-04-22")
    assert (told.status, len(told.out), told.err) == (0, 2, "kompas_global: 1 day, 0 of them short")


def test_a_day_that_was_never_requested_makes_its_range_short(store: Store, tell: Tell) -> None:
    """Without it a month is reported as complete although a week of it was never requested."""
    told = tell("--since", "2021-04-21", "--until", "2021-04-22")
    assert told.out[1] == "2021-04-21      0       0       0         0       0        0       0  never requested"
    assert told.status == 1


def test_an_empty_store_is_not_complete(path: Path, tell: Tell) -> None:
    """Without it a run that never began is a clean bill of health."""
    Store(str(path)).close()
    told = tell()
    assert (told.status, told.out, told.err) == (1, [HEADINGS], "kompas_global: 0 days, 0 of them short")


def test_what_is_stored_in_part_and_what_only_links_speak_of_is_noted(store: Store, tell: Tell) -> None:
    """Without it a day that lacks neither looks like one that lacks both."""
    store.save(make_article(id=TWO, complete=False, pages=2))
    store.ledger.keep(make_page(ONE, TREN, TWO, read_at=LATER))
    store.ledger.keep(make_links(THREE))
    told = tell("--until", "2021-04-22")
    assert told.out[1].endswith(
        "      1  1 stored as far as the site shows them; 1 that only links name are not stored"
    )
    assert told.status == 0


def test_json_is_one_valid_line_a_day(store: Store, tell: Tell) -> None:
    """Without it a program has to read the table."""
    told = tell("--json")
    first, second = map(json.loads, told.out)
    assert {key: value for key, value in first.items() if key != "stories"} == {
        "day": "2021-04-22",
        "state": "complete",
        "asked": True,
        "walked_at": SEEN.isoformat(),
        "pages": 1,
        "sites": ["global"],
        "listed": 2,
        "stored": 1,
        "excluded": 1,
        "failed": 0,
        "missing": 0,
        "incomplete": 0,
        "linked": 0,
        "short": [],
    }
    failed, missing = second["stories"]
    assert failed == {
        "entry": "2021/04/23/100000070",
        "url": story_url("2021/04/23/100000070"),
        "title": "Judul 100000070",
        "state": "failed",
        "reason": "Timeout",
        "position": 1,
        "first_seen_at": SEEN.isoformat(),
        "last_seen_at": SEEN.isoformat(),
        "seen_on": make_day(date(2021, 4, 23)).url,
        "complete": True,
        "listed": True,
    }
    assert (missing["entry"], missing["state"], missing["reason"]) == ("2021/04/23/110000070", "missing", None)
    assert told.status == 1


def test_json_has_what_is_linked_too(store: Store, tell: Tell) -> None:
    """Without it a program cannot see which story the index never listed."""
    store.ledger.keep(make_links(THREE))
    told = json.loads(tell("--json").out[0])
    assert [(story["entry"], story["listed"], story["position"]) for story in told["stories"]] == [
        ("2021/04/22/130000065", True, 2),
        (THREE, False, None),
    ]


TOTALS = "      days  short  empty  listed  stored  excluded  failed  missing  linked"


@pytest.fixture
def years(store: Store) -> Store:
    """Two more days: one in the next month that lists nothing, one in the next year under another name."""
    store.ledger.keep(make_page(index_day=make_day(date(2021, 5, 1)), read_at=LATER + timedelta(days=9)))
    later = datetime(2022, 1, 9, tzinfo=UTC)
    served: dict[str, tuple[str, ...]] = {"global": (), "news": ("2022/01/02/100000070",)}
    for site, stories in served.items():
        store.ledger.keep(make_page(*stories, index_day=make_day(date(2022, 1, 2), site), read_at=later))
    store.save(make_article(id="2022/01/02/100000070", tags=[], published_at=later))
    return store


def test_a_day_that_lists_nothing_or_under_another_name_says_so(years: Store, tell: Tell) -> None:
    """Without it a day without a story is reported as complete, and no line shows which name the site uses."""
    told = tell()
    assert told.out[3:] == [
        "2021-05-01      1       0       0         0       0        0       0  lists nothing",
        "2022-01-02      2       1       1         0       0        0       0  listed under news",
    ]
    assert told.err == "kompas_global: 4 days, 2 of them short, 1 lists nothing"


def test_only_the_short_days_are_printed_if_asked(years: Store, tell: Tell) -> None:
    """Without it the one short day of ten years stands among 3,653 lines."""
    told = tell("--short")
    assert [line[:10] for line in told.out[1:]] == ["2021-04-23", "2021-05-01"]
    assert told.err == "kompas_global: 4 days, 2 of them short, 1 lists nothing"
    assert [json.loads(line)["state"] for line in tell("--short", "--json").out] == ["short", "lists nothing"]


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (
            ["--by", "month"],
            [
                "2021-04         2      1      0       4       1         1       1        1       0",
                "2021-05         1      1      1       0       0         0       0        0       0",
                "2022-01         1      0      0       1       1         0       0        0       0",
            ],
        ),
        (
            ["--by", "year", "--short"],
            ["2021            3      2      1       4       1         1       1        1       0"],
        ),
    ],
)
def test_totals_of_a_period(years: Store, tell: Tell, options: list[str], rows: list[str]) -> None:
    """Without it a user cannot see in which year of a decade stories are missing."""
    told = tell(*options)
    assert told.out == [f"{options[1]:<7}{TOTALS}", *rows]
    assert (told.status, told.err) == (1, "kompas_global: 4 days, 2 of them short, 1 lists nothing")
    plain = [json.loads(line) for line in tell(*options, "--json").out]
    assert [row["period"] for row in plain] == [row.split()[0] for row in rows]
    assert [row["listed"] for row in plain] == [int(row.split()[4]) for row in rows]


def test_the_share_of_articles_with_each_field(years: Store, tell: Tell) -> None:
    """Without it a field that a new layout lost is found when the study is done."""
    told = tell("--fields")
    rows = {line.split()[0]: line.split()[1:] for line in told.out[1:]}
    assert (rows["title"], rows["tags"], rows["modified_at"]) == (["2", "100.0%"], ["1", "50.0%"], ["0", "0.0%"])
    assert (told.status, told.err) == (0, "kompas_global: 2 articles, 2 of them with all their pages")
    one = [json.loads(line) for line in tell("--fields", "--json", "--since", "2022-01-01").out]
    assert {"field": "tags", "articles": 0, "share": 0.0} in one


def test_no_article_has_no_fields(store: Store, tell: Tell) -> None:
    """Without it a wrong period looks like one in which every field is lost."""
    assert tell("--fields", "--until", "2019-01-01").status == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--since", "22-04-2021"], "--since 22-04-2021 is not a day; write it as 2021-04-30"),
        (["--until", "kemarin"], "--until kemarin is not a day; write it as 2021-04-30"),
        (["--since", ""], "--since  is not a day; write it as 2021-04-30"),
        (["--since", "2021-04-30", "--until", "2021-04-01"], "--since 2021-04-30 lies after --until 2021-04-01"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(store: Store, tell: Tell, options: list[str], words: str) -> None:
    """Without it a typing error reports other days, or none, without a message."""
    told = tell(*options)
    assert (told.status, told.out) == (2, [])
    assert told.err == f"kompas_global: {words}"


@pytest.fixture
def runs(store: Store) -> None:
    """One run that was healthy, one that was not, one that was killed, and one at work."""
    start = datetime(2021, 4, 22, 19, 0, tzinfo=UTC)
    for night, (reason, reasons) in enumerate((("finished", []), ("finished", ["1 failed"]), (None, []), (None, []))):
        begun = start + timedelta(days=night)
        run, _ = store.runs.begin(Beginning("daily", begun, "mesin", 7, "1", "1"))
        if reason:
            store.runs.end(run, End(begun + timedelta(hours=1), reason, not reasons, "3 new", reasons))


def test_runs_are_listed_newest_first_with_their_verdict(runs: None, tell: Tell) -> None:
    """Without it the operator who looks once a month sees the last night only."""
    told = tell("--runs")
    assert [line.split() for line in told.out] == [
        "4 2021-04-25 19:00 at work, or killed daily:".split(),
        "3 2021-04-24 19:00 not healthy daily: killed".split(),
        "2 2021-04-23 19:00 not healthy daily: 3 new".split(),
        "1 failed".split(),
        "1 2021-04-22 19:00 healthy daily: 3 new".split(),
    ]
    assert told.status == 0


def test_runs_as_json_are_valid_lines_with_all_that_is_kept(runs: None, tell: Tell) -> None:
    """Without it a program cannot follow the rows of the runs."""
    rows = [json.loads(line) for line in tell("--runs", "--json").out]
    assert [(row["id"], row["finish_reason"], row["healthy"]) for row in rows] == [
        (4, None, None),
        (3, "killed", False),
        (2, "finished", False),
        (1, "finished", True),
    ]
    assert rows[2]["reasons"] == ["1 failed"]
    assert rows[3]["started_at"] == "2021-04-22T19:00:00+00:00"

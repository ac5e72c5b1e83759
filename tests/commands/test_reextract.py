"""`scrapy reextract`: ten years are read again by a better parser, without the site and without inventing history."""

from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from crawler.items import Article, WarcPlace
from crawler.storage import Revisions, Store
from tests.commands.conftest import Command
from tests.make import make_article, make_failure
from tests.runs import query


@pytest.fixture
def reextract(command: Command, day_archive: Path, read_store: Path) -> Command:
    return lambda *more: command("reextract", "--archive", str(day_archive), *more)


def stored(path: Path) -> list[Article]:
    with closing(Store(str(path))) as store:
        return list(store.articles(Revisions.ALL))


def as_an_older_parser_read_it(path: Path, count: int = 3) -> list[Article]:
    """Spoils some records; gives them as they were."""
    chosen = stored(path)[:count]
    with closing(Store(str(path))) as store:
        store.replace(
            replace(
                article,
                title=article.title.upper(),
                content_hash="sha256:0",
                provenance=replace(article.provenance, parser_version="0"),
            )
            for article in chosen
        )
    return chosen


def test_the_same_parser_changes_nothing(reextract: Command, read_store: Path) -> None:
    """Without it nobody can tell a change of the parser from a slip of the command."""
    before = stored(read_store)
    assert any(article.provenance.further_pages for article in before)
    told = reextract()
    assert (told.status, told.stderr) == (0, "")
    assert told.stdout.startswith(f"{len(before)} revisions read again by parser 1: 0 changed, 0 cannot be read")
    assert stored(read_store) == before


def test_a_better_parser_mends_records_in_place_and_a_second_time_finds_nothing(
    reextract: Command, read_store: Path
) -> None:
    """Without it a repaired parser makes a revision of every article, as if the site had rewritten them all."""
    before = stored(read_store)
    spoilt = as_an_older_parser_read_it(read_store)
    told = reextract()
    assert told.status == 0
    assert ": 3 changed," in told.stdout
    assert "  title: 3\n" in told.stdout
    assert f"    {spoilt[0].id}  '{spoilt[0].title.upper()[:20]}" in told.stdout
    assert stored(read_store) == before
    assert ": 0 changed," in reextract().stdout


def test_a_dry_run_tells_and_stores_nothing(reextract: Command, read_store: Path) -> None:
    """Without it nobody can look before a million records are replaced."""
    as_an_older_parser_read_it(read_store)
    before = stored(read_store)
    assert ": 3 changed," in reextract("--dry-run").stdout
    assert stored(read_store) == before


def test_a_span_of_days_leaves_the_others_alone(reextract: Command, read_store: Path) -> None:
    """Without it a look at one month takes the hours of ten years."""
    as_an_older_parser_read_it(read_store)
    assert reextract("--since", "2021-04-23").stdout.startswith("0 revisions")
    assert ": 3 changed," in reextract("--since", "2021-04-22", "--until", "2021-04-22").stdout


def test_bytes_that_are_gone_are_told_and_cost_no_record(command: Command, read_store: Path) -> None:
    """Without it a folder that was not mounted empties the store, or passes for a good run."""
    before = stored(read_store)
    told = command("reextract")
    assert told.status == 1
    assert f"{len(before)} without their bytes" in told.stdout
    assert "the archive file day.warc.gz is not there" in told.stdout
    assert stored(read_store) == before


def test_a_record_that_can_no_longer_be_read_stays_and_is_named(reextract: Command, read_store: Path) -> None:
    """Without it a step back of the parser takes good records with it, silently."""
    some, other = stored(read_store)[:2]
    with closing(Store(str(read_store))) as store:
        store.replace([replace(some, provenance=other.provenance)])
    told = reextract()
    assert told.status == 1
    assert "1 cannot be read any more" in told.stdout
    assert f"{some.id}  OtherStory: the bytes of {some.id} say that they are {other.id}" in told.stdout
    assert some.id in {article.id for article in stored(read_store)}


def test_a_failure_whose_page_is_known_now_becomes_an_article(reextract: Command, read_store: Path) -> None:
    """Without it pages of a new layout, refused for a month, stay lost when the parser has learnt it."""
    lost, *_ = (article for article in stored(read_store) if not article.provenance.further_pages)
    query(read_store, f"delete from articles where id = '{lost.id}'")
    place = WarcPlace(**{key: value for key, value in asdict(lost.provenance).items() if key in asdict(PLACE)})
    with closing(Store(str(read_store))) as store:
        store.record_failure(make_failure(url=lost.url, article_id=lost.id, reason="UnknownLayout", answer=place))
    assert "1 failures are articles now" in reextract("--dry-run").stdout
    assert query(read_store, "select count(*) from failures") == [(1,)]
    assert "1 failures are articles now" in reextract().stdout
    assert query(read_store, "select count(*) from failures") == [(0,)]
    again = next(article for article in stored(read_store) if article.id == lost.id)
    assert (again.text, again.fetched_at, again.provenance) == (lost.text, lost.fetched_at, lost.provenance)


def test_what_was_never_archived_is_counted_and_left(reextract: Command, read_store: Path) -> None:
    """Without it records of before the archive began make every run of the command fail."""
    with closing(Store(str(read_store))) as store:
        store.save(make_article(id="2021/04/22/010203070"))
    told = reextract()
    assert told.status == 0
    assert "1 never archived" in told.stdout


PLACE = WarcPlace(None, None, None, None)

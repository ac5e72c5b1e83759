"""`scrapy explain`: what a reader who doubts a record is shown."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler.items import WarcPlace
from crawler.storage import Store
from tests.commands.conftest import Command
from tests.make import make_failure
from tests.runs import query


@pytest.fixture
def explain(command: Command, day_archive: Path, read_store: Path) -> Command:
    return lambda *named: command("explain", "--archive", str(day_archive), *named)


def test_a_record_is_shown_with_its_bytes_its_sources_and_what_was_removed(explain: Command, read_store: Path) -> None:
    """Without it a wrong field can only be explained by the author of the parser."""
    (story, url, title), *_ = query(
        read_store, "select id, url, title from articles where related != '[]' and dateline is not null"
    )
    told = explain(story)
    assert told.status == 0
    lines = told.stdout.splitlines()
    assert lines[0] == f"{story}, revision 1: {title}"
    assert lines[1] == f"  {url}"
    assert any(line.startswith("bytes day.warc.gz at ") for line in lines)
    assert "the payload digest agrees" in told.stdout
    assert "  layout read" in lines
    heading = lines.index(f"    title: {title}")
    assert lines[heading + 1].strip() == "h1.read__title"
    assert '<meta name="content_PublishedDate">' in told.stdout
    removed = lines[lines.index("  removed by cleaning") :]
    assert any(line.startswith("    related/") for line in removed)
    assert any(line.startswith("    dateline/opening: ") for line in removed)
    container = next(
        number for number, line in enumerate(lines) if line.startswith("  text of the story's container: ")
    )
    assert lines[container].endswith(" pieces, 0 unaccounted")
    assert any(line.startswith("    body 1 (paragraph): ") for line in lines[container:])
    assert any(line.startswith("    dateline (dateline/opening): ") for line in lines[container:])


def test_an_address_names_the_story_as_well(explain: Command, read_store: Path) -> None:
    """Without it a user who has the address must work out the id."""
    ((story, url),) = query(read_store, "select id, url from articles limit 1")
    assert explain(f"{url}?page=all").stdout == explain(story).stdout


def test_a_divided_story_shows_each_of_its_pages(explain: Command, read_store: Path) -> None:
    """Without it the second half of a text comes from nowhere."""
    ((story, further),) = query(
        read_store,
        "select id, json_array_length(provenance, '$.further_pages') from articles "
        "where json_array_length(provenance, '$.further_pages') > 0 limit 1",
    )
    assert explain(story).stdout.count("bytes day.warc.gz at ") == 1 + further


def test_bytes_that_are_not_there_are_reported_after_the_record(command: Command, read_store: Path) -> None:
    """Without it a missing archive looks like a missing record."""
    ((story,),) = query(read_store, "select id from articles limit 1")
    told = command("explain", story)
    assert told.status == 1
    assert f"{story}, revision 1" in told.stdout
    assert "not there: the archive file day.warc.gz is not there" in told.stdout


def test_changed_bytes_are_reported(explain: Command, read_store: Path) -> None:
    """Without it a changed archive looks like the source of its records."""
    ((story,),) = query(read_store, "select id from articles limit 1")
    query(read_store, "update articles set provenance = json_set(provenance, '$.payload_digest', 'sha1:X')")
    told = explain(story)
    assert told.status == 1
    assert "the payload digest DIFFERS" in told.stdout


def test_a_failure_is_explained_by_todays_parser(explain: Command, read_store: Path) -> None:
    """Without it a user cannot see why a page was refused, or that it would now be accepted."""
    ((story, url),) = query(read_store, "select id, url from articles limit 1")
    with closing(Store(str(read_store))) as store:
        (article,) = store.revisions(story)
        names = ("warc_file", "warc_offset", "warc_record_id", "payload_digest")
        place = WarcPlace(**{name: value for name, value in asdict(article.provenance).items() if name in names})
        lost = "2021/04/22/010203070"
        store.record_failure(make_failure(url=url, article_id=lost, reason="UnknownLayout", answer=place))
        store.record_failure(make_failure(url=f"{url}x", article_id=lost, reason="Timeout"))
    told = explain(lost)
    assert told.status == 0
    assert "  UnknownLayout: " in told.stdout
    assert "  layout read" in told.stdout
    assert "no answer was archived" in told.stdout


def test_an_address_of_another_site_is_refused(explain: Command) -> None:
    """Without it a slip of the keyboard ends in a traceback."""
    told = explain("https://example.org/")
    assert (told.status, len(told.verdict)) == (2, 1)


def test_an_unknown_story_is_reported(explain: Command) -> None:
    """Without it silence may mean anything."""
    told = explain("2021/04/22/235959070")
    assert (told.status, told.stdout) == (1, "nothing is stored about 2021/04/22/235959070\n")

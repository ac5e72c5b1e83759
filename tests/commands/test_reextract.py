"""`scrapy reextract`: ten years are read again by a better parser, without the site and without inventing history."""

from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler import PARSER_VERSION
from crawler.items import Article, WarcPlace
from crawler.kompas.loaders import ArticleLoader
from crawler.storage import Revisions, Store
from tests.archive.conftest import Rec, scanned, write
from tests.commands.conftest import Command
from tests.make import make_article, make_failure, read_page, story_url
from tests.runs import query

if TYPE_CHECKING:
    from tests.cluster import Cluster


@pytest.fixture
def reextract(command: Command, day_archive: Path, read_store: Path) -> Command:
    return lambda *more, **options: command("reextract", "--archive", str(day_archive), *more, **options)


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
    """Without it a change of the parser looks like a mistake of the command."""
    before = stored(read_store)
    assert any(article.provenance.further_pages for article in before)
    told = reextract()
    assert (told.status, told.stderr) == (0, "")
    assert told.stdout.startswith(
        f"{len(before)} revisions read again by parser {PARSER_VERSION}: 0 changed, 0 cannot be read"
    )
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


def test_a_cluster_mends_what_one_process_mends(reextract: Command, read_store: Path, cluster: "Cluster") -> None:
    """Without it ten years of archives can only be read again by one machine."""
    before = stored(read_store)
    as_an_older_parser_read_it(read_store, count=30)
    told = reextract("-s", f"KOMPAS_CLUSTER={cluster.address}")
    assert (told.status, told.stderr) == (0, "")
    assert ": 30 changed," in told.stdout
    assert stored(read_store) == before


def test_a_dry_run_reports_and_stores_nothing(reextract: Command, read_store: Path) -> None:
    """Without it a user cannot preview the replacement of a million records."""
    as_an_older_parser_read_it(read_store)
    before = stored(read_store)
    assert ": 3 changed," in reextract("--dry-run").stdout
    assert stored(read_store) == before


def test_a_span_of_days_leaves_the_others_alone(reextract: Command, read_store: Path) -> None:
    """Without it a look at one month takes the hours of ten years."""
    as_an_older_parser_read_it(read_store)
    assert reextract("--since", "2021-04-23").stdout.startswith("0 revisions")
    assert ": 3 changed," in reextract("--since", "2021-04-22", "--until", "2021-04-22").stdout


def test_bytes_that_are_gone_are_reported_and_cost_no_record(command: Command, read_store: Path) -> None:
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
    assert f"{some.id}  OtherStory: {some.url} leads to another story: {other.url}" in told.stdout
    assert some.id in {article.id for article in stored(read_store)}


def blank_titles() -> None:
    """Make the parser read every title as a blank, which the data format forbids."""
    ArticleLoader.title_out = staticmethod(lambda titles: " ")  # type: ignore[assignment]


def test_a_parser_that_breaks_the_data_format_replaces_no_record(reextract: Command, read_store: Path) -> None:
    """Without it one bad version of the parser blanks the titles of ten years, and ends with status 0."""
    before = stored(read_store)
    told = reextract(changes=["tests.commands.test_reextract.blank_titles"])
    assert (told.status, stored(read_store)) == (1, before), told.stderr
    assert f"{len(before)} cannot be read any more" in told.stdout
    assert "InvalidRecord: title is empty" in told.stdout


def test_a_failure_whose_page_is_known_now_becomes_an_article(reextract: Command, read_store: Path) -> None:
    """Without it pages of a new layout, refused for a month, stay lost when the parser can read them."""
    lost, *_ = (article for article in stored(read_store) if not article.provenance.further_pages)
    query(read_store, f"delete from articles where id = '{lost.id}'")
    place = WarcPlace(**{key: value for key, value in asdict(lost.provenance).items() if key in asdict(PLACE)})
    with closing(Store(str(read_store))) as store:
        store.record_failure(make_failure(url=lost.url, article_id=lost.id, reason="UnknownLayout", answer=place))
    assert "1 failure is an article now" in reextract("--dry-run").stdout
    assert query(read_store, "select count(*) from failures") == [(1,)]
    assert "1 failure is an article now" in reextract().stdout
    assert query(read_store, "select count(*) from failures") == [(0,)]
    again = next(article for article in stored(read_store) if article.id == lost.id)
    assert (again.text, again.fetched_at, again.provenance) == (lost.text, lost.fetched_at, lost.provenance)


PAGE = read_page(canonical="")
FAILED: dict[str, tuple[str, Rec, bool]] = {
    # story -> the reason of its failure, the archived response, whether today's parser makes an article of it
    "100000070": ("UnknownLayout", Rec(body=PAGE), True),
    "100001070": ("MissingTitle", Rec(body=PAGE), True),
    "100002070": ("InvalidRecord", Rec(body=PAGE), True),
    "100003070": ("HttpStatus 404", Rec(body=PAGE, status="404 Not Found"), False),
    "100004070": ("HttpStatus 206", Rec(body=PAGE, status="206 Partial Content"), False),
    "100005070": ("HttpStatus 500", Rec(body=PAGE), False),
    "100006070": ("CutOff", Rec(body=PAGE[:-20]), False),
    "100007070": ("CutOff", Rec(body=PAGE), False),
    "100008070": ("UnsupportedEncoding", Rec(body=PAGE), False),
    "100009070": ("OtherStory", Rec(body=PAGE), False),
    "100010070": ("EmptyPage", Rec(body=PAGE[:-20]), False),
    "100011070": ("UnknownLayout", Rec(body=PAGE, status="404 Not Found"), False),
    "100012070": ("UnknownLayout", Rec(body=PAGE, more=(("WARC-Truncated", "length"),)), False),
    "100013070": ("MissingBody", Rec(body=read_page()), False),  # its canonical link names another story
}


def test_only_what_the_parser_refused_on_a_whole_page_is_read_again(command: Command, path: Path) -> None:
    """Without it error pages and halves of pages become complete articles, and are never requested again."""
    stories = {digits: f"2021/04/22/{digits}" for digits in FAILED}
    records = [replace(rec, url=f"{story_url(stories[digits])}?page=all") for digits, (_, rec, _) in FAILED.items()]
    archive = write(path.parent / "failed.warc.gz", *records)
    with closing(Store(str(path))) as store:
        for entry, (digits, (reason, _, _)) in zip(scanned(archive).entries, FAILED.items(), strict=True):
            failure = make_failure(url=entry.url, article_id=stories[digits], reason=reason, answer=entry.place)
            store.record_failure(failure)
    told = command("reextract", "--archive", str(archive))
    recovered = {digits for digits, (_, _, is_article) in FAILED.items() if is_article}
    assert f"{len(recovered)} failures are articles now" in told.stdout, told.stderr
    assert {article.id.rpartition("/")[2] for article in stored(path)} == recovered
    left = query(path, "select article_id from failures")
    assert {story.rpartition("/")[2] for (story,) in left} == FAILED.keys() - recovered


def test_what_was_never_archived_is_counted_and_left(reextract: Command, read_store: Path) -> None:
    """Without it records of before the archive began make every run of the command fail."""
    with closing(Store(str(read_store))) as store:
        store.save(make_article(id="2021/04/22/010203070"))
    told = reextract()
    assert told.status == 0
    assert "1 never archived" in told.stdout


PLACE = WarcPlace(None, None, None, None)

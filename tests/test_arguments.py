"""Every `-a` argument, and the sentence for every value that cannot be meant."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from crawler.arguments import ARGUMENTS, CrawlArguments, Mode, arguments_of, parse_arguments
from crawler.errors import BadArgument
from crawler.spiders.kompas_global import KompasGlobalSpider
from tests.make import URL, story_url

NOON = datetime(2021, 4, 22, 5, 0, tzinfo=UTC)
TODAY = date(2021, 4, 22)


def parse(**given: str) -> CrawlArguments:
    return parse_arguments(given, NOON)


def refusal(**given: str) -> str:
    with pytest.raises(BadArgument) as refused:
        parse(**given)
    return str(refused.value)


def listed(folder: Path, text: str) -> str:
    (folder / "urls.txt").write_text(text, encoding="utf-8")
    return str(folder / "urls.txt")


def test_without_arguments_today_and_yesterday_are_read() -> None:
    """Without it the nightly run misses what was published since."""
    assert parse() == CrawlArguments(date(2021, 4, 21), TODAY, is_range=False, job="daily")
    assert parse().days == [TODAY, date(2021, 4, 21)]


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2021, 4, 22, 16, 59, 59, tzinfo=UTC), date(2021, 4, 22)),
        (datetime(2021, 4, 22, 17, 0, tzinfo=UTC), date(2021, 4, 23)),
        (datetime(2021, 4, 22, 17, 30, tzinfo=UTC), date(2021, 4, 23)),
        (datetime(2021, 12, 31, 17, 0, tzinfo=UTC), date(2022, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_jakarta(now: datetime, today: date) -> None:
    """Without it a run after midnight in Jakarta misses a whole index day."""
    assert parse_arguments({}, now).until == today


@pytest.mark.parametrize(
    ("given", "since", "until"),
    [
        ({"since": "2021-04-01", "until": "2021-04-03"}, date(2021, 4, 1), date(2021, 4, 3)),
        ({"since": "2021-04-03", "until": "2021-04-03"}, date(2021, 4, 3), date(2021, 4, 3)),
        ({"since": "2021-04-20"}, date(2021, 4, 20), TODAY),
        ({"until": "2021-04-03"}, date(2021, 4, 3), date(2021, 4, 3)),
        ({"since": "2021-04-21", "until": "2030-01-01"}, date(2021, 4, 21), TODAY),
        ({"since": "2021-04-22"}, TODAY, TODAY),
    ],
)
def test_a_range_holds_both_of_its_ends_and_no_day_to_come(given: dict[str, str], since: date, until: date) -> None:
    """Without it a month lacks its last day, or the index is requested for tomorrow."""
    arguments = parse(**given)
    assert arguments.is_range
    assert (arguments.since, arguments.until) == (since, until)
    assert (arguments.days[0], arguments.days[-1]) == (until, since)
    assert len(arguments.days) == (until - since).days + 1


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"since": "2021-04-03", "until": "2021-04-01"}, "2021-04-01"),
        ({"since": "2021-04-23"}, "2021-04-22"),
        ({"until": "2021-04-23"}, "2021-04-22"),
        ({"since": "2030-01-01", "until": "2030-01-02"}, "2021-04-22"),
    ],
)
def test_a_range_without_a_day_is_refused(given: dict[str, str], after: str) -> None:
    """Without it swapped days are a run that found nothing."""
    said = refusal(**given)
    assert "-a since=" in said
    assert f"lies after {after}" in said
    assert said.endswith("give an earlier day")


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("value", ["22-04-2021", "2021-02-30", "kemarin", "", "2021-4-1", "2021-04-22T00:00"])
def test_what_is_no_day_is_refused_with_the_way_to_write_it(name: str, value: str) -> None:
    """Without it 04/03 is read as one day by the user and as another by the crawl."""
    assert refusal(**{name: value}) == f"-a {name}={value} is not a day; write it as 2021-04-30"


@pytest.mark.parametrize("value", ["0001-01-01", "1994-12-31", "9999-12-31"])
def test_a_day_outside_of_the_site_is_refused(value: str) -> None:
    """Without it a slip in the year is a crawl of 740,000 days."""
    assert refusal(since=value) == f"-a since={value} is not a day of the site, which began in 1995"


@pytest.mark.parametrize(("name", "least"), [("latest_depth", 0), ("limit", 1), ("wait", 0)])
def test_numbers_are_taken_from_the_least_on(name: str, least: int) -> None:
    """Without it "do not follow" or "just one" cannot be said."""
    assert getattr(parse(**{name: str(least)}), name) == least
    assert getattr(parse(**{name: "25"}), name) == 25


@pytest.mark.parametrize(("name", "least"), [("latest_depth", 0), ("limit", 1), ("wait", 0)])
@pytest.mark.parametrize("value", ["-1", "1.5", "", "dua", "²", "٣", "1_0", "9" * 5000])
def test_what_is_no_number_is_refused_with_the_least(name: str, least: int, value: str) -> None:
    """Without it a slip of the finger is a crawl without a limit."""
    assert refusal(**{name: value}) == f"-a {name}={value[:40]} is not a whole number of at least {least}"


def test_a_limit_of_nothing_is_refused() -> None:
    """Without it a run that may read nothing ends as if it had read everything."""
    assert refusal(limit="0") == "-a limit=0 is not a whole number of at least 1"


@pytest.mark.parametrize("name", ["latestdepth", "Since", "url", "replays"])
def test_an_unknown_name_is_refused_with_those_that_are_known(name: str) -> None:
    """Without it a mistyped argument starts the daily crawl instead of what was meant."""
    said = refusal(**{name: "x", "limit": "1"})
    assert said == f"there is no argument -a {name}=; known are {', '.join(ARGUMENTS)}"


def test_days_are_walked_newest_first_or_oldest_first() -> None:
    """Without it a backfill cannot begin where the researcher needs it first."""
    newest = parse(since="2021-04-20").days
    assert newest == [date(2021, 4, day) for day in (22, 21, 20)]
    assert parse(since="2021-04-20", order="newest").days == newest
    assert parse(since="2021-04-20", order="oldest").days == newest[::-1]


@pytest.mark.parametrize("value", ["oldest first", "", "Newest", "asc"])
def test_what_is_no_order_is_refused_with_those_that_are(value: str) -> None:
    """Without it a slip of the finger walks ten years from the wrong end."""
    assert refusal(order=value) == f"-a order={value} is not an order; give newest or oldest"


@pytest.mark.parametrize(
    ("given", "job"),
    [
        ({}, "daily"),
        ({"limit": "3", "order": "oldest", "latest_depth": "0", "wait": "60"}, "daily"),
        ({"until": "2021-04-20", "since": "2021-04-01", "limit": "3"}, "since=2021-04-01 until=2021-04-20"),
        ({"since": "2021-04-01"}, "since=2021-04-01"),
        ({"archive": "https://ani:rahasia@host/a.warc.gz"}, "archive=https://***@host/a.warc.gz"),
        ({"archive": "nama\udcff\x1b.warc.gz"}, r"archive=nama\udcff\u001b.warc.gz"),
    ],
)
def test_a_job_is_its_request_and_not_the_way_it_is_done(given: dict[str, str], job: str) -> None:
    """Without it a run that goes on with another limit, or from the other end, begins anew."""
    assert parse(**given).job == job


def test_the_job_of_a_list_is_its_name(tmp_path: Path) -> None:
    """Without it the failure lists of different folders are different jobs."""
    assert parse(urls=listed(tmp_path, URL)).job == "urls=urls.txt"


def test_a_daily_run_looks_two_weeks_back_from_its_own_days_and_a_range_does_not() -> None:
    """Without it a week in which the machine was off stays missing, or a chosen range grows."""
    earlier = parse().earlier_days
    assert (earlier[0], earlier[-1], len(earlier)) == (date(2021, 4, 20), date(2021, 4, 7), 14)
    assert parse(since="2021-04-20").earlier_days == []


FRONTS = ["https://www.kompas.com/global", "https://internasional.kompas.com/"]


def test_the_fronts_are_read_by_the_daily_run_and_where_a_list_names_them(tmp_path: Path) -> None:
    """Without it a backfill reads the fronts of today, or a front that failed cannot be read again."""
    assert parse().fronts == FRONTS
    assert parse(since="2021-04-20").fronts == []
    assert parse(urls=listed(tmp_path, f"{URL}\n")).fronts == []
    assert parse(urls=listed(tmp_path, f"{FRONTS[1]}\n{FRONTS[1]}\n")).fronts == FRONTS[1:]


@pytest.mark.parametrize(
    ("given", "mode"),
    [({}, Mode.LIVE), ({"replay": "a.warc.gz"}, Mode.REPLAY), ({"archive": "a.warc.gz"}, Mode.ARCHIVE)],
    ids=["live", "replay", "archive"],
)
def test_the_mode_of_a_crawl_is_the_one_of_its_arguments(given: dict[str, str], mode: Mode) -> None:
    """Without it a component asks the site in a run that reads an archive."""
    crawler = get_crawler()
    crawler.spider = KompasGlobalSpider(parse_arguments(given, NOON))
    assert arguments_of(crawler).mode is mode


def test_a_spider_of_another_project_has_the_defaults_and_no_job() -> None:
    """Without it its runs continue the daily job, which then leaves out what they did not read."""
    crawler = get_crawler()
    crawler.spider = Spider("lain")
    arguments = arguments_of(crawler)
    assert (arguments.mode, arguments.job, arguments.is_range) == (Mode.LIVE, "none", False)


def test_only_a_run_over_days_lists(tmp_path: Path) -> None:
    """Without it a list of three addresses is judged for having listed nothing."""
    assert parse().lists
    assert parse(since="2021-04-20").lists
    assert not parse(archive="a.warc.gz").lists
    assert not parse(urls=listed(tmp_path, f"{URL}\n")).lists


@pytest.mark.parametrize(
    "address",
    [
        "https://indeks.kompas.com/?site=global&date=2021-04-22",
        "https://indeks.kompas.com/?site=global&date=2021-04-22&page=3",
        "https://www.kompas.com/global",
        "https://internasional.kompas.com/",
    ],
)
def test_a_list_may_name_index_days_and_fronts(tmp_path: Path, address: str) -> None:
    """Without it a day that failed cannot be tried again by itself."""
    assert list(parse(urls=listed(tmp_path, address)).urls) == [address]


@pytest.mark.parametrize(
    "given",
    [
        {"urls": "a", "archive": "b"},
        {"urls": "a", "since": "2021-04-01"},
        {"archive": "b", "until": "2021-04-01"},
        {"archive": "b", "since": "2021-04-01", "until": "2021-04-01"},
        {"archive": "b", "replay": "c"},
    ],
)
def test_two_ways_to_choose_stories_are_refused(given: dict[str, str]) -> None:
    """Without it one of them is silently left out."""
    said = refusal(**given)
    assert said.startswith("-a urls=, -a archive= and a range of days exclude each other")
    assert said.endswith("give one of them")


def test_a_recording_answers_whatever_is_asked_and_is_a_job_of_its_own() -> None:
    """Without it a replay of last year goes on where the live crawl of those days was stopped."""
    replayed = parse(replay="a.warc.gz", since="2021-04-01", until="2021-04-02")
    assert (replayed.replay, replayed.is_range, replayed.lists) == ("a.warc.gz", True, True)
    assert replayed.job != parse(since="2021-04-01", until="2021-04-02").job


def test_an_archive_is_handed_on_as_it_was_given() -> None:
    """Without it the run reads another archive, or the network."""
    assert parse(archive="a.warc.gz,b").archive == "a.warc.gz,b"
    assert parse().archive is None


def test_an_archive_without_a_name_is_refused() -> None:
    """Without it `-a archive=$FILE` with an unset variable asks the live site, where no network was wanted at all."""
    assert "-a archive=" in refusal(archive="")
    assert "-a replay=" in refusal(replay="")


def test_a_list_gives_its_addresses_without_blanks_and_comments(tmp_path: Path) -> None:
    """Without it a list kept by hand has to be cleaned first."""
    other = story_url("2021/04/22/170000070")
    text = f"# dua berita\n\n  {URL}  \r\n{other}?page=2\n#{URL}\n"
    assert list(parse(urls=listed(tmp_path, text)).urls) == [URL, f"{other}?page=2"]


def test_a_list_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Without it a list saved by a Windows editor is refused for an address that looks right."""
    assert list(parse(urls=listed(tmp_path, f"\ufeff{URL}\n")).urls) == [URL]


@pytest.mark.parametrize("text", ["", "\n\n", "# hanya catatan\n"])
def test_an_empty_list_is_refused(tmp_path: Path, text: str) -> None:
    """Without it an empty list starts the daily crawl."""
    name = listed(tmp_path, text)
    assert refusal(urls=name) == f"the list -a urls={name} holds no URL"


@pytest.mark.parametrize("line", ["https://www.kompas.com/tren/read/2021/04/22/160600865/j", "berita", "example.org"])
def test_a_list_with_a_stranger_is_refused_by_that_line(tmp_path: Path, line: str) -> None:
    """Without it the user does not learn which of a thousand lines is wrong."""
    name = listed(tmp_path, f"{URL}\n{line}\n")
    assert refusal(urls=name) == (
        f"{line} in {name} is no article, index day or front of kanal Global or Internasional; take it out of the list"
    )


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Without it a wrong path or a binary file ends in a traceback."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in (tmp_path / "missing.txt", tmp_path, tmp_path / "binary", ""):
        said = refusal(urls=str(name))
        assert said.startswith(f"the list -a urls={name} cannot be read (")
        assert said.endswith("give a text file with one URL a line, or a bundle")

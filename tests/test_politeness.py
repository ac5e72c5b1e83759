"""What the site sees of a crawl: the time between its requests, and its end after a signal or a refusal."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from crawler.health.judgement import EARLY_ENDS
from crawler.kompas.urls import article_id
from tests.conftest import ROOT, Crawl, Run
from tests.downloader import SENT
from tests.runs import query, robots_asked, stories_asked
from tests.site import pages_odd
from tests.site.server import LookAlike
from tests.site.site import NOT_FOUND, TROUBLES, Reply, Site
from tests.test_whole_crawl import FAST

DAY: Final = date(2026, 4, 16)
ONE_DAY: Final = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0", *FAST)
BUSY: Final = Reply(503, [("Content-Type", "text/html")], b"<html><body><p>Sedang sibuk.</p></body></html>")
TOO_MANY: Final = Reply(429, [("Content-Type", "text/html")], b"<html><body><p>Terlalu banyak.</p></body></html>")
BROKEN: Final = Reply(500, [("Content-Type", "text/html")], b"<html><body><p>Rusak.</p></body></html>")
EARLY: Final = 0.02
"""Seconds by which a timer may be early. Load makes what is measured here longer, never shorter."""


def robots(*rules: str) -> Reply:
    """The look-alike's own file with more rules for everybody."""
    text = pages_odd.ROBOTS.decode().replace("User-Agent: *\n", "\n".join(("User-Agent: *", *rules, "")))
    return Reply(200, [("Content-Type", "text/plain")], text.encode())


def asks_to_wait(reply: Reply, stated: str) -> Reply:
    return Reply(reply.status, [*reply.headers, ("Retry-After", stated)], reply.body)


class Guarded(Site):
    """The look-alike with answers of its own."""

    def __init__(
        self,
        robots: Mapping[str, Reply] | None = None,
        first: Mapping[int, list[Reply]] | None = None,
        rest: Reply | None = None,
    ) -> None:
        """
        :param robots: robots.txt by host.
        :param first: by the number of a story on its day: what is answered before the story itself.
        :param rest: to every request for a story after the third.
        """
        super().__init__()
        self.robots = robots or {}
        self.first = {self.listed(DAY)[number]: list(replies) for number, replies in (first or {}).items()}
        self.rest = rest
        self.asked = 0

    def respond(self, url: str) -> Reply:
        parts = urlsplit(url)
        story = article_id(url)
        self.asked += story is not None
        if parts.path == "/robots.txt":
            return self.robots.get(parts.hostname or "") or super().respond(url)
        if story and self.rest and self.asked > 3:
            return self.rest
        waiting = self.first.get(story or "")
        return waiting.pop(0) if waiting else super().respond(url)


def gaps_after(site: LookAlike, story: str) -> list[float]:
    """Seconds until the next request, whatever it is for, after each one for a story."""
    pairs = itertools.pairwise(site.requests)
    return [later.at - earlier.at for earlier, later in pairs if article_id(earlier.url) == story]


def failed(folder: Path) -> dict[str, str]:
    return dict(query(folder / "store.db", "select article_id, reason from failures"))


def ended_early(run: Run, reason: str) -> bool:
    status = 5 if "unreachable" in reason else 4
    return run.status == status and f"kompas_global: not healthy: {EARLY_ENDS[reason]}" in run.stderr


@pytest.mark.parametrize("throttle", [True, False])
def test_the_longest_crawl_delay_is_the_least_time_between_two_requests(
    crawl: Crawl, tmp_path: Path, throttle: bool
) -> None:
    """Without it the crawl is faster than robots.txt allows: always, or where the delay is varied or adapted."""
    rules = {"indeks.kompas.com": robots("Crawl-delay: 0.4"), "www.kompas.com": robots("Crawl-delay: 0.7")}
    speed = ("DOWNLOAD_DELAY=0.1", "AUTOTHROTTLE_START_DELAY=0.1", "AUTOTHROTTLE_MAX_DELAY=0.5")
    options = [part for one in (*speed, f"AUTOTHROTTLE_ENABLED={throttle}") for part in ("-s", one)]
    with LookAlike(Guarded(rules)) as site:
        env = {**site.env(), SENT: str(tmp_path / "sent.jsonl")}
        run = crawl(*ONE_DAY, "-a", "limit=3", *options, "-s", "DOWNLOADER=tests.downloader.Observed", env=env)
    assert run.status == 0, run.stderr[-2000:]
    sent = [json.loads(line) for line in (tmp_path / "sent.jsonl").read_text().splitlines()]
    assert [url for url, _ in sent] == [asked.url for asked in site.requests]
    after_robots = [url for url, _ in sent].index("https://www.kompas.com/robots.txt")
    gaps = [later - earlier for (_, earlier), (_, later) in itertools.pairwise(sent)]
    assert min(gaps) >= 0.4 - EARLY
    assert len(gaps[after_robots:]) >= 3
    assert min(gaps[after_robots:]) >= 0.7 - EARLY
    assert "robots.txt of www.kompas.com asks for 0.7 s between requests" in run.stderr


def test_a_wait_is_as_long_as_the_site_says_and_else_longer_each_time(crawl: Crawl) -> None:
    """Without it a site under load gets the same request again at once, and the other stories meanwhile."""
    answers = {1: [asks_to_wait(BUSY, "2")], 3: [TOO_MANY, TOO_MANY, BUSY]}
    with LookAlike(Guarded(first=answers)) as site:
        run = crawl(*ONE_DAY, "-s", "KOMPAS_BACKOFF=0.4", env=site.env())
    told, untold = (site.site.listed(DAY)[number] for number in answers)
    assert run.status == 0, run.stderr[-2000:]
    assert len(run.records) == len(site.site.listed(DAY))
    assert gaps_after(site, told)[0] >= 2 - EARLY
    waits = gaps_after(site, untold)[:3]
    assert all(gap >= wait - EARLY for gap, wait in zip(waits, (0.4, 0.8, 1.6), strict=True)), waits


def test_a_wait_that_no_run_can_keep_ends_it_and_the_next_run_has_the_rest(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a run asks again before it may, or fails stories that it never requested."""
    with LookAlike(Guarded(first={2: [asks_to_wait(TOO_MANY, "86400")]})) as site:
        run = crawl(*ONE_DAY, env=site.env())
        assert ended_early(run, "told_to_wait"), run.stderr[-2000:]
        assert stories_asked(site).index(site.site.listed(DAY)[2]) == len(stories_asked(site)) - 1, "the last request"
        assert failed(tmp_path) == {}
        again = crawl(*ONE_DAY, env=site.env())
    assert again.status == 0, again.stderr[-2000:]
    assert sorted(record["id"] for record in [*run.records, *again.records]) == sorted(site.site.listed(DAY))


def test_a_story_that_is_busy_for_ever_keeps_no_other_waiting(crawl: Crawl, tmp_path: Path) -> None:
    """Without it every run ends at this story, and those behind it are never requested."""
    with LookAlike(Guarded(first={2: [asks_to_wait(BUSY, "3600")] * 9})) as site:
        run = crawl(*ONE_DAY, env=site.env())
        busy, others = site.site.listed(DAY)[2], {*site.site.listed(DAY)} - {site.site.listed(DAY)[2]}
        assert run.status == 1, run.stderr[-2000:]
        assert {record["id"] for record in run.records} == others
        assert stories_asked(site).count(busy) == 1, "not retried"
        assert list(failed(tmp_path).values()) == ["HttpStatus 503"]


def test_a_signal_during_a_wait_ends_the_run_soon_and_nothing_more_is_asked(tmp_path: Path) -> None:
    """Without it a service that is stopped hangs for minutes and is killed, or asks once more on its way out."""
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", *ONE_DAY]
    with LookAlike(Guarded(first={2: [asks_to_wait(BUSY, "300")]})) as site:
        process = subprocess.Popen(
            [*command, "-s", f"KOMPAS_DB={tmp_path / 'store.db'}", "-s", "KOMPAS_WARC_DIR="],
            cwd=ROOT,
            env={**os.environ, **site.env()},
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stderr is not None
            assert any("Waiting 300 s" in line for line in process.stderr)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read()
    assert time.monotonic() - began < 100
    assert process.returncode == 1
    assert EARLY_ENDS["shutdown"] in said
    assert stories_asked(site).index(site.site.listed(DAY)[2]) == len(stories_asked(site)) - 1, "the last request"
    assert failed(tmp_path) == {}


def test_a_host_without_robots_txt_is_crawled_and_a_rule_is_kept(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a missing file stops the crawl, or its error page is read as rules, or a rule is not heeded."""
    kept_out, *rest = Site().listed(DAY)
    rules = robots(f"Disallow: /*/{kept_out}/")
    misleading = Reply(404, NOT_FOUND.headers, b"User-agent: *\nDisallow: /\n")
    with LookAlike(Guarded({"indeks.kompas.com": misleading, "www.kompas.com": rules})) as site:
        run = crawl(*ONE_DAY, env=site.env())
    assert {record["id"] for record in run.records} == set(rest)
    assert set(stories_asked(site)) == set(rest)
    assert failed(tmp_path) == {kept_out: "RobotsTxt"}
    kept = "select host, status, text from robots join robots_texts using (sha256) order by host"
    assert query(tmp_path / "store.db", kept) == [
        ("indeks.kompas.com", 404, misleading.body.decode()),
        ("www.kompas.com", 200, rules.body.decode()),
    ]


def test_rules_that_cannot_be_read_end_the_run_before_it_began(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a site in trouble is crawled as if it had no rules, or 3,000 index days fail one by one."""
    days = ("-a", "since=2026-04-01", "-a", f"until={DAY}", *FAST)
    with LookAlike(Guarded({"indeks.kompas.com": BROKEN})) as site:
        run = crawl(*days, "-s", "RETRY_TIMES=1", env=site.env())
    assert ended_early(run, "robots_unreachable"), run.stderr[-2000:]
    assert "Traceback" not in run.stderr
    assert run.stderr.count("robots.txt of indeks.kompas.com is unreachable (status 500)\n") <= 3, "twice in the log"
    assert len(site.requests) == robots_asked(site) == 2, "asked for once, and once more"
    assert query(tmp_path / "store.db", "select reason from failures") == [("RobotsTxt",)]


@pytest.mark.parametrize("trouble", ["challenge", "checkpoint"])
def test_challenges_end_the_run(trouble: str, crawl: Crawl, tmp_path: Path) -> None:
    """Without it the crawl goes on against a site that has begun to test it, until its address is shut out."""
    with LookAlike(Guarded(rest=TROUBLES[trouble])) as site:
        run = crawl(*ONE_DAY, env=site.env())
    assert ended_early(run, "blocked"), run.stderr[-2000:]
    asked = stories_asked(site)
    assert len(asked) <= 6, "the two that tell it, and one that was under way"
    assert set(failed(tmp_path).values()) == {"Blocked"}
    assert set(failed(tmp_path)) <= set(asked[3:])
    assert len(run.records) == 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (TROUBLES["forbidden"], "blocked"),
        (TOO_MANY, "blocked"),
        (BROKEN, "site_unreachable"),
    ],
    ids=["forbidden", "too many", "broken"],
)
def test_a_streak_of_refusals_or_failures_ends_the_run(
    answer: Reply, reason: str, crawl: Crawl, tmp_path: Path
) -> None:
    """Without it every story of a year is requested, four times each, from a site that answers none of them."""
    with LookAlike(Guarded(rest=answer)) as site:
        options = ("-s", "KOMPAS_BLOCK_STREAK=3", "-s", "KOMPAS_BACKOFF=0", "-s", "RETRY_TIMES=0")
        run = crawl(*ONE_DAY, *options, env=site.env(), changes=["crawler.extensions.brake.FAILURE_STREAK=3"])
        assert ended_early(run, reason), run.stderr[-2000:]
        asked = stories_asked(site)
        assert len(asked) <= 3 + 3 + 1, "the good ones, the streak, and one that was under way"
        assert set(failed(tmp_path)) <= set(asked[3:])
        assert len(run.records) == 3
        site.site = Site()
        again = crawl(*ONE_DAY, env=site.env())
    assert (again.status, "failed in earlier runs" in again.verdict[-1]) == (1, True), again.stderr[-2000:]
    assert {record["id"] for record in [*run.records, *again.records]} | set(failed(tmp_path)) == set(
        site.site.listed(DAY)
    )

"""A fact is in the ledger before the requests that follow from it are scheduled: a kill in between loses no story."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from scrapy import Request
from scrapy.core.scheduler import Scheduler

from crawler.kompas.urls import article_id
from tests.conftest import Crawl
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

DAY, NEXT = date(2026, 4, 16), date(2026, 4, 17)
SCHEDULED = "scheduled story, "


def look_into_the_ledger_at_each_request() -> None:
    """Print for every story that is scheduled whether another connection finds it in the ledger at this moment."""
    enqueue = Scheduler.enqueue_request

    def watched(scheduler: Scheduler, request: Request) -> bool:
        story = article_id(request.url)
        assert scheduler.crawler is not None
        if story:
            via = request.cb_kwargs["discovery"].via
            with closing(sqlite3.connect(scheduler.crawler.settings["KOMPAS_DB"])) as store:
                known = "select 1 from listed where article_id = ?1 union select 1 from sightings where article_id = ?1"
                print(SCHEDULED + via, "known" if store.execute(known, (story,)).fetchone() else "UNKNOWN")
        return enqueue(scheduler, request)

    Scheduler.enqueue_request = watched  # type: ignore[assignment,method-assign]


def test_a_story_is_in_the_ledger_before_its_request_is_in_the_queue(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a kill leaves stories that an index page listed, or a box led to, and that no later run looks for."""
    with LookAlike(Living(DAY, NEXT)) as site:
        days = ("-a", f"since={DAY}", "-a", f"until={DAY}")
        watch = ["tests.test_facts_first.look_into_the_ledger_at_each_request"]
        run = crawl(*days, *FAST, env=site.env(), changes=watch)
    assert run.status == 0, run.stderr[-3000:]
    scheduled = [line.removeprefix(SCHEDULED) for line in run.stdout.splitlines() if line.startswith(SCHEDULED)]
    assert {line.split()[0] for line in scheduled} >= {"index", "latest"}
    assert [line for line in scheduled if "UNKNOWN" in line] == []

"""The stories that the plan of a run requests: each once, and stored ones only under a condition."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.open_store import OpenStore
from crawler.plan import Conditions
from crawler.recent import ENOUGH
from tests.extensions.plans import plan_of
from tests.facts import make_entry, make_exclusion, make_page, make_visit
from tests.make import STORY, URL, make_article, make_failure, story_url

NEW = story_url("2021/04/22/170000070")
COUNT = "kompas/skip_known/stored"
LONG_AFTER = datetime(2021, 8, 1, tzinfo=UTC)


def test_a_stored_story_is_wanted_under_no_address_and_counted_once(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it every nightly run fetches the whole kanal anew."""
    OpenStore.of(crawler).save(make_article(fetched_at=LONG_AFTER))
    plan = plan_of(crawler)
    addresses = (URL, f"{URL}?page=all", story_url(STORY), URL.replace("www.", "amp."))
    assert [plan.wants(url) for url in addresses] == [None] * 4
    assert stats[COUNT] == 1


def test_a_new_story_is_wanted_once_a_run_under_whatever_address(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a story that is linked from ten pages is fetched ten times, or counted as known."""
    plan = plan_of(crawler)
    assert plan.wants(NEW) == Conditions()
    OpenStore.of(crawler).save(make_article(id="2021/04/22/170000070"))
    addresses = (NEW, f"{NEW}?page=all", f"{NEW}?utm_source=x#komentar", NEW.replace("www.", "amp."), f"{NEW}-lain")
    assert [plan.wants(url) for url in addresses] == [None] * 5
    assert COUNT not in stats


def test_other_stories_of_the_same_minute_or_slug_are_stories_of_their_own(crawler: Crawler) -> None:
    """Without it two stories are taken for one, and the second is never fetched."""
    plan = plan_of(crawler)
    urls = [URL, story_url("2021/04/22/160600970"), story_url("2021/04/23/160600870")]
    assert [plan.wants(url) for url in urls] == [Conditions()] * 3


def test_a_story_is_wanted_once_in_a_run_of_whatever_length(
    crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a story that is linked again weeks later is fetched again, or the memory grows without bound."""
    plan = plan_of(crawler)
    run = OpenStore.run_of(crawler)
    assert plan.wants(NEW) == Conditions()
    six_hours_old_meanwhile = run.started_at - timedelta(hours=6) + timedelta(seconds=1)
    story = make_article(id="2021/04/22/170000070", published_at=six_hours_old_meanwhile, fetched_at=run.started_at)
    OpenStore.of(crawler).save(story)
    for number in range(ENOUGH):
        plan._met.add(f"2020/01/01/{number:09}")
    monkeypatch.setattr("crawler.extensions.crawl_plan.utc_now", lambda: run.started_at + timedelta(days=1))
    assert plan.wants(NEW) is None
    assert COUNT not in stats, "it is no story that an earlier run stored"


def test_a_story_that_lacks_pages_is_wanted_again(crawler: Crawler) -> None:
    """Without it half a story is never completed."""
    OpenStore.of(crawler).save(make_article(complete=False))
    assert plan_of(crawler).wants(URL) == Conditions()


def test_a_retitled_story_is_wanted_on_the_condition_that_it_changed(crawler: Crawler) -> None:
    """Without it every look at a story costs the site a whole page."""
    store = OpenStore.of(crawler)
    seen = make_visit().visited_at
    store.save(make_article(fetched_at=seen))
    store.ledger.keep(make_page(make_entry(title="Lama"), read_at=seen))
    store.ledger.keep(make_visit(url=f"{URL}?page=all"))
    store.ledger.keep(make_page(make_entry(title="Baru"), read_at=seen + timedelta(hours=1)))
    assert plan_of(crawler).wants(f"{URL}?page=all") == Conditions('"satu"', "Thu, 22 Apr 2021 09:06:00 GMT")


def test_a_failed_story_is_wanted_without_condition(crawler: Crawler) -> None:
    """Without it "not modified" is all that comes of a story that is not stored whole."""
    store = OpenStore.of(crawler)
    store.save(make_article(fetched_at=make_article().published_at))
    store.ledger.keep(make_visit(url=f"{URL}?page=all", visited_at=make_article().published_at))
    store.record_failure(make_failure())
    assert plan_of(crawler).wants(f"{URL}?page=all") == Conditions(is_last=True)


def test_an_unwanted_story_is_counted_by_its_state(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a run counts stories of other kanals as known."""
    OpenStore.of(crawler).ledger.keep(make_exclusion())
    plan = plan_of(crawler)
    assert [plan.wants(URL), plan.wants(URL)] == [None, None]
    assert stats["kompas/skip_known/excluded"] == 1
    assert COUNT not in stats

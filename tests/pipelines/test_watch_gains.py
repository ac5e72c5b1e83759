"""Which stories are marked, and which revisions are held back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.gains_watch import GainsWatch
from crawler.extensions.open_store import OpenStore
from crawler.health.facts import REVISED, FactCounts
from crawler.items import Article, Provenance
from crawler.pipelines.watch_gains import WatchGains
from tests.make import CAPTURED_AT, make_article, make_story_item

PROMO = "Nikmati kabar laut langsung dari ponsel Anda."
LATER = CAPTURED_AT + timedelta(days=1)
PLACE = Provenance("a.warc.gz", 7, "<urn:uuid:1>", "sha1:A", "2")
STORIES = [f"2021/04/22/16060{number}870" for number in range(6)]
Process = Callable[[Article], bool]


@pytest.fixture
def process(crawler: Crawler) -> Process:
    """Return whether the pipeline holds an article back."""
    store = OpenStore.of(crawler)
    watch = WatchGains(crawler, store, Counter())

    def is_held(article: Article) -> bool:
        return watch.holds(make_story_item(article), store.revisions(article.id))

    return is_held


def story(number: int, text: str = "", **changes: Any) -> Article:
    own = f"Kapal {'a' * (number + 1)} itu tiba di pelabuhan kemarin."
    text = f"{own}\n\n{text}" if text else own
    given = {"tags": [], "provenance": PLACE, **changes}
    return make_article(id=STORIES[number], text=text, content_hash=text, **given)


def store_all(crawler: Crawler) -> None:
    for number in range(len(STORIES)):
        OpenStore.of(crawler).save(story(number))


def held(crawler: Crawler) -> dict[str, set[str]]:
    return {one.article_id: one.doubted for one in OpenStore.of(crawler).suspects.held()}


def test_odd_markup_is_counted_and_marks_its_story(crawler: Crawler) -> None:
    """Without it an unknown box leaks into the text of every story, unseen."""
    facts = frozenset({"has/p", "has/div.promo", "title"})
    counts: Counter[str] = Counter()
    WatchGains(crawler, OpenStore.of(crawler), counts).holds(make_story_item(story(0), facts=facts), [])
    assert OpenStore.of(crawler).suspects.by_story() == {STORIES[0]: {"has/div.promo"}}
    assert counts == {"reading/read/has/p": 1, "reading/read/has/div.promo": 1, "suspects/marked": 1}


def test_the_third_story_that_gains_a_line_is_held_back(crawler: Crawler, process: Process) -> None:
    """Without it one promo line gives ten thousand stories a new revision."""
    store_all(crawler)
    for number in (0, 1):
        assert not process(story(number, PROMO, fetched_at=LATER))
    for number in (2, 3):
        assert process(story(number, PROMO, fetched_at=LATER))
    assert held(crawler) == {
        STORIES[number]: {"line/nikmati kabar laut langsung dari ponsel anda"} for number in (2, 3)
    }
    assert OpenStore.of(crawler).suspects.held()[0].places[0].warc_offset == 7


@pytest.mark.parametrize(
    "changed",
    [
        story(4, f"{PROMO} Kapal itu ternyata pergi lagi kemarin.", fetched_at=LATER),
        story(4, PROMO, fetched_at=LATER, title="Judul Lain"),
        story(4, PROMO, fetched_at=LATER, provenance=replace(PLACE, warc_file=None)),
        story(4, "", fetched_at=LATER),
    ],
    ids=["a correction", "another title", "bytes not archived", "no change"],
)
def test_what_is_more_than_the_line_or_would_be_lost_is_stored(
    crawler: Crawler, process: Process, changed: Article
) -> None:
    """Without it a correction is held back with the promo line, or a capture is in no archive and no store."""
    store_all(crawler)
    for number in (0, 1):
        process(story(number, PROMO, fetched_at=LATER))
    assert process(story(2, PROMO, fetched_at=LATER))
    assert not process(changed)


def test_a_story_that_loses_the_line_is_revised(crawler: Crawler, process: Process) -> None:
    """Without it a story that was stored with the promotion line keeps it."""
    for number in range(4):
        OpenStore.of(crawler).save(story(number, PROMO))
    GainsWatch.of(crawler).baseline.lines.add("nikmati kabar laut langsung dari ponsel anda")
    clean = story(0, fetched_at=LATER)
    assert not process(clean)


def test_a_storm_without_a_line_holds_revisions_back(crawler: Crawler, process: Process) -> None:
    """Without it a change of the markup that alters every text makes a revision of each."""
    store_all(crawler)
    base = GainsWatch.of(crawler).baseline
    base.revisits += FactCounts(400)
    base.revisits.facts[REVISED] = 4
    crawler.stats.set_value("kompas/reading/revisits/articles", 9)
    crawler.stats.set_value("kompas/reading/revisits/revised", 8)
    assert process(story(0, "Satu kalimat lain di akhir.", fetched_at=LATER))
    assert held(crawler) == {STORIES[0]: {"storm"}}


def test_a_later_capture_that_is_stored_frees_the_story(crawler: Crawler, process: Process) -> None:
    """Without it an older capture comes in by reextract after the storm is over."""
    store_all(crawler)
    for number in (0, 1):
        process(story(number, PROMO, fetched_at=LATER))
    assert process(story(2, PROMO, fetched_at=LATER))
    process(story(2, fetched_at=LATER + timedelta(days=1)))
    assert held(crawler) == {}


def test_revisits_are_counted(crawler: Crawler, process: Process, stats: dict[str, Any]) -> None:
    """Without it there is no usual share of revised stories."""
    store_all(crawler)
    process(story(0, fetched_at=LATER))
    process(story(1, "Satu kalimat lain di akhir.", fetched_at=LATER))
    process(make_article(id="2021/04/22/170000870"))
    assert stats["kompas/reading/revisits/articles"] == 2
    assert stats["kompas/reading/revisits/revised"] == 1

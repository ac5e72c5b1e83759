"""A store of some months as a crawl leaves it: busy days and gaps, copies, runs good and bad, headlines that mean harm.

``python -m tests.dataset.report.season OUT.db [DAYS]`` makes one to look at.
"""

import random
import sys
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from crawler.dedupe.likeness import Likeness
from crawler.items import Article, Block
from crawler.kompas.text.dates import WIB
from crawler.ledger_facts import Entry, IndexDay, IndexPage
from crawler.storage import Store
from crawler.storage.runs import Beginning, End
from tests.make import make_article, story_url

FIRST: Final = date(2021, 1, 30)
HARM: Final = '<script>window.harmed = true</script><img src=x onerror="window.harmed = true">'
"""Stands in headlines, tags, datelines, agencies: text and nothing else."""
INHERITED: Final = ("constructor", "toString", "hasOwnProperty", "__proto__")
"""Names that every object of JavaScript has: words like others."""
LONG: Final = "Kementerian Koordinator Bidang Kelautan dan Pulau-Pulau Terluar Kerajaan Bersatu"
PLACES: Final = ("PULAU TERJAUH", "KOTA LAMA", "TANJUNG ANGIN", "MUARA", "BUKIT GARAM", HARM, *INHERITED)
AGENCIES: Final = ("Kantor Berita Laut", "Warta Selat", HARM, *INHERITED)
TAGS: Final = ("kapal", "badai", "pemilu", "nelayan", LONG, HARM, *INHERITED)


def fill_season(store: Store, days: int) -> None:
    """Days from `FIRST` on; every seventh was not read to its end, every ninth has nothing, every eleventh lost one."""
    draw = random.Random(7)
    for number in range(days):
        day = FIRST + timedelta(days=number)
        stories = [] if number % 9 == 5 else [_story(draw, day, place) for place in range(draw.randint(1, 4))]
        for article in stories:
            store.save(article, Likeness(article.text))
        listed = [article.id for article in stories]
        if number % 11 == 3:
            listed.append(f"{day:%Y/%m/%d}/235900070")
        _list(store, day, listed, ends_day=number % 7 != 2)
        if number % 6 == 0:
            _run(store, day, len(stories), number)


def _story(draw: random.Random, day: date, place: int) -> Article:
    moment = datetime.combine(day, time(8 + place), WIB)
    words = [f"kata{draw.randint(0, 9999)}" for _ in range(draw.randint(40, 900))]
    is_copy = draw.random() < 0.1  # the text of an earlier day, with another end
    if is_copy:
        words = [f"sama{number}" for number in range(300)] + words[:3]
    text = " ".join(words)
    return make_article(
        id=f"{day:%Y/%m/%d}/{moment:%H%M%S}070",
        title=f"{HARM} {words[0]}" if is_copy or draw.random() < 0.1 else f"Berita {words[0]}",
        section=draw.choice(("Global", "Global", "Global", "Internasional")),
        kind=draw.choice(("article", "article", "article", "digest", "video")),
        published_at=moment,
        fetched_at=moment.astimezone(UTC) + timedelta(hours=2),
        body=[Block("paragraph", text)],
        dateline=draw.choice((None, *PLACES)),
        agencies=draw.sample(AGENCIES, draw.randint(0, 2)),
        countries=draw.sample(("ID", "NA", "US", "UA"), draw.randint(0, 3)),
        dateline_country=draw.choice((None, "GB", "NL")),
        tags=draw.sample(TAGS, draw.randint(0, 4)),
        complete=draw.random() > 0.05,
    )


def _list(store: Store, day: date, stories: list[str], *, ends_day: bool) -> None:
    read_at = datetime.combine(day + timedelta(days=3), time(1), UTC)
    index = IndexDay("global", day, f"https://indeks.example/?date={day}")
    entries = [Entry(story_url(story), "Berita", "Global", story) for story in stories]
    store.ledger.ask_day(index, read_at)
    store.ledger.save_page(IndexPage(index, index.url, 1, 1, 0, entries, ends_day, read_at))


def _run(store: Store, day: date, new: int, number: int) -> None:
    began = datetime.combine(day, time(18, 30), UTC)
    run, _ = store.runs.begin(Beginning("daily", began, "host", 1, "1.0", "1"))
    if number % 24 == 12:
        return  # killed
    healthy = number % 18 != 0
    reasons = [] if healthy else [f"1 failed: HttpStatus 500 {HARM}"]
    end = End(began + timedelta(minutes=9), "finished", healthy, f"{new} new", reasons, {"kompas/store/new": new})
    store.runs.end(run, end)


if __name__ == "__main__":
    with closing(Store(sys.argv[1])) as made:
        fill_season(made, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
    print(Path(sys.argv[1]).stat().st_size)

"""How soon a run tells of an addition to the pages, and how often it tells of one that is none (docs/layout-drift.md).

``python -m benchmarks.gains FOLDER [NIGHTS]``: FOLDER holds the stored pages (see `tests/test_real_pages.py`). The
pages of 2014 to 2017 are the look-alike's.
"""

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Final

from crawler.kompas.urls import ALL_PAGES, page_url
from tests.health.additions import FORMS, PLACES, added, unlike
from tests.health.nights import Nights, Seen, seen
from tests.site.site import Site

NIGHTLY: Final = 40
USUAL: Final = 10
"""Nights before an addition."""
MOST: Final = 50
"""Stories of a layout."""
SHARES: Final = ((1.0, 1), (0.3, 1), (0.05, 7))
"""Share of the pages with the addition, and runs within which it must be reported."""
WRAPPED: Final = (
    '<html><head><link rel="canonical" href="{url}"></head><body><ul class="breadcrumb__wrap">'
    '<li class="breadcrumb__item">Global</li></ul><h1 class="read__title">Judul</h1>'
    '<div class="read__time">Kompas.com - 20/04/2023, 10:00 WIB</div><div class="photo__wrap"></div>'
    '<div class="read__content"><div class="clearfix">{body}</div></div></body></html>'
)


def pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the stored pages of these kanals."""
    for listing in sorted(folder.glob("expected_*.jsonl")):
        for line in listing.read_text(encoding="utf-8").splitlines():
            known = json.loads(line)
            file = folder / known["file"]
            file = file if file.exists() else next(folder.glob(f"*/{known['file']}"))
            yield known["url"], gzip.decompress(file.read_bytes())


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield pages round the stored bodies of 2023, which have no head and no credits."""
    lines = gzip.decompress((folder / "bodies_2023.jsonl.gz").read_bytes()).decode().splitlines()
    for number, line in enumerate(lines):
        body = json.loads(line)["paragraph_html"].strip("[]").replace("</p>, <p", "</p>\n<p")
        url = f"https://www.kompas.com/global/read/2023/04/20/1000{number:02}070/judul"
        yield url, WRAPPED.format(url=url, body=body).encode()


def look_alikes() -> Iterator[tuple[str, bytes]]:
    """Yield the look-alike's pages of 2014 to 2017."""
    site = Site()
    for number, story in enumerate(site.stories.values()):
        if story.layout == "kcm_read" and not story.trouble:
            url = page_url(story.url, ALL_PAGES)
            yield url, unlike(site.respond(url).body, number)


def false_alarms(stories: list[Seen], nights: int) -> tuple[int, Counter[str]]:
    """Return the nights with an alarm among nights of unchanged pages, and what they said."""
    chance = random.Random(1)
    crawl = Nights()
    told: Counter[str] = Counter()
    bad = 0
    for _ in range(nights):
        said = crawl.run(chance.sample(stories, NIGHTLY))
        bad += bool(said)
        told.update(said)
    return bad, told


def usual_nights(plain: list[Seen]) -> Nights:
    """Return a crawl behind its usual nights."""
    chance, crawl = random.Random(2), Nights()
    for _ in range(USUAL):
        crawl.run(chance.sample(plain, min(NIGHTLY, len(plain))))
    return crawl


def runs_until_told(crawl: Nights, plain: list[Seen], changed: dict[str, Seen], share: float, most: int) -> int | None:
    """Return the number of nights until a run reports an addition; None if none of the first `most` does."""
    chance, nightly = random.Random(3), min(NIGHTLY, len(plain))
    for night in range(1, most + 1):
        drawn = chance.sample(plain, nightly)
        able = [one.story for one in drawn if one.story in changed]
        carriers = set(chance.sample(able, min(len(able), round(share * nightly))))
        if crawl.run([_fresh(changed[one.story] if one.story in carriers else one, one, night) for one in drawn]):
            return night
    return None


def _is_added(after: Seen, before: Seen) -> bool:
    """Return whether an addition reached the record; some places are cut away by a rule."""
    new = {fact for fact in after.facts - before.facts if not fact.startswith("cleaning/")}
    return after.text != before.text or bool(new)


def _fresh(one: Seen, plain: Seen, night: int) -> Seen:
    """Return a reading as one of a new story: other vowels in what is not an addition, and another id."""
    vowels = random.Random(f"{plain.story}/{night}").sample("aiueo", 5)
    table, text = str.maketrans("aiueo", "".join(vowels)), one.text
    for line in sorted(set(plain.text.split("\n")) - {""}, key=len, reverse=True):
        text = text.replace(line, line.translate(table))
    return replace(one, story=f"{plain.story}/{night}", text=text)


def main(folder: Path, nights: int) -> None:
    """Print the tables."""
    sources = {"pages": list(pages(folder)), "bodies": list(bodies(folder)), "look-alike": list(look_alikes())}
    plain: dict[str, Seen] = {}
    page_of: dict[str, tuple[str, bytes]] = {}
    for url, page in (one for source in sources.values() for one in source):
        if one := seen(url, page):
            plain[one.story], page_of[one.story] = one, (url, page)
    real = [one for one in plain.values() if one.layout != "kcm_read"]
    layouts = Counter(one.layout for one in plain.values())
    print(f"{len(sources['pages'])} pages, {len(sources['bodies'])} bodies, by layout {dict(layouts)}")
    whole = [plain[story] for story, (url, _) in page_of.items() if url in dict(sources["pages"])]
    for name, stories in (("pages", whole), ("pages and bodies", real)):
        bad, told = false_alarms(stories, nights)
        print(f"{name}: {bad} of {nights} nights of {NIGHTLY} raise an alarm {dict(told.most_common(9))}", flush=True)
    print("\n| layout | addition | place | 100 % | 30 % | 5 % |\n|---|---|---|---|---|---|")
    by_layout: dict[str, list[Seen]] = defaultdict(list)
    for one in plain.values():
        by_layout[one.layout].append(one)
    late = 0
    for layout, all_stories in by_layout.items():
        stories = all_stories[:MOST]
        usual = usual_nights(stories)
        for form in FORMS:
            for place in PLACES if form != "trailing sentence" else PLACES[2:3]:
                changed: dict[str, Seen] = {}
                for number, one in enumerate(stories):
                    url, page = page_of[one.story]
                    new = added(page, form, place, number)
                    after = seen(url, new) if new is not None else None
                    if after is not None and _is_added(after, one):
                        changed[one.story] = after
                found = [runs_until_told(deepcopy(usual), stories, changed, share, most) for share, most in SHARES]
                late += found.count(None)
                print(
                    f"| {layout} | {form} | {place} | {' | '.join(str(one or '**no**') for one in found)} |", flush=True
                )
    print(f"\n{late} of all were not reported in time")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)

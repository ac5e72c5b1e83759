"""Good pages to be damaged: the fixtures, and the lists and odd answers of the look-alike site."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.site.site import TROUBLES, Site

FIXTURES: Final = Path(__file__).parent.parent / "fixtures" / "pages"
FOLDERS: Final = sorted(path.parent for path in FIXTURES.glob("*/*/page.html"))
FRONTS: Final = ("https://www.kompas.com/global", "https://internasional.kompas.com/")


@dataclass(frozen=True)
class Page:
    """An answer of the site, as the crawl gets it."""

    url: str
    body: bytes
    content_type: str = "text/html; charset=UTF-8"


def article_pages() -> dict[str, Page]:
    """The fixtures by `layout/id`, and the answers that stand where a story should."""
    found = {f"{folder.parent.name}/{folder.name}": _fixture(folder) for folder in FOLDERS}
    url = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"
    return found | {name: Page(url, reply.body) for name, reply in TROUBLES.items() if reply.body}


@cache
def list_pages() -> dict[str, Page]:
    """The first index page of a day in every layout, and the section fronts."""
    site = Site()
    days = {layout: day for day, layout in sorted(site.layouts.items())}
    kanals = {"kcm_read": "internasional"}
    urls = {
        layout: f"https://indeks.kompas.com/?site={kanals.get(layout, 'global')}&date={day}"
        for layout, day in days.items()
    }
    urls |= {"empty": "https://indeks.kompas.com/?site=global&date=2021-01-01"}
    urls |= {f"front {url}": url for url in FRONTS}
    return {name: Page(url, site.respond(url).body) for name, url in urls.items()}


def _fixture(folder: Path) -> Page:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return Page(meta["url"], (folder / "page.html").read_bytes())

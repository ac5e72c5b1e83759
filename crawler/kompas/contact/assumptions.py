"""What the crawl assumes of the site, and the table to change where the site differs."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Assumption:
    """One row."""

    claim: str
    """The assumption, as a sentence."""
    change: str
    """Table or function, and its module, that states the assumption in this project."""


ROBOTS: Final = "robots"
ACCESS: Final = "access"
SITEMAP: Final = "sitemap"
INDEX: Final = "index"
MARKUP_OF_INDEX: Final = "index markup"
IDS: Final = "ids"
PAGING: Final = "paging"
LAYOUT: Final = "layout"
CREDITS: Final = "credits"
TIMES: Final = "times"
WHOLE: Final = "page=all"
STATED: Final = "stated text"
OPEN: Final = "open text"
ACCOUNTED: Final = "accounting"

ASSUMPTIONS: Final = {
    ROBOTS: Assumption(
        "robots.txt is there and allows index days and stories", "RobotsTxt in crawler/middlewares/robots.py"
    ),
    ACCESS: Assumption("no bot protection refuses the crawl", "BOT_PROTECTIONS in crawler/kompas/pages/refusals.py"),
    SITEMAP: Assumption("robots.txt names a sitemap that lists pages of the site", "no table: nothing reads it yet"),
    INDEX: Assumption("each day has an index that lists stories", "SECTIONS in crawler/kompas/sections.py"),
    MARKUP_OF_INDEX: Assumption("its entries are in a known markup", "_MARKUPS in crawler/kompas/pages/listing.py"),
    IDS: Assumption("ids of nine digits end in the site code", "SECTIONS in crawler/kompas/sections.py"),
    PAGING: Assumption(
        "page 2 of a long day lists other stories than page 1", "_INDEX_PAGES in crawler/kompas/pages/listing.py"
    ),
    LAYOUT: Assumption("one layout reads each story", "LAYOUTS in crawler/kompas/pages/layouts/__init__.py"),
    CREDITS: Assumption("the page prints its writer or editor", "credit_items in crawler/kompas/pages/layouts/"),
    TIMES: Assumption(
        "the page prints a time, and the clock of the address is the publication",
        "times in crawler/kompas/pages/layouts/",
    ),
    WHOLE: Assumption("?page=all holds the text of all pages", "Story in crawler/kompas/pages/multipage.py"),
    STATED: Assumption(
        "pages since 2022 state their whole text in a script", "_VARIABLE in crawler/kompas/pages/whole_text.py"
    ),
    OPEN: Assumption("no login wall keeps text back", "LOCKS in crawler/kompas/pages/locks.py"),
    ACCOUNTED: Assumption(
        "each text of a story is kept or removed by a rule", "BOXES in crawler/kompas/cleaning/rules.py"
    ),
}
"""Name -> assumption, in the order in which they are printed."""

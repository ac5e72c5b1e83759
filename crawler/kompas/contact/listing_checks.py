"""robots.txt, the sitemap and index days, held against the assumptions."""

import re
from datetime import date
from typing import Final

from crawler.errors import PageError
from crawler.kompas.address import is_on_site
from crawler.kompas.contact.assumptions import IDS, INDEX, MARKUP_OF_INDEX, PAGING, ROBOTS, SITEMAP
from crawler.kompas.contact.findings import Notes
from crawler.kompas.pages.listing import RawIndexPage, read_index
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.sections import has_site_code
from crawler.kompas.urls import article_id, story_urls

_RULES: Final = re.compile(r"^\s*user-agent\s*:", re.IGNORECASE | re.MULTILINE)
_SITEMAP: Final = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_DELAY: Final = re.compile(r"^\s*crawl-delay\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_LOCATION: Final = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.IGNORECASE)


def check_robots(response: SiteResponse, notes: Notes) -> str | None:
    """Note what robots.txt says, and return the address of the sitemap that it names."""
    text = response.body.decode(errors="replace")
    has_rules = bool(_RULES.search(text))
    delay = _DELAY.search(text)
    said = f"Crawl-delay {delay[1]}, which the crawl keeps" if delay else "no Crawl-delay"
    notes.judge(ROBOTS, has_rules, f"{response.url}: {said}" if has_rules else f"{response.url} holds no rules")
    sitemap = _SITEMAP.search(text)
    if sitemap is None or not is_on_site(sitemap[1]):
        notes.judge(SITEMAP, False, f"{response.url} names no sitemap of the site")
        return None
    return sitemap[1]


def check_sitemap(response: SiteResponse, notes: Notes) -> None:
    """Note whether a sitemap lists pages of the site."""
    found = [address.decode(errors="replace") for address in _LOCATION.findall(response.body)]
    own = [address for address in found if is_on_site(address)]
    said = f"{response.url} lists {len(own)} addresses of the site"
    if len(own) != len(found):
        said += f" and {len(found) - len(own)} others"
    notes.judge(SITEMAP, bool(own), said)


def check_index(response: SiteResponse, site: str, day: date, notes: Notes) -> RawIndexPage | None:
    """Note how an index page is marked up, and return it; None where it cannot be read."""
    try:
        page = read_index(document_of(response))
    except PageError as error:
        notes.judge(MARKUP_OF_INDEX, False, f"{day} ({site}): {error.reason}: {error}")
        return None
    if page.entries:
        markups = ", ".join(sorted({entry.markup for entry in page.entries}))
        notes.judge(MARKUP_OF_INDEX, True, f"{day}: {markups}")
    return page


def check_stories(page: RawIndexPage, site: str, day: date, notes: Notes) -> list[str]:
    """Note what an index day lists, and return the addresses of its stories."""
    stories = story_urls(entry.url for entry in page.entries)
    if stories:
        notes.judge(INDEX, True, f"{day} ({site}): {len(stories)} of {len(page.entries)} entries on page 1")
        digits = [(article_id(url) or "").rpartition("/")[2] for url in stories]
        others = [one for one in digits if len(one) == 9 and not has_site_code(one)]
        nine = sum(len(one) == 9 for one in digits)
        if nine:
            said = f"{day}: {nine - len(others)} of {nine}"
            notes.judge(IDS, not others, f"{said}, not {others[0]}" if others else said)
    return stories


def check_paging(first: RawIndexPage, second: RawIndexPage, day: date, notes: Notes) -> None:
    """Note whether page 2 of an index day goes on where page 1 ended."""
    listed = {entry.url for entry in first.entries}
    fresh = [entry for entry in second.entries if entry.url not in listed]
    said = f"{day}: page 2 lists {len(fresh)} entries that page 1 does not, page 1 links {first.last_page} pages"
    notes.judge(PAGING, bool(fresh), said)

"""The kanals that this project collects: everything that the site fixes about them, a row a kanal family.

To collect another kanal, add a row. The functions read the table when they are called.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class IndexSite:
    """A `site` value of the index, and the index days on which the kanal is listed under it."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Section:
    """A kanal under all names that it has had. Each name stands in addresses as the host or as the first segment."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    """How breadcrumb and category metas print it."""
    site_code: str
    """Last two of nine id digits of its stories, on whatever host they stand."""
    fronts: tuple[str, ...]
    """Addresses of its section pages."""
    index_sites: tuple[IndexSite, ...]
    other_sites: tuple[str, ...] = ()
    """`site` values to ask, in this order, for a day on which `index_sites` list no story of the kanal."""


SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        names=("global", "internasional"),  # `global` since 2020; `internasional` before, and again beside it in 2026
        labels=("Global", "Internasional"),
        site_code="70",  # all 36 nine-digit ids of global and 4 of internasional in stored pages
        fronts=("https://www.kompas.com/global", "https://internasional.kompas.com/"),
        index_sites=(  # the kanal moved between October 2019 and March 2020
            IndexSite("internasional", date.min, date(2020, 3, 31)),
            IndexSite("global", date(2019, 10, 1), date.max),
        ),
        # no source shows `global` with a day of 2025-26; `news` lists four kanals, internasional among them (2026-10)
        other_sites=("internasional", "news"),
    ),
)


MIXED: Final = ("news",)
"""Names, also of a host, that stand for several kanals: only the site code of an id tells whose story it is."""


def is_collected(name: str) -> bool:
    """Return whether a kanal is collected, by the name that addresses carry (`global`)."""
    return any(name in section.names for section in SECTIONS)


def has_site_code(digits: str) -> bool:
    """Return whether the id digits of a story end in the site code of a collected kanal; only nine digits have one."""
    return len(digits) == 9 and any(digits.endswith(section.site_code) for section in SECTIONS)


def is_label(text: str) -> bool:
    """Return whether a breadcrumb item or a category meta names a collected kanal, in any case."""
    return any(text.casefold() == label.casefold() for section in SECTIONS for label in section.labels)


def front_urls() -> list[str]:
    """Return the addresses of all section pages."""
    return [url for section in SECTIONS for url in section.fronts]


def index_sites(day: date) -> list[str]:
    """Return the `site` values under which the index lists the collected kanals on a day."""
    return [site.name for section in SECTIONS for site in section.index_sites if site.first <= day <= site.last]


def other_index_sites(day: date) -> list[str]:
    """Return the `site` values to ask, in order, for a day on which those of `index_sites` list no story."""
    named = dict.fromkeys(site for section in SECTIONS for site in section.other_sites)
    return [site for site in named if site not in index_sites(day)]

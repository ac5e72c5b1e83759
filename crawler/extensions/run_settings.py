"""The settings of a run that its row keeps: what decides which pages are requested, and how often."""

from typing import Any, Final

from scrapy.crawler import Crawler

from crawler.arguments import arguments_of
from crawler.own_settings import PREFIX, TABLE

_SWITCHES: Final = ("ROBOTSTXT_OBEY", "RANDOMIZE_DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED")
_NUMBERS: Final = (
    *("DOWNLOAD_DELAY", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "AUTOTHROTTLE_MAX_DELAY"),
    *("AUTOTHROTTLE_START_DELAY", "DOWNLOAD_TIMEOUT", "RETRY_TIMES"),
)
_OURS: Final = (
    *("KOMPAS_BACKOFF", "KOMPAS_BLOCK_STREAK", "KOMPAS_MAX_FAILED_SHARE", "KOMPAS_RENDER", "KOMPAS_REVISIT_HOURS"),
)
"""No path, address or name is among them."""


def settings_of(crawler: Crawler) -> dict[str, Any]:
    """Return the settings by name, in lower case and without `KOMPAS_`, with the mode of the run (`arguments.Mode`).

    `contact_given` says whether the User-Agent named a contact, not which.
    """
    settings = crawler.settings
    return {
        "mode": arguments_of(crawler).mode.value,
        "contact_given": bool(settings["KOMPAS_CONTACT"]),
        **{name.lower(): settings.getbool(name) for name in _SWITCHES},
        **{name.removeprefix("DOWNLOAD_").lower(): settings.getfloat(name) for name in _NUMBERS},
        **{name.removeprefix(PREFIX).lower(): TABLE[name].read(settings[name]) for name in _OURS},
    }

"""The switch: with `REDIS_URL` set, this process is one worker of a crawl that others join and leave."""

from importlib.util import find_spec
from typing import Any, Final

from scrapy.settings import BaseSettings

from crawler.errors import BadArgument
from crawler.storage import is_server

_ROOM: Final = "crawler.distributed"
_PACED: Final = f"{_ROOM}.paced.PacedHandler"
_MEMBERS: Final[dict[str, Any]] = {
    "EXTENSIONS": {
        "crawler.extensions.open_store.OpenStore": None,
        f"{_ROOM}.membership.SharedStore": 10,
        f"{_ROOM}.membership.Membership": 11,
        "crawler.extensions.verdict.Verdict": None,
        f"{_ROOM}.membership.SharedVerdict": 40,
    },
    "SPIDER_MIDDLEWARES": {f"{_ROOM}.lead.Lead": 50},  # nearest to the engine
}
_OF_A_CRAWL: Final[dict[str, Any]] = {
    "SCHEDULER": f"{_ROOM}.scheduler.SharedScheduler",
    "DOWNLOADER_MIDDLEWARES": {f"{_ROOM}.paced.LeftToOthers": 995},  # nearest to the handler
    "DOWNLOAD_HANDLERS": {"http": _PACED, "https": _PACED},
}
_OF_AN_ARCHIVE: Final[dict[str, Any]] = {"KOMPAS_POOL": f"{_ROOM}.pool.SharedPool"}


class DistributedAddon:
    """Reads `REDIS_URL`."""

    def update_settings(self, settings: BaseSettings) -> None:
        """
        :raises BadArgument: workers without a common store, or without the packages that they need.
        """
        if not settings["REDIS_URL"]:
            return
        if not is_server(settings["KOMPAS_DB"] or ""):
            raise BadArgument(
                "REDIS_URL is for several workers, which need one store: give -s KOMPAS_DB=postgresql://..., or leave "
                "REDIS_URL out"
            )
        if settings["KOMPAS_REPLAY"]:
            raise BadArgument("-a replay= is answered in one process; leave REDIS_URL out")
        missing = [name for name in ("redis", "scrapy_redis") if find_spec(name) is None]
        if missing:
            raise BadArgument(f"REDIS_URL needs the package(s) {', '.join(missing)}: pip install scrapy-redis==0.9.1")
        work = _OF_AN_ARCHIVE if settings["KOMPAS_ARCHIVE"] else _OF_A_CRAWL
        for name, value in (_MEMBERS | work).items():
            if name.endswith(("EXTENSIONS", "MIDDLEWARES")):
                settings[name].update(value)
            else:
                settings.set(name, value, priority="cmdline")

"""The switch: with `REDIS_URL` set, this process is one worker of a crawl that others join and leave."""

from importlib.util import find_spec
from typing import Any, Final

from scrapy.settings import BaseSettings

from crawler.errors import BadArgument
from crawler.storage import is_server

INNER: Final = "KOMPAS_PACED_HANDLER"
"""Setting: the handler that does the asking for `paced.PacedHandler`."""
_ROOM: Final = "crawler.distributed"
_PACED: Final = f"{_ROOM}.paced.PacedHandler"
_CHANGES: Final[dict[str, Any]] = {
    "SCHEDULER": f"{_ROOM}.scheduler.SharedScheduler",
}
_COMPONENTS: Final[dict[str, dict[str, int | None]]] = {
    "EXTENSIONS": {
        "crawler.extensions.open_store.OpenStore": None,
        f"{_ROOM}.membership.SharedStore": 10,
        f"{_ROOM}.membership.Membership": 11,
        "crawler.extensions.verdict.Verdict": None,
        f"{_ROOM}.membership.SharedVerdict": 40,
    },
    "SPIDER_MIDDLEWARES": {f"{_ROOM}.lead.Lead": 50},  # nearest to the engine
    "DOWNLOADER_MIDDLEWARES": {f"{_ROOM}.paced.LeftToOthers": 995},  # nearest to the handler
}


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
        handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
        settings.set(INNER, handlers["https"], priority="addon")
        settings.set("DOWNLOAD_HANDLERS", {"http": _PACED, "https": _PACED}, priority="cmdline")
        for name, value in _CHANGES.items():
            settings.set(name, value, priority="cmdline")
        for name, changes in _COMPONENTS.items():
            settings[name].update(changes)

"""A download handler that answers from the archive: the network is never asked."""

from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler import PARSER_VERSION
from crawler.archive.addon import ArchiveAddon
from crawler.items import Provenance

CAPTURED: Final = "captured"
"""Key of `Request.meta` under which the capture time and the provenance of an archived page stand."""


class ArchiveDownloadHandler(BaseDownloadHandler):
    """Serves http and https from the index of the run's archive.

    A page that is not in it raises `NotInArchive`, which reaches the request's errback by that name.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        addon = crawler.get_addon(ArchiveAddon)
        assert addon is not None, "the add-on installs this handler"
        self.index = addon.index

    async def download_request(self, request: Request) -> Response:
        place, captured = self.index.find(request.url)
        request.meta[CAPTURED] = (
            captured.captured_at,
            Provenance(
                warc_file=place.name,
                warc_offset=place.offset if place.exact else None,
                warc_record_id=captured.record_id,
                payload_digest=captured.payload_digest,
                parser_version=PARSER_VERSION,
            ),
        )
        headers = Headers(captured.headers)
        kind = responsetypes.from_args(headers=headers, url=captured.url, body=captured.body)
        return kind(captured.url, status=captured.status, headers=headers, body=captured.body, request=request)

"""An archived response as the value that the parser takes."""

from crawler.archive.codings import plain_body
from crawler.archive.records import Captured
from crawler.kompas.response import SiteResponse


def from_capture(captured: Captured, requested_url: str = "") -> SiteResponse:
    """Return an archived response for the parser, its body decoded.

    :param requested_url: address of the request where another answered; the record's own by default.
    :raises NotInArchive: the body cannot be decoded.
    """
    return SiteResponse(
        requested_url=requested_url or captured.url,
        url=captured.url,
        status=captured.status,
        headers=captured.headers,
        body=plain_body(captured),
        fetched_at=captured.captured_at,
        place=captured.place,
        truncated=captured.truncated,
    )

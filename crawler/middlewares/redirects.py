"""Downloader middleware: a redirect to what is no address of the web fails by name. Scrapy raises any error there."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import UnsupportedURLSchemeError
from scrapy.http import Response

_SCHEMES: Final = ("http", "https")
_REDIRECTS: Final = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
)


class NoWebAddress(UnsupportedURLSchemeError):
    """A redirect leads to what cannot be requested."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response = response


class Redirects:
    """Stands between the network and Scrapy's redirect middleware, which follows what passes here."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Pass a response on.

        :raises NoWebAddress: it leads to another scheme than http and https, or to no address.
        """
        target = (response.headers.get("Location") or b"").decode("latin-1")
        if response.status in _REDIRECTS and target and not _is_of_the_web(target, request.url):
            raise NoWebAddress(f"{response.url} leads to {target}", response)
        return response


def _is_of_the_web(target: str, base: str) -> bool:
    try:
        parts = urlsplit(urljoin(base, target.strip()))
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

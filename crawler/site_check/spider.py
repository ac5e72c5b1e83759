"""The spider of a first contact: one request at a time, as the walk asks. `scrapy list` does not show it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.kompas.contact.answers import Answer, Unanswered
from crawler.kompas.contact.walk import Contact
from crawler.spiders.failures import reason_of, requested_url
from crawler.spiders.responses import from_scrapy


class SiteCheckSpider(Spider):
    """Makes the requests of a contact, which has the findings at the end."""

    name = "check_site"

    def __init__(self, contact: Contact, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.contact = contact
        self._walk = contact.walk()
        self._is_over = False

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first request."""
        yield self._request(next(self._walk))

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Request]:
        """Hand a response to the walk."""
        return self._go_on(from_scrapy(response))

    def unanswered(self, failure: TwistedFailure) -> Iterator[Request]:
        """Hand a request without a usable response to the walk."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        return self._go_on(Unanswered(requested_url(request), *reason_of(failure.value)))

    def closed(self, reason: str) -> None:
        """Say why the walk did not come to its end."""
        if not self._is_over and self.contact.stopped is None:
            self.contact.stopped = f"the run ended before this was requested ({reason})"

    def _go_on(self, answer: Answer) -> Iterator[Request]:
        try:
            yield self._request(self._walk.send(answer))
        except StopIteration:
            self._is_over = True

    def _request(self, url: str) -> Request:
        return Request(url, self.parse, errback=self.unanswered, dont_filter=True, cb_kwargs={"via": "check_site"})

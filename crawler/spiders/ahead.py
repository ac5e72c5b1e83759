"""Hand out requests as they are worked off, so that the queue does not hold a list of any length."""

from collections.abc import AsyncIterator, Iterable

from scrapy import Request

from crawler import bounds
from crawler.plan import Plan


async def not_far_ahead(requests: Iterable[Request], plan: Plan) -> AsyncIterator[Request]:
    """Yield requests, at most `bounds.REQUESTS_AHEAD` of them before they are worked off."""
    for number, request in enumerate(requests, 1):
        yield request
        if number % bounds.REQUESTS_AHEAD == 0:
            await plan.worked_off()

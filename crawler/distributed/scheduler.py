"""Scrapy's scheduler over the shared frontier: scrapy-redis packs the requests, `frontier` hands them out."""

from typing import Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy_redis.queue import FifoQueue

from crawler.distributed.membership import Membership
from crawler.errors import FrontierLost
from crawler.extensions.brake import is_ending


class SharedScheduler(BaseScheduler):
    """A request leaves the frontier only when all that follows from it is in the store or in the frontier.

    Counts `scheduler/enqueued/redis`, `scheduler/dequeued/redis` and `dupefilter/filtered`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.member = Membership.of(crawler)
        self.frontier = self.member.frontier
        self._in_hand: dict[int, Request] = {}
        self._packing: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SharedScheduler":
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self._packing = FifoQueue(self.frontier.client, spider, "")

    def close(self, reason: str) -> None:
        self._settle()

    def enqueue_request(self, request: Request) -> bool:
        """False for one that any worker queued before."""
        fingerprinter = self.crawler.request_fingerprinter
        assert fingerprinter is not None, "Scrapy sets it"
        fingerprint = None if request.dont_filter else fingerprinter.fingerprint(request)
        try:
            pushed = self.frontier.push(self._packing._encode_request(request), fingerprint)
        except FrontierLost as error:
            self.member.give_up(error)
            return False
        self.crawler.stats.inc_value("scheduler/enqueued/redis" if pushed else "dupefilter/filtered")
        return pushed

    def next_request(self) -> Request | None:
        self._settle()
        if is_ending(self.crawler):
            return None
        try:
            taken = self.frontier.take()
        except FrontierLost as error:
            self.member.give_up(error)
            return None
        if taken is None:
            return None
        number, data = taken
        request: Request = self._packing._decode_request(data)
        self._in_hand[number] = request
        self.crawler.stats.inc_value("scheduler/dequeued/redis")
        return request

    def has_pending_requests(self) -> bool:
        """Also what others work on: more may follow from it."""
        self._settle()
        try:
            return self.frontier.open() > 0
        except FrontierLost as error:
            self.member.give_up(error)
            return False

    def _settle(self) -> None:
        """Gives back what is worked off: the engine forgets a request when its last item is stored."""
        engine = self.crawler.engine
        assert engine is not None, "the run is on"
        under_way = engine._slot.inprogress if engine._slot else ()
        done = [number for number, request in self._in_hand.items() if request not in under_way]
        if done and self.member.report(done):
            for number in done:
                del self._in_hand[number]

"""A crawl that several workers share, as they see it: what to do next, and who else is there (see `scripts`)."""

import hashlib
import math
import os
import socket
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any, Final

from redis import Redis
from redis.exceptions import RedisError

from crawler.distributed import scripts
from crawler.errors import FrontierLost

TTL: Final = 10.0
"""Seconds without a beat after which a worker is taken for dead, and what it had in hand is given to others."""
CLOSING: Final = 60.0
"""Seconds that the last worker has to judge the run."""
_LOOK: Final = 0.2
"""Seconds after which to look again whether another worker lives."""
_BUSY: Final = 0.02
"""Seconds after which to look again whether another worker was answered."""
TURN: Final = "kompas:turn"
PAUSE: Final = "kompas:pause"
"""One pace for the site, whatever crawls share this Redis."""


class Admission(Enum):
    """What a worker finds that comes."""

    FOUND = "found"
    """No run: it begins one."""
    JOIN = "join"
    WAIT = "wait"
    """Another worker is about to begin, or to end, the run."""


@dataclass(frozen=True)
class Pulse:
    """What a worker learns at a beat."""

    expelled: bool
    """It was silent for so long that others have its work."""
    end: str
    """Finish reason by which another worker ended the crawl early; empty while it goes on."""


class Frontier:
    """One worker's view. Every method raises `FrontierLost` when Redis cannot be asked."""

    def __init__(self, client: Redis, crawl: str) -> None:
        """
        :param crawl: names what is crawled into which store: workers that say the same work together.
        """
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.client = client
        self._prefix = f"kompas:{hashlib.sha1(crawl.encode(), usedforsecurity=False).hexdigest()[:16]}:"
        self._numbers = count(1)
        self._scripts: dict[str, Any] = {}

    def admit(self) -> tuple[Admission, int | None]:
        """Comes in; with the number of the run to join."""
        said, *run = self._run(scripts.ADMIT, self._prefix, self.worker, int(TTL * 1000))
        return Admission(said.decode()), int(run[0]) if run else None

    def begin(self, run_id: int) -> None:
        """Tells the others which run it is."""
        self._call("hset", f"{self._prefix}crawl", "run", run_id)

    def beat(self) -> Pulse:
        """To be called several times in `TTL`."""
        said, *end = self._run(scripts.BEAT, self._prefix, self.worker, int(TTL * 1000), keys=[TURN])
        return Pulse(said == b"expelled", end[0].decode() if end else "")

    def leads(self) -> bool | None:
        """Whether this worker says where the crawl begins; None when that was said."""
        said = self._run(scripts.LEAD, self._prefix, self.worker)
        return None if said == b"started" else said == b"lead"

    def started(self) -> None:
        """All has been said about where the crawl begins."""
        self._call("hset", f"{self._prefix}crawl", "started", 1)

    def end(self, reason: str) -> None:
        """Ends the crawl early, for all workers."""
        self._call("hset", f"{self._prefix}crawl", "end", reason)

    def push(self, data: bytes, fingerprint: bytes | None) -> bool:
        """Queues a request; False when the same was queued before.

        :param fingerprint: None for a request that is made however often it was made.
        """
        return bool(self._run(scripts.PUSH, self._prefix, data, fingerprint or b""))

    def take(self) -> tuple[int, bytes] | None:
        """The next request, under a number by which it is given back; None while nothing waits."""
        number = next(self._numbers)
        data = self._run(scripts.TAKE, self._prefix, self.worker, number)
        return (number, data) if data else None

    def done(self, numbers: Sequence[int], counts: Mapping[str, int]) -> bool:
        """What was taken is worked off, and counted this; False for an expelled worker, whose work others do."""
        pairs = [part for pair in counts.items() for part in pair]
        return bool(self._run(scripts.DONE, self._prefix, self.worker, len(numbers), *numbers, *pairs))

    def deliver(self, number: int, name: str, result: bytes) -> bool:
        """What came of a task that was taken; False for an expelled worker."""
        return bool(self._run(scripts.DELIVER, self._prefix, self.worker, number, name, result))

    def collect(self, name: str) -> bytes | None:
        """What came of a task, once; None while nothing did."""
        result: bytes | None = self._run(scripts.COLLECT, self._prefix, name)
        return result

    def clear(self) -> None:
        """Nothing waits any more: a worker that leads anew begins anew."""
        self._call("delete", f"{self._prefix}queue", f"{self._prefix}results")

    def open(self) -> int:
        """Requests that wait, and those in anybody's hands."""
        return int(self._run(scripts.OPEN, self._prefix))

    def retire(self) -> bool:
        """Goes; True for the last worker, who judges the run and then calls `close`.

        Takes a beat of another worker's, or until those that are dead are known to be: `TTL` at most.
        """
        since = 0
        while True:
            said, now = self._run(
                scripts.RETIRE, self._prefix, self.worker, int(TTL * 1000), since, int(CLOSING * 1000)
            )
            if said != b"wait":
                return bool(said == b"last")
            since = since or int(now)
            time.sleep(_LOOK)

    def counts(self) -> dict[str, int]:
        """Sums over all workers."""
        found = self._call("hgetall", f"{self._prefix}counts")
        return {name.decode(): int(number) for name, number in found.items()}

    def close(self) -> None:
        """Nothing of the crawl is left in Redis."""
        self._call(
            "delete", *(f"{self._prefix}{key}" for key in ("queue", "seen", "counts", "crawl", "workers", "results"))
        )
        self._call("delete", f"{self._prefix}taken:{self.worker}", f"{self._prefix}closing")

    def turn(self, delay: float) -> float:
        """Asks to make a request now; gives 0, the seconds after which to ask again, or infinity once the crawl ends.

        :param delay: seconds to the next request of whomever.
        """
        asked = (self._prefix, self.worker, int(TTL * 1000), int(delay * 1000))
        said = int(self._run(scripts.TURN, *asked, keys=[TURN, PAUSE]))
        return {-1: _BUSY, -2: math.inf}.get(said, said / 1000)

    def yield_turn(self) -> None:
        """The request was answered."""
        self._run(scripts.YIELD, self.worker, keys=[TURN])

    def rest(self, seconds: float) -> None:
        """Nobody makes a request for so long."""
        self._run(scripts.REST, int(seconds * 1000), keys=[PAUSE])

    def _run(self, script: str, *arguments: Any, keys: Sequence[str] = ()) -> Any:
        if script not in self._scripts:
            self._scripts[script] = self.client.register_script(script)
        try:
            return self._scripts[script](keys=keys, args=arguments)
        except RedisError as error:
            raise FrontierLost(f"Redis cannot be asked ({error})") from error

    def _call(self, command: str, *arguments: Any) -> Any:
        try:
            return getattr(self.client, command)(*arguments)
        except RedisError as error:
            raise FrontierLost(f"Redis cannot be asked ({error})") from error

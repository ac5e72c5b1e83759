"""What can go wrong between the site and a crawler: a layer over the look-alike, laid on single addresses.

A fault takes the right answer and gives the wrong one. `first(2, fault)` passes after two answers.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

from tests.site.site import Reply, Site
from tests.site.story import Story


@dataclass(frozen=True)
class Wire:
    """An answer that is no HTTP, or not the HTTP that it claims to be: bytes, and how the connection ends."""

    pieces: tuple[bytes, ...]
    end: Literal["close", "reset", "never"] = "close"
    pause: float = 0.0
    """Seconds before each piece."""


Fault = Callable[[Reply], Reply | Wire]


@dataclass(frozen=True)
class Spell:
    """A fault that passes."""

    times: int
    fault: Fault


@dataclass
class Faults:
    """Faults by what they sit on: the id of a story (all of its pages), a whole address, or a path on every host."""

    site: Site
    laid: Mapping[str, Fault | Spell]
    met: dict[str, int] = field(default_factory=dict)
    """How often each was answered with."""

    def answer(self, url: str, reply: Reply) -> Reply | Wire:
        """What goes out in place of the right reply."""
        story = self.story(url)
        for key in (url, story.id if story else "", urlsplit(url).path):
            planned = self.laid.get(key)
            if planned is None:
                continue
            self.met[key] = self.met.get(key, 0) + 1
            if not isinstance(planned, Spell):
                return planned(reply)
            if self.met[key] <= planned.times:
                return planned.fault(reply)
        return reply

    def story(self, url: str) -> Story | None:
        """Return the story to which an address leads, by its path with the right slug."""
        path = urlsplit(url).path
        return next((story for story in self.site.stories.values() if urlsplit(story.address).path == path), None)


def first(times: int, fault: Fault) -> Spell:
    return Spell(times, fault)


def status(number: int, retry_after: str | None = None) -> Callable[[Reply], Reply]:
    """An error page in place of the answer."""
    headers = [("Content-Type", "text/html"), *([("Retry-After", retry_after)] if retry_after is not None else [])]
    page = f"<!DOCTYPE html><html><body><h1>{number}</h1></body></html>".encode()
    return lambda reply: Reply(number, headers, page)


def under(number: int) -> Callable[[Reply], Reply]:
    """The right page under another status."""
    return lambda reply: replace(reply, status=number)


def claims(address: str) -> Fault:
    """The right page, whose canonical link names another address."""
    link = rb"\g<1>" + address.encode()
    return lambda reply: replace(reply, body=re.sub(rb'(<link rel="canonical" href=")[^"]*', link, reply.body))


def both(one: Callable[[Reply], Reply], other: Callable[[Reply], Reply]) -> Fault:
    return lambda reply: other(one(reply))


def redirect(target: str, number: int = 302) -> Fault:
    return lambda reply: Reply(number, [("Location", target)], b"")


def text(words: str, kind: str = "text/plain") -> Fault:
    """Something else stands there: another robots.txt, say."""
    return lambda reply: Reply(200, [("Content-Type", kind)], words.encode())


def header(name: str, value: str) -> Fault:
    """The right body under a wrong header."""
    return lambda reply: replace(reply, headers=[*_without(reply, name), (name, value)])


def empty(reply: Reply) -> Reply:
    return replace(reply, body=b"")


def truncated(reply: Reply) -> Reply:
    """The site itself sends half a page, and declares just that length."""
    return replace(reply, body=_half(reply.body))


def oversize(size: int) -> Fault:
    """A page of at least this many bytes, which says so."""
    return lambda reply: replace(reply, body=reply.body + b" " * size)


def oversize_undeclared(size: int) -> Fault:
    """The same, sent in chunks without a word of how many there will be."""

    def fault(reply: Reply) -> Wire:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        return Wire((_head(reply, ("Transfer-Encoding", "chunked")), *[chunk] * (size // 0x10000 + 1), b"0\r\n\r\n"))

    return fault


def gzip_bomb(size: int) -> Fault:
    """A few bytes that unpack to this many."""
    return lambda reply: _coded(reply, gzip.compress(reply.body + b" " * size))


def gzipped(reply: Reply) -> Reply:
    """No fault: what the live site does."""
    return _coded(reply, gzip.compress(reply.body))


def gzip_cut(reply: Reply) -> Reply:
    """The length is right for what is sent; the stream in it ends in the middle."""
    return _coded(reply, _half(gzip.compress(reply.body)))


def gzip_headless(reply: Reply) -> Reply:
    """Claims to be gzip, and is not from its first byte on."""
    return _coded(reply, b"bukan gzip")


def gzip_wrong_sum(reply: Reply) -> Reply:
    packed = gzip.compress(reply.body)
    return _coded(reply, packed[:-8] + bytes(byte ^ 255 for byte in packed[-8:-4]) + packed[-4:])


def gzip_garbled(reply: Reply) -> Reply:
    packed = bytearray(gzip.compress(reply.body))
    packed[len(packed) // 2 : len(packed) // 2 + 64] = bytes(64)
    return _coded(reply, bytes(packed))


def deflated(reply: Reply) -> Reply:
    """Answer in an encoding that the request does not accept."""
    return _coded(reply, zlib.compress(reply.body), "deflate")


def raw_headers(*lines: bytes) -> Fault:
    """The right page under header lines that are no ASCII."""

    def fault(reply: Reply) -> Wire:
        head = _head(reply, _length(len(reply.body)))
        return Wire((head.replace(b"\r\n\r\n", b"\r\n" + b"\r\n".join(lines) + b"\r\n\r\n"), reply.body))

    return fault


def moved(location: bytes) -> Fault:
    """A redirect to an address whose bytes are no ASCII."""
    return lambda reply: Wire((b"HTTP/1.1 301 Moved\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n",))


def chunked(reply: Reply) -> Wire:
    """In chunks of odd sizes, with an extension and a trailer."""
    pieces = [reply.body[start : start + 1009] for start in range(0, len(reply.body), 1009)]
    chunks = [b"%X;kata=ya\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    return Wire((_head(reply, ("Transfer-Encoding", "chunked")), *chunks, b"0\r\nX-Akhir: ya\r\n\r\n"))


def without_length(reply: Reply) -> Wire:
    """The whole page; the end of the connection is its end."""
    return Wire((_head(reply).replace(b"HTTP/1.1", b"HTTP/1.0", 1), reply.body))


def never(reply: Reply) -> Wire:
    """The question is taken, and no answer ever comes."""
    return Wire((), end="never")


def reset(reply: Reply) -> Wire:
    """The connection breaks before the first byte."""
    return Wire((), end="reset")


def reset_midway(reply: Reply) -> Wire:
    return Wire((_head(reply, _length(len(reply.body))), _half(reply.body)), end="reset", pause=0.05)


def longer_than_sent(reply: Reply) -> Wire:
    """Content-Length promises more than comes."""
    return Wire((_head(reply, _length(len(reply.body) + 1000)), reply.body))


def shorter_than_sent(reply: Reply) -> Wire:
    """State a Content-Length that ends in the middle of the page."""
    return Wire((_head(reply, _length(len(reply.body) // 2)), reply.body))


def cut_without_length(reply: Reply) -> Wire:
    """No length at all, so that nothing but the page itself shows that it is not whole."""
    return Wire((_head(reply), _half(reply.body)))


def drip(pause: float, size: int = 100) -> Fault:
    """A few bytes at a time."""

    def fault(reply: Reply) -> Wire:
        pieces = [reply.body[start : start + size] for start in range(0, len(reply.body), size)]
        return Wire((_head(reply, _length(len(reply.body))), *pieces), pause=pause)

    return fault


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _coded(reply: Reply, body: bytes, coding: str = "gzip") -> Reply:
    return replace(reply, headers=[*reply.headers, ("Content-Encoding", coding)], body=body)


def _without(reply: Reply, name: str) -> list[tuple[str, str]]:
    return [pair for pair in reply.headers if pair[0].lower() != name.lower()]


def _length(size: int) -> tuple[str, str]:
    return ("Content-Length", str(size))


def _head(reply: Reply, *more: tuple[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*reply.headers, *more))
    return f"HTTP/1.1 {reply.status} -\r\n{lines}Connection: close\r\n\r\n".encode()

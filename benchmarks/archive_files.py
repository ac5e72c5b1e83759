"""Archives of any size: invented pages of other sites, and the fixtures of this one under many addresses."""

import hashlib
import json
import random
import re
import zlib
from base64 import b32encode
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
EVERY: Final = 50
"""One page of so many is of this site."""
_SYLLABLES: Final = ("ba", "ku", "ri", "me", "tan", "lo", "si", "per", "nga", "du", "ke", "ran", "wo", "ti", "yu", "sa")
STORY: Final = re.compile(r"(?P<clock>\d{4}/\d\d/\d\d/\d{6})(?P<number>\d{2,3})(?!\d)")
"""The id in an address. Its clock stays as it is, the number after it tells copies apart."""
_LETTERS: Final = b"bcdfghjklmnpqrstvwxyzaeio"
_PARAGRAPH: Final = re.compile(rb"<p>[^<]{40,}")
_LONG_WORD: Final = re.compile(rb"(?<= )[a-z]{6,}(?= )")
_FOREIGN_BYTES: Final = 90_000
"""Of a page, as the mean of those in news archives."""


def article_records(number: int) -> Iterator[bytes]:
    """Records of stories, each fixture page under one address after another."""
    return islice(_articles(), number)


def copies(pages: list[tuple[str, bytes]], number: int) -> Iterator[bytes]:
    """Return records of so many stories: the pages again and again, each copy under an id and with words of its own.

    :param pages: address and bytes.
    """
    for number_of_all in range(number):
        url, body = pages[number_of_all % len(pages)]
        copy = number_of_all // len(pages)
        found = STORY.search(url)
        assert found is not None, f"{url} names no story"
        story = f"{found['clock']}{(int(found['number']) + copy) % 1000:03}"
        turn = copy % len(_LETTERS)
        letters = bytes.maketrans(_LETTERS, _LETTERS[turn:] + _LETTERS[:turn])
        yield _record(url.replace(found[0], story), _renamed(_reworded(body, letters), found[0], story))


def _reworded(body: bytes, letters: bytes) -> bytes:
    """Return a page whose paragraphs have other long words, so that copies are no near-duplicates of each other."""
    return _PARAGRAPH.sub(lambda found: _LONG_WORD.sub(lambda word: word[0].translate(letters), found[0]), body)


def foreign_records() -> Iterator[bytes]:
    """Without end: requests, and pages of other sites with some of this one between."""
    draw, articles = random.Random(20210422), _articles()
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(5_000)]
    pages = [_foreign_page(draw, words) for _ in range(40)]  # packing new ones would take longer than all that follows
    packed = [_record(f"https://www.example.org/{number}", page) for number, page in enumerate(pages)]
    asked = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
    request = _member(_head("request", "https://www.example.org/", asked) + asked + b"\r\n\r\n")
    for number, page in enumerate(cycle(packed)):
        yield request
        yield next(articles) if number % EVERY == 0 else page


def write(path: Path, records: Iterator[bytes], size: float) -> Path:
    """Records until the file has so many bytes."""
    written = 0
    with path.open("wb") as file:
        for record in records:
            written += file.write(record)
            if written >= size:
                break
    return path


def _articles() -> Iterator[bytes]:
    pages = sorted((ROOT / "tests" / "fixtures" / "pages").glob("*/*/page.html"))
    fixtures = []
    for page in pages:
        url = json.loads((page.parent / "meta.json").read_text(encoding="utf-8"))["url"]
        if url.startswith("https://www.kompas.com/global/read/") and "?" not in url:
            fixtures.append((url, page.read_bytes()))
    for number in count():
        url, body = fixtures[number % len(fixtures)]
        story = f"2021/04/{number // 86_400 % 28 + 1:02}/{_clock(number % 86_400)}070"
        old = "/".join(url.split("/")[5:9])
        yield _record(url.replace(old, story), _renamed(body, old, story))


def _clock(second: int) -> str:
    return f"{second // 3600:02}{second // 60 % 60:02}{second % 60:02}"


def _foreign_page(draw: random.Random, words: list[str]) -> bytes:
    text = " ".join(draw.choices(words, k=_FOREIGN_BYTES // 9))
    return f"<!DOCTYPE html><html><head><title>{text[:60]}</title></head><body><p>{text}</p></body></html>".encode()


def _record(url: str, body: bytes) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return _member(_head("response", url, http + body) + http + body + b"\r\n\r\n")


def _head(kind: str, url: str, block: bytes) -> bytes:
    """With the digest of the block, as news archives have it: fundus passes over records without one."""
    digest = b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-04-23T01:02:03Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{random.Random(url).getrandbits(128):032x}>\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return lines.encode()


def _member(record: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(record) + packer.flush()


def _renamed(body: bytes, old: str, story: str) -> bytes:
    """Return a page under another id, also where JSON escapes the slashes of its address."""
    escaped = [name.replace("/", "\\/").encode() for name in (old, story)]
    return body.replace(old.encode(), story.encode()).replace(*escaped)

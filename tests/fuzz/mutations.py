"""Damage to pages: what editors, templates, proxies and broken transfers do to markup, and worse; all from a seed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from tests.fuzz.nonsense import ADDRESSES, CHARSETS, JSON_LD, JSON_VALUES, NUMBERS, TEXTS, TIMES
from tests.fuzz.pages import Page

Damage = Callable[[Random, bytes], bytes]

_TAG: Final = re.compile(rb"<[a-zA-Z/!][^<>]*>")
_VALUE: Final = re.compile(rb"""(?<==)(?:"[^"<>]*"|'[^'<>]*')""")
_ADDRESS: Final = re.compile(rb"""https?://[^\s"'<>]+""")
_NUMBER: Final = re.compile(rb"\d+")
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\d[T ][\d:+-]+|\d\d/\d\d/\d{4}, \d\d:\d\d WIB|\d{1,2} \w+ \d{4}")
_SCRIPT: Final = re.compile(rb'(?<=<script type="application/ld\+json">).*?(?=</script>)', re.DOTALL)
_DEEPEST: Final = 2500
_STEPS: Final = 8


def damaged(page: Page, seed: int) -> Page:
    """The page after one to eight mishaps; the same seed, the same mishaps."""
    rng = Random(seed)
    body = page.body
    for _ in range(rng.randint(1, _STEPS)):
        body = rng.choice(DAMAGES)(rng, body)
    if rng.random() < 0.1:
        charset = rng.choice(CHARSETS)
        return replace(page, body=_in_charset(rng, body, charset), content_type=f"text/html; charset={charset}")
    return replace(page, body=body)


def _spot(rng: Random, body: bytes) -> int:
    return rng.randint(0, len(body))


def _put(body: bytes, start: int, end: int, text: bytes) -> bytes:
    return body[:start] + text + body[end:]


def _swap_for(pattern: re.Pattern[bytes], choices: tuple[str, ...]) -> Damage:
    """Something that the pattern finds gives way to one of the choices."""

    def damage(rng: Random, body: bytes) -> bytes:
        found = list(pattern.finditer(body))
        if not found:
            return body
        one, text = rng.choice(found), rng.choice(choices).encode(errors="surrogatepass")
        quote = one[0][:1] if pattern is _VALUE else b""
        return _put(body, one.start(), one.end(), quote + text + quote)

    return damage


def _flip_bytes(rng: Random, body: bytes) -> bytes:
    changed = bytearray(body)
    for _ in range(min(rng.randint(1, 60), len(changed))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut_off(rng: Random, body: bytes) -> bytes:
    return body[: _spot(rng, body)]


def _drop_span(rng: Random, body: bytes) -> bytes:
    start = _spot(rng, body)
    return _put(body, start, start + rng.randint(1, 3000), b"")


def _repeat_span(rng: Random, body: bytes) -> bytes:
    start = _spot(rng, body)
    span = body[start : start + rng.randint(1, 2000)]
    return _put(body, start, start, span * rng.randint(1, 8))


def _put_text(rng: Random, body: bytes) -> bytes:
    text = rng.choice((*TEXTS, *NUMBERS, *TIMES, *ADDRESSES)).encode(errors="surrogatepass")
    spot = _spot(rng, body)
    return _put(body, spot, spot, text)


def _drop_tags(rng: Random, body: bytes) -> bytes:
    found = list(_TAG.finditer(body))
    for one in sorted(rng.sample(found, min(len(found), rng.randint(1, 12))), key=lambda tag: -tag.start()):
        body = _put(body, one.start(), one.end(), b"")
    return body


def _repeat_tag(rng: Random, body: bytes) -> bytes:
    """Twice, or so often that everything behind it stands very deep."""
    found = list(_TAG.finditer(body))
    if not found:
        return body
    one = rng.choice(found)
    times = _DEEPEST if rng.random() < 0.02 else rng.randint(2, 40)
    return _put(body, one.start(), one.end(), one[0] * times)


def _swap_tags(rng: Random, body: bytes) -> bytes:
    found = list(_TAG.finditer(body))
    if len(found) < 2:
        return body
    first, second = sorted(rng.sample(found, 2), key=lambda tag: tag.start())
    body = _put(body, second.start(), second.end(), first[0])
    return _put(body, first.start(), first.end(), second[0])


def _swap_names(rng: Random, body: bytes) -> bytes:
    """An attribute takes the value of another: a body is called a box, a caption a body."""
    found = [one[0] for one in _VALUE.finditer(body)]
    return _swap_for(_VALUE, (rng.choice(found)[1:-1].decode(errors="replace"),))(rng, body) if found else body


def _break_json_ld(rng: Random, body: bytes) -> bytes:
    """Its text is damaged, or a good object has a value that no schema knows."""
    found = list(_SCRIPT.finditer(body))
    if not found:
        return body
    one, text = rng.choice(found), rng.choice(JSON_LD)
    if rng.random() < 0.5:
        try:
            data = json.loads(one[0])
        except (ValueError, RecursionError):
            data = {}
        if isinstance(data, dict) and data:
            data[rng.choice(sorted(data))] = rng.choice((*JSON_VALUES, text))
            text = json.dumps(data)
    return _put(body, one.start(), one.end(), text.encode(errors="surrogatepass"))


def _in_charset(rng: Random, body: bytes, charset: str) -> bytes:
    """Bytes that the charset may or may not fit; sometimes the page says the same as its server."""
    if rng.random() < 0.5:
        body = re.sub(rb'charset="?[\w-]+', b'charset="' + charset.encode(), body, count=1)
    written = body.decode(errors="replace").encode(rng.choice(("cp1252", "utf-16", "utf-16-be", "latin-1")), "replace")
    return rng.choice((written, b"\xff" + body, body[:500] + b"\x81\xfe" + body[500:]))


DAMAGES: Final[tuple[Damage, ...]] = (
    _flip_bytes,
    _cut_off,
    _drop_span,
    _repeat_span,
    _put_text,
    _drop_tags,
    _repeat_tag,
    _swap_tags,
    _swap_names,
    _break_json_ld,
    _swap_for(_VALUE, ("", " ", *TEXTS, *NUMBERS, *ADDRESSES)),
    _swap_for(_ADDRESS, ADDRESSES),
    _swap_for(_NUMBER, NUMBERS),
    _swap_for(_TIME, TIMES),
)

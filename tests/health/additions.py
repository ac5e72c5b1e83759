"""Additions that a site may make to its pages, which no rule of cleaning knows: forms, and places in the story."""

import random
import re
from collections.abc import Callable
from typing import Final

from crawler.kompas.cleaning.phrase_rules import TAILS
from crawler.kompas.cleaning.phrases import furniture_rule

SENTENCE: Final = 60
"""Letters of a paragraph of the story at least."""
PLACES: Final = ("before the first", "middle", "after the last", "within")
"""Of the paragraphs of the story."""

_TITLES: Final = (
    "Perahu Layar Tua Berlabuh di Teluk Sunyi",
    "Petani Garam Menanti Hujan Reda",
    "Kereta Malam Kembali Beroperasi",
    "Pasar Ikan Dibuka Lebih Pagi",
    "Museum Peta Kuno Menerima Tamu",
    "Jembatan Gantung Selesai Dicat",
    "Warga Pulau Menanam Bakau",
    "Mercusuar Tertua Dinyalakan Lagi",
)


def _title(number: int) -> str:
    """A headline that differs from story to story."""
    return f"{_TITLES[number % len(_TITLES)]} Bagian {chr(65 + number % 26)}{chr(97 + number // 26 % 26)}"


def _links(number: int) -> str:
    items = "".join(f'<li><a href="/x/{number + step}">{_title(number + 3 * step)}</a></li>' for step in range(3))
    return f"<ul>{items}</ul>"


FORMS: Final[dict[str, Callable[[int], str]]] = {
    "unknown box": lambda number: f'<div class="lautan-box"><p>{_title(number)}</p></div>',
    "promo paragraph": lambda _: "<p>Nikmati kabar laut langsung dari ponsel Anda, gratis setiap pagi.</p>",
    "list of links": _links,
    "Pilihan Editor": lambda number: f'<p>Pilihan Editor: <a href="/x/{number}">{_title(number)}</a></p>',
    "ticker": lambda number: f"<p><strong>KABAR TERKINI {number % 24}.15 WIB</strong></p>",
    "inline span": lambda _: ' <span class="glosarium">istilah</span> ',
    "figure": lambda number: f'<figure><img src="https://foto.example/{number}.jpg" alt=""></figure>',
    "unknown embed": lambda number: f'<div class="pos-sosial" data-pos="{number}"><a href="/p/{number}">Pos</a></div>',
    "trailing sentence": lambda _: " Simak kabar laut lainnya hanya di sini setiap hari.",
    "doubled paragraph": lambda _: "",
}
"""Form -> markup, by the number of the story."""

_START: Final = re.compile(r'<div class="read__content">(?:\s*<div class="clearfix">)?|<div class="kcm-read-text">')
_END: Final = re.compile(r'<div class="fb-quote|<span class="liftdown_v2_tanda|<div class="kcm-read-copy')
_CLOSE: Final = re.compile(r"</p>|<br ?/?>\s*<br ?/?>")
_INSIDE: Final = re.compile(r"(?<=[a-z]) (?=[a-z])")


def added(page: bytes, form: str, place: str, number: int) -> bytes | None:
    """Return a page with an addition; None where it has no such place."""
    text = page.decode("utf-8", errors="surrogateescape")
    start = _START.search(text)
    if start is None:
        return None
    end = _END.search(text, start.end())
    stop = end.start() if end else len(text)
    closes = list(_CLOSE.finditer(text, start.end(), stop))
    if len(closes) < 2:
        return None
    middle, last = closes[len(closes) // 2], closes[-1]
    opens = [start.end(), *(close.end() for close in closes)]
    paragraphs = [text[a : close.end()] for a, close in zip(opens, closes, strict=False)]
    markup = max(paragraphs, key=len) if form == "doubled paragraph" else FORMS[form](number)
    if form == "trailing sentence":
        stories = [close for close, part in zip(closes, paragraphs, strict=False) if _is_story(part)]
        at = stories[-1].start()
    elif place == "within":
        inside = _INSIDE.search(text, text.rfind(">", start.end(), middle.start()) + 1, middle.start())
        at = inside.end() if inside else middle.start()
    else:
        at = {PLACES[0]: start.end(), PLACES[1]: middle.end(), PLACES[2]: last.end()}[place]
    return (text[:at] + markup + text[at:]).encode("utf-8", errors="surrogateescape")


_PARTS: Final = re.compile(r"(</p>|<br ?/?>)")
_TAG: Final = re.compile(r"<[^>]*>")
_LONG: Final = re.compile(r"(?<![\w</.\-=\"])[a-z]{6,}(?![\w.\-=\"])")


def unlike(page: bytes, number: int) -> bytes:
    """Return a page with other long words: the look-alike's stories share sentences, which no paper's do."""
    changed = str.maketrans("aiueo", "".join(random.Random(number).sample("aiueo", 5)))
    text = page.decode()
    start = _START.search(text)
    if start is None:
        return page
    parts = [
        part if _is_furniture(part) else _LONG.sub(lambda word: word[0].translate(changed), part)
        for part in _PARTS.split(text[start.end() :])
    ]
    return (text[: start.end()] + "".join(parts)).encode()


def _is_story(part: str) -> bool:
    return len(_TAG.sub("", part)) > SENTENCE and not _is_furniture(part) and "Baca juga" not in part


def _is_furniture(part: str) -> bool:
    text = " ".join(_TAG.sub(" ", part).split())
    return furniture_rule(text) is not None or TAILS.search(text) is not None

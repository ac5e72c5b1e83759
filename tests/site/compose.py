"""Makes ordinary stories out of the stock: the same day and number always give the same story."""

import random
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from tests.site import stock, stock_nature, stock_society
from tests.site.inline import plain
from tests.site.pieces import BacaJuga, Heading, Paragraph, Photo, Piece
from tests.site.story import WIB, Dateline, Story

TOPICS = (*stock_nature.TOPICS, *stock_society.TOPICS)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CROPS = "https://asset.kompas.com/crops/aIA-wJsEWw1fsojxOafQOnObiT0=/0x0:800x533/750x500/data/photo/"
_OWN = ("{kota}", "{nama}", "{nama2}", "{pejabat}")
"""What differs from story to story."""
DASHES = (("-", False), ("-", True), ("–", False), ("–", True), ("—", False))


@dataclass(frozen=True)
class Order:
    """An ordered story: its place on the day, and its form."""

    day: date
    number: int
    clock: str
    """HHMMSS, WIB."""
    layout: str
    kanal: str = "global"
    host: str = "path"
    section: str = "Global"


def compose(order: Order) -> Story:
    """A story of 8 to 14 pieces; a third of those with a layout since 2017 have several pages."""
    chance = random.Random(f"{order.day}/{order.number}")
    topic = TOPICS[order.number % len(TOPICS)]
    words = _words(chance, order)
    title = topic.titles[(order.number // len(TOPICS)) % len(topic.titles)].format(**words)
    pieces = _body(chance, topic, words)
    published = datetime.combine(order.day, time.fromisoformat(order.clock), WIB)
    writer, editor = chance.sample(stock.WRITERS, 2)
    digits = order.clock + str(chance.randrange(10)) + ("1" if order.layout == "kcm_read" else "70")
    dash, in_bold = chance.choice(DASHES)
    return Story(
        published=published,
        digits=digits,
        title=title,
        summary=plain(chance.choice(topic.leads).format(**words)),
        pieces=tuple(pieces),
        layout=order.layout,
        kanal=order.kanal,
        host=order.host,
        section=order.section,
        slug=slug(title, dotted=order.layout == "kcm_read"),
        authors=(writer,),
        editors=(chance.choice((writer, editor)),),
        sources=(words["media"],),
        dateline=Dateline(words["kota"].upper(), dash=dash, dash_in_bold=in_bold),
        lead=photo(digits, order.day, f"Suasana di {words['kota']}, {words['negara']}.", chance),
        tags=(words["negara"], *topic.tags),
        breaks=_breaks(chance, pieces) if order.layout != "kcm_read" else (),
    )


def _words(chance: random.Random, order: Order) -> dict[str, str]:
    """The place goes by number, so that a headline that comes round again stands over another town."""
    city, country = stock.PLACES[(order.number * 3 + order.number // 55) % len(stock.PLACES)]
    one, two, official = chance.sample(stock.PEOPLE, 3)
    return {
        "kota": city,
        "negara": country,
        "nama": one,
        "nama2": two,
        "pejabat": f"{chance.choice(stock.ROLES)} {official}",
        "lembaga": chance.choice(stock.BODIES),
        "media": chance.choice(stock.MEDIA),
        "hari": printed_day(order.day),
    }


def printed_day(day: date) -> str:
    """`Kamis (22/4/2021)`, as the prose dates itself."""
    return f"{DAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})"


def _body(chance: random.Random, topic: stock.Topic, words: dict[str, str]) -> list[Piece]:
    own = chance.sample(topic.sentences, 5)
    others = chance.sample(stock.GENERAL, 4)
    texts = [chance.choice(topic.leads)]
    while own or others:
        texts.append((own if own and (not others or chance.random() < 0.5) else others).pop())
    filled = [_fill(text, words, chance) for text in texts]
    pieces: list[Piece] = [Paragraph(filled[0])]
    rest = filled[1:]
    while rest:
        size = chance.choice((1, 1, 1, 2))
        pieces.append(Paragraph(" ".join(rest[:size])))
        rest = rest[size:]
    for position in sorted(chance.sample(range(3, len(pieces)), 2), reverse=True):
        pieces.insert(position, BacaJuga((_older_headline(chance),)))
    if chance.random() < 0.5:
        heading = _fill(chance.choice(stock.SUBHEADS), words, chance)
        pieces.insert(len(pieces) - 3, Heading(heading, strong=chance.random() < 0.4))
    return pieces


def _fill(text: str, words: dict[str, str], chance: random.Random) -> str:
    number, large = chance.randrange(12, 98), chance.randrange(1100, 9800)
    if not any(name in text for name in _OWN):  # no sentence stands in several stories, as in no paper
        own = " {nama} di {kota}"
        stop = text[-1] if text.endswith((".", "?")) else ""
        text = f"{text.removesuffix(stop)}{', kata' if stop == '.' else ''}{own}{stop}"
    filled = text.format(**words, n=number, m=f"{large // 1000}.{large % 1000:03}")
    return filled[0].upper() + filled[1:]


def _older_headline(chance: random.Random) -> tuple[str, str]:
    """A "Baca juga" pointer to a story of other weeks that the site does not hold."""
    topic = chance.choice(TOPICS)
    city, country = chance.choice(stock.PLACES)
    title = chance.choice(topic.titles).format(kota=city, negara=country)
    day = f"2020/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}"
    clock = f"{chance.randrange(5, 23):02}{chance.randrange(60):02}{chance.randrange(60):02}"
    return title, f"https://www.kompas.com/global/read/{day}/{clock}{chance.randrange(10)}70/{slug(title)}"


def _breaks(chance: random.Random, pieces: list[Piece]) -> tuple[int, ...]:
    """Where page 2 (and 3) begin; none for the shorter half of the stories."""
    if chance.random() < 0.7:
        return ()
    half = len(pieces) // 2
    return (half - 2, half + 2) if chance.random() < 0.2 else (half,)


def photo(name: str, day: date, caption: str | None, chance: random.Random | None = None) -> Photo:
    """A picture address in the site's form; the credit is drawn, and sometimes there is none."""
    names = (
        "AFP/ARNE SOLBAKK",
        "AP PHOTO/LENA DUARTE",
        "REUTERS via KANTOR BERITA",
        "SHUTTERSTOCK/MIRAVAL",
        None,
    )
    return Photo(f"{CROPS}{day:%Y/%m/%d}/{name}.jpg", caption, chance.choice(names) if chance else names[0])


def slug(title: str, dotted: bool = False) -> str:
    """`judul-dengan-tanda-hubung`, cut at a word as the site cuts; before 2017 `Judul.Dengan.Titik`."""
    if dotted:
        return ".".join(re.findall(r"\w+", title))
    words = re.findall(r"[a-z0-9]+", title.lower())
    while len("-".join(words)) > 40:
        words.pop()
    return "-".join(words)

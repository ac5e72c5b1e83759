"""An invented story: all that its pages need, and its expected record."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from tests.site.inline import plain
from tests.site.pieces import (
    BacaJuga,
    Embed,
    Heading,
    InlinePhoto,
    Items,
    Loose,
    Markup,
    Paragraph,
    Photo,
    Piece,
    Quote,
)

WIB = timezone(timedelta(hours=7), "WIB")
KINDS = {**dict.fromkeys(("Advertorial", "Brandzview", "Kilas"), "advertorial"), "Kolom": "column"}
"""`content_type` -> kind; paid pieces go by three names."""
DIGEST_LABELS = (
    "[POPULER GLOBAL]",
    "[UNIK GLOBAL]",
    "[KABAR DUNIA SEPEKAN]",
    "POPULER GLOBAL:",
    "UNIK GLOBAL:",
)


@dataclass(frozen=True)
class Dateline:
    """``<strong>BRUSSELS, KOMPAS.com</strong> - ``; the dash may be bold, the place missing.

    `printed` is the markup where it has another form.
    """

    place: str | None = None
    brand: str = "KOMPAS.com"
    dash: str = "-"
    dash_in_bold: bool = False
    printed: str = ""


@dataclass(frozen=True)
class Story:
    """One story. Fields that only some layouts print are empty for the others."""

    published: datetime
    digits: str
    title: str
    summary: str | None
    pieces: tuple[Piece, ...]
    layout: str
    kanal: str = "global"
    host: str = "path"
    """Form of the address.

    "path": www.kompas.com/<kanal>/read/; "host": <kanal>.kompas.com/read/; "compact": /read/26D17103000770/.
    """
    slug: str = "judul"
    section: str = "Global"
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dateline: Dateline | None = None
    lead: Photo | None = None
    tags: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    """Indexes of the pieces with which page 2, 3, ... begin."""
    content_type: str = "Standard"
    whole_on_request: bool = True
    """False: ``?page=all`` answers with page 1 only."""
    variant: str = ""
    """Which of a layout's variants is printed: time line and credit of `current`, body form of `kcm_read`."""
    trouble: str = ""
    """What is wrong with the page, for the stories that are there to go wrong."""
    claim: str | None = None
    """Claim of a fact check, which the title labels."""
    verdict: str | None = None
    """Sentence in the box of a fact check."""
    cut_text: str = ""
    """Text that the site keeps and no page shows: the story is not complete."""
    head_markup: str = ""
    """Markup that stands in the head before all metas."""
    notes: tuple[str, ...] = field(default=())
    """What this story is there for."""

    @property
    def id(self) -> str:
        return f"{self.published:%Y/%m/%d}/{self.digits}"

    @property
    def scheme(self) -> str:
        """The pages of 2016 name themselves with http."""
        return "http" if self.layout == "kcm_read" else "https"

    @property
    def address(self) -> str:
        """Canonical address as the page prints it."""
        if self.host == "host":
            return f"{self.scheme}://{self.kanal}.kompas.com/read/{self.id}/{self.slug}"
        if self.host == "compact":
            return f"https://www.kompas.com/{self.kanal}/read/{self.compact_id}/{self.slug}"
        return f"https://www.kompas.com/{self.kanal}/read/{self.id}/{self.slug}"

    @property
    def compact_id(self) -> str:
        """`26D17103000770`: two digits of the year, a letter for the month, day, digits."""
        letter = "ABCDEFGHIJKL"[self.published.month - 1]
        return f"{self.published:%y}{letter}{self.published:%d}{self.digits}"

    @property
    def url(self) -> str:
        return bare(self.address)

    @property
    def pages(self) -> int:
        return len(self.breaks) + 1

    def page_url(self, page: int | str) -> str:
        return f"{self.url}?page={page}"

    def pieces_of(self, page: int) -> tuple[Piece, ...]:
        """Pieces of one page; page 0 is the whole story."""
        if page == 0:
            return self.pieces
        edges = (0, *self.breaks, len(self.pieces))
        return self.pieces[edges[page - 1] : edges[page]]

    @property
    def kind(self) -> str:
        if self.content_type in KINDS:
            return KINDS[self.content_type]
        if self.verdict:
            return "fact_check"
        return "digest" if self.title.startswith(DIGEST_LABELS) else "article"

    @property
    def related(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for piece in self.pieces:
            found += piece.links if isinstance(piece, BacaJuga) else piece.related if isinstance(piece, Markup) else ()
        return found

    @property
    def declared_words(self) -> int | None:
        """The site counts words of the whole text, digits not, entities by name; pages of 2016 do not count."""
        if self.layout == "kcm_read":
            return None
        return len(re.findall(r"[A-Za-z'-]+", html.escape(self.whole_text)))

    @property
    def whole_text(self) -> str:
        """The text of all pages as the site keeps it: with dateline and "Baca juga" lines, without captions."""
        texts = [block["text"] for block in self.body()] + [f"Baca juga: {title}" for title, _ in self.related]
        place = f"{self.dateline.place or ''} {self.dateline.brand} - " if self.dateline else ""
        return place + "".join(texts) + self.cut_text

    def body(self) -> list[dict[str, str]]:
        """Blocks in reading order, without dateline and without anything that is no text of the story."""
        blocks: list[dict[str, str]] = []
        for piece in self.pieces:
            blocks += _blocks(piece)
        return blocks

    def images(self) -> list[dict[str, str | None]]:
        photos = [("lead", self.lead)] if self.lead else []
        for piece in self.pieces:
            inline = piece.images if isinstance(piece, Markup) else ()
            photos += [("inline", photo) for photo in ((piece.photo,) if isinstance(piece, InlinePhoto) else inline)]
        return [
            {
                "url": photo.url,
                "caption": photo.caption,
                "credit": photo.credit,
                "role": role,
            }
            for role, photo in photos
        ]

    def embeds(self) -> list[tuple[str, str]]:
        """Type and address of each post and player, in order."""
        found: list[tuple[str, str]] = []
        for piece in self.pieces:
            found += [(piece.kind, piece.address)] if isinstance(piece, Embed) else []
            found += piece.embeds if isinstance(piece, Markup) else ()
        return found

    def truth(self) -> dict[str, object]:
        """What a record of the whole story says, but for `latest`, which depends on the rest of the site."""
        return {
            "id": self.id,
            "url": self.url,
            "title": " ".join(self.title.split()),
            "section": self.section,
            "kind": self.kind,
            "claim": self.claim,
            "claim_verdict": f"hoaks! {self.verdict}" if self.verdict else None,
            "summary": self.summary,
            "published_at": self.published.isoformat(),
            "modified_at": self.modified.isoformat() if self.modified else None,
            "authors": list(self.authors),
            "editors": list(self.editors),
            "sources": list(self.sources),
            "dateline": self.dateline.place if self.dateline else None,
            "body": self.body(),
            "declared_word_count": self.declared_words,
            "pages": self.pages,
            "complete": not self.cut_text,
            "images": self.images(),
            "embeds": [{"type": kind, "url": address} for kind, address in self.embeds()],
            "tags": list(self.tags),
            "related": [{"title": plain(title), "url": bare(url)} for title, url in self.related],
            "layout": self.layout,
        }


def bare(url: str) -> str:
    """https, without query and fragment: how a record names a page."""
    return url.partition("#")[0].partition("?")[0].replace("http://", "https://", 1)


def _blocks(piece: Piece) -> list[dict[str, str]]:
    if isinstance(piece, Markup):
        return [{"type": kind, "text": text} for kind, text in piece.blocks]
    kind, texts = "paragraph", tuple[str, ...]()
    match piece:
        case Paragraph(text) | InlinePhoto(tail=text):
            texts = (text,)
        case Loose():
            texts = piece.texts
        case Heading(text):
            kind, texts = "heading", (text,)
        case Quote(text):
            kind, texts = "quote", (text,)
        case Items():
            kind, texts = "list_item", piece.texts
    return [{"type": kind, "text": plain(text)} for text in texts if text]

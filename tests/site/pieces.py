"""The pieces a story's body is made of. Text carries the marks of `tests.site.inline`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Photo:
    """A picture; the site prints the credit glued before the caption."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A ``<p>`` of prose."""

    text: str


@dataclass(frozen=True)
class Loose:
    """Paragraphs that stand in no ``<p>``: bare text nodes parted by two ``<br />``."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A subhead: ``<h2>``, or a paragraph that is wholly ``<strong>``."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Quote:
    """A ``<blockquote>`` that is no social post."""

    text: str


@dataclass(frozen=True)
class Items:
    """A ``<ul>``."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class BacaJuga:
    """Pointer to other stories, (title, address) each.

    Forms: "line", "plain" (not bold, blank before the colon), "list" (label and a ``<ul>``), "box".
    """

    links: tuple[tuple[str, str], ...]
    form: str = "line"


@dataclass(frozen=True)
class InlinePhoto:
    """``<p><div class="photo">...</div>`` with the next sentence glued behind it, as the editor leaves it."""

    photo: Photo
    tail: str = ""


@dataclass(frozen=True)
class Embed:
    """A post or a player. `address` is the expected address in the record."""

    kind: str
    address: str
    text: str = ""


@dataclass(frozen=True)
class Furniture:
    """Markup inside the body that belongs to the site, not to the story."""

    html: str


OPENING = "<!--dateline-->"
"""Where the dateline stands in the markup of a `Markup`."""


@dataclass(frozen=True)
class Markup:
    """Markup of its own kind, and what a record says of it."""

    html: str
    blocks: tuple[tuple[str, str], ...] = ()
    """(type, text) each."""
    related: tuple[tuple[str, str], ...] = ()
    """(title, address) each."""
    embeds: tuple[tuple[str, str], ...] = ()
    """(type, address) each."""
    images: tuple[Photo, ...] = ()


Piece = Paragraph | Loose | Heading | Quote | Items | BacaJuga | InlinePhoto | Embed | Furniture | Markup

"""Read photos: address, caption and credit, apart."""

from collections.abc import Collection, Iterator
from typing import Final

from lxml.etree import _Element as Element

from crawler.items import Image
from crawler.kompas import tree
from crawler.kompas.cleaning.holders import Holders, has_class, holders_below
from crawler.kompas.cleaning.parts import PARAGRAPHS, first_block, leading, text_below
from crawler.kompas.cleaning.pictures import addresses_of
from crawler.kompas.cleaning.segments import Take, lines_of
from crawler.kompas.text.captions import credit_name, without_credit

_CREDITS: Final = frozenset(("author", "photo__author"))
"""Classes of a photo's credit; in an element for captions it is the first <span>."""

_CONTENT: Final = frozenset(("table", "blockquote", "ul", "ol", "dl", "pre"))
"""What an element for photos may hold instead of one: `<figure class="table">`."""


def read_photo(element: Element, page_url: str, role: str) -> Image | None:
    """Return the photo that an element shows; None where it shows none (an icon, an empty box).

    :param role: `lead` or `inline`.
    """
    own = own_children(element, holders_below(element), is_open=False)
    return next(iter(read_photos(element, own or [], page_url, role)), None)


def read_photos(
    element: Element, own: list[Element], page_url: str, role: str, take: Take | None = None
) -> list[Image]:
    """Return the photos among an element's own children; caption and credit are the first one's.

    :param own: see `own_children`.
    :param take: leaves furniture out of the caption.
    """
    addresses = addresses_of(element, own, page_url)
    if not addresses:
        return []
    caption, credit = _caption_and_credit(element, own, take)
    first, *others = addresses
    return [Image(first, caption, credit, role), *(Image(other, None, None, role) for other in others)]


def own_children(element: Element, held: Holders, is_open: bool) -> list[Element] | None:
    """Return the children of an element that are the photo's own; None for an element without a photo.

    The caption is the text beside the picture, the only paragraph, or an element behind it (`caption_of`). Other blocks
    are text of the story, which a missing end tag has drawn in.

    :param is_open: the end tag is known to be missing.
    """
    children = list(element)
    if element.tag == "img":
        return children
    core = next((number for number, child in enumerate(children) if child in held.pictures), None)
    if core is None or children[core].tag in _CONTENT or any(_is_story(child, held) for child in children[:core]):
        return None
    end = core + 1
    while end < len(children) and not _is_story(children[end], held) and not is_caption(children[end]):
        end += 1
    is_last = end == len(children) - 1 and children[end].tag == "p"
    if is_last and not is_open and not _text_beside_credit(element, children[:end]):
        end += 1
    return children[:end]


def caption_of(element: Element, own: list[Element]) -> Element | None:
    """Return the element that holds a photo's caption: behind the photo (since 2022), behind its own children, or
    inside them; None where the caption is text beside the picture."""
    behind = next(element.itersiblings("*"), None)
    children = list(element)
    last = children[len(own)] if len(own) < len(children) else None
    beside = next((one for one in (behind, last) if one is not None and is_caption(one)), None)
    return next(filter(is_caption, _elements(own)), None) if beside is None else beside


def caption_children(caption: Element, is_open: bool) -> list[Element]:
    """Return the children of an element for captions: all, or those before the paragraphs behind its text.

    :param is_open: the end tag is known to be missing.
    """
    own = leading(caption)
    if not _text_beside_credit(caption, own):
        return first_block(caption) if is_open else list(caption)
    has_story = any(child.tag in PARAGRAPHS for child in list(caption)[len(own) :])
    return own if is_open or has_story else list(caption)


def is_caption(element: Element) -> bool:
    """Return whether an element holds a caption by its name."""
    return element.tag == "figcaption" or has_class(element, "photo__caption")


def _is_credit(element: Element) -> bool:
    return not _CREDITS.isdisjoint((element.get("class") or "").split())


def _elements(children: list[Element]) -> Iterator[Element]:
    """Yield the elements at or below children, of which some may be comments."""
    return (element for child in children for element in child.iter("*"))


def _is_story(child: Element, held: Holders) -> bool:
    """Return whether a child is a block that no photo has: one with text that is no caption, or a player."""
    return child.tag in tree.BLOCKS and not is_caption(child) and (child in held.texts or child in held.players)


def _text_beside_credit(element: Element, own: list[Element]) -> str:
    inside = [text_below(child) for child in own if isinstance(child.tag, str) and not has_class(child, "author")]
    return "".join([element.text or "", *inside, *(child.tail or "" for child in own)]).strip()


def _caption_and_credit(element: Element, own: list[Element], take: Take | None) -> tuple[str | None, str | None]:
    """Return caption and credit as printed in the caption's element, or beside the picture."""
    caption = caption_of(element, own)
    if caption is None:
        printed, inside, marked = element, own, _elements(own)
    else:
        printed, inside, marked = caption, caption_children(caption, is_open=False), caption.iterdescendants("*")
    stated = next(
        (found for found in marked if _is_credit(found) or (caption is not None and found.tag == "span")), None
    )
    credit = None if stated is None else credit_name(tree.text_of(stated) or "")

    def leave_out(part: Element) -> Collection[Element] | None:
        return list(part) if part is stated else take(part) if take else None

    return without_credit(lines_of(printed, list(printed)[len(inside) :], leave_out), credit), credit

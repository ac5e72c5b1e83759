"""Sort the elements of a body while it is walked: furniture, posts and photos leave the text, each with a removal."""

from lxml.etree import _Element as Element

from crawler.kompas.cleaning import embeds, photos, related
from crawler.kompas.cleaning.body import Body, Removal
from crawler.kompas.cleaning.holders import holders_below
from crawler.kompas.cleaning.parts import Parts
from crawler.kompas.cleaning.pictures import addresses_of
from crawler.kompas.cleaning.segments import lines_of


class Sorter:
    """Takes elements out of one body's text (`segments.Take`)."""

    def __init__(self, root: Element, parts: Parts, body: Body, page_url: str) -> None:
        self._parts = parts
        self._held = holders_below(root)
        self._body = body
        self._page_url = page_url
        self._captions: set[Element | None] = set()

    def take(self, element: Element) -> list[Element] | None:
        """Return the children that leave the text with an element; None for an element of the story."""
        rule = self._parts.rule_of(element)
        if rule is None:
            return None
        own = self._own_children(element, rule)
        if own is not None:
            text = lines_of(element, list(element)[len(own) :])
            if text:
                self._body.removed.append(Removal(rule, text))
        return own

    def _own_children(self, element: Element, rule: str) -> list[Element] | None:
        is_open = self._parts.is_open(element)
        if rule.startswith("photo/"):
            return self._caption(element, is_open) if photos.is_caption(element) else self._photo(element, is_open)
        if rule.startswith("embed/"):
            return self._embed(element, embeds.own_children(element, self._held, is_open))
        if rule.startswith("related/"):
            return None if is_open else self._related(element)
        own = self._parts.of_box(element)
        if element.tag == "noscript" and self._is_picture_without_address(element.getprevious()):
            self._keep_photos(element, own)
        return own

    def _is_picture_without_address(self, element: Element | None) -> bool:
        """Return whether an element is a picture that a script loads, with its address in the <noscript> beside it."""
        if element is None or element.tag not in ("img", "picture"):
            return False
        return not addresses_of(element, list(element), self._page_url)

    def _photo(self, element: Element, is_open: bool) -> list[Element] | None:
        own = photos.own_children(element, self._held, is_open)
        if own is not None:
            self._keep_photos(element, own)
        return own

    def _keep_photos(self, element: Element, own: list[Element]) -> None:
        self._body.images += photos.read_photos(element, own, self._page_url, "inline", self._furniture)
        self._captions.add(photos.caption_of(element, own))

    def _caption(self, element: Element, is_open: bool) -> list[Element] | None:
        """Take a caption; a <figcaption> without a photo or a player is text of the story."""
        is_caption = element in self._captions or element.getparent() in self._held.players
        if element.tag == "figcaption" and not is_caption:
            return None
        return photos.caption_children(element, is_open)

    def _embed(self, element: Element, own: list[Element] | None) -> list[Element] | None:
        embed = embeds.read_embed(element, own, self._page_url) if own is not None else None
        if embed:
            self._body.embeds.append(embed)
        return own

    def _related(self, element: Element) -> list[Element]:
        self._body.related += related.links_of_box(element, self._page_url)
        return list(element)

    def _furniture(self, element: Element) -> list[Element] | None:
        """Leave furniture out of a caption, without a removal: the photo's own has its text."""
        is_box = (self._parts.rule_of(element) or "").startswith("box/")
        return list(element) if is_box else None

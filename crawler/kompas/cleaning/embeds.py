"""Read the posts and players inside a body: links in `embeds`, never text."""

from typing import Final
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from crawler.items import Embed
from crawler.kompas.cleaning.holders import Holders, has_class, is_post_link
from crawler.kompas.cleaning.parts import first_block, leading, text_below
from crawler.kompas.urls import absolute

_HOSTS: Final = (
    # ending of the host, type, whether it is a post (its query is tracking) and not a player (its query is the choice)
    ("twitter.com", "twitter", True),
    ("x.com", "twitter", True),
    ("instagram.com", "instagram", True),
    ("tiktok.com", "tiktok", True),
    ("threads.net", "threads", True),
    ("threads.com", "threads", True),
    ("bsky.app", "bluesky", True),
    ("youtube.com", "youtube", False),
    ("youtube-nocookie.com", "youtube", False),
    ("youtu.be", "youtube", False),
    ("facebook.com", "facebook", False),
    ("kompas.tv", "kompastv", False),
    ("tv.kompas.com", "kompastv", False),
    ("video.kompas.com", "kompastv", False),
)
_NO_EMBEDS: Final = (
    *("doubleclick.net", "googlesyndication.com", "ads.google.com", "teads.tv", "criteo.net"),
    "widget.kompas.com",
)
"""Hosts of frames that are no part of the story: advertising, and the site's surveys and polls."""

_STATED: Final = (
    *("data-instgrm-permalink", "data-text-post-permalink", "cite", "data-href", "url", "src", "data-src"),
)
"""Attributes that hold the address of a post or player, the most certain first."""


def read_embed(element: Element, own: list[Element], page_url: str) -> Embed | None:
    """Return the post or player that an element shows; None for an advertising frame or one without an address.

    :param own: see `own_children`.
    """
    is_player = element.tag == "div" and has_class(element, "video")
    frame = next(element.iter("iframe", "oembed"), element) if is_player else element
    is_frame = frame.tag == "iframe" or has_class(frame, "embed")
    for address in _addresses(frame, own):
        url = absolute(address, page_url) or ""
        host = urlsplit(url).hostname if url.startswith(("http:", "https:")) else None
        if host is None or _is_below(host, _NO_EMBEDS):
            continue
        for ending, kind, is_post in _HOSTS:
            if _is_below(host, (ending,)):
                return Embed(kind, url.partition("?")[0] if is_post else url)
        if is_frame:
            return Embed("iframe", url)
    return None


def own_children(element: Element, held: Holders, is_open: bool) -> list[Element] | None:
    """Return the children of an embed that are its own; None for an element that embeds nothing.

    A post ends with the link to it, and a player's caption before the next block: what stands behind them is text of
    the story, which a missing end tag has drawn in.

    :param is_open: the end tag is known to be missing.
    """
    if element.tag == "iframe":
        return leading(element) if is_open else list(element)
    if has_class(element, "embed"):
        return list(element) if _bare_address(element) else None
    is_player = has_class(element, "video")
    cores = held.players if is_player else held.posts
    core = next((number for number, child in enumerate(element) if child in cores), None)
    if is_player:
        return None if core is None else leading(element, core + 1)
    own = list(element) if core is None else leading(element, core + 1)
    return min(own, first_block(element), key=len) if is_open else own


def _addresses(element: Element, own: list[Element]) -> list[str]:
    """Return the addresses that an embed may have, the most certain first: stated, linked, or all its text."""
    stated = [element.get(name) for name in _STATED]
    linked = [link.get("href") for child in own for link in child.iter("a") if is_post_link(link)]
    return [address for address in (*stated, *reversed(linked), _bare_address(element)) if address]


def _bare_address(element: Element) -> str | None:
    """Return the address that is all the text of an element."""
    text = text_below(element).strip()
    return text if text.startswith(("https://", "http://")) and len(text.split()) == 1 else None


def _is_below(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)

"""Tweets, posts and players inside the body: links in `embeds`, never text."""

from typing import Final
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from crawler.items import Embed
from crawler.kompas.cleaning.body import Body, Removal
from crawler.kompas.cleaning.elements import empty, select, text_of
from crawler.kompas.cleaning.rules import EMBEDS
from crawler.kompas.urls import absolute

_HOSTS: Final = (
    # host ending, type, is a post (whose query is tracking) rather than a player (whose query says what to play)
    ("twitter.com", "twitter", True),
    ("x.com", "twitter", True),
    ("instagram.com", "instagram", True),
    ("tiktok.com", "tiktok", True),
    ("youtube.com", "youtube", False),
    ("youtube-nocookie.com", "youtube", False),
    ("youtu.be", "youtube", False),
    ("facebook.com", "facebook", False),
    ("kompas.tv", "kompastv", False),
    ("tv.kompas.com", "kompastv", False),
    ("video.kompas.com", "kompastv", False),
)
_ADVERTISING: Final = ("doubleclick.net", "googlesyndication.com", "ads.google.com", "teads.tv", "criteo.net")


def take_embeds(root: Element, body: Body, page_url: str) -> None:
    """Moves every post and player into `body.embeds`."""
    for element in select(root, EMBEDS):
        embed = read_embed(element, page_url)
        if embed:
            body.embeds.append(embed)
        text = text_of(element)
        if text:
            body.removed.append(Removal("embed/text", text))
        empty(element)


def read_embed(element: Element, page_url: str) -> Embed | None:
    """The post or player an element shows; None for an advertising frame or one without an address."""
    for address in _addresses(element):
        url = absolute(address, page_url)
        if url is None:
            continue
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or _below(parts.hostname, _ADVERTISING):
            continue
        for host, kind, is_post in _HOSTS:
            if _below(parts.hostname, (host,)):
                return Embed(kind, url.partition("?")[0] if is_post else url)
        if element.tag == "iframe":
            return Embed("iframe", url)
    return None


def _addresses(element: Element) -> list[str]:
    """Most telling first: the permalink, the frame's source, then the last link (a tweet's date line)."""
    stated = [element.get(name) for name in ("data-instgrm-permalink", "cite", "data-href", "src", "data-src")]
    links = [link.get("href") or "" for link in element.iterdescendants("a")]
    posts = [link for link in reversed(links) if "/status/" in link or "/p/" in link or "/video/" in link]
    return [address for address in (*stated, *posts) if address]


def _below(host: str | None, domains: tuple[str, ...]) -> bool:
    return any(host == domain or (host or "").endswith(f".{domain}") for domain in domains)

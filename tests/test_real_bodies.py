"""The bodies of all real pages against independent readings of them.

The pages are Kompas's text and no part of the project; these tests are skipped where the folder is absent.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crawler.kompas.cleaning import Body, clean
from crawler.kompas.cleaning.phrases import furniture_rule
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article

ERAS = ("2020-10", "2021-03", "2023-04", "2024-04")
URL = "https://www.kompas.com/global/read/2023/04/20/100000070/judul"

EXPLAINED = {"photo/caption": 5, "byline/line": 6, "related/list": 2}
"""Paragraphs of the readings that are no text of ours, by the rule that removed them, on so many pages: captions of
infographics; credit lines, which the readings keep; a list of titles under "Baca juga:" (two titles on one page)."""

_POINTER = re.compile(r"^\W*(?:baca|simak|lihat) juga\s*:\s*", re.IGNORECASE)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@cache
def readings(folder: Path) -> list[tuple[str, dict[str, Any], Body]]:
    """File, independent reading and our reading of every page that has both."""
    found = []
    for era in ERAS:
        for line in (folder / f"expected_{era}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            file = record["file"] if "/" in record["file"] else f"{era}/{record['file']}"
            document = Document(record["url"], gzip.decompress((folder / file).read_bytes()))
            found.append((file, record, read_article(document).body))
    return found


def bodies(folder: Path) -> Iterator[tuple[str, Body]]:
    """Every body that can be had: of pages with a reading, of other sections and years, and of April 2023 alone."""
    for file, _, body in readings(folder):
        yield file, body
    for path in [*sorted((folder / "other_sections").glob("*.gz")), *sorted((folder / "older").glob("article*"))]:
        yield path.name, read_article(Document(URL, gzip.decompress(path.read_bytes()))).body
    lines = gzip.decompress((folder / "bodies_2023.jsonl.gz").read_bytes()).decode().splitlines()
    for number, line in enumerate(lines):
        markup = json.loads(line)["paragraph_html"].strip("[]").replace("</p>, <p", "</p>\n<p")
        root = html.fromstring(f'<div class="read__content"><div class="clearfix">{markup}</div></div>')
        yield f"bodies_2023 {number}", clean(root, URL)


def paragraphs(record: dict[str, Any], body: Body) -> tuple[list[str], list[str]]:
    """Ours and theirs; the readings since 2021 keep the dateline in the first paragraph."""
    ours = [squeezed(block.text) for block in body.blocks]
    if "paragraphs" in record:
        return ours, [squeezed(text) for text in record["paragraphs"]]
    if body.dateline_text and ours:
        ours[0] = squeezed(body.dateline_text) + ours[0]
    return ours, [squeezed(block["text"]) for block in record["body"]]


def removals(body: Body) -> list[tuple[str, str]]:
    """Rule and text of everything that was removed."""
    return [(removal.rule, removal.text) for removal in body.removed]


def test_every_paragraph_equals_the_independent_reading(real_pages: Path) -> None:
    """Without it sentences are lost, glued or invented on real pages, whatever the pages of the tests say."""
    explained: Counter[str] = Counter()
    for file, record, body in readings(real_pages):
        ours, theirs = paragraphs(record, body)
        rules = {squeezed(removal.text): removal.rule for removal in body.removed}
        left = [text for text in theirs if text not in ours]
        explained.update(rules.get(text, f"{file}: {text}") for text in left)
        assert ours == [text for text in theirs if text not in left], file
    assert explained == EXPLAINED


def test_every_related_link_equals_the_independent_reading(real_pages: Path) -> None:
    """Without it headlines of other stories are lost, or stand in the text.

    One pointer of all pages has no link: the reading lists it, ours keeps it as a removal.
    """
    for file, record, body in readings(real_pages):
        printed = [link if isinstance(link, str) else link["title"] for link in record["related"]]
        titles = [squeezed(_POINTER.sub("", title)) for title in printed]
        listed = [squeezed(text) for rule, text in removals(body) if rule == "related/list"]
        unlinked = [squeezed(_POINTER.sub("", text)) for rule, text in removals(body) if rule == "related/unlinked"]
        wanted = [title.rstrip(".") for title in titles if title and title not in unlinked] + listed
        assert [squeezed(link.title).rstrip(".") for link in body.related] == wanted, file
        addresses = [link["url"] for link in record["related"] if not isinstance(link, str)]
        assert not addresses or [link.url for link in body.related] == addresses, file


def test_every_photo_equals_the_independent_reading(real_pages: Path) -> None:
    """Without it captions stand in the text, or photos have no caption or credit."""
    for file, record, body in readings(real_pages):
        ours = [squeezed(f"{image.credit or ''}{image.caption or ''}") for image in body.images]
        if "inline_images" in record:
            theirs = [squeezed(f"{image['credit'] or ''}{image['caption'] or ''}") for image in record["inline_images"]]
            assert [image.url for image in body.images] == [image["url"] for image in record["inline_images"]], file
        else:
            theirs = [squeezed(text) for text in record["inline_photo_texts"]]
        infographics = [text for text in ours if text not in theirs]
        assert all("Infografik:" in text for text in infographics), file
        assert [text for text in ours if text not in infographics] == theirs, file


def test_every_embed_equals_the_independent_reading(real_pages: Path) -> None:
    """Without it posts and videos are lost, and the site's surveys are listed among them."""
    hosts = {"instagram-media": ("instagram",), "embed": ("twitter", "instagram", "tiktok")}
    for file, record, body in readings(real_pages):
        if "embeds" not in record:
            continue
        assert len(body.embeds) == len(record["embeds"]), file
        for embed, printed in zip(body.embeds, record["embeds"], strict=True):
            assert embed.url == printed or embed.type in hosts.get(printed, ()), file


def test_no_text_of_any_page_is_unaccounted_for(real_pages: Path) -> None:
    """Without it text of real pages is silently in no field and in no removal."""
    read = list(bodies(real_pages))
    assert len(read) == 186
    assert {file: body.unaccounted for file, body in read if body.unaccounted} == {}


def test_no_furniture_is_in_the_text_of_any_page(real_pages: Path) -> None:
    """Without it promotion of the site is counted as words of the press."""
    forbidden = re.compile(
        r"\b(?:Baca|Simak|Tonton) juga\s*:|Grup Telegram|WhatsApp Channel|Gabung Kompas\.com\+|Advertisement|"
        r"widget\.kompas\.com|#JernihBerkomentar|Terkini Lainnya|Close Ads|^https?://\S+$",
        re.IGNORECASE | re.MULTILINE,
    )
    for file, body in bodies(real_pages):
        for block in body.blocks:
            assert not forbidden.search(block.text), (file, block.text)
            assert all(furniture_rule(line) is None for line in block.text.split("\n")), (file, block.text)


@pytest.mark.parametrize("era", ["2023-04", "2024-04"])
def test_what_stands_under_a_story_since_2022_is_removed_by_name(real_pages: Path, era: str) -> None:
    """Without it promotion under the story may vanish today and stand in the text tomorrow."""
    removed = [
        removal
        for file, _, body in readings(real_pages)
        for removal in body.removed
        if file.startswith(era) and removal.rule == "cut/after_end"
    ]
    assert removed
    assert {removal.text[:22] for removal in removed} <= {"Dapatkan update berita", "Simak breaking news da"}

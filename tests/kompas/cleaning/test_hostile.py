"""Bodies of a size and shape that no editor makes: the time to read them is proportional to their length."""

import gc
import time
from collections.abc import Callable
from typing import Final

import pytest

from crawler.kompas import tree
from crawler.kompas.cleaning import clean
from tests.kompas.cleaning.reading import PAGE

MANY: Final = 6_000
"""Elements of a shape; it is measured with a quarter of them too."""
MOST: Final = 10
"""Times as long as with a quarter of the elements: linear time gives 4, quadratic time 16."""
DEEP: Final = 1_800
"""Levels; the parser reads 2,048."""

_IMAGE: Final = '<img src="/a.jpg">'
_CAPTION: Final = '<div class="photo__caption">K</div>'
_TWEET: Final = '<blockquote class="twitter-tweet">'

SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "attributes": lambda many: f"<p {' '.join(f'a{number}=x' for number in range(99))}>x</p>" * (many // 99),
    "classes": lambda many: f'<p class="{" ".join(f"a{number}" for number in range(many))}">x</p>',
    "links of a pointer": lambda many: f"<p>Baca juga: {'<a href=/x>Judul</a> ' * many}</p>",
    "links of a list": lambda many: f"<p>Baca juga:</p><ul>{'<li><a href=/x>Judul</a>' * many}</ul>",
    "pointers in a line": lambda many: f"<p>{'Ia pulang. Baca juga: <a href=/x>Judul</a> ' * many}</p>",
    "pointers without links": lambda many: f"<p><a href=/x>x</a>{'Ia pulang. Baca juga: Judul ' * many}</p>",
    "tag links in quotes": lambda many: "<p>" + 'kata " <a href=/t>AS</a> " ' * many + "</p>",
    "links over breaks": lambda many: f"<p><a href=/x>{'x<br>' * many}</a></p>",
    "photos with captions": lambda many: f'<div class="photo__wrap">{_IMAGE}</div>{_CAPTION}' * many,
    "captions of a figure": lambda many: f"<figure>{'<figcaption>K</figcaption>' * many}</figure>",
    "pictures of a figure": lambda many: f"<figure>{_IMAGE * many}</figure>",
    "blank blocks in a photo": lambda many: f'<div class="photo">{_IMAGE}{"<div></div>" * many}</div>',
    "photos in photos": lambda many: '<div class="photo">' * DEEP + "<p>x</p>" * many,
    "figures in figures": lambda many: f"<figure>{_IMAGE}" * DEEP + "<p>x</p>" * many,
    "tweets in tweets": lambda many: _TWEET * DEEP + "<p>x</p>" * many + '<div class="fb-quote"></div>',
    "forms in forms": lambda many: "<form>x" * DEEP + "<p>x</p>" * many,
    "advertising in advertising": lambda many: '<span class="ads-on-body">' * DEEP + "<p>x</p>" * many,
    "bold in bold": lambda many: "<strong>" * DEEP + "<p>x</p>" * many,
    "lists in lists": lambda many: "<ul><li>x" * (DEEP // 2) + "<p>x</p>" * many,
    "tables in tables": lambda many: "<table><tr><td>x" * (DEEP // 3) + "<p>x</p>" * many,
    "rows": lambda many: f"<table>{'<tr><td>a<td>b' * many}</table>",
    "cells": lambda many: f"<table><tr>{'<td>a' * many}</table>",
    "blanks": lambda many: f"<p>x{' ' * 50 * many}y</p>",
    "full stops": lambda many: f"<p>{'. ' * 10 * many}x</p>",
    "labels": lambda many: f"<p>{'baca juga ' * 5 * many}</p>",
    "dashes": lambda many: f"<p>Baca juga {'-' * 50 * many} x</p>",
    "end marks": lambda many: '<div id="EndOfArticle">x</div>' * many,
    "pictures in sizes": lambda many: (
        f'<img srcset="{", ".join(f"/{number}.jpg {number}w" for number in range(many))}">'
    ),
    "commas in sizes": lambda many: f'<img srcset="{"," * 10 * many}{" " * 10 * many}">',
}


def seconds(shape: Callable[[int], str], many: int) -> float:
    """Return the processor time that cleaning a body of this shape takes."""
    root = tree.parse(f'<html><body><div class="read__content"><p>Kapal merapat.</p>{shape(many)}</div></body></html>')
    (element,) = tree.css(root, "div.read__content")
    gc.disable()  # its time depends on what other tests left
    try:
        start = time.process_time()
        body = clean(element, PAGE)
        taken = time.process_time() - start
    finally:
        gc.enable()
    assert body.blocks[0].text == "Kapal merapat."
    assert body.unaccounted == []
    return taken


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_time_grows_with_the_length_of_a_body(shape: Callable[[int], str]) -> None:
    """Without it one broken or malicious page delays the run for minutes or hours."""
    many = seconds(shape, MANY)
    assert many < 0.1 or many < MOST * seconds(shape, MANY // 4)

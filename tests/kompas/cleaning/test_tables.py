"""A row of a table is one block, and its cells keep their columns."""

import pytest

from tests.kompas.cleaning.reading import read, typed

TABLES = {
    "plain": ("<tr><th>Kota</th><th>Suhu</th></tr><tr><td>Oslo</td><td>12</td></tr>", ["Kota | Suhu", "Oslo | 12"]),
    "paragraphs in cells": ("<tr><td><p>Kota</p></td><td><p>Suhu</p></td></tr>", ["Kota | Suhu"]),
    "boxes in cells": ("<tr><td><div>Kota</div></td><td><div>12 derajat</div></td></tr>", ["Kota | 12 derajat"]),
    "a paragraph in a heading cell": ("<tr><th><p><strong>Kota</strong></p></th><td>12</td></tr>", ["Kota | 12"]),
    "two blocks in a cell": (
        "<tr><td>Oslo</td><td><p>siang 12</p><p>malam 4</p></td></tr>",
        ["Oslo | siang 12 malam 4"],
    ),
    "a list in a cell": (
        "<tr><td>Oslo</td><td><ul><li>salju</li><li>angin</li></ul></td></tr>",
        ["Oslo | salju angin"],
    ),
    "a break in a cell": ("<tr><td>Oslo<br>Utara</td><td>12</td></tr>", ["Oslo Utara | 12"]),
    "an empty first cell": ("<tr><th></th><th>2020</th><th>2021</th></tr>", [" | 2020 | 2021"]),
    "an empty middle cell": ("<tr><td>Oslo</td><td> </td><td>7</td></tr>", ["Oslo |  | 7"]),
    "an empty last cell": ("<tr><td>Oslo</td><td>7</td><td></td></tr>", ["Oslo | 7 | "]),
    "a row of empty cells": ("<tr><td></td><td></td></tr><tr><td>Oslo</td><td>7</td></tr>", ["Oslo | 7"]),
    "a hidden cell": ('<tr><td>Oslo</td><td style="display:none">x</td><td>7</td></tr>', ["Oslo |  | 7"]),
    "a table in a cell": (
        "<tr><td>Oslo</td><td><table><tr><td>siang</td><td>12</td></tr></table></td><td>utara</td></tr>",
        ["Oslo | siang 12 | utara"],
    ),
    "sections": (
        "<caption>Suhu</caption><thead><tr><th>Kota</th><th>C</th></tr></thead><tbody><tr><td>Oslo</td><td>7</td></tr>"
        "</tbody><tfoot><tr><td>Rata-rata</td><td>7</td></tr></tfoot>",
        ["Suhu", "Kota | C", "Oslo | 7", "Rata-rata | 7"],
    ),
    "cells without a row": ("<td>Oslo</td><td>7</td>", ["Oslo | 7"]),
    "rows that are not closed": ("<tr><td>Oslo<td>7<tr><td>Lima<td>19", ["Oslo | 7", "Lima | 19"]),
    "links in cells": ('<tr><td><a href="/k">Oslo</a></td><td>( <a href="/c">C</a>) 7</td></tr>', ["Oslo | (C) 7"]),
    "one column": ("<tr><td>Oslo</td></tr><tr><td>Lima</td></tr>", ["Oslo", "Lima"]),
}


@pytest.mark.parametrize(("markup", "rows"), TABLES.values(), ids=TABLES)
def test_cells_keep_their_columns(markup: str, rows: list[str]) -> None:
    """Without it the numbers of a table lose the names that they belong to, or stand in another column."""
    body = read(f"<p>Suhu kota pagi ini:</p><table>{markup}</table><p>Besok lebih dingin.</p>")
    assert [block.text for block in body.blocks] == ["Suhu kota pagi ini:", *rows, "Besok lebih dingin."]
    assert {block.type for block in body.blocks[1:-1]} <= {"table_row", "paragraph"}
    assert body.unaccounted == []


def test_every_row_is_a_row() -> None:
    """Without it a reader of the data cannot distinguish a table from sentences."""
    rows = "<tr><td><p>Kota</p></td><td><p>Suhu</p></td></tr><tr><td>Oslo</td><td>12</td></tr><tr><td>Lima</td></tr>"
    assert [kind for kind, _ in typed(f"<table>{rows}</table>")] == ["table_row"] * 3


def test_a_table_for_layout_is_read_as_what_it_holds() -> None:
    """Without it the paragraphs of a framed passage are glued into one."""
    frame = "<table><tr><td><h3>Kilas balik</h3><p>Kapal karam.</p><p>Warga selamat.</p></td></tr></table>"
    assert typed(frame) == [("heading", "Kilas balik"), ("paragraph", "Kapal karam."), ("paragraph", "Warga selamat.")]


def test_a_pointer_in_a_framed_table_is_a_link() -> None:
    """Without it the headline of another story stands in the text because a frame is drawn round it."""
    pointer = 'Baca juga: <a href="/global/read/2021/04/20/101500370/menara">Menara</a>'
    body = read(f"<p>Kapal karam.</p><table><tr><td>{pointer}</td></tr></table>")
    assert [link.title for link in body.related] == ["Menara"]
    assert [block.text for block in body.blocks] == ["Kapal karam."]


@pytest.mark.parametrize("tag", ["td", "th"])
def test_a_cell_outside_a_table_is_text(tag: str) -> None:
    """Without it text is lost where the tags round a cell are missing."""
    root = read(f"<p>Kapal karam.</p><{tag}>Warga selamat.</{tag}>")
    assert [block.text for block in root.blocks] == ["Kapal karam.", "Warga selamat."]

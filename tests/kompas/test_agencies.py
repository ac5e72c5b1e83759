"""Agencies under one name each. The sentences and names without a house behind them are invented."""

import json
import re
from pathlib import Path

import pytest

from crawler.kompas.agencies import agencies_of
from crawler.kompas.tables import rows, several

AS_PRINTED = {
    "Berbagai Sumber",  # "various sources"
    "Bikesrepublic",
    "Five Star Painting",
    "Futurist Architecture",
    "Homes and Gardens",
    "Kementerian ATR/BPN",
    "Kementerian Perhubungan RI",
}
"""Sources of the real pages that no agency, paper or broadcaster is, or that are cited once: no other name is known."""


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (["Reuters", "Reuters.com", "REUTERS"], ["Reuters"]),
        (["Associated Press"], ["AP"]),
        (["DW", "Deutsche Welle"], ["Deutsche Welle"]),
        (["Aljazeera", "Al-Jazeera", "Al Jazeera English"], ["Al Jazeera"]),
        (["www.rt.com"], ["RT"]),
        (["https://www.dailymail.co.uk"], ["Daily Mail"]),
        (["The New Zealand Herald", "NZ Herald"], ["New Zealand Herald"]),
        (["France24", "AFP"], ["France 24", "AFP"]),
        (["BBC Indonesia", "BBC News", "BBC.com", "bbc.com/indonesia"], ["BBC Indonesia", "BBC"]),
        (["CNN", "CNN Indonesia"], ["CNN", "CNN Indonesia"]),
        (["ABC News", "ABC Australia"], ["ABC News", "ABC Australia"]),
        (["The Times"], ["The Times"]),
        (["TIME"], ["Time"]),
        (["Times"], ["Times"]),
        (["Kompas", "Kompas.com", "Kompas.id", "Kompas TV"], ["Kompas", "Kompas.com", "Kompas.id", "Kompas TV"]),
        (["Reuters/VOA Indonesia"], ["Reuters", "VOA Indonesia"]),
        (["AFP via BBC Indonesia"], ["AFP", "BBC Indonesia"]),
        (["RFE/RL"], ["Radio Free Europe"]),
        (["AFP/Kabar Pulau"], ["AFP/Kabar Pulau"]),
        (["Dinas Kapal & Pulau"], ["Dinas Kapal & Pulau"]),
        (["Kabar  Pulau ", "AP", "Kabar Pulau"], ["Kabar Pulau", "AP"]),
        ([" "], []),
        ([], []),
    ],
)
def test_every_agency_has_one_name(printed: list[str], names: list[str]) -> None:
    """Without it the same agency is counted under three names, or two agencies under one."""
    assert agencies_of(printed) == names


def test_no_name_of_the_table_means_two_agencies() -> None:
    """Without it the order of the rows decides which agency a source is."""
    owners: dict[str, set[str]] = {}
    for name, others, _note in rows("agencies"):
        for form in (name, *several(others)):
            owners.setdefault(re.sub(r"\W", "", form).casefold(), set()).add(name)
            assert agencies_of([form]) == [name]
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_the_agencies_of_the_real_pages_have_their_names(real_pages: Path) -> None:
    """Without it the share of an agency on real pages depends on how it was spelled that day."""
    printed: set[str] = set()
    for path in real_pages.glob("expected_*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            printed.update(record["source"] if "source" in record else record["sources"])
    assert len(printed) == 29
    named = {name for name, _others, _note in rows("agencies")}
    assert {source for source in printed if not set(agencies_of([source])) <= named} == AS_PRINTED
    assert all(agencies_of([source]) == [source] for source in AS_PRINTED)

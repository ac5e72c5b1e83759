"""Towns whose name determines their country. The towns are invented, except the two of Odessa."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.kompas.tables import make_cities


def town(name: str, country: str, population: int, *others: str) -> dict[str, Any]:
    return {"name": name, "countrycode": country, "population": population, "alternatenames": list(others)}


@pytest.mark.parametrize(
    ("towns", "country"),
    [
        ([town("Kapalan", "ID", 20_000)], "ID"),
        ([town("Kapalan", "ID", 20_000), town("Kapalan", "ID", 900_000)], "ID"),
        ([town("Kapalan", "ID", 20_000), town("Kapalan", "MY", 2_000)], "ID"),
        ([town("Kapalan", "ID", 20_000), town("Kapalan", "MY", 2_001)], None),
        ([town("Kapalan", "PH", 20_000), town("Kapalan", "MY", 19_000)], "PH"),  # the capital of PH
        ([town("Kapalan", "PH", 20_000), town("Kapalan", "MY", 21_000)], None),
        ([town("Kapalan", "US", 114_428), town("Kapala", "UA", 1_010_537, "Kapalan")], None),  # Odessa
        ([town("Kapalan", "US", 114_428), town("Kapala", "UA", 100_000, "Kapalan")], "US"),
        ([town("Kapalan-shi", "JP", 20_000)], "JP"),
        ([town("Kāpalan", "IN", 20_000)], "IN"),
    ],
)
def test_a_name_has_a_country_only_when_it_is_one_town(towns: list[dict[str, Any]], country: str | None) -> None:
    """Without it a report from one country is counted for another that has a town of that name."""
    main, every = (make_cities.populations_of(towns, other_names=others) for others in (False, True))
    assert make_cities.country_told_by("kapalan", main, every, {"PH": "kapalan"}) == country


def test_the_table_is_written_from_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the table cannot be made again when GeoNames changes."""
    big, small = town("Kapalan", "ID", 20_000), town("Pulauan", "ID", 600)
    files = {"cities500": [big, small], "cities15000": [big], "countries": [{"iso": "ID", "capital": "Jakarta"}]}
    for name, values in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(dict(enumerate(values))), encoding="utf-8")
    monkeypatch.setattr(make_cities, "__file__", str(tmp_path / "make_cities.py"))
    make_cities.main(tmp_path)
    *comments, row = (tmp_path / "cities.tsv").read_text(encoding="utf-8").splitlines()
    assert row == "kapalan\tID"
    assert any("CC BY 4.0" in line for line in comments)

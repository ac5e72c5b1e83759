"""Countries of a story. Sentences are invented; the real pages were read by a person."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from crawler.kompas.cleaning import clean
from crawler.kompas.cleaning.body import Body
from crawler.kompas.geography import countries_of, dateline_country
from crawler.kompas.tables import rows, several
from crawler.kompas.text.folding import fold

READ = """
2020/10/16/073022070 US | 2020/10/16/181733970 MX US | 2020/10/17/070903270 US | 2020/10/17/113206770 US
2020/10/17/120354470 FI | 2020/10/17/121930470 IR US | 2020/10/17/122219470 TR US RU | 2020/10/17/125717370 GB
2020/10/17/135357670 US | 2020/10/17/145147570 ES | 2020/10/17/152316270 NZ
2020/10/17/154051270 CN ID PH KH MY LA TH SG | 2020/10/17/160000470 US SY RU | 2020/10/17/163615470 BR
2020/10/17/175922070 IN | 2020/10/17/180508570 MX | 2020/10/17/203744570 FR | 2020/10/17/213435870 MY
2020/10/17/222755270 FR | 2020/10/18/001921770 | 2020/10/18/064816270 ES DE | 2020/10/18/081842170 US
2020/10/18/092234070 TH | 2020/10/18/121349170 TH DE FR | 2020/10/18/144930470 IR RU CN DE FR US
0 PK RU UA CN IN SA AE | 1 RU UA US NO HU | 2 KE | 3 IN | 4 CN TW US | 5 CN TW US PH | 6 JP | 7 LB IL PS IR SY
8 IL PS VA LB IT GB SY | 9 US | 10 MY KR | 11 RU UA US | 12 CN TW JP US | 13 RU US CN ID | 14 ID SA IR | 15 DE US
16 RU UA IR | 17 MY SG CN FR TW | 18 KR KH RU US | 19 TH BD IN | 20 RU UA JP BY | 21 UA RU | 22 GB | 23 PE CO VE
25 CN US
2020/10/18/145650470 AZ AM RU TR | 2020/10/18/152327470 GB | 2020/10/18/164955670 TH
2020/10/18/172619570 IR US RU CN GB FR DE | 2020/10/18/173544770 TH | 2020/10/18/174022570 TH
2020/10/18/182604170 GB | 2020/10/18/194942170 US | 2020/10/18/201411370 AE | 2020/10/18/202442770 KP CH
2020/10/18/203801870 | 2020/10/19/061312570 FR | 2020/10/19/095824070 AE IL GB TR LY YE SO XK AL
2020/10/19/100255570 US | 2020/10/19/101940270 PE | 2020/10/19/103518870 HK MO
2020/10/19/112913570 JP VN CN US IN AU | 24 AU SA AE OM QA KW BH EG TR IR GB | 26 JP | 27 CN IL PS SA IR | 28 SG
29 | 30 FR TW US CN | 31 NZ CN | 32 MY ID | 33 RU UA US | 34 RU UA | 35 RU BY UA | 36 SA | 37 IR | 38 US
39 PL DE UA RU KR US | 40 MY | 41 US | 42 US | 43 IT US | 44 UA RU US CN | 45 ID US SG | 46 KR KP CN
47 US FR CN TW | 48 CN | 49 YE IR SA | 50 SD US | 51 IT | 52 RU UA LV KE DE FR EE LT CN | 53 ID TW SG HK MY
54 GB CN | 55 MY GB | 56 US | 57 NZ CN | 58 MY SG | 59 SA AE
"""
"""Countries that 102 real pages name, in order, as a person read them: those of 2020 by id, those of 2023 by line of
their file. Named means what `countries_of` says: a page that names only Georgia, Texas or dollars names no country."""

WRONG = {"2020/10/17/070903270": ["US", "LB"]}
"""Where the program is wrong: Lebanon is a town of Indiana there."""


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("BRUSSELS", "BE"),
        ("WASHINGTON DC", "US"),
        ("WASHINGTON, D.C.", "US"),
        ("MICHIGAN", "US"),
        ("GANJA", "AZ"),
        ("Den Haag", "NL"),
        ("KYIV", "UA"),
        ("SEOUL", "KR"),
        ("JAKARTA", "ID"),
        ("MOSKWA", "RU"),
        ("KAIRO", "EG"),
        ("BELANDA", "NL"),
        ("TIONGKOK", "CN"),
        ("SANA'A", "YE"),
        ("SÃO PAULO", "BR"),
        ("NARA", "JP"),
        ("HONG KONG", "HK"),
        ("PRISTINA", "XK"),
        ("KOTA GAZA", "PS"),
        ("KOTA KINABALU", "MY"),
        ("KOTA PANAMA", "PA"),
        ("PULAU PALAWAN", "PH"),
        ("NEGARA BAGIAN TEXAS", "US"),
        ("TRIPOLI", "LY"),  # a capital five times as big as its namesake
        ("ONTARIO", "CA"),  # the province, not the town of California
        ("DESA KECIL, FILIPINA", "PH"),
        ("LONDON/EDINBURGH", "GB"),
        ("JALUR GAZA-TEPI BARAT", "PS"),
        ("GEORGIA", None),
        ("YERUSALEM", None),
        ("ODESSA", None),
        ("HYDERABAD", None),
        ("SPRINGFIELD UTARA", None),
        ("VICTORIA", None),  # an older name of Hong Kong, which is none of a dateline
        ("PARIS-LONDON", None),
        ("PARIS-DESA KECIL", None),
        ("ATHENA, GEORGIA", None),
        ("DESA KECIL", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_dateline_has_the_country_of_its_place_or_none(place: str | None, country: str | None) -> None:
    """Without it a map of datelines shows reports from wrong places."""
    assert dateline_country(place) == country


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Warga Perancis bertemu orang Belanda di Tiongkok.", ["FR", "NL", "CN"]),
        ("Presiden AS tiba, seperti as roda. AS-China membaik.", ["US", "CN"]),
        ("Kapal itu as AMERIKA SERIKAT", ["US"]),
        ("AS Roma menang, lalu pelaku berinisial AS kabur.", []),
        ("Harganya 5 juta dollar AS, atau 4 juta dolar Australia; US$ 3.", []),
        ("Angkatan Laut AS berlayar di Laut China Selatan dan Selat Taiwan.", ["US"]),
        ("LAUT CHINA SELATAN", []),
        ("Dia berbahasa Inggris, Jerman, dan Spanyol di Portugal.", ["PT"]),
        ("Buku dalam bahasa Thai atau Vietnam.", []),
        ("Menurut BBC Indonesia, Jakarta Post, dan South China Morning Post.", []),
        ("Pukul 09.00 Waktu Indonesia Barat, WNI itu pulang.", ["ID"]),
        ("Sudan Selatan bukan Papua Nugini; Guinea-Bissau bukan Guinea.", ["SS", "PG", "GW", "GN"]),
        ("Nigeria di hilir Sungai Niger.", ["NG"]),
        ("Niger dan Mali dan Oman dan Kuba dan Yordania", ["NE", "ML", "OM", "CU", "JO"]),
        ("Turki bin Fulan dari Turki, Turkiye.", ["TR"]),
        ("Korut menyapa Korsel; dua Korea damai.", ["KP", "KR"]),
        ("Irlandia Utara milik Inggris.", ["GB"]),
        ("Amerika Latin, Hindia Belanda, dan Mongolia Dalam.", []),
        ("Republik Demokratik Kongo dan Republik Kongo", ["CD", "CG"]),
        ("Kampanye di Georgia, kata Chad Fulan.", []),
        ("Pemilu di Georgia membuat Tbilisi ramai.", ["GE"]),
        ("Chad dan Kamerun menutup perbatasan.", ["TD", "CM"]),
        ("Republik Dominika, bukan Dominika.", ["DO"]),
        ("Lima orang di Peru memuji Negeri Sakura.", ["PE", "JP"]),
        ("Kapal dari Somalia, Malili, dan Omania.", ["SO"]),
        ("N'Djamena, Pantai Gading, Timor-Leste, UEA", ["TD", "CI", "TL", "AE"]),
        ("Perjanjian Paris dibahas di Paris.", ["FR"]),
        ("", []),
    ],
)
def test_a_story_names_these_countries(text: str, countries: list[str]) -> None:
    """Without it every sum of dollars counts as a story on the USA, and every "as" as well."""
    assert countries_of("", text) == countries


def test_the_title_comes_first_and_each_country_once() -> None:
    """Without it the order does not show the main country of a story."""
    assert countries_of("Mali Menang", "Ghana kalah dari Mali.") == ["ML", "GH"]


def test_every_country_is_found_by_each_of_its_names() -> None:
    """Without it a name of the table that another one hides is never found."""
    clues = "Roseau Tbilisi Deby"
    for code, names, capitals in rows("countries"):
        for name in several(names) + several(capitals):
            assert countries_of("", f"Di {name}, kapal tiba.") == [code], name
    for code, name, _words, _reason in rows("doubtful"):
        assert countries_of("", f"Di {name}, kapal tiba.") == []
        assert code in countries_of("", f"Di {name}, kapal tiba. {clues}")


def test_the_countries_are_those_of_the_standard() -> None:
    """Without it two rows claim one name, and the later one wins."""
    codes = [code for code, _names, _capitals in rows("countries")]
    assert len(codes) == len(set(codes)) == 245  # the 249 of ISO 3166-1 without AQ, BV, HM, TF, UM, and XK
    names = [name for _code, *cells in rows("countries") for cell in cells for name in several(cell)]
    assert len(names) == len(set(names))


def test_every_row_of_places_says_something_new() -> None:
    """Without it the table grows by places that the gazetteer gives anyway."""
    given = dict(rows("cities"))
    given |= {fold(name): code for code, *cells in rows("countries") for cell in cells for name in several(cell)}
    for code, places, reason in rows("places"):
        assert reason
        for place in several(places):
            if code == "-":
                assert fold(place) in given or place == "Georgia"
            else:
                assert code in given.values()
                assert given.get(fold(place)) != code, place


def bodies(real_pages: Path) -> Iterator[Body]:
    """Bodies of 2023, of which only the paragraphs are kept."""
    for line in gzip.decompress((real_pages / "bodies_2023.jsonl.gz").read_bytes()).decode().splitlines():
        markup = json.loads(line)["paragraph_html"].strip("[]").replace("</p>, <p", "</p>\n<p")
        root = html.fromstring(f'<div class="read__content"><div class="clearfix">{markup}</div></div>')
        yield clean(root, "https://www.kompas.com/global/read/2023/04/20/100000070/judul")


def stories(real_pages: Path) -> Iterator[tuple[str, str, str]]:
    """Key, title and text of the pages of the section."""
    for line in (real_pages / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        story = re.search(r"\d{4}/\d\d/\d\d/\d+", record["url"])
        assert story
        yield story[0], record["title"].strip(), "\n\n".join(record["paragraphs"])
    for number, body in enumerate(bodies(real_pages)):
        yield str(number), "", "\n\n".join(block.text for block in body.blocks)


def test_the_real_pages_name_the_countries_that_a_person_read(real_pages: Path) -> None:
    """Without it the error of a count of countries is unknown."""
    read = {
        key: countries
        for key, *countries in (page.split() for page in READ.replace("\n", "|").split("|") if page.strip())
    }
    assert len(read) == 102
    found = {key: countries_of(title, text) for key, title, text in stories(real_pages) if key in read}
    assert found == {**read, **WRONG}


def test_the_datelines_of_the_real_pages_have_their_country(real_pages: Path) -> None:
    """Without it the places that no table knows are not known either."""
    lines = (real_pages / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines()
    places = [json.loads(line)["dateline"] for line in lines] + [body.dateline for body in bodies(real_pages)]
    printed = [place for place in places if place]
    assert len(printed) == 91
    assert [place for place in printed if dateline_country(place) is None] == ["ODDESA", "ODESSA", "DADEVILLE"]

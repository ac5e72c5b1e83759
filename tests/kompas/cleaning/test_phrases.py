"""Furniture lines go, the sentences that look like them stay."""

import pytest

from crawler.kompas.cleaning.phrase_rules import PHRASES
from crawler.kompas.cleaning.phrases import furniture_rule
from tests.kompas.cleaning.phrase_lines import FURNITURE, PROSE
from tests.kompas.cleaning.reading import removals, texts

LEAD = "Kapal bantuan merapat di pelabuhan pada Kamis pagi."

MORE_PROSE = [
    "Sumber itu mengatakan, polisi sedang mencari dua bersaudara pemilik perahu.",
    "Sumber-sumber yang enggan disebutkan namanya membantah kabar itu.",
    "Selanjutnya, pada musim gugur, majalah itu kembali terbit.",
    "Selengkapnya, berikut adalah rangkuman kabar unik pekan ini.",
    "Berdasarkan pantauan Kompas.com, massa datang pukul 15.12.",
    "Dikutip dari Kompas.com, kapal itu dinyatakan hilang.",
    "1. Serangan di gudang gandum",
    "Seperti apa tanggapan ratu itu, silakan Anda baca selengkapnya di sini.",
    "Iklan pertama koran itu menawarkan sabun.",
]


def _cases(lines: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, line) for name, those in lines.items() for line in those]


def test_every_rule_has_a_line_that_it_drops_and_a_sentence_that_outlives_it() -> None:
    """Without it a new rule removes sentences that its author did not consider."""
    names = [rule.name for rule in PHRASES]
    assert len(names) == len(set(names))
    for examples in (FURNITURE, PROSE):
        assert set(examples) == set(names)
        assert all(examples.values())


@pytest.mark.parametrize(("name", "line"), _cases(FURNITURE))
def test_a_furniture_line_is_dropped_by_its_rule(name: str, line: str) -> None:
    """Without it promotion and dialogs of the site stand in the text of stories."""
    assert furniture_rule(line) == name
    markup = f"<p>{LEAD}</p><p>{line.replace('&', '&amp;')}</p>"
    assert texts(markup) == [LEAD]
    assert removals(markup) == [(f"phrase/{name}", line)]


@pytest.mark.parametrize(("name", "line"), _cases(FURNITURE))
def test_a_furniture_line_is_dropped_wherever_it_stands(name: str, line: str) -> None:
    """Without it furniture that shares a paragraph with the story, or a bold or linked one, stays in the text."""
    line = line.replace("&", "&amp;")
    for markup in (f"<p>{line}<br>{LEAD}</p>", f"<p>{LEAD}</p><div><strong><a href='/x'>{line}</a></strong></div>"):
        assert texts(markup) == [LEAD], name


@pytest.mark.parametrize(("name", "sentence"), _cases(PROSE))
def test_a_sentence_that_looks_like_furniture_stays(name: str, sentence: str) -> None:
    """Without it sentences of real stories disappear, and the data do not show it."""
    assert furniture_rule(sentence) is None, name
    assert texts(f"<p>{LEAD}</p><p>{sentence.replace('&', '&amp;')}</p>") == [LEAD, sentence]


@pytest.mark.parametrize("sentence", MORE_PROSE)
def test_risky_openings_stay(sentence: str) -> None:
    """Without it sentences that open with a word of the site's furniture disappear."""
    assert texts(f"<p>{LEAD}</p><p>{sentence}</p>") == [LEAD, sentence]


TAILS = [FURNITURE["telegram"][0], FURNITURE["whatsapp"][0], FURNITURE["newsletter"][1], FURNITURE["membership"][0]]


@pytest.mark.parametrize("line", TAILS)
@pytest.mark.parametrize("sentence", [LEAD, "“Kami lega,” katanya.", "Siapa nakhodanya?", "Kata dia: “Kami lega.”"])
def test_promotion_behind_a_sentence_is_cut_off(sentence: str, line: str) -> None:
    """Without it promotion that an editor's tool glues to the last paragraph is its last sentence."""
    markup = f"<p>{LEAD}</p><p>{sentence} <em>{line}</em></p>"
    assert texts(markup) == [LEAD, sentence]
    ((rule, removed),) = removals(markup)
    assert (rule, removed) == (f"phrase/{furniture_rule(line)}", line)


@pytest.mark.parametrize("line", ["🙏🙏😭", "🌊", "❤️", "⭐⭐⭐", "👨‍👩‍👧", "😭 🙏!"])
def test_a_line_of_emoji_is_text(line: str) -> None:
    """Without it the last message of a caller, two praying hands, is dropped as stray punctuation."""
    assert texts(f"<p>{LEAD}</p><p>{line}</p>") == [LEAD, line]


@pytest.mark.parametrize(("name", "line"), _cases(FURNITURE))
def test_furniture_inside_a_sentence_stays(name: str, line: str) -> None:
    """Without it a story about the site's own words loses the sentence that quotes them."""
    if name == "no_words":
        line = f"titik {line} titik"
    sentence = f"Pada papan di dermaga tertulis {line} dengan cat merah."
    assert furniture_rule(sentence) is None

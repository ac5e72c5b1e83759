"""Which lines of stories are repeated, and which are only alike by their topic or by chance."""

import pytest

from crawler.health.lines import CLOSE, ENOUGH_BEFORE, FIRST, WIDE, LineWindow, lines_of_text, text_without

PROMO = "Nikmati kabar laut langsung dari ponsel Anda."


def window(**changes: int) -> LineWindow:
    return LineWindow(**{"before": ENOUGH_BEFORE, **changes})  # type: ignore[arg-type]


def repeated(texts: list[tuple[str, list[str]]], lines: LineWindow | None = None) -> list[list[str]]:
    """For each story with its topics: the repeated lines."""
    lines = lines or window()
    found = [lines.add(str(number), lines_of_text(text), topics) for number, (text, topics) in enumerate(texts)]
    return [[one.printed for one in story] for story in found]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Pilihan Editor: Kapal Berlabuh", ["pilihan editor kapal berlabuh", "pilihan editor:"]),
        ("Kapal 12 tiba pukul 10.45.", ["kapal 0 tiba pukul 0 0"]),
        ("Ia pulang. Kapal itu tiba kemarin.", ["ia pulang kapal itu tiba kemarin", "kapal itu tiba kemarin"]),
        ("Ia pulang. Ia tidur.", ["ia pulang ia tidur"]),  # short sentences are repeated by chance
        ("Tiba", []),
        ("Pukul 10:45 kapal tiba", ["pukul 0 0 kapal tiba"]),  # no label
        ("Dia berkata kepada para wartawan di sana: pulang", ["dia berkata kepada para wartawan di sana pulang"]),
    ],
)
def test_a_text_is_compared_line_by_line(text: str, lines: list[str]) -> None:
    """Without it a label before other titles, or a sentence at the end of a paragraph, is never met twice."""
    assert list(lines_of_text(text)) == lines


def test_the_third_story_with_a_line_shows_it() -> None:
    """Without it a promotion line is reported only after a hundred stories."""
    texts = [(f"Berita nomor {word} hari ini. {PROMO}", [word]) for word in ("satu", "dua", "tiga", "empat")]
    assert repeated(texts) == [[], [], [PROMO], [PROMO]]


def test_stories_of_one_topic_may_share_a_sentence() -> None:
    """Without it a sentence of background about a war is reported as promotion every night."""
    assert repeated([(PROMO, ["Laut", word]) for word in ("satu", "dua", "tiga")]) == [[], [], []]


def test_a_story_that_is_read_again_counts_once() -> None:
    """Without it three visits to one story make its lines suspects."""
    lines = window()
    assert [lines.add("1", lines_of_text(PROMO), []) for _ in range(5)] == [[]] * 5


def test_a_first_run_has_nothing_to_compare_with() -> None:
    """Without it a first run takes what editors like to write for an addition."""
    texts: list[tuple[str, list[str]]] = [
        (PROMO if number < 5 else f"Berita {number * 'x'} hari ini", []) for number in range(60)
    ]
    assert repeated(texts, window(before=0)) == [[]] * 60
    said = repeated([(PROMO, [])] * FIRST[0], window(before=0))
    assert said == [[]] * (FIRST[0] - 1) + [[PROMO]]


def test_stories_that_lie_far_apart_must_be_more() -> None:
    """Without it a long run calls every sentence repeated that comes by chance once in a hundred stories."""
    every = CLOSE[0] // 2
    texts: list[tuple[str, list[str]]] = [
        (PROMO if number % every == 0 else f"Berita {number * 'x'} hari ini", []) for number in range(every * 6)
    ]
    assert [number // every for number, said in enumerate(repeated(texts)) if said] == [WIDE[1] - 1]


def test_memory_does_not_grow_with_a_run() -> None:
    """Without it a run over ten years holds every sentence of ten years."""
    lines = window()
    for number in range(3 * WIDE[0]):
        lines.add(str(number), lines_of_text(f"Berita {number * 'x'} hari ini"), [])
    assert len(lines._stories) == len(lines._having) == WIDE[0]


def test_a_text_is_compared_without_suspected_lines() -> None:
    """Without it a revision that brings only the promo line is stored."""
    lines = set(lines_of_text(PROMO)) | {"pilihan editor:"}
    text = "Kapal itu tiba. Ia pulang."
    for added in (f"{text} {PROMO}", f"{PROMO}\n\n{text}", f"{text}\nPilihan Editor: Judul"):
        assert text_without(added, lines) == text_without(text, lines), added
    assert text_without(f"{text} Ia tidur.", lines) != text_without(text, lines)

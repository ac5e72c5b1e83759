"""Which bodies are nearly the same, and that such are found."""

import random

import pytest

from crawler.dedupe.likeness import ALIKE, FEWEST, Likeness
from tests.dedupe.made import body, cut, edited, pairs_near


def are_found(one: Likeness, other: Likeness) -> bool:
    """They share a key, and the texts bear it out."""
    return not set(one.keys).isdisjoint(other.keys) and one.alike(other.text) is not None


def test_of_known_pairs_hardly_one_is_missed() -> None:
    """Without it copies stand on both sides of a split, and a model is tested on what it has read."""
    pairs = pairs_near(random.Random(1), 2_000)
    assert {pair.name for pair in pairs} == {"edited", "cut", "longer", "written otherwise"}
    found = sum(are_found(Likeness(pair.one), Likeness(pair.other)) for pair in pairs)
    assert found / len(pairs) >= 0.98


def test_no_two_different_stories_are_taken_for_one() -> None:
    """Without it stories are labelled as copies of what they have nothing to do with."""
    draw = random.Random(2)
    bodies = [Likeness(body(draw)) for _ in range(300)]
    assert not [(a, b) for a in range(300) for b in range(a) if are_found(bodies[a], bodies[b])]


FRIENDS = {
    "one word more in a short report": (
        "Pengadilan di Negeri Tetangga menjatuhkan vonis mati kepada 70 WNI pada Senin pagi.",
        "Sebanyak 70 WNI divonis hukuman mati di negeri tetangga, kata juru bicara kementerian pada Selasa malam.",
    ),
    "the same frame with other facts": (
        "Gempa magnitudo 6,1 mengguncang Pulau Timur pada Senin pagi. Badan setempat menyebut tidak ada tsunami.",
        "Gempa magnitudo 5,4 mengguncang Pulau Barat pada Jumat malam. Badan lain menyebut ada potensi tsunami kecil.",
    ),
}


@pytest.mark.parametrize("pair", FRIENDS.values(), ids=FRIENDS)
def test_false_friends_are_distinguished(pair: tuple[str, str]) -> None:
    """Without it two sentences of the same court are one story."""
    assert Likeness(pair[0]).alike(pair[1]) is None


def test_a_digest_is_no_copy_of_what_it_quotes() -> None:
    """Without it five stories of a day are labelled as copies of their round-up."""
    draw = random.Random(3)
    stories = [body(draw, 200) for _ in range(5)]
    digest = " ".join(cut(story, 0.3) for story in stories)
    assert not [story for story in stories if Likeness(digest).alike(story) is not None]


def test_a_copy_that_lost_half_is_none() -> None:
    """Without it "nearly the same" means anything."""
    text = body(random.Random(4))
    assert Likeness(text).alike(cut(text, 0.5)) is None


def test_likeness_is_mutual_and_says_how_much() -> None:
    """Without it a label depends on which of two stories came first."""
    draw = random.Random(5)
    text = body(draw)
    other = edited(draw, text, 5)
    share = Likeness(text).alike(other)
    assert share is not None
    assert ALIKE <= share < 1
    assert Likeness(other).alike(text) == share
    assert Likeness(text).alike(text) == 1


def test_the_keys_of_a_body_never_change() -> None:
    """Without it the keys that a store has kept for years find nothing any more."""
    assert Likeness(body(random.Random(6), 40)).keys[:3] == (
        8154495591086992954,
        521569818600579526,
        615350811403414650,
    )


@pytest.mark.parametrize("text", ["", "Foto kapal.", " ".join("satu dua tiga empat lima enam tujuh delapan".split())])
def test_of_a_body_too_short_nothing_is_said(text: str) -> None:
    """Without it all galleries with the same one-line caption are copies of each other."""
    likeness = Likeness(text)
    assert len(likeness.shingles) < FEWEST
    assert (likeness.keys, likeness.alike(text)) == ((), None)

"""Marks of a run: markup and text that no earlier story had, on every story that has it."""

from collections import Counter

from crawler.health.facts import FactCounts
from crawler.health.lines import ENOUGH_BEFORE, LineWindow
from crawler.health.marks import Marks, carries
from crawler.health.vocabulary import KNOWN
from crawler.health.watch import MOST_NAMES, Watch, topics_of, usual_facts
from tests.make import STORY, make_article

PROMO = "Nikmati kabar laut langsung dari ponsel Anda."


def test_only_what_neither_the_project_nor_an_earlier_run_knows_is_odd() -> None:
    """Without it a run marks every story, or none."""
    watch = Watch({"current": frozenset({"has/div.old"})})
    facts = ["has/p", "has/div.old", "has/div.new", "text/doubled", "count/blocks x5", "title"]
    assert [one.what for one in watch.facts(STORY, "u", "current", facts)] == ["has/div.new", "text/doubled"]
    assert [one.printed for one in watch.facts(STORY, "u", "read", facts[1:2])] == ["div.old"]
    assert watch.examples["current", "has/div.new"] == "u"


def test_a_line_marks_the_stories_before_it_once() -> None:
    """Without it the first stories with the line stay as they are, or ten thousand marks are written for each story."""
    watch = Watch({}, LineWindow(before=ENOUGH_BEFORE))
    marked = [[one.article_id for one in watch.text(story, "current", PROMO, [])] for story in "abcd"]
    assert marked == [[], [], ["a", "b", "c"], ["d"]]


def test_lines_that_stories_gain_need_no_baseline() -> None:
    """Without it a storm in a young store is not seen."""
    watch = Watch({})
    lines = {"nikmati kabar laut": PROMO}
    assert [len(watch.gained(story, "current", lines, [])) for story in "abcd"] == [0, 0, 3, 1]


def test_names_are_counted_up_to_a_limit() -> None:
    """Without it a site that makes up class names fills memory and store."""
    watch = Watch({})
    for number in range(2 * MOST_NAMES):
        watch.names([f"has/div.x{number * 'y'}", "has/p", "title"])
    assert watch.names(["has/p", "has/div.z"]) == ["has/p"]
    assert watch.facts(STORY, "u", "current", ["has/div.z", "has/div.x"])[0].what == "has/div.x"
    assert set(watch.examples) == {("current", "has/div.x")}


def test_what_is_doubted_is_not_usual_though_earlier_runs_had_it() -> None:
    """Without it an addition is reported for one night only."""
    earlier = [{"current": FactCounts(9, Counter({"has/div.promo": 9, "has/p": 9}))}]
    assert usual_facts(earlier, [("current", "has/div.promo")]) == {"current": {"has/p"}}


def test_a_kind_is_a_topic() -> None:
    """Without it the lines that all digests have are reported every week."""
    assert topics_of(["Laut"], "article") == {"laut"}
    assert topics_of([], "digest") == {"kind digest"}


def test_a_mark_goes_when_no_reading_has_its_thing() -> None:
    """Without it a story stays marked without end, or loses its mark while the line is still in it."""
    marks = Marks({STORY: {"line/nikmati kabar laut langsung dari ponsel anda", "has/div.promo"}, "other": {"has/x"}})
    marks.read(make_article(), ["has/p"])
    marks.read(make_article(text=PROMO), ["has/p"])
    assert marks.gone() == {STORY: {"has/div.promo"}}
    assert carries("text/doubled", "", ["text/doubled"])
    assert "has/p" in KNOWN
    assert not carries("has/p", "", ["has/p"]), "the project knows it now"

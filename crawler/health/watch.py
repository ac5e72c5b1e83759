"""Watch the stories of a run for what they never had before: markup, text that is not theirs, repeated lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from crawler.health.facts import MARKUP, FactCounts
from crawler.health.lines import ENOUGH_BEFORE, LineWindow, RepeatedLine, lines_of_text
from crawler.health.vocabulary import KNOWN

MOST_NAMES: Final = 500
"""Names of markup that a run counts and marks: a site that makes up names for every page must not fill the store."""
TEXT: Final = "text/"
"""Beginning of the facts about text that is not the story's own (see `kompas.signs`)."""
LINE: Final = "line/"
"""Beginning of a repeated line among oddities; the normalised line follows."""

STORM: Final = "storm"
"""Mark of a capture that was held back in a revision storm without a line in common."""


@dataclass(frozen=True)
class Oddity:
    """Something that a story has and that stories never had before: it may be an addition that no rule knows."""

    article_id: str
    layout: str
    what: str
    """`has/<markup>`, `text/<fact>`, or `line/<normalised line>`."""
    printed: str
    """Line as printed, or name."""


@dataclass
class Watch:
    """What was usual before the run, and what the run has shown so far."""

    usual: Mapping[str, frozenset[str]]
    """Layout -> facts that its stories had in earlier runs."""
    window: LineWindow = field(default_factory=LineWindow)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    """Layout and fact -> address of a story that shows it."""
    _names: set[str] = field(default_factory=set)
    _repeated: set[str] = field(default_factory=set)
    _gained: LineWindow = field(default_factory=lambda: LineWindow(before=ENOUGH_BEFORE))

    def names(self, facts: Iterable[str]) -> list[str]:
        """Return the names of markup to count, within `MOST_NAMES`."""
        counted = []
        for name in facts:
            if name.startswith(MARKUP) and (name in self._names or len(self._names) < MOST_NAMES):
                self._names.add(name)
                counted.append(name)
        return counted

    def facts(self, story: str, url: str, layout: str, facts: Iterable[str]) -> list[Oddity]:
        """Return the facts of a story that its layout never showed."""
        odd = []
        usual = self.usual.get(layout, frozenset())
        for fact in facts:
            if fact.startswith(MARKUP) and fact not in self._names and len(self._names) >= MOST_NAMES:
                continue
            self.examples.setdefault((layout, fact), url)
            if fact.startswith((MARKUP, TEXT)) and fact not in KNOWN and fact not in usual:
                odd.append(Oddity(story, layout, fact, fact.removeprefix(MARKUP)))
        return odd

    def text(self, story: str, layout: str, text: str, topics: Iterable[str]) -> list[Oddity]:
        """Return the repeated lines of a text; one that is met first, for each of the newest stories that has it."""
        return self._odd(layout, self.window.add(story, lines_of_text(text), topics))

    def gained(self, story: str, layout: str, lines: Mapping[str, str], topics: Iterable[str]) -> list[Oddity]:
        """Return those of the lines that a story gained which other stories gained, too; no baseline is needed.

        :param lines: normalised -> as printed.
        """
        return self._odd(layout, self._gained.add(story, lines, topics))

    def _odd(self, layout: str, repeated: list[RepeatedLine]) -> list[Oddity]:
        odd = []
        for found in repeated:
            having = found.stories[-1:] if found.line in self._repeated else found.stories
            self._repeated.add(found.line)
            odd += [Oddity(one, layout, LINE + found.line, found.printed) for one in having]
        return odd


def topics_of(tags: Iterable[str], kind: str) -> frozenset[str]:
    """Return what stories may have sentences in common about: their tags, and a kind other than `article`."""
    own = () if kind == "article" else (f"kind {kind}",)
    return frozenset((*(tag.casefold() for tag in tags), *own))


def usual_facts(
    earlier: Iterable[Mapping[str, FactCounts]], doubted: Iterable[tuple[str, str]]
) -> dict[str, frozenset[str]]:
    """Return layout -> facts of earlier runs, but those that are doubted: pairs of layout and fact."""
    found: dict[str, set[str]] = {}
    for run in earlier:
        for layout, counts in run.items():
            found.setdefault(layout, set()).update(counts.facts)
    for layout, fact in doubted:
        found.get(layout, set()).discard(fact)
    return {layout: frozenset(facts) for layout, facts in found.items()}

"""What the answers of the site say of each assumption."""

from dataclasses import dataclass
from enum import StrEnum

from crawler.kompas.contact.assumptions import ASSUMPTIONS


class State(StrEnum):
    """Whether an assumption is right."""

    HOLDS = "holds"
    DIFFERS = "differs"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """The result for one assumption."""

    assumption: str
    state: State
    found: str
    """What was found; why, of one that was not checked."""
    is_failure: bool
    """It differs, or it was not checked because the site gave no answer. False for one to which no answer applied."""

    @property
    def claim(self) -> str:
        """The assumption as a sentence."""
        return ASSUMPTIONS[self.assumption].claim

    @property
    def change(self) -> str | None:
        """The table to change; None unless it differs."""
        return ASSUMPTIONS[self.assumption].change if self.state is State.DIFFERS else None


class Notes:
    """What is noted while the answers come in: an assumption is checked on several days."""

    def __init__(self) -> None:
        self._holds: dict[str, list[str]] = {name: [] for name in ASSUMPTIONS}
        self._differs: dict[str, list[str]] = {name: [] for name in ASSUMPTIONS}
        self._unanswered: dict[str, list[str]] = {name: [] for name in ASSUMPTIONS}
        self._nothing: dict[str, str] = {}

    def judge(self, name: str, holds: bool, found: str) -> None:
        """Note that an answer agrees with an assumption, or contradicts it."""
        (self._holds if holds else self._differs)[name].append(found)

    def unanswered(self, name: str, why: str) -> None:
        """Note that an answer is missing."""
        if why not in self._unanswered[name]:
            self._unanswered[name].append(why)

    def nothing(self, name: str, why: str) -> None:
        """Say why an assumption may remain unchecked though all answers came."""
        self._nothing[name] = why

    def is_checked(self, name: str) -> bool:
        """Return whether an answer has agreed or contradicted."""
        return bool(self._holds[name] or self._differs[name])

    def findings(self, stopped: str | None) -> list[Finding]:
        """Return a finding for each assumption: a contradiction outweighs a missing answer, which outweighs the rest.

        :param stopped: why the walk ended before its last request; None where it did not.
        """
        return [self._finding(name, stopped) for name in ASSUMPTIONS]

    def _finding(self, name: str, stopped: str | None) -> Finding:
        if self._differs[name]:
            return Finding(name, State.DIFFERS, _joined(self._differs[name]), is_failure=True)
        if self._unanswered[name]:
            return Finding(name, State.NOT_CHECKED, "; ".join(self._unanswered[name]), is_failure=True)
        if self._holds[name]:
            return Finding(name, State.HOLDS, _joined(self._holds[name]), is_failure=False)
        if stopped:
            return Finding(name, State.NOT_CHECKED, stopped, is_failure=True)
        return Finding(name, State.NOT_CHECKED, self._nothing.get(name, "no answer applies"), is_failure=False)


def _joined(notes: list[str]) -> str:
    """Return notes as one text: of notes that say the same, the subjects are named together.

    >>> _joined(["2021-04-22: read", "2019-06-12: read", "2024-05-21: current"])
    '2021-04-22, 2019-06-12: read; 2024-05-21: current'
    """
    subjects: dict[str, list[str]] = {}
    for note in dict.fromkeys(notes):
        subject, _, said = note.partition(": ")
        subjects.setdefault(said, []).append(subject)
    return "; ".join(": ".join(filter(None, (", ".join(named), said))) for said, named in subjects.items())

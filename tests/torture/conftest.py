"""The figures that the torture comes to, in a table at the end of the test run."""

from dataclasses import dataclass, field
from typing import Final

import pytest


@dataclass
class Figures:
    """What each test counted."""

    lines: list[str] = field(default_factory=list)

    def tell(self, what: str, came_to: str) -> None:
        self.lines.append(f"{what}: {came_to}")


FIGURES: Final = pytest.StashKey[Figures]()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return request.config.stash.setdefault(FIGURES, Figures())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    told = config.stash.get(FIGURES, Figures()).lines
    if told:
        terminalreporter.section("what the torture came to")
        for line in told:
            terminalreporter.write_line(line)

"""The fields of the heartbeat file, as JSON or as metrics for Prometheus."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from crawler.health.causes import STATUS, Cause

COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "new": ("kompas/store/new",),
    "revised": ("kompas/store/revised",),
    "unchanged": ("kompas/store/known", "kompas/skip_known/stored", "kompas/visits/unchanged"),
    "failed": ("kompas/failed/*",),
    "missing": ("kompas/left/stories",),
    "days_not_read": ("kompas/left/days",),
    "requests": ("downloader/request_count",),
    "log_errors": ("log_count/ERROR", "log_count/CRITICAL"),
}
"""Name for a monitor -> statistics that are added up; `*` stands for any ending."""
_PREFIX: Final = "kompas_run"
_SECONDS: Final = f"{_PREFIX}_end_timestamp_seconds"


@dataclass(frozen=True)
class Pulse:
    """A run at its end, or the refusal of one."""

    ended_at: datetime
    cause: Cause
    summary: str
    reasons: list[str] = field(default_factory=list)
    run_id: int | None = None
    """None for a run that was refused."""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Return the exit status of the command."""
        return STATUS[self.cause]


def counts_of(stats: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts for a monitor; each is there, also if it is 0."""
    return {name: sum(_values(stats, names)) for name, names in COUNTS.items()}


def _values(stats: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[int]:
    for name in names:
        if name.endswith("*"):
            yield from (int(value) for stat, value in stats.items() if stat.startswith(name[:-1]))
        else:
            yield int(stats.get(name, 0))


def as_json(pulse: Pulse) -> str:
    """Return one line of JSON."""
    said = asdict(pulse) | {"ended_at": pulse.ended_at.isoformat(), "cause": pulse.cause.value}
    healthy = {"healthy": pulse.cause is Cause.NONE, "status": pulse.status}
    return json.dumps({"ended_at": said.pop("ended_at"), **healthy, **said}, ensure_ascii=False) + "\n"


def as_prometheus(pulse: Pulse) -> str:
    """Return metrics in the text format of Prometheus, for the textfile collector of its node exporter."""
    causes = [(f'{{cause="{cause.value}"}}', int(cause is pulse.cause)) for cause in Cause if cause is not Cause.NONE]
    metrics = [
        (_SECONDS, "End of the last run, or of its refusal", [("", int(pulse.ended_at.timestamp()))]),
        (f"{_PREFIX}_healthy", "Whether the last run was healthy", [("", int(pulse.cause is Cause.NONE))]),
        (f"{_PREFIX}_exit_status", "Exit status of the last run", [("", pulse.status)]),
        (f"{_PREFIX}_cause", "Main cause of a run that was not healthy", causes),
        (f"{_PREFIX}_id", "Number of the last run in the store; 0: it was refused", [("", pulse.run_id or 0)]),
        (
            f"{_PREFIX}_count",
            "Counts of the last run",
            [(f'{{what="{name}"}}', count) for name, count in pulse.counts.items()],
        ),
    ]
    lines = []
    for name, help_text, samples in metrics:
        if samples:
            lines += [f"# HELP {name} {help_text}", f"# TYPE {name} gauge"]
            lines += [f"{name}{labels} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"

"""What a monitor reads of a run."""

import json
import re
from datetime import UTC, datetime

import pytest

from crawler.health.causes import Cause
from crawler.health.pulse import COUNTS, Pulse, as_json, as_prometheus, counts_of

STATS = {
    "kompas/store/new": 3,
    "kompas/store/known": 1,
    "kompas/skip_known/stored": 4,
    "kompas/failed/Timeout": 1,
    "kompas/failed/HttpStatus 500": 2,
    "downloader/request_count": 12,
}
ENDED = datetime(2026, 4, 17, 18, 40, tzinfo=UTC)
RUN = Pulse(ENDED, Cause.BLOCKED, "3 new", ["Blocked: no"], 7, counts_of(STATS))
REFUSED = Pulse(ENDED, Cause.REFUSED, "the run was refused", ["there is no argument sinse"])
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[a-z_]+"\})? \d+')


def test_counts_are_sums_and_are_all_there() -> None:
    """Without it a monitor takes a count that is absent for one that is fine."""
    counts = counts_of(STATS)
    assert set(counts) == set(COUNTS)
    assert (counts["new"], counts["unchanged"], counts["failed"], counts["missing"]) == (3, 5, 3, 0)


def test_json_has_fields_for_a_program() -> None:
    """Without it a monitor has to read sentences."""
    said = json.loads(as_json(RUN))
    assert (said["status"], said["cause"], said["healthy"], said["run_id"]) == (4, "blocked", False, 7)
    assert said["ended_at"] == "2026-04-17T18:40:00+00:00"
    assert said["counts"]["failed"] == 3


@pytest.mark.parametrize("pulse", [RUN, REFUSED])
def test_each_line_for_prometheus_is_a_sample_of_a_metric_that_is_explained(pulse: Pulse) -> None:
    """Without it the node exporter refuses the whole file."""
    lines = as_prometheus(pulse).splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert all(SAMPLE.fullmatch(line) for line in samples)
    assert {line.split("{")[0].split()[0] for line in samples} == {
        line.split()[2] for line in lines if "# HELP" in line
    }
    assert f'kompas_run_cause{{cause="{pulse.cause}"}} 1' in samples
    assert "kompas_run_healthy 0" in samples

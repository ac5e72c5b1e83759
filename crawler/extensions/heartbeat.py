"""The last verdict as a file, for a monitor that watches its time and what it says."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from crawler.dataset.aside import written_aside
from crawler.health.judgement import Judgement


def beat(path: Path, judgement: Judgement, ended_at: datetime) -> None:
    """Write a verdict; the file is replaced whole, so that no reader meets half of it.

    :raises UnwritableFile: the file cannot be written.
    """
    said = {"ended_at": ended_at.isoformat(), "healthy": not judgement.reasons, **asdict(judgement)}
    with written_aside(path) as aside:
        aside.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")

"""The last verdict as a file, for a monitor that watches its time and what it says."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from crawler.health.judgement import Judgement


def beat(path: Path, judgement: Judgement, ended_at: datetime) -> None:
    """Writes it aside and renames it, so that no reader meets half of it.

    :raises OSError: the file cannot be written.
    """
    said = {"ended_at": ended_at.isoformat(), "healthy": not judgement.reasons, **asdict(judgement)}
    aside = path.with_name(f"{path.name}.partial")
    aside.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(path)

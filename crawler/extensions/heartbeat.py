"""The last run as a file, for a monitor that watches its time and what it says."""

from pathlib import Path
from typing import Final

from crawler.dataset.aside import written_aside
from crawler.health.pulse import Pulse, as_json, as_prometheus

_PROMETHEUS: Final = ".prom"
"""Ending of the files that the node exporter of Prometheus reads."""
_BEGINNINGS: Final = (b'{"ended_at"', b"# HELP kompas_run")
"""First bytes of a heartbeat in either form."""


def beat(path: Path, pulse: Pulse) -> None:
    """Write a pulse, as JSON or, if the name ends in `.prom`, for Prometheus; the file is replaced whole.

    :raises UnwritableFile: the file cannot be written.
    """
    text = as_prometheus(pulse) if path.suffix == _PROMETHEUS else as_json(pulse)
    with written_aside(path) as aside:
        aside.write_text(text, encoding="utf-8")


def beats_at(path: Path) -> bool:
    """Return whether a refused run may write here: to an earlier heartbeat, or a new file with the name of one.

    A run may be refused because this very path must not be written to.

    :raises OSError: the file cannot be read.
    """
    if path.is_symlink():
        return False
    if not path.exists():
        return path.suffix in (_PROMETHEUS, ".json")
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_BEGINNINGS[1])).startswith(_BEGINNINGS)

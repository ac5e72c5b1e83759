"""The rivals, each in an environment of its own: their requirements contradict each other and ours."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
FOLDER: Final = ROOT / ".peers"
OURS: Final = "ours"
PARSE: Final = "lxml"
FASTEST_PARSE: Final = "lexbor"
RIVALS: Final = {
    # name of its script -> what pip installs
    "trafilatura": ("trafilatura", "lxml_html_clean"),
    "trafilatura_precision": ("trafilatura", "lxml_html_clean"),
    "resiliparse": ("resiliparse",),
    "readability": ("readability-lxml", "lxml_html_clean"),
    "newspaper4k": ("newspaper4k",),
    "news_please": ("news-please",),
    "news_watch": ("news-watch",),
    "fundus": ("fundus", "curl_cffi<0.15"),  # fundus 0.5.7 imports a name that later ones lack
}
_OWN: Final = (OURS, PARSE)
_REQUIREMENTS: Final = {**RIVALS, FASTEST_PARSE: ("selectolax",)}


@dataclass(frozen=True)
class Outcome:
    """What one of them made of the pages."""

    release: str
    rates: list[float]
    """Pages a second, a round each."""
    peak_mb: float
    records: list[dict[str, Any]]
    """As `running.Record`; empty where nothing was found."""


def environment(name: str, *requirements: str) -> str:
    """The Python of an environment with these packages; made once, kept in `.peers`.

    :raises CalledProcessError: they cannot be installed.
    """
    folder = FOLDER / name
    done, python = folder / "done", folder / "bin" / "python"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True, stderr=subprocess.DEVNULL)
        done.touch()
    return str(python)


def extract(name: str, pages: list[tuple[str, bytes]], rounds: int) -> Outcome:
    """Runs `OURS`, a parser alone or a rival over pages, in a process of its own, on one core.

    :raises CalledProcessError: it failed.
    """
    python = sys.executable if name in _OWN else environment(name, *_REQUIREMENTS[name])
    with tempfile.TemporaryDirectory(prefix="kompas-pages-") as folder:
        lines = []
        for number, (url, body) in enumerate(pages):
            file = Path(folder) / f"{number}.html"
            file.write_bytes(body)
            lines.append(json.dumps({"url": url, "file": str(file)}))
        listed = Path(folder) / "pages.jsonl"
        listed.write_text("\n".join(lines), encoding="utf-8")
        command = [python, "-W", "ignore", str(HERE / f"{name}_pages.py"), str(listed), str(rounds)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)} if name in _OWN else None
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    told, *records = map(json.loads, done.stdout.splitlines())
    return Outcome(told["release"], told["rates"], told["peak_mb"], [record or {} for record in records])

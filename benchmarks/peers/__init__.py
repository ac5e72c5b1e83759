"""The rivals, each in an environment of its own: their requirements contradict each other and ours."""

import subprocess
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent.parent / ".peers"


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

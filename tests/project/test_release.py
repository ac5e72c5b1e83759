"""What a release is installed from: every pin by its hash, from any index, and what an audit of it says."""

import re
from typing import Any

import pytest

from release.audit import Audit
from tests.conftest import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-release.txt")
FLOORS = {"brotli": (1, 2, 1), "lxml": (6, 1), "aiohttp": (3, 14, 3), "cryptography": (46, 0, 7), "urllib3": (2, 7, 0)}
"""First versions without an advisory."""
FOUND = {"id": "PYSEC-2026-1", "fix_versions": ["1.2.1"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_index(lock: str) -> None:
    """Without it an attacker between the server and the index decides what is installed."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9.-]+==.*\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9.-]+==", text, re.MULTILINE)) > 0
    assert "://" not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("lock", LOCKS[:2])
@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_no_pin_is_older_than_its_advisory(package: str, floor: tuple[int, ...], lock: str) -> None:
    """Without it a page of the site can write out of bounds."""
    pinned = re.search(rf"^{package}==([\d.]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    assert pinned
    assert tuple(map(int, pinned[1].split("."))) >= floor
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(rf'"{package}>={".".join(map(str, floor))}[,;"]', project)


@pytest.mark.parametrize("command", ["uv pip install", "-m pip install"])
def test_each_way_to_install_asks_for_hashes(command: str) -> None:
    """Without it the hashes are there and are not looked at."""
    lines = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if command in line]
    assert lines
    assert all("--require-hashes" in line for line in lines)


@pytest.mark.parametrize(
    ("packages", "status", "last"),
    [
        ([{"name": "w3lib", "version": "2.5.0", "vulns": []}], 0, "audit: 1 pins, 0 advisories"),
        ([{"name": "brotli", "version": "1.2.0", "vulns": [FOUND]}], 1, "audit: 1 pins, 1 advisories"),
        ([{"name": "w3lib", "skip_reason": "not found"}], 2, "run again with access to pypi.org"),
    ],
)
def test_an_audit_is_clean_only_when_the_service_answered(packages: list[Any], status: int, last: str) -> None:
    """Without it a server without a way to the service passes for one without advisories."""
    audit = Audit()
    audit.add({"dependencies": packages})
    assert audit.status == status
    assert audit.lines()[-1].endswith(last)

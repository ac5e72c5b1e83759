"""Ask the advisory service of PyPI about every pinned package: `make audit`.

Exit status 0: no known advisory; 1: at least one; 2: the service did not answer for every package.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

PIP_AUDIT: Final = (
    "-m",
    "pip_audit",
    "--disable-pip",
    "--require-hashes",
    "--format",
    "json",
    "--progress-spinner",
    "off",
)


@dataclass
class Audit:
    """What the service said about the packages of the locks."""

    checked: int = 0
    advisories: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def add(self, report: Any) -> None:
        """Add the report of pip-audit on one lock."""
        for package in report["dependencies"]:
            name = f"{package['name']} {package.get('version', '')}".strip()
            if "skip_reason" in package:
                self.unanswered.append(name)
                continue
            self.checked += 1
            for found in package["vulns"]:
                fixed = ", ".join(found["fix_versions"]) or "no version yet"
                self.advisories.append(f"{name}: {found['id']}, fixed in {fixed}")

    def lines(self) -> list[str]:
        """Return what to print."""
        lines = sorted(set(self.advisories))
        if self.unanswered:
            lines.append(
                f"audit: the advisory service did not answer for {len(set(self.unanswered))} packages "
                f"({self.unanswered[0]}, ...), so this says nothing about them; run again with access to pypi.org"
            )
        else:
            lines.append(f"audit: {self.checked} pins, {len(set(self.advisories))} advisories")
        return lines

    @property
    def status(self) -> int:
        if self.advisories:
            return 1
        return 2 if self.unanswered else 0


def audited(locks: Iterable[str]) -> Audit | None:
    """Ask about each lock; return None when the service cannot be reached at all."""
    audit = Audit()
    for lock in locks:
        done = subprocess.run([sys.executable, *PIP_AUDIT, "-r", lock], capture_output=True, text=True, check=False)
        try:
            audit.add(json.loads(done.stdout))
        except json.JSONDecodeError:
            print(done.stderr[-500:].strip(), file=sys.stderr)
            return None
    return audit


def main(locks: Sequence[str]) -> int:
    audit = audited(locks)
    if audit is None:
        print("audit: the advisory service cannot be reached; run again with access to pypi.org", file=sys.stderr)
        return 2
    print("\n".join(audit.lines()))
    return audit.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

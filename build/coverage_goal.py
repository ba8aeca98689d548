"""The goal for coverage: in each package that holds rules or records, 95 % of lines and branches.

Read from the JSON report of SlipCover, package by package, so that a well tested one cannot hide
another. SlipCover puts marks into the code itself as it is loaded; a tracer, which is called for
each line, nearly doubled the time of the tests.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOAL = 95.0
"""Per cent of lines and branches together."""

PACKAGES = ("domain", "services", "storage", "vault", "rulebook", "pdf")


@dataclass
class Share:
    """How much of a package the tests ran.

    Attributes:
        statements: Lines with a statement.
        branches: Branches there are.
        ran: Lines that ran.
        took: Branches that were taken.
    """

    statements: int = 0
    branches: int = 0
    ran: int = 0
    took: int = 0

    @property
    def percent(self) -> float:
        """Lines and branches together; nothing to run counts as none."""
        there = self.statements + self.branches
        return 100 * (self.ran + self.took) / there if there else 0.0

    @property
    def branch_percent(self) -> float:
        """Branches alone."""
        return 100 * self.took / self.branches if self.branches else 100.0


def add_up(report: dict[str, Any]) -> dict[str, Share]:
    """Shares by package, from a report."""
    shares = {package: Share() for package in PACKAGES}
    for name, entry in report["files"].items():
        parts = Path(name.replace("\\", "/")).parts
        package = parts[parts.index("intake_app") + 1] if "intake_app" in parts else ""
        if package in shares:
            summary, share = entry["summary"], shares[package]
            share.ran += summary["covered_lines"]
            share.took += summary["covered_branches"]
            share.statements += summary["covered_lines"] + summary["missing_lines"]
            share.branches += summary["covered_branches"] + summary["missing_branches"]
    return shares


def read(path: Path) -> dict[str, Share]:
    """Shares by package, from the file of a report."""
    return add_up(json.loads(path.read_text("utf-8")))


def is_reached(shares: dict[str, Share]) -> bool:
    """Whether every package reaches the goal."""
    return all(share.percent >= GOAL for share in shares.values())


def table(shares: dict[str, Share]) -> str:
    """A line for each package."""
    lines = [f"{'coverage':10} {'all':>6} {'branches':>9}   goal {GOAL:.0f} %"]
    for package, share in shares.items():
        mark = "" if share.percent >= GOAL else "   BELOW THE GOAL"
        lines.append(f"{package:10} {share.percent:6.1f} {share.branch_percent:9.1f}{mark}")
    return "\n".join(lines)

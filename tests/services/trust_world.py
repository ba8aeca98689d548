"""A desk in a real profile whose computer, exchange and clock a test decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from intake_app.disk.machine import MachineFacts
from intake_app.domain.roles import Compartment
from intake_app.services.decisions.checks import check_settings
from intake_app.services.desk import Desk
from intake_app.services.needs.trust import FileHealth, TrustParts
from intake_app.services.trust import gathering

SAFE = MachineFacts(
    is_encrypted=True, is_memory_safe=True, keeps_pages=False, is_private=True,
    is_carried_off=False,
)  # fmt: skip
"""A computer as it should be."""


@dataclass
class FakeMachine:
    """A computer that says what a test tells it to."""

    said: MachineFacts = SAFE
    looks: int = 0

    def facts(self, *, anew: bool = False) -> MachineFacts:
        self.looks += anew
        return self.said


@dataclass
class FakeFile:
    """A file with faults."""

    faults: list[str] | None = field(default_factory=list[str])
    aside: int = 0
    error: Exception | None = None
    asked: int = 0

    def faults_in_spare_time(self, is_wanted: Callable[[], bool]) -> list[str] | None:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self.faults

    def set_aside(self) -> int:
        return self.aside

    def counts(self, kinds: list[str]) -> Mapping[str, int]:
        return dict.fromkeys(kinds, 0)


BAD_FILE = FakeFile(faults=["row 3 missing"])


@dataclass
class Notes:
    """What is remembered, in memory."""

    lines: dict[str, str] = field(default_factory=dict[str, str])

    def meta(self, name: str) -> str:
        return self.lines.get(name, "")

    def set_meta(self, name: str, value: str) -> None:
        self.lines[name] = value


def parts(
    folder: Path, machine: MachineFacts = SAFE,
    files: Mapping[Compartment, FileHealth] | None = None, version: str = "0.1.0",
) -> TrustParts:  # fmt: skip
    return TrustParts(
        folder, FakeMachine(machine), files or {}, Notes(), {"intake-app": version}
    )  # fmt: skip


def on(desk: Desk, **said: Any) -> Desk:  # noqa: ANN401 (fields of a desk)
    """The desk with other parts."""
    return replace(desk, **said)


QUICK = tuple(one for one in gathering.SLOWER if one is not check_settings)
"""All but the one that reads every form file: a second each time."""

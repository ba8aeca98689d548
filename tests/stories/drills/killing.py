"""What drills share that kill: a desk that is killed at a statement of one step, and the count.

A desk is forked, and told of what it does through a pipe. The parent never opens a file, so that
each desk opens them as after a power cut.
"""

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from intake_app.app import ProfileGate
from intake_app.domain.paper import Sheet
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Library
from intake_app.services.needs.files import Records
from intake_app.services.records.veil import unveiled
from intake_app.settings.agency import Agency
from intake_app.storage.compartment import Compartment

Steps = tuple[tuple[str, str], ...]
"""A part of a desk, and what is done with it; in the order in which they happen."""

Told = tuple[list[dict[str, Any]], int]
"""What a process said, and how it ended."""

L = TypeVar("L")


@dataclass
class Killer:
    """Kills its own process at one statement of one step."""

    step: int
    statement: int
    now: int = -1

    def heard(self, _: str) -> None:
        if self.now == self.step:
            self.statement -= 1
            if self.statement < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def run(self, act: Callable[..., object], *args: object) -> object:
        self.now += 1
        done = act(*args)
        if self.now == self.step:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


@dataclass
class Part:
    """A part of a desk; its steps are counted."""

    name: str
    real: Any
    killer: Killer
    steps: Steps

    def __getattr__(self, act: str) -> object:
        found: Callable[..., object] = getattr(self.real, act)
        if (self.name, act) not in self.steps:
            return found
        return partial(self.killer.run, found)


def real(file: Records | None) -> Compartment:
    whole = unveiled(file) if file is not None else None
    assert isinstance(whole, Compartment)
    return whole


def watched(desk: Desk, killer: Killer, steps: Steps) -> Desk:
    names = {name for name, _ in steps}
    for name in names - {"drafts"}:
        real(getattr(desk, name)).database.conn.set_trace_callback(killer.heard)
    parts: dict[str, Any] = {name: Part(name, getattr(desk, name), killer, steps) for name in names}
    return replace(desk, **parts)


class QuickGate(ProfileGate):
    """Takes a library that was read before the fork."""

    library: Library | None = None

    def _library(self, agency: Agency) -> Library:
        return self.library or super()._library(agency)


class QuickPress:
    """Draws nothing; a drill is about where bytes go. No two sheets have the same."""

    def print(self, sheet: Sheet) -> bytes:
        return f"%PDF {sheet}".encode()

    def pad(self, sheet: Sheet, numbers: Sequence[str]) -> bytes:
        return self.print(sheet) + repr(numbers).encode()

    def packet(self, cover: Sheet, parts: Sequence[Sheet]) -> bytes:
        return b"".join(map(self.print, (cover, *parts)))


@dataclass
class Tally:
    """How often each step was killed, and what was wrong afterwards."""

    kills: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])


def forked(act: Callable[[Callable[..., None]], object]) -> tuple[list[dict[str, Any]], int]:
    """Do something in a process of its own; returns what it told, and how it ended."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:

        def tell(**what: object) -> None:
            os.write(said, json.dumps(what).encode() + b"\n")

        act(tell)
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        told = [json.loads(line) for line in pipe.read().splitlines()]
    return told, os.waitstatus_to_exitcode(status)


def play(
    nothing: L, steps: Steps, times: int, dice: random.Random,
    turn: Callable[[L, int, Killer], Told],
) -> dict[str, object]:  # fmt: skip
    """Kill at each step so many times, in any order; each turn looks at what the last one left.

    Args:
        nothing: What a desk had been told is safe, before it was told anything.
        steps: Where it is killed.
        times: How often at each.
        dice: Say the order, and at which statement.
        turn: Does it: what was left, how many turns were before, who kills.
    """
    tally, left = Tally(), nothing
    plan = [step for step in range(len(steps)) for _ in range(times)]
    dice.shuffle(plan)
    for done, step in enumerate([*plan, -1]):
        told, code = turn(left, done, Killer(step, dice.randrange(8)))
        left = nothing
        for line in told:
            tally.found.update(line.pop("wrong", {}))
            left = replace(left, **line)  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
        if code == -signal.SIGKILL:
            tally.kills[f"{step} {'.'.join(steps[step])}"] += 1
        elif code or step >= 0:
            tally.found[f"step {step} ended with {code}"] += 1
    return {"kills": tally.kills, "found": tally.found}

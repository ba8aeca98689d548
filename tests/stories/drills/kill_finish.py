"""A drill, run as a process of its own: Finish is killed at every step between its two files.

Usage: kill_finish.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. Each round forks a desk
that looks at what the last one left, and is killed itself at a statement of one step of issuing a
paper and of Finish. The parent never opens a file, so that each desk opens them as after a power
cut. With "forgetful" the drafts are broken on purpose, and the drill must find it.
"""

import gc
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.domain.clock import SystemClock
from intake_app.domain.draft import Draft
from intake_app.domain.ids import RecordId
from intake_app.domain.paper import Sheet
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import people_order
from intake_app.services.needs.everyday import Library, Records
from intake_app.services.papers.papers import draft_papers, make_papers, paper_bytes
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.records.veil import unveiled
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
from intake_app.storage.compartment import Compartment
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault

STEPS = (
    ("station", "next_serial"),  # a receipt number is reserved
    ("drafts", "put"),  # and kept with the draft
    ("station", "note"),  # that a paper is issued
    ("drafts", "put_paper"),  # the paper, sealed
    ("drafts", "put"),  # the id of what is kept apart
    ("station", "apply"),  # what is kept apart
    ("care", "apply"),  # the record
    ("drafts", "remove"),  # the draft goes
)
LETTER = "referral_letter_participant"
READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}
WALK_IN: dict[str, Any] = {
    "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
    "last_name": "Whitfield", "may_contact": "no", "placed": "today", "decision": "accepted",
    "explained": ["explained", "voluntary"], "contraband_class": ["needles"],
}  # fmt: skip


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

    def __getattr__(self, act: str) -> object:
        found: Callable[..., object] = getattr(self.real, act)
        if (self.name, act) not in STEPS:
            return found
        return partial(self.killer.run, found)


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


def _real(file: Records | None) -> Compartment:
    whole = unveiled(file) if file is not None else None
    assert isinstance(whole, Compartment)
    return whole


def watched(desk: Desk, killer: Killer) -> Desk:
    for file in (desk.station, desk.care):
        _real(file).database.conn.set_trace_callback(killer.heard)
    parts: dict[str, Any] = {
        name: Part(name, getattr(desk, name), killer) for name in ("station", "care", "drafts")
    }
    return replace(desk, **parts)


@dataclass
class Left:
    """What a killed desk had been told is safe: a draft, and perhaps a paper."""

    draft: str = ""
    note: str = ""
    paper: str = ""
    finished: bool = False


@dataclass
class Tally:
    """How often each step was killed, and what was wrong afterwards."""

    kills: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])


def work(desk: Desk, killer: Killer, tell: Callable[..., None]) -> None:
    """One walk-in, until the end comes."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, "own_words": draft.id}
    save_draft(desk, draft)
    tell(draft=draft.id, note=draft.id)
    mine = watched(desk, killer)
    (paper,) = make_papers(mine, draft, [LETTER])
    tell(paper=paper.sha256)
    finish_intake(mine, draft)
    tell(finished=True)


def look(desk: Desk, left: Left, expected: int) -> dict[str, int]:
    """What is wrong with what the last desk left; then its walk-in is finished."""
    ident = RecordId(left.draft)
    waiting = [one.id for one in unfinished(desk)]
    is_record = desk.care_file.record(ident) is not None
    wrong = {
        "draft beside its record": is_record and ident in waiting,
        "lost": not is_record and ident not in waiting,
        "acknowledged and not there": left.finished and not is_record,
    }
    if ident in waiting and not is_record:
        wrong |= go_on(desk, resume_draft(desk, ident), left)
    view = read_intake(desk, ident)
    papers = {paper.sha256: paper for paper in view.papers}
    wrong |= {
        "answers differ": view.answers.get("own_words") != left.note,
        "paper lost": bool(left.paper) and left.paper not in papers,
        "paper differs": any(not paper_bytes(desk, p).startswith(b"%PDF") for p in view.papers),
        "number differs": any(p.receipt != view.number for p in view.papers),
        "not exactly one record": len(people_order(desk)) != expected,
        "not exactly one apart": len(desk.station.of_kind(APART)) != expected,
        "draft left": bool(unfinished(desk)),
    }
    return {name: 1 for name, is_so in wrong.items() if is_so}


def go_on(desk: Desk, draft: Draft, left: Left) -> dict[str, bool]:
    if "forgetful" in sys.argv:
        draft.apart.clear()
    kept = [paper.sha256 for paper in draft_papers(desk, draft)]
    wrong = {
        "draft differs": draft.answers.get("own_words") != left.note,
        "paper of the draft lost": bool(left.paper) and left.paper not in kept,
    }
    finish_intake(desk, draft)
    return wrong


def sound(desk: Desk) -> dict[str, int]:
    wrong: dict[str, int] = {}
    for file in (desk.station, desk.care):
        wrong |= {fault: 1 for fault in _real(file).faults()}
        _real(file).verify_audit()
    return wrong


def one_round(gate: QuickGate, keys: Keys, left: Left, expected: int, killer: Killer) -> list[Any]:
    """Fork a desk; returns what it told before it was killed."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:

        def tell(**what: object) -> None:
            os.write(said, json.dumps(what).encode() + b"\n")

        desk = gate.open_desk(keys)
        wrong = look(desk, left, expected) if left.draft else {}
        tell(wrong={**wrong, **(sound(desk) if expected % 40 == 0 else {})})
        if killer.step >= 0:
            work(desk, killer, tell)
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        told = [json.loads(line) for line in pipe.read().splitlines()]
    return [*told, {"killed": os.WIFSIGNALED(status), "code": os.waitstatus_to_exitcode(status)}]


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    gate, dice = QuickGate(folder / "profile", SystemClock()), random.Random(seed)
    department = fictional_department(seed)
    gate.found(department, use_keyring=False)
    clerk = department.people[0]
    keys = Vault.load(gate.folder, SystemClock()).unlock(clerk.user_name, clerk.passphrase)
    gate.library = gate._library(Agency(prefix="PH"))
    gate.library.papers(gate.library.guide("self_referral"), {})  # reads all files, once for all
    gc.freeze()
    tally, left = Tally(), Left()
    plan = [step for step in range(len(STEPS)) for _ in range(times)]
    dice.shuffle(plan)
    for done, step in enumerate([*plan, -1]):
        told = one_round(gate, keys, left, done, Killer(step, dice.randrange(8)))
        left = Left()
        for line in told:
            tally.found.update(line.pop("wrong", {}))
            killed, code = line.pop("killed", None), line.pop("code", 0)
            if killed:
                tally.kills[f"{step} {'.'.join(STEPS[step])}"] += 1
            elif code or (killed is False and step >= 0):
                tally.found[f"step {step} ended with {code}"] += 1
            left = replace(left, **line)
    return {"kills": tally.kills, "found": tally.found}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))

"""A drill, run as a process of its own: Finish is killed at every step between its two files.

Usage: kill_finish.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. Each round forks a desk
that looks at what the last one left, and is killed itself at a statement of one step of issuing a
paper and of Finish. With "forgetful" the drafts are broken on purpose, and the drill must find it.
"""

import gc
import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from killing import Killer, QuickGate, Told, forked, play, real, watched
from ready import make_ready

from intake_app.domain.clock import SystemClock
from intake_app.domain.draft import Draft
from intake_app.domain.ids import RecordId
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import people_order
from intake_app.services.papers.papers import draft_papers, make_papers, paper_bytes
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
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
class Left:
    """What a killed desk had been told is safe: a draft, and perhaps a paper."""

    draft: str = ""
    note: str = ""
    paper: str = ""
    finished: bool = False


def work(desk: Desk, killer: Killer, tell: Callable[..., None]) -> None:
    """One walk-in, until the end comes."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, "own_words": draft.id}
    save_draft(desk, draft)
    tell(draft=draft.id, note=draft.id)
    mine = watched(desk, killer, STEPS)
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
        wrong |= {fault: 1 for fault in real(file).faults()}
        real(file).verify_audit()
    return wrong


def one_round(gate: QuickGate, keys: Keys, left: Left, expected: int, killer: Killer) -> Told:
    """Fork a desk; returns what it told before it was killed."""

    def sit(tell: Callable[..., None]) -> None:
        desk = gate.open_desk(keys)
        wrong = look(desk, left, expected) if left.draft else {}
        tell(wrong={**wrong, **(sound(desk) if expected % 40 == 0 else {})})
        if killer.step >= 0:
            work(desk, killer, tell)

    return forked(sit)


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    gate = QuickGate(folder / "profile", SystemClock())
    department = fictional_department(seed)
    gate.found(department, use_keyring=False)
    clerk = department.people[0]
    keys = Vault.load(gate.folder, SystemClock()).unlock(clerk.user_name, clerk.passphrase)
    gate.library = gate._library(Agency(prefix="PH"))
    gate.library.papers(gate.library.guide("self_referral"), {})  # reads all files, once for all
    gc.freeze()
    return play(Left(), STEPS, times, random.Random(seed), partial(one_round, gate, keys))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))

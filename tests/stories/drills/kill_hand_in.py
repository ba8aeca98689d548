"""A drill, run as a process of its own: the crossings of the drop box are killed at each step.

Usage: kill_hand_in.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. Draft to submission at
reception, submission to record and clearing at the coordinator's sign-in. Each round forks a
process that looks at what the last one left, lets both of them go on, then takes a new walk-in and
is killed at a statement of one step. With "forgetful" drafts are broken on purpose, and the drill
must find it.
"""

import gc
import json
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kill_finish import LETTER, WALK_IN, Left
from killing import Killer, QuickGate, QuickPress, Tally, forked, real, watched
from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.domain.clock import SystemClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import people_order
from intake_app.services.papers.papers import draft_papers, make_papers, paper_bytes
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.records.drop_box import SET_ASIDE, SUBMISSION, taken_in, waiting
from intake_app.services.signing.setting_up import registry_entries
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
from intake_app.vault.keys import Keys
from intake_app.vault.registry import Registry
from intake_app.vault.vault import Vault

HAND_IN = (
    ("station", "next_serial"),  # a receipt number is reserved
    ("drafts", "put"),  # and kept with the draft
    ("station", "note"),  # that a paper is issued
    ("drafts", "put_paper"),  # the paper, sealed
    ("drafts", "put"),  # the id of what is kept apart
    ("station", "apply"),  # what is kept apart
    ("station", "apply"),  # the submission
    ("drafts", "mark_submitted"),  # the draft is the sender's copy
)
TAKE_IN = (
    ("care", "apply"),  # the record
    ("station", "apply"),  # that it was taken in
    ("drafts", "remove"),  # the sender's copy goes
)
STEPS = (*HAND_IN, *TAKE_IN)


class WatchedGate(QuickGate):
    """What settles by itself at a sign-in is killed too."""

    killer: Killer | None = None

    def _settle(self, desk: Desk, keys: Keys) -> None:
        is_watched = self.killer is not None and desk.care is not None
        mine = watched(desk, self.killer, TAKE_IN) if is_watched and self.killer else desk
        super()._settle(mine, keys)


@dataclass
class Two:
    """Who works here: their keys are unlocked once, before the fork."""

    gate: WatchedGate
    reception: Keys
    coordinator: Keys

    def desk(self, keys: Keys, killer: Killer | None = None) -> Desk:
        self.gate.killer = killer
        return replace(self.gate.open_desk(keys), press=QuickPress())


def work(desk: Desk, killer: Killer, tell: Callable[..., None]) -> None:
    """One walk-in at reception, until the end comes."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, "own_words": draft.id}
    save_draft(desk, draft)
    tell(draft=draft.id, note=draft.id)
    mine = watched(desk, killer, HAND_IN)
    (paper,) = make_papers(mine, draft, [LETTER])
    tell(paper=paper.sha256)
    finish_intake(mine, draft)
    tell(finished=True)


def look_at_reception(desk: Desk, left: Left) -> dict[str, bool]:
    """What is wrong with what the last process left; an unfinished walk-in is finished."""
    ident = RecordId(left.draft)
    is_draft = ident in [one.id for one in unfinished(desk)]
    is_handed_in = desk.station.record(ident) is not None
    entry = desk.drafts.get(ident)
    wrong = {
        "lost": not is_draft and not is_handed_in,
        "draft beside its submission": is_draft and is_handed_in,
        "submission without its mark": bool(is_handed_in and entry and not entry.submitted),
        "acknowledged and not there": left.finished and not is_handed_in,
    }
    if is_draft:
        draft = resume_draft(desk, ident)
        if "forgetful" in sys.argv:
            draft.apart.clear()
        kept = [paper.sha256 for paper in draft_papers(desk, draft)]
        wrong["paper of the draft lost"] = bool(left.paper) and left.paper not in kept
        finish_intake(desk, draft)
    return wrong


def look_at_care(desk: Desk, left: Left, expected: int) -> dict[str, bool]:
    """What is wrong after a coordinator has signed in."""
    view = read_intake(desk, RecordId(left.draft))
    station = desk.station
    return {
        "answers differ": view.answers.get("own_words") != left.note,
        "paper lost": bool(left.paper) and left.paper not in [p.sha256 for p in view.papers],
        "paper differs": any(not paper_bytes(desk, p).startswith(b"%PDF") for p in view.papers),
        "number differs": any(p.receipt != view.number for p in view.papers),
        "not exactly one record": len(people_order(desk)) != expected,
        "not exactly one apart": len(station.of_kind(APART)) != expected,
        "not exactly one submission": len(station.of_kind(SUBMISSION)) != expected,
        "not taken in": len(taken_in(desk)) != expected or waiting(desk).count > 0,
        "set aside": bool(station.of_kind(SET_ASIDE)) or real(desk.care).set_aside() > 0,
        "draft left": bool(desk.drafts.all()),
    }


def sound(desk: Desk) -> dict[str, bool]:
    wrong: dict[str, bool] = {}
    for file in (desk.station, desk.care):
        wrong |= dict.fromkeys(real(file).faults(), True)
        real(file).verify_audit()
    return wrong


def look(two: Two, left: Left, expected: int) -> list[str]:
    """What is wrong with what the last round left, after both have signed in."""

    def both(tell: Callable[..., None]) -> None:
        wrong = look_at_reception(two.desk(two.reception), left)
        desk = two.desk(two.coordinator)
        wrong |= look_at_care(desk, left, expected)
        tell(**wrong, **(sound(desk) if expected % 40 == 0 else {}))

    told, code = forked(both)
    wrong = [name for line in told for name, is_so in line.items() if is_so]
    return [*wrong, f"looking ended with {code}"] if code else wrong


def go(two: Two, step: int, statement: int) -> tuple[Left, int]:
    """A walk-in whose process is killed at a step; returns what was told, and how it ended."""

    def both(tell: Callable[..., None]) -> None:
        work(two.desk(two.reception), Killer(step, statement), tell)
        two.desk(two.coordinator, Killer(step - len(HAND_IN), statement))

    told, code = forked(both)
    left = Left()
    for line in told:
        left = replace(left, **line)
    return left, code


def people(folder: Path, seed: int) -> Two:
    gate, department = WatchedGate(folder / "profile", SystemClock()), fictional_department(seed)
    gate.found(department, use_keyring=False)
    vault = Vault.load(gate.folder, SystemClock())
    held = {
        role: vault.unlock(person.user_name, person.passphrase)
        for person in department.people
        for role in person.roles
        if role in {Role.RECEPTION, Role.COORDINATOR}
    }
    told, _ = forked(lambda tell: tell(texts=registry_texts(gate, held[Role.RECEPTION])))
    for keys in held.values():
        registry = keys.take_registry(told[0]["texts"])
        # checked once, before the forks: thirty signatures each time are most of a sign-in
        keys.take_registry = partial(_known, registry)  # pyright: ignore[reportAttributeAccessIssue]
    return Two(gate, held[Role.RECEPTION], held[Role.COORDINATOR])


def registry_texts(gate: ProfileGate, keys: Keys) -> list[str]:
    return registry_entries(gate.open_desk(keys).station)


def _known(registry: Registry, _: object) -> Registry:
    return registry


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    two, dice = people(folder, seed), random.Random(seed)
    library = two.gate.library = two.gate._library(Agency(prefix="PH"))
    library.papers(library.guide("self_referral"), {})  # reads all files, once for all
    gc.freeze()
    tally, left = Tally(), Left()
    plan = [step for step in range(len(STEPS)) for _ in range(times)]
    dice.shuffle(plan)
    for done, step in enumerate(plan):
        tally.found.update(look(two, left, done) if done else [])
        left, code = go(two, step, dice.randrange(8))
        if code == -signal.SIGKILL:
            tally.kills[f"{step} {'.'.join(STEPS[step])}"] += 1
        else:
            tally.found[f"step {step} ended with {code}"] += 1
    tally.found.update(look(two, left, len(plan)))
    return {"kills": tally.kills, "found": tally.found}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))

"""A drill, run as a process of its own: carrying out a purge is killed at each step.

Usage: kill_purge.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. An order of a court is
approved; the coordinator who signs in next is killed at a statement of one step; the sign-in after
that goes on by itself. With "forgetful" nothing goes on by itself, and the drill must find it.
"""

import gc
import json
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kill_finish import WALK_IN
from killing import Killer, Part, QuickGate, QuickPress, Tally, forked, watched
from ready import make_ready

from intake_app.domain.clock import FixedClock
from intake_app.domain.deidentified import STATISTIC
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.purging.acts import DONE, ending_of
from intake_app.services.purging.purging import Wanted, approve_purge, propose_purge
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.drop_box import SUBMISSION
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault

if TYPE_CHECKING:
    from intake_app.services.needs.ending import PurgeLedger

STEPS = (
    ("care", "apply"),  # hidden
    ("ledger", "append"),  # the list outside the files
    ("station", "apply"),  # what was handed in
    ("care", "apply"),  # destroyed, and counted
    ("station", "apply"),  # that it was carried out
)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
APART = timedelta(days=2)
"""Between two orders, so that they are no mass purge."""


class PurgeGate(QuickGate):
    """What settles by itself at a sign-in is killed; where it is forgetful, it never settles."""

    killer: Killer | None = None
    is_forgetful = False

    def _settle(self, desk: Desk, keys: Keys) -> None:
        if self.killer is not None:
            ending = ending_of(desk)
            part = cast("PurgeLedger", Part("ledger", ending.ledger, self.killer, STEPS))
            files = tuple(step for step in STEPS if step[0] != "ledger")
            desk = replace(watched(desk, self.killer, files), ending=replace(ending, ledger=part))
        if not self.is_forgetful:
            super()._settle(desk, keys)


@dataclass
class House:
    """Who works here: their keys are unlocked once, before the fork."""

    gate: PurgeGate
    clock: FixedClock
    keys: dict[Role, Keys]

    def desk(self, role: Role, killer: Killer | None = None) -> Desk:
        self.gate.killer = killer
        return replace(self.gate.open_desk(self.keys[role]), press=QuickPress())


def hand_in(desk: Desk, count: int, tell: Callable[..., None]) -> None:
    """Walk-ins at reception, each with words of its own."""
    for n in range(count):
        draft = begin_draft(desk, "self_referral")
        draft.answers |= {**WALK_IN, "own_words": f"Paints silo {n}"}
        save_draft(desk, draft)
        finish_intake(desk, draft)
        tell(record=draft.id)


def look(desk: Desk, record: RecordId, done: int) -> dict[str, bool]:
    """What is wrong after the sign-in that goes on."""
    care = desk.care_file
    found = care.record(record)
    lines = ending_of(desk).ledger.lines()
    return {
        "still there": found is None or not found.is_purged or bool(care.whole(record)),
        "history left": any(one.fields for one in care.history(record)),
        "not exactly one count": len(care.of_kind(STATISTIC)) != done,
        "not exactly one line": len(lines) != done,
        "not exactly one certificate": len(desk.station.of_kind(DONE)) != done,
        "submission left": record in {one.id for one in desk.station.of_kind(SUBMISSION)},
        "found by search": record in {one.record for one in care.find("Whitfield", "intake", 999)},
    }


def people(folder: Path, seed: int) -> House:
    clock, department = FixedClock(NOW), fictional_department(seed)
    gate = PurgeGate(folder / "profile", clock)
    gate.found(department, use_keyring=False)
    vault = Vault.load(gate.folder, clock)
    wanted = {Role.RECEPTION, Role.COORDINATOR, Role.SUPERVISOR}
    held = {
        role: vault.unlock(person.user_name, person.passphrase)
        for person in department.people
        for role in person.roles
        if role in wanted
    }
    library = gate.library = gate._library(Agency())
    library.papers(library.guide("self_referral"), {})  # reads all files, once for all
    return House(gate, clock, held)


def told_by(act: Callable[[Callable[..., None]], None], wrong: list[str]) -> list[dict[str, Any]]:
    """What a process of its own tells; that it ended badly is wrong."""
    told, code = forked(act)
    wrong += [f"a process ended with {code}"] if code else []
    return told


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    house, dice = people(folder, seed), random.Random(seed)
    plan = [step for step in range(len(STEPS)) for _ in range(times)]
    dice.shuffle(plan)
    wrong: list[str] = []
    told = told_by(lambda tell: hand_in(house.desk(Role.RECEPTION), len(plan), tell), wrong)
    records = [RecordId(line["record"]) for line in told]
    gc.freeze()
    tally = Tally()
    for n, (step, record) in enumerate(zip(plan, records, strict=True)):
        house.clock.at += APART

        def propose(tell: Callable[..., None], record: RecordId = record) -> None:
            desk = house.desk(Role.COORDINATOR)
            tell(order=propose_purge(desk, Wanted(Compartment.CARE, [record], "court_order")))

        (line,) = told_by(propose, wrong)
        told_by(lambda _, line=line: approve_purge(house.desk(Role.SUPERVISOR), line["order"]),
                wrong)  # fmt: skip
        house.clock.at += timedelta(seconds=1)
        killer = Killer(step, dice.randrange(40))
        _, code = forked(lambda _, killer=killer: house.desk(Role.COORDINATOR, killer) and None)
        if code == -signal.SIGKILL:
            tally.kills[f"{step} {'.'.join(STEPS[step])}"] += 1
        else:
            tally.found[f"step {step} ended with {code}"] += 1
        house.gate.is_forgetful = "forgetful" in sys.argv

        def after(tell: Callable[..., None], record: RecordId = record, n: int = n) -> None:
            tell(**look(house.desk(Role.COORDINATOR), record, n + 1))

        for line in told_by(after, wrong):
            tally.found.update(name for name, is_so in line.items() if is_so)
        house.gate.is_forgetful = False
    tally.found.update(wrong)
    return {"kills": tally.kills, "found": tally.found}


if __name__ == "__main__":
    result: dict[str, Any] = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(result))

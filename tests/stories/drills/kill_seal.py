"""A drill, run as a process of its own: sealing a case is killed at each step between its files.

Usage: kill_seal.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. A supervisor seals one of
many completed cases and is killed at a statement of one step; at the next sign-in it goes on by
itself, and the privacy officer's sign-in takes it in. With "forgetful" nothing goes on by itself,
and the drill must find it.
"""

import gc
import json
import random
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from held_cases import PROGRAM, TOML, case_taken
from kill_hand_in import WatchedGate
from killing import Killer, QuickPress, Tally, forked, real, watched
from ready import make_ready

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.case.acts import charge_action, close_case, note_reported
from intake_app.services.citing.cases import issue_case_papers
from intake_app.services.desk import Desk
from intake_app.services.records.drop_box import SET_ASIDE, SUBMISSION
from intake_app.services.sealing.sealed_cases import read_sealed, sealed_cases, sealed_paper
from intake_app.services.sealing.sealing import SEALING, seal_case
from intake_app.services.sealing.tokens import PARTICIPATION
from intake_app.services.training.training import fictional_department
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault

STEPS = (
    ("cases", "apply"),  # that it is sealed
    ("cases", "apply"),  # what goes under which submission
    ("station", "apply"),  # the submission
    ("cases", "apply"),  # token, number, and the end of the rest
)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PAPER = "participant_agreement"


class QuickTokens:
    """Tokens that cost nothing; what they cost is another story."""

    def made_of(self, text: str) -> str:
        return text[::-1]


class SealGate(WatchedGate):
    """Nothing goes on by itself where the drill is forgetful."""

    def _settle(self, desk: Desk, keys: Keys) -> None:
        mine = replace(desk, tokens=QuickTokens())
        if "forgetful" not in sys.argv or desk.cases is None:
            super()._settle(mine, keys)


@dataclass
class Two:
    """Who works here: their keys are unlocked once, before the fork."""

    gate: SealGate
    supervisor: Keys
    privacy: Keys

    def desk(self, keys: Keys) -> Desk:
        return replace(self.gate.open_desk(keys), press=QuickPress(), tokens=QuickTokens())


def take(desk: Desk, count: int, tell: Callable[..., None]) -> None:
    """Cases that are completed, each with a paper and words of its own."""
    for n in range(count):
        case = case_taken(desk, probable_cause=f"Seen at gate {n}.", last_name=f"Whitfield{n}")
        note_reported(desk, case)
        issue_case_papers(desk, case, [PAPER])
        close_case(desk, case, "completed")
        charge_action(desk, case, "not_filed")
        tell(case=case)


def look_at_cases(desk: Desk, case: RecordId, done: int) -> dict[str, bool]:
    """What is wrong at the supervisor's next sign-in; a case that is still whole is sealed now."""
    file = real(desk.cases)
    record = file.record(case)
    is_there = record is not None and not record.is_purged
    wrong = {"marks left": bool(file.of_kind(SEALING))}
    if is_there and not wrong["marks left"]:
        seal_case(desk, case)
    return wrong | {
        "still there": bool(file.whole(case)),
        "not exactly one token": len(file.of_kind(PARTICIPATION)) != done,
        "not exactly one submission": len(desk.station.of_kind(SUBMISSION)) != done,
        "set aside": file.set_aside() > 0,
    }


def look_at_sealed(desk: Desk, case: RecordId, n: int, done: int) -> dict[str, bool]:
    """What is wrong after the privacy officer has signed in."""
    rows = sealed_cases(desk)
    if case not in {row.record for row in rows}:
        return {"lost": True}
    found = read_sealed(desk, case)
    papers = [sealed_paper(desk, paper) for paper in found.papers]
    return {
        "not exactly one sealed": len(rows) != done,
        "answers differ": found.answers.get("probable_cause") != f"Seen at gate {n}.",
        "paper lost": len(papers) != 1,
        "paper differs": any(f"Whitfield{n}".encode() not in paper for paper in papers),
        "set aside": bool(desk.station.of_kind(SET_ASIDE)) or real(desk.sealed).set_aside() > 0,
        "acts lost": [act.kind for act in found.acts][-1:] != ["sealed"],
    }


def people(folder: Path, seed: int) -> Two:
    clock, department = FixedClock(NOW), fictional_department(seed)
    gate = SealGate(folder / "profile", clock)
    gate.found(department, use_keyring=False)
    vault = Vault.load(gate.folder, clock)
    held = {
        role: vault.unlock(person.user_name, person.passphrase)
        for person in department.people
        for role in person.roles
        if role in {Role.SUPERVISOR, Role.PRIVACY_OFFICER}
    }
    forms = folder / "forms"
    shutil.copytree(resources.path("forms"), forms)
    text = TOML.replace("seal_days = 30", "seal_days = 0\ntoken_months = 24")
    (forms / "programs" / f"{PROGRAM}.toml").write_text(text, "utf-8")
    setting = Setting.of(Agency(prefix="PH"), clock)
    library = gate.library = FormLibrary(forms, resources.path("resources"), setting)
    library.papers(library.guide(PROGRAM), {})  # reads all files, once for all
    library.codes("close_reasons")
    return Two(gate, held[Role.SUPERVISOR], held[Role.PRIVACY_OFFICER])


def look(two: Two, case: RecordId, n: int) -> list[str]:
    def supervisor(tell: Callable[..., None]) -> None:
        tell(**look_at_cases(two.desk(two.supervisor), case, n + 1))

    def privacy(tell: Callable[..., None]) -> None:
        tell(**look_at_sealed(two.desk(two.privacy), case, n, n + 1))

    wrong: list[str] = []
    for act in (supervisor, privacy):
        told, code = forked(act)
        wrong += [name for line in told for name, is_so in line.items() if is_so]
        wrong += [f"looking ended with {code}"] if code else []
    return wrong


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    two, dice = people(folder, seed), random.Random(seed)
    plan = [step for step in range(len(STEPS)) for _ in range(times)]
    dice.shuffle(plan)
    told, code = forked(lambda tell: take(two.desk(two.supervisor), len(plan), tell))
    assert code == 0, told
    cases = [RecordId(line["case"]) for line in told]
    gc.freeze()
    tally = Tally()
    for n, (step, case) in enumerate(zip(plan, cases, strict=True)):
        killer = Killer(step, dice.randrange(40))

        def seal(_: Callable[..., None], case: RecordId = case, killer: Killer = killer) -> None:
            seal_case(watched(two.desk(two.supervisor), killer, STEPS), case)

        _, code = forked(seal)
        if code == -signal.SIGKILL:
            tally.kills[f"{step} {'.'.join(STEPS[step])}"] += 1
        else:
            tally.found[f"step {step} ended with {code}"] += 1
        tally.found.update(look(two, case, n))
    return {"kills": tally.kills, "found": tally.found}


if __name__ == "__main__":
    result: dict[str, Any] = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(result))

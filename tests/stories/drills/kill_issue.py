"""A drill, run as a process of its own: issuing a citation is killed at every step.

Usage: kill_issue.py FOLDER TIMES SEED [forgetful]. Prints one JSON object. As in `kill_finish`,
each round forks a desk that looks at what the last one left, and is killed itself at a statement of
one step. With "forgetful", what was noted is lost on purpose, and the drill must find it.
"""

import gc
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from killing import Killer, QuickGate, QuickPress, Told, forked, play, watched
from ready import make_ready

from intake_app.domain.clock import SystemClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case.held import acts_in
from intake_app.services.citing.citing import issue_case
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import draft_papers, issued_papers, paper_bytes
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.records.ledger import Use, ledger
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault

STEPS = (
    ("cases", "note"),  # that somebody looked for earlier cases
    ("station", "next_serial"),  # the number is reserved
    ("cases", "apply"),  # and goes into the ledger
    ("drafts", "put"),  # and is kept with the draft
    ("drafts", "put"),  # what will be issued
    ("station", "note"),  # that a paper is issued
    ("drafts", "put_paper"),  # the citation, sealed
    ("station", "note"),
    ("drafts", "put_paper"),  # the agreement
    ("cases", "apply"),  # the case
    ("drafts", "remove"),  # the draft goes
)
"""In the order in which they happen; each is killed apart."""

ANSWERS: dict[str, Any] = {
    "last_name": "Quillfeather", "first_name": "Wren", "date_of_birth": "1991-04-17",
    "language": "en", "interpreter": "none", "case_number": "26-118804",
    "offense_at": "2026-11-23T08:10:00+00:00", "offense_place": "12 Mill Street",
    "offenses": [{"offense": "trespass"}], "has_risk": "no", "has_victim": "no",
    "probable_cause": "Was seen in the yard.", "attested": "yes", "explained_all": "yes",
    "decision": "accepted",
}  # fmt: skip


@dataclass
class Left:
    """What a killed desk had been told is safe."""

    draft: str = ""
    issued: str = ""


def work(desk: Desk, killer: Killer, tell: Callable[..., None]) -> None:
    """One citation, until the end comes."""
    draft = begin_draft(desk, "officer_intervention")
    draft.answers |= ANSWERS
    save_draft(desk, draft)
    tell(draft=draft.id)
    issued = issue_case(watched(desk, killer, STEPS), draft, Instrument.CITATION)
    tell(issued=issued.finished.number)


def look(desk: Desk, left: Left, expected: int) -> dict[str, int]:
    """What is wrong with what the last desk left; then its citation is issued."""
    ident = RecordId(left.draft)
    waiting = [one.id for one in unfinished(desk)]
    is_case = desk.cases_file.record(ident) is not None
    wrong = {
        "draft beside its case": is_case and ident in waiting,
        "lost": not is_case and ident not in waiting,
        "acknowledged and not there": bool(left.issued) and not is_case,
    }
    if ident in waiting and not is_case:
        wrong |= go_on(desk, ident)
    papers, acts = issued_papers(desk, ident), acts_in(desk.cases_file, ident)
    entries = ledger(desk, int(desk.clock.local().year))
    numbers = [entry.number for entry in entries if entry.number]
    kinds = Counter(record.kind for record in desk.cases_file.about(ident))
    wrong |= {
        "number differs": len({paper.receipt for paper in papers}) != 1,
        "paper issued twice": [p.paper for p in papers] != ["citation", "participant_agreement"],
        "paper differs": any(not paper_bytes(desk, p).startswith(b"%PDF") for p in papers),
        "not exactly one issue": [str(act.kind) for act in acts] != ["issued"],
        "not exactly one offer": kinds["offer"] != 1,
        "not one of each": kinds["eligibility"] != 1,
        "number given twice": len(numbers) != len(set(numbers)),
        "not as many issued": sum(one.use is Use.ISSUED for one in entries) != expected,
        "gap": [one.serial for one in entries] != list(range(1, len(entries) + 1)),
        "draft left": bool(unfinished(desk)),
    }
    return {name: 1 for name, is_so in wrong.items() if is_so}


def go_on(desk: Desk, ident: RecordId) -> dict[str, bool]:
    draft = resume_draft(desk, ident)
    number, mark = draft.number, dict(draft.marks.get("issued") or {})
    sealed = {paper.sha256 for paper in draft_papers(desk, draft)}
    if "forgetful" in sys.argv:
        draft.number, draft.marks = "", {}
    issued = issue_case(desk, draft, Instrument.CITATION)
    by = issued.report_by
    assert by
    return {
        "another number": bool(number) and issued.finished.number != number,
        "another report-by": bool(mark) and by.moment.isoformat() != mark["report_by"],
        "sealed paper lost": not sealed <= {p.sha256 for p in issued_papers(desk, ident)},
    }


def one_round(gate: QuickGate, keys: Keys, left: Left, expected: int, killer: Killer) -> Told:
    """Fork a desk; returns what it told before it was killed."""

    def sit(tell: Callable[..., None]) -> None:
        desk = replace(gate.open_desk(keys), press=QuickPress())
        tell(wrong=look(desk, left, expected) if left.draft else {})
        if killer.step >= 0:
            work(desk, killer, tell)

    return forked(sit)


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """Kill at each step so many times, look, and count."""
    make_ready()
    gate = QuickGate(folder / "profile", SystemClock())
    department = fictional_department(seed)
    gate.found(department, use_keyring=False)
    officer = next(one for one in department.people if one.roles == frozenset({Role.OFFICER}))
    keys = Vault.load(gate.folder, SystemClock()).unlock(officer.user_name, officer.passphrase)
    gate.library = gate._library(Agency(prefix="PH"))
    guide = gate.library.guide("officer_intervention")
    gate.library.papers(guide, {})  # reads all files, once for all
    gc.freeze()
    return play(Left(), STEPS, times, random.Random(seed), partial(one_round, gate, keys))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))

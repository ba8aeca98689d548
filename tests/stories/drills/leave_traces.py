"""A drill, run as a process of its own: a whole day at the desk, with values that nobody else has.

Usage: leave_traces.py FOLDER. The values come as JSON on standard input. It ends as after a power
cut, so that write-ahead logs and drafts lie about. Prints one JSON object.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from intake_app.app import ProfileGate
from intake_app.cli import main as command
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import add_note, read_handed_in
from intake_app.services.intakes.intakes import (
    amend_intake,
    finish_intake,
    mark_entered_in_error,
    read_intake,
)
from intake_app.services.intakes.people import (
    find_people,
    people_order,
    people_rows,
    show_names,
    today,
)
from intake_app.services.papers.papers import (
    issue_papers,
    make_papers,
    note_printed,
    note_saved,
    offers,
    paper_bytes,
    preview_paper,
    void_and_reissue,
)
from intake_app.services.records.drafts import begin_draft, discard_draft, resume_draft, save_draft
from intake_app.services.records.drop_box import SUBMISSION, TAKEN_IN
from intake_app.services.signing.signing_in import NewPerson
from intake_app.services.training.training import fictional_department

READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}


def answers(planted: dict[str, str]) -> dict[str, Any]:
    """All that a person told, with the consent and what was given up."""
    place = {"id": "", "name": planted["provider"]}
    return {
        "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
        "own_words": planted["own words"], "first_name": planted["first name"],
        "last_name": planted["last name"], "preferred_name": planted["preferred name"],
        "may_contact": "yes", "contact_ways": ["call", "letter"], "phone": planted["phone"],
        "mail_address": planted["address"], "placed": "today", "decision": "accepted",
        "placement_calls": [{"call_provider": place, "spoke_to": planted["spoke to"]}],
        "explained": ["explained", "voluntary"], "provider": place,
        "contraband_class": ["needles"], "contraband_tag": planted["tag"],
        "consent_given": "yes", "consent_name": planted["last name"],
        "consent_discloser": ["desk"], "consent_information": ["name_contact"],
        "consent_recipient": place, "consent_purpose": "referral",
        "consent_expires_how": "first_visit", "consent_revoke": READ,
        "consent_redisclosure": READ, "consent_refusal": READ,
        "consent_signature": {"how": "typed", "name": planted["signed"], "strokes": [],
                              "at": "2026-11-23"},
    }  # fmt: skip


def take(desk: Desk, planted: dict[str, str]) -> None:
    """A walk-in with all its papers; amended, voided, found, read."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= answers(planted)
    save_draft(desk, draft)
    guide = desk.library.guide("self_referral")
    names = [offer.paper.id for offer in offers(desk, guide, draft.answers)]
    for name in names:
        preview_paper(desk, draft, name)
    for paper in make_papers(desk, draft, names):
        paper_bytes(desk, paper, draft)
        note_printed(desk, paper, "Front desk")
    record = finish_intake(desk, draft).record
    amend_intake(desk, record, {"safe_hours": planted["amended"]}, planted["reason"])
    first, *_ = issue_papers(desk, record, names)
    note_saved(desk, void_and_reissue(desk, first, planted["reason"]))
    show_names(desk)
    assert find_people(desk, planted["last name"])
    people_rows(desk, people_order(desk))
    today(desk)
    read_intake(desk, record)


def leave(desk: Desk, planted: dict[str, str]) -> None:
    """A draft with a paper, one that was thrown away, and an intake entered in error."""
    for end in ("left", "thrown away", "in error"):
        draft = begin_draft(desk, "self_referral")
        draft.answers |= {**answers(planted), "own_words": planted["draft"]}
        save_draft(desk, draft)
        make_papers(desk, draft, ["referral_letter_participant"])
        if end == "thrown away":
            discard_draft(desk, draft.id, planted["reason"])
        elif end == "in error":
            ident = finish_intake(desk, resume_draft(desk, draft.id)).record
            mark_entered_in_error(desk, ident, planted["reason"])


def hand_in(gate: ProfileGate, reception: NewPerson, planted: dict[str, str]) -> None:
    """A walk-in that reception cannot read afterwards, with its papers and a note."""
    desk = gate.unlock(reception.user_name, reception.passphrase)
    draft = begin_draft(desk, "self_referral")
    draft.answers |= answers(planted)
    save_draft(desk, draft)
    (paper,) = make_papers(desk, draft, ["referral_letter_participant"])
    assert finish_intake(desk, draft).is_handed_in
    copy = read_handed_in(desk, draft.id)
    paper_bytes(desk, paper, copy)
    note_printed(desk, paper, "Front desk")
    add_note(desk, draft.id, planted["reason"])


def fail(gate: ProfileGate, planted: dict[str, str], user_name: str) -> None:
    """Wrong tries; people also type the passphrase where the name belongs."""
    for name, secret in ((planted["mistyped"], "x"), (user_name, planted["wrong passphrase"])):
        try:
            gate.unlock(name, secret)
        except IntakeError:
            continue


def main(folder: Path, planted: dict[str, str]) -> None:
    """The whole day."""
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    gate = ProfileGate(folder / "profile", clock)
    department = fictional_department(1)
    gate.found(department, use_keyring=False)
    clerk = department.people[0]
    fail(gate, planted, clerk.user_name)
    desk = gate.unlock(clerk.user_name, clerk.passphrase)
    take(desk, planted)
    leave(desk, planted)
    gate.lock()
    reception = next(one for one in department.people if Role.RECEPTION in one.roles)
    hand_in(gate, reception, planted)  # the next to sign in takes it in
    secret = folder / "passphrase"
    secret.write_text(clerk.passphrase, "utf-8")
    words = ["--user", clerk.user_name, "--passphrase-file", str(secret)]
    with (folder / "said").open("w") as said:
        sys.stdout, before = said, sys.stdout
        command(["doctor", "--profile", str(gate.folder), *words])
        sys.stdout = before
    secret.unlink()
    desk = gate.unlock(clerk.user_name, clerk.passphrase)
    leave(desk, planted)
    assert len(desk.station.of_kind(TAKEN_IN)) == len(desk.station.of_kind(SUBMISSION)) > 0
    beside = ProfileGate(gate.folder, clock)
    hand_in(beside, reception, planted)  # this one waits
    fail(ProfileGate(gate.folder, clock), planted, clerk.user_name)
    print(json.dumps({"passphrase": clerk.passphrase}), flush=True)
    os._exit(0)  # while the files are open


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.load(sys.stdin))

"""A completed case leaves `cases` for the privacy officer; a token stays, and not a word more."""

from dataclasses import replace
from pathlib import Path

import pytest
from held_cases import audit, cases_of, move
from profiles import Desks, Profile
from sealing_world import PLANTED, VALUES, at_program, closed, completed, pages

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import CaseRefused, NoGrant, NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case.conditions import CONDITION, PROGRESS
from intake_app.services.case.offers import OfferAbout, accepted_offer_change, offers
from intake_app.services.citing.cases import issue_case_papers, read_case
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.intakes.people import find_people, people_order, people_rows
from intake_app.services.papers.papers import IssuedPaper, note_printed, paper_bytes
from intake_app.services.records.drop_box import SUBMISSION, Taken, take_in
from intake_app.services.records.ledger import KEYED, VOID, Use, ledger, voiding
from intake_app.services.records.writing import fact, write
from intake_app.services.sealing.sealed_cases import (
    audit_of_sealed,
    read_sealed,
    sealed_cases,
    sealed_paper,
)
from intake_app.services.sealing.sealing import SEALING, seal_case, settle_sealing
from intake_app.services.sealing.tokens import PARTICIPATION


@pytest.fixture
def supervisor(desks: Desks, tmp_path: Path) -> Desk:
    return at_program(desks(Role.SUPERVISOR), tmp_path)


@pytest.fixture
def privacy(desks: Desks, tmp_path: Path) -> Desk:
    return at_program(desks(Role.PRIVACY_OFFICER), tmp_path)


@pytest.fixture
def case(supervisor: Desk) -> RecordId:
    return completed(supervisor)


@pytest.fixture
def paper(supervisor: Desk, case: RecordId) -> IssuedPaper:
    (made,) = issue_case_papers(supervisor, case, ["participant_agreement"])
    note_printed(supervisor, made, "Front desk")
    return made


def refused(why: Refusal) -> "pytest.RaisesExc[CaseRefused]":
    return pytest.raises(CaseRefused, check=lambda error: why in error.reasons)


def test_an_open_case_is_not_sealed_and_one_too_early_neither(
    supervisor: Desk, case: RecordId
) -> None:
    with refused(Refusal.STILL_OPEN):
        seal_case(supervisor, case)
    closed(supervisor, case)
    move(supervisor, days=-2)
    with refused(Refusal.TOO_EARLY_TO_SEAL):
        seal_case(supervisor, case)
    assert read_case(supervisor, case).status.status == "completed"


def test_who_may_not_seal_is_refused(desks: Desks, supervisor: Desk, case: RecordId) -> None:
    closed(supervisor, case)
    for role in (Role.OFFICER, Role.FRONT_DESK, Role.PRIVACY_OFFICER):
        with pytest.raises(NotAllowed):
            seal_case(desks(role), case)


def test_once_sealing_has_begun_no_answer_changes(supervisor: Desk, case: RecordId) -> None:
    amend_intake(supervisor, case, {"offense_place": "14 Mill Street"}, "typed wrong")  # control
    closed(supervisor, case)
    with pytest.raises(NoGrant):
        seal_case(replace(supervisor, drop_box=None), case)  # cut off after it began
    with refused(Refusal.SEALED):
        amend_intake(supervisor, case, {"offense_place": "16 Mill Street"}, "late")
    seal_case(supervisor, case)


def test_it_leaves_cases_whole(supervisor: Desk, case: RecordId, paper: IssuedPaper) -> None:
    number = read_case(supervisor, case).intake.number
    parts = [record.id for record in supervisor.cases_file.whole(closed(supervisor, case))]
    assert len(parts) > 8
    seal_case(supervisor, case)
    file = cases_of(supervisor)
    assert all((record := file.record(part)) and record.is_purged for part in parts)
    assert file.blob(paper.sha256) is None
    assert file.of_kind(SEALING) == []
    with pytest.raises(RecordMissing):
        read_case(supervisor, case)
    assert find_people(supervisor, "Quill", room=CASES_ROOM) == []
    assert find_people(supervisor, number, room=CASES_ROOM) == []
    rows = people_rows(supervisor, people_order(supervisor, room=CASES_ROOM), room=CASES_ROOM)
    assert case not in {row.record for row in rows}
    assert len(audit(file, "seal case")) == 1
    assert file.faults() == []
    assert file.verify_audit()


def test_the_ledger_keeps_the_number_and_one_word(supervisor: Desk, case: RecordId) -> None:
    number = read_case(supervisor, case).intake.number
    seal_case(supervisor, closed(supervisor, case))
    (entry,) = [one for one in ledger(supervisor, 2026) if one.number == number]
    assert (entry.use, entry.by, entry.reason, entry.record) == (Use.SEALED, "", "", "")
    assert entry.at == "2026"


def test_a_number_that_was_replaced_and_who_keyed_one_in_go_too(
    supervisor: Desk, case: RecordId
) -> None:
    held, to = supervisor.cases_file.record(case), supervisor.cases_file
    assert held
    old, new = str(held.values[facts.NUMBER]), "PH-26-AC00077-0"
    void = voiding(supervisor, old, "Misspelled: Quilfether")
    keyed = fact(to, void.user, KEYED, new_record_id(), {facts.NUMBER: new, "draft": case})
    renumbered = write(to, void.user, held.kind, case, {facts.NUMBER: new})
    to.apply([void, keyed, renumbered], supervisor.act("reissue"))
    seal_case(supervisor, closed(supervisor, case))
    kept = {one.number: one for one in ledger(supervisor, 2026)}
    assert {kept[one].use for one in (old, new)} == {Use.SEALED}
    assert {kept[one].reason + kept[one].by for one in (old, new)} == {""}
    assert not any("Quilfether" in str(line) for line in supervisor.cases_file.of_kind(VOID))
    assert supervisor.cases_file.of_kind(KEYED) == []


def test_the_offer_ledger_goes_on_counting_by_month(supervisor: Desk, case: RecordId) -> None:
    about = OfferAbout(program="creek_road", offense="trespass", offense_group="90J", zone="N-4")
    to = supervisor.cases_file
    to.apply([accepted_offer_change(supervisor, case, about)], supervisor.act("save"))
    (offer,) = [one for one in offers(supervisor, "") if one.case == case]
    seal_case(supervisor, closed(supervisor, case))
    (kept,) = [one for one in offers(supervisor, "") if one.about.program == "creek_road"]
    assert (kept.outcome, kept.about.offense_group) == (offer.outcome, "90J")
    assert (kept.case, kept.by, kept.about.zone, kept.about.offense) == ("", "", "", "")
    assert kept.opened.startswith("2026-11-01T00:00:00")
    assert kept.id != offer.id


def test_the_privacy_officer_reads_all_of_it(
    supervisor: Desk, privacy: Desk, case: RecordId, paper: IssuedPaper
) -> None:
    pdf = paper_bytes(supervisor, paper)
    before = read_case(supervisor, closed(supervisor, case))
    seal_case(supervisor, case)
    assert take_in(privacy) == Taken(1)
    (row,) = sealed_cases(privacy)
    assert (row.record, row.number, row.month) == (case, before.intake.number, "2026-11")
    found = read_sealed(privacy, case)
    assert found.answers == before.intake.answers
    assert found.answers["last_name"] == "Quillfeather"
    assert [act.kind for act in found.acts] == [
        *(act.kind for act in before.acts), CaseActKind.SEALED,
    ]  # fmt: skip
    assert len(found.others[CONDITION]) == len(before.conditions)
    assert found.others[PROGRESS][0].values["note"] == "vermilion barn"
    assert [one.number for one in found.papers] == [paper.number]
    assert sealed_paper(privacy, found.papers[0]) == pdf
    assert len(found.others["paper.use"]) == 1
    assert {line.by for line in found.log} == {supervisor.person.id}
    assert [line.act.what for line in audit_of_sealed(privacy, case)] == ["read sealed case"]


def test_what_was_hidden_or_changed_stands_in_the_log(
    supervisor: Desk, privacy: Desk, case: RecordId
) -> None:
    from_before = [change.line for change in supervisor.cases_file.history(case)]
    seal_case(supervisor, closed(supervisor, case))
    take_in(privacy)
    kinds = [line.kind for line in read_sealed(privacy, case).log]
    assert kinds.count("intake") > len(from_before)  # each status was written anew


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FRONT_DESK, Role.COORDINATOR])
def test_nobody_else_opens_what_is_sealed(
    desks: Desks, supervisor: Desk, privacy: Desk, case: RecordId, role: Role
) -> None:
    seal_case(supervisor, closed(supervisor, case))
    take_in(privacy)
    other = desks(role)
    assert other.sealed is None
    for ask in (lambda: sealed_cases(other), lambda: read_sealed(other, case)):
        with pytest.raises((NotAllowed, NoGrant)):
            ask()
    assert other.drop_box
    (submission,) = other.station.of_kind(SUBMISSION)
    body = other.station.blob(submission.values["sealed"])
    assert body
    with pytest.raises(NoGrant):
        other.drop_box.open(Compartment.SEALED, submission.id, body)


def test_the_bytes_of_cases_hold_no_name_address_or_answer(
    supervisor: Desk, case: RecordId, paper: IssuedPaper, profile: Profile
) -> None:  # fmt: skip
    """Every page in the clear, free ones too; the write-ahead log is folded in and empty."""
    gate = profile.gate()
    person = profile.person(Role.SUPERVISOR)
    gate.unlock(person.user_name, person.passphrase)
    assert gate._keys
    key = gate._keys.file_key(Compartment.CASES)
    gate.lock()
    other = completed(supervisor, last_name="Controlwood", first_name="Ida")
    closed(supervisor, case)
    cases_of(supervisor).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = profile.folder / "cases.db"
    before = pages(path, key)
    assert {value for value in VALUES if value.encode() in before} == set(VALUES)
    seal_case(supervisor, case)
    assert (profile.folder / "cases.db-wal").stat().st_size == 0
    after = pages(path, key)
    assert b"Quillfeather" not in after
    assert b"Wrenna" not in after
    assert b"Controlwood" in after  # negative control
    seal_case(supervisor, closed(supervisor, other))
    last = pages(path, key)
    assert not [value for value in (*VALUES, "Controlwood") if value.encode() in last]
    assert not [value for value in VALUES if value.encode() in path.read_bytes()]


def test_what_somebody_adds_meanwhile_goes_along(
    supervisor: Desk, privacy: Desk, case: RecordId, paper: IssuedPaper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A copy is printed between handing over and clearing."""
    closed(supervisor, case)

    class PowerCut(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr("intake_app.services.sealing.sealing._clear", cut)
        with pytest.raises(PowerCut):
            seal_case(supervisor, case)
    note_printed(supervisor, paper, "Annex")
    assert settle_sealing(supervisor) == 1
    assert take_in(privacy) == Taken(2)
    log = read_sealed(privacy, case).log
    printed = [line.fields["printer"] for line in log if line.kind == "paper.use"]
    assert printed == ["Front desk", "Annex"]
    assert settle_sealing(supervisor) == 0


def test_the_next_sign_in_of_another_person_goes_on(
    supervisor: Desk, privacy: Desk, case: RecordId, profile: Profile, desks: Desks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    closed(supervisor, case)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("intake_app.services.sealing.sealing.submit", cut)
        with pytest.raises(KeyboardInterrupt):
            seal_case(supervisor, case)
    with refused(Refusal.SEALED):
        issue_case_papers(supervisor, case, ["participant_agreement"])
    lowe = desks(Role.COORDINATOR)  # settles at sign-in
    assert lowe.cases_file.of_kind(SEALING) == []
    assert len(lowe.cases_file.of_kind(PARTICIPATION)) == 1
    assert take_in(privacy) == Taken(1)
    assert read_sealed(privacy, case).answers["first_name"] == PLANTED["first_name"]


def test_sealing_twice_says_that_it_is_not_there(supervisor: Desk, case: RecordId) -> None:
    seal_case(supervisor, closed(supervisor, case))
    with pytest.raises(RecordMissing):
        seal_case(supervisor, case)
    assert len(supervisor.cases_file.of_kind(PARTICIPATION)) == 1

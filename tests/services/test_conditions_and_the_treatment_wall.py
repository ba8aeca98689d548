"""Conditions: progress, totals, waivers. Of treatment one word crosses over, and nothing else."""

from collections.abc import Iterable, Mapping

import pytest
from held_cases import House, audit, care_of, cases_of

from intake_app.domain.act import Act
from intake_app.domain.change import Change
from intake_app.domain.condition import Condition, Progress, Word
from intake_app.domain.errors import (
    BadAmount,
    BadEntry,
    CaseRefused,
    DiskFull,
    NotAllowed,
    NotWaivable,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    TreatmentIsApart,
    UnknownCode,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import conditions, treatment
from intake_app.services.case.acts import close_case
from intake_app.services.case.conditions import NewCondition
from intake_app.services.citing.cases import read_case
from intake_app.services.desk import Desk
from intake_app.storage.compartment import Compartment

SAID_IN_CARE = "Missed two counseling hours at Riverbend"


def plan(desk: Desk, case: RecordId) -> dict[str, Condition]:
    return {one.type: one for one in read_case(desk, case).conditions}


def test_a_plan_starts_with_what_the_program_says(officer: Desk, case: RecordId) -> None:
    found = plan(officer, case)
    assert [*found] == ["assessment", "service_hours", "fee", "treatment"]
    assert found["assessment"].due == "2026-12-07"  # fourteen days
    assert found["service_hours"].due == ""  # by the completion date, also when that moves
    assert (found["service_hours"].amount, found["service_hours"].measure) == (24, "hours")
    assert (found["fee"].amount, found["fee"].measure) == (5000, "money")
    assert {one.word for one in found.values()} == {Word.PENDING}


def test_progress_adds_up_and_what_was_mistyped_is_taken_back(
    officer: Desk, case: RecordId
) -> None:
    serve = plan(officer, case)["service_hours"].id
    conditions.record_progress(officer, serve, Progress(amount=8, verifier="Food bank"))
    wrong = conditions.record_progress(officer, serve, Progress(amount=160, note="Sheet 2"))
    assert plan(officer, case)["service_hours"].word is Word.MET
    with pytest.raises(ReasonMissing):
        conditions.take_back_progress(officer, wrong, "")
    conditions.take_back_progress(officer, wrong, "It was 16")
    with pytest.raises(RecordMissing):
        conditions.take_back_progress(officer, wrong, "again")
    assert plan(officer, case)["service_hours"].done == 8
    conditions.record_progress(officer, serve, Progress(amount=16, day="2026-11-23"))
    found = plan(officer, case)["service_hours"]
    assert (found.done, found.word) == (24, Word.MET)
    conditions.record_progress(officer, serve, Progress("not_met", note="The sheet was forged"))
    assert plan(officer, case)["service_hours"].word is Word.NOT_MET


def test_progress_that_cannot_be_is_refused(officer: Desk, case: RecordId) -> None:
    found = plan(officer, case)
    serve, assess = found["service_hours"].id, found["assessment"].id
    for error, ident, progress in (
        (BadAmount, serve, Progress(amount=-1)),
        (BadAmount, assess, Progress(amount=3)),  # nothing is counted there
        (UnknownCode, serve, Progress("almost")),
        (UnknownCode, serve, Progress("waived")),
        (NotYetHappened, serve, Progress(amount=1, day="2026-11-24")),
        (BadEntry, serve, Progress(amount=1, day="Monday")),
        (ReasonMissing, serve, Progress(verifier="Food bank")),
        (RecordMissing, RecordId("0" * 32), Progress("met")),
    ):
        with pytest.raises(error):
            conditions.record_progress(officer, ident, progress)
    assert plan(officer, case)["service_hours"].noted == ()


def test_a_hardship_waiver_says_who_gave_it(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    found = plan(officer, case)
    with pytest.raises(NotAllowed):
        conditions.waive_condition(officer, found["fee"].id, "No income")
    with pytest.raises(ReasonMissing):
        conditions.waive_condition(coordinator, found["fee"].id, "")
    with pytest.raises(NotWaivable):
        conditions.waive_condition(coordinator, found["service_hours"].id, "Her back")
    conditions.waive_condition(coordinator, found["fee"].id, "No income")
    with pytest.raises(CaseRefused):
        conditions.waive_condition(coordinator, found["fee"].id, "again")
    fee = plan(officer, case)["fee"]
    assert fee.word is Word.WAIVED
    assert fee.waiver is not None
    assert (fee.waiver.by, fee.waiver.reason) == (coordinator.person.id, "No income")


def test_conditions_are_added_and_changed_with_a_reason(coordinator: Desk, case: RecordId) -> None:
    ident = conditions.add_condition(
        coordinator, case, NewCondition("apology", "Write to the owner", "2027-01-15")
    )
    added = plan(coordinator, case)["apology"]
    assert (added.id, added.label.said_in("es")) == (ident, "Write to the owner")
    with pytest.raises(ReasonMissing):
        conditions.change_condition(coordinator, ident, NewCondition("apology"), "")
    conditions.change_condition(
        coordinator, ident, NewCondition("apology", due="2027-01-29"), "The owner is away"
    )
    changed = plan(coordinator, case)["apology"]
    assert (changed.due, changed.label.said_in("es")) == ("2027-01-29", "Carta de disculpa")
    for error, new in (
        (UnknownCode, NewCondition("dance")),
        (BadAmount, NewCondition("service_hours", amount=-8)),
        (BadAmount, NewCondition("apology", amount=8)),
        (BadEntry, NewCondition("apology", due="soon")),
    ):
        with pytest.raises(error):
            conditions.add_condition(coordinator, case, new)
    close_case(coordinator, case, "withdrew")
    with pytest.raises(CaseRefused):
        conditions.add_condition(coordinator, case, NewCondition("apology"))


# --- the wall ---------------------------------------------------------------------------


def bytes_of(desk: Desk) -> str:
    """All that `cases` holds, as plain text."""
    rows = cases_of(desk).database.conn.execute("SELECT body FROM change").fetchall()
    lines = cases_of(desk).database.conn.execute("SELECT * FROM audit").fetchall()
    return repr(rows) + repr(lines)


def test_only_the_word_crosses_over(officer: Desk, coordinator: Desk, case: RecordId) -> None:
    treat = plan(officer, case)["treatment"].id
    treatment.record_treatment(coordinator, case, treat, "not_met", SAID_IN_CARE)
    seen = plan(officer, case)["treatment"]
    assert seen.word is Word.NOT_MET
    assert [one.progress for one in seen.noted] == [Progress("not_met", day="2026-11-23")]
    assert SAID_IN_CARE not in repr(read_case(officer, case))
    assert SAID_IN_CARE not in repr(
        read_case(coordinator, case)
    )  # nor there: it is asked for apart
    assert "Riverbend" not in bytes_of(officer)
    assert "Help at the food bank" in bytes_of(officer)  # negative control: it is read at all
    (note,) = treatment.treatment_notes(coordinator, treat)
    assert (note.word, note.note, note.by) == ("not_met", SAID_IN_CARE, coordinator.person.id)
    (raw,) = care_of(coordinator).of_kind("treatment")
    assert raw.is_fact
    assert (raw.values["note"], raw.values["case"]) == (SAID_IN_CARE, case)
    assert len(audit(care_of(coordinator), "read treatment")) == 1
    assert raw.id not in bytes_of(officer)  # nothing there leads to the note


def test_nobody_else_records_or_reads_treatment(
    house: House, officer: Desk, case: RecordId
) -> None:
    treat = plan(officer, case)["treatment"].id
    supervisor = house.desk(Role.SUPERVISOR)
    for desk in (officer, supervisor, house.desk(Role.FRONT_DESK)):
        with pytest.raises(NotAllowed):
            treatment.record_treatment(desk, case, treat, "met")
        with pytest.raises(NotAllowed):
            treatment.treatment_notes(desk, treat)
    with pytest.raises(TreatmentIsApart):
        conditions.record_progress(officer, treat, Progress("met", note=SAID_IN_CARE))


def test_words_of_ones_own_about_treatment_stay_out_of_the_plan(
    coordinator: Desk, case: RecordId
) -> None:
    treat = plan(coordinator, case)["treatment"].id
    conditions.add_condition(coordinator, case, NewCondition("treatment", "Methadone, Riverbend"))
    with pytest.raises(TreatmentIsApart):
        conditions.change_condition(coordinator, treat, NewCondition("other", "x"), "why")
    assert "Riverbend" not in bytes_of(coordinator)


@pytest.mark.parametrize("table", ["toll_reasons", "extension_reasons", "not_completed_reasons"])
def test_no_code_about_a_clock_or_an_end_tells_of_treatment(officer: Desk, table: str) -> None:
    """A stop "in treatment" would stand in `cases`, and in the packet, like any other."""
    codes = officer.library.codes(table)
    said = " ".join(f"{one.id} {one.label.said_in('en')}" for one in codes).casefold()
    assert len(codes) > 2
    assert "treatment" not in said


def test_a_wrong_condition_or_word_is_refused(coordinator: Desk, case: RecordId) -> None:
    found = plan(coordinator, case)
    for condition, word in ((found["fee"].id, "met"), (found["treatment"].id, "sober")):
        with pytest.raises(UnknownCode):
            treatment.record_treatment(coordinator, case, condition, word)
    with pytest.raises(UnknownCode):
        treatment.record_treatment(coordinator, RecordId("1" * 32), found["treatment"].id, "met")
    close_case(coordinator, case, "withdrew")
    with pytest.raises(CaseRefused):
        treatment.record_treatment(coordinator, case, found["treatment"].id, "met")
    assert care_of(coordinator).of_kind("treatment") == []


@pytest.mark.parametrize("cut", ["before the word", "after the word"])
def test_a_cut_between_the_files_is_mended_and_the_word_stands_once(
    officer: Desk, coordinator: Desk, case: RecordId, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    treat = plan(officer, case)["treatment"].id
    file = cases_of(coordinator) if cut == "before the word" else care_of(coordinator)
    is_cut = {"before the word": "record treatment", "after the word": "treatment crossed"}
    real = type(file).apply

    def cutting(
        own: Compartment, changes: Iterable[Change], act: Act,
        blobs: Mapping[str, bytes] | None = None,
    ) -> int:  # fmt: skip
        if own is file and act.what == is_cut[cut]:
            raise DiskFull
        return real(own, changes, act, blobs)

    monkeypatch.setattr(type(file), "apply", cutting)
    with pytest.raises(DiskFull):
        treatment.record_treatment(coordinator, case, treat, "met", SAID_IN_CARE)
    monkeypatch.undo()
    is_there = cut == "after the word"
    assert (plan(officer, case)["treatment"].word is Word.MET) is is_there
    assert treatment.settle_treatment(officer) == 0  # without both keys, nothing happens
    assert treatment.settle_treatment(coordinator) == 1
    assert treatment.settle_treatment(coordinator) == 0
    seen = plan(officer, case)["treatment"]
    assert (seen.word, len(seen.noted)) == (Word.MET, 1)
    treatment.record_treatment(coordinator, case, treat, "pending")
    assert plan(officer, case)["treatment"].word is Word.PENDING

"""Treatment conditions: what is known stays in `care`, and one word crosses over to `cases`.

42 CFR 2.64 and 2.65: treatment must not stand in a file that is used against the person. Only a
coordinator, who holds both keys, writes here. `care` is written first, with the id that the word
will have in `cases`; after a cut between the two, `settle_treatment` writes the word at the next
sign-in or with the next note, once.
"""

from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.change import Value
from intake_app.domain.condition import SAID, TREATMENT, Progress
from intake_app.domain.errors import CaseRefused, EnteredInError, UnknownCode
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import May, may
from intake_app.services.case.conditions import condition_of, progress_change
from intake_app.services.case.held import held_case
from intake_app.services.desk import Desk
from intake_app.services.records.writing import create, fact, write

NOTE: Final = "treatment"
"""Kind of a note in `care`: a fact about the condition."""

CROSSING: Final = "treatment.crossing"
"""Kind of the record in `care` that says which word has not crossed over yet."""


@dataclass(frozen=True, slots=True)
class TreatmentNote:
    """What a coordinator noted.

    Attributes:
        at: When it was entered: local time with offset.
        by: Who.
        word: "met", "not_met" or "pending".
        note: Their words.
    """

    at: str
    by: UserId
    word: str
    note: str


def record_treatment(
    desk: Desk, case: RecordId, condition: RecordId, word: str, note: str = ""
) -> None:
    """Note treatment: the words into `care`, the word alone into `cases`.

    Raises:
        NotAllowed: Only a coordinator may.
        NoGrant: A key is missing.
        UnknownCode: The word is none, or the condition is no treatment of this case.
        CaseRefused: The case is closed, sealed or in conflict.
    """
    desk.require(May.RECORD_TREATMENT)
    care, user = desk.care_file, desk.person.id
    if word not in SAID or not _is_treatment(desk, case, condition):
        raise UnknownCode
    held = held_case(desk, case)
    if held.record.is_deleted:
        raise EnteredInError(case)
    if why := held.standing.status.allowed[CaseActKind.WITHDREW]:
        raise CaseRefused([why])
    settle_treatment(desk)
    noted, crossing = new_record_id(), new_record_id()
    said = _note(desk, case, (condition, word, note))
    owed = {"condition": condition, "word": word, "sent": new_record_id(), facts.DUE: _today(desk)}
    changes = [
        fact(care, user, NOTE, noted, said, about=condition),
        create(care, user, CROSSING, crossing, owed, about=noted),
    ]
    care.apply(changes, desk.act("record treatment", noted))
    _cross(desk, crossing)


def settle_treatment(desk: Desk) -> int:
    """Let words cross over that a power cut held back; without both keys, nothing happens.

    Returns:
        How many crossed.
    """
    if not may(desk.person.roles, May.RECORD_TREATMENT) or not (desk.care and desk.cases):
        return 0
    waiting = desk.care_file.due(CROSSING, "9999-12-31")
    for row in waiting:
        _cross(desk, row.record)
    return len(waiting)


def treatment_notes(desk: Desk, condition: RecordId) -> tuple[TreatmentNote, ...]:
    """What was noted about a treatment condition, oldest first; reading is logged in `care`."""
    desk.require(May.RECORD_TREATMENT)
    care = desk.care_file
    care.note(desk.act("read treatment", condition))
    return tuple(
        TreatmentNote(
            str(record.values.get(facts.OPENED, "")), UserId(record.values.get(facts.BY, "")),
            str(record.values.get("word", "")), str(record.values.get("note", "")),
        )
        for record in care.about(condition, NOTE)
    )  # fmt: skip


def _note(desk: Desk, case: RecordId, said: tuple[RecordId, str, str]) -> dict[str, Value]:
    condition, word, note = said
    return {
        "case": case,
        "condition": condition,
        "word": word,
        "note": note,
        **desk.entered(),
    }


def _today(desk: Desk) -> str:
    return desk.clock.local().date().isoformat()


def _is_treatment(desk: Desk, case: RecordId, condition: RecordId) -> bool:
    about, found = condition_of(desk, condition)
    return about == case and found.type == TREATMENT


def _cross(desk: Desk, crossing: RecordId) -> None:
    """Write the word into `cases`, unless it is there, then note in `care` that it is."""
    care, cases = desk.care_file, desk.cases_file
    owed = care.record(crossing)
    if owed is None:
        return
    sent, condition = RecordId(owed.values["sent"]), RecordId(owed.values["condition"])
    if cases.record(sent) is None:
        word = Progress(word=str(owed.values["word"]), day=str(owed.values[facts.DUE]))
        change = progress_change(desk, condition, word, sent, TREATMENT)
        cases.apply([change], desk.act("record treatment", condition))
    done = write(care, desk.person.id, CROSSING, crossing, {facts.DUE: ""})
    care.apply([done], desk.act("treatment crossed", crossing))

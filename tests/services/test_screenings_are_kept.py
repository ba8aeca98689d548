"""A screening is words and a number beside an intake in care, asked by trained staff alone."""

import pypdfium2 as pdfium
import pytest
from profiles import Desks
from walk_ins import audit, seen, station_of, taken

from intake_app.domain.care_errors import ScreeningOff
from intake_app.domain.errors import (
    EnteredInError,
    NotAllowed,
    NotFinished,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.domain.screening import Outcome
from intake_app.services.desk import Desk
from intake_app.services.follow_up.screenings import (
    SCREENING,
    Asked,
    judge,
    keep_screening,
    lines_in_words,
    note_declined,
    result_sheet,
    screenings_of,
    switch_tool,
    take_back_screening,
    tools,
)
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.words import Words

THREE = {"how_often": "weekly", "how_many": "one_or_two", "six_or_more": "never"}
CAGE = {"cut_down": "no", "annoyed": "no", "guilty": "no", "morning": "no"}

SHEETS = {"en": ["This is not a diagnosis.", "3 of 12"], "es": ["no es un diagnóstico", "3 de 12"]}


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """J. Lowe, who is trained for it."""
    return desks(Role.COORDINATOR)


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    return taken(desk).record


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return said


def raw(desk: Desk, intake: RecordId) -> str:
    """All that the change log holds of the screenings of an intake."""
    found = desk.care_file.about(intake, SCREENING)
    changes = [change for one in found for change in desk.care_file.history(one.id)]
    return "".join(change.line.decode() for change in changes)


def acts(desk: Desk, record: RecordId) -> list[str]:
    return [line.act.what for line in desk.care_file.audit_of([record])]


def test_only_the_result_is_kept_without_a_yes(desk: Desk, intake: RecordId) -> None:
    done = keep_screening(desk, intake, "audit_c", Asked(THREE, "female"))
    assert (done.score, done.most, done.outcome) == (3, 12, Outcome.POSITIVE)
    assert done.answers is None
    assert "one_or_two" not in raw(desk, intake)
    assert '"sex"' not in raw(desk, intake)
    assert screenings_of(desk, intake).done == (done,)


def test_the_answers_are_kept_with_a_yes(desk: Desk, intake: RecordId) -> None:
    keep_screening(desk, intake, "audit_c", Asked(THREE, "male", keeps_answers=True))
    (done,) = screenings_of(desk, intake).done
    assert done.answers == THREE
    assert "one_or_two" in raw(desk, intake)


def test_without_a_known_sex_both_lines_are_said(desk: Desk, intake: RecordId) -> None:
    done = keep_screening(desk, intake, "audit_c", Asked(THREE))
    assert done.outcome is Outcome.DEPENDS
    men, women = lines_in_words(done, Words("en"))
    assert men.startswith("For men: negative. ")
    assert women.startswith("For women: positive. ")


def test_declined_is_noted_and_nothing_else(desk: Desk, intake: RecordId) -> None:
    note_declined(desk, intake, "cage_aid")
    (done,) = screenings_of(desk, intake).done
    assert (done.outcome, done.score, done.lines) == (Outcome.DECLINED, None, ())
    assert lines_in_words(done, Words("en")) == ["The person declined."]


def test_an_unfinished_tool_gives_no_result(desk: Desk, intake: RecordId) -> None:
    with pytest.raises(NotFinished):
        keep_screening(desk, intake, "cage_aid", Asked({"cut_down": "yes"}))
    assert screenings_of(desk, intake).done == ()


def test_a_pack_is_off_until_it_is_switched_on(desk: Desk, intake: RecordId) -> None:
    with pytest.raises(ScreeningOff):
        note_declined(desk, intake, "bjmhs")
    switch_tool(desk, "bjmhs", is_on=True)
    note_declined(desk, intake, "bjmhs")
    switch_tool(desk, "bjmhs", is_on=False)
    with pytest.raises(ScreeningOff):
        judge(desk, "bjmhs", Asked({}))
    assert [offer.tool.id for offer in tools(desk) if offer.is_on] == ["audit_c", "cage_aid"]


def test_an_administrator_switches_tools_and_reads_no_result(
    desks: Desks, intake: RecordId
) -> None:
    administrator = desks(Role.ADMINISTRATOR)
    switch_tool(administrator, "ssi_sa", is_on=True)
    assert "ssi_sa" in {offer.tool.id for offer in tools(administrator) if offer.is_on}
    with pytest.raises(NotAllowed):
        screenings_of(administrator, intake)


def test_a_tool_that_is_not_there_cannot_be_switched(desk: Desk) -> None:
    """Negative control."""
    with pytest.raises(RecordMissing):
        switch_tool(desk, "dast_10", is_on=True)


def test_the_front_desk_may_not_screen(desks: Desks, intake: RecordId) -> None:
    """Who may what is proved for all roles in `test_roles_hold_in_every_service`."""
    front = desks(Role.FRONT_DESK)
    for act in (
        lambda: keep_screening(front, intake, "audit_c", Asked(THREE)),
        lambda: note_declined(front, intake, "audit_c"),
        lambda: screenings_of(front, intake),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert audit(station_of(front), "screen")[-1][3] == "refused"


def test_a_case_never_keeps_a_screening(desk: Desk, intake: RecordId) -> None:
    assert desk.cases is not None
    (case, *_) = desk.cases.newest("intake")
    with pytest.raises(RecordMissing):
        keep_screening(desk, case.record, "audit_c", Asked(THREE))
    with pytest.raises(RecordMissing):
        screenings_of(desk, case.record)
    keep_screening(desk, intake, "cage_aid", Asked(CAGE))
    assert desk.cases.of_kind(SCREENING) == []


def test_the_intake_stays_as_it_was_so_that_no_rule_sees_it(desk: Desk, intake: RecordId) -> None:
    before = seen(desk, intake).answers
    keep_screening(desk, intake, "audit_c", Asked(THREE, keeps_answers=True))
    after = seen(desk, intake)
    assert after.answers == before
    today = desk.clock.local().date().isoformat()
    assert after.guide.findings(after.answers, today) == after.guide.findings(before, today)
    assert not set(after.guide.rule_fields({r.id for r in after.guide.form.rules})) & set(THREE)


def test_an_intake_in_error_takes_no_screening(desk: Desk, intake: RecordId) -> None:
    mark_entered_in_error(desk, intake, "wrong person")
    with pytest.raises(EnteredInError):
        note_declined(desk, intake, "audit_c")


def test_one_noted_by_mistake_is_taken_back_with_a_reason(desk: Desk, intake: RecordId) -> None:
    done = keep_screening(desk, intake, "cage_aid", Asked(CAGE))
    with pytest.raises(ReasonMissing):
        take_back_screening(desk, done.record, " ")
    take_back_screening(desk, done.record, "another person")
    assert screenings_of(desk, intake).done == ()
    assert "take back screening" in acts(desk, done.record)


def test_the_result_sheet_is_neutral_and_no_diagnosis(desk: Desk, intake: RecordId) -> None:
    done = keep_screening(desk, intake, "audit_c", Asked(THREE, "female"))
    for language, words in SHEETS.items():
        said = text_of(result_sheet(desk, done.record, language))
        assert all(word in said for word in words)
        assert desk.agency.neutral_name in said
        assert "Whitfield" not in said
        assert "Police" not in said
    assert "print screening" in acts(desk, done.record)


def test_a_declined_sheet_says_no_number(desk: Desk, intake: RecordId) -> None:
    done = note_declined(desk, intake, "audit_c")
    assert "Your number" not in text_of(result_sheet(desk, done.record, "en"))

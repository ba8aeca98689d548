"""A finished intake: read, amended with a reason, printed again, voided, taken back."""

import pytest
from form_driver import find, press, words_on, write
from form_fakes import CLOCK, PlainGuide, WorkingDesk, both, form_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Field, FieldType, Section, Sensitivity
from intake_app.domain.ids import RecordId
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.record_page import RecordPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

FORM = form_of(
    Section("person", both("Who is the person?"), (
        Field("name", FieldType.TEXT, both("First name"), is_required=True,
              sensitivity=Sensitivity.IDENTITY),
        Field("wants", FieldType.TEXT, both("Wants")),
    )),
    Section("consent", both("Consent"), (Field("c", FieldType.TEXT, both("To whom")),),
            fact="consent"),
)  # fmt: skip
RECORD = RecordId("a" * 32)


@pytest.fixture
def desk() -> WorkingDesk:
    made = WorkingDesk(PlainGuide(FORM), {"name": "Rosa", "wants": "A bed", "c": "Hope House"})
    made.issue(RECORD, ["referral_letter_participant", "wallet_card"])
    made.note_printed(made.papers[0], "Front desk")
    return made


@pytest.fixture
def names() -> NameSwitch:
    return NameSwitch()


@pytest.fixture
def page(
    qtbot: QtBot, desk: WorkingDesk, background: Background, theme: Theme, words: Words,
    names: NameSwitch,
) -> RecordPage:  # fmt: skip
    page = RecordPage(RECORD, desk, background, Setting(words, theme, CLOCK), names)
    qtbot.addWidget(page)
    page.resize(1060, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and bool(page.answers.sections))
    return page


def test_names_are_covered_until_somebody_asks(
    qtbot: QtBot, page: RecordPage, names: NameSwitch
) -> None:
    assert "Rosa" not in words_on(page)
    assert "A bed" in words_on(page)
    names.asked.connect(lambda: names.turn(True))  # the workplace logs it first
    press(page, "Show names")
    qtbot.waitUntil(lambda: "Rosa" in words_on(page))
    names.turn(False)
    qtbot.waitUntil(lambda: "Rosa" not in words_on(page))


def test_an_amendment_needs_a_reason_and_keeps_the_old_answer(
    qtbot: QtBot, page: RecordPage, desk: WorkingDesk
) -> None:
    press(page, "Amend: Who is the person?")
    assert page.answers.amending is not None
    edit = find(page, "Wants")
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, "Detox")
    press(page, "Save the change")
    assert desk.history == []
    qtbot.waitUntil(lambda: "Please say why" in words_on(page))
    write(page, "Reason for the change", "She said so later")
    with qtbot.waitSignal(page.changed):
        press(page, "Save the change")
    assert desk.answers["wants"] == "Detox"
    qtbot.waitUntil(lambda: "Before: A bed" in words_on(page))
    assert "Now: Detox" in words_on(page)
    assert "M. Hale" in words_on(page)
    assert "She said so later" in words_on(page)
    assert [a.field for a in desk.history] == ["wants"]  # nothing else was touched


def test_an_amendment_that_leaves_out_a_needed_answer_is_refused(
    qtbot: QtBot, page: RecordPage, desk: WorkingDesk
) -> None:
    press(page, "Amend: Who is the person?")
    edit = find(page, "First name")
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    write(page, "Reason for the change", "x")
    press(page, "Save the change")
    assert desk.history == []
    assert page.answers.amending is not None


def test_a_legal_act_cannot_be_amended(page: RecordPage) -> None:
    assert not page.answers.sections["consent"].change.isVisible()
    assert page.answers.sections["person"].change.isVisible()


def test_entered_in_error_asks_why_and_says_so(
    qtbot: QtBot, page: RecordPage, desk: WorkingDesk
) -> None:
    press(page, "Entered in error")
    qtbot.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert not desk.in_error
    qtbot.keyClicks(page.reason.reason, "Typed twice")
    with qtbot.waitSignal(page.changed):
        qtbot.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert desk.in_error
    qtbot.waitUntil(lambda: "entered in error" in page.warning.text)


def test_a_wrong_letter_is_voided_and_reissued_and_says_who_holds_the_old_copies(
    qtbot: QtBot, page: RecordPage, desk: WorkingDesk
) -> None:
    row = page.card.rows[0]
    row.buttons["Void and reissue"].click()
    qtbot.keyClicks(page.reason.reason, "Wrong address")
    with qtbot.waitSignal(page.changed):
        qtbot.keyClick(page.reason.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.card.rows) == 3)
    shown_words = words_on(page)
    assert "Replaces no. PH-26-A00017-K/1" in shown_words
    assert "1 old copy was handed out. Ask for it back." in shown_words
    assert page.card.rows[0].buttons == {}


def test_a_new_paper_is_issued_for_a_finished_intake(
    qtbot: QtBot, page: RecordPage, desk: WorkingDesk
) -> None:
    press(page, "New paper…")
    qtbot.waitUntil(lambda: page.offers.isVisible())
    press(page, "Consent to share")
    with qtbot.waitSignal(page.changed):
        press(page, "Issue")
    assert [paper.paper for paper in desk.papers][-1] == "consent"

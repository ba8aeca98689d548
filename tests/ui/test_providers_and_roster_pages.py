"""The directory of providers and the on-call roster in the window."""

from pathlib import Path

import pytest
from fakes import furnished
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Choice, Field, FieldType, Form, FormRef, Section
from intake_app.domain.provider import Phone
from intake_app.domain.provider_file import Entry, ImportPreview
from intake_app.domain.roster import CALL, CallResult, OnCallRole
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.providers.roster import calls, whole_roster
from intake_app.ui.pages.providers_page import ProvidersPage
from intake_app.ui.pages.roster_page import RosterPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.words import choices_like, phone_words
from intake_app.words import Words


@pytest.fixture
def desk() -> Desk:
    return furnished("rlowe")


@pytest.fixture
def providers(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> ProvidersPage:
    made = ProvidersPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1300, 760)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    return made


@pytest.fixture
def roster(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> RosterPage:
    made = RosterPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1300, 760)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def lines(page: ProvidersPage) -> list[str]:
    return [page.list.item(n).text() for n in range(page.list.count())]


@pytest.mark.parametrize(("phone", "told"), [
    (Phone("304-555-0151"), "304-555-0151"),
    (Phone("304-555-0151", "fax"), "304-555-0151 (Fax)"),
    (Phone("304-555-0151", "voice", "ask for Ann"), "304-555-0151 (ask for Ann)"),
    (Phone("304-555-0151", "text", "after 5"), "304-555-0151 (Mensajes de texto, after 5)"),
])  # fmt: skip
def test_a_number_says_in_words_what_it_is(phone: Phone, told: str) -> None:
    assert phone_words(phone, Words("es")) == told


# --- providers ----------------------------------------------------------------------------


def test_stale_and_closed_are_said_in_words(qtbot: QtBot, providers: ProvidersPage) -> None:
    told = "\n".join(lines(providers))
    assert "Not checked lately: call first" in told
    assert "Hilltop" not in told
    with qtbot.waitSignal(providers.listed):
        providers.has_closed.setChecked(True)
    assert "Takes nobody now" in "\n".join(lines(providers))


def test_filters_search_anew(qtbot: QtBot, providers: ProvidersPage) -> None:
    with qtbot.waitSignal(providers.listed) as found:
        providers.minutes.setCurrentIndex(2)
        providers.minutes.activated.emit(2)
    assert found.args == [2]
    with qtbot.waitSignal(providers.listed) as found:
        qtbot.keyClicks(providers.field, "zzz")
    assert found.args == [0]
    assert providers.count.text().startswith("No service fits.")
    with qtbot.waitSignal(providers.listed) as found:
        providers.field.clear()
    needs = [providers.need.itemText(n) for n in range(providers.need.count())]
    assert "Recovery housing" in needs
    with qtbot.waitSignal(providers.listed) as found:
        providers.need.setCurrentIndex(needs.index("Recovery housing"))
        providers.need.activated.emit(0)
        providers.minutes.setCurrentIndex(0)
    assert found.args == [1]


def test_the_pane_shows_all_of_the_chosen_entry(qtbot: QtBot, providers: ProvidersPage) -> None:
    told = {label.text() for label in providers.pane.findChildren(QLabel)}
    assert {"Laurel Ridge Detox", "4 Mill Road, Pine Hollow", "Ask for Dee."} <= told


def test_a_note_and_a_call_are_kept(qtbot: QtBot, providers: ProvidersPage) -> None:
    providers.pane.note_field.setPlainText("Ask for Ann.")
    with qtbot.waitSignal(providers.listed):
        providers.pane.noted.emit(providers.pane.note_field.toPlainText())
    assert "Ask for Ann." in {label.text() for label in providers.pane.findChildren(QLabel)}
    with qtbot.waitSignal(providers.listed):
        providers.pane.call.click()
    assert "Mon, Nov 23, 2026" in {label.text() for label in providers.pane.findChildren(QLabel)}


def test_an_import_is_previewed_and_done_only_when_agreed(
    qtbot: QtBot, providers: ProvidersPage, desk: Desk
) -> None:
    with qtbot.waitSignal(providers._background.failed):  # this desk reads no files
        providers.preview(Path("services.csv"))
    given = next(iter(desk.station.of_kind("provider.service")))
    entry = Entry(given.id, given.kind, "Hilltop", "line 2", {})
    providers._on_previewed(ImportPreview())
    assert providers.dialog is not None
    assert not providers.dialog.agree.isEnabled()
    providers.dialog.cancel.click()
    providers._on_previewed(ImportPreview(new=(entry,)))
    assert "Hilltop" in providers.dialog.listing.toPlainText()
    with qtbot.waitSignal(providers.listed):
        providers.dialog.agree.click()
    assert providers.said.text.startswith("0 entries")


def test_the_words_for_services_come_from_the_form_that_knows_most_of_them() -> None:
    def field(ident: str, *ids: str) -> Field:
        choices = tuple(Choice(i, Text({"en": i.upper()})) for i in ids)
        return Field(ident, FieldType.CHOICES, Text({"en": ident}), choices=choices)

    section = Section(
        "s", Text({"en": "s"}), (field("a", "food", "x"), field("b", "food", "detox"))
    )
    form = Form(FormRef("f", "1", "d"), "self_referral", Text({"en": "f"}), (section,))
    assert [c.id for c in choices_like(form, ["detox", "food"])] == ["food", "detox"]
    assert choices_like(None, ["detox"]) == ()


# --- roster -------------------------------------------------------------------------------


def row_of(page: RosterPage, name: str) -> QFrame:
    return next(
        row
        for row in page.findChildren(QFrame, "row")
        if name in {label.text() for label in row.findChildren(QLabel)}
    )


def buttons(row: QFrame) -> dict[str, QPushButton]:
    return {b.accessibleName(): b for b in row.findChildren(QPushButton)}


def test_it_says_who_is_on_call_now(roster: RosterPage) -> None:
    told = {label.text() for label in row_of(roster, "Pat R.").findChildren(QLabel)}
    assert "On call now" in told
    told = {label.text() for label in row_of(roster, "Sam T.").findChildren(QLabel)}
    assert "Not on call now" in told
    told = {label.text() for label in row_of(roster, "Language line").findChildren(QLabel)}
    assert "At any hour" in told


def test_a_call_is_logged_by_button_and_by_one_key(
    qtbot: QtBot, roster: RosterPage, desk: Desk
) -> None:
    with qtbot.waitSignals([roster.logged, roster.refreshed]):
        buttons(row_of(roster, "Pat R."))["Pat R.: Reached"].click()
    told = {label.text() for label in row_of(roster, "Pat R.").findChildren(QLabel)}
    assert "Last: Reached, 2:41 PM" in told
    button = buttons(row_of(roster, "Pat R."))["Pat R.: Arrived"]
    button.setFocus()
    with qtbot.waitSignals([roster.logged, roster.refreshed]):
        qtbot.keyClick(button, Qt.Key.Key_N)
    assert [call.result for call in calls(desk)] == [CallResult.REACHED, CallResult.NO_ANSWER]
    assert len(desk.station.of_kind(CALL)) == 2
    assert buttons(row_of(roster, "Pat R."))["Pat R.: Arrived"].hasFocus()


def test_somebody_is_added_and_changed(qtbot: QtBot, roster: RosterPage, desk: Desk) -> None:
    roster.add.click()
    dialog = roster.dialog
    assert dialog is not None
    dialog.agree.click()
    qtbot.waitUntil(lambda: dialog.error.text == "Enter a name.")
    dialog.name.setText("Dee K.")
    dialog.agree.click()
    qtbot.waitUntil(lambda: dialog.error.text == "Enter a phone number.")
    dialog.phone.setText("(304) 555-0123")
    dialog.always.setChecked(False)
    dialog.agree.click()
    qtbot.waitUntil(lambda: "any hour" in dialog.error.text)
    dialog.days[4].setChecked(True)
    dialog.starts.setText("late")
    dialog.agree.click()
    assert "17:00" in dialog.error.text
    dialog.starts.setText("20:00")
    with qtbot.waitSignal(roster.refreshed):
        dialog.agree.click()
    entry = next(e for e in whole_roster(desk) if e.name == "Dee K.")
    assert entry.role is OnCallRole.GUIDE
    assert (entry.shifts[0].day, entry.shifts[0].last_day, entry.shifts[0].ends) == (4, 5, "08:00")
    buttons(row_of(roster, "Dee K."))["Change Dee K."].click()
    assert roster.dialog is not None
    assert roster.dialog.days[4].isChecked()
    roster.dialog.active.setChecked(False)
    with qtbot.waitSignal(roster.refreshed):
        roster.dialog.agree.click()
    told = {label.text() for label in row_of(roster, "Dee K.").findChildren(QLabel)}
    assert "Not on the roster" in told

"""The directory is changed by hand from its page: a dialog, a merge, and what a file says then."""

import pytest
from form_driver import words_on
from held_cases import House
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from intake_app.domain.provider import SERVICE, Provider
from intake_app.domain.provider_file import Entry, EntryChange, FieldChange, ImportPreview
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.providers.edits import add_provider
from intake_app.services.providers.providers import all_providers
from intake_app.ui.pages.providers_page import ProvidersPage
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.dialog import ProviderDialog
from intake_app.ui.providers.import_dialog import ImportDialog
from intake_app.words import Words

ODD = {"rule": "FREQ=MONTHLY;BYDAY=1TU", "opens": "09:00", "closes": "12:00", "words": "1st Tue"}


@pytest.fixture
def desk(house: House, background: Background) -> Desk:
    made = house.desk(Role.COORDINATOR)
    said: dict[str, object] = {
        "name": "Laurel Ridge detox", "organization": "Laurel Ridge", "types": ["detox"],
        "schedules": [ODD], "phones": [{"number": "304-555-0101", "kind": "voice", "note": ""}],
    }  # fmt: skip
    background.run_and_wait(lambda: add_provider(made, said))
    return made


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> ProvidersPage:
    made = ProvidersPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    return made


def opened(qtbot: QtBot, page: ProvidersPage, button: QAbstractButton) -> ProviderDialog:
    with qtbot.waitSignal(page.editing.opened):
        button.click()
    assert page.editing.dialog is not None
    return page.editing.dialog


def entries(background: Background, desk: Desk) -> dict[str, Provider]:
    found = background.run_and_wait(lambda: all_providers(desk))
    return {row.name: row.provider for row in found}


def keep(qtbot: QtBot, page: ProvidersPage, dialog: ProviderDialog) -> None:
    with qtbot.waitSignal(page.listed):
        dialog.save.click()


def test_an_entry_is_added_with_hours_in_plain_words(
    qtbot: QtBot, page: ProvidersPage, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, page, page.add_button)
    dialog.save.click()
    assert dialog.fields["name"].shown_problem
    dialog.fields["name"].set_value("Church hall cots")
    dialog.fields["types"].set_value(["shelter"])
    dialog.fields["schedules"].set_value("whenever")
    dialog.save.click()
    assert "Mon-Fri 8:00-17:00" in dialog.error.text
    dialog.fields["schedules"].set_value("Mon-Fri 20:00-8:00")
    dialog.fields["closed_days"].set_value("12/24/2026; 12/25/2026")
    keep(qtbot, page, dialog)
    made = entries(background, desk)["Church hall cots"]
    assert made.schedules[0].rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert made.texts("closed_days") == ("2026-12-24", "2026-12-25")
    assert made.text("verified_on") == "2026-11-23"


def test_what_is_not_touched_stays_as_it_was(
    qtbot: QtBot, page: ProvidersPage, desk: Desk, background: Background
) -> None:
    before = dict(entries(background, desk)["Laurel Ridge detox"].values)
    dialog = opened(qtbot, page, page.pane.change)
    dialog.fields["channel"].set_value("fax")
    dialog.fields["mou_id"].set_value("MOU-3")
    dialog.fields["mou_expires"].set_value("2026-12-01")
    keep(qtbot, page, dialog)
    after = entries(background, desk)["Laurel Ridge detox"].values
    news = {n for n in after if after[n] != before.get(n)}
    assert news == {"channel", "mou_id", "mou_expires", "edited"}
    assert after["schedules"] == [ODD]
    assert "Agreement ends soon" in words_on(page.pane)


def test_two_entries_are_merged_and_parted_from_the_pane(
    qtbot: QtBot, page: ProvidersPage, desk: Desk, background: Background
) -> None:
    twin = background.run_and_wait(lambda: add_provider(desk, {"name": "Laurel detox"}))
    with qtbot.waitSignal(page.listed):
        page.refresh()
    page.list.setCurrentRow([row.name for row in page._rows].index("Laurel Ridge detox"))
    page.pane.merge.click()
    qtbot.waitUntil(page.ask.isVisible)
    page.ask.fields["other"].set_value(twin)
    with qtbot.waitSignal(page.listed) as found:
        page.ask.act.click()
    assert found.args == [1]
    part = next(b for b in page.pane.findChildren(QAbstractButton) if "Part from" in b.text())
    with qtbot.waitSignal(page.listed) as found:
        part.click()
    assert found.args == [2]


def test_a_call_keeps_what_they_said_about_room(
    qtbot: QtBot, page: ProvidersPage, desk: Desk, background: Background
) -> None:
    page.pane.room.setText("2 beds from Friday")
    with qtbot.waitSignal(page.listed):
        page.pane.call.click()
    who = desk.person.shown_name
    assert f"2 beds from Friday (Mon, Nov 23, 2026, asked by {who})" in words_on(page.pane)


def test_the_directory_is_printed_in_the_language_that_is_asked_for(
    qtbot: QtBot, page: ProvidersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bytes] = []

    def give(_sheet: BlankSheet, data: bytes, _job: str = "") -> str:
        given.append(data)
        return "Front desk"

    monkeypatch.setattr(BlankSheet, "give_out", give)
    page.print_button.click()
    page.ask.fields["language"].set_value("es")
    with qtbot.waitSignal(page.listed):
        page.ask.act.click()
    assert given[0].startswith(b"%PDF")
    assert page.said.text == "The directory is printed."


def test_what_the_file_says_otherwise_can_be_ticked(
    qtbot: QtBot, page: ProvidersPage, words: Words, theme: Theme, desk: Desk,
    background: Background,
) -> None:  # fmt: skip
    record = next(iter(entries(background, desk).values())).record
    entry = Entry(record, SERVICE, "Laurel Ridge detox", "line 2", {})
    changes = (FieldChange("fees", "free", "$5"), FieldChange("phones", [], [{"number": "1"}]))
    dialog = ImportDialog(ImportPreview(kept=(EntryChange(entry, changes),)), words, theme, page)
    assert dialog.agree.isEnabled()
    assert dialog.taken == set()
    assert "fees: here free; in the file $5" in dialog.kept.item(0).text()
    dialog.kept.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.taken == {(record, "fees")}


def test_who_may_not_edit_sees_no_such_buttons(
    qtbot: QtBot, house: House, background: Background, words: Words, theme: Theme, desk: Desk
) -> None:
    made = ProvidersPage(house.desk(Role.OFFICER), background, words, theme)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    said = words_on(made)
    assert "Laurel Ridge detox" in said
    assert not any(words in said for words in ("Change…", "Add…", "Same as another entry…"))
    assert "Reply slips…" not in said

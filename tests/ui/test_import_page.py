"""The page of imports, by mouse and by keys: nothing is written before it was looked through."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import find_people
from intake_app.services.records.origin import Origin
from intake_app.services.sealing.tokens import PARTICIPATION
from intake_app.settings.look import Look
from intake_app.ui.form.origin_card import OriginCard
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.imports.what_card import EARLIER
from intake_app.ui.pages.import_page import ImportPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

OLD = """Our old log
Date,Last name,First name,DOB,Race,Status,Date closed
4/17/2024,Quillfeather,Wrenna,4/7/1991,W,Completed,6/30/2024
5/20/2024,Oakhollow,Bram,12/24/1985,B,Gone fishing,6/1/2024
5/21/2024,Fernleigh,Cass,2/2/1980,Z,Active,
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FixedClock, tuple[str, str]]:
    folder = tmp_path_factory.mktemp("imports") / "profile"
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    people = ProfileGate(folder, clock).make_training(folder, people=2, seed=1)
    who = next(one for one in people if Role.COORDINATOR in one.roles)
    return folder, clock, (who.user_name, who.passphrase)


@pytest.fixture
def desk(made: tuple[Path, FixedClock, tuple[str, str]], background: Background) -> Iterator[Desk]:
    gate = ProfileGate(made[0], made[1])
    yield background.run_and_wait(lambda: gate.unlock(*made[2]))
    background.run_and_wait(gate.lock)


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> ImportPage:
    shown = ImportPage(desk, background, words, theme)
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    shown.show()
    wait(qtbot, shown.refreshed, shown.refresh)
    return shown


def wait(qtbot: QtBot, signal: SignalInstance, act: Callable[[], object]) -> None:
    with qtbot.waitSignal(signal, timeout=20_000):
        act()


def old_list(tmp_path: Path, text: str = OLD) -> Path:
    place = tmp_path / "old.csv"
    place.write_text(text)
    return place


def choose(qtbot: QtBot, page: ImportPage, word: tuple[str, str], typed: str) -> None:
    """Match a word with a choice, by keys; the cursor stays where it is."""
    picker = page.words_card.pickers[word]
    picker.setFocus()
    with qtbot.waitSignal(page.shaped):
        qtbot.keyClicks(picker, typed)
    qtbot.waitUntil(lambda: not page._background.is_busy)
    assert page.words_card.pickers[word] is picker
    assert picker.hasFocus()


def test_an_old_list_comes_in_and_goes_again(
    qtbot: QtBot, page: ImportPage, desk: Desk, background: Background, tmp_path: Path
) -> None:
    others = set(page.before.buttons)  # of the other stories here, in whatever order
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    assert page.columns.pickers[0].currentData() == "~opened"
    choose(qtbot, page, ("Status", "Gone fishing"), "Unab")
    wait(qtbot, page.looked, lambda: qtbot.keyClick(page.check, Qt.Key.Key_Return))
    assert "2 rows can be imported." in page.look.counts.text()
    assert page.look.faults.toPlainText().startswith("Row 5, Race: This word is on no list.")
    assert page.bring.hasFocus()
    wait(qtbot, page.brought, lambda: qtbot.keyClick(page.bring, Qt.Key.Key_Return))
    assert page.good.text == "2 rows were imported."
    found = background.run_and_wait(lambda: find_people(desk, "Quillfeather", 5))
    assert len(found) == 1
    wait(qtbot, page.refreshed, page.refresh)
    [undo] = [button for ident, button in page.before.buttons.items() if ident not in others]
    assert undo.accessibleName().startswith("Undo: Nov 23, 2026")
    undo.setFocus()
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert "for good" in page.before.sure.text
    [yes] = page.before.sure.findChildren(type(undo))
    wait(qtbot, page.brought, yes.click)
    assert page.good.text == "2 rows were taken away."
    assert background.run_and_wait(lambda: find_people(desk, "Quillfeather", 5)) == []


def test_names_stay_covered_until_somebody_asks(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    wait(qtbot, page.looked, page.check.click)
    assert "Quillfeather" not in texts(page)
    page._names.turn(True)
    assert "Quillfeather" in texts(page)
    page._names.turn(False)
    assert "Quillfeather" not in texts(page)


def test_what_is_chosen_last_wins_and_is_looked_through_anew(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    picker = page.columns.pickers[6]  # "Date closed" is to be the day of the first contact
    picker.setCurrentIndex(picker.findData("~opened"))
    wait(qtbot, page.shaped, lambda: picker.activated.emit(picker.currentIndex()))
    assert page.columns.pickers[0].currentData() == ""
    assert page.columns.pickers[6].currentData() == "~opened"
    none = page.columns.pickers[6]
    none.setCurrentIndex(0)
    wait(qtbot, page.shaped, lambda: none.activated.emit(0))
    assert page.columns.missing.text == "Choose a column for: Day of the first contact"
    assert not page.check.isEnabled()


def test_a_mapping_is_saved_and_opened_again(
    qtbot: QtBot, page: ImportPage, background: Background, tmp_path: Path
) -> None:
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    choose(qtbot, page, ("Status", "Gone fishing"), "Unab")
    saved = tmp_path / "mapping.toml"
    wait(qtbot, background.settled, lambda: page.save_to(saved))
    assert "Quillfeather" not in saved.read_text()
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    assert page.words_card.pickers["Status", "Gone fishing"].currentText() == "Choose…"
    wait(qtbot, page.shaped, lambda: page.open_mapping(saved))
    assert page.words_card.pickers["Status", "Gone fishing"].currentText() == "Unable to contact"


def test_it_is_reached_from_the_numbers_and_leads_to_the_providers(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> None:
    made = Workplace(desk, background, words, theme, Look())
    qtbot.addWidget(made)
    made.show()
    assert made.go_back(("ask", "numbers", "imports_asked"))
    page = made.page
    assert isinstance(page, ImportPage)
    wait(qtbot, page.refreshed, lambda: None)
    page.what.providers.click()
    assert made.way == ("place", "providers")
    qtbot.waitUntil(lambda: not background.is_busy)
    made.end()


def test_an_imported_record_says_so(words: Words) -> None:
    known = OriginCard(Origin(12, "2026-11-23T09:30:00+00:00"), words)
    assert known.told.startswith("Imported on Nov 23, 2026, from row 12 of a table. It was not")
    assert OriginCard(Origin(12), words).told.startswith("Imported from row 12 of a table.")


def test_a_file_that_is_none_is_a_sentence(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    bad = tmp_path / "old.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    page.open_file(bad)
    qtbot.waitUntil(lambda: bool(page.error.text))
    assert page.error.text.startswith("This is not a spreadsheet.")


def test_an_import_that_is_stopped_leaves_nothing(
    qtbot: QtBot, page: ImportPage, desk: Desk, background: Background, tmp_path: Path
) -> None:
    rows = "".join(f"4/17/2024,Stopped{n},A,,,Active,\n" for n in range(400))
    text = OLD.split("4/17")[0] + rows
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path, text)))
    wait(qtbot, page.looked, page.check.click)

    def begin() -> None:
        page.bring.click()
        page.stepping.stop.click()  # before its first piece is done
        page.stepping.ask_to_stop()
        qtbot.waitUntil(lambda: page.stepping.is_on)
        page.stepping.ask_to_stop()

    wait(qtbot, page.brought, begin)
    assert page.good.text.endswith("taken away.")
    assert background.run_and_wait(lambda: find_people(desk, "Stopped7", 5)) == []


def test_who_took_part_becomes_marks(
    qtbot: QtBot, page: ImportPage, desk: Desk, background: Background, tmp_path: Path
) -> None:
    page.what.kind.setFocus()
    page.what.kind.setCurrentIndex(page.what.kind.findData(EARLIER))
    page.what.kind.activated.emit(page.what.kind.currentIndex())
    assert page.what.chosen == "plain_diversion"
    text = "Last name,First name,DOB,Date\nQuillfeather,Wrenna,4/7/1991,8/13/2026\n"
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path, text)))
    wait(qtbot, page.looked, page.check.click)
    assert page.good.text.startswith("1 person becomes a mark.")
    wait(qtbot, page.brought, page.bring.click)
    assert "delete the file too" in page.good.text
    assert len(background.run_and_wait(lambda: desk.cases_file.of_kind(PARTICIPATION))) == 1


def test_every_control_has_a_name_and_tab_reaches_it(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    wait(qtbot, page.shaped, lambda: page.open_file(old_list(tmp_path)))
    wait(qtbot, page.looked, page.check.click)
    page.what.kind.setFocus()
    reached: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in reached:
        reached.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    wanted = [page.what.choose, page.columns.pickers[3], page.look.faults, page.bring, page.back]
    assert all(one in reached for one in wanted)
    assert all(one.accessibleName() or getattr(one, "text", str)() for one in reached)


def texts(page: ImportPage) -> str:
    """All that stands on the page."""
    labels = [one.text() for one in page.findChildren(QLabel)]
    model = page.look.table.model()
    cells = [
        str(model.index(row, column).data())
        for row in range(model.rowCount()) for column in range(model.columnCount())
    ]  # fmt: skip
    return " ".join(map(str, (*labels, *cells, page.look.faults.toPlainText())))

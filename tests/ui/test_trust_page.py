"""The trust page, the support file and the line on Home, as people meet them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import furnished
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.trust import gathering
from intake_app.settings.look import Look
from intake_app.ui.frame.guests import GUESTS
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages import support_page, trust_page
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.pages.support_page import SupportPage
from intake_app.ui.pages.trust_page import TrustPage
from intake_app.ui.papers import printing
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Place = Callable[[str], Workplace]

CHECKS = (
    Check("directory", Light.GREEN, "Directory", "All fresh."),
    Check("cards", Light.RED, "Recovery cards", "Card 2 is lost.", "Make new cards."),
    Check("backup_care", Light.AMBER, "Backup of care", "Old.", "Make one."),
    Check("backup_cases", Light.AMBER, "Backup of cases", "Old.", "Make one."),
    Check("exchange:b2", Light.AMBER, "Exchange with Annex", "Not heard.", "Start it."),
)


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def looking(check: Check) -> gathering.Look:
        return lambda _desk, _words: check

    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", tuple(map(looking, CHECKS)))
    monkeypatch.setattr(gathering, "SLOWER", ())


@pytest.fixture
def place(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Place:
    def opened(user: str) -> Workplace:
        made = Workplace(furnished(user), background, words, theme, Look())
        qtbot.addWidget(made, before_close_func=lambda _: made.end())
        made.resize(1366, 768)
        made.show()
        qtbot.waitUntil(lambda: not background.is_busy)
        return made

    return opened


def trust_page_of(made: Workplace, qtbot: QtBot) -> TrustPage:
    made.go("trust")
    page = made.page
    assert isinstance(page, TrustPage)
    qtbot.waitUntil(lambda: bool(page.rows))
    return page


def button(page: TrustPage | SupportPage, name: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == name)


def test_red_stands_on_top_with_what_to_do(qtbot: QtBot, place: Place) -> None:
    page = trust_page_of(place("admin"), qtbot)
    lights = [row.check.light for row in page.rows]
    assert lights == [Light.RED, Light.AMBER, Light.AMBER, Light.AMBER, Light.GREEN]
    first = page.rows[0].accessibleName()
    assert first == "Red. Recovery cards. Card 2 is lost. Make new cards."


def test_lines_that_go_together_have_one_button_under_the_last(qtbot: QtBot, place: Place) -> None:
    page = trust_page_of(place("admin"), qtbot)
    offered = [row.go.accessibleName() if row.go else "" for row in page.rows]
    assert offered == ["Open Recovery cards", "", "Open Backups", "Open Exchange", ""]


def test_buttons_ask_for_the_pages_that_help(qtbot: QtBot, place: Place) -> None:
    page = trust_page_of(place("admin"), qtbot)
    for row, asked in ((page.rows[0], page.cards_asked), (page.rows[2], page.backups_asked)):
        assert row.go is not None
        with qtbot.waitSignal(asked):
            row.go.click()


def test_who_may_not_put_it_right_is_offered_nothing(qtbot: QtBot, place: Place) -> None:
    page = trust_page_of(place("tpike"), qtbot)
    names = {b.accessibleName() for b in page.findChildren(QPushButton)}
    assert "Backups…" in names
    made = place("mhale")
    assert "trust" not in made.places


def test_looking_again_looks_anew(
    qtbot: QtBot, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, asked = trust_page_of(place("admin"), qtbot), list[bool]()
    real = trust_page.trust

    def look(desk: Desk, words: Words, *, anew: bool = False) -> gathering.TrustTold:
        asked.append(anew)
        return real(desk, words, anew=anew)

    monkeypatch.setattr(trust_page, "trust", look)
    with qtbot.waitSignal(page.refreshed):
        page.again.click()
    page.refresh()
    qtbot.waitUntil(lambda: asked == [True, False])


def test_the_report_is_saved_and_that_is_logged(
    qtbot: QtBot, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, saved, how = trust_page_of(place("admin"), qtbot), list[str](), list[str]()

    def save(_parent: object, data: bytes, name: str, _words: Words) -> bool:
        saved.append(f"{name} {data.decode()}")
        return True

    def drawn(_desk: Desk) -> bytes:
        return b"%PDF"

    def used(_desk: Desk, what: str) -> None:
        how.append(what)

    monkeypatch.setattr(trust_page, "auditor_report", drawn)
    monkeypatch.setattr(trust_page, "report_was_used", used)
    monkeypatch.setattr(trust_page, "save_pdf", save)
    button(page, "Save the report as PDF").click()
    qtbot.waitUntil(lambda: page.good.text == "The report is saved.")
    assert (saved, how) == (["security-report %PDF"], ["save"])


def test_without_a_printer_it_says_so(
    qtbot: QtBot, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = trust_page_of(place("admin"), qtbot)

    def drawn(_desk: Desk) -> bytes:
        return b"%PDF"

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list[str]))
    monkeypatch.setattr(trust_page, "auditor_report", drawn)
    button(page, "Print the auditor's report").click()
    qtbot.waitUntil(lambda: bool(page.error.text))


def test_every_page_that_it_asks_for_is_there(qtbot: QtBot, place: Place) -> None:
    made = place("admin")
    for asked in (one for one, guest in GUESTS.items() if guest.back == "trust"):
        getattr(trust_page_of(made, qtbot), asked).emit()
        page: Any = made.page
        assert type(page) is GUESTS[asked].make
        page.closed.emit()
        assert isinstance(made.page, TrustPage)


# --- the support file -------------------------------------------------------------------------


def test_what_is_saved_is_what_was_read(
    qtbot: QtBot, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, logged = place("admin"), list[str]()
    trust_page_of(made, qtbot).support_asked.emit()
    page = made.page
    assert isinstance(page, SupportPage)
    qtbot.waitUntil(page.save.isEnabled)
    read, file = page.text.toPlainText(), tmp_path / "support.txt"
    assert page.text.isReadOnly()

    def chosen(*_: object) -> Path:
        return file

    def saved(_desk: Desk) -> None:
        logged.append("saved")

    monkeypatch.setattr(support_page, "ask_for_text_file", chosen)
    monkeypatch.setattr(support_page, "support_was_saved", saved)
    page.save.click()
    qtbot.waitUntil(lambda: page.good.text == "The support file is saved.")
    assert file.read_text("utf-8") == read
    assert logged == ["saved"]
    file = tmp_path / "no" / "way"
    page.save.click()
    qtbot.waitUntil(lambda: bool(page.error.text))
    assert logged == ["saved"]


def test_the_dialog_offers_a_name_of_a_day(
    qtbot: QtBot, words: Words, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered: list[str] = []

    def agree(dialog: QFileDialog) -> int:
        offered.extend(Path(one).name for one in dialog.selectedFiles())
        return QFileDialog.DialogCode.Accepted

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printing.QFileDialog, "exec", agree)
    window = TrustPageParent()
    qtbot.addWidget(window)
    place = printing.ask_for_text_file(window, "intake-support-2026-11-23.txt", words)
    assert place is not None
    assert offered == ["intake-support-2026-11-23.txt"]


class TrustPageParent(QPushButton):
    """Any window."""


# --- the line on Home -------------------------------------------------------------------------


def line_of(made: Workplace, qtbot: QtBot) -> str:
    page = made.page
    assert isinstance(page, HomePage)
    with qtbot.waitSignal(page.trust.asked):
        page.trust.ask()
    return page.trust.said


def test_a_clerk_is_told_whom_to_tell_and_nothing_else(qtbot: QtBot, place: Place) -> None:
    said = line_of(place("mhale"), qtbot)
    assert said == "Something needs attention. Please tell your administrator."


def test_who_sees_trust_gets_there_by_one_press(qtbot: QtBot, place: Place) -> None:
    made = place("rlowe")
    assert line_of(made, qtbot) == "1 thing needs you now."
    page = made.page
    assert isinstance(page, HomePage)
    next(b for b in page.trust.findChildren(QPushButton)).click()
    assert isinstance(made.page, TrustPage)


def test_while_nothing_is_red_there_is_no_line(
    qtbot: QtBot, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", ())
    made = place("mhale")
    assert line_of(made, qtbot) == ""
    page = made.page
    assert isinstance(page, HomePage)
    assert page.trust.isHidden()

"""A sheet to point at and tick: from the home page and from the form, about nobody."""

from dataclasses import replace

import pytest
from fakes import desk_of
from form_fakes import CLOCK, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import FileNotWritten, PrinterNotAllowed, PrintFailed
from intake_app.domain.form import Field, FieldType, Section
from intake_app.settings.look import Look
from intake_app.ui.form.setting import Setting
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.papers import blank_sheet
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.papers.printing import PrintOutcome
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

NAME = "Print point-and-tick sheet"
FORM = form_of(Section("start", both("Start"), (Field("why", FieldType.TEXT, both("Why")),)))


def button(page: QWidget) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == NAME)


def test_the_home_page_asks_for_it(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    place = Workplace(desk_of(), background, words, theme, Look())
    qtbot.addWidget(place, before_close_func=lambda _: place.end())
    place.show()
    with qtbot.waitSignal(place.sheet_asked):
        qtbot.keyClick(button(place), Qt.Key.Key_Space)


@pytest.mark.parametrize("papers", [("point_and_tick",), ()])
def test_the_form_asks_for_its_own_where_it_has_one(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, papers: tuple[str, ...]
) -> None:
    form = replace(FORM, papers=papers)
    setting = Setting(words, theme, CLOCK)
    page = IntakePage(draft_of(form), PlainGuide(form), WorkingDesk(), background, setting)
    qtbot.addWidget(page)
    page.show()
    assert button(page).isVisible() == bool(papers)
    with qtbot.waitSignal(page.sheet_asked) as asked:
        button(page).click()
    assert asked.args == [form.ref.id]


def test_it_is_printed_or_saved_and_errors_are_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    jobs: list[str] = []
    told: list[BaseException] = []
    answers: list[Exception | None] = [None, PrintFailed(), PrinterNotAllowed()]

    def print_it(_page: object, _data: bytes, job: str, *_: object) -> PrintOutcome:
        if error := answers.pop(0):
            raise error
        jobs.append(f"printed {job}")
        return PrintOutcome(is_printed=True, printer="front")

    def save_it(_page: object, _data: bytes, job: str, _words: Words) -> None:
        jobs.append(f"saved {job}")
        raise FileNotWritten

    monkeypatch.setattr(blank_sheet, "print_pdf", print_it)
    monkeypatch.setattr(blank_sheet, "save_pdf", save_it)
    sheet = BlankSheet(page, words, (), told.append)
    assert [sheet.give_out(b"%PDF") for _ in range(3)] == ["front", None, None]
    assert jobs == ["printed point-and-tick", "saved point-and-tick"]
    assert [type(error) for error in told] == [FileNotWritten, PrinterNotAllowed]

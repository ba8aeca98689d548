"""Reports of numbers in the window: drawn, released, read without a key; the status list."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from coded_periods import period_of
from fakes import PEOPLE
from form_driver import press, words_on
from held_cases import House, audit, case_taken
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading import page_texts

from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.ui.pages.reports_page import ReportsPage
from intake_app.ui.papers import giver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[[Desk], ReportsPage]
QUARTER = "2025-Q3"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where papers go; their names as they are offered."""
    folder = tmp_path / "saved"
    folder.mkdir()

    def place(_window: QWidget, name: str, _words: Words) -> Path:
        return folder / f"{name}.pdf"

    monkeypatch.setattr(giver, "ask_for_pdf_file", place)
    return folder


@pytest.fixture
def opened(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Open:
    kept: list[ReportsPage] = []

    def make(desk: Desk) -> ReportsPage:
        page = ReportsPage(desk, background, words, theme)
        kept.append(page)
        qtbot.addWidget(page)
        page.resize(1138, 768)
        page.show()
        with qtbot.waitSignal(page.refreshed):
            page.refresh()
        return page

    return make


def without_keys(desk: Desk) -> Desk:
    """Who holds no file of people, at the same station."""
    return dataclasses.replace(desk, person=PEOPLE["admin"], care=None, cases=None)


def test_the_report_is_saved_and_says_its_quarter(
    qtbot: QtBot, opened: Open, coordinator: Desk, saved: Path
) -> None:
    page = opened(coordinator)
    assert page.report is not None
    page.report.period.choose(period_of(coordinator, QUARTER))
    with qtbot.waitSignal(page.report.given):
        press(page.report, "Save the report as PDF…")
    paper = saved / "numbers-2025-07-01-2025-09-30.pdf"
    text = " ".join(page_texts(paper.read_bytes()))
    assert "July to September 2025" in text
    assert "Not for release" not in text
    assert page.report.good.text == "It is saved."


def test_the_copy_for_the_house_says_so_in_its_name_and_on_each_page(
    qtbot: QtBot, opened: Open, coordinator: Desk, saved: Path
) -> None:
    page = opened(coordinator)
    assert page.report is not None
    page.report.period.choose(period_of(coordinator, QUARTER))
    QTest.keyClick(page.report.internal, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.report.given):
        press(page.report, "Save the report as PDF…")
    paper = saved / "not-for-release-numbers-2025-07-01-2025-09-30.pdf"
    assert all("Not for release" in text for text in page_texts(paper.read_bytes()))


def test_the_monthly_sheet_is_saved(
    qtbot: QtBot, opened: Open, coordinator: Desk, saved: Path
) -> None:
    page = opened(coordinator)
    assert page.monthly is not None
    assert page.monthly.period.usual.currentText() == "Last full month"
    page.monthly.period.choose(period_of(coordinator, "2025-08"))
    with qtbot.waitSignal(page.monthly.given):
        press(page.monthly, "Save the sheet as PDF…")
    assert [one.name for one in saved.iterdir()] == ["monthly-sheet-2025-08-01-2025-08-31.pdf"]


# --- releasing --------------------------------------------------------------------------------


def test_a_report_is_looked_over_released_and_read_without_a_key(
    qtbot: QtBot, opened: Open, coordinator: Desk, saved: Path
) -> None:
    page = opened(coordinator)
    card = page.release
    assert card is not None
    card.period.choose(period_of(coordinator, QUARTER))
    assert card.release.isHidden()  # nothing was looked over yet
    with qtbot.waitSignal(card.looked):
        press(card, "Look over these numbers")
    seen = words_on(card.sheet)
    assert "From contact to completion" in seen
    assert "How is this counted?" in seen
    with qtbot.waitSignal(page.released.refreshed):
        press(card, "Release these numbers")
    assert card.good.text == "Released. Administrators can see it now."

    other = opened(without_keys(coordinator))
    assert (other.report, other.status, other.release) == (None, None, None)
    table = other.released.table
    assert table.told.table.lines[0].head == "July to September 2025"
    table.selectRow(0)
    with qtbot.waitSignal(other.released.opened):
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert words_on(other.released.sheet) == seen
    with qtbot.waitSignal(other.released._work.done):
        press(other.released, "Save this release as PDF…")
    assert (saved / "released-numbers-2025-07-01-2025-09-30.pdf").is_file()


def test_other_days_have_to_be_looked_over_again(
    qtbot: QtBot, opened: Open, coordinator: Desk
) -> None:
    card = opened(coordinator).release
    assert card is not None
    card.period.choose(period_of(coordinator, QUARTER))
    with qtbot.waitSignal(card.looked):
        press(card, "Look over these numbers")
    assert card.release.isVisible()
    press(card, "Earlier")
    assert card.release.isHidden()
    assert words_on(card.sheet) == ""


def test_days_that_are_not_over_are_not_released(
    qtbot: QtBot, opened: Open, coordinator: Desk
) -> None:
    card = opened(coordinator).release
    assert card is not None
    card.period.choose(period_of(coordinator, "2026-Q4"))
    with qtbot.waitSignal(card.looked):
        press(card, "Look over these numbers")
    press(card, "Release these numbers")
    qtbot.waitUntil(lambda: bool(card.bad.text))
    assert card.bad.text.startswith("These days are not over yet.")


def test_nothing_released_is_said_kindly(opened: Open, coordinator: Desk) -> None:
    said = words_on(opened(without_keys(coordinator)))
    assert "Nothing was released yet. A coordinator or a supervisor releases numbers." in said


def test_a_chart_of_the_sheet_says_what_its_table_says(
    qtbot: QtBot, opened: Open, coordinator: Desk
) -> None:
    card = opened(coordinator).release
    assert card is not None
    card.period.choose(period_of(coordinator, QUARTER))
    with qtbot.waitSignal(card.looked):
        press(card, "Look over these numbers")
    assert card.sheet.charts
    assert "How people were handed over" in words_on(card.sheet)  # of a chart without a heading
    shown = {cell for one in card.sheet.tables for line in one.told.table.lines
             for cell in (line.head, *line.cells)}  # fmt: skip
    funnel = card.sheet.charts[0]
    for bar in funnel.chart.bars:
        assert bar.label in shown
        assert any(bar.shown in cell for cell in shown)


# --- the status list --------------------------------------------------------------------------


def test_the_status_list_is_looked_over_without_names_and_then_given(
    qtbot: QtBot, house: House, opened: Open, background: Background, saved: Path
) -> None:
    supervisor = house.desk(Role.SUPERVISOR)
    background.run_and_wait(lambda: case_taken(house.desk(Role.OFFICER)))
    card = opened(supervisor).status
    assert card is not None
    assert card.save.isHidden()
    QTest.keyClicks(card.to, "County Attorney")
    with qtbot.waitSignal(card.looked):
        press(card, "Look over the list")
    lines = card.table.told.table.lines
    assert len(lines) == 1
    assert "1 case is on the list." in words_on(card)
    assert "Quillfeather" not in words_on(card) + str(lines)
    with qtbot.waitSignal(card.given):
        press(card, "Save the list as PDF…")
    text = " ".join(page_texts((saved / "status-list.pdf").read_bytes()))
    assert "Quillfeather" in text
    assert "County Attorney" in text


def test_who_thinks_better_of_it_gives_nothing_and_nothing_is_noted(
    qtbot: QtBot, house: House, opened: Open, background: Background,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def nowhere(_window: QWidget, _name: str, _words: Words) -> None:
        return None

    monkeypatch.setattr(giver, "ask_for_pdf_file", nowhere)
    background.run_and_wait(lambda: case_taken(house.desk(Role.OFFICER)))
    card = opened(house.desk(Role.SUPERVISOR)).status
    assert card is not None
    with qtbot.waitSignal(card.looked):
        press(card, "Look over the list")
    press(card, "Save the list as PDF…")
    qtbot.waitUntil(lambda: not background.is_busy)
    noted = background.run_and_wait(
        lambda: audit(house.files[Compartment.CASES], "disclose on a status list")
    )
    assert noted == []

"""The board of numbers and one measure, by keys, on real files with made-up journeys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from coded_periods import period_of
from form_driver import find, press, words_on
from held_cases import House, audit, case_taken
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.measure import Kind, Measure
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.text import Text
from intake_app.domain.told import Told
from intake_app.services.desk import Desk
from intake_app.services.measures import viewing
from intake_app.services.measures.fairness import against
from intake_app.services.measures.periods import Period
from intake_app.services.measures.saying import said
from intake_app.ui.measures import saving
from intake_app.ui.measures.measure_page import MeasurePage
from intake_app.ui.pages.numbers_page import NumbersPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., NumbersPage]
HIDDEN = "not shown"


@pytest.fixture
def opened(
    qtbot: QtBot, coordinator: Desk, background: Background, words: Words, theme: Theme
) -> Open:
    kept: list[NumbersPage] = []

    def make(desk: Desk | None = None, code: str = "2025") -> NumbersPage:
        page = NumbersPage(desk or coordinator, background, words, theme)
        kept.append(page)
        qtbot.addWidget(page)
        page.resize(1138, 768)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.period.blockSignals(True)
        page.period.choose(period_of(coordinator, code))
        page.period.blockSignals(False)
        with qtbot.waitSignal(page.refreshed):
            page.refresh()
        return page

    return make


def settle(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: not background.is_busy)


def measure_of(page: NumbersPage, qtbot: QtBot, background: Background, ident: str) -> MeasurePage:
    page.open_measure(ident)
    settle(qtbot, background)
    assert page.measure is not None
    return page.measure


def all_said(page: QWidget) -> str:
    """Every word that a person or a screen reader gets."""
    names = [one.accessibleName() for one in page.findChildren(QWidget)]
    told = [one.accessibleDescription() for one in page.findChildren(QWidget)]
    return "\n".join((words_on(page), *names, *told))


# --- the board --------------------------------------------------------------------------------


def test_each_group_stands_on_the_board_with_its_figures(opened: Open) -> None:
    page = opened()
    assert list(page.cards) == [
        "funnel", "losses", "timeliness", "outcomes", "needs", "fairness", "savings", "quality",
    ]  # fmt: skip
    funnel = page.cards["funnel"]
    assert funnel.chart is not None
    assert funnel.chart.accessibleName().startswith("From contact to completion. Contacts: ")
    assert "Eligible: " in funnel.lines["eligible"].accessibleName()


def test_enter_on_a_line_opens_the_measure_and_back_comes_to_the_line(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened()
    line = page.cards["funnel"].lines["offered"]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Space)
    settle(qtbot, background)
    assert page.measure is not None
    assert page.measure.isVisible()
    press(page, "All numbers")
    assert not page.measure.isVisible()
    assert page.focusWidget() is page.cards["funnel"].lines["offered"]


def test_a_number_that_nobody_entered_is_asked_for_and_not_reckoned(opened: Open) -> None:
    page = opened()
    said = page.cards["savings"].lines["booking_cost"].accessibleName()
    assert "Needs a number that an administrator enters under Settings, Numbers" in said
    assert "Cost of one booking" in said


def test_days_without_anybody_are_said_kindly(opened: Open) -> None:
    page = opened(code="1999")
    assert not page.cards
    assert "Nothing was counted in these days." in words_on(page)


def test_other_days_are_typed(qtbot: QtBot, opened: Open, background: Background) -> None:
    page = opened()
    page.period.usual.setCurrentIndex(page.period.usual.count() - 1)
    page.period.usual.activated.emit(page.period.usual.currentIndex())
    for edit, typed in ((page.period.first, "2/10/2025"), (page.period.last, "3/1/2025")):
        edit.clear()
        QTest.keyClicks(edit, typed)
    QTest.keyClick(page.period.last, Qt.Key.Key_Return)
    settle(qtbot, background)
    assert page.period.period == Period("2025-02-10", "2025-03-01")
    assert "Feb 10, 2025 to Mar 1, 2025" in words_on(page)


def test_days_the_wrong_way_round_are_said(opened: Open) -> None:
    page = opened()
    page.period.usual.activated.emit(page.period.usual.count() - 1)
    page.period.first.setText("3/1/2025")
    page.period.last.setText("2/1/2025")
    press(page, "Show these days")
    assert "The period ends before it begins" in page.period.error.text
    assert page.period.period.code == "2025"


def test_earlier_and_later_walk_by_the_same_span(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened(code="2025-Q3")
    press(page, "Earlier")
    settle(qtbot, background)
    assert page.period.period.code == "2025-Q2"
    press(page, "Later")
    press(page, "Later")
    settle(qtbot, background)
    assert page.period.period.code == "2025-Q4"


def test_changes_that_wait_are_told(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def waiting(_desk: Desk) -> int:
        return 1203

    monkeypatch.setattr("intake_app.services.measures.asking.bring_up", waiting)
    page = opened()
    assert page.warn.text.startswith("1,203 changes to records still wait to be counted.")


# --- small numbers ----------------------------------------------------------------------------


def test_the_board_says_why_something_is_not_shown(opened: Open) -> None:
    page = opened()
    assert page.why.text().startswith("“Not shown” stands for a number from 1 to 10")
    assert page.why.isVisible()


def test_nobody_to_count_is_not_read_as_nobody_arrested(words: Words) -> None:
    title = Text({"en": "Arrested again"})
    again = Measure("rearrest_6", "outcomes", Kind.RATE, title, title)
    assert said(Told(), again, words) == "nobody to count yet"


def test_what_is_hidden_is_hidden_everywhere_on_the_page(
    qtbot: QtBot, opened: Open, coordinator: Desk, background: Background
) -> None:
    """The page is searched for the figures of the internal view that the told one leaves out."""
    page = measure_of(opened(), qtbot, background, "completed")
    page.by.setCurrentIndex(page.by.findData("race"))
    page.by.activated.emit(page.by.currentIndex())
    settle(qtbot, background)
    assert page.shown is not None
    told = page.shown.told
    hidden = [place for place, one in told.rows.items() if one.percent is None and one.is_hidden]
    assert hidden  # else this proves nothing
    period = period_of(coordinator, "2025")
    inside = background.run_and_wait(
        lambda: viewing.view(coordinator, "completed", period, ["race"], is_internal=True)
    )
    said = all_said(page)
    for place in hidden:
        one = inside.told.rows[place]
        assert f"({one.number} of {one.base})" not in said
    assert HIDDEN in said


def test_the_inside_view_is_marked_on_each_part(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened()
    assert "Not for release" not in all_said(page).replace(page.internal.text(), "")
    page.internal.setFocus()
    with qtbot.waitSignal(page.refreshed):
        QTest.keyClick(page.internal, Qt.Key.Key_Space)
    assert HIDDEN not in words_on(page)
    assert page.inside.text.startswith("Not for release.")
    for card in page.cards.values():
        assert "Not for release" in words_on(card)
        assert all(
            line.accessibleName().startswith("Not for release. ") for line in card.lines.values()
        )
    chart = page.cards["funnel"].chart
    assert chart is not None
    assert chart.accessibleName().startswith("Not for release. ")
    inside = measure_of(page, qtbot, background, "completed")
    assert inside.table.accessibleName().startswith("Not for release")
    assert inside.figure.text.startswith("Not for release")
    assert inside.chart is not None
    assert inside.chart.accessibleName().startswith("Not for release")


def test_whoever_comes_back_sees_no_small_numbers(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened()
    for turn in (lambda: page.internal.setChecked(True), page.refresh):
        with qtbot.waitSignal(page.refreshed):
            turn()
    assert not page.internal.isChecked()
    assert "Not for release" not in words_on(page).replace(page.internal.text(), "")


# --- one measure ------------------------------------------------------------------------------


def test_a_measure_says_how_it_is_counted_and_what_is_left_out(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = measure_of(opened(), qtbot, background, "completed")
    said = words_on(page)
    assert "Who is still active, died, was transferred" in said
    assert "Source: Oregon CJC" in said
    assert "Still active: " in page.figure.text
    assert "95% interval: " in page.figure.text


def test_a_measure_is_cut_by_two_things(
    qtbot: QtBot, opened: Open, background: Background
) -> None:  # fmt: skip
    page = measure_of(opened(), qtbot, background, "offered")
    for picker, cut in ((page.by, "gender"), (page.also_by, "pathway")):
        picker.setCurrentIndex(picker.findData(cut))
        picker.activated.emit(picker.currentIndex())
        settle(qtbot, background)
    table = page.table.told.table
    assert table.heads[0] == "Gender / Pathway"
    assert (table.heads[-1], table.lines[-1].head) == ("All", "All")


def test_only_a_supervisor_sees_officers_among_the_cuts(
    qtbot: QtBot, opened: Open, background: Background, house: House
) -> None:
    hers = measure_of(opened(), qtbot, background, "offered")
    assert hers.by.findData("by") < 0
    other = measure_of(opened(house.desk(Role.SUPERVISOR)), qtbot, background, "offered")
    assert other.by.findData("by") > 0


def test_a_group_is_chosen_and_the_others_are_seen_against_it(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened()
    with qtbot.waitSignal(page.refreshed):
        page.internal.setChecked(True)
    equity = measure_of(page, qtbot, background, "accepted").equity
    assert equity.cut.currentData() == "race"
    equity.cut.setCurrentIndex(equity.cut.findData("gender"))
    equity.cut.activated.emit(equity.cut.currentIndex())
    settle(qtbot, background)
    names = [equity.reference.itemText(n) for n in range(equity.reference.count())]
    before = [bar.label for bar in equity.chart.chart.bars]
    assert equity.reference.currentText() == "Choose…"  # no group is the usual one
    assert {line.cells[-1] for line in equity.table.told.table.lines} == {""}
    assert equity.chart.reference == ""
    equity.reference.setCurrentIndex(len(names) - 1)
    equity.reference.activated.emit(equity.reference.currentIndex())
    lines = {line.head: line.cells for line in equity.table.told.table.lines}
    assert lines[names[-1]][-1] == "reference"
    assert [bar.label for bar in equity.chart.chart.bars] == before  # nobody is ranked
    assert "Not for release" in equity.chart.accessibleName()


def test_no_ratio_stands_where_a_rate_is_not_told(words: Words) -> None:
    groups = [
        ("White", "white", Told(60, 100, 60.0, 50.2, 69.1)),
        ("Asian", "asian", Told(None, None, is_hidden=True)),
        ("Black or African American", "black", Told(66, 100, 66.0, 56.3, 74.5)),
    ]
    table = against("Said yes", "Race", groups, "white", words)
    assert [line.cells[0] for line in table.lines] == ["60%", HIDDEN, "66%"]
    assert [line.cells[-1] for line in table.lines] == ["reference", "", "1.10 (0.89 to 1.36)"]
    unseen = against("Said yes", "Race", groups, "asian", words)
    assert [line.cells[-1] for line in unseen.lines] == ["", "reference", ""]


def test_a_count_has_no_view_of_fairness(
    qtbot: QtBot, opened: Open, background: Background
) -> None:  # fmt: skip
    assert measure_of(opened(), qtbot, background, "met").equity.isHidden()


def test_the_table_is_saved_with_what_a_reader_must_know(
    qtbot: QtBot, opened: Open, background: Background, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[str] = []

    def place(_window: QWidget, name: str, _words: Words) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(saving, "ask_for_table_file", place)
    page = opened()
    measure = measure_of(page, qtbot, background, "completed")
    press(measure, "Save this table…")
    settle(qtbot, background)
    assert measure.good.text == "The table is saved."
    press(page, "All numbers")
    page.internal.setChecked(True)
    settle(qtbot, background)
    press(measure_of(page, qtbot, background, "completed"), "Save this table…")
    settle(qtbot, background)
    told, inside = ((tmp_path / name).read_text("utf-8") for name in asked)
    assert asked == [
        "completed-2025-01-01-2025-12-31.csv",
        "not-for-release-completed-2025-01-01-2025-12-31.csv",
    ]
    assert "Not for release" not in told
    assert told.startswith('"Completion rate",')
    assert "Who is still active" in told
    lines = inside.splitlines()
    assert lines[0] == '"Not for release"'
    heads = next(n for n, line in enumerate(lines) if line.startswith('"Month"'))
    assert all(line.endswith(',"Not for release"') for line in lines[heads + 1 : heads + 13])


def test_the_table_is_copied_with_its_warning(
    qtbot: QtBot, opened: Open, background: Background
) -> None:
    page = opened()
    page.internal.setChecked(True)
    settle(qtbot, background)
    measure = measure_of(page, qtbot, background, "completed")
    measure.error.say("The printer did not take the page.")  # what went wrong before is over
    press(measure, "Copy this table")
    settle(qtbot, background)
    assert (measure.good.text, measure.error.text) == ("The table is copied.", "")
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[0] == '"Not for release"'
    assert '"Month"\t"Percent"' in copied


def test_the_records_behind_a_number_are_listed_without_names_and_opened(
    qtbot: QtBot, opened: Open, house: House, background: Background
) -> None:
    taken = background.run_and_wait(lambda: case_taken(house.desk(Role.OFFICER)))
    page = measure_of(opened(code="2026-Q4"), qtbot, background, "met")
    with qtbot.waitSignal(page.records.refreshed):
        press(page, "Records behind all of it")
    assert "Not for release" in words_on(page.records)
    assert "1 record." in page.records.told.text()
    assert "Quillfeather" not in all_said(page)
    page.records.table.selectRow(0)
    with qtbot.waitSignal(page.record_asked) as asked:
        QTest.keyClick(page.records.table, Qt.Key.Key_Return)
    assert asked.args == [str(taken)]
    looked = background.run_and_wait(
        lambda: audit(house.files[Compartment.CASES], "read behind a number")
    )
    assert [line[2] for line in looked] == [taken]
    press(page, "Close the list")
    assert page.records.isHidden()
    assert not page.records.table.told.table.lines


@pytest.mark.parametrize("width", [700, 1138])
def test_everything_has_a_name_and_fits(
    qtbot: QtBot, opened: Open, background: Background, width: int
) -> None:
    page = opened()
    page.resize(width, 768)
    measure = measure_of(page, qtbot, background, "completed")
    for name in ("By", "and also by", "Groups by", "Seen against", "Save this table…"):
        assert find(measure, name).isVisible()

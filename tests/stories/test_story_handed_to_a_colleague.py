"""A follow-up goes to a colleague, who finds it on today's list, late first, and calls."""

from datetime import timedelta

import pytest
import walk_in
from clerk import Clerk, Key, Mod
from department import OpenWindow, Paper, Staff
from PySide6.QtWidgets import QApplication, QMenu, QTableView

from intake_app.domain.clock import FixedClock

TASK = "Follow-up, day 7"
NOTE = "Sister says: evenings after six"


def give_to(clerk: Clerk, name: str) -> None:
    """Hand the marked line over, by the keys of the menu."""
    clerk.press("Hand over to…")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        clerk.key(Key.Key_Down)
        if menu.activeAction().text() == name:
            break
    clerk.key(Key.Key_Return)
    clerk.settle()


def mark_line(clerk: Clerk, number: str, what: str) -> None:
    """Go down today's list to a line."""
    table = next(clerk.seen(QTableView))
    model = table.model()
    lines = [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    wanted = next(n for n, line in enumerate(lines) if number in line and what in line)
    clerk.reach(table)
    clerk.key(Key.Key_Home, Mod.ControlModifier)
    for _ in range(wanted):
        clerk.key(Key.Key_Down)
    assert table.currentIndex().row() == wanted


def open_from_today(clerk: Clerk, number: str) -> None:
    """Open the folder at its follow-ups, from today's list."""
    clerk.press("Today")
    clerk.settle()
    mark_line(clerk, number, TASK)
    clerk.key(Key.Key_Return)
    clerk.settle()


def take_and_hand_over(clerk: Clerk, clock: FixedClock) -> str:
    """A walk-in, and its follow-up given away a week later; returns the receipt number."""
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clock.at += timedelta(days=8)
    clerk.press("Today")
    clerk.settle()
    mark_line(clerk, number, TASK)
    give_to(clerk, "J. Lowe")
    clerk.until_reads("J. Lowe does it now.")
    return number


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a menu, offscreen
def test_it_is_handed_over_and_done_from_todays_list(
    open_window: OpenWindow, staff: Staff, clock: FixedClock, printer: Paper
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    number = take_and_hand_over(clerk, clock)
    clerk.conductor.window.close()

    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    lowe.press("Today")
    lowe.settle()
    assert not lowe.reads(walk_in.LAST), "names are hidden"
    lowe.press("Print the list")
    lowe.until(lambda: len(printer.sheets) == 1)
    assert printer.sheets[0].name.endswith("day-2026-12-01.pdf"), "a print job names nobody"

    open_from_today(lowe, number)
    lowe.press(f"Record a try: {TASK}")
    lowe.until_reads("What came of it")
    lowe.key("5")
    lowe.write("Note", NOTE)
    lowe.press("Home")  # somebody is at the door
    open_from_today(lowe, number)
    lowe.until_reads("A call was interrupted. What you typed is kept.")
    lowe.press("Go on with it")
    lowe.until_reads("What came of it")
    assert lowe.reads(NOTE)
    lowe.key("1", Mod.AltModifier)
    lowe.press("Save this try")
    lowe.until_reads("The try is saved.")
    lowe.press("Today")
    lowe.settle()
    with pytest.raises(StopIteration):
        mark_line(lowe, number, TASK)  # it is done

"""The long list: pages are read when they are seen, on the worker; names stay hidden."""

from collections.abc import Sequence

import pytest
from fakes import desk_of, many_rows
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from intake_app.domain.listing import Row
from intake_app.ui.grids.row_model import KEPT_PAGES, PAGE, RowModel
from intake_app.ui.pages.people_page import PeoplePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

ROWS = many_rows(1000)


class Shelf:
    """Rows by key, counting how often it is read."""

    def __init__(self, rows: Sequence[Row] = ROWS) -> None:
        self.rows = {row.n: row for row in rows}
        self.reads = 0

    def read(self, keys: Sequence[int]) -> list[Row]:
        self.reads += 1
        return [self.rows[key] for key in keys if key in self.rows]


def model_of(shelf: Shelf, background: Background) -> RowModel:
    return RowModel(["Number", "Name"], lambda r: (r.number, r.name), shelf.read, background)


@pytest.fixture
def page(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> PeoplePage:
    made = PeoplePage(desk_of("rlowe", ROWS), background, words, theme, NameSwitch())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    qtbot.waitUntil(lambda: not background.is_busy)
    return made


def test_the_model_keeps_qts_rules(
    qtbot: QtBot, qtmodeltester: ModelTester, background: Background
) -> None:
    model = model_of(Shelf(), background)
    model.show_order(list(range(1, 451)))
    qtmodeltester.check(model)
    qtbot.waitUntil(lambda: not background.is_busy)
    qtmodeltester.check(model)


def test_only_pages_that_are_seen_are_read(qtbot: QtBot, background: Background) -> None:
    shelf = Shelf()
    model = model_of(shelf, background)
    model.show_order([row.n for row in ROWS])
    assert model.rowCount() == 1000
    assert model.data(model.index(450, 0)) == "…"
    assert model.data(model.index(451, 0)) == "…"
    with qtbot.waitSignal(model.page_came):
        pass
    assert model.data(model.index(450, 0)) == "PH-26-A00451-K"
    assert shelf.reads == 1


def test_an_answer_for_an_older_order_is_dropped(qtbot: QtBot, background: Background) -> None:
    model = model_of(Shelf(), background)
    model.show_order([1, 2, 3])
    model.data(model.index(0, 0))
    model.show_order([3, 2, 1])
    assert model.data(model.index(0, 0)) == "…"
    with qtbot.waitSignal(model.page_came):
        pass
    qtbot.waitUntil(lambda: not background.is_busy)
    assert model.data(model.index(0, 0)) == "PH-26-A00003-K"


def test_a_row_that_is_gone_since_is_empty(qtbot: QtBot, background: Background) -> None:
    model = model_of(Shelf(ROWS[:2]), background)
    model.show_order([1, 2, 3])
    with qtbot.waitSignal(model.page_came):
        model.data(model.index(0, 0))
    assert model.data(model.index(2, 0)) is None
    assert model.row_at(model.index(2, 0)) is None


def test_memory_stays_bounded(qtbot: QtBot, background: Background) -> None:
    keys = list(range(1, (KEPT_PAGES + 3) * PAGE))
    model = model_of(Shelf(many_rows(len(keys))), background)
    model.show_order(keys)
    for page in range(KEPT_PAGES + 3):
        model.data(model.index(page * PAGE, 0))
    qtbot.waitUntil(lambda: not background.is_busy)
    assert len(model._pages) == KEPT_PAGES


def test_row_heights_are_fixed_because_qt_would_measure_them_all(page: PeoplePage) -> None:
    header = page.table.verticalHeader()
    assert header.sectionResizeMode(0) is QHeaderView.ResizeMode.Fixed


def test_names_are_hidden_until_they_are_shown(page: PeoplePage) -> None:
    name = page.model.index(0, 1)
    assert page.model.data(name) == "•••"
    assert "Names are hidden" in page.count.text()
    page._names.turn(True)
    assert page.model.data(name) == "Whitfield, Jordan"


def test_enter_and_double_click_open_a_row(qtbot: QtBot, page: PeoplePage) -> None:
    page.table.setCurrentIndex(page.model.index(2, 0))
    record = page.model.row_at(page.model.index(2, 0))
    assert record is not None
    with qtbot.waitSignal(page.record_asked) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [record.record]
    with qtbot.waitSignal(page.record_asked):
        page.table.doubleClicked.emit(page.model.index(1, 0))
    page._on_opened(QModelIndex())


def test_searching_shows_what_was_found_and_emptying_shows_all(
    qtbot: QtBot, page: PeoplePage
) -> None:
    with qtbot.waitSignal(page.listed) as listed:
        qtbot.keyClicks(page.field, "ph-26-a00017")
        qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert listed.args == [1]
    with qtbot.waitSignal(page.listed):
        page.refresh()
    page.field.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1000)


def test_the_order_can_be_chosen(qtbot: QtBot, page: PeoplePage) -> None:
    with qtbot.waitSignal(page.listed):
        page.order.setCurrentIndex(1)
        page.order.activated.emit(1)

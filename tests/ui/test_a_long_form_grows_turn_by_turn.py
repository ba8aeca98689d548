"""A long form is made a few questions at a turn; nothing of it is lost before it is whole."""

from itertools import pairwise

import pytest
from form_driver import find
from form_fakes import CLOCK, PlainGuide, both, form_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Field, FieldType, Section
from intake_app.ui.form import growth
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.form_view import FormView
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

MANY = 12
LONG = Section(
    "long", both("A long step"),
    tuple(Field(f"q{n}", FieldType.TEXT, both(f"Question {n}"), is_required=n == MANY - 1,
                is_later=n in (3, 7)) for n in range(MANY)),
)  # fmt: skip
LATER = ("q3", "q7")


@pytest.fixture
def setting(theme: Theme, words: Words) -> Setting:
    return Setting(words, theme, CLOCK)


@pytest.fixture(autouse=True)
def one_question_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it does not hang on how quick this machine is."""
    monkeypatch.setattr(growth, "TURN", 0.0)


def a_page(qtbot: QtBot, setting: Setting, answers: dict[str, str]) -> tuple[QWidget, FormView]:
    """A form with a button under it, on the screen."""
    view = FormView(LONG, PlainGuide(form_of(LONG)), AnswerSheet(dict(answers)), setting)
    page = QWidget()
    lines = QVBoxLayout(page)
    lines.addWidget(scrolled(view))
    lines.addWidget(named_button("Continue"))
    qtbot.addWidget(page)
    view.destroyed.connect(lambda page=page: None)  # holds the page while the view lives
    page.resize(900, 300)
    page.show()
    return page, view


def standing(view: FormView) -> list[str]:
    return [widget.field.id for widget in view.findChildren(FieldWidget)]


def grown(qtbot: QtBot, view: FormView) -> None:
    qtbot.waitUntil(lambda: len(standing(view)) == MANY)


def tab_order(page: QWidget) -> list[str]:
    found, now = list[str](), page.nextInFocusChain()
    while now is not None and now is not page:
        if now.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(now.accessibleName())
        now = now.nextInFocusChain()
    return found


def test_the_first_question_stands_at_once_and_the_others_follow_by_themselves(
    qtbot: QtBot, setting: Setting
) -> None:
    _page, view = a_page(qtbot, setting, {})
    assert standing(view) == ["q0"]
    widest = list[int]()
    part = view.findChild(growth.Growth)
    assert part is not None
    part.grown.connect(lambda: widest.extend(one.width() for one in view.findChildren(FieldWidget)
                                             if one.isVisible()))  # fmt: skip
    grown(qtbot, view)
    assert 0 < max(widest) <= view.width() / 2, "each has its place before it is painted"
    assert view.later is not None
    shown = [widget.field.id for widget in view.fields.values() if widget.isVisible()]
    assert shown == [field.id for field in LONG.fields if field.id not in LATER]


def test_tab_goes_down_the_form_in_its_order_and_then_below_it(
    qtbot: QtBot, setting: Setting
) -> None:
    page, view = a_page(qtbot, setting, {})
    grown(qtbot, view)
    asked = [f"Question {n}" for n in range(MANY) if f"q{n}" not in LATER]
    later = ["The coordinator asks later", "Question 3", "Question 7"]
    assert tab_order(page) == [*asked, *later, "Continue"]


def test_who_asks_for_a_question_that_does_not_stand_yet_gets_it_with_its_answer(
    qtbot: QtBot, setting: Setting
) -> None:
    page, view = a_page(qtbot, setting, {"q9": "kept", "q7": "too"})
    assert standing(view) == ["q0"]
    assert view.fields["q9"].value() == "kept"
    assert find(page, "Question 7").isVisible(), "a given answer unfolds what can wait"
    assert view.problems()[0].field == f"q{MANY - 1}"


def test_a_form_that_is_checked_at_once_misses_nothing_and_goes_to_the_last_question(
    qtbot: QtBot, setting: Setting
) -> None:
    page, view = a_page(qtbot, setting, {})
    qtbot.waitUntil(page.isActiveWindow)
    assert not view.check()
    last = view.fields[f"q{MANY - 1}"]
    assert last.shown_problem
    assert last.findChild(QLineEdit) is page.focusWidget()


def test_what_is_typed_while_it_grows_stays(qtbot: QtBot, setting: Setting) -> None:
    _page, view = a_page(qtbot, setting, {})
    changes = list[str]()
    view.changed.connect(lambda: changes.append("changed"))
    first = view.findChildren(FieldWidget)[0].findChildren(QLineEdit)[0]
    qtbot.keyClicks(first, "Rosa")
    grown(qtbot, view)
    assert view.fields["q0"].value() == "Rosa"
    assert len(changes) == len("Rosa"), "what is made changes no answer"


def test_it_looks_as_if_it_had_been_made_at_once(
    qtbot: QtBot, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page, by_turns = a_page(qtbot, setting, {})
    grown(qtbot, by_turns)
    monkeypatch.setattr(growth, "TURN", 60.0)
    _other, at_once = a_page(qtbot, setting, {})
    assert len(at_once.fields) == MANY

    def places(view: FormView) -> list[tuple[QPoint, int, int]]:
        shown = (one for one in view.fields.values() if one.isVisible())
        return [(one.mapTo(view, QPoint()), one.width(), one.height()) for one in shown]

    qtbot.waitUntil(lambda: places(by_turns) == places(at_once))
    tops = [place.y() for place, _, _ in places(by_turns)]
    assert all(above <= below for above, below in pairwise(tops))
    assert tops[-1] > 300, "negative control: it is longer than the page"


def test_a_step_that_was_left_makes_nothing_more(qtbot: QtBot, setting: Setting) -> None:
    _page, left = a_page(qtbot, setting, {})
    left.leave()
    _other, stays = a_page(qtbot, setting, {})
    grown(qtbot, stays)
    assert standing(left) == ["q0"]

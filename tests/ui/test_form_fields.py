"""Each kind of question by real keys: what is typed becomes the value that the form file says."""

import pytest
from form_fakes import CLOCK, EVERY_TYPE, both, choices
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Choice, Field, FieldType
from intake_app.ui.form.choice_fields import ChoiceField, ListField, YesNoField
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.person_fields import PersonField, ProviderField
from intake_app.ui.form.ranked_field import RankedField
from intake_app.ui.form.rows_field import ROW, RowsField
from intake_app.ui.form.setting import Setting, Suggestion
from intake_app.ui.form.signature_field import SignatureField
from intake_app.ui.form.statement_field import StatementField
from intake_app.ui.form.typed_fields import DateField, DateTimeField, NumberField, TypedField
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

VALUES = {
    "name": "Rosa", "last": "O'Brien & Sons", "born": "1991-04-17", "phone": "+13045550142",
    "story": "two\nlines", "way": "information_only", "county": "county_7", "danger": "declined",
    "wants": ["food", "a_ride"], "ranked": ["family", "housing"],
    "seen": "2026-11-23T14:40:00+00:00", "amount": {"amount": 12.5, "unit": "oz"}, "owed": 125050,
    "friend": {"name": "Ana", "role": "Sister", "phone": "+13045550199"},
    "provider": {"id": "p1", "name": "Hope House"},
    "calls": [{ROW: "r1", "who": "Hope House", "answer": "no"}],
    "words": {"read": True, "version": "2026-1", "at": "2026-11-23T19:41:00+00:00"},
    "signed": {"how": "drawn", "name": "Rosa", "strokes": [[[0.1, 0.2], [0.5, 0.6]]],
               "at": "2026-11-23T19:41:00+00:00"},
}  # fmt: skip


@pytest.fixture
def setting(theme: Theme, words: Words) -> Setting:
    return Setting(words, theme, CLOCK, born="born")


def made(qtbot: QtBot, field: Field | str, setting: Setting) -> FieldWidget:
    if isinstance(field, str):
        field = next(f for f in EVERY_TYPE.fields if f.id == field)
    widget = make_field(field, setting)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize("ident", list(VALUES))
def test_an_answer_that_is_shown_is_given_back_as_it_was(
    ident: str, qtbot: QtBot, setting: Setting
) -> None:
    widget = made(qtbot, ident, setting)
    assert widget.value() is None
    with qtbot.assertNotEmitted(widget.changed):
        widget.set_value(VALUES[ident])
    assert widget.value() == VALUES[ident]
    widget.set_value(None)
    assert widget.value() is None


def test_every_kind_of_question_has_a_widget() -> None:
    assert {field.type for field in EVERY_TYPE.fields} == set(FieldType)


@pytest.mark.parametrize("field", EVERY_TYPE.fields, ids=lambda field: field.id)
def test_the_label_is_the_name_that_a_screen_reader_says(
    field: Field, qtbot: QtBot, setting: Setting
) -> None:
    widget = made(qtbot, field, setting)
    label = field.label.said_in("en")
    named = [w for w in widget.findChildren(QWidget) if w.accessibleName() == label]
    told = [QAccessible.queryAccessibleInterface(w) for w in named]
    assert label in {t.text(QAccessible.Text.Name) for t in told if t is not None}


def test_a_date_is_typed_as_people_write_it_and_said_with_its_weekday(
    qtbot: QtBot, setting: Setting
) -> None:
    widget = made(qtbot, "born", setting)
    assert isinstance(widget, DateField)
    qtbot.keyClicks(widget.edit, "april 17 91")
    assert widget.value() == "1991-04-17"
    assert widget.echo.text() == "Wednesday, April 17, 1991"


def test_what_cannot_be_read_is_no_answer_and_stays(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "born", setting)
    assert isinstance(widget, TypedField)
    qtbot.keyClicks(widget.edit, "17/4/1991")
    assert widget.value() is None
    assert widget.typed() == "17/4/1991"
    assert "no such day" in widget.complaint()
    again = made(qtbot, "born", setting)
    again.set_typed(widget.typed())
    assert again.complaint() == widget.complaint()


def test_a_birth_date_in_the_future_is_refused_and_another_date_is_not(
    qtbot: QtBot, setting: Setting
) -> None:
    widget = made(qtbot, "born", setting)
    other = made(qtbot, Field("when", FieldType.DATE, both("When")), setting)
    for each in (widget, other):
        assert isinstance(each, TypedField)
        qtbot.keyClicks(each.edit, "12/1/2026")
    assert "future" in widget.complaint()
    assert other.value() == "2026-12-01"


def test_now_fills_in_the_moment(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "seen", setting)
    assert isinstance(widget, DateTimeField)
    qtbot.keyClick(widget.now, Qt.Key.Key_Space)
    assert widget.value() == "2026-11-23T19:41:00+00:00"


def test_a_unit_may_be_typed_or_chosen(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "amount", setting)
    assert isinstance(widget, NumberField)
    qtbot.keyClicks(widget.edit, "3 oz")
    assert widget.value() == {"amount": 3, "unit": "oz"}
    widget.edit.setText("4")
    assert widget.value() == {"amount": 4, "unit": "g"}


def test_a_unit_is_chosen_and_typed_in_the_language_of_the_window(
    qtbot: QtBot, theme: Theme
) -> None:
    words = {"doses": both("doses", "dosis")}
    field = Field("a", FieldType.NUMBER, both("How much"), units=("g", "doses"), unit_words=words)
    widget = made(qtbot, field, Setting(Words("es"), theme, CLOCK))
    assert isinstance(widget, NumberField)
    assert widget.unit is not None
    widget.set_value({"amount": 3, "unit": "doses"})
    assert (widget.edit.text(), widget.unit.currentText()) == ("3", "dosis")
    assert widget.value() == {"amount": 3, "unit": "doses"}
    widget.edit.clear()
    qtbot.keyClicks(widget.edit, "4 dosis")
    assert widget.value() == {"amount": 4, "unit": "doses"}
    widget.edit.clear()
    qtbot.keyClicks(widget.edit, "4 libras")
    assert widget.complaint() == "Añada la unidad después del número: g, dosis."


def test_a_digit_chooses_and_delete_takes_the_answer_back(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "way", setting)
    assert isinstance(widget, ChoiceField)
    first = widget.buttons["for_myself"]
    with qtbot.waitSignal(widget.changed):
        qtbot.keyClicks(first, "3")
    assert widget.value() == "information_only"
    with qtbot.waitSignal(widget.changed):
        qtbot.keyClick(widget.buttons["information_only"], Qt.Key.Key_Delete)
    assert widget.value() is None


def test_many_choices_stand_in_a_list_and_few_are_all_shown(qtbot: QtBot, setting: Setting) -> None:
    assert isinstance(made(qtbot, "county", setting), ListField)
    assert isinstance(made(qtbot, "way", setting), ChoiceField)


@pytest.mark.parametrize("count", [3, 12])
def test_a_retired_choice_is_shown_only_where_it_was_chosen(
    count: int, qtbot: QtBot, setting: Setting
) -> None:
    old = Choice("old", both("An old name"), is_retired=True)
    offered = choices(*(f"Choice {n}" for n in range(count)))
    field = Field("f", FieldType.CHOICE, both("Pick"), choices=(*offered, old))
    fresh, chosen = made(qtbot, field, setting), made(qtbot, field, setting)
    chosen.set_value("old")
    assert chosen.value() == "old"
    assert "An old name" not in _offers(fresh)
    assert "An old name" in _offers(chosen)


def _offers(widget: FieldWidget) -> list[str]:
    if isinstance(widget, ListField):
        return [widget.list.itemText(n) for n in range(widget.list.count())]
    return [button.accessibleName() for button in widget.findChildren(QRadioButton)]


def test_two_yes_no_questions_are_told_apart_from_outside(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "danger", setting)
    assert isinstance(widget, YesNoField)
    told = QAccessible.queryAccessibleInterface(widget.buttons["yes"])
    assert told.text(QAccessible.Text.Name) == "Yes"
    assert told.text(QAccessible.Text.Description) == "Very sick or in danger right now?"
    assert QAccessible.queryAccessibleInterface(widget.box).role() == QAccessible.Role.Grouping


def test_ranking_goes_by_keyboard_alone(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "ranked", setting)
    assert isinstance(widget, RankedField)
    for ident in ("family", "housing", "work"):
        qtbot.keyClick(widget.rows[ident].tick, Qt.Key.Key_Space)
    assert widget.value() == ["family", "housing", "work"]
    qtbot.keyClick(widget.rows["work"].up, Qt.Key.Key_Space)
    assert widget.value() == ["family", "work", "housing"]
    qtbot.keyClick(widget.rows["family"].tick, Qt.Key.Key_Space)
    assert widget.value() == ["work", "housing"]
    assert widget.rows["work"].tick.accessibleDescription() == "Number 1 of 2"


def test_rows_are_added_filled_and_removed_by_keys(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "calls", setting)
    assert isinstance(widget, RowsField)
    qtbot.keyClick(widget.add, Qt.Key.Key_Space)
    qtbot.keyClick(widget.add, Qt.Key.Key_Space)
    assert widget.value() is None  # a row without an answer is not kept
    for n, text in enumerate(("Hope House", "Serenity")):
        edit = widget.cards[n].fields["who"].findChild(QLineEdit)
        assert edit is not None
        qtbot.keyClicks(edit, text)
    rows = widget.value()
    assert [row["who"] for row in rows] == ["Hope House", "Serenity"]
    assert len({row[ROW] for row in rows}) == 2
    qtbot.keyClick(widget.cards[0].remove, Qt.Key.Key_Space)
    assert [row["who"] for row in widget.value()] == ["Serenity"]


def test_an_unreadable_cell_of_a_row_is_kept(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "calls", setting)
    assert isinstance(widget, RowsField)
    qtbot.keyClick(widget.add, Qt.Key.Key_Space)
    cell = widget.cards[0].fields["when"]
    assert isinstance(cell, TypedField)
    qtbot.keyClicks(cell.edit, "soon")
    again = made(qtbot, "calls", setting)
    again.set_value(widget.value())
    again.set_typed(widget.typed())
    assert again.complaint() == widget.complaint() != ""


def test_a_signature_is_drawn_with_the_mouse_and_its_time_is_kept(
    qtbot: QtBot, setting: Setting
) -> None:
    widget = made(qtbot, "signed", setting)
    assert isinstance(widget, SignatureField)
    qtbot.keyClicks(widget.edit, "Rosa")
    qtbot.keyClick(widget.ways["drawn"], Qt.Key.Key_Space)
    assert widget.value() is None  # nothing is drawn yet
    qtbot.mousePress(widget.pad, Qt.MouseButton.LeftButton, pos=QPoint(10, 60))
    qtbot.mouseMove(widget.pad, QPoint(60, 20))
    qtbot.mouseRelease(widget.pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 70))
    given = widget.value()
    assert (given["how"], given["name"]) == ("drawn", "Rosa")
    assert given["at"] == "2026-11-23T19:41:00+00:00"
    assert all(0 <= x <= 1 for stroke in given["strokes"] for point in stroke for x in point)
    qtbot.keyClick(widget.ways["refused"], Qt.Key.Key_Space)
    assert widget.value()["how"] == "refused"
    assert widget.value()["strokes"] == []


def test_a_statement_keeps_which_words_were_read_and_when(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "words", setting)
    assert isinstance(widget, StatementField)
    qtbot.keyClick(widget.tick, Qt.Key.Key_Space)
    assert widget.value() == VALUES["words"]


def test_a_provider_is_suggested_and_any_other_name_is_taken(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    setting = Setting(words, theme, CLOCK, lambda _, done: done([Suggestion("p1", "Hope House")]))
    widget = made(qtbot, "provider", setting)
    assert isinstance(widget, ProviderField)
    qtbot.keyClicks(widget.edit, "Ho")
    assert [button.accessibleName() for button in widget.suggestions] == ["Hope House"]
    qtbot.keyClick(widget.suggestions[0], Qt.Key.Key_Space)
    assert widget.value() == {"id": "p1", "name": "Hope House"}
    assert widget.suggestions == []
    qtbot.keyClicks(widget.edit, " annex")
    assert widget.value() == {"id": "", "name": "Hope House annex"}


def test_a_problem_is_an_icon_words_a_border_and_is_told(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "name", setting)
    widget.problem("Enter the first name.")
    edit = widget.findChild(QLineEdit)
    assert edit is not None
    assert edit.property("bad") is True
    assert "Enter the first name." in edit.accessibleDescription()
    qtbot.keyClicks(edit, "R")
    assert widget.shown_problem == ""
    assert edit.property("bad") is False


def test_a_person_needs_a_phone_that_can_be_read(qtbot: QtBot, setting: Setting) -> None:
    widget = made(qtbot, "friend", setting)
    assert isinstance(widget, PersonField)
    qtbot.keyClicks(widget.edits["name"], "Ana")
    qtbot.keyClicks(widget.edits["phone"], "55")
    assert widget.complaint()
    assert widget.value() == {"name": "Ana", "role": "", "phone": ""}

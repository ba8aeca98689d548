"""A whole form by keys, knowing the form file alone; hiding, showing, and what is to be fixed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from form_driver import NotThere, answer, find, press
from form_fakes import CLOCK, EVERY_TYPE, PlainGuide, both, choices, form_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Answers, Field, FieldType, Problem, Section
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.form_view import FormView
from intake_app.ui.form.problem_words import with_question
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def setting(theme: Theme, words: Words) -> Setting:
    return Setting(words, theme, CLOCK, born="born")


@pytest.fixture
def twice_as_large(qapp: QApplication, dressed: Theme) -> Iterator[Theme]:
    large = themes.make_theme(scale=2.0)
    themes.apply(qapp, large)
    yield large
    themes.apply(qapp, dressed)


def view_of(
    qtbot: QtBot, section: Section, guide: PlainGuide, setting: Setting,
    sheet: AnswerSheet | None = None,
) -> FormView:  # fmt: skip
    view = FormView(section, guide, sheet or AnswerSheet(), setting)
    page = scrolled(view)
    qtbot.addWidget(page)
    view.destroyed.connect(lambda page=page: None)  # holds the page while the view lives
    page.resize(1100, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return view


def test_a_whole_form_is_filled_in_spanish_at_200_percent_by_its_labels(
    qtbot: QtBot, twice_as_large: Theme
) -> None:
    sheet, spanish = AnswerSheet(), Setting(Words("es"), twice_as_large, CLOCK, born="born")
    view = view_of(qtbot, EVERY_TYPE, PlainGuide(form_of(EVERY_TYPE)), spanish, sheet)
    press_add = spanish.words.text("Add row")
    for field in EVERY_TYPE.fields:
        answer(view, field, "es", add_row=press_add)
    assert set(sheet.answers) == {field.id for field in EVERY_TYPE.fields}
    assert not sheet.typed
    assert view.check()


def test_the_filler_refuses_a_control_that_has_lost_its_name(
    qtbot: QtBot, setting: Setting
) -> None:
    """Negative control: without the name nothing is found."""
    view = view_of(qtbot, EVERY_TYPE, PlainGuide(form_of(EVERY_TYPE)), setting)
    find(view, "First name").setAccessibleName("")
    with pytest.raises(NotThere):
        answer(view, EVERY_TYPE.fields[0], "en")


def test_nothing_is_wider_than_the_page_at_200_percent(qtbot: QtBot, twice_as_large: Theme) -> None:
    setting = Setting(Words("es"), twice_as_large, CLOCK)
    view = view_of(qtbot, EVERY_TYPE, PlainGuide(form_of(EVERY_TYPE)), setting)
    view.check()
    assert view.minimumSizeHint().width() <= 1100
    visible = [w for w in view.findChildren(QWidget) if w.isVisible()]
    clipped = [w for w in visible if w.mapTo(view, w.rect().topRight()).x() > view.width()]
    assert clipped == []


def two_questions() -> tuple[Section, PlainGuide]:
    section = Section("s", both("Drugs"), (
        Field("uses", FieldType.YES_NO, both("Do you use anything?")),
        Field("what", FieldType.TEXT, both("What?"), is_required=True),
    ))  # fmt: skip
    return section, PlainGuide(form_of(section), {"what": lambda a: a.get("uses") == "yes"})


def test_a_question_comes_and_goes_with_the_answer_it_hangs_on_and_keeps_its_own(
    qtbot: QtBot, setting: Setting
) -> None:
    section, guide = two_questions()
    sheet = AnswerSheet()
    view = view_of(qtbot, section, guide, setting, sheet)
    assert not view.fields["what"].isVisible()
    uses = find(view, "Yes")
    qtbot.keyClick(uses, Qt.Key.Key_Space)
    assert view.fields["what"].isVisible()
    qtbot.keyClicks(find(view, "What?"), "wine")
    qtbot.keyClicks(uses, "2")
    assert not view.fields["what"].isVisible()
    assert sheet.answers == {"uses": "no", "what": "wine"}
    assert guide.kept(sheet.answers) == {"uses": "no"}
    assert view.check()


@pytest.mark.parametrize(
    ("question", "told", "named"),
    [
        ("Who is this for?", "Choose one answer.", "Who is this for? Choose one answer."),
        ("Done together", "Choose one or more.", "Done together: Choose one or more."),
        ("First name", "Answer: First name", "Answer: First name"),
        ("", "Choose one answer.", "Choose one answer."),
    ],
)
def test_a_problem_away_from_its_question_names_it(question: str, told: str, named: str) -> None:
    assert with_question(question, told, Words("en")) == named


def test_two_alike_problems_are_told_apart_in_the_summary(qtbot: QtBot, setting: Setting) -> None:
    section = Section("s", both("Drugs"), (
        Field("uses", FieldType.YES_NO, both("Do you use anything?")),
        Field("now", FieldType.YES_NO, both("Do you want help now?")),
    ))  # fmt: skip
    view = view_of(qtbot, section, PlainGuide(form_of(section)), setting)
    alike = both("Choose one answer.")
    view.show_problems([Problem("uses", alike, "s"), Problem("now", alike, "s")])
    assert [link.text() for link in view.summary.links] == [
        "Do you use anything? Choose one answer.", "Do you want help now? Choose one answer.",
    ]  # fmt: skip


def test_the_summary_stands_on_top_and_the_first_bad_question_has_the_cursor(
    qtbot: QtBot, setting: Setting
) -> None:
    view = view_of(qtbot, EVERY_TYPE, PlainGuide(form_of(EVERY_TYPE)), setting)
    view.fields["born"].set_typed("17/4/1991")
    assert not view.check()
    assert view.summary.text == "4 things to fix before you continue"
    assert view.summary.y() < view.fields["name"].mapTo(view, view.rect().topLeft()).y()
    assert QApplication.focusWidget() is find(view, "First name")
    way = next(link for link in view.summary.links if "Who is this for?" in link.accessibleName())
    qtbot.keyClick(way, Qt.Key.Key_Space)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert view.fields["way"].isAncestorOf(focused)


def test_a_problem_inside_a_row_stands_at_its_cell(qtbot: QtBot, setting: Setting) -> None:
    sheet = AnswerSheet({"calls": [{"~row": "r1", "answer": "no"}]})
    view = view_of(qtbot, EVERY_TYPE, PlainGuide(form_of(EVERY_TYPE)), setting, sheet)
    view.check()
    cell = view.fields["calls"].cards[0].fields["who"]  # pyright: ignore[reportAttributeAccessIssue]
    assert cell.shown_problem == "Answer: Called"


def test_questions_for_later_are_folded_away_until_asked_for(
    qtbot: QtBot, setting: Setting
) -> None:
    later = replace(EVERY_TYPE.fields[1], id="later", is_later=True, is_required=False)
    section = Section("s", both("S"), (EVERY_TYPE.fields[0], later))
    view = view_of(qtbot, section, PlainGuide(form_of(section)), setting)
    assert not view.fields["later"].isVisible()
    press(view, "The coordinator asks later")
    assert view.fields["later"].isVisible()


def test_an_answer_from_the_start_unfolds_nothing_but_a_given_one_does(
    qtbot: QtBot, setting: Setting
) -> None:
    later = replace(EVERY_TYPE.fields[1], id="later", is_later=True, is_required=False)
    section = Section("s", both("S"), (EVERY_TYPE.fields[0], later))

    class WithDefault(PlainGuide):
        def defaults(self) -> Answers:
            return {"later": "no"}

    for given, is_open in (("no", False), ("yes", True)):
        sheet = AnswerSheet({"later": given})
        view = view_of(qtbot, section, WithDefault(form_of(section)), setting, sheet)
        assert view.fields["later"].isVisible() is is_open


def test_an_officer_reads_that_it_can_wait(qtbot: QtBot, setting: Setting) -> None:
    later = replace(EVERY_TYPE.fields[1], id="later", is_later=True, is_required=False)
    section = Section("s", both("S"), (EVERY_TYPE.fields[0], later))
    form = replace(form_of(section), pathway="officer_intervention")
    view = view_of(qtbot, section, PlainGuide(form), setting)
    press(view, "If there is time")
    assert view.fields["later"].isVisible()


def test_what_the_program_answers_itself_is_not_on_the_screen(
    qtbot: QtBot, setting: Setting
) -> None:
    field = Field("s", FieldType.TEXT, both("Station"), who="S")
    section = Section("s", both("S"), (EVERY_TYPE.fields[0], field))
    view = view_of(qtbot, section, PlainGuide(form_of(section)), setting)
    assert list(view.fields) == ["name"]


def test_two_questions_of_one_page_may_offer_the_same_words(qtbot: QtBot, setting: Setting) -> None:
    section = Section("s", both("S"), tuple(
        Field(n, FieldType.CHOICE, both(f"Question {n}"), choices=choices("Yes", "No"))
        for n in "ab"
    ))  # fmt: skip
    sheet = AnswerSheet()
    view = view_of(qtbot, section, PlainGuide(form_of(section)), setting, sheet)
    answer(view, section.fields[1], "en")
    assert sheet.answers == {"b": "yes"}

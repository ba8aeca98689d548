"""Check eligibility with no record: what the desk needs to answer an officer by radio."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from case_desk import case_desk
from form_driver import find, group, press, shown, write
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.act import Act
from intake_app.domain.ids import new_record_id
from intake_app.services.case.offers import offers
from intake_app.services.desk import Desk
from intake_app.services.records.writing import create
from intake_app.ui.form.choice_fields import ListField
from intake_app.ui.form.rows_field import RowsField
from intake_app.ui.pages.eligibility_page import EligibilityPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[[Desk], EligibilityPage]


@pytest.fixture
def desk(tmp_path: Path, background: Background) -> Iterator[Desk]:
    made = case_desk(tmp_path, background)
    yield made
    background.run_and_wait(made.cases_file.close)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.fixture
def open_page(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Open:
    def opened(desk: Desk) -> EligibilityPage:
        page = EligibilityPage(desk, background, words, theme)
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        with qtbot.waitSignal(page.judged):
            page.refresh()
        return page

    return opened


def choose_offense(page: EligibilityPage, ident: str) -> None:
    rows = page.fields["offenses"]
    assert isinstance(rows, RowsField)
    picker = rows.cards[0].fields["offense"]
    assert isinstance(picker, ListField)
    picker.list.setFocus()
    while picker.value() != ident:
        before = picker.list.currentIndex()
        QTest.keyClicks(picker.list, " ") if before < 0 else picker.list.setCurrentIndex(before + 1)
        assert picker.list.currentIndex() > before


def told(page: EligibilityPage, program: str = "plain_diversion") -> list[str]:
    return page.verdicts[program].sentences


def settle(qtbot: QtBot, page: EligibilityPage, program: str, word: str) -> None:
    """Wait until what was typed has been judged."""
    qtbot.waitUntil(lambda: page.verdicts[program].chip.text() == word)


def test_from_no_answer_to_a_verdict_as_it_is_typed(
    qtbot: QtBot, desk: Desk, open_page: Open
) -> None:
    page = open_page(desk)
    assert told(page)[0].startswith("Cannot tell yet: missing Offense")
    choose_offense(page, "possession")
    qtbot.waitUntil(lambda: "Weight or number of the drug" in told(page)[0])
    write(page, "Weight or number of the drug", "7")
    settle(qtbot, page, "plain_diversion", "Speaks against")
    assert any(
        line.startswith("Presumptively ineligible because more than 6") for line in told(page)
    )
    weight = page.fields["drug_weight"]
    weight.set_value({"amount": 5, "unit": "g"})
    for name, label in (("has_risk", "No"), ("has_victim", "No")):
        press(group(page, page.fields[name].name), label)
    settle(qtbot, page, "plain_diversion", "Cannot tell yet")


def test_questions_come_and_go_and_no_one_is_named(
    qtbot: QtBot, desk: Desk, open_page: Open
) -> None:
    page = open_page(desk)
    assert page.fields["weapon"].isHidden()
    press(group(page, page.fields["has_risk"].name), "Yes")
    qtbot.waitUntil(lambda: not page.fields["weapon"].isHidden())
    names = {"last_name", "first_name", "date_of_birth", "probable_cause", "address", "phone"}
    assert not names & page.fields.keys()
    victims = page.fields.get("victims")
    columns = {c.id for c in victims.field.columns} if victims else set[str]()
    assert "victim_name" not in columns


def test_two_programs_differ_and_the_one_that_fits_is_chosen(
    qtbot: QtBot, tmp_path: Path, background: Background, open_page: Open, desk: Desk
) -> None:
    forms = tmp_path / "forms"
    (forms / "programs").mkdir(parents=True)
    (forms / "officer_intervention.toml").write_text(RANDOM_FORM, encoding="utf-8")
    for name, limit in (("low", 5), ("high", 50)):
        text = RANDOM_PROGRAM.format(name=name, limit=limit)
        (forms / "programs" / f"{name}.toml").write_text(text, encoding="utf-8")
    other = case_desk(tmp_path, background, "lbrandt", forms)
    page = open_page(replace(other, cases=None))
    write(page, "How many zorps", "20")
    write(page, "Age in years", "30")
    settle(qtbot, page, "high", "Fits so far")
    settle(qtbot, page, "low", "Speaks against")
    assert page.program.currentData() == "high"
    assert "Presumptively ineligible because too many zorps for low." in told(page, "low")


def test_an_intake_begins_with_the_answers(qtbot: QtBot, desk: Desk, open_page: Open) -> None:
    page = open_page(desk)
    choose_offense(page, "shoplifting")
    with qtbot.waitSignal(page.case_asked) as asked:
        press(page, "Officer intervention")
    form, answers = asked.args or ("", {})
    assert form == "plain_diversion"
    assert answers["offenses"][0]["offense"] == "shoplifting"
    assert "age" not in answers


def test_not_offered_keeps_the_offense(
    qtbot: QtBot, desk: Desk, open_page: Open, background: Background
) -> None:
    page = open_page(desk)
    choose_offense(page, "shoplifting")
    press(page, "Not offered")
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert page.dialog is not None
    with qtbot.waitSignal(page.dialog.saved):
        QTest.keyClicks(page.dialog, "8")
    (entry,) = background.run_and_wait(lambda: offers(desk, ""))
    assert (entry.reason, entry.about.offense, entry.about.offense_group) == (
        "offense_type", "shoplifting", "23C",
    )  # fmt: skip
    page.dialog.close()


def test_the_desk_can_answer_and_begins_no_case(
    tmp_path: Path, background: Background, open_page: Open
) -> None:
    for user in ("mhale", "lbrandt"):
        page = open_page(case_desk(tmp_path, background, user))
        names = {w.accessibleName() for w in shown(page) if isinstance(w, QPushButton)}
        assert not names & {"Officer intervention", "Not offered", "Look for earlier cases"}
        assert page.verdicts


def test_earlier_cases_are_counted_and_answered_for(
    qtbot: QtBot, desk: Desk, open_page: Open, background: Background
) -> None:
    def keep() -> None:
        fields = {
            "last_name": "Whitfield", "first_name": "Jordan", "date_of_birth": "1991-04-17",
            "~facts": {"last_name": "last_name", "first_name": "first_name",
                       "born": "date_of_birth"},
        }  # fmt: skip
        file = desk.cases_file
        change = create(file, desk.person.id, "intake", new_record_id(), fields)
        file.apply([change], Act(desk.person.id, "finish intake"))

    background.run_and_wait(keep)
    page = open_page(desk)
    press(page, "Look for earlier cases")
    assert page.earlier.said.text.startswith("Enter last name")
    write(page, "Last name", "Whitfield")
    write(page, "First name", "Jordan")
    write(page, "Date of birth", "4/17/1991")
    with qtbot.waitSignal(page.earlier.counted) as counted:
        press(page, "Look for earlier cases")
    assert counted.args == [1]
    assert page.answers()["earlier_here"] == {"amount": 1, "unit": ""}
    with qtbot.waitSignal(page.refreshed):
        press(page, "Start over")
    assert page.answers() == {}
    assert find(page, "Last name").property("text") == ""


def test_every_control_has_a_name(desk: Desk, open_page: Open) -> None:
    page = open_page(desk)
    controls = (*page.findChildren(QPushButton), *page.findChildren(QComboBox))
    assert all(c.accessibleName() for c in controls if c.isVisible())
    assert page.verdicts["plain_diversion"].accessibleName().startswith("Pine Hollow Diversion: ")
    assert any(label.text() == "Check eligibility" for label in page.findChildren(QLabel))


RANDOM_FORM = """[form]
id = "officer_intervention"
pathway = "officer_intervention"
version = "1"
title = { en = "Officer intervention" }
[facts]
born = "hatched"
[terms]
report_hours = 72
complete_days = 90
[[sections]]
id = "s"
title = { en = "S" }
[[sections.fields]]
id = "hatched"
type = "date"
label = { en = "Hatched" }
[[sections.fields]]
id = "zorps"
type = "number"
label = { en = "How many zorps" }
[[sections.fields]]
id = "unread"
type = "text"
label = { en = "Read by no rule" }
"""
RANDOM_PROGRAM = """[program]
id = "{name}"
pathway = "officer_intervention"
version = "1"
name = {{ en = "{name}" }}
[[rules]]
id = "many"
force = "presumptive"
when = 'zorps.amount > {limit}.0 || age < 18'
message = {{ en = "Too many zorps for {name}." }}
"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_fits_a_small_laptop_in_large_text(
    qtbot: QtBot, qapp: QApplication, desk: Desk, background: Background, theme: Theme,
    language: str,
) -> None:  # fmt: skip
    large = themes.make_theme(scale=2.0)
    themes.apply(qapp, large)
    page = EligibilityPage(desk, background, Words(language), large)
    qtbot.addWidget(page)
    least = page.minimumSizeHint().width()  # before anything is read: a window never shrinks back
    with qtbot.waitSignal(page.judged):
        page.refresh()
    least = max(least, page.minimumSizeHint().width())
    themes.apply(qapp, theme)
    assert least <= 1366 - large.px(56)  # beside the rail

"""The first start and the set-up pages."""

from datetime import date
from pathlib import Path

import pytest
from fakes import FakeGate
from form_driver import press
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import PrintFailed, VaultExists, WeakPassphrase
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import PassphraseCommon
from intake_app.settings.look import Look
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.set_up_page import SetUpPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.logo import MOST_PIXELS
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import typed_day
from intake_app.ui.set_up.people import PersonCard
from intake_app.words import Words

PHRASE = "river lamp copper nine"


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate(has_one=False)


@pytest.fixture
def page(
    qtbot: QtBot, gate: FakeGate, background: Background, words: Words, theme: Theme
) -> SetUpPage:
    made = SetUpPage(gate, background, words, theme, [("no_arrest", "Ours"), ("plain", "Plain")])
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def fill(card: PersonCard, name: str, user: str) -> None:
    card.shown_name.setText(name)
    card.user_name.setText(user)
    card.passphrase.setText(PHRASE)
    card.again.setText(PHRASE)


def fill_department(page: SetUpPage) -> None:
    page.department.name.setText("Pine Hollow Police Department")
    page.department.phone.setText("(304) 555-0100")
    page.department.prefix.setText("ph")
    page.department.address.setPlainText("12 Main Street\n\nPine Hollow, WV")


def reach_last_but_one(page: SetUpPage) -> None:
    fill_department(page)
    page.go_on.click()
    fill(page.leaders.administrator, "K. Ames", "kames")
    fill(page.leaders.coordinator, "R. Lowe", "rlowe")
    page.go_on.click()
    fill(page.further.card, "M. Hale", "mhale")
    page.further.add.click()
    page.go_on.click()
    page.go_on.click()


def test_the_whole_way_makes_a_department_and_shows_its_cards(
    qtbot: QtBot, page: SetUpPage, gate: FakeGate
) -> None:
    reach_last_but_one(page)
    page.cards.two_of_three.setChecked(True)
    page.policy.statement.setCurrentIndex(1)
    page.policy.signed.setText("10/5/2026")
    page.go_on.click()
    qtbot.waitUntil(lambda: page.step == 5)
    asked = gate.made[0]
    assert asked.agency.name == "Pine Hollow Police Department"
    assert asked.agency.prefix == "PH"
    assert asked.agency.address == ("12 Main Street", "Pine Hollow, WV")
    assert asked.agency.warrant_policy == "never"
    assert (asked.agency.no_arrest_text, asked.agency.no_arrest_signed) == ("plain", "2026-10-05")
    assert [(p.user_name, p.roles) for p in asked.people] == [
        ("kames", {Role.ADMINISTRATOR}), ("rlowe", {Role.COORDINATOR}),
        ("mhale", {Role.FRONT_DESK}),
    ]  # fmt: skip
    assert asked.read_walk_ins == ("rlowe", "mhale")
    assert asked.card_plan == "two_of_three"
    assert PHRASE not in repr(asked)
    prints = [b for b in page.findChildren(QPushButton) if b.text().startswith("Print card")]
    assert len(prints) == 3
    with qtbot.waitSignal(page.print_asked) as asked_to_print:
        prints[1].click()
    assert asked_to_print.args == [b"%PDF-1.7 card", 2]
    assert not page.put_away.isEnabled()
    page.note_out(2)
    page.refuse_card(PrintFailed())
    assert "save it" in page.last.error.text
    with qtbot.waitSignal(page.save_asked):
        press(page, "Save card 1 as a file")
    page.note_out(1)
    assert not page.put_away.isEnabled()  # card 3 is neither out nor left out
    press(page, "Do without card 3; I know that it cannot be made later")
    assert page.put_away.isEnabled()
    assert not page.go_on.isEnabled()
    qtbot.keyClick(page.put_away, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.finished):
        page.go_on.click()


def test_what_is_missing_is_listed_on_top_with_links(qtbot: QtBot, page: SetUpPage) -> None:
    page.go_on.click()
    assert page.step == 0
    assert page.error.text == "3 things to fix before you continue"
    links = page.error.findChildren(QPushButton)
    qtbot.waitUntil(lambda: sum(link.isVisible() for link in links) == 3)
    assert page.department.name.hasFocus()
    links[2].click()
    assert page.department.prefix.hasFocus()


def test_each_step_begins_at_its_top_with_the_cursor_in_its_first_field(
    qtbot: QtBot, page: SetUpPage
) -> None:
    page.setFocus()
    qtbot.waitUntil(page.department.name.hasFocus)
    fill_department(page)
    page.go_on.click()
    qtbot.waitUntil(page.leaders.two.hasFocus)
    assert page.title.visibleRegion().boundingRect() == page.title.rect()


def test_in_large_text_the_field_to_mend_stands_in_sight(
    qapp: QApplication, qtbot: QtBot, gate: FakeGate, background: Background, words: Words
) -> None:
    theme = themes.make_theme(scale=2.0)
    themes.apply(qapp, theme)
    page = SetUpPage(gate, background, words, theme)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    fill_department(page)
    page.go_on.click()
    page.go_on.click()
    field = page.leaders.administrator.shown_name
    assert page.error.text == "6 things to fix before you continue"
    qtbot.waitUntil(field.hasFocus)
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())


def test_one_person_may_be_both(qtbot: QtBot, page: SetUpPage, gate: FakeGate) -> None:
    fill_department(page)
    page.go_on.click()
    page.leaders.one.setChecked(True)
    assert page.leaders.coordinator.isHidden()
    fill(page.leaders.administrator, "K. Ames", "kames")
    for _ in range(4):
        page.go_on.click()
    qtbot.waitUntil(lambda: page.step == 5)
    assert gate.made[0].people[0].roles == {Role.ADMINISTRATOR, Role.COORDINATOR}
    assert gate.made[0].read_walk_ins == ("kames",)


def test_two_people_need_two_user_names_and_matching_passphrases(page: SetUpPage) -> None:
    fill_department(page)
    page.go_on.click()
    fill(page.leaders.administrator, "K. Ames", "kames")
    fill(page.leaders.coordinator, "R. Lowe", "KAMES")
    page.go_on.click()
    assert page.step == 1
    fill(page.leaders.coordinator, "R. Lowe", "rlowe")
    page.leaders.coordinator.again.setText("another one entirely")
    page.go_on.click()
    assert page.step == 1
    assert page.leaders.coordinator.again.hasFocus()


def test_a_further_person_can_be_removed_and_a_half_typed_one_is_not_lost(page: SetUpPage) -> None:
    reach_last_but_one(page)
    page.back.click()
    page.back.click()
    remove = next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == "Remove M. Hale"
    )
    remove.click()
    assert len(page.further.people()) == 2
    page.further.card.user_name.setText("half")
    page.go_on.click()
    assert page.step == 2
    fill(page.further.card, "R. Again", "rlowe")
    page.further.add.click()
    assert "taken" in page.further.said.text()


def test_somebody_must_read_walk_ins(page: SetUpPage) -> None:
    reach_last_but_one(page)
    page.back.click()
    for box in page.policy._boxes.values():
        box.setChecked(False)
    page.policy.signed.setText("31/31/2026")
    assert len(page.policy.problems()) == 2


@pytest.mark.parametrize("error", [VaultExists(), WeakPassphrase()])
def test_when_it_cannot_be_made_it_says_why_and_keeps_what_was_typed(
    qtbot: QtBot, page: SetUpPage, gate: FakeGate, error: Exception
) -> None:
    gate.broken = error
    reach_last_but_one(page)
    page.go_on.click()
    qtbot.waitUntil(lambda: page.error.text != "")
    assert page.step == 4
    assert page.leaders.administrator.passphrase.text() == PHRASE


def test_going_back_from_the_first_step_gives_up(qtbot: QtBot, page: SetUpPage) -> None:
    with qtbot.waitSignal(page.given_up):
        page.back.click()


def test_a_logo_must_be_a_small_picture(page: SetUpPage, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"not a picture")
    page.department.take_logo(file)
    assert page.department.logo == b""
    QImage(1200, 300, QImage.Format.Format_RGB32).save(str(file))
    page.department.take_logo(file)
    kept = QImage.fromData(page.department.logo)
    assert (kept.width(), kept.height()) == (MOST_PIXELS, 150)
    assert page.department.agency().logo != ""
    assert page.department.agency().logo_alt.startswith("Logo of")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("11/2/2026", date(2026, 11, 2)), ("11-2-26", date(2026, 11, 2)),
        ("2026-11-02", date(2026, 11, 2)), ("13/2/2026", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_type_them(typed: str, read: date | None) -> None:
    assert typed_day(typed) == read


def test_training_starts_from_the_first_page(
    qtbot: QtBot, gate: FakeGate, background: Background, words: Words, theme: Theme
) -> None:
    first = FirstStartPage(gate, background, words, theme, Look())
    qtbot.addWidget(first)
    with qtbot.waitSignal(first.set_up_chosen):
        first.set_up.click()
    gate.broken = VaultExists()
    first.training.click()
    qtbot.waitUntil(lambda: first.training.isEnabled())
    assert first.error.accessibleName() == VaultExists.sentence()
    gate.broken = None
    with qtbot.waitSignal(first.training_ready):
        first.training.click()
    assert gate.trained


def test_a_passphrase_that_is_refused_at_the_end_is_asked_for_where_it_was_typed(
    qtbot: QtBot, page: SetUpPage, gate: FakeGate
) -> None:
    reach_last_but_one(page)
    gate.broken = PassphraseCommon("1")
    page.go_on.click()
    qtbot.waitUntil(lambda: page.step == 1)
    links = [one.text() for one in page.error.findChildren(QPushButton)]
    assert links == [f"R. Lowe: {PassphraseCommon.sentence()}"]
    assert page.leaders.coordinator.passphrase.hasFocus()
    gate.broken = PassphraseCommon("2")
    page.go_on.click()
    page.go_on.click()
    page.go_on.click()
    page.go_on.click()
    qtbot.waitUntil(lambda: page.step == 2 and page.error.isVisible())
    assert "M. Hale: " in page.error.findChildren(QPushButton)[-1].text()


def test_four_words_are_offered_to_each_person(
    qtbot: QtBot, page: SetUpPage, gate: FakeGate
) -> None:
    fill_department(page)
    page.go_on.click()
    card = page.leaders.administrator
    card.suggest.click()
    qtbot.waitUntil(lambda: card.passphrase.text() == gate.suggest_passphrase())
    assert gate.suggest_passphrase() in card.suggested.text()
    assert card.again.hasFocus()

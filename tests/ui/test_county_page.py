"""Several departments in the window: a key, an extract, and a merge, by keys alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from held_cases import House, case_taken
from outside import WORDS_TO_OPEN, BareStation, ListOfOutsiders, files_in, outsider
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.disclosure import ENDING, RecipientKind
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Role
from intake_app.exchange.disclosure import Letters
from intake_app.services.desk import Desk, Person
from intake_app.services.exports.agreements import enter_agreement
from intake_app.services.exports.county_key import county_key, county_key_words
from intake_app.services.measures.periods import custom
from intake_app.services.needs.disclosure import Outsiders
from intake_app.ui.pages.county_page import CountyPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

COUNTY = "Pine County"
DAYS = custom("2026-11-01", "2026-11-23")


def sealing_as(agency: str) -> Outsiders:
    who = outsider(COUNTY, RecipientKind.MERGER)
    return Outsiders(ListOfOutsiders(who), Letters(BareStation(agency=agency)))


@pytest.fixture
def desk(house: House, background: Background) -> Desk:
    def job() -> Desk:
        officer = house.desk(Role.OFFICER)
        for n in range(3):
            case_taken(officer, first_name=f"Wren{n}")
        house.clock.at += timedelta(days=1)
        made = replace(house.desk(Role.COORDINATOR), outsiders=sealing_as("one"))
        enter_agreement(made, COUNTY, "MOU 2026-1", "2026-01-01")
        return made

    return background.run_and_wait(job)


def shown(
    desk: Desk, background: Background, words: Words, theme: Theme, qtbot: QtBot
) -> CountyPage:
    made = CountyPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.refresh()
    made.show()
    settled(qtbot, background)
    return made


@pytest.fixture
def page(
    desk: Desk, background: Background, words: Words, theme: Theme, qtbot: QtBot
) -> Iterator[CountyPage]:
    yield shown(desk, background, words, theme, qtbot)
    settled(qtbot, background)


def settled(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: not background.is_busy, timeout=20_000)


def saying(answer: object) -> Callable[..., object]:
    def asked(*_: object) -> object:
        return answer

    return asked


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def typed(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_key_is_made_and_entered(
    page: CountyPage, desk: Desk, qtbot: QtBot, background: Background
) -> None:
    assert page.key.state.text() == "There is no key here yet."
    assert page.key.label.text() == "2026"
    assert page.key.give.isHidden()
    press(page.key.make)
    settled(qtbot, background)
    assert page.key.good.text.startswith("The key is made.")
    state = background.run_and_wait(lambda: county_key(desk))
    assert state is not None
    assert state.name in page.key.state.text()
    words = background.run_and_wait(lambda: county_key_words(desk))
    typed(page.key.typed, " ".join(words[:-1]) + " zebra")
    press(page.key.enter)
    settled(qtbot, background)
    assert page.key.error.text == (
        "These are not the words of a county key. Look at each word again."
    )
    typed(page.key.typed, " ".join(words))
    QTest.keyClick(page.key.typed, Qt.Key.Key_Return)
    settled(qtbot, background)
    assert page.key.good.text.startswith("The key is entered.")
    assert page.key.typed.text() == ""


def test_what_leaves_is_seen_before_it_is_sealed(
    page: CountyPage, qtbot: QtBot, background: Background, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    card, out = page.extract, tmp_path / "stick"
    out.mkdir()
    card.period.choose(DAYS)
    press(card.show_it)
    settled(qtbot, background)
    assert card.error.text.startswith("There is no county key here.")
    press(page.key.make)
    settled(qtbot, background)
    assert card.reason.currentData() == "audit"
    press(card.show_it)
    settled(qtbot, background)
    assert card.error.text == ""
    told = "\n".join(card.said)
    assert "To: Pine County" in told
    assert "Under the agreement: MOU 2026-1" in told
    assert "lines about 3 people" in told
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", saying(str(out)))
    press(card.seal)
    settled(qtbot, background)
    assert str(out) in card.good.text
    (made,) = files_in(out)
    assert b"Wren" not in made


def administrator(house: House) -> Desk:
    """Somebody of the county, who holds no key of people's files."""
    person = Person(UserId("u9"), "apruitt", "A. Pruitt", frozenset({Role.ADMINISTRATOR}))
    return replace(house.desk(Role.COORDINATOR), person=person, care=None, cases=None)


def extract_of(page: CountyPage, out: Path, qtbot: QtBot, background: Background) -> None:
    page.extract.period.choose(DAYS)
    press(page.extract.show_it)
    settled(qtbot, background)
    press(page.extract.seal)
    settled(qtbot, background)
    assert page.extract.error.text == ""
    assert str(out) in page.extract.good.text


def test_a_county_is_counted(
    desk: Desk, house: House, background: Background, words: Words, theme: Theme, qtbot: QtBot,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / "stick"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", saying(str(out)))
    for n, agency in enumerate(("one", "two")):
        sender = replace(
            desk, outsiders=sealing_as(agency), agency=replace(desk.agency, name=f"Police {n}")
        )
        page = shown(sender, background, words, theme, qtbot)
        if not n:
            press(page.key.make)
            settled(qtbot, background)
        extract_of(page, out, qtbot, background)
    key = tmp_path / "recipient.key"
    key.write_bytes(outsider(COUNTY, RecipientKind.MERGER).key_file)
    county = background.run_and_wait(lambda: administrator(house))
    page = shown(county, background, words, theme, qtbot)
    assert page.key.isHidden()
    card = page.merge
    typed(card.key, str(key))
    card.take(sorted(out.glob(f"*{ENDING}")))
    settled(qtbot, background)
    assert card.chosen.text() == "2 files are chosen."
    typed(card.secret, WORDS_TO_OPEN)
    press(card.read)
    settled(qtbot, background)
    assert card.secret.text() == ""
    assert set(card.same) == {"Police 0", "Police 1"}
    assert not card.count.isEnabled()
    for name in ("Police 0", "Police 1"):
        press(card.same[name])
        settled(qtbot, background)
    assert card.same == {}
    card.period.choose(DAYS)
    press(card.count)
    settled(qtbot, background)
    assert card.error.text == ""
    told = "\n".join(card.said)
    assert "Departments: Police 0; Police 1" in told
    assert "How many people were met is not shown." in told  # three people are few
    saved = tmp_path / "county.csv"
    monkeypatch.setattr("intake_app.ui.county.merge_card.ask_for_table_file", saying(saved))
    press(card.save)
    settled(qtbot, background)
    assert saved.read_bytes().startswith(b'"measure",')


def test_who_reads_files_with_a_county_key_cannot_merge(
    page: CountyPage, qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    press(page.key.make)
    settled(qtbot, background)
    key = tmp_path / "recipient.key"
    key.write_bytes(outsider(COUNTY, RecipientKind.MERGER).key_file)
    typed(page.merge.key, str(key))
    typed(page.merge.secret, WORDS_TO_OPEN)
    QTest.keyClick(page.merge.secret, Qt.Key.Key_Return)
    settled(qtbot, background)
    assert page.merge.error.text.startswith("You hold the county key")


def test_without_a_merger_the_page_says_who_enters_one(
    desk: Desk, background: Background, words: Words, theme: Theme, qtbot: QtBot
) -> None:
    nobody = replace(desk, outsiders=Outsiders(ListOfOutsiders(), Letters(BareStation())))
    page = shown(nobody, background, words, theme, qtbot)
    assert not page.extract.show_it.isEnabled()
    assert not page.extract._hint.isHidden()

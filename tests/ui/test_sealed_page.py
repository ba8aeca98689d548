"""The privacy officer's page: numbers and months, then one case; each opening is logged."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from held_cases import House, case_taken, move
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.citing.cases import issue_case_papers
from intake_app.services.desk import Desk, Person
from intake_app.services.records.drop_box import take_in
from intake_app.services.sealing.sealing import seal_case
from intake_app.storage.compartment import Compartment as File
from intake_app.ui.pages.sealed_page import SealedPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

LIND = Person(UserId("u9"), "plind", "P. Lind", frozenset({Role.PRIVACY_OFFICER}))


class OpenBox:
    """Seals nothing; keys are another story."""

    def __init__(self, author: UserId) -> None:
        self._author = author

    def seal(self, compartment: Compartment, ident: RecordId, body: bytes) -> bytes:
        return body

    def open(
        self, compartment: Compartment, ident: RecordId, sealed: bytes
    ) -> tuple[UserId, bytes]:
        return self._author, sealed


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock, background: Background) -> Iterator[House]:
    made = background.run_and_wait(lambda: House(tmp_path, clock))
    yield made
    background.run_and_wait(made.close)


@pytest.fixture
def lind(house: House, tmp_path: Path, background: Background) -> Iterator[Desk]:
    """The privacy officer, once a case was sealed and taken in."""
    path = tmp_path / "sealed.db"

    def sealed() -> Desk:
        file = File.create(path, KEY, house.clock, StationId("front"), Epoch("abcdef"))
        desk = house.desk(Role.SUPERVISOR)
        box = OpenBox(desk.person.id)
        desk = replace(desk, drop_box=box)
        case = case_taken(desk)
        issue_case_papers(desk, case, ["participant_agreement"])
        move(desk, hours=20)
        acts.note_reported(desk, case)
        acts.close_case(desk, case, "completed")
        acts.charge_action(desk, case, "not_filed")
        move(desk, days=31)
        seal_case(desk, case)
        people = (*desk.colleagues, LIND)
        mine = replace(desk, person=LIND, cases=None, sealed=file, colleagues=people)
        take_in(mine)
        return mine

    made = background.run_and_wait(sealed)
    yield made
    assert isinstance(made.sealed, File)
    background.run_and_wait(made.sealed.close)


@pytest.fixture
def page(
    qtbot: QtBot, lind: Desk, background: Background, words: Words, theme: Theme
) -> SealedPage:
    made = SealedPage(lind, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.activateWindow()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def words_on(page: QWidget) -> str:
    labels = (w for w in page.findChildren(QLabel) if w.isVisibleTo(page))
    return "\n".join(label.text() for label in labels)


def opened(qtbot: QtBot, page: SealedPage) -> SealedPage:
    page.rows.setFocus()
    with qtbot.waitSignal(page.opened):
        QTest.keyClick(page.rows, Qt.Key.Key_Return)
    return page


def test_the_list_says_number_and_month_and_no_name(page: SealedPage) -> None:
    assert page.rows.count() == 1
    said = page.rows.item(0).text()
    assert said.startswith("PH-26-AC00001-")
    assert said.endswith("November 2026")
    assert "Quillfeather" not in words_on(page)
    assert not page.none.isVisible()


def test_a_case_is_opened_by_keys_and_read_whole(qtbot: QtBot, page: SealedPage) -> None:
    opened(qtbot, page)
    said = words_on(page)
    assert "Quillfeather" in said
    assert "The case was sealed" in said
    assert "Nobody has opened it before." in said
    assert "T. Okafor" in page.log.toPlainText()


def test_each_opening_is_logged_and_shown(qtbot: QtBot, page: SealedPage) -> None:
    opened(qtbot, page)
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert page.case is None
    assert "Quillfeather" not in words_on(page)
    assert "P. Lind" in words_on(opened(qtbot, page))


def test_a_paper_is_shown_on_the_screen(qtbot: QtBot, page: SealedPage) -> None:
    opened(qtbot, page)
    (button,) = page.papers.values()
    assert isinstance(button, QPushButton)
    button.click()
    qtbot.waitUntil(page.preview.isVisible)
    assert "Participant agreement" in page.preview.sheet.accessibleName()
    page.close_case()
    assert not page.preview.isVisible()


def test_who_may_not_is_told_so(
    qtbot: QtBot, house: House, background: Background, words: Words, theme: Theme
) -> None:
    made = SealedPage(house.desk(Role.OFFICER), background, words, theme)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: bool(made.error.text))
    assert made.rows.count() == 0

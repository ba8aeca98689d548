"""The last two buttons of a case: the packet, and sealing; each says what it means or why not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from form_driver import press, words_on
from held_cases import House, case_taken, move
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.desk import Desk
from intake_app.services.records.drop_box import SUBMISSION
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.case_page import CasePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[[Role, str], CasePage]


class OpenBox:
    """Seals nothing; keys are another story."""

    def seal(self, compartment: Compartment, ident: RecordId, body: bytes) -> bytes:
        return body

    def open(
        self, compartment: Compartment, ident: RecordId, sealed: bytes
    ) -> tuple[UserId, bytes]:
        raise NotImplementedError


def ended(desk: Desk, outcome: str) -> RecordId:
    """A case that ended some time ago."""
    case = case_taken(desk)
    move(desk, hours=20)
    acts.note_reported(desk, case)
    if outcome:
        acts.close_case(desk, case, outcome, Why("lost_contact"))
    if outcome == "completed":
        acts.charge_action(desk, case, "not_filed")
    move(desk, days=31)
    return case


@pytest.fixture
def open_case(
    qtbot: QtBot, house: House, background: Background, theme: Theme, words: Words
) -> Open:
    def opened(role: Role, outcome: str) -> CasePage:
        supervisor = house.desk(Role.SUPERVISOR)
        case = background.run_and_wait(lambda: ended(supervisor, outcome))
        setting = Setting(words, theme, house.clock)
        desk = replace(house.desk(role), drop_box=OpenBox())
        page = CasePage(case, desk, background, setting, NameSwitch())
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.isActiveWindow() and page.case is not None)
        QCoreApplication.sendPostedEvents()
        return page

    return opened


def test_a_case_that_was_not_completed_gives_a_packet(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER, "not_completed")
    with qtbot.waitSignal(page.refreshed):
        press(page, "Make prosecutor packet")
    assert page.good.text == "The packet is made. Print it now."
    assert "Packet for the prosecutor" in words_on(page.papers)


def test_an_open_case_asks_why_the_prosecutor_wants_it(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER, "")
    press(page, "Make prosecutor packet")
    assert page.reason.isVisible()
    assert page.reason.reason.hasFocus()
    QTest.keyClicks(page.reason.reason, "Asked on the phone")
    with qtbot.waitSignal(page.refreshed):
        QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert "Packet for the prosecutor" in words_on(page.papers)


def test_who_may_not_seal_has_no_such_button(open_case: Open) -> None:
    page = open_case(Role.OFFICER, "completed")
    assert page.leaving.packet.isVisible()
    assert not page.leaving.seal.isVisible()


def test_what_cannot_be_sealed_says_why(open_case: Open) -> None:
    page = open_case(Role.SUPERVISOR, "not_completed")
    assert not page.leaving.seal.isEnabled()
    assert page.leaving.seal.toolTip() == "Only a completed case is sealed."
    assert page.leaving.seal.accessibleDescription() == page.leaving.seal.toolTip()


def test_sealing_tells_what_it_means_and_can_be_left(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.SUPERVISOR, "completed")
    press(page, "Seal case")
    assert "Only the privacy officer can open it." in words_on(page.leaving)
    qtbot.waitUntil(lambda: page.leaving.leave.hasFocus())
    QTest.keyClick(page.leaving.leave, Qt.Key.Key_Space)
    assert not page.leaving.sure.isVisible()
    assert page.leaving.seal.isEnabled()


def test_a_sealed_case_leaves_its_page(
    qtbot: QtBot, open_case: Open, house: House, background: Background
) -> None:
    page = open_case(Role.SUPERVISOR, "completed")
    case = page.case
    assert case
    press(page, "Seal case")
    with qtbot.waitSignals([page.changed, page.closed]):
        press(page.leaving, "Yes, seal it")

    def left() -> tuple[bool, int]:
        desk = house.desk(Role.SUPERVISOR)
        record = desk.cases_file.record(case.intake.record)
        return bool(record and record.is_purged), len(desk.station.of_kind(SUBMISSION))

    assert background.run_and_wait(left) == (True, 1)


def test_every_button_has_a_name(open_case: Open) -> None:
    page = open_case(Role.SUPERVISOR, "completed")
    assert all(one.accessibleName() for one in page.leaving.findChildren(QPushButton))

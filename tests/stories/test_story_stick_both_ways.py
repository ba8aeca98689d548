"""A stick goes out with an administrator and comes back: bundles there, receipts here.

They hold no key of records, and nothing of a person can be read on the way.
"""

import shutil
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carrying import Way, carrier_log
from intake_app.services.exchanging.exchanging import exchange_round, exchange_state, say_state
from intake_app.services.intakes.people import people_order
from intake_app.services.training.training import take_fictional_intakes
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.pages.stick_page import StickPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme, make_theme
from intake_app.words import Words

EN = Words("en")
Answer = TypeVar("Answer")


@pytest.fixture
def two(two: TwoComputers) -> TwoComputers:
    """Both enrolled."""
    two.enrolled()
    return two


@pytest.fixture
def theme(qapp: object) -> Theme:
    return make_theme()


class At:
    """Somebody at one of the computers, with the page of sticks open."""

    def __init__(self, qtbot: QtBot, desk: Desk, background: Background, theme: Theme) -> None:
        self._qtbot, self._desk, self._background = qtbot, desk, background
        self.page = StickPage(desk, background, EN, theme, ExchangeLine())
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)

    def choose(self, stick: Path) -> str:
        """Choose a folder; what is said of it."""
        self.page.choose(stick)
        return self._looked()

    def make_ready(self) -> str:
        self._qtbot.keyClick(self.page.prepare, Qt.Key.Key_Space)
        return self._looked()

    def carry(self) -> list[str]:
        """Carry; what is said at the end."""
        with self._qtbot.waitSignal(self.page.work.done) as done:
            self._qtbot.keyClick(self.page.start, Qt.Key.Key_Space)
        assert done.args is not None
        told = done.args[0]
        assert told.error is None, self.page.error.text
        assert self.page.calm.text.startswith("Safe to remove.")
        return [label.text() for label in self.page._told.findChildren(type(self.page._found))]

    def ask(self, job: Callable[[Desk], Answer]) -> Answer:
        return self._background.run_and_wait(lambda: job(self._desk))

    def _looked(self) -> str:
        self._qtbot.waitUntil(lambda: self.page._stick is not None)
        return self.page._found.text()


Opened = Callable[[Path], AbstractContextManager[At]]


def holds_records(desk: Desk) -> bool:
    return desk.care is not None or desk.cases is not None


@pytest.fixture
def at(qtbot: QtBot, two: TwoComputers, theme: Theme) -> Opened:
    @contextmanager
    def opened(folder: Path) -> Generator[At]:
        background, who = Background(), two.person(Role.ADMINISTRATOR)
        gate = ProfileGate(folder, two.clock)
        try:
            desk = background.run_and_wait(lambda: gate.unlock(who.user_name, who.passphrase))
            yield At(qtbot, desk, background, theme)
        finally:
            background.run_and_wait(gate.lock)
            background.close()

    return opened


def names_of(desk: Desk) -> list[bytes]:
    """Names of all people; none so short that sealed bytes hold it by chance."""
    rows = desk.care_file.rows(people_order(desk))
    words = (word for row in rows for word in row.name.replace(",", " ").split())
    return [word.encode() for word in words if len(word) > 5]


def test_a_stick_goes_there_and_its_receipt_comes_back(
    two: TwoComputers, at: Opened, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"left alone")
    with two.at(two.front, Role.FRONT_DESK) as desk:
        take_fictional_intakes(desk, 3, 5, "self_referral")
        exchange_round(desk, cut_now=True)  # "Sync now": sealed by who holds the key
        names = names_of(desk)

    with at(two.front) as front:
        assert front.choose(stick) == "This stick holds no bundles yet. Make it ready first."
        assert "is your department's" in front.make_ready()
        said = front.carry()
        assert any("went on it for Back office" in line for line in said), said
        assert front.ask(holds_records) is False
    assert (stick / "holiday.jpg").read_bytes() == b"left alone"
    carried = b"".join(one.read_bytes() for one in stick.rglob("*") if one.is_file())
    assert len(names) > 10
    assert not [name for name in names if name in carried]
    shutil.copytree(stick, tmp_path / "copied stick")

    with at(two.back) as back:
        assert "is your department's" in back.choose(stick)
        said = back.carry()
        assert any(line.startswith("It brought ") and "bundle" in line for line in said), said

    with at(two.front) as front:
        front.choose(stick)
        said = front.carry()
        assert any("receipt" in line for line in said), said
        told = front.ask(exchange_state)
        assert told is not None
        assert say_state(told, EN).startswith("confirmed ")
        assert say_state(told, EN).endswith(" by Back office")
        log = front.ask(carrier_log)
        assert {line.carried.way for line in log} == {Way.IN, Way.OUT}

    with at(two.back) as back:
        back.choose(tmp_path / "copied stick")
        said = back.carry()
        assert not any(line.startswith("It brought ") and "bundle" in line for line in said), said

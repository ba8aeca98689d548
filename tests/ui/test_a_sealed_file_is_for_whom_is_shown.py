"""What is sealed and written is for the person who is shown, whatever was chosen meanwhile."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DiskFull
from intake_app.services.desk import Desk
from intake_app.services.sharing.evaluation import Counts
from intake_app.services.sharing.sealed_bundles import Made
from intake_app.ui.outside import counts_card
from intake_app.ui.outside.counts_card import CountsCard
from intake_app.ui.outside.sealing_card import SealingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True)
class Sealed:
    """A file for somebody."""

    to: str


def made_for(to: str) -> Made:
    return cast("Made", Sealed(to))


class Stick:
    """Takes files unless it is full."""

    def __init__(self) -> None:
        self.is_full, self.written = False, list[Sealed]()

    def save(self, made: Made, folder: Path) -> Path:
        if self.is_full:
            raise DiskFull
        self.written.append(cast("Sealed", made))
        return folder / "sealed.bin"


@pytest.fixture
def stick() -> Stick:
    return Stick()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def choose(_parent: QWidget, _title: str) -> str:
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(choose))
    return tmp_path


@pytest.fixture
def card(
    qtbot: QtBot, stick: Stick, background: Background, words: Words, theme: Theme
) -> SealingCard:
    made = SealingCard("Sealed file", stick.save, background, words, theme)
    for part in (made.found, made.error, made.good):
        made.box.addWidget(part)
    qtbot.addWidget(made)
    made.show()
    return made


def test_after_a_full_disk_the_same_file_is_written_and_no_second_one_is_sealed(
    qtbot: QtBot, card: SealingCard, stick: Stick
) -> None:
    sealed = list[Made]()

    def seal() -> Made:
        sealed.append(made_for("Ames"))
        return sealed[-1]

    card.show_leaving(["All counts"], seal)
    stick.is_full = True
    for _ in range(2):
        card.seal.click()
        qtbot.waitUntil(lambda: card.error.text != "" and card.seal.isEnabled())
    stick.is_full = False
    card.seal.click()
    qtbot.waitUntil(lambda: card.good.text != "")
    assert len(sealed) == len(stick.written) == 1


def test_what_was_sealed_for_one_is_never_written_where_another_is_shown(
    qtbot: QtBot, card: SealingCard, stick: Stick, background: Background
) -> None:
    may_go = Event()

    def slowly() -> Made:
        may_go.wait(20)
        return made_for("Ames")

    card.show_leaving(["For Ames"], slowly)
    stick.is_full = True
    card.seal.click()
    card.let_go()  # somebody else is chosen while it is sealed
    card.show_leaving(["For Pike"], lambda: made_for("Pike"))
    may_go.set()
    qtbot.waitUntil(lambda: not background.is_busy)
    stick.is_full = False
    card.seal.click()
    qtbot.waitUntil(lambda: bool(stick.written))
    assert stick.written == [Sealed("Pike")]
    qtbot.waitUntil(lambda: not background.is_busy)


def test_counts_that_were_asked_for_another_evaluator_or_month_are_not_offered(
    qtbot: QtBot, background: Background, words: Words, theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    may_go = Event()
    may_go.set()

    def count(_desk: Desk, _to: str, first: str, last: str) -> Counts:
        may_go.wait(20)
        return cast("Counts", Rows(first, last, (("Way in", "Walk-in", "12"),)))

    monkeypatch.setattr(counts_card, "count_for", count)
    card = CountsCard(cast("Desk", None), background, words, theme)
    qtbot.addWidget(card)
    for name in ("Ames", "Pike"):
        card.to.addItem(name, name)
    card.show()
    card.count.click()
    qtbot.waitUntil(lambda: card.is_shown and card.found.isVisible())  # control
    card.to.setCurrentIndex(1)
    card.to.activated.emit(1)
    assert not card.found.isVisible()
    assert not card.is_shown
    card.count.click()
    qtbot.waitUntil(lambda: card.is_shown)
    qtbot.keyClicks(card.first, "2026-01")
    assert not card.is_shown
    may_go.clear()
    card.count.click()
    qtbot.keyClicks(card.last, "2026-12")  # typed while it is counted
    may_go.set()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert not card.is_shown


@dataclass(frozen=True)
class Rows:
    """Counts of some months."""

    first: str
    last: str
    rows: tuple[tuple[str, str, str], ...]

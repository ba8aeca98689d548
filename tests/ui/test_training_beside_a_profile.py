"""From the first start into training and back, with the real gate."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.services.training import training
from intake_app.settings.agency import Agency
from intake_app.settings.look import Look
from intake_app.settings.profile import (
    TrainingPerson,
    clear_unfinished_training,
    home_of_training,
    keep_training_people,
    read_training_people,
)
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

CLOCK = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
REAL = Agency(
    name="Pine Hollow", prefix="PH", second_factor="off", second_factor_reason="No phones"
)
PHRASE = "four plain warm words"


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProfileGate:
    monkeypatch.setattr(training, "DEMO_PEOPLE", 2)
    return ProfileGate(tmp_path / "profile", CLOCK)


def test_a_newcomer_comes_in_goes_back_and_comes_in_again(
    qtbot: QtBot, gate: ProfileGate, background: Background, words: Words, theme: Theme
) -> None:
    home = gate.folder
    page = FirstStartPage(gate, background, words, theme, Look())
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.training_ready, timeout=60_000):
        qtbot.keyClick(page.training, Qt.Key.Key_Space)
        assert page.bar.isVisible()
        assert "Making the training data" in page.wait.text()
        assert not page.training.isEnabled()
    assert gate.is_training
    people = gate.training_people()
    assert {person.role for person in people} >= {"front_desk", "officer", "administrator"}
    for person in people:
        gate.unlock(person.user_name, person.passphrase)
    before = (gate.folder / "vault.json").read_bytes()
    assert home_of_training(gate.folder) == home
    gate.leave_training()
    assert gate.folder == home
    assert not gate.has_department()
    gate.begin_training()  # what is there is gone on with, not made again
    assert (gate.folder / "vault.json").read_bytes() == before


def test_a_real_profile_keeps_no_passphrase_in_the_clear(gate: ProfileGate) -> None:
    people = (
        NewPerson("kames", "K. Ames", PHRASE, frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})),
    )
    gate.found(SetUp(REAL, people), use_keyring=False)
    assert not (gate.folder / "training.json").exists()
    assert gate.training_people() == ()
    assert home_of_training(gate.folder) is None
    one = TrainingPerson("kames", "administrator", PHRASE)
    with pytest.raises(ValueError, match="not a training profile"):
        keep_training_people(gate.folder, [one])
    (gate.folder / "training.json").write_text(json.dumps([["kames", "administrator", PHRASE]]))
    assert read_training_people(gate.folder) == ()
    clear_unfinished_training(gate.folder)
    assert gate.has_department()

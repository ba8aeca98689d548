"""A second start brings the first window forward; leaving starts a new process."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from intake_app.settings.program import command
from intake_app.ui.parts.window import MainWindow
from intake_app.ui.running.doorbell import Doorbell, server_name
from intake_app.ui.running.instance import OneInstance
from intake_app.ui.running.restart import start_anew
from intake_app.words import Words


@pytest.fixture
def first(tmp_path: Path) -> Iterator[OneInstance]:
    made = OneInstance(tmp_path / "profile")
    assert made.take()
    yield made
    made.release()


@pytest.fixture
def bell(tmp_path: Path) -> Iterator[Doorbell]:
    made = Doorbell(tmp_path / "profile")
    made.listen()
    yield made
    made.close()


def test_a_second_start_asks_the_first_to_show_itself(
    qtbot: QtBot, first: OneInstance, bell: Doorbell, tmp_path: Path
) -> None:
    assert not OneInstance(tmp_path / "profile").take()
    with qtbot.waitSignal(bell.show_asked):
        assert Doorbell(tmp_path / "profile").ring()


def test_another_profile_has_a_window_of_its_own(first: OneInstance, tmp_path: Path) -> None:
    other = OneInstance(tmp_path / "training")
    assert other.take()
    other.release()


def test_after_release_the_next_process_may_begin(first: OneInstance, tmp_path: Path) -> None:
    first.release()
    following = OneInstance(tmp_path / "profile")
    assert following.take()
    following.release()


def test_the_name_of_the_door_says_nothing_of_the_folder(tmp_path: Path) -> None:
    name = server_name(tmp_path / "Pine Hollow")
    assert "pine" not in name.casefold()
    assert name == server_name(tmp_path / "Pine Hollow") != server_name(tmp_path / "Oak")
    assert not Doorbell(tmp_path / "nobody").ring()


def test_a_new_process_is_this_program_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(["--profile", "p"]) == (
        sys.executable, ["-m", "intake_app", "--profile", "p"],
    )  # fmt: skip
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(["--profile", "p"]) == (sys.executable, ["--profile", "p"])
    started: list[object] = []

    def start(program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append((program, arguments))
        return True, 1

    monkeypatch.setattr(QProcess, "startDetached", start)
    assert start_anew([])
    assert len(started) == 1


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_window_comes_forward_and_tells_before_it_closes(qtbot: QtBot, words: Words) -> None:
    window = MainWindow(words)
    qtbot.addWidget(window)
    window.showMinimized()
    window.bring_forward()
    assert not window.isMinimized()
    assert window.windowTitle() == "Intake"
    with qtbot.waitSignal(window.closing):
        window.close()

"""The carrier runs beside the window: one at a time, killed where it hangs, none left behind."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from intake_app.ui.exchange import child as module
from intake_app.ui.exchange.child import Child

TALKS = """
import json, os, sys
print(json.dumps({"pid": os.getpid()}), flush=True)
print("no json", flush=True)
print("[1, 2]", flush=True)
print(json.dumps({"done": 3}), flush=True)
sys.exit(7)
"""
HANGS = """
import json, os, time
print(json.dumps({"pid": os.getpid()}), flush=True)
while True: time.sleep(60)
"""


@pytest.fixture
def child(qapp: object) -> Iterator[Child]:
    made = Child()
    yield made
    made.stop()


def runs(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    def command(_words: Sequence[str]) -> tuple[str, list[str]]:
        return sys.executable, ["-c", program]

    monkeypatch.setattr(module, "command", command)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_hears_lines_of_json_alone_and_how_it_ended(
    qtbot: QtBot, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(monkeypatch, TALKS)
    said: list[dict[str, Any]] = []
    child.said.connect(said.append)
    with qtbot.waitSignal(child.ended) as ended:
        assert child.start([])
        assert not child.start([]), "never two at once"
    assert ended.args == [7]
    assert [list(one) for one in said] == [["pid"], ["done"]]
    assert not child.is_running


def test_one_that_hangs_is_killed_and_its_end_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(monkeypatch, HANGS)
    child = Child(silence_ms=300)
    pids: list[int] = []

    def hear(told: dict[str, int]) -> None:
        pids.append(told["pid"])

    child.said.connect(hear)
    with qtbot.waitSignal(child.ended) as ended:
        child.start([])
    assert ended.args is not None
    assert ended.args[0] < 0
    assert not any(map(is_alive, pids))


def test_none_is_left_behind(qtbot: QtBot, child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    runs(monkeypatch, HANGS)
    with qtbot.waitSignal(child.said) as said:
        child.start([])
    assert said.args is not None
    pid = said.args[0]["pid"]
    assert is_alive(pid)
    child.stop()
    assert not is_alive(pid)
    assert not child.is_running


def test_what_cannot_be_started_has_ended(
    qtbot: QtBot, child: Child, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def command(_words: Sequence[str]) -> tuple[str, list[str]]:
        return str(tmp_path / "nothing"), []

    monkeypatch.setattr(module, "command", command)
    with qtbot.waitSignal(child.ended) as ended:
        child.start([])
    assert ended.args == [-1]
    assert not child.is_running

"""Tests wait for a signal or a condition, never for a time."""

import ast

import pytest
from house_source import Source, sources

FIXED = {
    "time.sleep",
    "qtbot.wait",
    "QTest.qWait",
    "QTest.qSleep",
    "asyncio.sleep",
    "QThread.msleep",
}

BY_CHANCE = {
    "tests/storage/drills/kill_migration.py",
    "tests/storage/drills/kill_streams.py",
    "tests/storage/drills/kill_writer.py",
}
"""A process is killed there at a moment of chance: the moment is what is tried, not waited for."""


def fixed_waits(source: Source) -> list[str]:
    tree = source.tree
    renamed = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            name = ".".join(renamed.get(name, name).split(".")[-2:])
            if name in FIXED or name.endswith("qtbot.wait"):
                found.append(source.at(node, name))
    return found


def waiting_sources() -> list[Source]:
    return [source for source in sources("tests") if source.name not in BY_CHANCE]


def test_no_test_waits_for_a_time() -> None:
    assert [each for source in waiting_sources() for each in fixed_waits(source)] == []


def test_no_exception_outlives_its_reason() -> None:
    named = {source.name for source in sources("tests") if fixed_waits(source)}
    assert named >= BY_CHANCE


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.sleep(1)",
        "from time import sleep as rest\nrest(1)",
        "def test_x(qtbot):\n    qtbot.wait(50)",
        "from PySide6 import QtTest\nQtTest.QTest.qWait(10)",
    ],
)
def test_a_fixed_wait_is_found(text: str) -> None:
    assert len(fixed_waits(Source("test_x.py", text))) == 1


def test_waiting_for_a_condition_is_fine() -> None:
    text = "def test_x(qtbot):\n    qtbot.waitUntil(lambda: True)\n    qtbot.waitSignal(x)"
    assert fixed_waits(Source("test_x.py", text)) == []

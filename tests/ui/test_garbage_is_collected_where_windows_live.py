"""Widgets in a cycle are taken apart on the GUI thread, never by the worker."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from intake_app.ui.running.collector import EVERY_MS, RESTS_MS, Collector


class Knot(QWidget):
    """A widget that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.own = self


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    """It stands in every test: tests/conftest.py keeps collection off the worker too."""
    yield Collector()
    gc.disable()


def test_python_collects_nothing_by_itself(collector: Collector) -> None:
    assert not gc.isenabled()


def test_what_is_due_is_collected_at_a_look(collector: Collector) -> None:
    gc.collect()
    gone = weakref.ref(Knot())
    assert gone() is not None
    kept = [[n] for n in range(gc.get_threshold()[0] + 100)]
    assert collector.look() == 0
    assert gone() is None
    assert len(kept) > 0


def test_where_nothing_is_due_nothing_is_done(collector: Collector) -> None:
    gc.collect()
    assert collector.look() == -1


def test_it_looks_less_often_while_nothing_happens(collector: Collector) -> None:
    collector.look()
    collector.look()
    assert collector.interval_ms == RESTS_MS, "an idle window"
    made = [[n] for n in range(300)]
    collector.look()
    assert made
    assert collector.interval_ms == EVERY_MS, "somebody works"

"""How tests open a page that reads, and wait until it has read."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Reads(Protocol):
    """A page or card that says when it is shown."""

    @property
    def refreshed(self) -> Signal: ...


class Page(Reads, Protocol):
    def refresh(self) -> None: ...


@contextmanager
def read_anew(qtbot: QtBot, page: Reads) -> Generator[None]:
    """What is done inside makes it read; afterwards it is shown."""
    with qtbot.waitSignal(page.refreshed):
        yield
    QCoreApplication.sendPostedEvents()


def open_large(qtbot: QtBot, page: Page) -> None:
    """Show it, in front, with what it reads."""
    assert isinstance(page, QWidget)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.activateWindow()
    with read_anew(qtbot, page):
        page.refresh()
    qtbot.waitUntil(page.isActiveWindow)

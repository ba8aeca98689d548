"""A tab of a folder: a column of cards that scrolls, news above it, and one way to do a thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId
from intake_app.services.desk import Desk
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.cursor import has_cursor, take_cursor_soon
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view, scrolled

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class FolderParts:
    """What every tab of a folder is built with.

    Attributes:
        record: The intake or case that the folder is about.
        desk: The signed-in person's desk.
        background: The door to the worker.
        setting: Words, look and clock; where providers are looked up.
        names: Whether names are shown.
        printers: Printers that may be used; empty: all.
    """

    record: RecordId
    desk: Desk
    background: Background
    setting: Setting
    names: NameSwitch
    printers: Sequence[str] = ()


class FolderTab(QWidget):
    """One tab. A tab reads its part in `refresh`, and is refreshed each time it is shown.

    Signals:
        changed: Something was written; other tabs are read anew when they are shown.
        refreshed: It was read and is shown.
        record_asked: Open another record (its id).
        draft_asked: Go on with a draft (its id).

    Attributes:
        body: The column to put cards into.
        error: What went wrong, in words.
        good: What was done, in words.
    """

    changed = Signal()
    refreshed = Signal()
    record_asked = Signal(str)
    draft_asked = Signal(str)

    def __init__(self, parts: FolderParts) -> None:
        super().__init__()
        self.setObjectName("page")
        self.parts, self.words, self.theme = parts, parts.setting.words, parts.setting.theme
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        side = self.theme.px(34)
        self.body.setContentsMargins(side, self.theme.px(18), side, self.theme.px(20))
        self.body.setSpacing(self.theme.px(14))
        area = scrolled(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(area)
        self.good = MessageBox(self.theme, "ok")
        self.error = FailureBox(self.theme, self.words, self.good)
        self.body.addWidget(self.error)
        self.body.addWidget(self.good)

    def refresh(self) -> None:
        """Read this part of the folder anew."""
        raise NotImplementedError

    def save_at_once(self) -> BaseException | None:
        """Keep what is typed, and wait; why that was not possible, or None."""
        return None

    def read(self, job: Callable[[], Found], show: Callable[[Found], object]) -> None:
        """Read on the worker, show on the GUI thread, then say `refreshed`."""

        def shown(found: Found) -> None:
            had_cursor = has_cursor(self)
            show(found)
            if had_cursor and not has_cursor(self):  # what had it was made anew, and is gone
                self._go_to_top()
            self.refreshed.emit()

        self.parts.background.run(job, shown, self.fail)

    def do(
        self, job: Callable[[], Found], said: str,
        then: Callable[[Found], object] | None = None, ask: AskCard | None = None,
    ) -> None:  # fmt: skip
        """Do something on the worker, say that it was done, and read anew.

        Args:
            job: What to do; runs on the worker.
            said: What is said afterwards.
            then: What else happens on the GUI thread, before it is read anew.
            ask: The card that asked for it: it closes, or says why not and keeps the answers.
        """

        def done(found: Found) -> None:
            had_cursor = has_cursor(self)
            self.error.say("")
            self.good.say(said)
            if ask is not None:
                ask.done()
            if then is not None:
                then(found)
            if had_cursor and not has_cursor(self):
                self._go_to_top()
            self.changed.emit()
            self.refresh()

        self.parts.background.run(job, done, lambda error: self._refuse(error, ask))

    def _refuse(self, error: BaseException, ask: AskCard | None) -> None:
        if ask is None or not isinstance(error, IntakeError):
            self.fail(error)
            return
        note(error)
        ask.fail(sentence_for(error, self.words))

    def _go_to_top(self) -> None:
        """Where the news stand."""
        take_cursor_soon(self)
        bring_into_view(self.good)

    def fail(self, error: BaseException) -> None:
        """Say in words why something was not done."""
        self.error.tell_in_view(error)

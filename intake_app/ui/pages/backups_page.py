"""Backups: what can be brought back and as of when, where backups go, one more now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.domain.trust import Check
from intake_app.services.backup.keeping import Made, back_up_now, look_through_all
from intake_app.services.backup.places import (
    PlaceTold,
    Stick,
    add_place,
    places,
    plugged_in,
    remove_place,
)
from intake_app.services.backup.telling import check_disk, check_files_told
from intake_app.services.desk import Desk
from intake_app.ui.backup.places_card import PlacesCard
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, clear, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.ui.trust.check_row import CheckRow
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    checks: Sequence[Check]
    places: Sequence[PlaceTold]
    sticks: Sequence[Stick]


class BackupsPage(QWidget):
    """For who keeps the backups.

    Signals:
        closed: Back to where one came from.
        refreshed: It shows what is known now.

    Attributes:
        places: Where backups go.
        rows: One for each file of records, and one for the disk.
        now: Makes one.
        again: Tests the newest again, as far as who is signed in can open it.
    """

    closed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.wait = muted("")
        self.rows: list[CheckRow] = []
        self._state = Card(words.text("What can be brought back"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        self._state.box.addLayout(self._lines)
        self.places = PlacesCard(words, theme)
        self._frame = PageFrame(theme)
        self.back = self._frame.button(words.text("Back"))
        self.again = self._frame.button(words.text("Test what waits"))
        self.now = self._frame.primary(words.text("Back up now"))
        self._lay_out()
        self.setFocusProxy(self.now)
        on_press(self.back, self.closed.emit)
        on_press(self.again, self._on_again)
        on_press(self.now, self._on_now)
        self.places.add_asked.connect(self._on_add)
        self.places.stick_asked.connect(self._on_stick)
        self.places.remove_asked.connect(self._on_remove)

    def refresh(self) -> None:
        """Look at all places anew."""
        self._background.run(self._read, self._show, self._on_failed)

    def _lay_out(self) -> None:
        say = self._words.text
        self._frame.head.say(say("Backups"), say(
            "Copies of all records, sealed like the records themselves. One is made each day by "
            "itself. Only what was opened and looked through is called tested."
        ))  # fmt: skip
        for part in (self.error, self.good, self.wait, self._state, self.places):
            self._frame.body.addWidget(part)
        self._frame.body.addStretch(1)
        self._frame.foot.addWidget(self.back)
        self._frame.foot.addStretch(1)
        self._frame.foot.addWidget(self.again)
        self._frame.foot.addWidget(self.now)
        self.wait.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)

    def _read(self) -> _Facts:
        desk, words = self._desk, self._words
        told = places(desk)
        checks = [*check_files_told(desk, words), check_disk(desk, words)]
        return _Facts(checks, told, plugged_in(desk))

    def _show(self, facts: _Facts) -> None:
        clear(self._lines)
        self.rows = [CheckRow(one, self._words, self._theme) for one in facts.checks]
        for row in self.rows:
            self._lines.addWidget(row)
        self.places.show_places(facts.places, facts.sticks)
        self.refreshed.emit()

    def _on_now(self) -> None:
        def done(made: Made) -> None:
            bad = [one for one in made.places if one.place.trouble]
            said = self._words.text("The backup is made and tested.")
            if bad:
                said = self._words.text("The backup is made. One of the places needs you.")
            self._done(said)

        self._begin(lambda: back_up_now(self._desk), done)

    def _on_again(self) -> None:
        told = self._words.text("What you can open was tested.")
        self._begin(lambda: look_through_all(self._desk), partial(self._done, told))

    def _on_add(self) -> None:
        title = self._words.text("Choose a folder, disk or stick for backups")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.add_place(Path(folder))

    def add_place(self, folder: Path, name: str = "") -> None:
        """Let backups go there too, and bring the first one."""

        def job() -> None:
            add_place(self._desk, folder, name)
            back_up_now(self._desk)

        told = self._words.text("Backups go there from now on. The first one lies there.")
        self._begin(job, partial(self._done, told))

    def _on_stick(self, stick: Stick) -> None:
        self.add_place(stick.path, stick.name)

    def _on_remove(self, ident: str) -> None:
        told = self._words.text("Backups no longer go there. What lies there stays.")
        self._begin(lambda: remove_place(self._desk, ident), partial(self._done, told))

    # --- waiting ------------------------------------------------------------------------------

    def _begin(self, job: Callable[[], object], done: Callable[..., object]) -> None:
        self._set_waiting(True)
        self._background.run(job, done, self._on_failed)

    def _done(self, said: str, _result: object = None) -> None:
        self._set_waiting(False)
        self.error.say("")
        self.good.say(said)
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._set_waiting(False)
        self.error.tell_in_view(error)

    def _set_waiting(self, waiting: bool) -> None:
        pressed = self.window().focusWidget()
        for button in (self.now, self.again):
            button.setEnabled(not waiting)
        self.places.set_waiting(waiting)
        self.wait.setVisible(waiting)
        self.wait.setText(self._words.text("Copying and testing…") if waiting else "")
        if not waiting and pressed is not self.back:
            self.now.setFocus()  # a button that was off has lost the cursor

"""A card that shows what would leave, seals it once, and writes it where a person chose."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.services.sharing.sealed_bundles import Made
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Answer = TypeVar("Answer")

Make = Callable[[], Made]
"""Seals what was shown; on the worker."""

Save = Callable[[Made, Path], Path]
"""Writes it into a folder, and reads it back; on the worker."""


class SealingCard(Card):
    """The card; who builds it adds what is asked, and `found`, `error` and `good` where they fit.

    Signals:
        noted: It is sealed and noted, whatever becomes of the file: another folder can be tried.

    Attributes:
        seal: Seals and writes what was shown.
        above: In `found`, above what would leave.
        below: In `found`, between that and the buttons.
        found: What would leave, with the button; hidden until something is shown.
        good: What was done.
        error: What went wrong.
    """

    noted = Signal()

    def __init__(
        self, title: str, save: Save, background: Background, words: Words, theme: Theme,
        beside: Sequence[QWidget] = (),
    ) -> None:  # fmt: skip
        super().__init__(title)
        self._save, self._background, self._words = save, background, words
        self._make: Make | None = None
        self._made: Made | None = None
        self._turn = 0
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.seal = PrimaryButton(words.text("Seal and save…"), theme)
        self.seal.setAccessibleName(self.seal.text())
        self.found, self._lines = QWidget(), QVBoxLayout()
        self.above, self.below = QVBoxLayout(), QVBoxLayout()
        inside = QVBoxLayout(self.found)
        inside.setContentsMargins(0, 0, 0, 0)
        for part in (self.above, self._lines, self.below):
            inside.addLayout(part)
        inside.addWidget(ButtonRow(theme.px(8), (self.seal, *beside)))
        self.found.hide()
        on_press(self.seal, self._on_seal)

    def ask(self, job: Callable[[], Answer], show: Callable[[Answer], object]) -> None:
        """Work out on the worker what would leave; an answer to what was asked before is dropped.

        Args:
            job: Works it out.
            show: Shows it.
        """
        self.forget()
        turn = self._turn

        def come(answer: Answer) -> None:
            if turn == self._turn:
                show(answer)

        self._background.run(job, come, self.fail)

    def show_leaving(self, lines: Iterable[str], make: Make | None) -> None:
        """Show what would leave, and how it is sealed then; None: it cannot be."""
        was_shown = self.found.isVisible()
        self.error.say("")
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(muted(line))
        self.seal_by(make)
        self.found.show()
        if not was_shown:
            bring_into_view(self.seal)

    def seal_by(self, make: Make | None) -> None:
        """How it is sealed, what is shown staying as it is; None: it cannot be."""
        self._make = make
        self.seal.setEnabled(make is not None)

    def said_of(self, _made: Made, path: Path) -> str:
        """What was done, in words."""
        return self._words.text(
            "The sealed file lies in {folder}: {file}. It was read back, and that it leaves is "
            "noted.", folder=str(path.parent), file=path.name,
        )  # fmt: skip

    @property
    def is_shown(self) -> bool:
        """Whether something waits to be sealed."""
        return self._make is not None

    def forget(self) -> None:
        """Nothing is shown any more: something else is asked for."""
        self.seal_by(None)
        self.let_go()
        self.found.hide()
        for box in (self.good, self.error):
            box.say("")

    def let_go(self) -> None:
        """What was sealed is not written any more: the next file is another one."""
        self._made = None
        self._turn += 1

    def fail(self, error: BaseException) -> None:
        """Say what went wrong."""
        self.seal.setEnabled(self.is_shown)
        self.error.tell_in_view(error)

    def _on_seal(self) -> None:
        if self._make is None:
            return
        title = self._words.text("Choose the stick or folder for the sealed file")
        folder = QFileDialog.getExistingDirectory(self, title)
        if not folder:
            return
        self.seal.setEnabled(False)
        if self._made is not None:  # noted already: only the writing is tried again
            self._write(Path(folder), self._made)
            return
        done = partial(self._on_made, Path(folder), self._turn)
        self._background.run(self._make, done, self.fail)

    def _on_made(self, folder: Path, turn: int, made: Made) -> None:
        if turn == self._turn:  # else somebody else is chosen by now, and gets a file of theirs
            self._made = made
        self.noted.emit()
        self._write(folder, made)

    def _write(self, folder: Path, made: Made) -> None:
        save = self._save
        self._background.run(lambda: save(made, folder), partial(self._on_saved, made), self.fail)

    def _on_saved(self, made: Made, path: Path) -> None:
        self.forget()
        self.good.say(self.said_of(made, path))
        bring_into_view(self.good)

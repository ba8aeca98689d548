"""Saves a draft within a second of the last change, and says in words how that went."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from intake_app.domain.draft import Draft
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.icons import pixmap
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import time_in_words

PAUSE_MS = 400
"""From a change to its saving; further changes meanwhile go with it."""

RETRY_MS = 3000
"""From a failed saving to the next try."""


class DraftSaver(QObject):
    """Takes the draft as it stands and has it saved on the worker.

    Signals:
        begun: A saving is under way.
        saved: It is durable; local time with offset.
        failed: It is not; the error. It will be tried again.
    """

    begun = Signal()
    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, take: Callable[[], Draft], save: Callable[[Draft], str],
                 background: Background, parent: QObject) -> None:  # fmt: skip
        super().__init__(parent)
        self._take, self._save, self._background = take, save, background
        self._is_over = self._is_dirty = False
        self._taken = self._kept = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.save)
        background.closing.connect(self.stop)

    @property
    def was_asked(self) -> bool:
        """Whether anything was to be saved so far."""
        return self._taken > 0 or self._is_dirty

    def touch(self) -> None:
        """Something changed: save soon."""
        self._is_dirty = True
        if not self._is_over and not self._timer.isActive():
            self._timer.start(PAUSE_MS)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save now; afterwards, if it worked, do `then`."""
        if self._is_over:
            return
        self._timer.stop()
        write = self._writing()
        self._is_dirty = False
        self.begun.emit()

        def done(at: str) -> None:
            self.saved.emit(at)
            if then is not None:
                then()

        self._background.run(write, done, self._on_failed)

    def _writing(self) -> Callable[[], str]:
        """The job that writes what is typed now; the worker notes itself how far it came."""
        draft = self._take()
        self._taken += 1
        number = self._taken

        def write() -> str:
            at = self._save(draft)
            self._kept = number
            return at

        return write

    def save_and_wait(self) -> BaseException | None:
        """Save what is not known to be saved and wait for it: for locking and leaving only.

        Returns:
            Why it is not saved; it will be tried again. None where it is.
        """
        is_saved = self._kept == self._taken and not (self._is_dirty or self._timer.isActive())
        if self._is_over or is_saved:
            return None
        self._timer.stop()
        why = self._background.why_not(self._writing())
        self._is_dirty = why is not None
        if why is not None:
            self.failed.emit(why)
            self._timer.start(RETRY_MS)
        return why

    def stop(self) -> None:
        """No more saving: the draft has become something else, or nobody is there to save it."""
        self._is_over = True
        self._timer.stop()

    def go_on(self) -> None:
        """Save again: it has not."""
        self._is_over = False

    def _on_failed(self, error: BaseException) -> None:
        self._is_dirty = True
        note(error)
        self.failed.emit(error)
        if not self._is_over:
            self._timer.start(RETRY_MS)


class StateLine(QWidget):
    """Says "Saved on this computer, 2:41 PM", or why not and what to do.

    Attributes:
        words: The label that says it.
    """

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(7)
        self._icon = QLabel()
        self._line.addStretch(1)
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self.words: QLabel = muted("", wraps=False)
        self._line.addWidget(self.words, 0)

    @property
    def text(self) -> str:
        """What it says."""
        return self.words.text()

    def follow(self, saver: DraftSaver) -> None:
        """Say what a saver does."""
        saver.begun.connect(self._on_begun)
        saver.saved.connect(self._on_saved)
        saver.failed.connect(self._on_failed)

    def _on_begun(self) -> None:
        if not self.text:
            self._say("clock", self._theme.tokens.mute, self._words.text("Saving…"))

    def _on_saved(self, at: str) -> None:
        time = time_in_words(at, self._words.language)
        said = self._words.text("Saved on this computer, {time}", time=time)
        self._say("circle-check", self._theme.tokens.ok, said)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            what = sentence_for(error, self._words)
            said = self._words.text("Not saved: {what}", what=what)
            if said != self.text:
                announce(self.words, said, is_urgent=True)
            self._say("circle-alert", self._theme.tokens.err, said, is_long=True)

    def _say(self, sign: str, color: str, text: str, *, is_long: bool = False) -> None:
        if text != self.text:
            self.words.setWordWrap(is_long)
            self._line.setStretchFactor(self.words, 100 if is_long else 0)
            self._icon.setPixmap(pixmap(sign, color, self._theme.px(18)))
            self.words.setText(text)
            self.words.setAccessibleName(text)

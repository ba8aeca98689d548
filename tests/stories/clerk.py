"""Works the window as a person does: finds things by their names, presses keys, and waits.

It knows accessible names and keys, and no widget of the program.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from intake_app.services.signing_in import NewPerson
from intake_app.ui.conductor import Conductor
from intake_app.words import Words

Key, Mod = Qt.Key, Qt.KeyboardModifier
LONGEST_WAIT = 10_000
MOST_TABS = 150


class NotThere(AssertionError):
    """Nothing on the screen has this name."""


def name_of(widget: QWidget) -> str:
    """The name that a screen reader says."""
    if isinstance(widget, QComboBox):
        # Qt on Linux tells a list's text as its name, and its name by its label
        return widget.accessibleName() or _label_of(widget)
    told = QAccessible.queryAccessibleInterface(widget)
    return str(told.text(QAccessible.Text.Name)) if told else widget.accessibleName()


def _label_of(widget: QWidget) -> str:
    top = widget.window()
    return next((b.text() for b in top.findChildren(QLabel) if b.buddy() is widget), "")


class Clerk:
    """A person at the window.

    Attributes:
        actions: How many things they have done so far: one choice, one typed answer, one button
            count one each.
        passed: What had the cursor on the way, where they go by Tab alone.
    """

    def __init__(self, qtbot: QtBot, conductor: Conductor, *, by_tab: bool = False) -> None:
        self._qtbot, self.conductor, self._by_tab = qtbot, conductor, by_tab
        self.actions, self.passed = 0, list[QWidget]()

    # --- seeing ---------------------------------------------------------------------------

    @property
    def words(self) -> Words:
        """Language of the window."""
        return self.conductor.words

    @property
    def top(self) -> QWidget:
        """What takes keys: a dialog over the window, or the window."""
        return QApplication.activeModalWidget() or self.conductor.window

    def seen(self, kind: type[QWidget] = QWidget, inside: QWidget | None = None) -> Iterator:
        """What is on the screen."""
        return (w for w in (inside or self.top).findChildren(kind) if w.isVisible())

    def controls(self, name: str, inside: QWidget | None = None) -> list[QWidget]:
        """What can take the cursor and has this name, in order."""
        return [
            w
            for w in self.seen(QWidget, inside)
            if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isEnabled() and name_of(w) == name
        ]

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The one control with this name."""
        found = self.controls(name, inside)
        if not found:
            raise NotThere(f"{name!r} among {self.names(inside)}")
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a control with this name is there."""
        return bool(self.controls(name))

    def names(self, inside: QWidget | None = None) -> list[str]:
        """Names of all controls on the screen."""
        controls = (
            w for w in self.seen(QWidget, inside) if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        )
        return [name for w in controls if (name := name_of(w))]

    def group(self, question: str, inside: QWidget | None = None) -> QGroupBox | None:
        """The buttons that answer a question, where it is answered by buttons."""
        return next((g for g in self.seen(QGroupBox, inside) if name_of(g) == question), None)

    def reads(self, text: str) -> bool:
        """Whether these words can be read on the screen."""
        return any(text in said for said in self.page())

    def page(self) -> list[str]:
        """All words on the screen, as read and as told to a screen reader."""
        said: list[str] = []
        for widget in self.seen():
            said += [name_of(widget), widget.accessibleDescription(), widget.toolTip()]
            for part in ("text", "toPlainText", "placeholderText"):
                if callable(get := getattr(widget, part, None)):
                    said.append(str(get()))
        return [text for text in said if text]

    # --- doing ----------------------------------------------------------------------------

    def reach(self, widget: QWidget) -> QWidget:
        """Put the cursor somewhere: by Tab alone, or as a click or a screen reader would."""
        if not self._by_tab:
            widget.setFocus()
            return widget
        for _ in range(MOST_TABS):
            now = QApplication.focusWidget()
            if now is not None and (now is widget or now.focusProxy() is widget):
                assert not now.visibleRegion().isEmpty(), f"{name_of(now)} is out of sight"
                return widget
            self._qtbot.keyClick(now or self.top, Key.Key_Tab)
            if now := QApplication.focusWidget():
                self.passed.append(now)
        raise NotThere(f"{name_of(widget)!r} was not reached by Tab")

    def key(self, key: Key | str, mod: Mod = Mod.NoModifier) -> None:
        """Press a key where the cursor is."""
        popup = QApplication.activePopupWidget()
        self._qtbot.keyClick(popup or QApplication.focusWidget() or self.top, key, mod)

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Press a button or tick a box."""
        self._space(self.find(name, inside))
        self.settle()

    def say(self, name: str) -> None:
        """Press one of the program's own buttons, named here in English."""
        self.press(self.words.text(name))

    def write(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """Write into a field what was not there."""
        edit = self.reach(self.find(name, inside))
        self._qtbot.keyClick(edit, Key.Key_A, Mod.ControlModifier)
        if isinstance(edit, QPlainTextEdit) or getattr(edit, "text", str)():
            self._qtbot.keyClick(edit, Key.Key_Delete)
        self._type(edit, text)
        self.actions += 1

    def _type(self, edit: QWidget, text: str) -> None:
        for letter in text:
            if letter.isascii():
                self._qtbot.keyClick(edit, letter)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest has no such keys
                QApplication.sendEvent(edit, QKeyEvent(kind, 0, Mod.NoModifier, letter))

    def choose(self, question: str, choice: str, inside: QWidget | None = None) -> None:
        """Choose one answer, among buttons or from a list."""
        buttons = self.group(question, inside)
        if buttons is None:
            self._choose_from_list(self.find(question, inside), choice)
        elif self._by_tab:
            self._choose_by_arrows(buttons, choice)
        else:
            self._space(self.find(choice, buttons))
        self.settle()

    def tick(self, question: str, *choices: str) -> None:
        """Tick several answers; one action each."""
        for choice in choices:
            self.press(choice, self.group(question))

    def _space(self, button: QWidget) -> None:
        self._qtbot.keyClick(self.reach(button), Key.Key_Space)
        self.actions += 1

    def _choose_from_list(self, listed: QWidget, choice: str) -> None:
        assert isinstance(listed, QComboBox)
        self.reach(listed)
        wanted = listed.findText(choice)
        assert wanted >= 0, f"{choice!r} is not offered"
        while listed.currentIndex() != wanted:
            down = listed.currentIndex() < wanted
            self._qtbot.keyClick(listed, Key.Key_Down if down else Key.Key_Up)
        self.actions += 1

    def _choose_by_arrows(self, buttons: QGroupBox, choice: str) -> None:
        first = next(b for b in self.seen(QRadioButton, buttons) if self._takes_tab(b))
        now: QWidget | None = self.reach(first)
        for _ in range(len(buttons.findChildren(QRadioButton))):
            if now is not None and name_of(now) == choice:
                break
            self._qtbot.keyClick(now or self.top, Key.Key_Down)
            now = QApplication.focusWidget()
        assert now is not None
        assert name_of(now) == choice
        self._qtbot.keyClick(now, Key.Key_Space)
        self.actions += 1

    @staticmethod
    def _takes_tab(button: QAbstractButton) -> bool:
        """Tab goes to what is chosen, or to the first where nothing is."""
        group = button.group()
        chosen = group.checkedButton() if group else None
        return chosen is None or chosen is button

    # --- waiting --------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until the worker has nothing to do, and the screen shows it."""
        QApplication.processEvents()
        self.until(lambda: not self.conductor.background.is_busy)
        QApplication.processEvents()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(holds, timeout=LONGEST_WAIT)

    def until_reads(self, text: str) -> None:
        """Wait until words are on the screen."""
        self.until(lambda: self.reads(text))

    def until_sees(self, name: str) -> None:
        """Wait until a control is there."""
        self.until(lambda: self.sees(name))

    # --- what stories share ---------------------------------------------------------------

    def sign_in(self, who: NewPerson) -> None:
        """From the lock screen to the home page."""
        self.try_to_sign_in(who.user_name, who.passphrase)
        self.until_sees(self.words.text("Log out"))
        self.settle()

    def try_to_sign_in(self, user_name: str, passphrase: str) -> None:
        """Fill in the lock screen and press Unlock."""
        box = self.find(self.words.text("I understand"))
        assert isinstance(box, QCheckBox)
        if not box.isChecked():
            self.say("I understand")
        self.write(self.words.text("User name"), user_name)
        self.write(self.words.text("Passphrase"), passphrase)
        self.say("Unlock")

    def save_pdf(self, button: QWidget | None = None) -> None:
        """Press Save PDF, and Save in the dialog: under the name that it offers."""
        told: list[str] = []

        def agree() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                timer.stop()
                told.extend(self.page())
                try:
                    self._space(self.find(self.words.text("Save")))
                finally:
                    dialog.close()  # else a failed story would wait for ever

        timer = QTimer(interval=10)
        timer.timeout.connect(agree)
        timer.start()
        self._space(button or self.find(self.words.text("Save PDF")))
        self.until(lambda: bool(told))
        self.settle()
        assert self.words.text(
            "This file will not be encrypted. Anyone who can open it can read it."
        ) in told

    def state(self) -> str:
        """What the state line of the form says."""
        saved = self.words.text("Saved on this computer, {time}", time="")
        return next((t for t in self.page() if t.startswith((saved, "Not saved"))), "")

    def picture(self, place: Path) -> None:
        """Keep what is on the screen, to look at."""
        self.conductor.window.grab().save(str(place))

    def height_of(self, widget: QWidget) -> int:
        """How far down a widget stands on its page, in pixels."""
        page = widget.parentWidget()
        while page is not None and not isinstance(page.parentWidget(), QScrollArea | None):
            page = page.parentWidget()
        return widget.mapTo(page or self.top, QPoint()).y()

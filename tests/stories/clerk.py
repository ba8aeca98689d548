"""Works the window as a person does: finds things by their names, presses keys, and waits.

It knows accessible names and keys, and no widget of the program.
"""

from collections.abc import Callable

from eyes import Eyes, NotThere, name_of
from PySide6.QtCore import QDir, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QMessageBox,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from intake_app.services.signing.signing_in import NewPerson
from intake_app.ui.running.conductor import Conductor

__all__ = ["Clerk", "Key", "Mod", "NotThere", "name_of"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
LONGEST_WAIT = 30_000
MOST_TABS = 150


class Clerk(Eyes):
    """A person at the window.

    Attributes:
        actions: How many things they have done so far: one choice, one typed answer, one button
            count one each.
        passed: What had the cursor on the way, where they go by Tab alone.
    """

    def __init__(self, qtbot: QtBot, conductor: Conductor, *, by_tab: bool = False) -> None:
        super().__init__(conductor)
        self._qtbot, self._by_tab = qtbot, by_tab
        self.actions, self.passed = 0, list[QWidget]()

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

    def key(self, key: Qt.Key | str, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
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

    def open_tab(self, label: str) -> None:
        """Open a tab of a folder, by arrow keys."""
        bar = next(self.seen(QTabBar))
        labels = [bar.tabText(n) for n in range(bar.count())]
        self.reach(bar)
        while (now := bar.currentIndex()) != (wanted := labels.index(label)):
            self._qtbot.keyClick(bar, Key.Key_Right if now < wanted else Key.Key_Left)
        self.actions += 1
        self.settle()

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
            before = now
            self._qtbot.keyClick(now or self.top, Key.Key_Down)
            now = QApplication.focusWidget()
            if now is before:  # they stand beside each other
                self._qtbot.keyClick(now or self.top, Key.Key_Right)
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
            if isinstance(dialog, QMessageBox):  # a file of this name is there: never in a story
                dialog.reject()
            if not isinstance(dialog, QFileDialog) or not dialog.isVisible():
                return
            if told:
                dialog.reject()
                return
            told.extend(self.page())
            dialog.setDirectory(QDir.currentPath())  # Qt remembers where the last story saved
            self._space(self.find(self.words.text("Save")))

        timer = QTimer(interval=10)
        timer.timeout.connect(agree)
        timer.start()
        self._space(button or self.find(self.words.text("Save PDF")))
        self.until(lambda: bool(told))
        self.settle()
        timer.stop()
        assert (
            self.words.text("This file will not be encrypted. Anyone who can open it can read it.")
            in told
        )

"""An update that was prepared: the button that installs it, or the one command to type."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from intake_app.services.updates.preparing import Ready
from intake_app.services.updates.telling import as_typed
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import field_label, heading, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.update.command_text import CommandText
from intake_app.words import Words


class ReadyCard(Card):
    """The card; it says nothing before `show_ready`.

    Signals:
        install_asked: Start the system's installer.

    Attributes:
        command: What the administrator of the computer types.
        install: Starts the installer, where the system asks for its administrator itself.
    """

    install_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._title, self._how = heading("", 2), words_label("")
        self.command = CommandText()
        self._label = field_label(words.text("Command"), self.command)
        self.copy = named_button(words.text("Copy the command"))
        self.install = PrimaryButton(words.text("Install now"), theme)
        self.install.setAccessibleName(words.text("Install now"))
        on_press(self.copy, lambda: QApplication.clipboard().setText(self.command.text()))
        on_press(self.install, self.install_asked.emit)
        for part in (self._title, self._how, self._label, self.command):
            self.box.addWidget(part)
        self.box.addWidget(ButtonRow(theme.px(9), (self.copy, self.install)))

    def show_ready(self, ready: Ready) -> None:
        """Say what is left to do."""
        say, is_typed = self._words.text, not ready.start
        self._title.setText(say("{new} is ready", new=ready.step.after))
        is_root = is_typed or ready.asks_root
        self.command.setText(as_typed(ready.command, is_administrator=is_root))
        self._show_command(is_typed)
        self.install.setVisible(not is_typed)
        self._how.setText(say(
            "The backup is made and tested. Log out. Then the administrator of this computer opens "
            "a terminal and types this command. The next start runs the new version."
        ) if is_typed else say(
            "The backup is made and tested. Let colleagues log out first. The system asks for the "
            "administrator of this computer."
        ))  # fmt: skip

    def take_cursor(self) -> None:
        """The cursor goes to what comes next."""
        (self.copy if self.install.isHidden() else self.install).setFocus()

    def offer_command(self) -> None:
        """Where nobody was asked, or nobody agreed: it can be typed, too."""
        self._show_command(True)

    def _show_command(self, is_shown: bool) -> None:
        for part in (self._label, self.command, self.copy):
            part.setVisible(is_shown)

"""All stations of the department, each with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.services.stations import Station
from intake_app.ui.button_row import ButtonRow
from intake_app.ui.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.cursor import take_cursor_soon
from intake_app.ui.labels import heading, muted, words_label
from intake_app.ui.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class ListCard(Card):
    """One block for each.

    Signals:
        rename_asked: Call this one something else (a `Station`).
        strike_asked: Strike this one (a `Station`).

    Attributes:
        buttons: By station and act ("rename", "strike").
        said: What each block says.
    """

    rename_asked = Signal(object)
    strike_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Stations"))
        self._words, self._theme = words, theme
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.said: dict[str, list[str]] = {}
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        self._department = muted("")
        self.box.addLayout(self._blocks)
        self.box.addWidget(self._department)

    def show_stations(self, found: Sequence[Station], department: Sequence[str]) -> None:
        """Show them anew; the cursor stays at its button."""
        focused = self.window().focusWidget()
        at = next((key for key, button in self.buttons.items() if button is focused), None)
        clear(self._blocks)
        self.buttons, self.said = {}, {}
        for one in found:
            self._blocks.addWidget(self._block(one))
        told = self._words.text(
            "The department's words, also on its recovery cards: {words}",
            words=" ".join(department),
        )  # fmt: skip
        self._department.setText(told)
        if at in self.buttons:
            self.buttons[at].show()  # it is too new to be on screen, and takes no cursor before
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        elif at is not None:  # it was struck: its buttons are gone
            take_cursor_soon(self)

    def _block(self, one: Station) -> QWidget:
        made, title = QWidget(), station_title(one, self._words)
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(3))
        lines.addWidget(heading(title, 3))
        self.said[one.id] = [title, *self._sentences(one)]
        if one.is_struck:
            lines.addWidget(
                Chip(self._words.text("struck"), "plain"), 0, Qt.AlignmentFlag.AlignLeft
            )
        for sentence in self._sentences(one):
            lines.addWidget(words_label(sentence))
        if not one.is_struck:
            lines.addWidget(self._acts(one, title))
        return made

    def _sentences(self, one: Station) -> list[str]:
        say = self._words.text
        found = [say("Let in {when}", when=moment_in_words(one.at, self._words.language))]
        if one.is_here:
            found.append(say("You are working at this one."))
        if one.is_here and one.is_struck:
            found.append(say("It was struck. What is written here goes to no other station."))
        if one.has_twin:
            found.append(
                say("Another station has the same letter. Strike one, and enroll it anew.")
            )
        return found

    def _acts(self, one: Station, title: str) -> ButtonRow:
        say = self._words.text
        rename = make_button(say("Rename…"), "small")
        rename.setAccessibleName(say("Rename {name}", name=title))
        on_press(rename, lambda: self.rename_asked.emit(one))
        self.buttons[one.id, "rename"] = rename
        if one.is_here:
            return ButtonRow(self._theme.px(8), (rename,))
        strike = make_button(say("Lost or stolen…"), "small")
        strike.setAccessibleName(say("{name} was lost or stolen", name=title))
        on_press(strike, lambda: self.strike_asked.emit(one))
        self.buttons[one.id, "strike"] = strike
        return ButtonRow(self._theme.px(8), (rename, strike))


def station_title(one: Station, words: Words) -> str:
    """The letter and the name of a station; the letter alone where nobody has named it."""
    return f"{one.letter} · {one.name}" if one.name else words.text("Station {n}", n=one.letter)

"""Where backups go: what lies in each place, how the last try went, adding and removing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.services.backup.places import PlaceTold, Stick
from intake_app.services.backup.telling import place_in_words, trouble_in_words
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, clear, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words
from intake_app.words.sizes import size_in_words


class PlacesCard(Card):
    """A block for each place, and buttons to add one.

    Signals:
        add_asked: Choose a folder.
        stick_asked: Back up to this stick too (its `Stick`).
        remove_asked: Backups no longer go to this place (its id).

    Attributes:
        add: Chooses a folder.
        buttons: By place, the button that removes it.
        sticks: By path, the button that adds a stick.
    """

    add_asked = Signal()
    stick_asked = Signal(object)
    remove_asked = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Where backups go"))
        self._words, self._theme = words, theme
        self.buttons: dict[str, QPushButton] = {}
        self.sticks: dict[str, QPushButton] = {}
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        self._plugged = QVBoxLayout()
        self.add = named_button(words.text("Add a folder, disk or stick…"))
        on_press(self.add, self.add_asked.emit)
        self.box.addLayout(self._blocks)
        self.box.addLayout(self._plugged)
        self.box.addWidget(ButtonRow(theme.px(9), (self.add,)))

    def show_places(self, places: Sequence[PlaceTold], sticks: Sequence[Stick]) -> None:
        """List them."""
        clear(self._blocks)
        clear(self._plugged)
        self.buttons, self.sticks = {}, {}
        for told in places:
            self._blocks.addWidget(self._block(told))
        for stick in sticks:
            self._plugged.addWidget(self._offer(stick))

    def set_waiting(self, waiting: bool) -> None:
        """Nothing can be pressed while the worker is at it."""
        for button in (self.add, *self.buttons.values(), *self.sticks.values()):
            button.setEnabled(not waiting)

    def _block(self, told: PlaceTold) -> QWidget:
        say, place = self._words.text, told.place
        block = QWidget()
        lines = QVBoxLayout(block)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(2))
        head = QHBoxLayout()
        name = place_in_words(place, self._words)
        head.addWidget(heading(name, 3), 1)
        head.addWidget(self._chip(told))
        lines.addLayout(head)
        lines.addWidget(muted(place.path))
        lines.addWidget(words_label(self._holds(told)))
        trouble = trouble_in_words(place, self._words)
        if trouble:
            lines.addWidget(words_label(trouble, "label"))
        if not place.is_here:
            remove = named_button(say("Take off the list"), "small")
            remove.setAccessibleName(say("Take {name} off the list", name=name))
            on_press(remove, lambda: self.remove_asked.emit(place.id))
            self.buttons[place.id] = remove
            lines.addWidget(ButtonRow(0, (remove,)))
        return block

    def _chip(self, told: PlaceTold) -> Chip:
        say = self._words.text
        if not told.is_reached:
            return Chip(say("Not reached"), "soon")
        if told.place.trouble:
            return Chip(say("Needs you"), "late")
        if not told.backups:
            return Chip(say("Empty"), "plain")
        whole = told.backups[0].is_tested
        return Chip(say("Tested"), "ok") if whole else Chip(say("Partly tested"), "soon")

    def _holds(self, told: PlaceTold) -> str:
        words = self._words
        if not told.backups:
            return words.text("Nothing lies there yet.")
        newest = told.backups[0]
        return words.plural(
            "{n} backup, {size} in all; the newest of {when}.",
            "{n} backups, {size} in all; the newest of {when}.", len(told.backups),
            size=size_in_words(sum(one.size for one in told.backups), is_needed=True),
            when=moment_in_words(newest.made, words.language),
        )  # fmt: skip

    def _offer(self, stick: Stick) -> QWidget:
        said = self._words.text("Back up to the stick “{name}” too", name=stick.name)
        button = named_button(said)
        on_press(button, lambda: self.stick_asked.emit(stick))
        self.sticks[str(stick.path)] = button
        return ButtonRow(0, (button,))

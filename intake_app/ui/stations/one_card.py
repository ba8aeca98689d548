"""Asks one thing about one station: a new name, or whether it is really gone."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from intake_app.services.exchanging.stations import Station
from intake_app.ui.parts.cards import PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import field_label, heading, words_label
from intake_app.ui.parts.returning_card import ReturningCard
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.ui.stations.list_card import station_title
from intake_app.words import Words


class OneCard(ReturningCard):
    """Hidden until it asks.

    Signals:
        renamed: Station, and its new name.
        struck: Station, and the administrator's passphrase.

    Attributes:
        field: The name or the passphrase.
        act: Does it.
        leave: Leaves it.
    """

    renamed = Signal(object, str)
    struck = Signal(object, str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(theme)
        self._words = words
        self._station: Station | None = None
        self._is_strike = False
        self.field = QLineEdit()
        self._title, self._told = heading("", 2), words_label("")
        self._label = field_label(words.text("Name"), self.field)
        self.act, self.leave = PrimaryButton(""), named_button(words.text("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addWidget(self.leave)
        row.addStretch(1)
        for widget in (self._title, self._told, self._label, self.field):
            self.box.addWidget(widget)
        self.box.addLayout(row)
        on_press(self.act, self._on_act)
        on_press(self.leave, self.done)
        self.field.returnPressed.connect(self._on_act)
        self.hide()

    def ask_name(self, station: Station) -> None:
        """Ask for another name."""
        say = self._words.text
        self._ask(station, say("Rename {name}", name=station_title(station, self._words)), "")
        self._call(say("Name"), say("Save"), QLineEdit.EchoMode.Normal)
        self.field.setText(station.name)
        self._is_strike = False

    def ask_strike(self, station: Station, stores: Sequence[str]) -> None:
        """Ask whether it is really gone; the stores whose passwords it knew are named."""
        say = self._words.text
        title = say("{name} was lost or stolen", name=station_title(station, self._words))
        told = say(
            "It is struck for ever: what it sends from now on is set aside, and new keys begin for "
            "all other stations. If it is found, enroll it anew."
        )  # fmt: skip
        if stores:
            told += " " + say(
                "It knows how to open your stores. Change their passwords now: {stores}",
                stores=", ".join(stores),
            )  # fmt: skip
        self._ask(station, title, told)
        label = say("Your own passphrase, once more")
        self._call(label, say("Strike it"), QLineEdit.EchoMode.Password)
        self._is_strike = True

    def forget(self) -> None:
        """Drop what was asked about, and what was typed."""
        self._station = None
        self.field.clear()

    def _ask(self, station: Station, title: str, told: str) -> None:
        if self._station is None:
            self.note_cursor()
        self._station = station
        self.say()
        self.field.clear()
        self._title.setText(title)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _call(self, label: str, act: str, mode: QLineEdit.EchoMode) -> None:
        self._label.setText(label)
        self.field.setAccessibleName(label)
        self.field.setEchoMode(mode)
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.show()
        bring_into_view(self)
        self.field.setFocus()

    def _on_act(self) -> None:
        if self._station is None:
            return
        signal = self.struck if self._is_strike else self.renamed
        signal.emit(self._station, self.field.text())

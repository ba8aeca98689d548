"""The dark rail on the left: where to go, what state the data is in, who works here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from intake_app.ui.help.button import HelpButton
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.cards import Chip, on_press
from intake_app.ui.parts.icons import icon, icon_label
from intake_app.ui.parts.labels import restyle, words_label
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

WIDTH, NARROW_WIDTH = 228, 78
_MANY, _MANY_LARGE = 7, 5
"""With more places than these (at 100 %, in large text), lines stand closer: all fit 768 pixels."""

_CROWD = 10
"""With more than these, they stand as close as can be hit, and the state is one line."""

_PACK = 15
"""With more than these, not a pixel stands between them."""

_LARGE = 1.4
"""Text size from which fewer places fit."""

_PAIRED = 8
"""With more than these in large text, a narrow rail shows signs two by two: all stay large."""

_SIGN, _SIGN_OF_PAIR = 22, 19
"""Side of the sign of an entry, at 100 %."""

_CROWD_SIGN = QSize(30, 30)
"""Largest sign of an entry where many stand close in one column, at any text size."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail.

    Attributes:
        id: Stable name, also of the signal.
        icon: Icon file.
        name: Its words and accessible name.
        key: Key that does the same, or empty; told in the tool tip.
    """

    id: str
    icon: str
    name: str
    key: str = ""


class Rail(QFrame):
    """Places on top, then state and person, then what one does when leaving.

    What does not fit is scrolled; how to leave stays in sight, on a shared computer above all.

    Signals:
        chosen: The id of the entry that was pressed.
        sync_asked: Exchange with the other stations now.

    Attributes:
        sync: The small button for it; hidden where there is no other station.
        help: Opens the guide at the page that is shown.
    """

    chosen = Signal(str)
    sync_asked = Signal()

    def __init__(
        self, theme: Theme, words: Words, title: str, *, is_training: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(words.text("Places"))
        self._theme, self._words = theme, words
        self._buttons: dict[str, QPushButton] = {}
        self._wide: list[QWidget] = []
        self._is_narrow: bool | None = None
        self._is_crowded = self._is_paired = False
        self._grids: list[tuple[QGridLayout, list[QPushButton]]] = []
        self._tight: str | bool = False
        self._told = ("", "")
        self.help = HelpButton(words)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        area = scrolled(inside)
        area.setObjectName("plain")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        self._below = QVBoxLayout()
        outer.addLayout(self._below)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(12, 18, 8, 14)  # room for the bar that scrolls a long rail
        self._margins = self._lines.contentsMargins()
        self._lines.setSpacing(4)
        self._lines.addLayout(self._brand(title, is_training=is_training))
        self._lines.addSpacing(12)
        self.state, self.backup = words_label("", "mute"), words_label("", "mute")
        self.sync = self._make_sync()

    def fill(self, places: Sequence[Place], person: str, leaving: Sequence[Place]) -> None:
        """Put the entries in; many of them stand closer."""
        is_large = self._theme.scale >= _LARGE
        is_tight = len(places) > (_MANY_LARGE if is_large else _MANY)
        is_crowded = self._is_crowded = len(places) > _CROWD
        self._is_paired = is_large and len(places) > _PAIRED
        if is_tight:
            self._lines.setSpacing(0 if is_crowded else 2)
        if is_crowded or self._is_paired:
            self._lines.setContentsMargins(12, 4, 8, 2 if len(places) <= _PACK else 0)
        self._margins = self._lines.contentsMargins()
        self._lines.addLayout(self._grid(places))
        self._lines.addStretch()
        self._lines.addWidget(self._state_box())
        if is_crowded:  # it is in the tool tip, and read out
            self._wide.remove(self.backup)
            self.backup.hide()
        self._lines.addSpacing(4)
        self._lines.addWidget(self._wide_only(words_label(person, "mute")))
        self._below.addLayout(self._grid(leaving))
        crowd = "pack" if len(places) > _PACK else "crowd"
        self._tight = crowd if is_crowded else is_tight
        self.set_narrow(False)

    def mark(self, ident: str) -> None:
        """Show where one is."""
        for name, button in self._buttons.items():
            button.setProperty("current", name == ident)
            here = self._words.text("You are here") if name == ident else ""
            button.setAccessibleDescription(here)
            restyle(button)

    def say(self, state: str, backup: str, exchange: str = "") -> None:
        """What state the data is in, in words.

        Args:
            state: Whether it is saved here.
            backup: Whether there is a tested copy; shown where nothing is exchanged.
            exchange: How far it has gone to other stations; empty: there is none.
        """
        self._tell((state, exchange or backup))
        self.state.setText(exchange if exchange and self._is_crowded else state)
        self.backup.setText(exchange or backup)
        whole = ". ".join(part for part in (state, exchange or backup) if part)
        for sign in (self._state_sign, self.sync):
            sign.setToolTip(whole)
        self._state_sign.setAccessibleName(whole)
        self.sync.setAccessibleDescription(whole)
        self.sync.setVisible(bool(exchange))
        self._show_sign()

    def _tell(self, parts: tuple[str, str]) -> None:
        """Let a screen reader say what is another state now; not what it began with."""
        if any(self._told):
            new = [part for part, before in zip(parts, self._told, strict=True) if part != before]
            announce(self, ". ".join(filter(None, new)))
        self._told = parts

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons with words."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.setFixedWidth(
            max(NARROW_WIDTH, self._theme.px(56)) if narrow else self._theme.px(WIDTH)
        )
        for widget in self._wide:
            widget.setVisible(not narrow)
        self._show_sign()
        is_paired = narrow and self._is_paired
        right = self._margins.right()
        left = right if is_paired else self._margins.left()
        self._lines.setContentsMargins(left, self._margins.top(), right, self._lines.spacing())
        self._below.setContentsMargins(left, 0, right, self._margins.bottom())
        for grid, buttons in self._grids:
            _stand(grid, buttons, 2 if is_paired else 1)
        for button in self._buttons.values():
            button.setText("" if narrow else f"  {button.accessibleName()}")
            button.setProperty("narrow", narrow)
            button.setProperty("tight", "pair" if is_paired else self._tight)
            button.setIconSize(self._sign(is_paired=is_paired))
            restyle(button)

    def button(self, ident: str) -> QPushButton:
        """The button of an entry, or of "help"."""
        return self.help if ident == "help" else self._buttons[ident]

    def _brand(self, title: str, *, is_training: bool) -> QVBoxLayout:
        lines = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(6)
        tokens = self._theme.tokens
        sign = icon_label("badge-check", tokens.gold, self._theme.px(24))
        row.addWidget(self._wide_only(sign))
        row.addWidget(self._wide_only(words_label(title, "brand")), 1)
        row.addWidget(self.help)
        lines.addLayout(row)
        if is_training:
            lines.addWidget(self._wide_only(Chip(self._words.text("Training"), "soon")))
        return lines

    def _grid(self, places: Sequence[Place]) -> QGridLayout:
        """Entries that stand in one column, or two by two."""
        grid = QGridLayout()
        grid.setVerticalSpacing(self._lines.spacing())
        grid.setHorizontalSpacing(0)
        buttons = [self._button(place) for place in places]
        self._grids.append((grid, buttons))
        _stand(grid, buttons, 1)  # now: Tab goes in the order in which they come into the rail
        return grid

    def _sign(self, *, is_paired: bool) -> QSize:
        """In a crowded column a sign is as high as its line at most: signs do not touch."""
        side = self._theme.px(_SIGN_OF_PAIR if is_paired else _SIGN)
        size = QSize(side, side)
        return size.boundedTo(_CROWD_SIGN) if self._is_crowded and not is_paired else size

    def _button(self, place: Place) -> QPushButton:
        size = self._theme.px(_SIGN)
        made = QPushButton()
        made.setAutoDefault(False)
        made.setIcon(icon(place.icon, self._theme.tokens.rail_ink, size))
        made.setAccessibleName(place.name)
        made.setToolTip(f"{place.name} ({place.key})" if place.key else place.name)
        made.clicked.connect(lambda: self.chosen.emit(place.id))
        self._buttons[place.id] = made
        return made

    def _state_box(self) -> QFrame:
        box = QFrame()
        box.setObjectName("statebox")
        row = self._state_row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        self._state_sign: QLabel = icon_label(
            "hard-drive", self._theme.tokens.gold, self._theme.px(20)
        )
        row.addWidget(self._state_sign, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._wide_only(self.state))
        lines.addWidget(self._wide_only(self.backup))
        row.addLayout(lines, 1)
        middle = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        row.addWidget(self.sync, 0, middle)
        return box

    def _make_sync(self) -> QPushButton:
        size = self._theme.px(20)
        made = QPushButton()
        made.setAutoDefault(False)
        made.setObjectName("sync")
        made.setIcon(icon("refresh-cw", self._theme.tokens.rail_ink, size))
        made.setIconSize(QSize(size, size))
        made.setAccessibleName(self._words.text("Exchange now"))
        on_press(made, self.sync_asked.emit)
        made.hide()
        return made

    def show_exchanging(self, is_running: bool) -> None:
        """Say on the button whether an exchange goes on now."""
        tokens, size = self._theme.tokens, self._theme.px(20)
        color = tokens.gold if is_running else tokens.rail_ink
        said = self._words.text("Exchanging now") if is_running else ""
        self.sync.setIcon(icon("refresh-cw", color, size))
        self.sync.setAccessibleDescription(said)
        self.sync.setToolTip(said or self._words.text("Exchange now"))

    def _show_sign(self) -> None:
        """On a narrow rail there is room for one: the button, which says the same."""
        self._state_sign.setVisible(not self._is_narrow or self.sync.isHidden())
        side = 4 if self._is_narrow else 12
        self._state_row.setContentsMargins(side, 8, side, 8)
        self._state_row.setStretch(1, 0 if self._is_narrow else 1)

    def _wide_only(self, widget: QLabel) -> QLabel:
        self._wide.append(widget)
        return widget


def _stand(grid: QGridLayout, buttons: Sequence[QPushButton], columns: int) -> None:
    """Put buttons in columns, line by line; two of them share the width as it is."""
    policies = QSizePolicy.Policy
    for n, button in enumerate(buttons):
        wide = policies.Ignored if columns > 1 else policies.Minimum
        button.setSizePolicy(wide, policies.Fixed)
        grid.removeWidget(button)
        grid.addWidget(button, n // columns, n % columns)

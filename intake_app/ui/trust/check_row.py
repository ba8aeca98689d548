"""One line of the trust page: its light as a sign and a word, what was found, what to do."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.trust import Check, Light
from intake_app.services.trust.report import LIGHTS
from intake_app.ui.parts.cards import Chip, named_button, on_press
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_SIGNS: Final[Mapping[Light, str]] = {
    Light.GREEN: "circle-check",
    Light.AMBER: "triangle-alert",
    Light.RED: "circle-alert",
}
_CHIPS: Final[Mapping[Light, str]] = {Light.GREEN: "ok", Light.AMBER: "soon", Light.RED: "late"}


class CheckRow(QWidget):
    """The line.

    Attributes:
        check: What it shows.
        go: Opens the page where it is put right; None: there is none.
    """

    def __init__(self, check: Check, words: Words, theme: Theme) -> None:
        super().__init__()
        self.check = check
        self.go: QPushButton | None = None
        light = words.text(LIGHTS[check.light])
        self.setAccessibleName(f"{light}. {check.title}. {check.found} {check.to_do}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(12))
        tokens = theme.tokens
        color = {Light.GREEN: tokens.ok, Light.AMBER: tokens.warn, Light.RED: tokens.err}
        sign = icon_label(_SIGNS[check.light], color[check.light], theme.px(20))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setSpacing(theme.px(9))
        head.addWidget(heading(check.title, 3), 1)
        head.addWidget(Chip(light, _CHIPS[check.light]), 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(head)
        self._lines.addWidget(muted(check.found))
        if check.to_do:
            self._lines.addWidget(words_label(check.to_do))
        row.addLayout(self._lines, 1)

    def offer(self, label: str, act: Callable[[], object]) -> None:
        """Put a button under the words."""
        self.go = named_button(label, "small")
        self.go.setAccessibleDescription(self.check.title)
        on_press(self.go, act)
        self._lines.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)

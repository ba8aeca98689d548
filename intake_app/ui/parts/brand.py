"""The dark panel with the department's name, beside the lock screen and the set-up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from intake_app.ui.parts.cards import Chip
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


def brand_panel(
    theme: Theme, words: Words, department: str, *, is_training: bool = False
) -> QFrame:
    """Badge, name of the department and what the program is for."""
    panel = QFrame()
    panel.setObjectName("rail")
    panel.setFixedWidth(theme.px(330))
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(28, 36, 28, 28)
    lines.setSpacing(14)
    lines.addWidget(icon_label("badge-check", theme.tokens.gold, theme.px(48)))
    name = words_label(department or words.text("Intake"), "brand")
    name.setStyleSheet(f"font-size: {theme.px(27)}px")
    lines.addWidget(name)
    lines.addWidget(words_label(words.text("Help for people who ask for it, before any arrest.")))
    if is_training:
        training = Chip(words.text("Training: all people are made up"), "soon")
        training.setWordWrap(True)  # in other languages it is longer than the card is wide
        lines.addWidget(training)
    lines.addStretch()
    lines.addWidget(
        words_label(words.text("Works without internet. All records stay on this computer, "
                               "encrypted."), "mute"), 0, Qt.AlignmentFlag.AlignBottom,
    )  # fmt: skip
    return panel

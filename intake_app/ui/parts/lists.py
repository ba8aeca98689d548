"""Short lists on cards: a time, words, a chip; each line a button where it opens something."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout

from intake_app.ui.parts.cards import Chip, FilledButton, on_press
from intake_app.ui.parts.labels import ElidedLabel, muted
from intake_app.ui.parts.theme import Theme


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a short list.

    Attributes:
        lead: Time or day, in a column of its own; may be empty.
        title: What the line is about.
        under: Second text, or empty.
        chip: Words of the chip, or empty.
        chip_kind: Its tint.
    """

    lead: str
    title: str
    under: str = ""
    chip: str = ""
    chip_kind: str = "plain"

    @property
    def spoken(self) -> str:
        """The whole line, for a screen reader."""
        return ", ".join(part for part in (self.lead, self.title, self.under, self.chip) if part)


def line_button(theme: Theme, line: Line, act: Callable[[], object]) -> QPushButton:
    """A line that opens something."""
    made = FilledButton("row")
    made.setAccessibleName(line.spoken)
    on_press(made, act)
    _fill(QHBoxLayout(made), theme, line)
    for label in made.findChildren(QLabel):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def ruled(inside: QPushButton | QHBoxLayout) -> QFrame:
    """A line with a thin rule below."""
    frame = QFrame()
    frame.setObjectName("row")
    box = QVBoxLayout(frame)
    box.setContentsMargins(0, 2, 0, 2)
    if isinstance(inside, QPushButton):
        box.addWidget(inside)
    else:
        box.addLayout(inside)
    return frame


def end_rows(lines: QLayout) -> None:
    """Of rows that were just made: below the last one the card ends, and no rule is drawn."""
    last = lines.itemAt(lines.count() - 1)
    row = last.widget() if last else None
    if row is not None and row.objectName() == "row":
        row.setProperty("is_last", True)


def _fill(row: QHBoxLayout, theme: Theme, line: Line) -> None:
    row.setContentsMargins(6, 6, 6, 6)
    row.setSpacing(12)
    if line.lead:
        lead = muted(line.lead, wraps=False)
        lead.setMinimumWidth(theme.px(72))
        row.addWidget(lead)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(line.title, "label"))
    if line.under:
        words.addWidget(ElidedLabel(line.under, "mute"))
    row.addLayout(words, 1)
    if line.chip:
        row.addWidget(Chip(line.chip, line.chip_kind), 0, Qt.AlignmentFlag.AlignVCenter)

"""Words on a page: headings, second text, labels of fields; plain text only."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QStyle, QWidget


def words_label(text: str, kind: str = "", *, wraps: bool = True) -> QLabel:
    """Plain words. `kind` is one of the style sheet's; what people typed is never read as HTML."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if kind:
        label.setProperty("kind", kind)
    label.setText(text)  # now a screen reader looks at it first: it must know its kind
    return label


def tip_of(said: str) -> str:
    """Words for a tool tip, as they were typed.

    Qt reads a tip that looks like HTML as such, and would fetch a picture from wherever it says.
    """
    looks_so = "<" in said or "&lt;" in said
    return f"<span style='white-space:pre-wrap'>{escape(said)}</span>" if looks_so else said


HEADINGS = ("h1", "h2", "h3")
"""Kinds of labels that are headings: of the page, of a card, inside a card."""


def heading(text: str, level: int = 1) -> QLabel:
    """A heading: 1 of the page, 2 of a card, 3 inside a card."""
    return words_label(text, HEADINGS[level - 1])


def muted(text: str, *, wraps: bool = True) -> QLabel:
    """Second text: hints, dates, counts."""
    return words_label(text, "mute", wraps=wraps)


def fact_label(text: str) -> QLabel:
    """The head of a fact in a list of facts; it stands at the top of a long one."""
    label = muted(text, wraps=False)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label


def field_label(text: str, field: QWidget, hint: str = "") -> QLabel:
    """The label above a field; it also names the field for a screen reader."""
    label = words_label(text, "label")
    label.setBuddy(field)
    field.setAccessibleName(text)
    if hint:
        field.setAccessibleDescription(hint)
    return label


def labeled(label: str, field: QWidget, hint: str = "") -> QVBoxLayout:
    """A field below its label; between them a hint, where there is one."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(field_label(label, field, hint))
    if hint:
        column.addWidget(muted(hint))
    column.addWidget(field)
    return column


class ElidedLabel(QLabel):
    """One line that ends in "…" where it does not fit; the whole is in the tool tip."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the dots."""
        return QSize(self.fontMetrics().horizontalAdvance("MMMM"), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        space = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, space.width()
        )
        self.setToolTip("" if shown == self.text() else tip_of(self.text()))
        painter = QPainter(self)
        self.style().drawItemText(
            painter, space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.palette(), self.isEnabled(), shown, self.foregroundRole(),
        )  # fmt: skip


def restyle(widget: QWidget) -> None:
    """Look at the style sheet again after a property has changed."""
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)

"""Lists to choose from, side by side, each below its label."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout

from intake_app.ui.parts.labels import labeled
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme


def side_by_side(asked: Iterable[tuple[str, Picker]], theme: Theme) -> QHBoxLayout:
    """Pickers in a row; long choices do not widen the page."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(14))
    for label, picker in asked:
        picker.let_shrink(10)
        row.addLayout(labeled(label, picker), 1)
    return row

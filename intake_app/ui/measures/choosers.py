"""Lists to choose from, side by side, each below its label."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from intake_app.ui.parts.labels import field_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme


def side_by_side(asked: Iterable[tuple[str, Picker]], theme: Theme) -> QHBoxLayout:
    """Pickers in a row; long choices do not widen the page."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(14))
    for label, picker in asked:
        column = QVBoxLayout()
        column.setSpacing(4)
        picker.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        picker.setMinimumContentsLength(10)
        column.addWidget(field_label(label, picker))
        column.addWidget(picker)
        row.addLayout(column, 1)
    return row

"""Adding somebody to the on-call roster, or changing an entry."""

from dataclasses import replace
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.ids import RecordId
from intake_app.domain.roster import OnCallRole, RosterEntry, Shift
from intake_app.ui.parts.cards import ErrorBox, PrimaryButton, make_button
from intake_app.ui.parts.labels import field_label, heading
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.roster_words import DAYS, ROLE_WORDS
from intake_app.words import Words

_NEW = RosterEntry(RecordId(""), OnCallRole.GUIDE, "", "", is_always=True)
_COLUMNS = 3


class RosterDialog(QDialog):
    """Asks for one entry.

    Signals:
        agreed: Keep what `entry` gives; the dialog stays open until it was kept.
    """

    agreed = Signal()

    def __init__(
        self, entry: RosterEntry | None, words: Words, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._entry = words, entry or _NEW
        title = words.text("Change the entry") if entry else words.text("Add to the roster")
        self.setWindowTitle(words.text("Roster"))
        self.resize(theme.px(560), theme.px(600))
        self.error = ErrorBox(theme)
        self.role, self.name, self.phone = Picker(), QLineEdit(), QLineEdit()
        self.note, self.starts, self.ends = QLineEdit(), QLineEdit("17:00"), QLineEdit("08:00")
        self.always = QCheckBox(words.text("Can be called at any hour"))
        self.active = QCheckBox(words.text("Is on the roster now"))
        self.days = [QCheckBox(words.text(day)) for day in DAYS]
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(24, 20, 24, 12)
        lines.setSpacing(8)
        lines.addWidget(heading(title, 2))
        lines.addWidget(self.error)
        self._fill(lines)
        lines.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 14)
        outer.addWidget(scrolled(inside), 1)
        outer.addLayout(self._buttons())
        self._show_entry()
        self.always.toggled.connect(self._on_always)

    def entry(self) -> RosterEntry:
        """The entry as typed.

        Raises:
            BadEntry: A time that is none.
        """
        return replace(
            self._entry, role=OnCallRole(self.role.currentData()), name=self.name.text(),
            phone=self.phone.text(), note=self.note.text().strip(), shifts=self._shifts(),
            is_always=self.always.isChecked(), is_active=self.active.isChecked(),
        )  # fmt: skip

    def _fill(self, lines: QVBoxLayout) -> None:
        words = self._words
        for role in OnCallRole:
            self.role.addItem(words.text(ROLE_WORDS[role]), role.value)
        for label, field in (
            (words.text("What for"), self.role), (words.text("Name"), self.name),
            (words.text("Phone"), self.phone), (words.text("Note"), self.note),
        ):  # fmt: skip
            lines.addWidget(field_label(label, field))
            lines.addWidget(field)
        lines.addWidget(self.always)
        grid = QGridLayout()
        for number, day in enumerate(self.days):
            grid.addWidget(day, number // _COLUMNS, number % _COLUMNS)
        lines.addLayout(grid)
        row = QHBoxLayout()
        for label, field in (
            (words.text("From (24 hours, 17:00)"), self.starts),
            (words.text("To"), self.ends),
        ):
            column = QVBoxLayout()
            column.addWidget(field_label(label, field))
            column.addWidget(field)
            row.addLayout(column)
        lines.addLayout(row)
        lines.addWidget(self.active)
        for box in (self.always, self.active, *self.days):
            box.setAccessibleName(box.text())

    def _buttons(self) -> QHBoxLayout:
        words, row = self._words, QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 0)
        row.addStretch()
        self.cancel, self.agree = (
            make_button(words.text("Cancel")),
            PrimaryButton(words.text("Keep")),
        )
        self.cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(lambda: self.agreed.emit())
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        return row

    def _show_entry(self) -> None:
        entry = self._entry
        self.role.setCurrentIndex(self.role.findData(entry.role.value))
        self.name.setText(entry.name)
        self.phone.setText(entry.phone)
        self.note.setText(entry.note)
        self.active.setChecked(entry.is_active)
        self.always.setChecked(entry.is_always)
        for shift in entry.shifts:
            self.days[shift.day].setChecked(True)
            self.starts.setText(shift.starts)
            self.ends.setText(shift.ends)
        self._on_always(entry.is_always)

    def _on_always(self, on: bool) -> None:
        for control in (*self.days, self.starts, self.ends):
            control.setEnabled(not on)

    def _shifts(self) -> tuple[Shift, ...]:
        if self.always.isChecked():
            return ()
        starts, ends = self.starts.text().strip(), self.ends.text().strip()
        over_night = 0 if _is_before(starts, ends) else 1
        return tuple(
            Shift(day, starts, (day + over_night) % 7, ends)
            for day, box in enumerate(self.days)
            if box.isChecked()
        )


def _is_before(starts: str, ends: str) -> bool:
    try:
        return time.fromisoformat(starts) < time.fromisoformat(ends)
    except ValueError:  # `Shift` says so in our words
        return True

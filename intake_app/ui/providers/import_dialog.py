"""What a file of providers would change; nothing is imported until somebody agrees."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId
from intake_app.domain.provider_file import EntryChange, FieldChange, ImportPreview, RowProblem
from intake_app.ui.parts.cards import PrimaryButton, make_button
from intake_app.ui.parts.labels import field_label, heading, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ImportDialog(QDialog):
    """Shows the preview and asks. Accepted means: import it."""

    def __init__(
        self, preview: ImportPreview, words: Words, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.text("Import providers"))
        self.resize(theme.px(640), theme.px(520))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 20)
        lines.setSpacing(10)
        lines.addWidget(heading(words.text("What this file would change"), 2))
        for label in self._counts(preview):
            lines.addWidget(label)
        told = _listing(preview, words)
        self.listing = QPlainTextEdit(told)
        self.listing.setReadOnly(True)
        self.listing.setTabChangesFocus(True)
        lines.addWidget(field_label(words.text("In detail"), self.listing))
        lines.addWidget(self.listing, 1)
        self.kept = QListWidget()
        if preview.kept:
            told = words.text(
                "Changed here, and different in the file. Tick what the file knows better."
            )
            lines.addWidget(field_label(told, self.kept))
            lines.addWidget(self.kept, 1)
        for one in preview.kept:
            for change in one.changes:
                self.kept.addItem(_difference(one, change, words))
        row = QHBoxLayout()
        row.addStretch()
        self.cancel = make_button(words.text("Cancel"))
        self.agree = PrimaryButton(words.text("Import"))
        self.agree.setEnabled(not preview.is_empty)
        self.cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(self.accept)
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        lines.addLayout(row)

    @property
    def taken(self) -> set[tuple[RecordId, str]]:
        """What is taken from the file although it was changed here: record and field."""
        items = [self.kept.item(n) for n in range(self.kept.count())]
        return {
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        }

    def _counts(self, preview: ImportPreview) -> list[QLabel]:
        words = self._words
        said = [
            words.plural("{n} new entry", "{n} new entries", len(preview.new)),
            words.plural("{n} changed entry", "{n} changed entries", len(preview.changed)),
            words.plural(
                "{n} service that closes", "{n} services that close", len(preview.closed)
            ),
            words.plural(
                "{n} entry that was changed here stays", "{n} entries that were changed here stay",
                len(preview.kept),
            ),
            words.plural("{n} entry as before", "{n} entries as before", preview.unchanged),
            words.plural(
                "{n} row that could not be read", "{n} rows that could not be read",
                len({problem.where for problem in preview.problems}),  # a row may have two faults
            ),
        ]  # fmt: skip
        return [words_label(text) for text in said]


def _listing(preview: ImportPreview, words: Words) -> str:
    parts: list[str] = []
    named: tuple[tuple[str, list[str]], ...] = (
        (words.text("New"), [entry.name for entry in preview.new]),
        (words.text("Changed"), [one.entry.name for one in preview.changed]),
        (words.text("Closed"), [one.entry.name for one in preview.closed]),
        (words.text("Could not be read"), [_problem(p, words) for p in preview.problems]),
        (words.text("Look at these"), [_problem(p, words) for p in preview.marks]),
    )
    for head, names in named:
        if names:
            parts.append("\n".join([head, *(f"  {name}" for name in names)]))
    return "\n\n".join(parts)


def _difference(one: EntryChange, change: FieldChange, words: Words) -> QListWidgetItem:
    told = words.text("{name}, {field}: here {ours}; in the file {theirs}",
                      name=one.entry.name, field=change.field.replace("_", " "),
                      ours=_shown(change.old), theirs=_shown(change.new))  # fmt: skip
    item = QListWidgetItem(told)
    item.setCheckState(Qt.CheckState.Unchecked)
    item.setData(Qt.ItemDataRole.UserRole, (one.entry.record, change.field))
    return item


def _shown(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, cast("list[Value]", value)))
    if isinstance(value, Mapping):
        parts = cast("Mapping[str, Value]", value).values()
        return " ".join(str(part) for part in parts if part)
    return "-" if value in (None, "") else str(value)


def _problem(problem: RowProblem, words: Words) -> str:
    column = f" ({problem.column})" if problem.column else ""
    return f"{problem.where}{column}: {words.text(problem.reason.value)}"

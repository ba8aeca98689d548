"""What a file of providers would change; nothing is imported until somebody agrees."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.domain.provider_file import ImportPreview, RowProblem
from intake_app.ui.cards import PrimaryButton, make_button
from intake_app.ui.labels import field_label, heading, words_label
from intake_app.ui.theme import Theme
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

    def _counts(self, preview: ImportPreview) -> list[QLabel]:
        words = self._words
        said = [
            words.plural("{n} new entry", "{n} new entries", len(preview.new)),
            words.plural("{n} changed entry", "{n} changed entries", len(preview.changed)),
            words.plural(
                "{n} service that closes", "{n} services that close", len(preview.closed)
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


def _problem(problem: RowProblem, words: Words) -> str:
    column = f" ({problem.column})" if problem.column else ""
    return f"{problem.where}{column}: {words.text(problem.reason.value)}"

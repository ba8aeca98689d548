"""What would come of an import: counts, the first rows as they would be, and what is wrong."""

from PySide6.QtGui import QStandardItem, QStandardItemModel, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from intake_app.domain.import_row import RowFault
from intake_app.services.imports.looking import MOST_FAULTS, LookThrough
from intake_app.services.imports.plan import Plan
from intake_app.services.imports.shape import ShownRows
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.imports.columns_card import HIDDEN
from intake_app.ui.parts.cards import Card, MessageBox
from intake_app.ui.parts.labels import field_label, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class LookCard(Card):
    """The result of a look; nothing is written yet.

    Attributes:
        counts: How many rows, in words.
        again: The same file was imported before.
        faults: What is wrong, row by row.
        table: The first rows as they would be.
    """

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("As it would be"), words.text("Nothing is written yet."))
        self._words, self._shown, self._are_hidden = words, ShownRows(), True
        self.counts = words_label("")
        self.again = MessageBox(theme, "warn")
        self._model = QStandardItemModel(self)
        self.table = RowTable(
            words.text("The first rows"), self._model, theme, words.text("No row can be taken.")
        )
        self.table.setMinimumHeight(theme.px(220))
        self.faults = QPlainTextEdit()
        self.faults.setReadOnly(True)
        self.faults.setTabChangesFocus(True)
        self.faults.setMinimumHeight(theme.px(160))
        self._first = field_label(words.text("The first rows"), self.table)
        self._wrong = field_label(words.text("Rows that are left out, and what to do"), self.faults)
        for part in (self.again, self.counts, self._wrong, self.faults, self._first, self.table):
            self.box.addWidget(part)
        self.hide()

    def show_look(self, plan: Plan, look: LookThrough, shown: ShownRows) -> None:
        """Show what was found."""
        self.counts.setText(" ".join(self._counted(plan, look)))
        earlier = look.found.earlier
        when = short_date(earlier.opened, self._words.language) if earlier else ""
        self.again.say(self._words.text(
            "The same file was imported on {when}. Rows that are here already are left out.",
            when=when,
        ) if earlier else "")  # fmt: skip
        lines = [self._fault(one) for one in look.found.faults]
        if len(lines) >= MOST_FAULTS:
            lines.append(self._words.text("There are more. Mend these first."))
        self.faults.setPlainText("\n".join(lines))
        self.faults.moveCursor(QTextCursor.MoveOperation.Start)
        for part in (self._wrong, self.faults):
            part.setVisible(bool(lines))
        for part in (self._first, self.table):
            part.setVisible(bool(shown.rows))
        self._shown = shown
        self._fill()
        self.show()

    def hide_names(self, are_hidden: bool) -> None:
        """Cover what says who somebody is, or show it."""
        self._are_hidden = are_hidden
        self._fill()

    def _counted(self, plan: Plan, look: LookThrough) -> list[str]:
        found, words = look.found, self._words
        told = [words.plural(
            "{n} row can be imported.", "{n} rows can be imported.", found.good
        )]  # fmt: skip
        if found.open:
            told.append(words.plural(
                "{n} of them still goes on.", "{n} of them still go on.", found.open
            ))  # fmt: skip
        if found.ledger:
            told.append(words.plural(
                "{n} was never a case: it is counted without a name.",
                "{n} were never a case: they are counted without a name.", found.ledger,
            ))  # fmt: skip
        if found.faulty:
            told.append(
                words.plural("{n} row is left out.", "{n} rows are left out.", found.faulty)
            )
        remarks = dict.fromkeys((*plan.file.remarks, *plan.sheet.remarks))
        return [*told, *(words.text(str(one)) for one in remarks)]

    def _fault(self, one: RowFault) -> str:
        words = self._words
        why = words.text(str(one.why)) if one.why else one.told.said_in(words.language)
        if not one.column:
            return words.text("Row {row}: {why}", row=one.row, why=why)
        return words.text("Row {row}, {column}: {why}", row=one.row, column=one.column, why=why)

    def _fill(self) -> None:
        shown = self._shown
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(shown.heads))
        for row in shown.rows:
            cells = [
                HIDDEN if self._are_hidden and n in shown.hidden and text else text
                for n, text in enumerate(row)
            ]
            self._model.appendRow([QStandardItem(text) for text in cells])
        self.table.resizeColumnsToContents()  # ten rows at most

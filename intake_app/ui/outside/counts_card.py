"""Counts for an evaluator: for which months, what leaves, and where it is written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.disclosure import Recipient
from intake_app.services.desk import Desk
from intake_app.services.disclosure_bundles import Made, save_disclosure
from intake_app.services.evaluation import Counts, count_for, evaluators, make_evaluation
from intake_app.ui.background import Background
from intake_app.ui.button_row import ButtonRow
from intake_app.ui.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.form.form_view import bring_into_view
from intake_app.ui.labels import field_label, muted
from intake_app.ui.outside.receipt_button import ReceiptButton
from intake_app.ui.picker import Picker
from intake_app.ui.theme import Theme
from intake_app.words import Words


class CountsCard(Card):
    """The card; hidden while no evaluator is entered.

    Attributes:
        to: For whom.
        first: First month.
        last: Last month.
        count: Shows what would leave.
        receipt: Brings in a receipt.
        seal: Seals and writes what was shown.
        good: What was done.
        error: What went wrong.
    """

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("Counts for an evaluator"))
        self._desk, self._background, self._words = desk, background, words
        self._shown: Counts | None = None
        self._made: Made | None = None
        self.good, self.error = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.to, self.first, self.last = Picker(), QLineEdit(), QLineEdit()
        self.count = named_button(say("Show what would leave"))
        self.seal = PrimaryButton(say("Seal and save…"), theme)
        self.seal.setAccessibleName(self.seal.text())
        self._lines, self._found = QVBoxLayout(), QWidget()
        self.box.addWidget(muted(say(
            "Only counts of answers that can be chosen. Small counts are not told."
        )))  # fmt: skip
        asked = (
            (say("For whom?"), self.to),
            (say("First month, like 2026-01"), self.first),
            (say("Last month, like 2026-12"), self.last),
        )
        for label, field in asked:
            self.box.addWidget(field_label(label, field))
            self.box.addWidget(field)
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.addLayout(self._lines)
        found.addWidget(ButtonRow(theme.px(8), (self.seal,)))
        self._found.hide()
        self.receipt = ReceiptButton(desk, background, words)
        self.receipt.noted.connect(self._on_receipt)
        self.receipt.failed.connect(self._fail)
        self.box.addWidget(ButtonRow(theme.px(8), (self.count, self.receipt)))
        for part in (self._found, self.error, self.good):
            self.box.addWidget(part)
        for edit in (self.first, self.last):
            edit.returnPressed.connect(self._on_count)
        on_press(self.count, self._on_count)
        on_press(self.seal, self._on_seal)
        self.hide()

    def refresh(self) -> None:
        """Read who could receive counts."""
        self._background.run(lambda: evaluators(self._desk), self._offer, self._fail)

    def _offer(self, found: Sequence[Recipient]) -> None:
        known = [self.to.itemData(n) for n in range(self.to.count())]
        if known != [one.id for one in found]:
            self.to.clear()
            for one in found:
                self.to.addItem(one.name, one.id)
        self.setVisible(bool(found))

    def _on_count(self) -> None:
        desk, to = self._desk, str(self.to.currentData())
        first, last = self.first.text().strip(), self.last.text().strip()
        self._forget()
        self._background.run(lambda: count_for(desk, to, first, last), self._show, self._fail)

    def _show(self, counts: Counts) -> None:
        self._shown = counts
        self.error.say("")
        clear(self._lines)
        asked = dict.fromkeys(question for question, _, _ in counts.rows)
        for question in asked:
            said = ", ".join(f"{a}: {n}" for q, a, n in counts.rows if q == question)
            self._lines.addWidget(muted(f"{question} {said}"))
        self._found.show()
        bring_into_view(self.seal)

    def _on_seal(self) -> None:
        if self._shown is None:
            return
        title = self._words.text("Choose the stick or folder for the sealed file")
        folder = QFileDialog.getExistingDirectory(self, title)
        if not folder:
            return
        desk, shown = self._desk, self._shown
        if self._made is not None:
            self._on_made(Path(folder), self._made)
            return
        self._background.run(
            lambda: make_evaluation(desk, shown), partial(self._on_made, Path(folder)), self._fail
        )

    def _on_made(self, folder: Path, made: Made) -> None:
        self._made, desk = made, self._desk
        self._background.run(
            lambda: save_disclosure(desk, made, folder), self._on_saved, self._fail
        )

    def _on_saved(self, path: Path) -> None:
        self._forget()
        self.good.say(self._words.text(
            "The sealed file lies in {folder}: {file}. It was read back, and that it leaves is "
            "noted.", folder=str(path.parent), file=path.name,
        ))  # fmt: skip
        bring_into_view(self.good)

    def _on_receipt(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)

    def _forget(self) -> None:
        self._shown = self._made = None
        self._found.hide()
        for box in (self.good, self.error):
            box.say("")

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.good.say("")
        self.error.say(sentence_for(error, self._words))
        bring_into_view(self.error)

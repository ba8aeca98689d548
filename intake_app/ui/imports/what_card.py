"""What is to be brought in: which kind of list, into which form, from which file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout

from intake_app.domain.text import Text
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

PAST, EARLIER = "past", "earlier"
"""Past cases; a list of who took part before this program was used."""

_TABLES = "(*.xlsx *.xlsm *.csv *.tsv *.txt)"


class WhatCard(Card):
    """The first questions.

    Signals:
        file_chosen: Read this file (a `Path`).
        mapping_chosen: Read columns as this saved mapping says (a `Path`).
        changed: Another kind or form.
        providers_asked: It is a list of providers: go there.

    Attributes:
        kind: Which kind of list.
        form: Which form.
        choose, open_mapping, providers: The buttons.
    """

    file_chosen = Signal(object)
    mapping_chosen = Signal(object)
    changed = Signal()
    providers_asked = Signal()

    def __init__(self, words: Words, theme: Theme, *, has_earlier: bool) -> None:
        super().__init__(words.text("What do you bring?"))
        self._words = words
        say = words.text
        self.kind, self.form, self.hint = Picker(), Picker(), muted("")
        self.kind.addItem(say("Past cases or intakes"), PAST)
        if has_earlier:
            self.kind.addItem(say("Who took part before: names become marks"), EARLIER)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        for n, (text, picker) in enumerate(((say("What it is"), self.kind),
                                            (say("They belong to"), self.form))):  # fmt: skip
            grid.addWidget(field_label(text, picker), 0, n)
            grid.addWidget(picker, 1, n)
            grid.setColumnStretch(n, 1)
            picker.setMinimumContentsLength(18)
            picker.activated.connect(self._on_changed)
        self.choose = named_button(say("Choose the file…"))
        self.open_mapping = named_button(say("Open a saved mapping…"))
        self.providers = named_button(say("A list of providers…"))
        on_press(self.choose, self._on_choose)
        on_press(self.open_mapping, self._on_open_mapping)
        on_press(self.providers, self.providers_asked.emit)
        self.open_mapping.setEnabled(False)
        self.box.addLayout(grid)
        self.box.addWidget(self.hint)
        self.box.addWidget(ButtonRow(theme.px(8), [self.choose, self.open_mapping, self.providers]))
        self._say_hint()

    def offer(self, forms: Sequence[tuple[str, Text]], programs: Sequence[str]) -> None:
        """The forms to choose from; of `programs` participation counts."""
        self._forms, self._programs = tuple(forms), frozenset(programs)
        self._fill()

    @property
    def is_earlier(self) -> bool:
        """Whether it is a list of earlier participation."""
        return self.kind.currentData() == EARLIER

    @property
    def chosen(self) -> str:
        """Id of the form."""
        return str(self.form.currentData() or "")

    def _fill(self) -> None:
        before = self.chosen
        self.form.clear()
        for ident, text in self._forms:
            if not self.is_earlier or ident in self._programs:
                self.form.addItem(text.said_in(self._words.language), ident)
        self.form.setCurrentIndex(max(0, self.form.findData(before)))
        self.choose.setEnabled(bool(self.form.count()))

    def _on_changed(self) -> None:
        if self.sender() is self.kind:
            self._fill()
        self._say_hint()
        self.open_mapping.setVisible(not self.is_earlier)
        self.changed.emit()

    def _say_hint(self) -> None:
        say = self._words.text
        self.hint.setText(say(
            "From your records system: last name, first name, birth date and the day. They become"
            " marks that answer whether somebody took part. The list itself is not kept."
        ) if self.is_earlier else say(
            "A spreadsheet (.xlsx) or text file (.csv) with headings and a row for each case. You"
            " see everything before anything is written, and can take it back."
        ))  # fmt: skip

    def _on_choose(self) -> None:
        title = self._words.text("Choose the file…")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", _TABLES)
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def _on_open_mapping(self) -> None:
        title = self._words.text("Open a saved mapping…")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "(*.toml)")
        if chosen:
            self.mapping_chosen.emit(Path(chosen))

"""Imports that were made before, each with the way back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.domain.ids import UserId
from intake_app.services.imports.made import PastImport, Stage
from intake_app.ui.parts.cards import Card, MessageBox, make_button, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date

_MOST = 20


class BeforeCard(Card):
    """A line for each import, the newest first.

    Signals:
        undo_asked: Take this import back (a `PastImport`); it was asked twice.

    Attributes:
        buttons: The way back of each import, by its id.
        sure: Asks whether it is meant.
    """

    undo_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Imported before"))
        self._words = words
        self.buttons: dict[str, QPushButton] = {}
        self.sure = MessageBox(theme, "warn")
        self.box.addWidget(self.sure)
        self._rows: list[QWidget] = []
        self.hide()

    def show_imports(
        self, made: Sequence[PastImport], forms: Mapping[str, str], people: Mapping[UserId, str]
    ) -> None:
        """Show them.

        Args:
            made: The imports, newest first.
            forms: Names of forms, by id.
            people: Names of those who work here.
        """
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows, self.buttons = [], {}
        self.sure.say("")
        for one in made[:_MOST]:
            self._rows.append(self._row(one, forms.get(one.form, one.form), people))
            self.box.addWidget(self._rows[-1])
        self.setVisible(bool(made))

    def _row(self, one: PastImport, form: str, people: Mapping[UserId, str]) -> QWidget:
        words, row = self._words, QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        told = self._told(one, form, people.get(one.by, "?"))
        line.addWidget(words_label(told), 1)
        if one.stage is not Stage.UNDONE:
            undo = make_button(words.text("Undo…"), "small")
            undo.setAccessibleName(words.text("Undo: {import}", **{"import": told}))
            on_press(undo, lambda: self._ask(one))
            line.addWidget(undo)
            self.buttons[one.id] = undo
        return row

    def _told(self, one: PastImport, form: str, who: str) -> str:
        words = self._words
        when = short_date(one.opened, words.language)
        count = words.plural("{n} row", "{n} rows", len(one.rows))
        if one.stage is Stage.UNDONE:
            return words.text("{when}, {form}, by {who}: undone", when=when, form=form, who=who)
        if one.is_of_tokens:
            count = words.plural("{n} mark of earlier participation",
                                 "{n} marks of earlier participation", len(one.rows))  # fmt: skip
        if one.stage is Stage.BEGUN:
            return words.text("{when}, {form}, by {who}: {count}, stopped on the way", when=when,
                              form=form, who=who, count=count)  # fmt: skip
        return words.text("{when}, {form}, by {who}: {count}", when=when, form=form, who=who,
                          count=count)  # fmt: skip

    def _ask(self, one: PastImport) -> None:
        words = self._words
        told = words.text(
            "All records of this import go for good. That is possible as long as nobody worked on"
            " any of them."
        )
        yes = words.text("Yes, take all of them away")
        self.sure.say(told, [(yes, lambda: self._on_sure(one))])

    def _on_sure(self, one: PastImport) -> None:
        self.sure.say("")
        self.undo_asked.emit(one)

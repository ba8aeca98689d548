"""Asks for a name and a birth date, and tells how many earlier cases there are; keeps neither."""

from PySide6.QtCore import Signal

from intake_app.domain.clock import Clock
from intake_app.domain.form import Field, FieldType
from intake_app.domain.text import Text
from intake_app.services.citing.earlier_cases import earlier_cases
from intake_app.services.desk import Desk
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, make_button, on_press
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.layouts import PairLayout
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_LAST, _FIRST, _BORN = "last", "first", "born"


class EarlierCard(Card):
    """Looks for earlier cases of one person.

    Signals:
        counted: So many were found.

    Attributes:
        look: Looks.
        said: Says how many.
        fields: Last name, first name, birth date.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Earlier cases here"))
        self._desk, self._background, self._words = desk, background, words
        self.said = MessageBox(theme, "ok")
        self.look = make_button(words.text("Look for earlier cases"))
        self.look.setAccessibleName(self.look.text())
        told = words.text("Only a count is shown. That you looked is logged, not for whom.")
        self.box.addWidget(muted(told))
        pairs = PairLayout(theme.px(14), theme.px(560))
        setting = _setting(desk.clock, words, theme)
        self.fields = {
            name: make_field(Field(name, kind, Text({words.language: label, "en": label})), setting)
            for name, kind, label in (
                (_LAST, FieldType.TEXT, words.text("Last name")),
                (_FIRST, FieldType.TEXT, words.text("First name")),
                (_BORN, FieldType.DATE, words.text("Date of birth")),
            )
        }
        for widget in self.fields.values():
            pairs.hold(widget)
        self.box.addLayout(pairs)
        self.box.addWidget(self.look)
        self.box.addWidget(self.said)
        on_press(self.look, self._on_look)

    def empty(self) -> None:
        """Forget who was asked about."""
        for widget in self.fields.values():
            widget.set_value(None)
        self.said.say("")

    def _on_look(self) -> None:
        last, first, born = (
            str(self.fields[name].value() or "") for name in (_LAST, _FIRST, _BORN)
        )
        if not (last and first and born):
            self.said.say(self._words.text("Enter last name, first name and date of birth."))
            return
        self._background.run(lambda: earlier_cases(self._desk, last, first, born), self._on_found)

    def _on_found(self, count: int) -> None:
        said = self._words.plural("{n} earlier case here.", "{n} earlier cases here.", count)
        self.said.say(said)
        self.counted.emit(count)


def _setting(clock: Clock, words: Words, theme: Theme) -> Setting:
    return Setting(words, theme, clock, born=_BORN)

"""An entry of the directory to change or to add: all its questions, in groups."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.entry import Unreadable
from intake_app.domain.errors import IntakeError
from intake_app.domain.form import YES, Answers, Field
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import Provider
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.growth import Growth
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, make_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.providers.form import CHECKED, Lists, fields_of, filled, questions

NEW = Provider(RecordId(""))
"""An entry that is not there yet."""


class ProviderDialog(QDialog):
    """Asks for all of an entry.

    Signals:
        kept: Keep these fields ({name: value}, whether they were checked with the provider today).

    """

    kept = Signal(object, bool)

    def __init__(
        self, one: Provider, lists: Lists, setting: Setting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one, self._lists, self._setting = one, lists, setting
        words, theme = setting.words, setting.theme
        self._known = filled(one, lists, words.language)
        self._growth = Growth(self, self._make)
        title = words.text("Change an entry") if one.record else words.text("Add a provider")
        self.setWindowTitle(title)
        self.resize(theme.px(760), theme.px(640))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 20)
        lines.setSpacing(12)
        lines.addWidget(heading(title, 2))
        self.error = ErrorBox(theme)
        lines.addWidget(self.error)
        lines.addWidget(scrolled(self._groups()), 1)
        row = QHBoxLayout()
        row.addStretch()
        self.cancel, self.save = (
            make_button(words.text("Cancel")),
            PrimaryButton(words.text("Keep")),
        )
        for button in (self.cancel, self.save):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        lines.addLayout(row)
        on_press(self.cancel, self.reject)
        on_press(self.save, self._on_save)

    @property
    def fields(self) -> dict[str, FieldWidget]:
        """The questions, by id; those that do not stand yet are made now."""
        return self._growth.fields

    def fail(self, error: BaseException) -> None:
        """Say why it was not kept; what was typed stays."""
        note(error)
        self._say(sentence_for(error, self._setting.words))

    def _groups(self) -> QWidget:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, self._setting.theme.px(10), 0)
        lines.setSpacing(self._setting.theme.px(12))
        for title, asked in questions(Questions(self._setting.words), self._lists):
            card = Card(title)
            lines.addWidget(card)
            self._growth.plan(card, card.box.addWidget, asked)
        self._growth.begin()
        return inside

    def _make(self, field: Field) -> FieldWidget:
        widget = make_field(field, self._setting)
        widget.set_value(self._known.get(field.id))
        return widget

    def _on_save(self) -> None:
        if not self._is_whole():
            return
        said: Answers = {name: widget.value() for name, widget in self.fields.items()}
        today = self._setting.clock.local().date()
        try:
            fields = fields_of(said, self._one, self._lists, today)
        except Unreadable as error:
            self._say(error.told.said_in(self._setting.words.language))
        except IntakeError as error:
            self.fail(error)
        else:
            self._say("")
            self.kept.emit(fields, said.get(CHECKED) == YES)

    def _is_whole(self) -> bool:
        """Whether all can be read and the name is there; the first fault gets the cursor."""
        faults = list[FieldWidget]()
        for widget in self.fields.values():
            missing = widget.field.is_required and widget.value() is None
            told = self._setting.words.text("Please answer this.") if missing else ""
            widget.problem(widget.complaint() or told)
            faults += [widget] if widget.shown_problem else []
        if faults:
            faults[0].take_focus()
        return not faults

    def _say(self, text: str) -> None:
        self.error.say(text)
        if text:
            bring_into_view(self.error)

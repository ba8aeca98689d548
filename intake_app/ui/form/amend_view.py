"""Changing one section of a finished intake: the form of that section, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Section
from intake_app.services.needs.everyday import Guide
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.form_view import FormView
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, named_button
from intake_app.ui.parts.labels import field_label, heading, muted


class AmendView(QWidget):
    """The old answers, to be changed, with a reason.

    Signals:
        amended: Changed answers by field id (None: taken away), and the reason.
        left: Nothing is to be changed.

    Attributes:
        view: The questions.
        reason: Why.
        save: Writes it.
        leave: Leaves it.
    """

    amended = Signal(dict, str)
    left = Signal()

    def __init__(self, section: Section, guide: Guide, answers: Answers, setting: Setting) -> None:
        super().__init__()
        say = setting.words.text
        self._words, self._before = setting.words, dict(answers)
        self._sheet = AnswerSheet(dict(answers))
        self.view = FormView(section, guide, self._sheet, setting)
        self.reason = QLineEdit()
        self._error = ErrorBox(setting.theme)
        self.save = PrimaryButton(say("Save the change"), setting.theme)
        self.save.setAccessibleName(say("Save the change"))
        self.leave = named_button(say("Cancel"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(setting.theme.px(12))
        lines.addWidget(heading(section.title.said_in(setting.words.language), 2))
        lines.addWidget(muted(say("The old answers stay in the history of this intake.")))
        lines.addWidget(self.view)
        card = Card()
        card.box.addWidget(field_label(say("Reason for the change"), self.reason))
        card.box.addWidget(self.reason)
        card.box.addWidget(self._error)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        card.box.addLayout(buttons)
        lines.addWidget(card)
        self.save.clicked.connect(self._on_save)
        self.leave.clicked.connect(self.left)

    @property
    def changed_answers(self) -> Answers:
        """Only what is another answer now; None where one was taken away."""
        after = self._sheet.answers
        names = {*self._before, *after}
        return {n: after.get(n) for n in names if after.get(n) != self._before.get(n)}

    def _on_save(self) -> None:
        reason = self.reason.text().strip()
        if not self.view.check():
            return
        self._error.say("" if reason else self._words.text("Please say why, in a few words."))
        if not reason:
            self.reason.setFocus()
            return
        self.amended.emit(self.changed_answers, reason)

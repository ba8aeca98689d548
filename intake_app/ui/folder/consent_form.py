"""Taking a new consent in a folder: its own form, read out, signed, and kept as one act."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.services.consents.consents import Asking
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.form_view import FormView
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import PrimaryButton, make_button, on_press
from intake_app.ui.parts.labels import heading, muted


class ConsentForm(QWidget):
    """The questions of one consent.

    Signals:
        signed: It is whole; carries `Asking` and its answers.
        left: It is not taken.

    Attributes:
        title: What is taken.
        view: The questions.
        keep: Keeps it.
        leave: Leaves it.
    """

    signed = Signal(object, dict)
    left = Signal()

    def __init__(self, asking: Asking, setting: Setting) -> None:
        super().__init__()
        say, language = setting.words.text, setting.words.language
        self._asking, self._sheet = asking, AnswerSheet(dict(asking.answers))
        self.view = FormView(asking.section, asking.guide, self._sheet, setting)
        self.keep = PrimaryButton(say("Keep this answer"), setting.theme)
        self.leave = make_button(say("Cancel"))
        for button in (self.keep, self.leave):
            button.setAccessibleName(button.text())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(setting.theme.px(12))
        self.title = heading(asking.section.title.said_in(language), 2)
        lines.addWidget(self.title)
        if asking.section.help:
            lines.addWidget(muted(asking.section.help.said_in(language)))
        lines.addWidget(self.view)
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        lines.addLayout(buttons)
        on_press(self.keep, self._on_keep)
        on_press(self.leave, self.left.emit)

    def _on_keep(self) -> None:
        if self.view.check():
            self.signed.emit(self._asking, dict(self._sheet.answers))

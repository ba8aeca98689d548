"""When the computer does not work: blank forms to print before, and to key in after."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Choice, Field, FieldType, Form
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.blank_forms import BlankForm, blank_forms, paper_ways
from intake_app.services.intakes.paper_intakes import key_in_intake
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.printing import print_sets, save_pdf
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.words import own_name

JOB: Final = "blank-form"
"""Title of the print job and name of the file: the form is about nobody."""


class PaperFormsPage(QWidget):
    """Two cards: print blank forms; key in one that was filled in.

    Signals:
        draft_ready: A draft was begun that stands on paper (a `Draft`).
        closed: Back home.
        refreshed: The forms are there to choose from.

    Attributes:
        print_all: Prints a blank form of each way in.
        save_all: Saves them as files, where there is no printer.
        begin: Begins to key in.
    """

    draft_ready = Signal(object)
    closed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, setting: Setting) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._setting = desk, background, setting
        self._words, self._theme = setting.words, setting.theme
        self._frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)
        say = self._words.text
        told = say("For a power cut. What was written on paper is keyed in later, with both times.")
        self._frame.head.say(say("Forms on paper"), told)
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words, self.good)
        self._keying = Card(say("Key in a form that was filled in"))
        for part in (self.error, self.good, self._printing(), self._keying):
            self._frame.body.addWidget(part)
        self._frame.body.addStretch(1)
        back = self._frame.button(say("Back"))
        on_press(back, self.closed.emit)
        self._frame.foot.addWidget(back)
        self._frame.foot.addStretch(1)
        self.begin = PrimaryButton(say("Begin to key in"), self._theme)
        self.begin.setAccessibleName(say("Begin to key in"))
        on_press(self.begin, self._on_begin)

    def refresh(self) -> None:
        """Read which forms there are."""
        self._background.run(lambda: paper_ways(self._desk), self._show, self.error.tell_in_view)

    # --- making -------------------------------------------------------------------------------

    def _printing(self) -> Card:
        say, card = self._words.text, Card(self._words.text("Print blank forms"))
        card.box.addWidget(muted(say("Print some before you need them. They carry no number.")))
        self.language = Picker()
        for code in self._desk.agency.languages:
            self.language.addItem(own_name(code), code)
        card.box.addWidget(field_label(say("Language of the forms"), self.language))
        card.box.addWidget(self.language)
        self.print_all = PrimaryButton(say("Print all blank forms"), self._theme)
        self.print_all.setAccessibleName(say("Print all blank forms"))
        self.save_all = named_button(say("Save them as PDF"))
        on_press(self.print_all, lambda: self._draw(self._print))
        on_press(self.save_all, lambda: self._draw(self._save))
        card.box.addWidget(ButtonRow(self._theme.px(8), (self.print_all, self.save_all)))
        return card

    def _show(self, forms: Sequence[Form]) -> None:
        say, language = self._words.text, self._words.language
        ways = tuple(Choice(form.ref.id, form.program or form.title) for form in forms)
        which, when = say("Which form"), say("When it was filled in")
        asked = (
            Field("form", FieldType.CHOICE, Text({language: which, "en": which}),
                  is_required=True, choices=ways),
            Field("written", FieldType.DATE_TIME, Text({language: when, "en": when}),
                  is_required=True),
        )  # fmt: skip
        self.fields = {field.id: make_field(field, self._setting) for field in asked}
        for widget in (*self.fields.values(), ButtonRow(self._theme.px(8), (self.begin,))):
            self._keying.box.addWidget(widget)
        self.refreshed.emit()

    # --- paper --------------------------------------------------------------------------------

    def _draw(self, use: Callable[[Sequence[BlankForm]], None]) -> None:
        language = str(self.language.currentData())
        self._background.run(
            lambda: blank_forms(self._desk, language), use, self.error.tell_in_view
        )

    def _print(self, forms: Sequence[BlankForm]) -> None:
        sets = [(JOB, [one.data]) for one in forms]
        printers = self._desk.agency.printers
        try:
            if print_sets(self, sets, self._words, printers, lambda _place, _printer: None):
                self._told(self._words.text("The blank forms are at the printer."))
        except IntakeError as error:
            self.error.tell_in_view(error)

    def _save(self, forms: Sequence[BlankForm]) -> None:
        try:
            saved = [save_pdf(self, one.data, f"{JOB}-{one.form}", self._words) for one in forms]
        except IntakeError as error:
            self.error.tell_in_view(error)
            return
        if any(saved):
            self._told(self._words.text("The blank forms are saved."))

    # --- keying in ----------------------------------------------------------------------------

    def _on_begin(self) -> None:
        said = {name: widget.value() for name, widget in self.fields.items()}
        missing = [self.fields[name] for name, value in said.items() if value is None]
        for widget in self.fields.values():
            empty = self._words.text("Please answer this.") if widget in missing else ""
            widget.problem(widget.complaint() or empty)
        if missing:
            missing[0].take_focus()
            return
        form, written = str(said["form"]), str(said["written"])
        self._background.run(
            lambda: key_in_intake(self._desk, form, written), self.draft_ready.emit,
            self.error.tell_in_view,
        )  # fmt: skip

    def _told(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)

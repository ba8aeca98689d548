"""The stepwise form: one section at a time, saved as it is typed, left and resumed at any point."""

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from intake_app.domain.draft import PERSON, Draft
from intake_app.domain.form import Answers
from intake_app.domain.ids import UserId
from intake_app.services.drawing.blank_papers import POINT_AND_TICK
from intake_app.services.intakes.intakes import Finished
from intake_app.services.needs.everyday import Guide
from intake_app.services.people.same_person import filled
from intake_app.services.records.event_parts import EVENT
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.draft_saver import DraftSaver, StateLine
from intake_app.ui.form.form_view import FormView
from intake_app.ui.form.growth import controls_in
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.path import REVIEW, FormPath
from intake_app.ui.form.same_person import SamePersonStrip
from intake_app.ui.form.scan_card import ScanCard, scans
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.shared_event import shared_event
from intake_app.ui.form.step_list import StepList, later_words
from intake_app.ui.papers.desk_work import DraftWork
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import ErrorBox, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted

_NARROW = 900
"""Below this width (at 100 % text) the steps show numbers only."""


class IntakePage(QWidget):
    """Takes one intake, step by step.

    Signals:
        review_asked: All steps of the short path are in order; carries the `Draft`.
        finished: The intake is a record now; carries `Finished`.
        sheet_asked: Print the sheet of this form (id) to point at and tick.
        closed: The draft is saved and left.
        handed_over: A colleague has the draft now.

    Attributes:
        view: The step on the screen.
        saver: Saves the draft.
        state: Says how saving went.
        error: Says why finishing or handing over did not work.
        strip: Suggests who may be the same person, where there is one.
    """

    review_asked = Signal(object)
    finished = Signal(object)
    sheet_asked = Signal(str)
    closed = Signal()
    handed_over = Signal()

    def __init__(
        self, draft: Draft, guide: Guide, work: DraftWork, background: Background, setting: Setting,
        strip: SamePersonStrip | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._draft, self._guide, self._work = draft, guide, work
        self._background, self._setting = background, setting
        self._theme, self._words = setting.theme, setting.words
        self._sheet = AnswerSheet.of(draft)
        self._path = self._path_now()
        self.view: FormView | None = None
        self.saver = DraftSaver(self._taken, work.save, background, self)
        self.state = StateLine(self._theme, self._words)
        self.state.follow(self.saver)
        self.strip = strip
        self._build()
        self.go(draft.step)
        if strip is not None:
            self._follow(strip)

    # --- for the window -------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The draft as it is on the screen now."""
        return self._taken()

    @property
    def step(self) -> str:
        """The section on the screen."""
        return self._draft.step

    def save_at_once(self) -> BaseException | None:
        """Save and wait: the window is about to lock, close or change users.

        Returns:
            Why it could not be saved, or None.
        """
        return self.saver.save_and_wait()

    def keep(self) -> None:
        """Save it although nothing was typed yet, so that it can be opened again."""
        if not self.saver.was_asked:
            self.saver.touch()
            self.saver.save_and_wait()

    def save_soon(self) -> None:
        """What is shown here is not saved yet: the page before could not."""
        self.saver.touch()

    def go(self, ident: str) -> None:
        """Show a step."""
        self._path = self._path_now()
        section = self._path.section(ident)
        self._draft.step = section.id
        self._help.setText(section.help.said_in(self._words.language))
        self._help.setVisible(bool(section.help))
        self.error.say("")
        if self.strip is not None and self.strip.is_decided:
            self.strip.hide()
        self.scan.setVisible(scans(self._guide.form, section))
        self._show(FormView(section, self._guide, self._sheet, self._setting))
        self._refresh_steps()
        self.back.setEnabled(bool(self._path.before(section.id)))
        self._refresh_foot()
        self._focus_first()

    # --- making ---------------------------------------------------------------------------

    def _build(self) -> None:
        say, form = self._words.text, self._guide.form
        program = form.program.said_in(self._words.language)
        title = form.title.said_in(self._words.language)
        self.steps = StepList(
            title, program, self._theme, self._words, later_words(form.pathway, self._words)
        )  # fmt: skip
        self.steps.chosen.connect(self._on_chosen)
        self.frame = PageFrame(self._theme)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.steps)
        line.addWidget(self.frame, 1)
        self.frame.head.side.addWidget(self.state)
        self._add_hand_over()
        self._help = muted("")
        self.error = ErrorBox(self._theme)
        self.scan = ScanCard(form, self._theme, self._words)
        self.scan.scanned.connect(self._on_scanned)
        for widget in (self._help, self.scan, self.error):
            self.frame.body.addWidget(widget)
        self.frame.body.addStretch(1)
        self.shared = shared_event(self._draft, self._guide, self._setting)
        if self.shared is not None:
            self.frame.body.addWidget(self.shared)
        self.back = self.frame.button(say("Back"))
        self.save = self.frame.button(say("Save and close"))
        self.finish = self.frame.primary(say("Finish"), "check")
        self.go_on = self.frame.primary(say("Continue"), "arrow-right")
        foot = self.frame.foot
        foot.addWidget(self.back)
        foot.addStretch(1)
        for button in (self.save, self.go_on, self.finish):
            foot.addWidget(button)
        self.back.clicked.connect(self._on_back)
        self.save.clicked.connect(self._on_close)
        self.go_on.clicked.connect(self._on_continue)
        self.finish.clicked.connect(self._on_finish)
        self.frame.entered.connect(self._on_entered)

    def _follow(self, strip: SamePersonStrip) -> None:
        self.frame.put_above_foot(strip)
        strip.chosen.connect(self._on_same_person)
        strip.decided.connect(self._on_someone_else)
        strip.typed(self._sheet.answers)

    def _add_hand_over(self) -> None:
        self.hand_over = named_button(self._words.text("Hand over to…"), "link")
        self.hand_over.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self.hand_over)
        for person in self._work.colleagues(self._draft.pathway):
            act = menu.addAction(person.shown_name.replace("&", "&&"))
            act.triggered.connect(lambda _=False, to=person.id: self._on_hand_over(to))
        self.hand_over.clicked.connect(lambda: menu.popup(
            self.hand_over.mapToGlobal(self.hand_over.rect().bottomLeft())))  # fmt: skip
        # first into the page, then shown: else it is a window of its own and takes the cursor away
        self.frame.head.side.addWidget(self.hand_over, 0, Qt.AlignmentFlag.AlignRight)
        self.hand_over.setHidden(menu.isEmpty())
        self.sheet = named_button(self._words.text("Print point-and-tick sheet"), "link")
        self.sheet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        on_press(self.sheet, lambda: self.sheet_asked.emit(self._guide.form.ref.id))
        self.frame.head.side.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignRight)
        self.sheet.setHidden(POINT_AND_TICK not in self._guide.form.papers)
        self.frame.head.side.addStretch(1)
        self.hand_over_menu = menu

    def _show(self, view: FormView) -> None:
        body = self.frame.body
        if self.view is not None:
            self.view.leave()
            body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = view
        body.insertWidget(4, view)
        view.show()  # now, so that its first question can take the cursor
        self._order_keys(view)
        view.changed.connect(self._on_changed)
        self.frame.area.verticalScrollBar().setValue(0)

    def _order_keys(self, view: FormView) -> None:
        """Tab goes from the last question to the foot, not through the rail first."""
        asked = list(controls_in(view))
        chain = (*asked[-1:], self.back, self.save, self.go_on, self.finish)
        for one, following in pairwise(chain):
            self.setTabOrder(one, following)

    def _refresh_steps(self) -> None:
        section = self._path.section(self._draft.step)
        number, count = self._path.place(section.id)
        step = self._words.text("Step {number} of {count}", number=number, count=count)
        later = later_words(self._guide.form.pathway, self._words)
        self.frame.head.say(section.title.said_in(self._words.language), step if number else later)
        with QSignalBlocker(self.steps):
            self.steps.show_steps(self._path.steps(self._draft.step, self._words))

    def _refresh_foot(self) -> None:
        may_finish = self._guide.may_finish_now(self._sheet.answers)
        self.finish.setVisible(may_finish)
        self.go_on.setVisible(not may_finish)

    def _focus_first(self) -> None:
        if self.view is not None:
            self.view.take_focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The window gives the page the cursor; the first question takes it."""
        super().focusInEvent(event)
        self._focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the form the room that it needs."""
        self.steps.set_narrow(self.width() < self._theme.px(_NARROW))
        super().resizeEvent(event)

    # --- what happens ---------------------------------------------------------------------

    def _path_now(self) -> FormPath:
        shares = bool(self._draft.marks.get(EVENT))
        return FormPath(self._guide, self._sheet.answers, shares_event=shares)

    def _taken(self) -> Draft:
        return self._sheet.to_save(self._draft)

    def _on_changed(self) -> None:
        said = self._sheet.answers.get(self._guide.form.facts.get("language", ""))
        if said is not None and said != self._draft.language:
            self._draft.language = ""  # the answer is newer than what was chosen at the review
        self.saver.touch()
        if self.strip is not None:
            self.strip.typed(self._sheet.answers)
        self._refresh_foot()
        path = self._path_now()
        if path.ids != self._path.ids:
            self._path = path
            self._refresh_steps()

    def _on_scanned(self, answers: dict[str, str]) -> None:
        """A license gave some answers; they are looked at like typed ones."""
        known = {f.id for f in self._guide.form.fields()}
        filled = {ident: value for ident, value in answers.items() if ident in known}
        for ident, value in filled.items():
            self._sheet.put(ident, value, "")
        self.go(self._draft.step)
        self._on_changed()
        self.scan.tell(len(filled))

    def _on_same_person(self, intake: str, known: Answers) -> None:
        """Who they are is filled in where nothing was typed; all of it can be changed."""
        self._draft.marks[PERSON] = intake
        for ident, value in filled(self._guide.defaults(), self._sheet.answers, known).items():
            if ident not in self._sheet.typed:
                self._sheet.put(ident, value, "")
        self.go(self._draft.step)
        self._on_changed()
        if self.strip is not None:
            self.strip.tell_filled()

    def _on_someone_else(self) -> None:
        self._draft.marks[PERSON] = ""  # it was asked, and is not asked again
        self.saver.touch()

    def _on_chosen(self, ident: str) -> None:
        self.saver.save()
        if ident == REVIEW:
            self.review_asked.emit(self._taken())
        else:
            self.go(ident)

    def _on_entered(self) -> None:
        (self._on_continue if self.finish.isHidden() else self._on_finish)()

    def _on_back(self) -> None:
        before = self._path.before(self._draft.step)
        if before:
            self.saver.save()
            self.go(before)

    def _on_continue(self) -> None:
        self.saver.save()
        if self.view is None or not self.view.check():
            return
        self._path = self._path_now()
        self._on_chosen(self._path.after(self._draft.step))

    def _on_close(self) -> None:
        self.saver.save(then=self.closed.emit)

    def _on_hand_over(self, to: UserId) -> None:
        ident = self._draft.id

        def give() -> None:
            self.saver.stop()
            self._background.run(
                lambda: self._work.hand_over(ident, to), lambda _: self.handed_over.emit(),
                self._on_failed,
            )  # fmt: skip

        self.saver.save(then=give)

    def _on_finish(self) -> None:
        self.saver.stop()
        self.finish.setEnabled(False)
        draft = self._sheet.to_finish(self._draft)
        self._background.run(lambda: self._work.finish(draft), self._on_finished, self._on_failed)

    def _on_finished(self, finished: Finished) -> None:
        self.finished.emit(finished)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.saver.go_on()
        self.finish.setEnabled(True)
        self.error.say(sentence_for(error, self._words))
        self.saver.touch()

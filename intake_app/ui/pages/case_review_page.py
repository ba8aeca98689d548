"""The review of an officer intervention: rules, report-by, papers, and the decision."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Choice, Field, FieldType
from intake_app.domain.terms import Instrument
from intake_app.services.case.offers import OfferOutcome
from intake_app.services.citing.citing import PAPER_OF, Issued
from intake_app.services.citing.overrides import APPROVAL_RULE
from intake_app.services.citing.participation import sealed_in_words
from intake_app.services.needs.everyday import Guide
from intake_app.ui.case.deciding import EligibilityCard, ReportByCard
from intake_app.ui.case.issuing_work import HERE, PHONE, PROSECUTOR, CaseLook, IssuingWork
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.review_base import ReviewBase
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.words import mark

_LABELS: Final = {
    Instrument.CITATION: mark("Issue citation"),
    Instrument.REFERRAL: mark("Referral only"),
}
_ENDS: Final = {
    OfferOutcome.DECLINED: mark("Declined"),
    OfferOutcome.NOT_OFFERED: mark("Not offered"),
}


class CaseReviewPage(ReviewBase):
    """The last step of a form that holds a charge; instead of Finish, a decision.

    Signals:
        issued: A citation or a referral was issued; carries `Issued`.
        ended: It became no case: declined, or not offered.

    Attributes:
        rules: What the rules say.
        by: By when the person would have to report.
        ask: Asks for a reason, or who decided.
        decide: Opens the question of who set rules aside.
        ends: The buttons for a contact that becomes no case.
    """

    issued = Signal(object)
    ended = Signal()

    def __init__(
        self, draft: Draft, guide: Guide, work: IssuingWork, background: Background,
        setting: Setting, printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self._case_work = work
        self._look: CaseLook | None = None
        super().__init__(draft, guide, work, background, setting, printers)

    # --- making ---------------------------------------------------------------------------

    def _papers(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        column = super()._papers()
        self.rules, self.by = EligibilityCard(theme, words), ReportByCard(theme, words)
        self.ask = AskCard(self._setting)
        self.decide = self.frame.button(words.text("Override …"))
        self.decide.hide()
        on_press(self.decide, self._on_decide)
        line = QHBoxLayout()
        line.addWidget(self.decide)
        line.addStretch(1)
        self.rules.box.addLayout(line)
        for place, card in enumerate((self.by, self.rules, self.ask)):
            column.insertWidget(place, card)
        return column

    def _add_endings(self) -> None:
        say, foot, form = self._words.text, self.frame.foot, self._guide.form
        wanted = form.terms.instruments if form.terms else tuple(_LABELS)
        self.ends = {o: self.frame.button(say(label)) for o, label in _ENDS.items()}
        self.issue: dict[Instrument, QPushButton] = {}
        for instrument in reversed(wanted):
            make = self.frame.primary if instrument is wanted[0] else self.frame.button
            self.issue[instrument] = make(say(_LABELS[instrument]))
            on_press(self.issue[instrument], lambda i=instrument: self._on_issue(i))
        foot.addWidget(self.save)
        foot.addWidget(ButtonRow(foot.spacing(), self._endings(), ends_right=True), 1)
        for outcome, button in self.ends.items():
            on_press(button, lambda outcome=outcome: self._on_end(outcome))

    def _endings(self) -> Sequence[QPushButton]:
        return (*self.ends.values(), *self.issue.values())

    def _focus(self) -> None:
        """What is missing first; then what stands against it; then the decision."""
        links = self.summary.links
        ready = self.decide if not self.decide.isHidden() else [*self.issue.values()][-1]
        if self._look is not None and not self._look.may_issue:
            ready = self.ends[OfferOutcome.DECLINED]
        (links[0] if links else ready).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- looking --------------------------------------------------------------------------

    def _ask_offers(self) -> None:
        draft = self._for_work()
        self._background.run(lambda: self._case_work.look(draft), self._on_look, self._on_failed)
        self._background.run(
            lambda: self._work.papers_of(self._draft), self._on_before, self._on_failed
        )

    def _on_look(self, look: CaseLook) -> None:
        is_first, self._look = self._look is None, look
        for name, value in look.answers.items():
            if self._sheet.answers.get(name) != value:
                self._sheet.put(name, value, "")
        self.rules.show_check(look.check, look.blocked, self._earlier())
        self.by.show_clock(look.clock)
        is_approval = all(one.rule == APPROVAL_RULE for one in look.blocked)
        say = self._words.text
        words = say("Approval …") if is_approval else say("Override …")
        self.decide.setText(words)
        self.decide.setAccessibleName(words)
        self.decide.setVisible(bool(look.blocked))
        if is_first:
            self.ticks.show_offers(look.offers)
            for button in (self.print, self.save_pdf):
                button.setEnabled(bool(look.offers))
            if look.may_issue:
                self._on_preview(PAPER_OF[look.instruments[0]])
        self._focus()

    def _earlier(self) -> str:
        """Say how many earlier cases the person has here, where the form wants to know."""
        ident = self._guide.form.facts.get("earlier_here", "")
        field, value = self._guide.form.field(ident), self._sheet.answers.get(ident)
        if field is None or value is None:
            return ""
        language = self._words.language
        said = self._guide.shown(ident, value, language)
        count = self._words.text("{title}: {n}", title=field.label.said_in(language), n=said)
        sealed = sealed_in_words(self._draft, self._words)
        return "\n".join(line for line in (count, sealed) if line)

    # --- deciding -------------------------------------------------------------------------

    def _on_decide(self) -> None:
        look = self._look
        if look is None:
            return
        q, say = Questions(self._words), self._words.text
        people = [
            Choice(f"{PHONE}{one.id}", q.text(say("By phone: {name}", name=one.shown_name)))
            for one in look.supervisors
        ]
        here = [Choice(HERE, q.text(say("I decide this now")))] if look.is_supervisor else []
        office = [Choice(PROSECUTOR, q.text(say("The prosecutor's office")))]
        only_approval = all(one.rule == APPROVAL_RULE for one in look.blocked)
        fields = [
            q.choice("who", say("Who decided?"), [*here, *people, *office]),
            *([] if only_approval else [q.note(is_required=True, name="reason")]),
            Field("time", FieldType.TEXT, q.text(say("Time of the call, if not now")),
                  hint=q.text(say("For example 02:14"))),
            Field("name", FieldType.TEXT, q.text(say("Name at the prosecutor's office"))),
        ]  # fmt: skip
        what = say("Approval") if only_approval else say("Override")
        self.ask.ask(what, fields, self._on_decided)

    def _on_decided(self, said: Answers) -> None:
        look, draft = self._look, self._for_work()
        if look is None:
            return
        self._do(lambda: self._case_work.decide(draft, look.blocked, said), self._on_set_aside)

    def _on_set_aside(self, _nothing: object) -> None:
        self.ask.forget_way_back()
        self.ask.done()
        draft = self._for_work()
        self._background.run(lambda: self._case_work.look(draft), self._on_look, self._on_failed)

    def _on_end(self, outcome: OfferOutcome) -> None:
        look = self._look
        if look is None:
            return
        q, say = Questions(self._words), self._words.text
        is_no = outcome is OfferOutcome.DECLINED
        fields = [
            q.reason(look.declined if is_no else look.not_offered),
            q.note(say("Explain, where the reason asks for it")),
        ]
        hint = say("A few words. No names, no birth dates, nothing about health.")
        self.ask.ask(say(_ENDS[outcome]), fields, lambda said: self._on_why(outcome, said), hint)

    def _on_why(self, outcome: OfferOutcome, said: Answers) -> None:
        self.saver.stop()
        draft = self._for_work()
        reason, text = str(said["reason"]), str(said.get("note") or "")
        self._do(lambda: self._case_work.end(draft, outcome, reason, text), self._on_ended)

    def _on_ended(self, _offer: object) -> None:
        self.ask.forget_way_back()
        self.ended.emit()

    def _do(self, act: Callable[[], object], then: Callable[[object], object]) -> None:
        def failed(error: BaseException) -> None:
            note(error)
            self.saver.go_on()
            self.ask.fail(sentence_for(error, self._words))

        self._background.run(act, then, failed)

    # --- issuing --------------------------------------------------------------------------

    def _on_issue(self, instrument: Instrument) -> None:
        self._show_missing()
        if not self.is_ready or self._look is None:
            QTimer.singleShot(0, self._focus)
            return
        self.saver.stop()
        draft, wanted = self._for_work(), self.ticks.wanted
        self._busy(True)
        self._background.run(
            lambda: self._case_work.issue_case(draft, instrument, wanted),
            self._on_issued, self._on_failed,
        )  # fmt: skip

    def _on_issued(self, issued: Issued) -> None:
        self.issued.emit(issued)

    def _on_failed(self, error: BaseException) -> None:
        super()._on_failed(error)
        self.frame.area.verticalScrollBar().setValue(0)

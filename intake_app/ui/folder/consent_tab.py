"""Consents of an intake or a case: where each stands, taking, taking back, and what was shared."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.consent import ConsentKind, Held, watched
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.services.consents.consents import Asking, ask_consent, note_ended, take_consent
from intake_app.services.consents.disclosed import Disclosed
from intake_app.services.consents.disclosures import EXCEPTIONS, note_disclosure
from intake_app.services.papers.papers import IssuedPaper
from intake_app.services.sharing.accounting import print_accounting
from intake_app.services.sharing.consent_overview import ConsentOverview, consent_overview
from intake_app.services.sharing.consent_papers import print_consent
from intake_app.services.sharing.revoking import (
    HOW,
    TOLD_HOW,
    Revoking,
    Traces,
    note_told,
    print_notice,
    revoke,
)
from intake_app.ui.folder.consent_cards import ConsentCard, DisclosureCard, TellCard
from intake_app.ui.folder.consent_form import ConsentForm
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.outside.sealed_file_card import SealedFileCard, seals_files
from intake_app.ui.papers.consent_words import NEW, kind_in_words
from intake_app.ui.papers.desk_work import DeskWork
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.scrolling import bring_into_view


class ConsentTab(FolderTab):
    """The tab.

    Attributes:
        ask: What is asked before something is noted.
        form: The consent that is being taken, or None.
        cards: One for each consent, the newest first.
        tells: One for each consent that was taken back.
        new: Begins a consent, by its kind.
        papers: Consents, notices and accountings that were issued.
        sealed: A sealed file for somebody outside, for who may disclose.
        shared: What left this computer.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self._found: ConsentOverview | None = None
        self.form: ConsentForm | None = None
        self.cards: list[ConsentCard] = []
        self.tells: list[TellCard] = []
        self.ask = AskCard(parts.setting)
        self.soon = MessageBox(self.theme, "warn")
        self._head = Card(words.text("Consents"))
        self._head.box.addWidget(
            muted(words.text("Each consent is separate, and can be taken back at any time."))
        )
        self.new: dict[ConsentKind, QPushButton] = {}
        for kind, label in NEW.items():
            self.new[kind] = make_button(words.text(label))
            self.new[kind].setAccessibleName(words.text(label))
            on_press(self.new[kind], partial(self._on_new, kind))
        self._head.box.addWidget(ButtonRow(self.theme.px(8), tuple(self.new.values())))
        (place, self._place), (lines, self._lines) = _column(), _column()
        self.papers = IssuedCard(words, is_archive=False)
        self.shared = DisclosureCard(words, self.theme)
        self.sealed = SealedFileCard(
            parts.desk, parts.record, parts.background, words, self.theme, parts.names
        )
        for part in (
            self.soon, self._head, self.ask, place, lines, self.papers, self.sealed, self.shared,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.sealed.setVisible(seals_files(parts.desk))  # with a parent: it is no window of its own
        self.body.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        parts = self.parts
        self._desk = PaperDesk(
            DeskWork(parts.desk), parts.background, self.words, parts.printers, self
        )
        self._desk.told.connect(self.good.say)
        self._desk.counted.connect(self._on_counted)
        self._desk.failed.connect(self.fail)
        self.papers.print_asked.connect(self._on_print)
        self.papers.save_asked.connect(self._on_save)
        self.shared.print_asked.connect(self._on_accounting)
        self.shared.note_asked.connect(self._on_note)
        self.sealed.changed.connect(self._on_counted)

    def refresh(self) -> None:
        """Read the consents anew."""
        desk, record, language = self.parts.desk, self.parts.record, self.words.language
        self.read(lambda: consent_overview(desk, record, language), self._show)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, found: ConsentOverview) -> None:
        self._found = found
        self.soon.say(self._watched(found))
        for kind, button in self.new.items():
            button.setVisible(kind in found.kinds)
            button.setEnabled(found.is_open)
        self.ask.forget_way_back()
        clear(self._lines)
        self.tells = [self._tell(traces) for traces in found.revoked]
        self.cards = [ConsentCard(line, self.words, self.theme) for line in found.lines]
        for card, line in zip(self.cards, found.lines, strict=True):
            card.revoke_asked.connect(partial(self._on_revoke, line.held))
            card.end_asked.connect(partial(self._on_end, line.held))
            card.paper_asked.connect(partial(self._on_paper, line.held))
        for part in (*self.tells, *self.cards):
            self._lines.addWidget(part)
        self.papers.show_papers(found.papers)
        self.papers.setVisible(bool(found.papers))
        self.shared.show_entries(found.entries)

    def _watched(self, found: ConsentOverview) -> str:
        count = len(list(watched(line.held for line in found.lines)))
        return self.words.plural(
            "{n} consent has ended or ends soon. Ask whether a new one is wanted.",
            "{n} consents have ended or end soon. Ask whether new ones are wanted.", count,
        ) if count else ""  # fmt: skip

    def _tell(self, traces: Traces) -> TellCard:
        card, consent = TellCard(traces, self.words, self.theme), traces.held.consent.id
        card.notice_asked.connect(partial(self._on_notice, consent))
        card.told_asked.connect(partial(self._on_told, consent))
        return card

    # --- a new consent ------------------------------------------------------------------------

    def _on_new(self, kind: ConsentKind) -> None:
        desk, record = self.parts.desk, self.parts.record
        self.parts.background.run(
            lambda: ask_consent(desk, record, kind), self._on_asking, self.fail
        )

    def _on_asking(self, asking: Asking) -> None:
        self._leave_form()
        self.form = ConsentForm(asking, self.parts.setting)
        self.form.signed.connect(self._on_signed)
        self.form.left.connect(self._leave_form)
        self._place.addWidget(self.form)
        self.form.show()
        self._head.hide()
        self.form.view.take_focus()
        bring_into_view(self.form.title)

    def _on_signed(self, asking: Asking, answers: Answers) -> None:
        desk, record = self.parts.desk, self.parts.record
        self.do(lambda: take_consent(desk, record, asking.kind, answers),
                self.words.text("The answer is kept."), lambda _: self._leave_form())  # fmt: skip

    def _leave_form(self) -> None:
        self.form = None
        clear(self._place)
        self._head.show()

    # --- what is done with one ----------------------------------------------------------------

    def _on_revoke(self, held: Held) -> None:
        if self._found is None:
            return
        desk, words, ask = self.parts.desk, self.words, Questions(self.words)
        codes = self._found.codes[HOW]
        codes = [one for one in codes if one.measure] if held.revocations else codes
        fields = [
            ask.choice("how", words.text("How was it taken back?"), codes),
            ask.moment(),
            ask.note(),
        ]

        def keep(said: Answers) -> None:
            told = Revoking(*(str(said.get(name) or "") for name in ("how", "at", "note")))
            self.do(partial(revoke, desk, held.consent.id, told),
                    words.text("From now on nothing leaves under this consent."),
                    ask=self.ask)  # fmt: skip

        told = words.text("It counts at once, also aloud. What was sent before stays in the list.")
        act = words.text("Take this consent back")
        self.ask.ask(kind_in_words(held.consent.kind, words), fields, keep, told, act)

    def _on_end(self, held: Held) -> None:
        desk, words, ask = self.parts.desk, self.words, Questions(self.words)
        fields = [ask.day(words.text("Its last day"), is_required=True)]

        def keep(said: Answers) -> None:
            self.do(partial(note_ended, desk, held.consent.id, str(said["day"])),
                    words.text("Its end is noted."), ask=self.ask)  # fmt: skip

        told = words.text("For example: the first visit took place, or the case has ended.")
        act = words.text("Note its end")
        self.ask.ask(kind_in_words(held.consent.kind, words), fields, keep, told, act)

    def _on_paper(self, held: Held) -> None:
        desk = self.parts.desk
        self._issue(lambda: print_consent(desk, held.consent.id))

    def _on_notice(self, consent: RecordId, recipient: str) -> None:
        desk = self.parts.desk
        self._issue(lambda: print_notice(desk, consent, recipient))

    def _on_told(self, consent: RecordId, recipient: str) -> None:
        if self._found is None:
            return
        desk, words, ask = self.parts.desk, self.words, Questions(self.words)
        how = ask.choice("how", words.text("How were they told?"), self._found.codes[TOLD_HOW])

        def keep(said: Answers) -> None:
            self.do(partial(note_told, desk, consent, recipient, str(said["how"])),
                    words.text("Saved."), ask=self.ask)  # fmt: skip

        self.ask.ask(recipient, [how], keep, act=words.text("Note that they were told"))

    # --- what was shared ----------------------------------------------------------------------

    def _on_accounting(self) -> None:
        desk, record = self.parts.desk, self.parts.record
        self._issue(lambda: print_accounting(desk, record))

    def _on_note(self) -> None:
        if self._found is None:
            return
        desk, record, words = self.parts.desk, self.parts.record, self.words
        ask, codes = Questions(words), self._found.codes[EXCEPTIONS]
        fields = [
            ask.choice("exception", words.text("Why was it allowed?"), codes),
            ask.note(words.text("What was shared?"), is_required=True, name="what"),
            ask.note(words.text("With whom?"), is_required=True, name="recipient"),
            ask.note(words.text("What for?"), name="purpose"), ask.moment(),
        ]  # fmt: skip

        def keep(said: Answers) -> None:
            names = ("what", "recipient", "purpose", "exception", "at")
            what, to, purpose, exception, at = (str(said.get(name) or "") for name in names)
            left = Disclosed(what, to, purpose, exception=exception, how="said", at=at)
            self.do(
                partial(note_disclosure, desk, record, left), words.text("Saved."), ask=self.ask
            )

        told = words.text("For what the law allows without a consent.")
        self.ask.ask(words.text("Note a disclosure"), fields, keep, told)

    # --- small things -------------------------------------------------------------------------

    def _issue(self, job: Callable[[], IssuedPaper]) -> None:
        self.do(job, self.words.text("The paper is made. Print it below."), self._to_papers)

    def _on_print(self, paper: IssuedPaper) -> None:
        self._desk.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self._desk.save([paper])

    def _on_counted(self, _paper: IssuedPaper | None = None) -> None:
        self.changed.emit()
        self.refresh()

    def _to_papers(self, _paper: IssuedPaper) -> None:
        bring_into_view(self.papers)


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(12)
    return holder, lines

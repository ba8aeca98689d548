"""To whom an export goes, under which agreement, and why it may tell days or names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.export import Reach
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import Agreement, end_agreement, enter_agreement
from intake_app.services.exports.ask import CONSENT, ExportKind
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import typed_day
from intake_app.words import Words
from intake_app.words.dates import short_date


@dataclass(frozen=True, slots=True)
class Known:
    """What the card shows.

    Attributes:
        agreements: Those that were entered.
        reasons: Exceptions by file: "care", "cases", "events".
        today: YYYY-MM-DD.
    """

    agreements: Sequence[Agreement]
    reasons: Sequence[Choice]
    today: str


class ExportTo(Card):
    """The card; hidden where nothing is of anybody.

    Signals:
        changed: Something else is chosen.
        entered: An agreement was entered or ended: read them anew.

    Attributes:
        agreement: The list of agreements.
        reason: Why days or names may leave.
        new: Opens the questions of a new agreement.
        end: Ends the chosen one.
        to, paper, first, last: These questions.
        enter: Enters it.
        error: What is wrong with it.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("To whom, and why it may leave"))
        self._desk, self._background, self._words = desk, background, words
        self._known = Known((), (), "")
        self.agreement, self.reason = Picker(), Picker()
        self.until = muted("")
        self.new, self.end = named_button(say("New agreement…")), named_button(say("End it"))
        self._why = field_label(say("Why may it tell days or names?"), self.reason)
        self._ask = QWidget()
        self.error = FailureBox(theme, words)
        self.to, self.paper, self.first, self.last = (QLineEdit() for _ in range(4))
        self.enter = PrimaryButton(say("Enter the agreement"), theme)
        self.leave = named_button(say("Cancel"))
        self.box.addWidget(field_label(say("Agreement"), self.agreement))
        for part in (self.agreement, self.until, ButtonRow(theme.px(8), (self.new, self.end)),
                     self._ask, self._why, self.reason):  # fmt: skip
            self.box.addWidget(part)
        self._lay_questions(theme)
        self.agreement.currentIndexChanged.connect(self._on_agreement)
        self.reason.currentIndexChanged.connect(self.changed)
        for button, act in (
            (self.new, partial(self._open, is_open=True)), (self.end, self._on_end),
            (self.enter, self._on_enter), (self.leave, partial(self._open, is_open=False)),
        ):  # fmt: skip
            on_press(button, act)

    @property
    def chosen(self) -> str:
        """The agreement that is chosen, by its record; or empty."""
        return str(self.agreement.currentData() or "")

    @property
    def why(self) -> str:
        """The reason that is chosen, by its code; or empty."""
        return str(self.reason.currentData() or "") if not self.reason.isHidden() else ""

    def offer(self, known: Known) -> None:
        """Show agreements and reasons; what was chosen stays chosen."""
        self._known, was = known, self.chosen
        self.agreement.blockSignals(True)
        self.agreement.clear()
        self.agreement.addItem(self._words.text("Choose the agreement"), "")
        for one in known.agreements:
            self.agreement.addItem(f"{one.to} · {one.paper}", one.id)
        self.agreement.setCurrentIndex(max(0, self.agreement.findData(was)))
        self.agreement.blockSignals(False)
        self._on_agreement()

    def fit(self, kind: ExportKind, reach: Reach) -> None:
        """Ask what this export needs."""
        self.setVisible(reach > Reach.NOBODY)
        is_asked = reach >= Reach.DATED
        for part in (self._why, self.reason):
            part.setVisible(is_asked)
        was = str(self.reason.currentData() or "")
        self.reason.blockSignals(True)
        self.reason.clear()
        self.reason.addItem(self._words.text("Choose the reason"), "")
        if Compartment.CARE in kind.files and not kind.is_of_events:
            said = self._words.text("Each person's own consent names who receives it (care alone)")
            self.reason.addItem(said, CONSENT)
        wanted = {"events"} if kind.is_of_events else {str(one) for one in kind.files}
        for one in self._known.reasons:
            if wanted & set(one.more.get("exports", "").split()):
                label = one.label.said_in(self._words.language)
                self.reason.addItem(f"{label} ({one.standard})", one.id)
        self.reason.setCurrentIndex(max(0, self.reason.findData(was)))
        self.reason.blockSignals(False)

    # --- inside -----------------------------------------------------------------------------

    def _lay_questions(self, theme: Theme) -> None:
        say = self._words.text
        lines = QVBoxLayout(self._ask)
        lines.setContentsMargins(0, 0, 0, 0)
        asked: tuple[tuple[str, QLineEdit], ...] = (
            (say("With whom? As consents name them"), self.to),
            (say("Number or title of the agreement, or the law in its place"), self.paper),
            (say("Holds from (month/day/year)"), self.first),
            (say("Holds until (month/day/year); empty: no end is agreed"), self.last),
        )
        for label, field in asked:
            said: QLabel = field_label(label, field)
            lines.addWidget(said)
            lines.addWidget(field)
        lines.addWidget(self.error)
        lines.addWidget(ButtonRow(theme.px(8), (self.enter, self.leave)))
        self.enter.setAccessibleName(self.enter.text())
        self._ask.hide()

    def _open(self, *, is_open: bool) -> None:
        self._ask.setVisible(is_open)
        self.error.say("")
        (self.to if is_open else self.new).setFocus()

    def _on_agreement(self) -> None:
        found = next((a for a in self._known.agreements if a.id == self.chosen), None)
        self.end.setEnabled(found is not None)
        self.until.setText(self._until(found) if found else "")
        self.until.setVisible(found is not None)
        self.changed.emit()

    def _until(self, found: Agreement) -> str:
        say, language = self._words.text, self._words.language
        first = short_date(found.since, language)
        if not found.holds_on(self._known.today):
            return say("It does not hold today.")
        if not found.until:
            return say("Holds since {day}.", day=first)
        return say("Holds from {first} to {last}.", first=first,
                   last=short_date(found.until, language))  # fmt: skip

    def _on_enter(self) -> None:
        desk, to, paper = self._desk, self.to.text(), self.paper.text()
        first, last = typed_day(self.first.text()), typed_day(self.last.text())
        is_bad_day = self.last.text().strip() and last is None
        since, until = str(first or ""), "x" if is_bad_day else str(last or "")
        self._background.run(
            lambda: enter_agreement(desk, to, paper, since, until),
            self._on_entered,
            self.error.tell,
        )

    def _on_entered(self, ident: RecordId) -> None:
        for field in (self.to, self.paper, self.first, self.last):
            field.clear()
        self._open(is_open=False)
        self.agreement.addItem("", ident)
        self.agreement.setCurrentIndex(self.agreement.count() - 1)
        self.entered.emit()
        self.agreement.setFocus()

    def _on_end(self) -> None:
        desk, ident = self._desk, RecordId(self.chosen)
        self._background.run(
            lambda: end_agreement(desk, ident), lambda _: self.entered.emit(), self.error.tell
        )

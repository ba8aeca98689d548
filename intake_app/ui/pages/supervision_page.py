"""What a supervisor looks at: words to confirm, conflicts, the caseload, the override log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Compartment
from intake_app.services.citing.overrides import Decision, confirm_override, overrides_to_confirm
from intake_app.services.desk import Desk
from intake_app.services.week.supervision import (
    Caseload,
    Conflict,
    approvals_waiting,
    caseload,
    conflicts_to_settle,
    override_log,
    rules_set_aside,
)
from intake_app.ui.case.supervision_cards import (
    CaseloadCard,
    ConfirmCard,
    ConflictsCard,
    LogCard,
    Waiting,
)
from intake_app.ui.measures.rearrest_due_card import RearrestDueCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    waiting: Sequence[Waiting]
    others: int
    load: Caseload
    log: Sequence[Decision]
    conflicts: Sequence[Conflict]


class SupervisionPage(QWidget):
    """Five cards.

    Signals:
        record_asked: Open this case (record id).
        refreshed: It shows what the file holds now.
        answered: A decision was confirmed or refused.

    Attributes:
        confirm, conflicts, arrests, load, log: The cards.
        good, bad: What came of a press.
    """

    record_asked = Signal(str)
    refreshed = Signal()
    answered = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        people = (*desk.colleagues, desk.person)
        self._is_answered = False
        self._names: Mapping[UserId, str] = {one.id: one.shown_name for one in people}
        self.good = MessageBox(theme, "ok")
        self.bad = FailureBox(theme, words, self.good, kind="warn")
        self.confirm, self.load = ConfirmCard(words), CaseloadCard(words)
        self.log, self.conflicts = LogCard(words), ConflictsCard(words)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Supervision")))
        self.arrests = RearrestDueCard(desk, background, words, Compartment.CASES)
        self.arrests.record_asked.connect(self.record_asked)
        cards = (self.confirm, self.conflicts, self.arrests, self.load, self.log)
        for part in (self.good, self.bad, *cards):
            lines.addWidget(part)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        for card in (self.confirm, self.conflicts, self.log):
            card.opened.connect(self.record_asked)
        self.confirm.answered.connect(self._on_answered)
        self.log.asked.connect(self.refresh)

    def refresh(self) -> None:
        """Read all of it anew."""
        days = self.log.days
        self._background.run(lambda: self._read(days), self._on_read, self.bad.tell_in_view)
        self.arrests.refresh()

    def _read(self, days: int) -> _Facts:
        desk = self._desk
        mine = overrides_to_confirm(desk)
        since = desk.clock.local() - timedelta(days=days)
        return _Facts(
            [Waiting(one, rules_set_aside(desk, one)) for one in mine],
            len(approvals_waiting(desk)) - len(mine),
            caseload(desk),
            override_log(desk, since.isoformat() if days else ""),
            conflicts_to_settle(desk),
        )

    def _on_read(self, facts: _Facts) -> None:
        self.confirm.show_waiting(facts.waiting, self._names, facts.others)
        self.conflicts.show_conflicts(facts.conflicts, self._names)
        self.load.show_load(facts.load, self._names)
        self.log.show_log(facts.log, self._names)
        if self._is_answered:  # its buttons are gone: the cursor goes to what is next
            self._is_answered = False
            next(iter(self.confirm.notes.values()), self.log.since).setFocus()
            bring_into_view(self.good)
        self.refreshed.emit()

    def _on_answered(self, ident: str, holds: bool, said: str) -> None:
        words = self._words
        told = words.text("Confirmed.") if holds else words.text("Noted that it does not hold.")

        def done(_: object) -> None:
            self.bad.say("")
            self.good.say(told)
            self._is_answered = True
            self.answered.emit()
            self.refresh()

        self._background.run(
            lambda: confirm_override(self._desk, RecordId(ident), holds, said),
            done, self.bad.tell_in_view,
        )  # fmt: skip

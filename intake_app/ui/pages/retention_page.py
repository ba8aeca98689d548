"""Records that end: what is due, what two people decided, what is held, what is gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.entry import show_date
from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Scope, Way
from intake_app.domain.retention import Does, Rule, Schedule
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.purging.certificates import purge_certificate
from intake_app.services.purging.holds import HoldLine, holds, lift_hold, place_hold
from intake_app.services.purging.purging import (
    Proposal,
    Removed,
    Wanted,
    approve_purge,
    proposals,
    propose_purge,
    removed,
    withdraw_purge,
)
from intake_app.services.purging.retention import DueLine, due_records
from intake_app.services.purging.words import short_number
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox
from intake_app.ui.parts.cursor import has_cursor, take_cursor_soon
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.retention.cards import DueCard, HoldsCard, ProposalsCard, RemovedCard
from intake_app.words import Words

_BASIS = "retention"


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows; read in one job."""

    schedule: Schedule
    due: Sequence[DueLine]
    proposals: Sequence[Proposal]
    holds: Sequence[HoldLine]
    removed: Sequence[Removed]


class RetentionPage(QWidget):
    """The page. It names nobody: numbers, counts, days.

    Signals:
        refreshed: It shows what the files hold now.
        record_asked: Open this case (record id).

    Attributes:
        due: What the schedule asks for.
        proposed: Orders that are open.
        held: Holds.
        gone: Orders that were carried out.
        ask: Asks before something grave is done.
    """

    refreshed = Signal()
    record_asked = Signal(str)

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._roles = desk.person.roles
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.ask = AskCard(Setting(words, theme, desk.clock))
        self.due, self.proposed = DueCard(words), ProposalsCard(words)
        self.held, self.gone = HoldsCard(words), RemovedCard(words)
        self.schedule = Card(words.text("The schedule"))
        self.source = muted("")
        self.schedule.box.addWidget(self.source)
        self._kept = QVBoxLayout()
        self.schedule.box.addLayout(self._kept)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Records that end")))
        told = words.text("One person proposes, another approves. A hold stops everything.")
        lines.addWidget(muted(told))
        for part in (self.error, self.good, self.ask, self.proposed, self.due, self.held,
                     self.gone, self.schedule):  # fmt: skip
            lines.addWidget(part)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self._connect()

    def _connect(self) -> None:
        self.due.proposed.connect(self._on_proposed)
        self.due.opened.connect(self.record_asked)
        self.proposed.approved.connect(self._on_approve)
        self.proposed.withdrawn.connect(self._on_withdraw)
        self.held.asked.connect(self._on_hold_all)
        self.held.lifted.connect(self._on_lift)
        self.gone.asked.connect(self._on_print)
        self.due.setVisible(may(self._roles, May.PROPOSE_PURGE))
        self.held.setVisible(may(self._roles, May.HOLD_RECORDS))

    def refresh(self) -> None:
        """Read all of it anew."""
        self._background.run(self._read, self._show, self._on_failed)

    def _read(self) -> _Found:
        desk = self._desk
        return _Found(
            desk.library.retention(),
            due_records(desk) if may(self._roles, May.PROPOSE_PURGE) else (),
            proposals(desk),
            holds(desk) if may(self._roles, May.HOLD_RECORDS) else (),
            removed(desk),
        )

    def _show(self, found: _Found) -> None:
        words, had_cursor = self._words, has_cursor(self)
        names = {str(one.id): one.shown_name for one in self._desk.colleagues}
        may_approve = may(self._roles, May.APPROVE_PURGE)
        self.due.show_due(found.due)
        self.proposed.show_proposals(
            found.proposals, found.schedule, names, may_approve=may_approve
        )
        self.held.show_holds(found.holds)
        self.gone.show_removed(found.removed)
        schedule = found.schedule
        self.source.setText(words.text(
            "Version {version}, {day}. {source}", version=schedule.version,
            day=show_date(schedule.date, words.language),
            source=schedule.source.said_in(words.language),
        ))  # fmt: skip
        self._show_kept(schedule)
        if had_cursor and not has_cursor(self):
            take_cursor_soon(self)
        self.refreshed.emit()

    def _show_kept(self, schedule: Schedule) -> None:
        while (item := self._kept.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for rule in filter(self._is_shown, schedule.rules):
            self._kept.addWidget(muted(_rule_in_words(rule, self._words)))

    # --- doing --------------------------------------------------------------------------------

    def _is_shown(self, rule: Rule) -> bool:
        """Where no charge is held, nothing is said of cases."""
        of_cases = rule.room in {Compartment.CASES, Compartment.SEALED}
        return self._desk.works_with_cases or not of_cases

    def _on_proposed(self, rule: Rule, lines: Sequence[DueLine]) -> None:
        way = Way.DEIDENTIFY if rule.does is Does.DEIDENTIFY else Way.PURGE
        records = [line.record for line in lines]
        wanted = Wanted(lines[0].compartment, records, _BASIS, way)
        self._do(lambda: propose_purge(self._desk, wanted),
                 self._words.text("It is proposed. Another person must approve it."))  # fmt: skip

    def _on_approve(self, order: str) -> None:
        words, ident = self._words, RecordId(order)
        told = words.text(
            "The records are hidden from everybody now, and destroyed when the wait is over. Till "
            "then it can be withdrawn."
        )
        said = words.text("It is approved. The records are hidden.")
        self.ask.ask(
            words.text("Approve order {number}", number=short_number(ident)), (),
            lambda _: self._do(lambda: approve_purge(self._desk, ident), said), told,
        )  # fmt: skip

    def _on_withdraw(self, order: str) -> None:
        self._do(lambda: withdraw_purge(self._desk, RecordId(order)),
                 self._words.text("It is withdrawn. Nothing is removed."))  # fmt: skip

    def _on_hold_all(self) -> None:
        words = self._words
        told = words.text("Until the hold is lifted, nothing at all is removed.")
        self.ask.ask(
            words.text("Hold everything"), (),
            lambda _: self._do(lambda: place_hold(self._desk, Scope.ALL),
                               words.text("Everything is held.")), told,
        )  # fmt: skip

    def _on_lift(self, hold: str) -> None:
        words = self._words
        told = words.text("What was approved before waits anew, and can be withdrawn.")
        self.ask.ask(
            words.text("Lift hold {number}", number=short_number(RecordId(hold))), (),
            lambda _: self._do(lambda: lift_hold(self._desk, RecordId(hold)),
                               words.text("The hold is lifted.")), told,
        )  # fmt: skip

    def _on_print(self, order: str) -> None:
        ident = RecordId(order)
        sheet = BlankSheet(self, self._words, self._desk.agency.printers, self._on_failed)
        self._background.run(
            lambda: purge_certificate(self._desk, ident, self._words.language),
            lambda data: sheet.give_out(data, short_number(ident)), self._on_failed,
        )  # fmt: skip

    def _do(self, job: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.error.say("")
            self.good.say(said)
            self.ask.done()
            bring_into_view(self.good)
            self.refresh()

        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        text = sentence_for(error, self._words)
        if self.ask.isVisible():
            self.ask.fail(text)
            return
        self.good.say("")
        self.error.say(text)
        bring_into_view(self.error)


def _rule_in_words(rule: Rule, words: Words) -> str:
    """Say "Sealed case: 36 months (Department policy)"."""
    label = rule.label.said_in(words.language)
    if rule.months:
        span = words.plural("{n} month", "{n} months", rule.months)
    else:
        span = words.plural("{n} day", "{n} days", rule.days)
    return words.text("{what}: {span}. {authority}", what=label, span=span,
                      authority=rule.authority.said_in(words.language))  # fmt: skip

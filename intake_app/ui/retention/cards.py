"""The cards of the page of records that end: due, proposed, waiting, held, removed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.entry import show_date, show_moment
from intake_app.domain.purge import Scope, State, Way
from intake_app.domain.retention import Does, Rule, Schedule
from intake_app.domain.roles import Compartment
from intake_app.services.purging.holds import HoldLine
from intake_app.services.purging.purging import Proposal, Removed
from intake_app.services.purging.retention import DueLine
from intake_app.services.purging.words import counts_in_words, short_number
from intake_app.services.records.file_words import file_in_words
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

WAYS: Final[Mapping[Way, str]] = {
    Way.PURGE: mark("Remove"),
    Way.DEIDENTIFY: mark("Take out who it is"),
}
DOES: Final[Mapping[Does, str]] = {
    Does.PURGE: mark("To be removed"),
    Does.DEIDENTIFY: mark("To be kept without who it is"),
    Does.SEAL: mark("To be sealed"),
    Does.KEEP: mark("Kept"),
}
_SCOPES: Final[Mapping[Scope, str]] = {
    Scope.RECORD: mark("One record"),
    Scope.PERSON: mark("All records of one person"),
    Scope.ALL: mark("Everything"),
}
_STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.PROPOSED: (mark("Waits for approval"), "soon"),
    State.WAITING: (mark("Hidden, will be removed"), "late"),
    State.DUE: (mark("Goes at the next sign-in of a key holder"), "late"),
    State.HELD: (mark("Stopped by a hold"), "ok"),
}
_SHOWN: Final = 20
"""Lines of one rule that are shown and proposed together; more in a day would be a mass removal."""


class Lines(Card):
    """A card whose lines are made anew each time.

    Args:
        title: Its heading.
        words: Language of the window.
        nothing: What it says where there is none.
    """

    def __init__(self, title: str, words: Words, nothing: str) -> None:
        super().__init__(title)
        self.words, self._nothing = words, nothing
        self.buttons: dict[str, QPushButton] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.box.addLayout(self._lines)

    def fill(self, lines: Sequence[QWidget]) -> None:
        """Show lines, or that there are none."""
        for line in lines or (muted(self._nothing),):
            self._lines.addWidget(line)
            line.show()

    def empty(self) -> None:
        """Take all lines away."""
        clear(self._lines)
        self.buttons = {}

    def line(self, title: str, told: Sequence[str], parts: Sequence[QWidget]) -> QWidget:
        """A line: a title with words under it, and parts on its right."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(words_label(title, "label"))
        for said in told:
            words.addWidget(muted(said))
        row.addLayout(words, 1)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def button(self, text: str, about: str, act: Callable[[], object]) -> QPushButton:
        """A small button; its accessible name says what it is about."""
        made = make_button(text, "small")
        made.setAccessibleName(f"{text}: {about}")
        on_press(made, act)
        self.buttons[made.accessibleName()] = made
        return made


class DueCard(Lines):
    """What the schedule asks for, rule by rule.

    Signals:
        proposed: A rule and its lines are to be proposed.
        opened: Open this case (record id).
    """

    proposed = Signal(object, object)
    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        nothing = words.text("Nothing that you can open is due by the schedule.")
        super().__init__(words.text("Due by the schedule"), words, nothing)

    def show_due(self, found: Sequence[DueLine]) -> None:
        """List them, each rule once."""
        self.empty()
        by_rule: dict[str, list[DueLine]] = defaultdict(list)
        for line in found:
            by_rule[line.due.rule.id].append(line)
        self.fill([self._rule(lines[0].due.rule, lines) for lines in by_rule.values()])

    def _rule(self, rule: Rule, lines: Sequence[DueLine]) -> QWidget:
        words = self.words
        label = rule.label.said_in(words.language)
        free = [one for one in lines if not one.is_held][:_SHOWN]
        told = [words.text(DOES[rule.does]), *(self._told(one) for one in lines[:_SHOWN])]
        if len(lines) > _SHOWN:
            told.append(words.text("And {n} more.", n=len(lines) - _SHOWN))
        parts: list[QWidget] = []
        if rule.does is Does.SEAL:
            parts = [
                self.button(words.text("Open"), one.number, lambda one=one: self._open(one))
                for one in free[:1]
            ]
        elif free:
            said = words.text("Propose {n}", n=len(free))
            parts = [self.button(said, label, lambda: self.proposed.emit(rule, free))]
        return self.line(f"{label} ({len(lines)})", told, parts)

    def _told(self, one: DueLine) -> str:
        words = self.words
        number = one.number or short_number(one.record)
        day = show_date(one.due.on.isoformat(), words.language)
        since = show_date(one.due.counted.isoformat(), words.language)
        if one.is_held:
            return words.text("{number}: a hold stands on it", number=number)
        return words.text("{number}: since {day}, counted from {since}", number=number, day=day,
                          since=since)  # fmt: skip

    def _open(self, one: DueLine) -> None:
        self.opened.emit(one.record)


class ProposalsCard(Lines):
    """Orders that are open: counts and numbers, nobody's name.

    Signals:
        approved: Approve this order (id).
        withdrawn: Take this order back (id).
    """

    approved = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Proposed"), words, words.text("Nothing is proposed."))

    def show_proposals(
        self, found: Sequence[Proposal], schedule: Schedule, names: Mapping[str, str], *,
        may_approve: bool,
    ) -> None:  # fmt: skip
        """List them, the oldest first."""
        self.empty()
        self.fill([self._proposal(one, schedule, names, may_approve) for one in found])

    def _proposal(
        self, one: Proposal, schedule: Schedule, names: Mapping[str, str], may_approve: bool
    ) -> QWidget:
        words, order = self.words, one.standing.order
        number = short_number(order.id)
        basis = schedule.basis(order.basis)
        told = [
            basis.label.said_in(words.language) if basis else order.basis,
            told_counts(order.counts, order.compartment, words),
            words.text("Proposed by {who}, {when}", who=names.get(order.by, "?"),
                       when=moment_in_words(order.at.isoformat(), words.language)),
            *self._wait(one, schedule, names),
        ]  # fmt: skip
        state, kind = _STATES[one.standing.state]
        parts: list[QWidget] = [Chip(words.text(state), kind)]
        if one.standing.state is State.PROPOSED and may_approve and not one.is_mine:
            act = lambda: self.approved.emit(order.id)  # noqa: E731
            parts.append(self.button(words.text("Approve"), number, act))
        if may_approve or one.is_mine:
            act = lambda: self.withdrawn.emit(order.id)  # noqa: E731
            parts.append(self.button(words.text("Withdraw"), number, act))
        title = words.text("{what}: order {number}", what=words.text(WAYS[order.way]),
                           number=number)  # fmt: skip
        return self.line(title, told, parts)

    def _wait(self, one: Proposal, schedule: Schedule, names: Mapping[str, str]) -> list[str]:
        words, approval = self.words, one.standing.approval
        said: list[str] = []
        if approval is not None:
            when = moment_in_words(approval.at.isoformat(), words.language)
            said.append(words.text("Approved by {who}, {when}", who=names.get(approval.by, "?"),
                                   when=when))  # fmt: skip
        if one.hours_left:
            said.append(words.plural("{n} hour left", "{n} hours left", one.hours_left))
        if one.standing.is_mass:
            said.append(
                words.text(
                    "More than {n} records in a day: they wait {days} days. Look at each.",
                    n=schedule.waits.mass_count, days=schedule.waits.mass_days,
                )
            )  # fmt: skip
        return said


class HoldsCard(Lines):
    """The holds that stand.

    Signals:
        asked: Hold everything.
        lifted: End this hold (id).
    """

    asked = Signal()
    lifted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Holds"), words, words.text("Nothing is held."))
        self.all = named_button(words.text("Hold everything…"), "small")
        on_press(self.all, self.asked.emit)
        if self.head is not None:
            self.head.addWidget(self.all)

    def show_holds(self, found: Sequence[HoldLine]) -> None:
        """List them, the oldest first."""
        self.empty()
        self.fill([self._hold(one) for one in found])

    def _hold(self, one: HoldLine) -> QWidget:
        words, number = self.words, short_number(one.hold.id)
        when = moment_in_words(one.hold.at.isoformat(), words.language)
        told = [words.text("Placed by {who}, {when}", who=one.by or "?", when=when)]
        title = words.text("{what}: hold {number}", what=words.text(_SCOPES[one.hold.scope]),
                           number=number)  # fmt: skip
        lift = self.button(words.text("Lift"), number, lambda: self.lifted.emit(one.hold.id))
        return self.line(title, told, [lift])


class RemovedCard(Lines):
    """Orders that were carried out, each with its certificate.

    Signals:
        asked: Print the certificate of this order (id).
    """

    asked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Removed"), words, words.text("Nothing was removed yet."))

    def show_removed(self, found: Sequence[Removed]) -> None:
        """List them, the newest first."""
        self.empty()
        self.fill([self._removed(one) for one in found[:_SHOWN]])

    def _removed(self, one: Removed) -> QWidget:
        words, order = self.words, one.standing.order
        number = short_number(order.id)
        when = show_moment(one.at, words.language)
        told = [told_counts(order.counts, order.compartment, words),
                words.text("Carried out {when}", when=when), self._looked_over(one)]  # fmt: skip
        print_it = self.button(
            words.text("Print certificate"), number, lambda: self.asked.emit(order.id)
        )
        return self.line(words.text("Order {number}", number=number), told, [print_it])

    def _looked_over(self, one: Removed) -> str:
        words = self.words
        if not one.looked_for:
            return words.text("The file is looked over when nobody works.")
        if one.found:
            return words.plural("{n} remnant was found. Tell your administrator.",
                                "{n} remnants were found. Tell your administrator.",
                                one.found)  # fmt: skip
        return words.text("The file was looked over: nothing of it is left.")


def told_counts(counts: Mapping[str, int], compartment: Compartment, words: Words) -> str:
    """Say "care records: Intakes 1, Consents 2"."""
    said = (f"{what} {n}" for what, n in counts_in_words(counts, words).items())
    return f"{file_in_words(compartment, words)}: {', '.join(said)}"

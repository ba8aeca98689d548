"""A difference in words that somebody at the desk understands: question, both answers, who, when.

Nothing of how stations exchange is said. What tells who somebody is can be covered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.change import DELETED, Value
from intake_app.domain.clock import zone_of
from intake_app.domain.dispute import (
    AGENCY,
    FOLLOW_UP,
    INTAKE,
    ROSTER,
    ROW,
    SERVICE,
    Dispute,
    Said,
    Sort,
    station_of,
)
from intake_app.domain.entry import WEEKDAYS, show_date
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import Field, FieldType, Sensitivity
from intake_app.domain.ids import RecordId, StationId, UserId
from intake_app.domain.provider import Provider
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.services.case.held import is_case
from intake_app.services.case.labels import ACT
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import file_of, intake_of, may_settle
from intake_app.services.disputes.settling import may_type
from intake_app.services.exchanging.exchanging import shown_station
from intake_app.services.exchanging.stations import station_names
from intake_app.services.needs.everyday import Guide
from intake_app.services.providers.opening_hours import hours_words
from intake_app.services.records.field_labels import KINDS, LABELS, STATES
from intake_app.services.records.form_versions import guide_of_record
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

SAYS: Final[Mapping[Sort, str]] = {
    Sort.ORDINARY: mark(
        "Two people answered this without seeing each other's answer. Until one is chosen, the "
        "later one is shown."
    ),
    Sort.IDENTITY: mark(
        "Two people wrote who this is without seeing each other's entry. Until one is chosen, "
        "both are shown, and both are found."
    ),
    Sort.STATUS: mark(
        "Two people noted different things, and both cannot hold. Until one is chosen there are "
        "no papers, nothing leaves, and nothing is closed."
    ),
    Sort.TAKEN_OUT: mark(
        "One person took this out of all lists while another went on with it. It stays in view "
        "until somebody says what holds."
    ),
    Sort.NUMBER: mark(
        "One number is on two records. Choose the one that keeps it; the other gets a new "
        "number. Then tell whoever holds its old papers."
    ),
}
"""What happened, and what is shown until somebody settles it."""

_NOT_AS_WRITTEN_HERE: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What another program wrote may be of any shape; it is shown as it is, and stops no list."""

TOLD: Final = mark(
    "One number is on two records. Look at both, and at the papers that were handed out. "
    "Void and reissue the wrong one, so that it gets a number of its own; then call "
    "whoever holds the old paper. Nothing is lost meanwhile."
)
"""Of what is settled by another act."""

WAITS_FOR: Final[Mapping[Compartment, str]] = {
    Compartment.CARE: mark("A coordinator says which one holds."),
    Compartment.CASES: mark("A supervisor says which one holds."),
    Compartment.STATION: mark("An administrator says which one holds."),
}
"""To who may not settle it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the answers that stand side by side.

    Attributes:
        id: As `Said.id`.
        said: In words.
        who: Shown name.
        when: By the clock of that computer.
        where: Name of that computer.
        can_hold: It can be chosen.
    """

    id: str
    said: str = field(repr=False)
    who: str
    when: str
    where: str
    can_hold: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words.

    Attributes:
        dispute: The difference.
        number: Receipt number of the intake or case, or where else it is ("Settings").
        intake: The record to open; empty: none.
        question: What was asked.
        says: What happened, and what is shown meanwhile.
        entries: The answers.
        asks: The question, to type a third answer; None: only what stands there can be chosen.
        is_identity: The answers tell who somebody is.
        may_settle: This person may settle it.
        waits_for: To who may not: who does.
        needs_note: A word why is needed.
    """

    dispute: Dispute
    number: str
    intake: RecordId
    question: str
    says: str
    entries: tuple[Entry, ...]
    asks: Field | None
    is_identity: bool
    may_settle: bool
    waits_for: str
    needs_note: bool


def tell(desk: Desk, dispute: Dispute, words: Words) -> Told:
    """A difference in words; a part of the acts that may show it."""
    teller = _Teller(desk, dispute, words)
    can_type = may_type(dispute)
    is_free = may_settle(desk, dispute)
    return Told(
        dispute=dispute,
        number=teller.number(),
        intake=teller.intake.id if teller.intake is not None else RecordId(""),
        question=teller.question(),
        says=words.text(SAYS[dispute.sort] if dispute.is_chosen else TOLD),
        entries=tuple(teller.entry(one) for one in dispute.said),
        asks=teller.asked() if can_type else None,
        is_identity=teller.is_identity(),
        may_settle=is_free and dispute.is_chosen,
        waits_for="" if is_free else words.text(WAITS_FOR[dispute.file]),
        needs_note=dispute.sort is Sort.STATUS,
    )


class _Teller:
    """Says one difference."""

    def __init__(self, desk: Desk, dispute: Dispute, words: Words) -> None:
        self._desk, self._dispute, self._words = desk, dispute, words
        self._file = file_of(desk, dispute)
        self._record = self._file.record(dispute.record)
        self.intake = intake_of(self._file, dispute)
        self._guide = _guide(desk, self._record, self.intake)
        self._stations = station_names(desk)

    # --- the question -----------------------------------------------------------------------

    def number(self) -> str:
        """Where it is."""
        said = str(self.intake.values.get(facts.NUMBER, "")) if self.intake is not None else ""
        kind = self._words.text(KINDS.get(self._dispute.kind, ""))
        return " · ".join(part for part in (said, kind, self._named()) if part)

    def _named(self) -> str:
        """Of the directory and the roster: whose entry."""
        if self._dispute.kind not in {ROSTER, SERVICE} or self._record is None:
            return ""
        return str(self._record.values.get("name") or "")

    def question(self) -> str:
        """What people differ about."""
        fixed = {
            Sort.STATUS: self._words.text("How far this has come"),
            Sort.TAKEN_OUT: self._words.text("Whether it stays in the lists"),
            Sort.NUMBER: self._words.text("One number on two records"),
        }
        return fixed.get(self._dispute.sort) or self._label(self._dispute.name)

    def _label(self, name: str) -> str:
        asked = self._asked(name)
        if asked is not None:
            return asked.label.said_in(self._words.language)
        reserved = {
            facts.PERSON: self._words.text("Whose intake it is"),
            facts.NUMBER: self._words.text("Number"),
            facts.STATUS: self._words.text("How far this has come"),
        }
        known = LABELS.get(self._dispute.kind, {}).get(name, "")
        return reserved.get(name) or self._words.text(known) or _plain(name)

    def _asked(self, name: str) -> Field | None:
        """The question of the form, or the column of a table."""
        guide, kind = self._guide, self._dispute.kind
        if guide is None or name.startswith("~"):
            return None
        if not kind.startswith(ROW):
            return guide.form.field(name)
        table = guide.form.field(kind.removeprefix(ROW))
        return next((one for one in table.columns if one.id == name), None) if table else None

    def asked(self) -> Field | None:
        """The question for a third answer."""
        name = self._dispute.name
        if (found := self._asked(name)) is not None:
            return found
        kind = FieldType.DATE if name == facts.DUE else FieldType.TEXT
        return Field(name, kind, Text({self._words.language: self._label(name)}))

    def is_identity(self) -> bool:
        """Whether the answers say who somebody is."""
        names = {one.name for one in self._dispute.said} | {self._dispute.name}
        fields = [found for name in names if (found := self._asked(name)) is not None]
        is_who = any(found.sensitivity is Sensitivity.IDENTITY for found in fields)
        return is_who or self._dispute.sort in {Sort.IDENTITY, Sort.NUMBER}

    # --- the answers ------------------------------------------------------------------------

    def entry(self, said: Said) -> Entry:
        """One of them."""
        words = self._words
        gone = words.text("somebody who does not work here now")
        can_hold = self._dispute.sort is not Sort.TAKEN_OUT or (
            said.name == DELETED and bool(said.value)
        )
        return Entry(
            said.id, self._said(said), self._desk.name_of(said.by) or gone, self._when(said.at),
            self._where(said.station), can_hold,
        )  # fmt: skip

    def _said(self, said: Said) -> str:
        sort, words = self._dispute.sort, self._words
        if sort is Sort.STATUS:
            return self._act(str(said.value))
        if sort is Sort.NUMBER:
            row = self._file.lines([said.id]).get(RecordId(said.id))
            return (row.name if row else "") or words.text("No name given")
        if said.name == DELETED:
            if not said.value:
                return words.text("It stays in the lists")
            why = str(cast("Mapping[str, Value]", said.value).get("why") or "")
            return words.text("Taken out of all lists: {reason}", reason=why)
        shown = self._value(said.name, said.value) or words.text("no answer")
        if sort is Sort.TAKEN_OUT:
            return words.text("{question}: {answer}", question=self._label(said.name), answer=shown)
        return shown

    def _act(self, value: str) -> str:
        if self._record is not None and is_case(self._record):
            return self._words.text(ACT[CaseActKind(value)])
        statuses = self._guide.form.statuses if self._guide is not None else ()
        found = next((one for one in statuses if one.id == value), None)
        return found.label.said_in(self._words.language) if found else value

    def _value(self, name: str, value: Value) -> str:
        try:
            return self._value_in_words(name, value)
        except _NOT_AS_WRITTEN_HERE:
            return self._plain(value)

    def _value_in_words(self, name: str, value: Value) -> str:
        kind = self._dispute.kind
        if self._guide is not None and self._asked(name) is not None:
            asked = f"{kind.removeprefix(ROW)}.{name}" if kind.startswith(ROW) else name
            return self._guide.shown(asked, value, self._words.language)
        said = _SPECIAL.get((kind, name))
        return said(self, value) if said is not None else self._plain(value)

    def _plain(self, value: Value) -> str:
        words = self._words
        if isinstance(value, bool):
            return words.text("Yes") if value else words.text("No")
        if isinstance(value, Mapping):
            texts = cast("Mapping[str, Value]", value)
            return str(texts.get(words.language) or texts.get("name") or texts.get("number") or "")
        if isinstance(value, (list, tuple)):
            return ", ".join(filter(None, map(self._plain, cast("Sequence[Value]", value))))
        return "" if value is None else str(value)

    def person(self, value: Value) -> str:
        """Who does something."""
        return self._desk.name_of(UserId(str(value or ""))) or self._words.text("Nobody")

    def day(self, value: Value) -> str:
        """A day."""
        return show_date(str(value), self._words.language) if value else ""

    def state(self, value: Value) -> str:
        """How a task stands."""
        return self._words.text(STATES.get(str(value), ""))

    def shifts(self, value: Value) -> str:
        """Hours of the roster: "Monday 20:00 to Tuesday 08:00"."""
        days = WEEKDAYS.get(self._words.language, WEEKDAYS["en"])
        rows = cast("Sequence[tuple[int, str, int, str]]", value or ())
        return "; ".join(
            self._words.text("{first} to {last}", first=f"{days[day]} {starts}",
                             last=f"{days[last]} {ends}")
            for day, starts, last, ends in rows
        )  # fmt: skip

    def hours(self, value: Value) -> str:
        """Hours of a provider."""
        one = Provider(self._dispute.record, {"schedules": value})
        return hours_words(one.schedules).said_in(self._words.language)

    def whose(self, value: Value) -> str:
        """The person of an intake, by the number of their first one."""
        row = self._file.lines([str(value)]).get(RecordId(str(value)))
        number = row.number if row is not None else "?"
        return self._words.text("The person of intake {number}", number=number)

    def picture(self, value: Value) -> str:
        """A logo has no words."""
        return self._words.text("A picture") if value else ""

    # --- who, when, where -------------------------------------------------------------------

    def _when(self, at: datetime) -> str:
        now = self._desk.clock.local()
        try:
            moment = at.astimezone(zone_of(self._desk.clock))
        except OverflowError:
            moment = at
        said = moment_in_words(moment, self._words.language)
        return said if moment.year == now.year else f"{said} ({moment.year})"

    def _where(self, station: StationId) -> str:
        if station == station_of(self._desk.station.stamp()):
            return self._words.text("this computer")
        name = self._stations.get(station)
        return shown_station(name, self._words) if name else self._words.text("another computer")


_SPECIAL: Final[Mapping[tuple[str, str], Callable[[_Teller, Value], str]]] = {
    (FOLLOW_UP, facts.BY): _Teller.person,
    (FOLLOW_UP, facts.DUE): _Teller.day,
    (FOLLOW_UP, "state"): _Teller.state,
    (ROSTER, "shifts"): _Teller.shifts,
    (SERVICE, "schedules"): _Teller.hours,
    (INTAKE, facts.PERSON): _Teller.whose,
    (AGENCY, "deputy"): _Teller.person,
    (AGENCY, "logo"): _Teller.picture,
}


def _guide(desk: Desk, record: Record | None, intake: Record | None) -> Guide | None:
    """The form of the record itself, or of what it belongs to."""
    for one in (record, intake):
        if one is not None and facts.FORM in one.values:
            try:
                return guide_of_record(desk, one)
            except (FormMissing, *_NOT_AS_WRITTEN_HERE):
                return None
    return None


def _plain(name: str) -> str:
    return name.replace("_", " ").strip("~ ").capitalize()

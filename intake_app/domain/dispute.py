"""Differences: people who worked apart wrote different things; who settles each, and what waits.

Nothing is decided by a clock. What several people wrote stands side by side until a person who may
says which of it holds; what the program itself counts or sums up is settled by rule and never shown
to anybody. The table is that of docs/adr/0018-differences.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import DELETED, Value, clock_of
from intake_app.domain.ids import ChangeId, RecordId, StationId, UserId
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May

INTAKE, EVENT, FOLLOW_UP, REFERRAL = "intake", "event", "follow_up", "referral"
ROW: Final = "row."
"""How the kinds of rows of tables begin."""

AGENCY, ROSTER, SERVICE = "agency", "roster.entry", "provider.service"
ORGANIZATION: Final = "provider.organization"


class Sort(StrEnum):
    """What a difference is about; the rules are in `RULES`."""

    ORDINARY = "ordinary"
    IDENTITY = "identity"  # who somebody is
    STATUS = "status"  # acts that cannot both hold
    TAKEN_OUT = "taken out"  # one took it out of all lists, another went on with it
    NUMBER = "number"  # one number on two records: after an old copy was put back


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes:
        settles: What a role must include, by file; a file that is not here: as the kind says.
        stops: No paper, no disclosure and no closing until it is settled.
        told_in: Files in which it is only told what to do, and settled by another act.
    """

    settles: Mapping[Compartment, May]
    stops: bool = False
    told_in: frozenset[Compartment] = frozenset()


_LEADS: Final = {Compartment.CARE: May.SETTLE_NAMES, Compartment.CASES: May.SETTLE_CONFLICT}
"""No supervisor holds the key of `care`: there a coordinator does what one does in `cases`."""

RULES: Final[Mapping[Sort, Rule]] = {
    Sort.ORDINARY: Rule({}),
    Sort.IDENTITY: Rule(_LEADS),
    Sort.STATUS: Rule(_LEADS, stops=True),
    Sort.TAKEN_OUT: Rule({}),
    # a citation was handed out with its number: only a new paper gives a new one
    Sort.NUMBER: Rule(_LEADS, told_in=frozenset({Compartment.CASES})),
}
"""Consents are not here: any revocation holds, and only a new consent allows anew (`consent`)."""

_AMENDS: Final = {Compartment.CARE: May.AMEND_INTAKE, Compartment.CASES: May.AMEND_CASE}
_BY_KIND: Final[Mapping[str, May]] = {
    FOLLOW_UP: May.FOLLOW_UP,
    REFERRAL: May.MAKE_REFERRAL,
    "condition": May.EXTEND_CASE,
    AGENCY: May.CHANGE_SETTINGS,
    ROSTER: May.KEEP_ROSTER,
    SERVICE: May.EDIT_PROVIDERS,
    ORGANIZATION: May.EDIT_PROVIDERS,
}
"""Who writes records of these kinds settles them; of all other records whoever may amend."""

_NEVER: Final = frozenset({
    "holdings", "statistic", "apart", "treatment.crossing", "aid.crossing",
})  # fmt: skip
"""Kinds that the program counts or passes on by itself: the latest stands."""

_TOLD: Final[Mapping[str, frozenset[str]]] = {
    INTAKE: frozenset({facts.PERSON, facts.NUMBER}),
    FOLLOW_UP: frozenset({facts.DUE, facts.BY}),
}
"""Fields with a "~" that a person decides; all others of them are sums of what people wrote."""

_SUMMED: Final[Mapping[str, frozenset[str]]] = {
    FOLLOW_UP: frozenset({"tried"}),
    REFERRAL: frozenset({"appointment", "closed_at", "consent"}),
    # of a call to a provider the newest holds; the rest is what files said, see `united`
    SERVICE: frozenset({
        "verified_on", "verified_by", "capacity", "capacity_asked", "capacity_by", "edited",
        "merges",
    }),
}  # fmt: skip
"""Fields without a "~" that the program keeps, or of which simply the newest holds."""

UNITED: Final[Mapping[str, frozenset[str]]] = {SERVICE: frozenset({"edited", "merges"})}
"""Fields in which several people only add: what each of them added stays; see `united`."""

_NAMES: Final = frozenset({
    "last_name", "first_name", "preferred_name", "aliases", "legal_name", "born",
})  # fmt: skip
"""Columns of a form's [facts] that say who somebody is."""


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One of the values that stand side by side.

    Attributes:
        id: The change that wrote it; of an act, its record.
        name: The field that it is a value of.
        value: The value.
        by: Who.
        at: When, by the clock of that station: aware.
        station: Where.
    """

    id: str
    name: str
    value: Value
    by: UserId
    at: datetime
    station: StationId


@dataclass(frozen=True, slots=True)
class Dispute:
    """One difference.

    Attributes:
        file: Where the record is.
        record: The record.
        kind: Its kind.
        about: The record that it belongs to, or empty.
        name: The field that people differ about: of acts `facts.STATUS`, of what one person took
            out of all lists `DELETED`.
        sort: What it is about.
        said: What stands, the oldest first.
    """

    file: Compartment
    record: RecordId
    kind: str
    about: RecordId
    name: str
    sort: Sort
    said: tuple[Said, ...] = field(repr=False)

    @property
    def rule(self) -> Rule:
        """How it is dealt with."""
        return RULES[self.sort]

    @property
    def is_chosen(self) -> bool:
        """Whether it is settled by choosing."""
        return self.file not in self.rule.told_in

    @property
    def settled_by(self) -> May | None:
        """What a role must include to settle it; None: nobody does."""
        return self.rule.settles.get(self.file) or may_write(self.file, self.kind)


def may_write(file: Compartment, kind: str) -> May | None:
    """What a role must include to write fields of a record."""
    return _BY_KIND.get(kind) or _AMENDS.get(file)


def sort_of(record: Record, name: str) -> Sort | None:
    """What a difference in a field is about; None: it is settled by rule, and nobody is asked."""
    if record.kind in _NEVER or record.is_fact or name in _SUMMED.get(record.kind, ()):
        return None
    if name == DELETED:
        return Sort.TAKEN_OUT
    if name.startswith("~"):
        return _sort_of_reserved(record, name)
    named = record.values.get(facts.FACTS)
    columns = cast("Mapping[str, Value]", named if isinstance(named, Mapping) else {})
    is_name = any(columns.get(column) == name for column in _NAMES)
    return Sort.IDENTITY if is_name else Sort.ORDINARY


def _sort_of_reserved(record: Record, name: str) -> Sort | None:
    if name not in _TOLD.get(record.kind, ()):
        return None
    if record.kind == FOLLOW_UP:
        is_over = name == facts.DUE and record.values.get("state") != "open"
        return None if is_over else Sort.ORDINARY
    return Sort.IDENTITY


def disputes_in(
    record: Record, file: Compartment, users: Mapping[ChangeId, UserId]
) -> Iterator[Dispute]:
    """The differences of one record that a person has to settle, by field.

    Args:
        record: The record.
        file: Where it is.
        users: Who wrote each of its changes.
    """

    def said(name: str, values: Mapping[ChangeId, Value]) -> tuple[Said, ...]:
        return tuple(
            Said(ident, name, values[ident], users.get(ident, UserId("")), moment_of(ident),
                 station_of(ident))
            for ident in sorted(values)
        )  # fmt: skip

    def dispute(name: str, sort: Sort, *parts: tuple[Said, ...]) -> Dispute:
        every = tuple(sorted((one for part in parts for one in part), key=lambda one: one.id))
        return Dispute(file, record.id, record.kind, record.about, name, sort, every)

    found = record.conflicts()
    gone = {i: v for i, v in record.standing(DELETED).items() if v}
    if gone and found and sort_of(record, DELETED):
        others = {i: v for i, v in record.standing(DELETED).items() if not v}
        unseen = {name: values for name, values in found.items() if name != DELETED}
        edits = [said(name, unseen.pop(name)) for name in sorted(_unseen(record, unseen))]
        yield dispute(DELETED, Sort.TAKEN_OUT, said(DELETED, gone), said(DELETED, others), *edits)
        found = unseen
    for name in sorted(found.keys() - {DELETED}):
        if sort := sort_of(record, name):
            yield dispute(name, sort, said(name, found[name]))


def _unseen(record: Record, found: Mapping[str, Mapping[ChangeId, Value]]) -> list[str]:
    """Of a record that was taken out: the fields in which no two values differ among themselves."""
    return [name for name in found if name not in record.rivals]


def united(record: Record, name: str) -> Value:
    """What stands of a field in which people only add: all that any of them added.

    Where two said something of one key, the latest holds.
    """
    values = [value for _, value in sorted(record.standing(name).items())]
    if all(isinstance(value, Mapping) for value in values):
        every: dict[str, Value] = {}
        for value in values:
            every |= cast("Mapping[str, Value]", value)
        return every
    found: list[Value] = []
    for value in values:
        rows = cast("list[Value]", value) if isinstance(value, list) else []
        found += [row for row in rows if row not in found]
    return found


def moment_of(change: ChangeId) -> datetime:
    """When a change was written, by the clock of its station (UTC)."""
    seconds = (clock_of(change) >> 16) / 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):  # a forged id may claim any time
        return datetime.max.replace(tzinfo=UTC)


def station_of(change: ChangeId) -> StationId:
    """Where a change was written."""
    return StationId(change.split(".")[1])

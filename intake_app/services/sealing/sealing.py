"""Sealing: a completed case leaves `cases` for good, and only the privacy officer can open it.

Two files are written. First all of the case goes through the drop box, sealed to `sealed`: its
records with their ids, its papers with their bytes, and the lines of the log as they were written.
Then one transaction of `cases` makes the participation token, keeps the number with the word
"sealed" and the offer as a count, and purges everything else. In between stand marks in `cases`
that say what went under which submission; killed at any step, the next sign-in goes on from there.
What somebody added meanwhile goes in one more submission before anything is cleared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.abeyance_checks import check_sealing
from intake_app.domain.case_act import CaseAct, CaseActKind, newest
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.change import DELETED, Action, Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import CaseRefused, EnteredInError
from intake_app.domain.ids import ChangeId, RecordId, new_record_id
from intake_app.domain.purge import is_going
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.case.held import HeldCase, changes_of, held_case
from intake_app.services.case.offers import OFFER
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.drop_box import SEALED_LOG, SUBMISSION, HandIn, submit, take_in
from intake_app.services.records.ledger import sealed_numbers
from intake_app.services.records.writing import create, fact
from intake_app.services.sealing.statistics import sealed_statistic
from intake_app.services.sealing.tokens import token_change

SEALING: Final = "case.sealing"
"""Kind of the marks in `cases`: what goes under which submission."""

LEFT: Final = "sealed.left"
"""Kind of the fact in `sealed` that says which token the case left in `cases`."""

_LEFT_ID: Final = "token"

LOG: Final = SEALED_LOG
"""Kind of the facts in `sealed` that keep the lines of a record's log, hidden records too."""

_TOGETHER: Final = 8 * 1024 * 1024
"""Bytes of papers in one submission; the drop box takes twice as much."""

_COUNTED: Final = ("outcome", "program", "offense_group", facts.STATUS)

_LINES: Final = 1_000_000
"""Letters of a log in one fact; a change may not be longer than four times as much."""

_hashes: Final = re.compile(rb'"([0-9a-f]{64})"').findall


def why_not_sealed(desk: Desk, held: HeldCase) -> tuple[Refusal, ...]:
    """Why a case may not be sealed now; empty: it may."""
    return check_sealing(held.acts, held.terms, desk.clock.now())


def seal_case(desk: Desk, ident: RecordId) -> None:
    """Seal a completed case: it is handed to the privacy officer, and leaves `cases`.

    Takes a second or two: on the worker only.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such case.
        EnteredInError: It is out of all lists already.
        CaseRefused: Not yet, or not this case.
        DiskFull: The case is still there, or goes at the next sign-in.
    """
    desk.require(May.SEAL_CASE)
    held = held_case(desk, ident)
    if held.record.is_deleted:
        raise EnteredInError(ident)
    if not desk.cases_file.about(ident, SEALING):
        if why := why_not_sealed(desk, held):
            raise CaseRefused(why)
        if may(desk.person.roles, May.TAKE_IN):
            take_in(desk)  # a note to this case that waits must not come after it
        _begin(desk, held_case(desk, ident))
    _go_on(desk, ident)


def settle_sealing(desk: Desk) -> int:
    """Finish what was begun and cut off; without the role or the key nothing happens.

    Returns:
        How many cases left.
    """
    if desk.cases is None or not may(desk.person.roles, May.SEAL_CASE):
        return 0
    begun = {mark.about for mark in desk.cases.of_kind(SEALING)}
    for case in sorted(begun):
        _go_on(desk, case)
    return len(begun)


# --- in order -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """What goes under one submission.

    Attributes:
        submission: Its id.
        covers: Ids of the changes whose lines are in it.
        names: Hashes of the archived bytes that are in it.
        is_first: It makes the records; the others only add to the log.
    """

    submission: RecordId
    covers: frozenset[ChangeId]
    names: tuple[str, ...]
    is_first: bool

    def fields(self) -> dict[str, Value]:
        """As its mark keeps it."""
        return {
            "submission": self.submission, "covers": sorted(self.covers),
            "names": list(self.names), "first": self.is_first,
        }  # fmt: skip

    @classmethod
    def of(cls, mark: Record) -> "_Part":
        """Read a mark."""
        values = mark.values
        covers = frozenset(cast("list[ChangeId]", values["covers"]))
        names = tuple(cast("list[str]", values["names"]))
        return cls(RecordId(values["submission"]), covers, names, bool(values["first"]))


def _begin(desk: Desk, held: HeldCase) -> None:
    """Note that it is sealed: from now on nothing more may happen to the case."""
    act = CaseAct(
        new_record_id(), CaseActKind.SEALED, desk.clock.local(), stamp(desk.clock),
        desk.person.id, newest(held.acts),
    )  # fmt: skip
    nothing = _Part(RecordId(""), frozenset(), (), is_first=False)
    token: dict[str, Value] = {_LEFT_ID: new_record_id()}
    begun = _mark(desk, held.record.id, nothing, token)
    changes = [*changes_of(desk, held, [act]), begun]
    desk.cases_file.apply(changes, desk.act("begin sealing", held.record.id))


def _go_on(desk: Desk, case: RecordId) -> None:
    while True:
        marks = desk.cases_file.about(case, SEALING)
        parts = [part for part in map(_Part.of, marks) if part.submission]
        for part in parts:
            if desk.station.record(part.submission) is None:
                submit(desk, _handed_in(desk, case, part))
        new = list(_missing(desk.cases_file, case, parts))
        if not new:
            break
        told = [_mark(desk, case, part) for part in new]
        desk.cases_file.apply(told, desk.act("continue sealing", case))
    _clear_station(desk, case)
    _clear(desk, case)


def _mark(
    desk: Desk, case: RecordId, part: _Part, more: Mapping[str, Value] | None = None
) -> Change:
    fields = {**part.fields(), **desk.entered(), **(more or {})}
    return fact(desk.cases_file, desk.person.id, SEALING, new_record_id(), fields, about=case)


def _token_of(file: Records, case: RecordId) -> RecordId:
    """The id that the case's participation token will have; an expungement may end it too."""
    named = (mark.values.get(_LEFT_ID) for mark in file.about(case, SEALING))
    return next((RecordId(one) for one in named if one), RecordId(""))


def _whole(file: Records, case: RecordId) -> list[Record]:
    return [record for record in file.whole(case) if record.kind != SEALING]


def _missing(file: Records, case: RecordId, parts: Sequence[_Part]) -> Iterator[_Part]:
    """What no submission holds yet: at first all, later what somebody added meanwhile."""
    log = [change for record in _whole(file, case) for change in file.history(record.id)]
    covered = {ident for part in parts for ident in part.covers}
    sent = {name for part in parts for name in part.names}
    rest = frozenset(change.id for change in log) - covered
    named = {name.decode() for change in log for name in _hashes(change.line)} - sent
    groups = list(_grouped(file, sorted(named)))
    if rest:
        first = groups.pop(0) if groups else ()
        yield _Part(new_record_id(), rest, first, is_first=not parts)
    for names in groups:
        yield _Part(new_record_id(), frozenset(), names, is_first=False)


def _grouped(file: Records, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Names of archived bytes, as many as go into one submission."""
    group, size = list[str](), 0
    for name in names:
        body = file.blob(name)
        if body is None:
            continue
        if group and size + len(body) > _TOGETHER:
            yield tuple(group)
            group, size = [], 0
        group.append(name)
        size += len(body)
    if group:
        yield tuple(group)


# --- what is handed over ------------------------------------------------------------------


def _handed_in(desk: Desk, case: RecordId, part: _Part) -> HandIn:
    file = desk.cases_file
    records = _whole(file, case)
    changes = list(_created(desk, case, records)) if part.is_first else []
    changes += _logs(desk, case, records, part)
    blobs = {name: body for name in part.names if (body := file.blob(name)) is not None}
    return HandIn(Compartment.SEALED, changes, blobs, part.submission)


def _created(desk: Desk, case: RecordId, records: Iterable[Record]) -> Iterator[Change]:
    """Each record as it stands, with its id; what was hidden is in the log alone."""
    to, user, made = desk.stamps_for(Compartment.SEALED), desk.person.id, set[RecordId]()
    for record in records:
        if record.is_deleted or not (record.id == case or record.about in made):
            continue
        made.add(record.id)
        fields = {name: value for name, value in record.values.items() if name != DELETED}
        about = record.about if record.about in made else RecordId("")
        write = fact if record.is_fact else create
        yield write(to, user, record.kind, record.id, fields, about)
    if token := _token_of(desk.cases_file, case):
        yield fact(to, user, LEFT, new_record_id(), {_LEFT_ID: token}, about=case)


def _logs(desk: Desk, case: RecordId, records: Iterable[Record], part: _Part) -> Iterator[Change]:
    to, user = desk.stamps_for(Compartment.SEALED), desk.person.id
    if not part.covers:
        told: dict[str, Value] = {"names": list(part.names)}
        yield fact(to, user, LOG, new_record_id(), told, about=case)
    for record in records:
        lines = [
            change.line.decode()
            for change in desk.cases_file.history(record.id)
            if change.id in part.covers
        ]
        for some in _chunks(lines):
            told = {"of": record.id, "kind": record.kind, "lines": some}
            yield fact(to, user, LOG, new_record_id(), told, about=case)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    some, size = list[str](), 0
    for line in lines:
        if some and size + len(line) > _LINES:
            yield some
            some, size = [], 0
        some.append(line)
        size += len(line)
    if some:
        yield some


# --- what is cleared ----------------------------------------------------------------------


def _clear_station(desk: Desk, case: RecordId) -> None:
    """Where the case was handed in once: the sender's copy, and what the drop box still holds."""
    handed_in = desk.station.record(case)
    if handed_in is not None and handed_in.kind == SUBMISSION and not handed_in.is_purged:
        gone = _purge(desk, desk.station, handed_in)
        desk.station.apply([gone], desk.act("clear drop box"))
    if desk.drafts.get(case) is not None:
        desk.drafts.remove(case)


def _clear(desk: Desk, case: RecordId) -> None:
    """One transaction: the token, the number's last word, and the end of everything else."""
    file, held = desk.cases_file, held_case(desk, case)
    token = token_change(desk, held, _token_of(file, case))
    whole = file.whole(case)
    gone = [_purge(desk, file, record) for record in whole]
    counted = sealed_statistic(desk, held.record, whole)
    changes = [*gone, *leftovers(desk, case), counted, *([token] if token else ())]
    file.apply(changes, desk.act("seal case", case))


def leftovers(desk: Desk, case: RecordId) -> list[Change]:
    """What `cases` keeps of a case that ends: its number with one word, its offer as a count.

    A part of sealing and purging, which ask for the role.
    """
    file = desk.cases_file
    told = [sealed_numbers(desk, number) for number in sorted(_numbers(file, case))]
    kept = [change for fresh, _ in told for change in fresh]
    gone = [_purge(desk, file, record) for _, before in told for record in before]
    offers = [one for one in file.whole(case) if one.kind == OFFER and not _is_taken_back(one)]
    return [*gone, *kept, *(_counted(desk, offer) for offer in offers)]


def _is_taken_back(record: Record) -> bool:
    return record.is_deleted and not is_going(record)


def _numbers(file: Records, case: RecordId) -> set[str]:
    """All numbers that a case had: why one was voided would tell of the person."""
    written = (change.fields.get(facts.NUMBER) for change in file.history(case))
    return {str(number) for number in written if number}


def _counted(desk: Desk, offer: Record) -> Change:
    """What the offer ledger keeps counting: month, outcome, program and kind of offense."""
    values = offer.values
    known = {name: values[name] for name in _COUNTED if name in values}
    opened = str(values.get(facts.OPENED))
    first = f"{opened[:8]}01T00:00:00{opened[19:]}"  # of the month; a day would tell who
    fields = {**known, facts.OPENED: first, facts.BY: ""}
    return fact(desk.cases_file, desk.person.id, OFFER, new_record_id(), fields)


def _purge(desk: Desk, file: Records, record: Record) -> Change:
    return Change(file.stamp(), desk.person.id, Action.PURGE, record.kind, record.id, {})

"""A file as one person may see it: without those from whom they are kept apart.

Where staff and somebody who seeks help know each other, a coordinator notes it ("person.conflict",
a fact about the person). From then on the file answers that colleague as if the person had never
come: no list, no search, no suggestion, no record, no paper. The key still opens the file; the veil
is what the program shows, not what a key can do (docs/adr/0013-the-veil.md).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from intake_app.domain import facts
from intake_app.domain.act import Act, AuditLine
from intake_app.domain.change import Change
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.likeness import Identity
from intake_app.domain.listing import Row
from intake_app.domain.record import Record
from intake_app.domain.unseen import unseen
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.event_parts import INTAKE_OF, JOINED
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.merged_people import person_now

CONFLICT: Final = "person.conflict"
"""Kind of a fact about a person: {"user", "on", "note", "saw"}; see `kept_apart`."""

_DEEPEST: Final = 8
"""Steps from a record to the intake that it belongs to, in the end; as `Records.whole` goes."""

Found = TypeVar("Found")


def veiled(desk: Desk) -> Desk:
    """The same desk, with both files of people as this person may see them."""
    user = desk.person.id
    return replace(
        desk,
        care=Veil(desk.care, user) if desk.care else None,
        cases=Veil(desk.cases, user) if desk.cases else None,
    )


def unveiled(file: Records) -> Records:
    """The whole file: for numbers that are given once, and for settling; never to show."""
    return file.behind if isinstance(file, Veil) else file


def behind(desk: Desk) -> Desk:
    """The same desk with the whole files: for work that must reach all records, never to show."""
    care, cases = (unveiled(file) if file else None for file in (desk.care, desk.cases))
    return replace(desk, care=care, cases=cases)


@dataclass(frozen=True, slots=True)  # noqa: PLR0904 (it answers one protocol)
class Veil:
    """`Records` for one user. Nothing is remembered: what holds is read with each question.

    Attributes:
        behind: The whole file.
        user: Who looks.
    """

    behind: Records
    user: UserId

    # --- writing ----------------------------------------------------------------------------

    def stamp(self) -> ChangeId:
        """The id of a new change here."""
        return self.behind.stamp()

    def apply(
        self, changes: Iterable[Change], act: Act, blobs: Mapping[str, bytes] | None = None
    ) -> int:
        """The one door for writes; what cannot be seen is never asked for."""
        return self.behind.apply(changes, act, blobs)

    def note(self, act: Act) -> None:
        """Write an audit line."""
        self.behind.note(act)

    def next_serial(self, series: str, count: int = 1, above: int = 0) -> int:
        """Reserve serial numbers; all who came count."""
        return self.behind.next_serial(series, count, above)

    # --- one record -------------------------------------------------------------------------

    def record(self, ident: RecordId) -> Record | None:
        """One record; None for one that is kept from this person."""
        found = self.behind.record(ident)
        return found if found is not None and self._shown([found]) else None

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        """The records that belong to another."""
        return self._shown(self.behind.about(ident, kind))

    def of_kind(self, kind: str) -> list[Record]:
        """All standing records of a kind."""
        return self._shown(self.behind.of_kind(kind))

    def whole(self, ident: RecordId) -> list[Record]:
        """A record and all that belongs to it."""
        return self._shown(self.behind.whole(ident))

    def audit_of(self, records: Collection[RecordId]) -> list[AuditLine]:
        """The audit lines of some records."""
        return self.behind.audit_of([one for one in records if not self._is_kept(one)])

    def history(self, ident: RecordId) -> list[Change]:
        """All changes of a record."""
        return [] if self._is_kept(ident) else self.behind.history(ident)

    def blob(self, sha256: str) -> bytes | None:
        """Archived bytes; their hash is known only to who saw the record that names them."""
        return self.behind.blob(sha256)

    # --- lists ------------------------------------------------------------------------------

    def order(
        self, kind: str, by: str = "name", limit: int = -1, pathway: str = ""
    ) -> Sequence[int]:
        """Position keys of standing records of a kind; `rows` leaves out what hangs on them."""
        gone = {row.n for one in self._kept() for row in self.behind.of_person(one, kind)}
        if not gone:
            return self.behind.order(kind, by, limit, pathway)
        asked = limit + len(gone) if limit >= 0 else limit
        left = [n for n in self.behind.order(kind, by, asked, pathway) if n not in gone]
        return left if limit < 0 else left[:limit]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """Lines of a list."""
        return self._lines(self.behind.rows(keys))

    def newest(self, kind: str, limit: int = 50, since: str = "") -> list[Row]:
        """The latest lines of a kind."""
        return self._enough(lambda n: self.behind.newest(kind, n, since), limit)

    def due(self, kind: str, until: str, limit: int = 50, by: str = "") -> list[Row]:
        """Lines that are owed something."""
        return self._enough(lambda n: self.behind.due(kind, until, n, by), limit)

    def of_person(self, person: str, kind: str, *, or_hidden: bool = False) -> list[Row]:
        """Standing lines of one person; or hidden ones too."""
        return self._lines(self.behind.of_person(person, kind, or_hidden=or_hidden))

    def lines(self, idents: Sequence[str]) -> dict[str, Row]:
        """The lines of some records."""
        return {row.record: row for row in self._lines(self.behind.lines(idents).values())}

    def without(self, kind: str, others: Sequence[str], since: str) -> list[Row]:
        """Standing lines that have none of some kinds about them."""
        return self._lines(self.behind.without(kind, others, since))

    def next_due(self, abouts: Sequence[str], kind: str) -> dict[str, str]:
        """The next day on which something about some records is due."""
        return self.behind.next_due(self._unkept(abouts), kind)

    def kinds_about(self, abouts: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many records of each kind are about some records."""
        return self.behind.kinds_about(self._unkept(abouts))

    def find(self, text: str, kind: str, limit: int = 50) -> list[Row]:
        """Lines in which each typed word begins a word."""
        return self._enough(lambda n: self.behind.find(text, kind, n), limit)

    def alike(
        self, keys: Collection[str], kind: str, limit: int = 500
    ) -> list[tuple[RecordId, Identity]]:
        """Standing records that share a key of likeness."""
        found = self.behind.alike(keys, kind, limit)
        if not self._kept():
            return found
        seen = self.lines([ident for ident, _ in found])
        return [(ident, who) for ident, who in found if ident in seen]

    def differing(self, limit: int = 500) -> list[Record]:
        """Records that people differ about."""
        return self._shown(self.behind.differing(limit))

    def numbers_twice(self, limit: int = 50) -> list[list[Row]]:
        """Intakes that carry one number, where all of them may be seen."""
        found = self.behind.numbers_twice(limit)
        return [rows for rows in found if len(self._lines(rows)) == len(rows)]

    def taken_elsewhere(self, kind: str, here: str, since: str, limit: int) -> list[Row]:
        """The newest lines that began at another station."""
        ask = self.behind.taken_elsewhere
        return self._enough(lambda n: ask(kind, here, since, n), limit)

    def highest_number(self, beginning: str) -> str:
        """The highest number: all who came count."""
        return self.behind.highest_number(beginning)

    def unfolded(self, kinds: Sequence[str]) -> tuple[list[RecordId], int]:
        """Whose acts came: for settling by rule, which must reach all records."""
        return self.behind.unfolded(kinds)

    def folded_through(self, position: int) -> None:
        """All acts up to a position were looked at."""
        self.behind.folded_through(position)

    def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        """How many records of some kinds there are: numbers name nobody."""
        return self.behind.counts(kinds)

    # --- who is kept apart ------------------------------------------------------------------

    def _kept(self) -> frozenset[str]:
        """The persons who are kept from this user, by the ids that they have now."""
        said = self.behind.of_kind(CONFLICT)  # a short list, and mostly an empty one
        named = [person for user, person in kept_apart(said) if user == self.user]
        if not named:
            return frozenset()
        now = {str(person_now(self.behind, ident)) for ident in named}
        persons = frozenset(self._or_theirs({*named, *now}))
        return persons | self._events_of(persons)

    def _or_theirs(self, persons: set[str]) -> set[str]:
        """Those persons, and others to whom somebody gave an intake of theirs, unsettled yet."""
        found = set(persons)
        for record in self.behind.differing():
            said = {str(one) for one in record.rivals.get(facts.PERSON, {}).values()}
            if said & persons:
                found |= {facts.person_of(record)}
        return found

    def _events_of(self, persons: frozenset[str]) -> frozenset[str]:
        """The events of which nobody else is: their place and hour would tell who it was."""
        rows = (row for person in persons for row in self.behind.of_person(person, INTAKE))
        intakes = (self.behind.record(row.record) for row in rows)
        events = {str(one.values.get(facts.EVENT) or "") for one in intakes if one is not None}
        return frozenset(event for event in events if event and self._of(event) <= persons)

    def _of(self, event: str) -> set[str]:
        """The persons of an event."""
        joined = (one.values.get(INTAKE_OF) for one in self.behind.about(RecordId(event), JOINED))
        intakes = (self.behind.record(RecordId(str(one))) for one in joined)
        return {facts.person_of(one) for one in intakes if one is not None and not one.is_purged}

    def _unkept(self, idents: Sequence[str]) -> list[str]:
        kept = self._kept()
        return [one for one in idents if not (kept and self._is_kept(RecordId(one)))]

    def _is_kept(self, ident: RecordId) -> bool:
        found = self.behind.record(ident)
        return found is not None and not self._shown([found])

    def _shown(self, records: list[Record]) -> list[Record]:
        kept = self._kept()
        if not kept:
            return records
        return [one for one in records if self._owner(one.about, _whose(one)) not in kept]

    def _lines(self, rows: Iterable[Row]) -> list[Row]:
        kept = self._kept()
        if not kept:
            return list(rows)
        return [row for row in rows if self._owner(row.about, row.person or row.record) not in kept]

    def _owner(self, about: str, person: str) -> str:
        """The person of a record: its own, or of the intake that it belongs to in the end."""
        for _ in range(_DEEPEST):
            if not about:
                break
            above = self.behind.record(RecordId(about))
            if above is None:
                return about
            about, person = above.about, _whose(above)
        return person

    def _enough(self, ask: Callable[[int], list[Row]], limit: int) -> list[Row]:
        """The first so many lines that may be shown, however many before them may not."""
        asked = limit
        while True:
            found = ask(asked)
            shown = self._lines(found)
            if limit < 0 or len(shown) >= limit or len(found) < asked:
                return shown if limit < 0 else shown[:limit]
            asked *= 2


def kept_apart(said: Iterable[Record]) -> list[tuple[str, RecordId]]:
    """Who is kept from whom: user and person.

    Of several words that did not see one another, each that keeps them apart does.
    """
    pairs: dict[tuple[str, RecordId], list[Record]] = {}
    for one in said:
        pairs.setdefault((str(one.values.get("user") or ""), one.about), []).append(one)
    return [
        pair for pair, words in pairs.items() if any(one.values.get("on") for one in unseen(words))
    ]


def _whose(record: Record) -> str:
    """The person of a record that stands alone; what is nobody's (an event) is its own."""
    return facts.person_of(record) or record.id

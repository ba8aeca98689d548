"""A file of records in memory, for stories that need no disk; it takes the compartment's exam."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from unicodedata import combining, normalize

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.change import DELETED, Action, Change, change_id
from intake_app.domain.clock import Clock, StationClock, SystemClock
from intake_app.domain.errors import BadChange
from intake_app.domain.facts import facts_of, words_of
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, UserId
from intake_app.domain.likeness import Identity, identity_of, kept_keys
from intake_app.domain.listing import NOBODY, Row
from intake_app.domain.purge import is_of_person
from intake_app.domain.record import Early, Record, merge


class MemoryRecords:  # noqa: PLR0904 (it answers one protocol)
    """`Records` in memory: the same merge, the same order, the same refusals."""

    def __init__(
        self, clock: Clock | None = None, station: str = "5a5a5a5a", epoch: str = "e0e0e0"
    ) -> None:
        self._ticks = StationClock(clock or SystemClock())
        self.station, self.epoch = StationId(station), Epoch(epoch)
        self.acts: list[Act] = []
        self.refused: list[bytes] = []
        self._records: dict[RecordId, Record] = {}  # in the order of their position keys
        self._keys: dict[RecordId, int] = {}
        self._changes: dict[ChangeId, Change] = {}
        self._early: Early = set()
        self._blobs: dict[str, bytes] = {}
        self._serials: dict[str, int] = defaultdict(int)
        self._folded = 0

    # --- writing --------------------------------------------------------------------------

    def stamp(self) -> ChangeId:
        return change_id(self._ticks.tick(), self.station, self.epoch)

    def apply(
        self, changes: Iterable[Change], act: Act, blobs: Mapping[str, bytes] | None = None
    ) -> int:
        for sha256, body in (blobs or {}).items():
            if hashlib.sha256(body).hexdigest() != sha256:
                raise BadChange
        fresh = {c.id: c for c in sorted(changes, key=lambda c: c.record)}
        new = sum(self._take(c) for c in fresh.values() if c.id not in self._changes)
        self._blobs = {**(blobs or {}), **self._blobs}
        self._sweep()
        self.acts.append(act)
        return new

    def _sweep(self) -> None:
        """Forget bytes that purged records named, and no other does."""
        dead = b"".join(c.line for c in self._changes.values() if self._is_purged(c))
        alive = b"".join(c.line for c in self._changes.values() if not self._is_purged(c))
        for name in [n for n in self._blobs if n.encode() in dead and n.encode() not in alive]:
            del self._blobs[name]

    def _is_purged(self, change: Change) -> bool:
        return self._records[change.record].is_purged

    def _take(self, change: Change) -> bool:
        change = Change.from_line(change.line)  # what JSON cannot say, a file cannot keep
        record = deepcopy(self._records.get(change.record))
        early = set(self._early)
        try:
            _refuse_second_fact(record, change)
            record = merge(record, change, early, self._changes.__contains__)
        except BadChange:
            self.refused.append(change.line)
            return False
        self._early, self._changes[change.id] = early, change
        self._keys.setdefault(change.record, len(self._keys) + 1)
        self._records[change.record] = record
        self._spread()
        return True

    def _spread(self) -> None:
        """What belongs to a purged record goes with it."""
        before = -1
        while before != (before := sum(r.is_purged for r in self._records.values())):
            for r in list(self._records.values()):
                owner = self._records.get(r.about)
                if owner and owner.is_purged and not r.is_purged and not is_of_person(r.kind):
                    self._records[r.id] = Record(r.id, r.kind, r.base, {}, is_purged=True)

    def note(self, act: Act) -> None:
        self.acts.append(act)

    def next_serial(self, series: str, count: int = 1, above: int = 0) -> int:
        self._serials[series] = max(self._serials[series], above) + count
        return self._serials[series] - count + 1

    # --- reading --------------------------------------------------------------------------

    def record(self, ident: RecordId) -> Record | None:
        return deepcopy(self._records.get(ident))

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        found = [r for r in self._standing() if r.about == ident and kind in {"", r.kind}]
        return sorted(found, key=lambda r: r.base)

    def of_kind(self, kind: str) -> list[Record]:
        return sorted((r for r in self._standing() if r.kind == kind), key=lambda r: r.base)

    def whole(self, ident: RecordId) -> list[Record]:
        found, level = list[Record](), [ident]
        while level:
            here = [r for r in self._records.values() if r.id in level and not r.is_purged]
            found += sorted(here, key=lambda r: self._keys[r.id])
            level = [r.id for r in self._records.values() if r.about and r.about in level]
        return deepcopy(found)

    def audit_of(self, records: Collection[RecordId]) -> list[AuditLine]:
        wanted = {ident for ident in records if ident}
        lines = enumerate(self.acts, 1)
        return [AuditLine(n, "", act, "") for n, act in lines if act.record in wanted]

    def history(self, ident: RecordId) -> list[Change]:
        record = self._records.get(ident)
        is_purged = record is not None and record.is_purged
        found = (c for c in self._changes.values() if c.record == ident)
        kept = (c for c in found if not is_purged or c.action is Action.PURGE)
        return sorted(kept, key=lambda c: c.id)

    def blob(self, sha256: str) -> bytes | None:
        return self._blobs.get(sha256)

    # --- lists ----------------------------------------------------------------------------

    def order(
        self, kind: str, by: str = "name", limit: int = -1, pathway: str = ""
    ) -> Sequence[int]:
        asked = self.of_kind(kind)
        records = [r for r in asked if pathway in {"", facts_of(r).pathway}]
        if by == "name":
            records.sort(key=lambda r: (facts_of(r).sort_name, self._keys[r.id]))
        else:
            records.sort(key=lambda r: (facts_of(r).opened, self._keys[r.id]), reverse=True)
        return [self._keys[r.id] for r in (records if limit < 0 else records[:limit])]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        found = {self._keys[i]: r for i, r in self._records.items() if not r.is_purged}
        return [self._row(found[n]) for n in keys if n in found]

    def newest(self, kind: str, limit: int = 50, since: str = "") -> list[Row]:
        rows = self.rows(self.order(kind, "opened"))
        return [row for row in rows if row.opened >= since][:limit]

    def due(self, kind: str, until: str, limit: int = 50, by: str = "") -> list[Row]:
        rows = [self._row(record) for record in self.of_kind(kind)]
        owner = "" if by == NOBODY else by
        owed = [row for row in rows if row.due and row.due <= until]
        owed = [row for row in owed if not by or row.by == owner]
        return sorted(owed, key=lambda row: (row.due, row.n))[:limit]

    def of_person(self, person: str, kind: str, *, or_hidden: bool = False) -> list[Row]:
        every = [one for one in self._records.values() if one.kind == kind and not one.is_purged]
        rows = [self._row(one) for one in every if or_hidden or not one.is_deleted]
        found = [row for row in rows if person and row.person == person]
        return sorted(found, key=lambda row: (row.opened, row.n))

    def lines(self, idents: Sequence[str]) -> dict[str, Row]:
        found = (self._records.get(RecordId(ident)) for ident in idents)
        return {r.id: self._row(r) for r in found if r is not None and not r.is_purged}

    def next_due(self, abouts: Sequence[str], kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.due(kind, "9999", limit=len(self._records)):
            if row.about in abouts:
                found.setdefault(row.about, row.due)
        return found

    def without(self, kind: str, others: Sequence[str], since: str) -> list[Row]:
        touched = {r.about for r in self._standing() if r.kind in others}
        rows = [self._row(r) for r in self.of_kind(kind) if r.id not in touched]
        return sorted((r for r in rows if r.opened >= since), key=lambda r: (r.opened, r.n))

    def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        return {kind: len(self.of_kind(kind)) for kind in kinds}

    def kinds_about(self, abouts: Sequence[str]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for one in self._standing():
            if one.about and one.about in abouts:
                kinds = found.setdefault(one.about, {})
                kinds[one.kind] = kinds.get(one.kind, 0) + 1
        return found

    def find(self, text: str, kind: str, limit: int = 50) -> list[Row]:
        typed = text.casefold().split()
        if not typed:
            return []
        found = [r for r in self._standing() if r.kind == kind and _begins(words_of(r), typed)]
        return [self._row(r) for r in reversed(found)][:limit]

    def alike(
        self, keys: Collection[str], kind: str, limit: int = 500
    ) -> list[tuple[RecordId, Identity]]:
        people = [(r.id, identity_of(r)) for r in self._standing() if r.kind == kind]
        found = [(i, who) for i, who in people if kept_keys(who) & set(keys)]
        return list(reversed(found))[:limit]

    def differing(self, limit: int = 500) -> list[Record]:
        standing = self._standing()
        in_conflict = {r.id for r in standing if facts_of(r).status == "conflict"}
        found = [r for r in standing if r.rivals or r.conflicts() or r.id in in_conflict]
        return found[:limit]

    def numbers_twice(self, limit: int = 50) -> list[list[Row]]:
        by_number: dict[str, list[Row]] = defaultdict(list)
        for record in self._standing():
            row = self._row(record)
            if row.kind == "intake" and row.number:
                by_number[row.number].append(row)
        return [by_number[n] for n in sorted(by_number) if len(by_number[n]) > 1][:limit]

    def taken_elsewhere(self, kind: str, here: str, since: str, limit: int) -> list[Row]:
        rows = self.newest(kind, len(self._records), since)
        return [r for r in rows if self._records[r.record].base.split(".")[1] != here][:limit]

    def highest_number(self, beginning: str) -> str:
        numbers = (facts_of(r).number for r in self._standing() if r.kind == "intake")
        return max((n for n in numbers if n.startswith(beginning)), default="")

    def unfolded(self, kinds: Sequence[str]) -> tuple[list[RecordId], int]:
        came = list(self._changes.values())[self._folded :]
        acts = [r for r in self._standing() if r.kind in kinds and r.about]
        runs: dict[RecordId, set[str]] = defaultdict(set)
        for act in acts:
            runs[act.about].add(act.base[17:])
        fresh = {c.about for c in came if c.kind in kinds}
        found = [ident for ident in runs if ident in fresh and len(runs[ident]) > 1]
        return found, len(self._changes)

    def folded_through(self, position: int) -> None:
        self._folded = position

    def _standing(self) -> list[Record]:
        ordered = sorted(self._records.values(), key=lambda r: self._keys[r.id])
        return [deepcopy(r) for r in ordered if not r.is_purged and not r.is_deleted]

    def _row(self, record: Record) -> Row:
        f = facts_of(record)
        return Row(
            self._keys[record.id], record.id, record.kind, RecordId(f.about), f.number, f.name,
            f.born, f.opened, f.pathway, f.program, f.status, f.language, f.due, UserId(f.by),
            f.person,
        )  # fmt: skip


def _refuse_second_fact(record: Record | None, change: Change) -> None:
    if record is None or record.is_purged or change.action is Action.PURGE:
        return
    only_hides = set(change.fields) == {DELETED}
    if (record.is_fact and not only_hides) or change.action is Action.FACT:
        raise BadChange


def _begins(words: str, typed: Sequence[str]) -> bool:
    """As FTS5 does: letters without accents; what is typed as "a-b" are two words in a row."""
    known = _tokens(words)
    return all(_stands_in(known, _tokens(phrase)) for phrase in typed)


def _tokens(text: str) -> list[str]:
    plain = "".join(c for c in normalize("NFD", text.casefold()) if not combining(c))
    return "".join(c if c.isalnum() else " " for c in plain).split()


def _stands_in(known: Sequence[str], phrase: Sequence[str]) -> bool:
    *first, last = phrase or [""]
    return any(
        known[n : n + len(first)] == first and word.startswith(last)
        for n, word in enumerate(known[len(first) :])
    )

"""Records that are read together: what stands alone, with all that belongs to it, many at once.

Journeys are made of thousands of intakes; asking for each part by itself would take as many
questions. Fits `services.needs.measures.JourneyFile`.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import DELETED
from intake_app.domain.ids import RecordId
from intake_app.domain.kin import Kin
from intake_app.domain.purge import order_of
from intake_app.domain.record import Record
from intake_app.storage.driver import Database
from intake_app.storage.quick_json import to_text
from intake_app.storage.rows import load, within

_DEEPEST: Final = 8
"""Steps from a record to what it belongs to in the end; as `whole` goes."""


class Together:
    """One reading.

    Args:
        db: One encrypted file.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, records: Collection[RecordId]) -> tuple[list[Kin], set[RecordId]]:
        """What stands alone and some records belong to; and the ids that were looked for."""
        wanted = self.roots(set(records))
        wanted |= self._of_events(wanted)
        wanted |= self._of_persons(wanted)
        roots = [one for _, one in load(self._db, "id", list(wanted))] if wanted else []
        named = {RecordId(str(one.values.get(facts.EVENT) or "")) for one in roots} - {""}
        beside = sorted(named - wanted)
        events = [one for _, one in load(self._db, "id", beside)] if beside else []
        known = {one.id: one for one in (*roots, *events)}
        parts = self._parts(known)
        made = {
            ident: Kin(_as_before(one), tuple(parts.get(ident, ())))
            for ident, one in known.items()
            if _stands(one)
        }
        return [_with_event(made, one) for one in sorted(wanted & made.keys())], wanted

    def roots(self, records: set[RecordId]) -> set[RecordId]:
        """What they belong to in the end; what stands nowhere is its own."""
        roots, ahead = set[RecordId](), records
        for _ in range(_DEEPEST):
            if not ahead:
                break
            sql = "SELECT id, about FROM record WHERE id"
            above = {RecordId(one): about for one, about in within(self._db, sql, list(ahead))}
            roots |= {one for one in ahead if not above.get(one)}
            ahead = {RecordId(one) for one in above.values() if one} - roots
        return roots

    def _of_events(self, roots: set[RecordId]) -> set[RecordId]:
        """The intakes that name an event among these."""
        sql = "SELECT id FROM record WHERE kind='event' AND id"
        events = [one for (one,) in within(self._db, sql, list(roots))] if roots else []
        if not events:
            return set()
        sql = "SELECT n FROM record WHERE kind='event.person' AND about<>'' AND about"
        keys = [n for (n,) in within(self._db, sql, events)]
        told = [one for _, one in load(self._db, "n", keys)] if keys else []
        return {RecordId(str(one.values.get("intake") or "")) for one in told} - {RecordId("")}

    def _of_persons(self, roots: set[RecordId]) -> set[RecordId]:
        """All intakes of whose these are, and of whose they were: they share what happened."""
        if not roots:
            return set()
        now = "SELECT f.person FROM record r JOIN facts f ON f.n=r.n WHERE f.person<>'' AND r.id"
        was = "SELECT person FROM journey WHERE person<>'' AND record"
        persons = {str(one) for sql in (now, was) for (one,) in within(self._db, sql, list(roots))}
        if not persons:
            return set()
        theirs = (
            "SELECT r.id FROM facts f JOIN record r ON r.n=f.n"
            " WHERE f.kind='intake' AND f.person<>'' AND f.person"
        )
        return {RecordId(one) for (one,) in within(self._db, theirs, list(persons))}

    def _parts(self, known: Collection[RecordId]) -> dict[RecordId, list[Record]]:
        """What belongs to each of these, and to that in turn, oldest first."""
        owner = {one: one for one in known}
        parts: dict[RecordId, list[Record]] = {}
        ahead = list(known)
        for _ in range(_DEEPEST):
            if not ahead:
                break
            sql = "SELECT n FROM record WHERE about<>'' AND state<>2 AND about"
            keys = [n for (n,) in within(self._db, sql, ahead)]
            found = [one for _, one in load(self._db, "n", keys)] if keys else []
            ahead = list[RecordId]()
            for one in found:
                if one.id in owner:  # a forged ring
                    continue
                owner[one.id] = owner[one.about]
                ahead.append(one.id)
                if _stands(one):
                    parts.setdefault(owner[one.id], []).append(_as_before(one))
        return parts


def _with_event(made: Mapping[RecordId, Kin], ident: RecordId) -> Kin:
    kin = made[ident]
    event = made.get(RecordId(str(kin.root.values.get(facts.EVENT) or "")))
    return replace(kin, event=event) if event else kin


def drop(db: Database, intakes: Collection[str]) -> None:
    """Drop all journeys that were made of some intakes, with their traits. No transaction."""
    if not intakes:
        return
    named = to_text(sorted(intakes))
    mine = "SELECT n FROM journey WHERE intake IN (SELECT value FROM json_each(?))"
    db.conn.execute(f"DELETE FROM trait WHERE journey IN ({mine})", (named,))
    db.conn.execute(f"DELETE FROM journey WHERE n IN ({mine})", (named,))


def end_journeys(db: Database, gone: Collection[RecordId]) -> None:
    """What measures know of records ends with them, in the same transaction.

    What was partly made of them (an attempt of an intake that stays, another overdose of one
    person) is made anew later; until then it does not count at all, so that nothing tells of them.
    """
    sql = "SELECT about FROM record WHERE about<>'' AND id"
    above = {RecordId(one) for (one,) in within(db, sql, list(gone))} - set(gone)
    above = Together(db).roots(above) if above else above
    sql = "SELECT person FROM journey WHERE person<>'' AND intake"
    persons = {one for (one,) in within(db, sql, [*gone, *above])}
    sql = "SELECT DISTINCT intake FROM journey WHERE person"
    beside = {one for (one,) in within(db, sql, list(persons))} if persons else set[str]()
    owed = (above | beside) - set(gone)
    db.conn.executemany("INSERT OR IGNORE INTO journey_owed VALUES (?)", [(i,) for i in owed])
    drop(db, owed | set(gone))


def _stands(record: Record) -> bool:
    """Whether it counts: not in error; what waits for its end has not ended yet."""
    return not record.is_purged and (not record.is_deleted or bool(order_of(record)))


def _as_before(record: Record) -> Record:
    """A record as it was before an order hid it; it was loaded for this reading alone."""
    if order_of(record):
        del record.values[DELETED]
    return record

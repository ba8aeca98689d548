"""What was replaced before it arrived: such a value must not come back. Part of the door.

A change says which values it replaces (`Change.over`). Where one of them has not come yet, that is
remembered until it does; only `apply` calls what stands here.
"""

from collections.abc import Iterable, Mapping

from intake_app.domain.change import Change
from intake_app.domain.ids import ChangeId
from intake_app.domain.record import Early, Record, merge
from intake_app.storage.driver import Database
from intake_app.storage.rows import within


class Replaced:
    """The memory of one batch of changes, read once and written once.

    Args:
        db: One encrypted file.
        fresh: Changes that were not applied before.
    """

    def __init__(self, db: Database, fresh: Mapping[ChangeId, Change]) -> None:
        self._db, self._fresh = db, fresh
        rows = within(db, "SELECT id, field FROM early WHERE id", list(fresh)) if fresh else ()
        self._before: Early = {(ChangeId(ident), name) for ident, name in rows}
        self._now: dict[ChangeId, Early] = {}
        self._done = set[ChangeId]()
        self._logged: set[str] | None = None
        self._remember(self._before)

    def merge(self, record: Record | None, change: Change) -> Record:
        """Apply a change to its record.

        Raises:
            BadChange: The change makes no sense.
        """
        early = set(self._now.get(change.id, ()))
        merged = merge(record, change, early, self._is_known)
        self._done.add(change.id)
        if change.id in self._now:
            del self._now[change.id]
        if early:
            self._remember(pair for pair in early if pair[0] != change.id)
        return merged

    def save(self) -> None:
        """Write down what is still awaited."""
        now: Early = {pair for pairs in self._now.values() for pair in pairs}
        if came := self._before - now:
            self._db.conn.executemany("DELETE FROM early WHERE id=? AND field=?", came)
        if awaited := now - self._before:
            self._db.conn.executemany("INSERT OR IGNORE INTO early VALUES (?,?)", awaited)

    def _remember(self, early: Iterable[tuple[ChangeId, str]]) -> None:
        for ident, name in early:
            self._now.setdefault(ident, set()).add((ident, name))

    def _is_known(self, other: ChangeId) -> bool:
        """Whether a change was applied already; the log is asked once for the whole batch."""
        if other in self._done:
            return True
        if self._logged is None:
            over = {i for one in self._fresh.values() for ids in one.over.values() for i in ids}
            sql = "SELECT id FROM change WHERE id"
            self._logged = {ident for (ident,) in within(self._db, sql, list(over))}
        return other in self._logged

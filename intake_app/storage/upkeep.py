"""What is asked of a file when records end: what is left of them, and that its room is given back.

`secure_delete` writes zeros over what goes, but where a page is rebuilt bytes of it may lie on in
the gap. Writing the file anew (VACUUM) leaves them behind. That takes seconds on a large file, so
it is done when nobody works, and stops when somebody does.
"""

import json
from collections.abc import Callable, Collection
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import dbapi2, translated

_SMALL: Final = 8192  # pages of 4 KiB: 32 MiB, half a second
_OWED: Final = "rewrite owed"
_STEPS: Final = 2_000  # of SQLite's machine between two looks at whether somebody waits


class Upkeep:
    """Fits `services.needs.ending.Upkeep`.

    Args:
        file: An open file.
    """

    def __init__(self, file: Compartment) -> None:
        self._file, self._conn = file, file.database.conn

    def left_of(self, idents: Collection[RecordId]) -> frozenset[RecordId]:
        """Which of some ids still stand here, or have something that belongs to them."""
        wanted = json.dumps(list(idents))
        sql = (
            "SELECT id FROM record WHERE state<>2 AND id IN (SELECT value FROM json_each(?1))"
            " UNION SELECT about FROM record WHERE about<>'' AND state<>2"
            " AND about IN (SELECT value FROM json_each(?1))"
        )
        with translated():
            return frozenset(RecordId(i) for (i,) in self._conn.execute(sql, (wanted,)))

    def stands_elsewhere(self, value: str) -> bool:
        """Whether a text is part of what stands, in a record or in the log."""
        sql = (
            "SELECT 1 FROM record WHERE instr(lower(fields), ?1) OR instr(lower(register), ?1)"
            " UNION SELECT 1 FROM change WHERE instr(lower(CAST(body AS TEXT)), ?1) LIMIT 1"
        )
        with translated():
            return self._conn.execute(sql, (value.lower(),)).fetchone() is not None

    @property
    def owes_rewrite(self) -> bool:
        """Whether something was purged since the file was last written anew."""
        return self._file.meta(_OWED) != ""

    @property
    def is_small(self) -> bool:
        """Whether writing it anew takes no time that anybody would notice."""
        with translated():
            pages = self._conn.execute("PRAGMA page_count").fetchone()[0]
        return pages <= _SMALL

    def owe_rewrite(self) -> None:
        """Note that something was purged."""
        self._file.set_meta(_OWED, "yes")

    def rewrite(self, is_wanted: Callable[[], bool]) -> bool:
        """Write the file anew without its free pages.

        Args:
            is_wanted: Asked every few milliseconds: whether somebody waits for the file.

        Returns:
            Whether it was done; if not, it stays owed, and the file is as it was.

        Raises:
            DiskFull: There is no room for it.
        """
        self._conn.set_progress_handler(lambda: 1 if is_wanted() else 0, _STEPS)
        try:
            with translated():
                is_done = self._vacuum()
        finally:
            self._conn.set_progress_handler(None, 0)
        if is_done:
            self._file.set_meta(_OWED, "")
        return is_done

    def _vacuum(self) -> bool:
        try:
            self._conn.execute("VACUUM")
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except dbapi2.OperationalError as error:
            if error.sqlite_errorcode != dbapi2.SQLITE_INTERRUPT:
                raise
            return False
        return True

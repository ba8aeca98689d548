"""Whether a file is sound, and whether two files say the same."""

import hashlib
import json
from collections.abc import Callable
from typing import Final

from intake_app.storage.audit import verify_audit
from intake_app.storage.driver import dbapi2, translated
from intake_app.storage.rows import load
from intake_app.storage.whole import Whole

_STEPS: Final = 2_000
"""Of SQLite's machine between two looks at whether somebody waits."""


class Health(Whole):
    """What is asked of a file about itself."""

    def verify_audit(self) -> int:
        """Walk the audit chain; returns its length.

        Raises:
            AuditBroken: A line does not fit.
        """
        with translated():
            return verify_audit(self._db)

    def faults(self) -> list[str]:
        """What SQLite and SQLCipher find wrong with the file; empty when it is sound."""
        found = [row[0] for row in self._all("PRAGMA integrity_check") if row[0] != "ok"]
        return found + self._torn_pages()

    def faults_in_spare_time(self, is_wanted: Callable[[], bool]) -> list[str] | None:
        """The same, until somebody waits for the file; then None: ask again later.

        The second half reads each page once (a second for some hundred megabytes), at one stretch.
        """
        conn = self._db.conn
        conn.set_progress_handler(lambda: 1 if is_wanted() else 0, _STEPS)
        try:
            found = [row[0] for row in conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
        except dbapi2.OperationalError as error:
            if error.sqlite_errorcode == dbapi2.SQLITE_INTERRUPT:
                return None
            return [error.sqlite_errorname]
        except dbapi2.Error as error:
            return [getattr(error, "sqlite_errorname", "") or type(error).__name__]
        finally:
            conn.set_progress_handler(None, 0)
        if is_wanted():
            return None
        return found + self._torn_pages()

    def _torn_pages(self) -> list[str]:
        """Pages of the file itself whose seal does not fit.

        A full disk can cut a page that was being copied from the write-ahead log into the file.
        The log still has it whole, so it is copied once more before anybody is alarmed.
        """
        self._all("PRAGMA wal_checkpoint(PASSIVE)")
        return [row[0] for row in self._all("PRAGMA cipher_integrity_check")]

    def set_aside(self) -> int:
        """How many changes were set aside because they made no sense."""
        return int(self._all("SELECT count(*) FROM quarantine")[0][0])

    def digest(self) -> str:
        """A hash of all records that are left: equal for two files that saw the same changes.

        Of what was purged a newcomer has seen less than others, and holds no less.
        """
        whole = hashlib.sha256()
        for (ident,) in self._all("SELECT id FROM record WHERE state<>2 ORDER BY id"):
            with translated():
                record = next(record for _, record in load(self._db, "id", [ident]))
            whole.update(json.dumps(record.canonical(), sort_keys=True).encode())
        return whole.hexdigest()

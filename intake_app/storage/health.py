"""Whether a file is sound, and whether two files say the same."""

import hashlib
import json

from intake_app.storage.audit import verify_audit
from intake_app.storage.driver import translated
from intake_app.storage.rows import load
from intake_app.storage.whole import Whole


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
        return found + [row[0] for row in self._all("PRAGMA cipher_integrity_check")]

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

"""Everything that belongs to one record: what hangs on it, and what the audit trail says of it."""

from collections.abc import Collection

from intake_app.domain.act import AuditLine
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.storage.audit import audit_of
from intake_app.storage.differing import Differing
from intake_app.storage.driver import translated
from intake_app.storage.rows import load


class Whole(Differing):
    """What is asked of a file about a record as a whole."""

    def whole(self, ident: RecordId) -> list[Record]:
        """A record and all that belongs to it, and to that in turn; hidden ones too.

        Each comes after what it belongs to; purged ones are left out.
        """
        tree = (
            "WITH RECURSIVE part (id, depth) AS (SELECT ?, 0 UNION"
            " SELECT r.id, depth + 1 FROM part CROSS JOIN record r ON r.about = part.id"
            " WHERE r.about <> '' AND depth < 8)"
            " SELECT r.n FROM part CROSS JOIN record r ON r.id = part.id WHERE r.state <> 2"
            " GROUP BY r.n ORDER BY min(depth), r.n"
        )
        keys = [n for (n,) in self._all(tree, ident)]
        with translated():
            found = dict(load(self._db, "n", keys))
        return [found[n] for n in keys]

    def audit_of(self, records: Collection[RecordId]) -> list[AuditLine]:
        """The audit lines of some records, in the order of the chain."""
        with translated():
            return audit_of(self._db, records)

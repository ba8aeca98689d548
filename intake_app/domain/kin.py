"""A record with all that belongs to it, loaded at once: what one journey is made of."""

from dataclasses import dataclass

from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record


@dataclass(frozen=True, slots=True, repr=False)
class Kin:
    """A record that stands alone, and all that belongs to it, loaded at once.

    Fits `services.needs.everyday.Reads`.
    What is out of all lists is left out; what only waits for its end is as it was before.

    Attributes:
        root: An intake, an entry of the offer ledger, a statistic, an event.
        parts: What is about it, and about that in turn.
        event: The event of an intake, with its parts.
    """

    root: Record
    parts: tuple[Record, ...] = ()
    event: "Kin | None" = None

    def record(self, ident: RecordId) -> Record | None:
        """One of these records."""
        return next((one for one in self._all() if one.id == ident), None)

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        """Those that belong to another, oldest first; of one kind, where given."""
        found = (one for one in self._all() if one.about == ident and kind in {"", one.kind})
        return sorted(found, key=lambda one: one.base)

    def _all(self) -> tuple[Record, ...]:
        beside = (self.event.root, *self.event.parts) if self.event else ()
        return (self.root, *self.parts, *beside)

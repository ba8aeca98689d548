"""What the registry says of people: who asked what for whom, and since when."""

from dataclasses import dataclass

from intake_app.domain.roles import Compartment
from intake_app.domain.staffing import Why
from intake_app.vault.entry import Entry, EntryType
from intake_app.vault.scale import Scale, has_role_for


@dataclass(frozen=True, slots=True)
class Cause:
    """Who signed what made a grant necessary.

    Attributes:
        entry: Id of the registry entry.
        by: Id of the administrator, or of a recovery key.
        at: When, by their clock.
        why: What they did.
    """

    entry: str
    by: str
    at: str
    why: Why


class Members:
    """What entries say of people.

    Args:
        scale: Which entries count.
    """

    def __init__(self, scale: Scale) -> None:
        self._scale = scale

    def joined(self, user: str) -> list[Entry]:
        """All entries that ever listed keys of somebody, causes first: no clock decides."""
        final = self._scale.final
        return [e for e in self._scale.about(user, EntryType.USER) if final.sees(e)]

    def role_entries(self, user: str) -> list[Entry]:
        """The standing entries that give somebody roles, causes first."""
        return self._standing(user, EntryType.ROLE)

    def grant_entries(self, user: str, compartment: Compartment) -> list[Entry]:
        """The standing entries that made somebody a holder, with these keys or earlier ones."""
        found = self._standing(user, EntryType.GRANT)
        return [e for e in found if e.said.facts["compartment"] == compartment]

    def cause(self, user: str, listed: str, compartment: Compartment) -> Cause:
        """What made it necessary to give somebody the key of a compartment.

        Args:
            user: Who; a role of theirs includes it.
            listed: The entry that lists their present keys.
            compartment: Which.
        """
        joined = self.joined(user)
        keys = next(entry for entry in joined if entry.id == listed)
        giving = [e for e in self.role_entries(user) if has_role_for(e.said.roles, compartment)]
        role = self._scale.newest(giving) if giving else keys
        is_with_keys = keys.id in role.previous and role.by == keys.by  # as when they were let in
        if not is_with_keys and self._scale.newest([keys, role]) is role is not keys:
            return Cause(role.id, role.by, role.at, Why.ROLE)
        is_first = joined[0].id == keys.id
        return Cause(keys.id, keys.by, keys.at, Why.NEW if is_first else Why.RENEWED)

    def _standing(self, user: str, kind: EntryType) -> list[Entry]:
        final = self._scale.final
        found = self._scale.about(user, kind)
        return [e for e in found if final.sees(e) and not final.is_cut(e.id)]

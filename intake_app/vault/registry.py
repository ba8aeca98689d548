"""The registry: a grow-only set of signed entries, rooted in a genesis whose hash is pinned.

Its state is the union of the entries that count; the order in which they come, and how often, does
not matter. All public keys, roles and recipients come from here and nowhere else. It is kept inside
the encrypted `station` file, because it names people.
"""

import contextlib
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, May, Role, may
from intake_app.vault.entry import Author, Entry, EntryType, Said, read_entry, write_entry
from intake_app.vault.jose import PublicKey
from intake_app.vault.listed_cards import ListedCards
from intake_app.vault.listed_stations import Stations
from intake_app.vault.members import Members
from intake_app.vault.scale import Listing, Scale, has_role_for


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of the department.

    Attributes:
        id: Stable and opaque.
        user_name: What they sign in with.
        shown_name: What colleagues and papers see.
        roles: Their hats; none once revoked, or while disabled.
        seal: Seals to them.
        sign: Checks their signatures.
        entry: Id of the entry that lists these keys.
        is_revoked: They left, for good.
        is_disabled: Their keys count no more, and they were given no others yet.
        kept_roles: Their hats, also while disabled.
    """

    id: UserId
    user_name: str
    shown_name: str
    roles: frozenset[Role]
    seal: PublicKey
    sign: PublicKey
    entry: str
    is_revoked: bool
    is_disabled: bool = False
    kept_roles: frozenset[Role] = frozenset()


class Registry:
    """All entries that are known here, checked.

    Attributes:
        genesis_hash: Id of the first entry.
        agency: The department's opaque id.
        stations: The stations that it lists.
        cards: The recovery cards that it lists.
        members: What it says of people, and who said so.
        people: Everybody who ever worked here, by id.
        waiting: Ids of entries that follow something not yet here; they do not count yet.
        recovery_seals: What seals to the recovery keys that stand, by id.
        has_signer_of: Whether somebody who was ever listed signed an entry (see `Scale`).
    """

    def __init__(
        self, entries: Iterable[Entry], genesis: str, verified: Collection[Entry] = ()
    ) -> None:
        twins = sorted(entries, key=lambda entry: entry.text, reverse=True)
        self._entries = {entry.id: entry for entry in twins}
        _check_root(self._entries, genesis)
        self.genesis_hash = genesis
        self._scale = Scale(self._entries, genesis, verified)
        for entry in twins:  # the same words signed twice: both must be good, in any order
            if entry.id not in self._scale.waiting and self._entries[entry.id] is not entry:
                self._scale.check_signature(entry)
        self.agency = self._entries[genesis].agency
        self.stations, self.members = Stations(self._scale), Members(self._scale)
        roots, made = self._genesis_facts["recovery"], self._entries[genesis].at
        self.cards = ListedCards(self._scale, roots, self.agency, made)
        self._people = {person.id: person for person in self._find_people()}
        self.people = tuple(self._people[ident] for ident in sorted(self._people))
        self.waiting = self._scale.waiting
        self.has_signer_of = self._scale.has_signer_of
        self.recovery_seals = self._scale.recovery_seals()

    @classmethod
    def from_entries(
        cls, texts: Iterable[str], genesis: str, pinned: Collection[str] = ()
    ) -> "Registry":
        """Check entries, in any order.

        Args:
            texts: The signed texts.
            genesis: The pinned hash.
            pinned: Heads that were known before: all of them and what lies before must be here.

        Raises:
            BadRegistry: Another genesis, an unknown signer, an altered or forbidden entry, or a
                registry older than the pinned heads.
        """
        registry = cls([read_entry(text) for text in set(texts)], genesis)
        registry._scale.past_of(pinned)
        return registry

    def joined(self, texts: Iterable[str]) -> "Registry":
        """This registry with more entries.

        Raises:
            BadRegistry: One of them may not be; this registry stays as it is.
        """
        known = list(self._entries.values())
        more = [read_entry(text) for text in set(texts) - set(self.texts)]
        return Registry([*known, *more], self.genesis_hash, self._scale.order)

    def write(self, said: Said, author: Author, at: str) -> "Registry":
        """This registry with one entry more, which follows all that is known.

        Raises:
            BadRegistry: The author may not sign this.
        """
        entry = write_entry(said, author, self.agency, self.heads, at)
        return self.joined([entry.text])

    @property
    def texts(self) -> tuple[str, ...]:
        """All signed texts, earlier ones first; what waits for a missing entry at the end."""
        waiting = (self._entries[ident] for ident in self.waiting)
        return tuple(entry.text for entry in itertools.chain(self._scale.order, waiting))

    @property
    def heads(self) -> tuple[str, ...]:
        """Ids of the entries that nothing follows yet; they stand for all before them."""
        followed = {before for entry in self._scale.order for before in entry.previous}
        return tuple(sorted(e.id for e in self._scale.order if e.id not in followed))

    def person(self, user: str) -> Listed:
        """One of them.

        Raises:
            BadRegistry: There is no such person.
        """
        if user not in self._people:
            raise BadRegistry("person")
        return self._people[UserId(user)]

    def named(self, user_name: str) -> Listed | None:
        """Who signs in with this name, and has not left."""
        return next((p for p in self.people if p.user_name == user_name and not p.is_revoked), None)

    def is_administrator(self, who: str, key: PublicKey) -> bool:
        """Whether this signing key is an administrator's, or on a recovery card."""
        final = self._scale.final
        return any(self._scale.is_administrator(final, one) for one in self._listings(who, key))

    def is_holder(self, who: str, key: PublicKey, compartment: Compartment) -> bool:
        """Whether this signing key is of a holder of a compartment, or on a recovery card."""
        found, final = self._listings(who, key), self._scale.final
        return any(self._scale.is_holder(final, one, compartment) for one in found)

    def holders(self, compartment: Compartment) -> frozenset[UserId]:
        """The people who were granted a compartment and still have a role for it."""
        return frozenset(p.id for p in self.people if self.is_holder(p.id, p.sign, compartment))

    def due(self, compartment: Compartment) -> frozenset[UserId]:
        """The people whose roles include a compartment, granted or not."""
        return frozenset(p.id for p in self.people if has_role_for(p.roles, compartment))

    def cuts(self, compartment: Compartment) -> Mapping[str, str]:
        """Revocations that took a file's key from somebody who once had it: when, by their id."""
        ids = self._scale.cuts(compartment)
        return {entry.id: entry.at for entry in self._scale.order if entry.id in ids}

    def check_grantor(self, who: str, key_name: str, compartment: str, head: str) -> PublicKey:
        """The key that signed a local grant, if it might do so when it did.

        Raises:
            BadRegistry: The signer was no holder then, is unknown, or the head is.
        """
        view = self._scale.seen_from(self._scale.past_of([head]))
        for one in self._scale.listings(key_name, who):
            is_station = compartment == Compartment.STATION
            may_sign = self._scale.is_administrator(view, one) if is_station else False
            if may_sign or (not is_station and self._scale.is_holder(view, one, compartment)):
                return one.sign
        raise BadRegistry("grant")

    def grantor_head(self, who: str, key: PublicKey, compartment: Compartment) -> str:
        """The head from which it can be seen that this key may grant a compartment now.

        Raises:
            BadRegistry: It may not.
        """
        is_station = compartment is Compartment.STATION
        is_admin = is_station and self.is_administrator(who, key)
        is_holder = not is_station and self.is_holder(who, key, compartment)
        for head in self.heads if is_admin or is_holder else ():
            with contextlib.suppress(BadRegistry):
                self.check_grantor(who, key.name, compartment, head)
                return head
        raise BadRegistry("grant")

    def author_key(self, who: str, key_name: str, head: str, act: May | None = None) -> PublicKey:
        """The key with which somebody signed, if it was theirs in sight of a head.

        Who has left since, or has other keys now, was the author all the same.

        Args:
            who: Their id.
            key_name: Which key it is said to be.
            head: What they knew of this registry.
            act: What one of their roles had to include then.

        Raises:
            CannotOpen: It was not, or none of their roles did.
            BadRegistry: The head is unknown here.
        """
        view = self._scale.seen_from(self._scale.past_of([head]))
        for one in self._scale.listings(key_name, who):
            if self._scale.is_listed(view, one):
                if act and not may(self._scale.roles(view, who), act):
                    raise CannotOpen("role")
                return one.sign
        raise CannotOpen("author")

    def compartment_key(self, compartment: Compartment) -> PublicKey:
        """Where to seal what is handed in to a compartment."""
        final = self._scale.final
        found = self._scale.about(compartment, EntryType.COMPARTMENT)
        fresh = [e for e in found if final.sees(e) and not final.is_cut(e.id)]
        if fresh:
            return max(fresh, key=lambda e: (e.said.facts["generation"], e.id)).said.keys["seal"]
        return PublicKey.load(self._genesis_facts["compartments"][compartment])

    def knows(self, heads: Iterable[str]) -> bool:
        """Whether all these entries, and what lies before them, are here."""
        try:
            self._scale.past_of(heads)
        except BadRegistry:
            return False
        return True

    def recipients(self) -> Iterator[tuple[Entry, bool]]:
        """Every outside recipient that was ever listed, and whether it was taken back."""
        final = self._scale.final
        for entry in self._scale.of_type(EntryType.RECIPIENT):
            yield entry, final.is_cut(entry.subject) or final.is_cut(entry.id)

    def is_author(self, user: str) -> bool:
        """Whether changes can be of this person: they work or worked here, or are a card."""
        return user in self._people or user in self._scale.recovery

    @property
    def _genesis_facts(self) -> Mapping[str, Any]:
        return self._entries[self.genesis_hash].said.facts

    def _listings(self, who: str, key: PublicKey) -> list[Listing]:
        return self._scale.listings(key.name, who)

    def _find_people(self) -> Iterator[Listed]:
        final, latest = self._scale.final, dict[str, Entry]()
        for entry in self._scale.order:
            if entry.type is not EntryType.USER or not final.sees(entry):
                continue
            rival = latest.get(entry.subject)
            if rival is None or self._rank(rival) < self._rank(entry):
                latest[entry.subject] = entry
        for subject, entry in latest.items():
            facts, keys = entry.said.facts, entry.said.keys
            roles, is_cut = self._scale.roles(final, subject), final.is_cut(entry.id)
            yield Listed(
                UserId(subject), facts["user_name"], facts["shown_name"],
                frozenset() if is_cut else roles, keys["seal"], keys["sign"], entry.id,
                final.is_cut(subject), is_cut, roles,
            )  # fmt: skip

    def _rank(self, entry: Entry) -> tuple[bool, str, str]:
        return not self._scale.final.is_cut(entry.id), entry.at, entry.id


def _check_root(entries: Mapping[str, Entry], genesis: str) -> None:
    if genesis not in entries:
        raise BadRegistry("genesis")
    for entry in entries.values():
        is_root = entry.id == genesis
        if (entry.type is EntryType.GENESIS) != is_root or bool(entry.previous) == is_root:
            raise BadRegistry("genesis")
        if entry.agency != entries[genesis].agency:
            raise BadRegistry("another department")

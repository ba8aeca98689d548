"""Weighs registry entries: what came before what, and who was allowed to sign what.

The set of entries alone decides, never the order in which they came. An entry is allowed if what
its author had seen gave the right to sign it. A revocation wins for ever: entries of the revoked
that the revoker had not seen do not count, so nothing can be slipped in with an old date.
Revocations themselves stand even if their signer is revoked elsewhere at the same time: when in
doubt, fewer people can do less; the recovery cards can always repair it, and no administrator can
revoke those.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.roles import KEYS, Compartment, Role
from intake_app.vault.entry import Entry, EntryType
from intake_app.vault.jose import PublicKey


@dataclass(frozen=True, slots=True)
class Listing:
    """A signing key, whose it is, and the entry that says so.

    Attributes:
        subject: Id of the person or recovery key.
        entry: The entry that lists it.
        sign: Checks signatures.
        seal: Seals to them.
        is_recovery: A recovery key: administrator and holder of everything.
    """

    subject: str
    entry: Entry
    sign: PublicKey
    seal: PublicKey
    is_recovery: bool


@dataclass(frozen=True, slots=True)
class View:
    """From where one looks: which entries count, and what is revoked.

    Attributes:
        sees: Whether an entry counts from here.
        is_cut: Whether a person, station or entry is revoked from here.
    """

    sees: Callable[[Entry], bool]
    is_cut: Callable[[str], bool]


class Scale:
    """Entries in causal order, each checked; raises BadRegistry at the first that may not be."""

    def __init__(
        self, entries: Mapping[str, Entry], genesis: str, verified: Collection[Entry] = ()
    ) -> None:
        self._genesis = entries[genesis]
        self.order, self.waiting = _in_order(entries, genesis)
        self._bit = {entry.id: 1 << place for place, entry in enumerate(self.order)}
        self._past: dict[str, int] = {}
        self._about: dict[str, list[Entry]] = {}
        self._revocations: dict[str, list[Entry]] = {}
        self._by_key: dict[str, list[Listing]] = {}
        self._recovery: set[str] = set()
        for entry in self.order:
            self._past[entry.id] = self.past_of(entry.previous)
            self._take(entry)
        self._counted: set[str] = set()
        self._verified = {entry.id: entry for entry in verified}
        for entry in self.order:
            self._check(entry)

    @property
    def recovery(self) -> frozenset[str]:
        """Ids of all recovery keys."""
        return frozenset(self._recovery)

    @property
    def final(self) -> View:
        """All that counts, after everything that is known."""
        return View(lambda e: e.id in self._counted, lambda what: what in self._revocations)

    def past_of(self, heads: Iterable[str]) -> int:
        """These entries and all before them, as a set of bits.

        Raises:
            BadRegistry: One is not here.
        """
        past = 0
        for head in heads:
            if head not in self._past:
                raise BadRegistry("older than what was known")
            past |= self._past[head] | self._bit[head]
        return past

    def seen_from(self, past: int) -> View:
        """What counted for somebody who had seen just these entries."""
        return View(
            lambda e: bool(self._bit[e.id] & past),
            lambda what: any(self._bit[r.id] & past for r in self._revocations.get(what, ())),
        )

    def listings(self, key_name: str, by: str) -> list[Listing]:
        """The entries that list this signing key for this person."""
        return [one for one in self._by_key.get(key_name, ()) if one.subject == by]

    def about(self, subject: str, kind: EntryType) -> Iterator[Entry]:
        """Entries of one type about somebody or something."""
        return (entry for entry in self._about.get(subject, ()) if entry.type is kind)

    def revocations(self, subject: str) -> tuple[Entry, ...]:
        """All revocations of somebody or something."""
        return tuple(self._revocations.get(subject, ()))

    def of_type(self, kind: EntryType) -> list[Entry]:
        """Entries of one type that count, earlier ones first."""
        return [entry for entry in self.order if entry.type is kind and self.final.sees(entry)]

    def newest(self, entries: Collection[Entry]) -> Entry:
        """Of entries about one thing: the one that saw all others; of several, the latest."""
        seen = [e for e in entries if any(self._past[o.id] & self._bit[e.id] for o in entries)]
        return max((e for e in entries if e not in seen), key=lambda e: (e.at, e.id))

    def recovery_seals(self) -> dict[str, PublicKey]:
        """By id: what seals to the recovery keys that stand."""
        all_listings = (one for listings in self._by_key.values() for one in listings)
        return {
            one.subject: one.seal
            for one in all_listings
            if one.is_recovery and self.is_listed(self.final, one)
        }

    def is_listed(self, view: View, who: Listing) -> bool:
        """Whether this key stands."""
        if not view.sees(who.entry) or view.is_cut(who.subject):
            return False
        return who.is_recovery or not view.is_cut(who.entry.id)

    def roles(self, view: View, subject: str) -> frozenset[Role]:
        """The roles of a person."""
        if view.is_cut(subject):
            return frozenset()
        found = self.about(subject, EntryType.ROLE)
        standing = (e.said.roles for e in found if view.sees(e) and not view.is_cut(e.id))
        return frozenset(role for roles in standing for role in roles)

    def is_administrator(self, view: View, who: Listing) -> bool:
        """Whether this key signs for the department."""
        if not self.is_listed(view, who):
            return False
        return who.is_recovery or Role.ADMINISTRATOR in self.roles(view, who.subject)

    def is_holder(self, view: View, who: Listing, compartment: str) -> bool:
        """Whether this key was granted a compartment, under a role that includes it."""
        if not self.is_listed(view, who):
            return False
        if who.is_recovery:
            return True
        granted = any(
            (entry.said.facts["compartment"], entry.said.facts["entry"])
            == (compartment, who.entry.id)
            and view.sees(entry)
            and not view.is_cut(entry.id)
            for entry in self.about(who.subject, EntryType.GRANT)
        )
        return granted and has_role_for(self.roles(view, who.subject), compartment)

    def cuts(self, compartment: str) -> frozenset[str]:
        """Ids of the revocations that took a file's key from somebody who once had it.

        A person who left, a role or grant that was taken back, keys that were replaced, a card
        that was revoked: whoever it was may have kept the key.
        """
        found: set[str] = set()
        for one in (one for listings in self._by_key.values() for one in listings):
            if not self.is_holder(self.final, one, compartment):
                given = self._grants_of(one, compartment)
                if given or one.is_recovery:
                    parts = [e.id for e in (*self.about(one.subject, EntryType.ROLE), *given)]
                    for what in (one.subject, one.entry.id, *parts):
                        found.update(entry.id for entry in self.revocations(what))
        return frozenset(found)

    def _grants_of(self, one: Listing, compartment: str) -> list[Entry]:
        """The entries that once gave a compartment to a key, whether they still count or not."""
        wanted = (compartment, one.entry.id)
        found = self.about(one.subject, EntryType.GRANT)
        return [e for e in found if (e.said.facts["compartment"], e.said.facts["entry"]) == wanted]

    def check_signature(self, entry: Entry) -> list[Listing]:
        """Who signed an entry, as far as its author could know the key.

        Raises:
            BadRegistry: Nobody who was listed before it.
        """
        past = self._own_past(entry)
        found = self.listings(entry.key_name, entry.by)
        signers = [one for one in found if self._bit[one.entry.id] & past]
        if not signers:
            raise BadRegistry("unknown signer")
        if self._verified.get(entry.id) is not entry:
            try:
                signers[0].sign.verify(entry.text)
            except CannotOpen as error:
                raise BadRegistry("signature") from error
        return signers

    def has_signer_of(self, entry: Entry) -> bool:
        """Whether somebody who was ever listed signed it; whether they might, is another thing."""
        for one in self.listings(entry.key_name, entry.by):
            with suppress(CannotOpen):
                one.sign.verify(entry.text)
                return True
        return False

    def _own_past(self, entry: Entry) -> int:
        is_root = entry.id == self._genesis.id  # which lists its own signer
        return self._past[entry.id] | (self._bit[entry.id] if is_root else 0)

    def _take(self, entry: Entry) -> None:
        self._about.setdefault(entry.subject, []).append(entry)
        if entry.type is EntryType.REVOCATION:
            self._revocations.setdefault(entry.subject, []).append(entry)
        for listing in _listings(entry):
            self._by_key.setdefault(listing.sign.name, []).append(listing)
            if listing.is_recovery:
                self._recovery.add(listing.subject)

    def _check(self, entry: Entry) -> None:
        signers = self.check_signature(entry)
        if entry.type is EntryType.UNKNOWN:
            return  # who might sign it, a newer program knows; here it counts for nothing
        past = self._own_past(entry)
        at_the_time = self.seen_from(past)
        if not any(self._may_sign(at_the_time, one, entry) for one in signers):
            raise BadRegistry(f"{entry.type} not allowed")
        in_hindsight = self._hindsight(entry, past)
        is_final = entry.type is EntryType.REVOCATION
        if is_final or any(self._may_sign(in_hindsight, one, entry) for one in signers):
            self._counted.add(entry.id)

    def _hindsight(self, entry: Entry, past: int) -> View:
        def sees(other: Entry) -> bool:
            is_itself = other is entry is self._genesis
            return is_itself or (other.id in self._counted and bool(self._bit[other.id] & past))

        def is_cut(what: str) -> bool:
            own = self._bit[entry.id]
            return any(not own & self._past[r.id] for r in self._revocations.get(what, ()))

        return View(sees, is_cut)

    def _may_sign(self, view: View, who: Listing, entry: Entry) -> bool:
        match entry.type:
            case EntryType.GENESIS | EntryType.COMPARTMENT | EntryType.RECOVERY:
                return who.is_recovery and self.is_listed(view, who)
            case EntryType.GRANT:
                return self._may_grant(view, who, entry)
            case EntryType.REVOCATION:
                is_card = entry.subject in self._recovery
                return self.is_administrator(view, who) and (who.is_recovery or not is_card)
            case EntryType.USER | EntryType.ROLE | EntryType.STATION | EntryType.RECIPIENT:
                is_card = entry.subject in self._recovery
                return self.is_administrator(view, who) and not is_card
            case EntryType.UNKNOWN:
                return False

    def _may_grant(self, view: View, who: Listing, entry: Entry) -> bool:
        compartment, keys = entry.said.facts["compartment"], entry.said.facts["entry"]
        people = self.about(entry.subject, EntryType.USER)
        is_known = any(e.id == keys and view.sees(e) and not view.is_cut(e.id) for e in people)
        if not is_known or not has_role_for(self.roles(view, entry.subject), compartment):
            return False
        if compartment == Compartment.STATION:
            return self.is_administrator(view, who)
        return self.is_holder(view, who, compartment)


def has_role_for(roles: Iterable[Role], compartment: str) -> bool:
    """Whether one of these roles includes a compartment's key."""
    return any(compartment in KEYS[role] for role in roles)


def _in_order(entries: Mapping[str, Entry], genesis: str) -> tuple[list[Entry], tuple[str, ...]]:
    followers: dict[str, list[str]] = {}
    missing = {e.id: len(set(e.previous)) for e in entries.values()}
    for entry in entries.values():
        for before in set(entry.previous):
            followers.setdefault(before, []).append(entry.id)
    order, ready = list[Entry](), [genesis]
    while ready:
        known = ready.pop()
        order.append(entries[known])
        for follower in followers.get(known, ()):
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    known_ids = {entry.id for entry in order}
    return order, tuple(sorted(entries.keys() - known_ids))


def _listings(entry: Entry) -> Iterator[Listing]:
    keys = entry.said.keys
    if entry.type in {EntryType.USER, EntryType.RECOVERY}:
        is_recovery = entry.type is EntryType.RECOVERY
        yield Listing(entry.subject, entry, keys["sign"], keys["seal"], is_recovery)
    if entry.type is EntryType.GENESIS:
        found: list[Mapping[str, Any]] = entry.said.facts["recovery"]
        for raw in found:
            sign, seal = PublicKey.load(raw["sign"]), PublicKey.load(raw["seal"])
            yield Listing(str(raw["id"]), entry, sign, seal, is_recovery=True)

"""New recovery cards with an old one on the table, and their keys at this station.

New cards are made in memory and printed. Only when somebody has read a row of each back from paper
do they count: first the key file lets them in beside the old ones, then the registry lists them and
revokes the old, last the old ones go from the key file. Who is killed in between finds old cards
that work or new ones that do.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain.card_errors import NoNewCards
from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import BadRecoveryCard, BadRegistry, DiskFull, NoGrant, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.vault import cards, grants
from intake_app.vault.cards import Card, CardPlan, RecoveryKeys
from intake_app.vault.entry import Author, EntryType, Said
from intake_app.vault.file_keys import FileKeys
from intake_app.vault.founding import close_pin
from intake_app.vault.keys import Keys
from intake_app.vault.listed_cards import ListedCard
from intake_app.vault.registry import Registry
from intake_app.vault.staff import require_administrator
from intake_app.vault.vault import Vault
from intake_app.vault.wordlist import fingerprint

ROW: Final = 4
"""Words in a row of a card; its last row is read back."""


@dataclass(frozen=True, slots=True)
class _Root:
    """A new recovery key with its cards."""

    id: str
    keys: RecoveryKeys = field(repr=False)
    strips: tuple[tuple[cards.Strip, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Begun:
    """New cards that do not count yet, and the old card that lies on the table."""

    plan: CardPlan
    table: Keys = field(repr=False)
    roots: tuple[_Root, ...]
    printed: tuple[Card, ...] = field(repr=False)


class CardDesk:
    """Fits `services.needs.cards.CardDesk`.

    Args:
        vault: Of this profile.
        keys: Of who is signed in.
        clock: Tells the time of an entry.
    """

    def __init__(self, vault: Vault, keys: Keys, clock: Clock) -> None:
        self._vault, self._keys, self._clock = vault, keys, clock
        self._begun: _Begun | None = None

    @property
    def department_words(self) -> tuple[str, ...]:
        """Eight words that stand for the department; the cards show them too."""
        return fingerprint(self._keys.registry.genesis_hash)

    def all(self) -> tuple[ListedCard, ...]:
        """The cards that stand."""
        return self._keys.registry.cards.all()

    def check(self, words: str) -> ListedCard:
        """The drill: one card alone.

        Raises:
            BadRecoveryCard: A word is wrong, or it is none of the cards that stand.
        """
        return self._keys.registry.cards.check(words)

    def begin(self, words: str, plan: str) -> tuple[Card, ...]:
        """Make new cards, to be printed; the old ones go on until `finish`.

        Args:
            words: Of the cards on the table that stand: one whole card, or two that belong
                together.
            plan: "either" or "pairs".

        Raises:
            NotAllowed: No administrator is signed in, or the card was revoked.
            BadRecoveryCard: A word is wrong, or another card is needed.
        """
        require_administrator(self._keys)
        self.give_up()
        table = self._vault.unlock_with_card(words)
        table.take_registry(self._keys.registry_entries())
        roots = tuple(
            _Root(
                f"recovery-{secrets.token_hex(4)}",
                cards.recovery_keys(secret, self._vault.agency), tuple(strips),
            )
            for secret, strips in cards.new_cards(CardPlan(plan))
        )  # fmt: skip
        genesis = self._keys.registry.genesis_hash
        printed = tuple(
            cards.print_card(CardPlan(plan), strips, genesis)
            for one in roots
            for strips in one.strips
        )
        self._begun = _Begun(CardPlan(plan), table, roots, printed)
        return printed

    def give_up(self) -> None:
        """Forget new cards that do not count yet."""
        if self._begun is not None:
            self._begun.table.drop()
        self._begun = None

    def finish(self, rows: Mapping[int, str], store: Callable[[Sequence[str]], object]) -> None:
        """New cards count from now on; the old ones count no more.

        Args:
            rows: The last row of each new card as it was read from paper, by the card's number.
            store: Stores the new registry entries in `station`, durably. If it raises, the old
                cards go on, and this may be tried again.

        Raises:
            NoNewCards: None were begun, or it was locked since.
            BadRecoveryCard: A row is not that of the card; the detail is "card 2".
            DiskFull: The old cards go on.
            StorageFailed: The old cards go on.
        """
        require_administrator(self._keys)
        if self._begun is None:
            raise NoNewCards
        begun, registry = self._begun, self._keys.registry
        for card in begun.printed:
            _check_row(card, rows.get(card.number, ""))
        listed = self._list(begun, registry)
        self._let_in(begun, listed)
        store([text for text in listed.texts if text not in registry.texts])
        self._keys.follow(listed)
        self.give_up()
        with suppress(DiskFull, StorageFailed):  # what is old goes at the next sign-in
            self.settle()

    def settle(self) -> int:
        """Bring the key file of this station in step with the cards that the registry lists.

        Returns:
            How much was changed: cards that were let in or shut out, and keys that were sealed.

        Raises:
            DiskFull: It waits for the next sign-in.
            StorageFailed: The same.
        """
        file, registry = self._vault.key_file, self._keys.registry
        content, standing = file.content, registry.cards.recoveries()
        gone = content["recovery"].keys() - standing
        for ident in gone:
            del content["recovery"][ident]
            content["grants"].pop(ident, None)
        changed = len(gone)
        for one in registry.cards.pins():
            if one.id not in content["recovery"]:
                content["recovery"][one.id] = dict(one.pin)
                changed += 1
        for ident in standing & content["recovery"].keys():
            changed += self._grant_missing(content, ident)
        if changed:
            file.save(content, keep_previous=not gone)
        return changed

    def _list(self, begun: _Begun, registry: Registry) -> Registry:
        """The registry with the new cards, listed by the card on the table, and without the old."""
        old = registry.cards.recoveries()
        for one in begun.roots:
            said = [
                {"number": s[0].card, "commitment": cards.commitment(self._vault.agency, s)}
                for s in one.strips
            ]
            pin = close_pin(one.keys, one.id, registry.genesis_hash)
            facts = {"plan": begun.plan, "cards": said, "pin": pin}
            public = {"seal": one.keys.seal.public, "sign": one.keys.sign.public}
            listed = Said(EntryType.RECOVERY, one.id, public, facts=facts)
            registry = registry.write(listed, begun.table.author, stamp(self._clock))
        first = begun.roots[0]
        for ident in sorted(old):
            said_cut, author = Said(EntryType.REVOCATION, ident), Author(first.id, first.keys.sign)
            registry = registry.write(said_cut, author, stamp(self._clock))
        return registry

    def _let_in(self, begun: _Begun, registry: Registry) -> None:
        """Let the new cards in beside the old: their pins, and the keys of all files here."""
        file, (head,) = self._vault.key_file, registry.heads
        content, book = file.content, FileKeys(file, begun.table)
        pins = {one.id: dict(one.pin) for one in registry.cards.pins()}
        for one in begun.roots:
            content["recovery"][one.id] = pins[one.id]
            content["grants"][one.id] = {}
            by = Author(one.id, one.keys.sign)
            for name in Compartment:
                place = grants.Place(self._vault.agency, file.text("station"), name, one.id)
                seal = one.keys.seal.public
                if key := book.present(name):
                    text = grants.make_grant(place, key, seal, by, head)
                    content["grants"][one.id][str(name)] = text
                if waiting := book.waiting(name):
                    text = grants.make_grant(place, waiting, seal, by, head)
                    content["next"][name]["grants"][one.id] = text
        file.save(content)
        if file.on_disk() != content:
            raise StorageFailed("read back")

    def _grant_missing(self, content: dict[str, Any], ident: str) -> int:
        """Seal to a card what it lacks of the files that this person may grant; how many."""
        file, keys, made = self._vault.key_file, self._keys, 0
        for name in self._lacking(content, ident):
            try:
                key = keys.file_key(name)
                head = keys.registry.grantor_head(keys.user, keys.sign_key, name)
            except (NoGrant, BadRegistry):
                continue  # another holder does it
            place = grants.Place(self._vault.agency, file.text("station"), name, ident)
            seal = keys.registry.recovery_seals[ident]
            text = grants.make_grant(place, key, seal, keys.author, head)
            content["grants"].setdefault(ident, {})[str(name)] = text
            made += 1
        return made

    def _lacking(self, content: Mapping[str, Any], ident: str) -> Iterable[Compartment]:
        mine = content["grants"].get(ident, {})
        return [name for name in Compartment if name not in mine and self._keys.holds(name)]


def _check_row(card: Card, typed: str) -> None:
    parts: Sequence[str] = [p for p in typed.split() if not p.strip(".,:)").isdigit()]
    told = " ".join(parts).casefold().encode()
    if not hmac.compare_digest(told, " ".join(card.words[-ROW:]).encode()):
        raise BadRecoveryCard(f"card {card.number}")

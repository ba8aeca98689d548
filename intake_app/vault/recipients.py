"""The signed list of those outside to whom something may be sealed: entries of the registry."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Final

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.disclosure import Recipient, RecipientCard, RecipientKind
from intake_app.domain.disclosure_errors import BadReceipt, CardKnown, KeysTakenBack, RecipientGone
from intake_app.domain.errors import CannotOpen
from intake_app.vault.entry import Entry, EntryType, Said
from intake_app.vault.jose import PublicKey, unverified
from intake_app.vault.keys import Keys
from intake_app.vault.recipient_card import card_words, read_card
from intake_app.vault.staff import require_administrator

_ID_BYTES: Final = 8


class Recipients:
    """Fits `services.needs.disclosure.Recipients`.

    Args:
        keys: Of the signed-in person.
        clock: Tells the time of an entry.
    """

    def __init__(self, keys: Keys, clock: Clock) -> None:
        self._keys, self._clock = keys, clock

    def all(self) -> tuple[Recipient, ...]:
        """Everybody who was ever entered, by name; who was taken back too."""
        found = (_told(entry, is_cut) for entry, is_cut in self._entries())
        return tuple(sorted(found, key=lambda one: (one.is_taken_back, one.name.casefold())))

    def read_card(self, data: bytes) -> RecipientCard:
        """See `recipient_card.read_card`."""
        return read_card(data)

    def add(self, card: RecipientCard, party: str = "") -> tuple[str, tuple[str, ...]]:
        """Sign a card into the list, once somebody compared its words.

        Args:
            card: Whom.
            party: Their record in the directory of providers, or empty.

        Returns:
            Id of the new entry, and the signed entries to be stored.

        Raises:
            NotAllowed: No administrator is signed in.
            CardKnown: One of its keys is in the list already.
            KeysTakenBack: One of its keys was taken back.
        """
        require_administrator(self._keys)
        keys = {"seal": PublicKey.load(card.seal), "sign": PublicKey.load(card.sign)}
        names = {key.name for key in keys.values()}
        for entry, is_cut in self._entries():
            if names & {key.name for key in entry.said.keys.values()}:
                raise KeysTakenBack if is_cut else CardKnown
        facts = {"kind": str(card.kind), "name": card.name, "party": party}
        subject = secrets.token_hex(_ID_BYTES)
        return subject, self._write(Said(EntryType.RECIPIENT, subject, keys, facts=facts))

    def take_back(self, ident: str) -> tuple[str, ...]:
        """Seal nothing to a recipient any more, for good; the signed entries to be stored.

        Raises:
            NotAllowed: No administrator is signed in.
            RecipientGone: There is none, or it was taken back already.
        """
        require_administrator(self._keys)
        _ = self._standing(ident)
        return self._write(Said(EntryType.REVOCATION, ident))

    def keys_of(self, ident: str) -> Mapping[str, str]:
        """The public key (JWK) that files for a recipient are sealed to.

        Raises:
            RecipientGone: There is none, or it was taken back.
        """
        return self._standing(ident).said.keys["seal"].jwk

    def signed_by(self, token: str) -> tuple[frozenset[str], bytes]:
        """Which recipient signed a text, and what it says.

        Where two stations entered the same card, before they heard of one another, it has two ids.

        Raises:
            BadReceipt: None that stands in the list, or it was altered.
        """
        try:
            key_name, _ = unverified(token)
            found = [
                entry for entry, is_cut in self._entries()
                if not is_cut and entry.said.keys["sign"].name == key_name
            ]  # fmt: skip
            if not found:
                raise BadReceipt("signer")
            payload = found[0].said.keys["sign"].verify(token)
        except CannotOpen as error:
            raise BadReceipt("signature") from error
        return frozenset(entry.subject for entry in found), payload

    def _entries(self) -> Iterator[tuple[Entry, bool]]:
        """Those of a kind that this program knows, each with whether it was taken back."""
        for entry, is_cut in self._keys.registry.recipients():
            if entry.said.facts["kind"] in set(RecipientKind):
                yield entry, is_cut

    def _standing(self, ident: str) -> Entry:
        for entry, is_cut in self._entries():
            if entry.subject == ident and not is_cut:
                return entry
        raise RecipientGone

    def _write(self, said: Said) -> tuple[str, ...]:
        keys = self._keys
        return keys.follow(keys.registry.write(said, keys.author, stamp(self._clock)))


def _told(entry: Entry, is_cut: bool) -> Recipient:
    facts, keys = entry.said.facts, entry.said.keys
    kind, name = RecipientKind(facts["kind"]), str(facts["name"])
    card = RecipientCard(kind, name, keys["seal"].jwk, keys["sign"].jwk)
    return Recipient(
        entry.subject, kind, name, str(facts["party"]), card_words(card), keys["seal"].name, is_cut
    )

"""The recovery cards as the registry lists them: which stand, and which of them somebody holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake_app.domain.errors import BadRecoveryCard
from intake_app.vault import cards
from intake_app.vault.entry import EntryType
from intake_app.vault.scale import Scale


@dataclass(frozen=True, slots=True)
class ListedCard:
    """A card that stands.

    Attributes:
        id: Its commitment: names it, and says nothing of its words.
        recovery: Id of the recovery key that it carries, whole or in part.
        number: 1, 2 (or 3), as printed on it.
        needed: How many cards it takes.
        at: When it was made (`stamp`).
    """

    id: str
    recovery: str
    number: int
    needed: int
    at: str


@dataclass(frozen=True, slots=True)
class ListedRecovery:
    """A recovery key that was listed after the genesis, with what lets its cards in elsewhere."""

    id: str
    pin: Mapping[str, str] = field(repr=False)


class ListedCards:
    """What entries say of recovery cards.

    Args:
        scale: Which entries count.
        roots: The recovery keys of the genesis.
        agency: The department's id.
        made: When the genesis was signed.
    """

    def __init__(
        self, scale: Scale, roots: Iterable[Mapping[str, Any]], agency: str, made: str
    ) -> None:
        self._scale, self._roots, self._agency, self._made = scale, tuple(roots), agency, made

    def all(self) -> tuple[ListedCard, ...]:
        """The cards that stand, by number."""
        final = self._scale.final
        found = [
            ListedCard(
                str(card["commitment"]), ident, int(card["number"]),
                2 if said["plan"] == cards.CardPlan.PAIRS else 1, at,
            )
            for ident, said, at in self._listed()
            if not final.is_cut(ident)
            for card in said["cards"]
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda card: (card.number, card.id)))

    def check(self, words: str | Iterable[str]) -> ListedCard:
        """The drill: one card alone, without joining it to another.

        Raises:
            BadRecoveryCard: A word is wrong, or the card is none of this department's that stand.
        """
        known = cards.commitment(self._agency, cards.read_cards(words))
        for card in self.all():
            if card.id == known:
                return card
        raise BadRecoveryCard("not a card of this department")

    def recoveries(self) -> frozenset[str]:
        """Ids of the recovery keys that stand."""
        return frozenset(card.recovery for card in self.all())

    def pins(self) -> Iterator[ListedRecovery]:
        """The pins of recovery keys that came after the genesis, where their entry holds one."""
        for ident, said, _ in self._listed():
            pin: Mapping[str, Any] = said.get("pin") or {}
            is_whole = set(pin) == {"nonce", "ct"} and all(type(t) is str for t in pin.values())
            if is_whole and not self._scale.final.is_cut(ident):
                yield ListedRecovery(ident, dict(pin))

    def _listed(self) -> Iterator[tuple[str, Mapping[str, Any], str]]:
        for one in self._roots:
            yield str(one["id"]), one, self._made
        for entry in self._scale.of_type(EntryType.RECOVERY):
            yield entry.subject, entry.said.facts, entry.at

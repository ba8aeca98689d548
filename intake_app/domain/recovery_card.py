"""Recovery cards on paper: who keeps each, when it was last checked, which is checked next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Who keeps a card, and where.

    Attributes:
        name: The person, or the office.
        place: Where it lies: "safe at city hall".
    """

    name: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card that stands.

    Attributes:
        id: Opaque; it says nothing of the words.
        number: 1, 2 (or 3), as printed on it.
        needed: How many cards it takes to open the records.
        made: Day on which it was made.
        holder: Who keeps it.
        checked: Day on which it was last checked; None: never.
        checked_by: Who checked it (shown name), or empty.
        lost: Day on which it was reported lost; None: it was not.
    """

    id: str
    number: int
    needed: int
    made: date
    holder: CardHolder = CardHolder()
    checked: date | None = None
    checked_by: str = ""
    lost: date | None = None


def next_to_check(cards: Sequence[KeptCard]) -> KeptCard | None:
    """The card whose turn it is: never checked, or checked the longest ago; no lost one."""
    kept = [card for card in cards if card.lost is None]
    return min(kept, key=lambda card: (card.checked or date.min, card.number), default=None)


def check_due(cards: Sequence[KeptCard], days: int) -> date | None:
    """The day on which the next card is to be checked; None where there is none to check.

    Args:
        cards: The cards that stand.
        days: Days from one check to the next, of whichever card.
    """
    kept = [card for card in cards if card.lost is None]
    if not kept:
        return None
    checked = [card.checked for card in kept if card.checked]
    last = max(checked) if checked else max(card.made for card in kept)
    return last + timedelta(days=days)


def may_open(cards: Sequence[KeptCard]) -> bool:
    """Whether the cards that are not lost are enough to open the records."""
    kept = [card for card in cards if card.lost is None]
    return bool(kept) and len(kept) >= min(card.needed for card in kept)

"""Recovery cards on paper: who keeps them, the drill of one every quarter, one that is lost.

Of a card's words nothing is kept. The drill types one card alone and joins it to no other: it
proves that the paper can be read, and opens nothing.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import BadRecoveryCard, NoGrant
from intake_app.domain.ids import RecordId, UserId, new_record_id, record_id_of
from intake_app.domain.record import Record
from intake_app.domain.recovery_card import CardHolder, KeptCard
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.cards import CardParts, ListedCard
from intake_app.services.records.writing import fact, write

CARD: Final = "recovery.card"
"""Kind of a record in `station`: who keeps a card, and where."""

DRILL: Final = "recovery.drill"
"""Kind of a fact: a card was checked."""

LOST: Final = "recovery.lost"
"""Kind of a fact: a card is lost."""

NAME: Final = "holder"
PLACE: Final = "place"
LONGEST: Final = 80
"""Signs of a name or place."""


def cards_of(desk: Desk) -> CardParts:
    """The cards.

    Raises:
        NoGrant: This desk has none.
    """
    if desk.cards is None:
        raise NoGrant("cards")
    return desk.cards


def kept_cards(desk: Desk) -> list[KeptCard]:
    """The cards that stand, by number.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.DRILL_CARD)
    return all_cards(desk)


def all_cards(desk: Desk) -> list[KeptCard]:
    """The same for the checks, which tell no name and no place."""
    return [_kept(desk, card) for card in cards_of(desk).desk.all()]


def department_words(desk: Desk) -> tuple[str, ...]:
    """Eight words that stand for the department; each card shows them.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.DRILL_CARD)
    return tuple(cards_of(desk).desk.department_words)


def drill_card(desk: Desk, words: str) -> KeptCard:
    """Check one card alone; it is remembered which, by whom and when.

    Args:
        desk: Whose.
        words: The words of one card, as typed or scanned.

    Raises:
        NotAllowed: Not in one's roles.
        BadRecoveryCard: A word is wrong (the detail says which), or it is no card that stands.
    """
    desk.require(May.DRILL_CARD)
    try:
        card = cards_of(desk).desk.check(words)
    except BadRecoveryCard:
        desk.station.note(replace(desk.act("check recovery card"), outcome="refused"))
        raise
    _tell(desk, DRILL, card.id, "check recovery card")
    return _kept(desk, card)


def name_holder(desk: Desk, card: str, holder: CardHolder) -> KeptCard:
    """Write down who keeps a card, and where.

    Args:
        desk: Whose.
        card: Id of the card.
        holder: Who and where; empty: nobody is named any more.

    Raises:
        NotAllowed: Not in one's roles.
        BadRecoveryCard: It is no card that stands.
    """
    desk.require(May.KEEP_CARDS)
    listed = _listed(desk, card)
    fields = {NAME: holder.name.strip()[:LONGEST], PLACE: holder.place.strip()[:LONGEST]}
    change = write(desk.station, desk.person.id, CARD, record_of(card), fields)
    desk.station.apply([change], desk.act("name holder of recovery card", record_of(card)))
    return _kept(desk, listed)


def report_lost(desk: Desk, card: str) -> KeptCard:
    """Remember that a card is lost. It opens the records until new cards are made.

    Raises:
        NotAllowed: Not in one's roles.
        BadRecoveryCard: It is no card that stands.
    """
    desk.require(May.KEEP_CARDS)
    listed = _listed(desk, card)
    if _kept(desk, listed).lost is None:
        _tell(desk, LOST, card, "report recovery card lost")
    return _kept(desk, listed)


def record_of(card: str) -> RecordId:
    """The record of a card: the same at every station, before anybody has written it."""
    return record_id_of(RecordId(CARD), card)


def _tell(desk: Desk, kind: str, card: str, what: str) -> None:
    about = record_of(card)
    told = fact(desk.station, desk.person.id, kind, new_record_id(), desk.entered(), about)
    desk.station.apply([told], desk.act(what, about))


def _listed(desk: Desk, card: str) -> ListedCard:
    for one in cards_of(desk).desk.all():
        if one.id == card:
            return one
    raise BadRecoveryCard("card")


def _kept(desk: Desk, card: ListedCard) -> KeptCard:
    about = record_of(card.id)
    record, drill = desk.station.record(about), _latest(desk, about, DRILL)
    values = record.values if record else {}
    return KeptCard(
        card.id,
        card.number,
        card.needed,
        _day(card.at),
        CardHolder(str(values.get(NAME, "")), str(values.get(PLACE, ""))),
        _day(_at(drill)) if drill else None,
        desk.name_of(UserId(str(drill.values.get(facts.BY, "")))) if drill else "",
        _day(_at(lost)) if (lost := _latest(desk, about, LOST)) else None,
    )


def _latest(desk: Desk, about: RecordId, kind: str) -> Record | None:
    return max(desk.station.about(about, kind), key=_at, default=None)


def _at(record: Record) -> str:
    return str(record.values.get(facts.OPENED, ""))


def _day(at: str) -> date:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return date.min

"""New recovery cards, with an old one on the table; the old ones count until the new are proved."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from intake_app.domain.errors import BadRecoveryCard, DiskFull, StorageFailed
from intake_app.domain.recovery_card import CardHolder
from intake_app.domain.roles import May
from intake_app.services.cards.keeping import all_cards, cards_of, name_holder
from intake_app.services.cards.sheets import CardWords, card_sheet
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import add_entries
from intake_app.words import Words

PLANS: Final[Mapping[str, int]] = {"either": 2, "pairs": 3}
"""How many cards a plan has: two of which either is enough, or three of which any two are."""


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card that waits to be printed.

    Attributes:
        number: As printed on it.
        pdf: The sheet.
    """

    number: int
    pdf: bytes = field(repr=False)


def begin_new_cards(
    desk: Desk, table: str, plan: str, holders: Mapping[int, CardHolder]
) -> list[NewCard]:
    """Make new cards, to be printed; nothing is changed until `finish_new_cards`.

    Args:
        desk: Whose.
        table: Words of the cards on the table: one whole card, or two that belong together.
        plan: "either" or "pairs".
        holders: Who shall keep each new card, by its number.

    Raises:
        NotAllowed: Not in one's roles.
        BadRecoveryCard: A word is wrong (the detail says which), or another card is needed.
    """
    desk.require(May.KEEP_CARDS)
    try:
        made = cards_of(desk).desk.begin(table, plan)
    except BadRecoveryCard:
        desk.station.note(replace(desk.act("begin new recovery cards"), outcome="refused"))
        raise
    desk.station.note(desk.act("begin new recovery cards"))
    words = Words(desk.own_language)
    sheets = [
        card_sheet(
            CardWords(
                one.number, one.needed, one.words, one.department,
                holders.get(one.number, CardHolder()),
            ),
            desk.agency.name, words,
        )
        for one in made
    ]  # fmt: skip
    return [
        NewCard(one.number, desk.press.print(sheet))
        for one, sheet in zip(made, sheets, strict=True)
    ]


def give_up_new_cards(desk: Desk) -> None:
    """Forget new cards that do not count yet; the old ones go on.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_CARDS)
    cards_of(desk).desk.give_up()


def finish_new_cards(
    desk: Desk, rows: Mapping[int, str], holders: Mapping[int, CardHolder]
) -> None:
    """The new cards count from now on, the old ones no more.

    Args:
        desk: Whose.
        rows: The last row of each new card as it was read from paper, by the card's number.
        holders: Who keeps each, by its number.

    Raises:
        NotAllowed: Not in one's roles.
        NoNewCards: None were begun, or it was locked since.
        BadRecoveryCard: A row is not that of its card; the detail is "card 2".
        DiskFull: The old cards go on; it may be tried again.
        StorageFailed: The same.
    """
    desk.require(May.KEEP_CARDS)

    def store(entries: Sequence[str]) -> None:
        add_entries(desk.station, desk.person.id, entries, "new recovery cards")

    cards_of(desk).desk.finish(rows, store)
    with suppress(DiskFull, StorageFailed):  # the cards count; a name can be written later
        for card in all_cards(desk):
            if holder := holders.get(card.number):
                name_holder(desk, card.id, holder)

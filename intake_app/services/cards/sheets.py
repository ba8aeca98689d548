"""Recovery cards on paper: one sheet for each card, because each goes to another place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.domain.recovery_card import CardHolder
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card.

    Attributes:
        number: 1, 2 or 3.
        needed: How many cards it takes.
        words: Its words, in order.
        department: Words that stand for this department.
        holder: Who keeps it, where somebody is named already.
    """

    number: int
    needed: int
    words: Sequence[str]
    department: Sequence[str]
    holder: CardHolder = field(default_factory=CardHolder)


def card_sheet(card: CardWords, department: str, words: Words) -> Sheet:
    """A card as a sheet, in the language of the window."""
    if card.needed == 1:
        rule = words.text("This card alone opens all records of the department.")
    else:
        rule = words.text("Two cards together open all records of the department.")
    parts = (
        Part(BlockType.HEADING, words.text("Recovery card {number}", number=card.number), level=1),
        Part(BlockType.PARAGRAPH, rule, style="lead"),
        Part(BlockType.TABLE, rows=_rows_of_four(card.words), header=("1", "2", "3", "4")),
        Part(BlockType.PARAGRAPH, " ".join(card.words).upper(), style="square"),
        Part(BlockType.HEADING, words.text("How to keep it")),
        Part(
            BlockType.BULLETS,
            bullets=(
                words.text("Put it in a sealed envelope, in a safe, away from the computer."),
                words.text("Do not copy it, photograph it or type it anywhere else."),
                words.text("Write on the envelope who keeps it and since when."),
                words.text("Check it every quarter: the program asks for one card alone."),
                words.text("A scanner that types can read the square code instead of the words."),
            ),
        ),
        *_kept_by(card.holder, words),
        Part(BlockType.HEADING, words.text("This department")),
        Part(BlockType.PARAGRAPH, " ".join(card.department)),
    )
    title = words.text("Recovery card {number}", number=card.number)
    return Sheet(title, words.language, Letterhead(department), parts)


def _kept_by(holder: CardHolder, words: Words) -> tuple[Part, ...]:
    told = ((words.text("Name"), holder.name), (words.text("Place"), holder.place))
    if not holder.name and not holder.place:
        return ()
    return Part(BlockType.HEADING, words.text("Who keeps it")), Part(BlockType.FACTS, rows=told)


def _rows_of_four(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    rest = iter(f"{place}. {word}" for place, word in enumerate(words, 1))
    return tuple(iter(lambda: tuple(islice(rest, 4)), ()))

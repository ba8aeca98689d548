"""The recovery cards that stand: who keeps each, when it was checked, what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from intake_app.domain.recovery_card import KeptCard
from intake_app.ui.parts.blocks_card import Act, Block, BlocksCard
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class ListCard(BlocksCard):
    """One block for each card.

    Signals:
        holder_asked: Somebody else keeps this one (a `KeptCard`).
        lost_asked: This one is lost (a `KeptCard`).
    """

    holder_asked = Signal(object)
    lost_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme, *, may_keep: bool) -> None:
        super().__init__(words.text("The cards"), theme)
        self._words, self._may_keep = words, may_keep

    def show_cards(self, cards: Sequence[KeptCard], department: Sequence[str]) -> None:
        """Show them anew; the cursor stays at its button."""
        of_all = self._words.text(
            "The department's words, on each of its cards: {words}", words=" ".join(department)
        )
        blocks = [self._block(card) for card in cards]
        self.show_blocks(blocks, of_all, self._words.text("There are no cards."))

    def _block(self, card: KeptCard) -> Block:
        title = self._words.text("Card {n}", n=card.number)
        chip = self._words.text("lost") if card.lost else ""
        acts = self._acts(card, title) if self._may_keep else ()
        return Block(card.id, title, chip, self._sentences(card), acts)

    def _sentences(self, card: KeptCard) -> list[str]:
        say, language = self._words.text, self._words.language
        holder, checked = card.holder, card.checked
        if holder.name and holder.place:
            kept = say("Kept by {name}: {place}", name=holder.name, place=holder.place)
        elif holder.name or holder.place:
            kept = say("Kept by {name}", name=holder.name or holder.place)
        else:
            kept = say("Nobody is named who keeps it.")
        made = say("Made on {day}.", day=short_date(card.made, language))
        if checked is None:
            told = say("Not checked yet.")
        elif card.checked_by:
            told = say(
                "Checked on {day} by {name}.",
                day=short_date(checked, language), name=card.checked_by,
            )  # fmt: skip
        else:
            told = say("Checked on {day}.", day=short_date(checked, language))
        said = [kept, f"{made} {told}"]
        if card.lost:
            day = short_date(card.lost, language)
            said.append(say("Reported lost on {day}. Whoever finds it can open the records until "
                            "new cards are made.", day=day))  # fmt: skip
        return said

    def _acts(self, card: KeptCard, title: str) -> list[Act]:
        say = self._words.text
        holder = Act(
            "holder", say("Who keeps it…"), say("{card}: who keeps it", card=title),
            lambda: self.holder_asked.emit(card),
        )  # fmt: skip
        if card.lost:
            return [holder]
        return [holder, Act(
            "lost", say("It is lost…"), say("{card}: it is lost", card=title),
            lambda: self.lost_asked.emit(card),
        )]  # fmt: skip

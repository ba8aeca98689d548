"""What is wrong with the words of a recovery card, in words."""

from intake_app.domain.errors import BadRecoveryCard
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words


def say_card_error(error: BaseException, words: Words) -> str:
    """Name the word or the card that is wrong, where one is known."""
    if not isinstance(error, BadRecoveryCard):
        return sentence_for(error, words)
    kind, _, number = error.detail.partition(" ")
    if kind == "word" and number.isdigit():
        return words.text("Word {n} is not right. Check it against the card.", n=number)
    if kind == "card" and number.isdigit():
        return words.text(
            "The row of new card {n} is not right. Read it from the paper once more.", n=number
        )
    told = {
        "another card is needed": words.text("Type the words of two cards that belong together."),
        "not a card of this department": words.text(
            "This is no card of this department, or it was replaced by newer ones."
        ),
        "number of words": words.text("A card has 16 or 32 words. Type all of them."),
    }
    return told.get(error.detail, sentence_for(error, words))

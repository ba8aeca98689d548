"""Names of holidays, which the calendar knows in English alone, in the language of the window."""

from typing import Final

from intake_app.words import Words, mark

HOLIDAYS: Final = (
    mark("New Year's Day"), mark("Martin Luther King Jr. Day"), mark("Inauguration Day"),
    mark("Lincoln's Birthday"), mark("Presidents' Day"), mark("Washington's Birthday"),
    mark("Good Friday"), mark("Memorial Day"), mark("Juneteenth National Independence Day"),
    mark("Independence Day"), mark("Labor Day"), mark("Columbus Day"),
    mark("Indigenous Peoples' Day"), mark("Election Day"), mark("Veterans Day"),
    mark("Thanksgiving Day"), mark("Day After Thanksgiving"), mark("Christmas Eve"),
    mark("Christmas Day"), mark("Day After Christmas"), mark("New Year's Eve"),
)  # fmt: skip
"""Of the United States; what one state alone keeps has a name of its own."""

_OBSERVED: Final = " (observed)"
_AND: Final = "; "


def holiday_in_words(name: str, words: Words) -> str:
    """Say "Independence Day (observed)"; a name that is not known stays as it is."""
    return _AND.join(_one(part, words) for part in name.split(_AND))


def _one(name: str, words: Words) -> str:
    plain = name.removesuffix(_OBSERVED)
    said = words.text(plain) if plain in HOLIDAYS else plain
    return said if plain == name else words.text("{name} (observed)", name=said)

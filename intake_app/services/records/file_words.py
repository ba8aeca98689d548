"""What each file of records is called in words: on every page, paper and line the same."""

from typing import Final

from intake_app.domain.roles import Compartment
from intake_app.words import Words, mark

_FILES: Final = {
    Compartment.STATION: mark("the department's file"),
    Compartment.CARE: mark("care records"),
    Compartment.CASES: mark("held cases"),
    Compartment.SEALED: mark("sealed cases"),
}


def file_in_words(compartment: Compartment, words: Words) -> str:
    """What a file holds, in words."""
    return words.text(_FILES[compartment])

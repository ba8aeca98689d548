"""What does not fit on a paper is named by its heading there, in the person's own language."""

import pytest

from intake_app.domain.errors import PaperTooLong
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The text does not fit on this paper. Shorten what stands under “Person”."),
        ("es", "El texto no cabe en este papel. Acorte lo que está bajo “Person”."),
    ],
)
def test_the_part_to_shorten_is_named(language: str, said: str) -> None:
    assert sentence_for(PaperTooLong("Person"), Words(language)) == said


def test_a_card_says_what_to_do_without_a_part() -> None:
    assert sentence_for(PaperTooLong(), Words("en")).endswith("Shorten the longest answer.")

"""What would leave in an export, in words: on the page, in the command, everywhere the same."""

from collections.abc import Iterator
from typing import Final

from intake_app.domain.export import Reach
from intake_app.services.exports.ask import KEPT_APART, NO_CONSENT, NOT_BY_THIS, Prepared
from intake_app.words import Words, mark

_REACH: Final = {
    Reach.NOBODY: mark("It tells of nobody: figures alone, and small ones are not told."),
    Reach.CODED: mark(
        "One line a person, with codes and years; no name. Who knows somebody well could still "
        "guess their line."
    ),
    Reach.DATED: mark(
        "One line a person, with exact days; no name. Who knows somebody could find their line."
    ),
    Reach.NAMED: mark("It can name people: it holds names, places, or words that people typed."),
}
_INTERNAL: Final = mark("Not for release: small figures are told, and can tell who somebody is.")


def reach_in_words(reach: Reach, words: Words) -> str:
    """How near it comes to a person, in a sentence."""
    return words.text(_REACH[reach])


def leaving_lines(prepared: Prepared, words: Words) -> Iterator[str]:
    """What leaves this computer, a sentence a line: how much, of whom, what not, what is wrong."""
    ask = prepared.ask
    yield words.plural("{n} line", "{n} lines", prepared.rows) + (
        "" if not prepared.people else " · " + words.plural(
            "of {n} person", "of {n} people", prepared.people
        )
    )  # fmt: skip
    yield words.text(_INTERNAL) if ask.is_internal else reach_in_words(prepared.reach, words)
    names = ", ".join(name for name, _ in prepared.columns)
    yield words.text("Columns: {names}", names=names)
    yield from _left_out(prepared, words)
    if prepared.incomplete:
        yield words.plural(
            "{n} line lacks something that is required.",
            "{n} lines lack something that is required.", prepared.incomplete,
        )  # fmt: skip
    for code, count in prepared.strange.items():
        yield words.plural(
            "A code has no translation in the mapping and is left empty: {code} ({n} time)",
            "A code has no translation in the mapping and is left empty: {code} ({n} times)",
            count, code=code,
        )  # fmt: skip
    if prepared.hidden:
        yield words.plural(
            "{n} figure is not told, so that nobody can be recognized.",
            "{n} figures are not told, so that nobody can be recognized.", prepared.hidden,
        )  # fmt: skip


def _left_out(prepared: Prepared, words: Words) -> Iterator[str]:
    for one in prepared.left_out:
        if one.why == NO_CONSENT:
            yield words.plural(
                "{n} line is left out: no consent lets it go there.",
                "{n} lines are left out: no consent lets them go there.", one.number,
            )  # fmt: skip
        elif one.why == KEPT_APART:
            yield words.plural(
                "{n} line is kept from you, and left out.",
                "{n} lines are kept from you, and left out.", one.number,
            )  # fmt: skip
        elif one.why == NOT_BY_THIS:
            yield words.plural(
                "{n} line is left out: this reason does not hold for its file.",
                "{n} lines are left out: this reason does not hold for their file.", one.number,
            )  # fmt: skip

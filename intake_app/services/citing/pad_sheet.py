"""The blank citation of a pad: the program is known, the person is not."""

from dataclasses import replace
from typing import Final

from intake_app.domain.condition import Condition
from intake_app.domain.errors import PaperMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.numbering import receipt_number
from intake_app.domain.paper import Paper, Sheet
from intake_app.domain.terms import ConditionTerm, Terms
from intake_app.services.case.conditions import measures_of
from intake_app.services.case.held import stands, terms_of
from intake_app.services.citing.case_words import AroundCase, with_amount
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.frames import frame_for
from intake_app.words import Words

PAPER: Final = "citation"
_LAST: Final = 99_999  # as wide as a number gets: what fits with it fits with each


def blank_citation(
    desk: Desk, guide: Guide, officer: str, language: str, number: str = ""
) -> Sheet:
    """A citation to fill in by hand: nothing on it is of a person but the officer's name.

    Args:
        desk: Where.
        guide: The program.
        officer: Shown name.
        language: Of the paper (ISO 639).
        number: The number to put; the press puts another wherever it stands. Empty: a long one.

    Raises:
        PaperMissing: The program has no citation.
    """
    year = desk.clock.local().year
    number = number or receipt_number(desk.agency.prefix, year, desk.station_letter, _LAST)
    frame = frame_for(desk, _paper(desk, guide), language, number, "")
    around = program_around(desk, guide)
    bring = around.tables(language)["bring"]
    frame = replace(
        frame, is_blank=True,
        extra={**frame.extra, **_words(around, officer, language)},
        tables={"bring": bring, "duties": _duties(desk, guide, language)},
    )  # fmt: skip
    return desk.library.compose(PAPER, guide, {}, frame)


def program_around(desk: Desk, guide: Guide) -> AroundCase:
    """The words of a program's door, without a case."""
    return AroundCase(desk, guide, (), (), stands(desk, (), terms_of(guide)))


def _paper(desk: Desk, guide: Guide) -> Paper:
    """The program's citation, as it is offered to whoever says yes."""
    decision = guide.form.facts.get("decision", "decision")
    offered = desk.library.papers(guide, {decision: "accepted"})
    found = [paper for paper in offered if paper.id == PAPER]
    if not found:
        raise PaperMissing(PAPER)
    return found[0]


def _words(around: AroundCase, officer: str, language: str) -> dict[str, str]:
    told = around.words(language)
    kept = {name: said for name, said in told.items() if name.startswith(("place_", "agency_"))}
    until = complete_in_words(terms_of(around.guide), Words(language))
    return {**kept, "officer_name": officer, "complete_by": until}


def complete_in_words(terms: Terms, words: Words) -> str:
    """Say "day 90 after it was issued": on a blank the day itself is not known."""
    if terms.complete_months:
        return words.plural(
            "the day one month after it was issued", "the day {n} months after it was issued",
            terms.complete_months,
        )  # fmt: skip
    return _day_after(terms.complete_days, words)


def _day_after(days: int, words: Words) -> str:
    return words.text("day {n} after it was issued", n=days) if days else ""


def _duties(desk: Desk, guide: Guide, language: str) -> list[tuple[str, str]]:
    words = Words(language)
    measures = measures_of(desk)
    return [
        (with_amount(_planned(term, measures.get(term.type, "")), words),
         _day_after(term.due_days, words))
        for term in terms_of(guide).conditions
    ]  # fmt: skip


def _planned(term: ConditionTerm, measure: str) -> Condition:
    return Condition(
        RecordId(""), term.type, term.label, "", term.amount, measure, term.is_waivable
    )

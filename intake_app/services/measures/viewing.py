"""What the pages of numbers show: a whole board, or one measure; told figures with their words.

A page is handed what may be told, or, where it asks for the internal view, all of it, marked "not
for release". What was counted itself never comes to a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.figure import Figure
from intake_app.domain.measure import Cut, Family, Kind, Measure, Question, Unit
from intake_app.domain.release_errors import CountedMore
from intake_app.domain.roles import May
from intake_app.domain.told import ToldFigure
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.asking import answer_all, ask, cuts_of, families_of, question_of
from intake_app.services.measures.periods import Period, months_back
from intake_app.services.measures.saying import why_not_shown
from intake_app.services.measures.telling import tell, tell_all
from intake_app.words import Words

_MONTHS: Final = 12
_BY_MONTH: Final = "month"


@dataclass(frozen=True, slots=True)
class View:
    """One figure as a page shows it.

    Attributes:
        told: What may be told.
        asked: What was asked, with the words of its codes; its own figure is empty.
        cuts: By what the measure may be cut here.
    """

    told: ToldFigure
    asked: Asked
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """All measures of some days, in groups.

    Attributes:
        groups: In the order of the page; groups without a measure are left out.
        waiting: Changes to records that are not counted yet.
        trend: The first step of the funnel by month, a year back; None: there is no such measure.
    """

    groups: tuple[tuple[Family, tuple[View, ...]], ...]
    waiting: int = 0
    trend: View | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted in these days."""
        views = [view for _, views in self.groups for view in views]
        return not any(view.told.hidden or _counted(view.told) for view in views)

    def why_not_shown(self, words: Words) -> str:
        """Why numbers are not shown; empty where all are."""
        told = (why_not_shown(view.told, words) for _, views in self.groups for view in views)
        return next(filter(None, told), "")


def board(desk: Desk, period: Period, *, is_internal: bool = False) -> Board:
    """All measures of some days.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    groups = families_of(desk)
    known = {one.id: one for _, measures in groups for one in measures}
    asked = [question_of(desk, one, period.since, period.until) for one in known.values()]
    trend = _trend(desk, known.values())
    answers = answer_all(desk, [*asked, *trend])
    told = tell_all(desk, answers, for_release=False) if is_internal else _agreed(desk, answers)
    views = [View(figure, _without_figure(one)) for figure, one in zip(told, answers, strict=True)]
    found = dict(zip(known, views, strict=False))
    shown = [(family, tuple(found[one.id] for one in measures)) for family, measures in groups]
    return Board(
        tuple(group for group in shown if group[1]),
        max((one.waiting for one in answers), default=0),
        views[-1] if trend else None,
    )


def _trend(desk: Desk, measures: Iterable[Measure]) -> list[Question]:
    """How many came each month; told together with the rest, because it shares its people."""
    for one in measures:
        if one.kind is Kind.COUNT and one.unit is Unit.RECORD:
            year = months_back(desk, _MONTHS)
            return [question_of(desk, one, year.since, year.until, [_BY_MONTH])]
    return []


def view(
    desk: Desk, measure: str, period: Period, cuts: Sequence[str] = (), *, is_internal: bool = False
) -> View:
    """One measure, cut by up to two cuts.

    Raises:
        NotAllowed: This hat sees no numbers.
        MeasureMissing: There is no such measure.
        CutMissing: There is no such cut, or it is not for this person.
    """
    desk.require(May.SEE_NUMBERS)
    asked = ask(desk, measure, period.since, period.until, cuts)
    figure = tell(desk, asked, for_release=False) if is_internal else _agreed(desk, [asked])[0]
    return View(figure, _without_figure(asked), tuple(cuts_of(desk, measure)))


def _agreed(desk: Desk, asked: Sequence[Asked]) -> list[ToldFigure]:
    """As they may be told beside what left of them: a page is copied, saved and printed.

    A line of the board says no more than the page behind it.

    Who holds fewer files than a release counted cannot reckon it again, and sees their own numbers
    by themselves; a report of theirs is refused (`telling.tell_all`).
    """
    try:
        return tell_all(desk, asked, is_report=True)
    except CountedMore:
        return tell_all(desk, asked)


def _without_figure(asked: Asked) -> Asked:
    figure = asked.figure
    return replace(asked, figure=Figure(figure.measure, figure.since, figure.until, figure.cuts))


def _counted(figure: ToldFigure) -> bool:
    whole = figure.whole
    return bool(whole.number or whole.base or any(whole.parts.values()))

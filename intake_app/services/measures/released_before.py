"""What was released, and what of it a new report has to agree with.

A release lies in the `station` file, so it is read without the key of any file of people. It holds
figures as they were told and nothing of what was counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.domain.measure import Question
from intake_app.domain.record import Record
from intake_app.domain.release_errors import CountedMore, ReleaseGone
from intake_app.domain.told import ALL_OTHER, ToldFigure
from intake_app.domain.told_before import Earlier
from intake_app.domain.told_links import segments
from intake_app.domain.told_web import Draft
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.asking import answer_all, question_of
from intake_app.services.measures.periods import Period
from intake_app.services.measures.release_lines import made

RELEASE: Final = "numbers_released"

EXPORT: Final = "export"
"""Kind of a fact: that an export left. Of told figures it holds them, as a release does."""

LEFT: Final = (RELEASE, EXPORT)
"""Kinds of what holds figures that left."""

Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A figure of a release.

    Attributes:
        told: As it was told.
        files: The files that were counted.
    """

    told: ToldFigure
    files: tuple[str, ...]


def earlier_of(desk: Desk, asked: Sequence[Asked]) -> tuple[list[Earlier], list[Draft]]:
    """What was released and is bound to some figures by its days, asked again today.

    Args:
        desk: Who asks.
        asked: The new figures.

    Returns:
        Earlier figures; and figures of the days between, which are never shown: where periods
        overlap, their difference is a number as well.

    Raises:
        CountedMore: They counted files that this person does not hold.
    """
    wanted: defaultdict[str, set[Days]] = defaultdict(set)
    for one in asked:
        wanted[one.measure.id].add((one.question.since, one.question.until))
    before = list(_bound(desk, wanted))
    if not before:
        return [], []
    held = {file for one in asked for file in one.files}
    if not {file for _, one in before for file in one.files} <= held:
        raise CountedMore
    again = answer_all(desk, [_again(desk, one.told)
                              for _, one in before])  # fmt: skip
    earlier = [Earlier(day, _draft(new, one.told))
               for (day, one), new in zip(before, again, strict=True)]  # fmt: skip
    return earlier, _between(desk, asked, [one for _, one in before])


def record_of_release(desk: Desk, release: RecordId) -> Record:
    """The record of a release.

    Raises:
        ReleaseGone: There is none.
    """
    record = desk.station.record(release)
    if record is None or record.kind != RELEASE:
        raise ReleaseGone
    return record


def figures_in(record: Record) -> list[ReleasedFigure]:
    """The figures of a release, or of an export."""
    return made(list[ReleasedFigure], record.values["figures"])


def how_often_figures_left(desk: Desk) -> int:
    """How many releases and exports of figures there are."""
    return len(_that_left(desk))


def tables_released(desk: Desk, period: Period) -> frozenset[tuple[str, str]] | None:
    """The tables of the newest release of some days: measure and cut; None: there is none."""
    days = (period.since, period.until)
    found = [one for one in desk.station.of_kind(RELEASE) if _days(one) == days]
    if not found:
        return None
    newest = max(found, key=lambda one: (str(one.values["released_at"]), one.id))
    told = (one.told for one in figures_in(newest))
    return frozenset((one.measure.id, one.cuts[0]) for one in told if one.cuts)


# --- inside -----------------------------------------------------------------------------


def _days(record: Record) -> Days:
    period = made(Period, record.values["period"])
    return period.since, period.until


def _that_left(desk: Desk) -> list[Record]:
    found = [record for kind in LEFT for record in desk.station.of_kind(kind)]
    return [record for record in found if record.values.get("figures")]


def _bound(desk: Desk, wanted: Mapping[str, set[Days]]) -> Iterable[tuple[str, ReleasedFigure]]:
    """Figures of the same measures whose days touch those that are asked, or touch such ones."""
    released = [
        (str(record.values["day"]), one)
        for record in _that_left(desk) for one in figures_in(record)
    ]  # fmt: skip
    for ident, days in wanted.items():
        mine = [(day, one) for day, one in released if one.told.measure.id == ident]
        near = _touching(days, {(one.told.since, one.told.until) for _, one in mine})
        yield from ((day, one) for day, one in mine if (one.told.since, one.told.until) in near)


def _touching(days: Iterable[Days], others: set[Days]) -> set[Days]:
    found, stack = set[Days](), list(days)
    while stack:
        since, until = stack.pop()
        near = {one for one in others - found if one[0] <= until and since <= one[1]}
        found |= near
        stack.extend(near)
    return found


def _again(desk: Desk, told: ToldFigure) -> Question:
    """By the definition of then: where it has changed, the difference is a number too."""
    return question_of(desk, told.measure, told.since, told.until, told.cuts, told.only)


def _draft(asked: Asked, told: ToldFigure | None, *, is_shown: bool = True) -> Draft:
    merged = {one.cut: one.codes for one in told.rolled_up if one.to == ALL_OTHER} if told else {}
    scope = tuple((cut.id, codes) for cut, codes in asked.question.only)
    return Draft(asked.figure, scope, merged, told, is_shown, files=asked.files)


def _between(desk: Desk, asked: Sequence[Asked], before: Sequence[ReleasedFigure]) -> list[Draft]:
    """The days of which periods are made that overlap without one lying in the other."""
    questions: list[Question] = []
    for one in asked:
        days = (one.question.since, one.question.until)
        mine = {(old.told.since, old.told.until) for old in before
                if old.told.measure.id == one.measure.id}  # fmt: skip
        if any(_cross(a, b) for a in {days, *mine} for b in mine):
            questions += [
                replace(one.question, since=since, until=until)
                for since, until in segments({days, *mine}) if (since, until) not in {days, *mine}
            ]  # fmt: skip
    return [_draft(one, None, is_shown=False) for one in answer_all(desk, questions)]


def _cross(one: Days, other: Days) -> bool:
    """Whether periods overlap and none lies in the other."""
    is_apart = one[1] < other[0] or other[1] < one[0]
    is_inside = (one[0] <= other[0] and other[1] <= one[1]) or (
        other[0] <= one[0] and one[1] <= other[1])  # fmt: skip
    return not is_apart and not is_inside

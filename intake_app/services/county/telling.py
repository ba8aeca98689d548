"""What may be told of a county's figures, beside what departments know and what was told before.

Each report that leaves is kept in `station`, as told. When a department's extract comes late and
the county is counted again, the difference of the two reports is that department; so a number that
changed by a few is not told anew (`domain.told_before`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from intake_app.domain.county_errors import CountyToldBefore
from intake_app.domain.figure import Figure
from intake_app.domain.ids import new_record_id
from intake_app.domain.measure import Cut, Question
from intake_app.domain.measure_period import codes_within
from intake_app.domain.rolling_up import COARSER, small_groups
from intake_app.domain.suppression import told_together
from intake_app.domain.told import ALL_OTHER, RollUp, ToldFigure
from intake_app.domain.told_before import Earlier
from intake_app.domain.told_web import Draft
from intake_app.services.county.plan import Plan
from intake_app.services.desk import Desk
from intake_app.services.measures.release_lines import made, plain
from intake_app.services.needs.county import CountyRows
from intake_app.services.records.writing import fact

if TYPE_CHECKING:
    from intake_app.domain.change import Value

COUNTY_TOLD: Final = "county.told"
"""Kind of a fact in `station`, {"day", "since", "until", "figures"}: a report that left."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure, and what each department gave to it.

    Attributes:
        question: What was asked.
        figure: Over all departments.
        each: Of each department by itself.
    """

    question: Question
    figure: Figure
    each: tuple[Figure, ...] = ()

    @property
    def draft(self) -> Draft:
        """To be told: whoever knows their own share must not find others in the rest."""
        return Draft(self.figure, known=self.each)


def count_all(plan: Plan, rows: CountyRows) -> list[Counted]:
    """Count what a plan asks; nothing where a department has not entered a number for it."""
    return [
        _nothing(question) if missing else _counted(rows, question)
        for question, missing in zip(plan.questions, plan.missing, strict=True)
    ]


def told_county(desk: Desk, rows: CountyRows, counted: Sequence[Counted]) -> list[ToldFigure]:
    """What may be told; tables that would be mostly blank are made coarser.

    Raises:
        CountyToldBefore: A report of other days, which overlap these, left before.
    """
    month, least = desk.agency.fiscal_month, desk.agency.small_cell
    earlier = list(_earlier(desk, rows, counted))

    def together(drafts: Sequence[Draft]) -> list[ToldFigure]:
        return told_together(list(drafts), least, earlier, fiscal_month=month)

    drafts = [one.draft for one in counted]
    told = together(drafts)
    coarser = [
        _coarser(desk, rows, one) if figure.is_mostly_hidden else one.draft
        for one, figure in zip(counted, told, strict=True)
    ]
    if coarser == drafts:
        return told
    return [
        _noted(figure, one) if figure.cuts else figure
        for figure, one in zip(together(coarser), counted, strict=True)
    ]


def keep_told(desk: Desk, days: tuple[str, str], figures: Sequence[ToldFigure]) -> None:
    """Keep what leaves; a part of the acts that asked for the role. The same is kept once."""
    lines: Value = plain(tuple(figures))
    known = [one.values["figures"] for one in desk.station.of_kind(COUNTY_TOLD)]
    if lines in known:
        return
    said: dict[str, Value] = {
        "day": desk.clock.local().date().isoformat(), "since": days[0], "until": days[1],
        "figures": lines, **desk.entered(),
    }  # fmt: skip
    change = fact(desk.station, desk.person.id, COUNTY_TOLD, new_record_id(), said)
    desk.station.apply([change], desk.act("export county numbers", change.record))


# --- inside -----------------------------------------------------------------------------


def _counted(rows: CountyRows, question: Question) -> Counted:
    return Counted(question, rows.ask(question), tuple(rows.ask_each(question).values()))


def _nothing(question: Question) -> Counted:
    left = {one.id: 0 for one in question.measure.exclusions}
    return Counted(
        question, Figure(question.measure, question.since, question.until, excluded=left)
    )


def _coarser(desk: Desk, rows: CountyRows, one: Counted) -> Draft:
    cuts = tuple(_longer(desk, one.question, cut) for cut in one.question.cuts)
    if cuts != one.question.cuts:
        one = _counted(rows, replace(one.question, cuts=cuts))
    return replace(one.draft, merged=small_groups(one.figure, desk.agency.small_cell))


def _longer(desk: Desk, question: Question, cut: Cut) -> Cut:
    """The cut by longer days of which the period has more than one, or the same cut."""
    longer = COARSER.get(cut.grain, "")
    if not longer:
        return cut
    month = desk.agency.fiscal_month
    many = len(list(codes_within(longer, question.since, question.until, month)))
    known = {one.grain: one for one in desk.library.cuts() if one.grain}
    return known.get(longer, cut) if many > 1 else cut


def _noted(figure: ToldFigure, one: Counted) -> ToldFigure:
    longer = tuple(
        RollUp(before.id, now)
        for before, now in zip(one.question.cuts, figure.cuts, strict=True) if before.id != now
    )  # fmt: skip
    return replace(figure, rolled_up=(*longer, *figure.rolled_up))


def _earlier(desk: Desk, rows: CountyRows, counted: Sequence[Counted]) -> Iterator[Earlier]:
    """What was told of the same days or of days within, asked again of what came now."""
    asked = {one.question.measure.id: one.question for one in counted}
    known = {_key(one.question): one for one in counted}
    cuts = {cut.id: cut for cut in desk.library.cuts()}
    for record in desk.station.of_kind(COUNTY_TOLD):
        day = str(record.values["day"])
        for told in made(list[ToldFigure], record.values["figures"]):
            question = asked.get(told.measure.id)
            if question is None or told.until < question.since or question.until < told.since:
                continue
            if not question.since <= told.since <= told.until <= question.until:
                raise CountyToldBefore
            if not set(told.cuts) <= cuts.keys():
                continue
            again = replace(
                question, since=told.since, until=told.until,
                cuts=tuple(cuts[name] for name in told.cuts),
            )  # fmt: skip
            if _key(again) not in known:
                known[_key(again)] = _counted(rows, again)
            merged = {one.cut: one.codes for one in told.rolled_up if one.to == ALL_OTHER}
            yield Earlier(day, replace(known[_key(again)].draft, merged=merged, before=told))


def _key(question: Question) -> tuple[str, ...]:
    cuts = (cut.id for cut in question.cuts)
    return (question.measure.id, question.since, question.until, *cuts)

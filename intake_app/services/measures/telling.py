"""What may be told of figures that were asked: by the department's own threshold, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake_app.domain.measure import Cut, Question
from intake_app.domain.measure_period import codes_within
from intake_app.domain.roles import May
from intake_app.domain.rolling_up import COARSER, small_groups
from intake_app.domain.suppression import internal, told_together
from intake_app.domain.told import RollUp, ToldFigure
from intake_app.domain.told_before import Earlier
from intake_app.domain.told_web import Draft
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.asking import answer_all
from intake_app.services.measures.released_before import earlier_of


def tell(desk: Desk, asked: Asked, *, for_release: bool = True) -> ToldFigure:
    """What may be told of one figure that is told alone; else as `tell_all`.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    return tell_all(desk, [asked], for_release=for_release)[0]


def tell_all(
    desk: Desk, asked: Sequence[Asked], *, for_release: bool = True, is_report: bool = False
) -> list[ToldFigure]:
    """What may be told of figures that are read side by side.

    Args:
        desk: Whose.
        asked: What came of asking.
        for_release: Else everything, marked "Not for release".
        is_report: It is a report that leaves: it has to agree with all that were released.

    Raises:
        NotAllowed: Not in this person's roles.
        CountedMore: An earlier release counted files that this person does not hold.
    """
    desk.require(May.SEE_NUMBERS)
    drafts = [Draft(one.figure, _scope(one), files=one.files) for one in asked]
    if not for_release:
        return [internal(one.figure, one.scope) for one in drafts]
    bridges = _bridges(desk.library.cuts())
    earlier, between = earlier_of(desk, asked) if is_report else ([], [])
    earlier += _wholes(desk, asked)

    def together(some: Sequence[Draft]) -> list[ToldFigure]:
        return told_together([*some, *between], desk.agency.small_cell, earlier,
                             desk.agency.fiscal_month, bridges)  # fmt: skip

    told = together(drafts)
    coarser = [
        _coarser(desk, one, draft) if figure.is_mostly_hidden else draft
        for one, draft, figure in zip(asked, drafts, told, strict=True)
    ]
    if coarser == drafts:
        return told
    return [
        _noted(figure, one) if figure.cuts else figure
        for figure, one in zip(together(coarser), asked, strict=True)
    ]


# --- inside -----------------------------------------------------------------------------


def _bridges(cuts: Iterable[Cut]) -> dict[tuple[str, str], tuple[str, str]]:
    """Codes of bridged cuts to which one code of the finer cut alone leads."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for cut in cuts:
        for code in {*cut.bridge.values()} - {"", cut.none_as, cut.several_as}:
            sources = [source for source, to in cut.bridge.items() if to == code]
            if len(sources) == 1:
                found[cut.id, code] = cut.of, sources[0]
    return found


def _wholes(desk: Desk, asked: Iterable[Asked]) -> list[Earlier]:
    """Of what was asked of some codes alone, all: anybody may have read it, as it is told alone."""
    some = [one.question for one in asked if one.question.only]
    if not some:
        return []
    found = answer_all(desk, [replace(one, only=()) for one in some])
    drafts = [Draft(one.figure, files=one.files) for one in found]
    month, least = desk.agency.fiscal_month, desk.agency.small_cell
    return [
        Earlier("", replace(one, before=told_together([one], least, fiscal_month=month)[0]))
        for one in drafts
    ]


def _coarser(desk: Desk, asked: Asked, draft: Draft) -> Draft:
    """A table that would be mostly blank, by longer days and with small groups as one."""
    question = asked.question
    cuts = tuple(_longer(desk, question, cut) for cut in question.cuts)
    if cuts != question.cuts:
        (again,) = answer_all(desk, [replace(question, cuts=cuts)])
        draft = replace(draft, figure=again.figure)
    return replace(draft, merged=small_groups(draft.figure, desk.agency.small_cell))


def _longer(desk: Desk, question: Question, cut: Cut) -> Cut:
    """The cut by longer days of which the period has more than one, or the same cut."""
    month = desk.agency.fiscal_month
    coarser = COARSER.get(cut.grain, "")
    if not coarser:
        return cut
    many = len(list(codes_within(coarser, question.since, question.until, month)))
    known = {one.grain: one for one in desk.library.cuts() if one.grain}
    return known.get(coarser, cut) if many > 1 else cut


def _noted(figure: ToldFigure, asked: Asked) -> ToldFigure:
    """Say of longer days what they stand for."""
    longer = tuple(
        RollUp(before.id, now) for before, now in zip(asked.cuts, figure.cuts, strict=True)
        if before.id != now
    )  # fmt: skip
    return replace(figure, rolled_up=(*longer, *figure.rolled_up))


def _scope(asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((cut.id, codes) for cut, codes in asked.question.only)

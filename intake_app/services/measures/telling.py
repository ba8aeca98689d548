"""What may be told of figures that were asked: by the department's own threshold, side by side."""

from collections.abc import Sequence

from intake_app.domain.roles import May
from intake_app.domain.suppression import internal, told_together
from intake_app.domain.told import ToldFigure
from intake_app.domain.told_web import Draft
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
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
    earlier, between = earlier_of(desk, asked) if is_report else ([], [])
    return told_together([*drafts, *between], desk.agency.small_cell, earlier,
                         fiscal_month=desk.agency.fiscal_month)  # fmt: skip


def _scope(asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((cut.id, codes) for cut, codes in asked.question.only)

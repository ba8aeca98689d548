"""What may be told of figures that were asked: by the department's own threshold, side by side."""

from collections.abc import Sequence

from intake_app.domain.roles import May
from intake_app.domain.suppression import internal, told_together
from intake_app.domain.told import ToldFigure
from intake_app.domain.told_web import Draft
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked


def tell(desk: Desk, asked: Asked, *, for_release: bool = True) -> ToldFigure:
    """What may be told of one figure that is told alone; else as `tell_all`.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    return tell_all(desk, [asked], for_release=for_release)[0]


def tell_all(desk: Desk, asked: Sequence[Asked], *, for_release: bool = True) -> list[ToldFigure]:
    """What may be told of figures that are read side by side.

    Args:
        desk: Whose.
        asked: What came of asking.
        for_release: Else everything, marked "Not for release".

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_NUMBERS)
    drafts = [Draft(one.figure, _scope(one)) for one in asked]
    if not for_release:
        return [internal(one.figure, one.scope) for one in drafts]
    return told_together(drafts, desk.agency.small_cell, fiscal_month=desk.agency.fiscal_month)


def _scope(asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((cut.id, codes) for cut, codes in asked.question.only)

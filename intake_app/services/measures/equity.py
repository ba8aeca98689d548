"""Is everybody treated alike: a rate by group, seen against a group that the user chooses.

Made of told figures alone, so a group below the threshold has no rate here either. Groups stand in
the order of their code table; nobody is ranked, and no group is the reference unless it is chosen.
"""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

from intake_app.domain.measure import Cut, Kind, Measure
from intake_app.domain.measure_errors import CutMissing, NotARate
from intake_app.domain.told import ALL_OTHER, Told, ToldFigure
from intake_app.domain.wilson import Z_95
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.asking import ask
from intake_app.services.measures.telling import tell


@dataclass(frozen=True, slots=True)
class EquityRow:
    """One group.

    Attributes:
        code: Of the cut; empty: not known.
        label: Its words.
        told: Rate, number, base and 95 % Wilson interval, where they are told.
        ratio: Its rate over that of the reference; None where either is not told, or is 0.
        ratio_low: Lower end of the 95 % interval of the ratio (Katz, log).
        ratio_high: Upper end.
        is_reference: It is what the others are seen against.
    """

    code: str
    label: str
    told: Told
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class EquityView:
    """A rate by group.

    Attributes:
        measure: Which rate.
        cut: By what people are grouped.
        reference: The code of the group that was chosen; empty: none.
        rows: In the order of the code table.
        told: The figure it is made of.
        asked: What was asked, for words.
    """

    measure: Measure
    cut: Cut
    reference: str
    rows: tuple[EquityRow, ...]
    told: ToldFigure
    asked: Asked


def equity(
    desk: Desk, measure_id: str, cut_id: str, reference: str, since: str, until: str
) -> EquityView:
    """A rate by group against a group.

    Args:
        desk: Who asks.
        measure_id: A rate.
        cut_id: By what people are grouped; not days, and not who of us worked with them.
        reference: The code of the group that the others are seen against; empty: none.
        since: First day (YYYY-MM-DD).
        until: Last day, included.

    Raises:
        NotAllowed: This hat sees no numbers.
        NotARate: It is no rate: nothing is compared.
        CutMissing: There is no such cut, or it does not group people.
    """
    asked = ask(desk, measure_id, since, until, [cut_id])
    cut = asked.cuts[0]
    if asked.measure.kind is not Kind.RATE:
        raise NotARate
    if cut.grain or cut.within:
        raise CutMissing
    figure = tell(desk, asked)
    own = figure.rows.get((reference,)) if reference else None
    codes = [code for code in (*asked.order(cut.id), ALL_OTHER) if (code,) in figure.rows]
    rows = tuple(
        _row(code, asked.label(cut.id, code), figure.rows[code,], own, is_own=code == reference)
        for code in codes
    )
    return EquityView(asked.measure, cut, reference, rows, figure, asked)


_NONE: Final = (None, None, None)


def _row(code: str, label: str, told: Told, own: Told | None, *, is_own: bool) -> EquityRow:
    if own is None or is_own:
        return EquityRow(code, label, told, is_reference=own is not None and is_own)
    return EquityRow(code, label, told, *rate_ratio(told, own))


def rate_ratio(told: Told, own: Told) -> tuple[float | None, float | None, float | None]:
    """The ratio of two told rates and the ends of its 95 % interval.

    Katz and others, Biometrics 34 (1978), 469-474.
    """
    if not (told.number and told.base and own.number and own.base):
        return _NONE
    ratio = (told.number / told.base) / (own.number / own.base)
    half = Z_95 * sqrt(1 / told.number - 1 / told.base + 1 / own.number - 1 / own.base)
    return ratio, exp(log(ratio) - half), exp(log(ratio) + half)

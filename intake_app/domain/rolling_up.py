"""Making a table coarser that would be mostly blank: small groups become one, months quarters.

Only what helps is done. Groups become one where their rows add up to the whole, and where nobody is
in two of them; else "all other" would count people twice. Where small ones are all nearly as large
as a small one can be, a larger one goes with them: 20 people in two small groups are 10 and 10. It
is decided from the figure alone, and what is told of it says `domain.suppression`.
"""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.figure import ALL_OF, Figure
from intake_app.domain.measure_period import GRAINS

COARSER: Final[Mapping[str, str]] = {"month": "quarter", "quarter": "year"}
"""The next longer days; a fiscal year and a year have none."""

_TOGETHER: Final = 2


def small_groups(figure: Figure, least: int) -> dict[str, tuple[str, ...]]:
    """Codes by cut that are told as "all other"; only where this is no less than the limit.

    Args:
        figure: What was counted.
        least: The smallest count that is told.
    """
    found: dict[str, tuple[str, ...]] = {}
    for n, cut in enumerate(figure.cuts):
        if cut not in GRAINS and (codes := _small(figure, n, least)):
            found[cut] = codes
    return found


def _small(figure: Figure, n: int, least: int) -> tuple[str, ...]:
    bases = _along(figure, n)
    if sum(bases.values()) != figure.whole.base:
        return ()  # somebody is in several rows
    small = sorted(code for code, base in bases.items() if 0 < base < least)
    ordered = sorted((code for code, base in bases.items() if base >= least),
                     key=lambda code: (bases[code], code))  # fmt: skip
    together = sum(bases[code] for code in small)
    is_full = together > (len(small) - 1) * (least - 1) + 1  # none of them could be one person
    while small and (len(small) < _TOGETHER or together < least or is_full):
        if not ordered:
            return ()
        small.append(ordered.pop(0))
        together, is_full = together + bases[small[-1]], False  # it could be of any size
    return tuple(sorted(small)) if ordered else ()  # one row of all is no table


def _along(figure: Figure, n: int) -> dict[str, int]:
    """The bases of one cut's codes, over all of the other."""
    if len(figure.cuts) == 1:
        return {place[0]: count.base for place, count in figure.rows.items()}
    return {
        place[n]: count.base
        for place, count in figure.rows.items() if place[n] != ALL_OF and place[1 - n] == ALL_OF
    }  # fmt: skip

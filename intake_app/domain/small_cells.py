"""The counts of one question that tell of nobody, by the same rule as all numbers (`domain.web`).

Whoever reads them may know from elsewhere how many answers there are in all; so their sum is taken
as known. Where a small one would follow even then, nothing of the question is told.
"""

from collections.abc import Mapping

from intake_app.domain.web import Cell, Web


def told_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The counts of one question's answers; None: not told.

    Args:
        counts: By answer, also those that nobody gave.
        least: The smallest count that is told, besides zero: the department's `small_cell`.
    """
    web = Web(least)
    cells = {name: web.add(Cell(counts[name])) for name in sorted(counts)}
    web.bind_known(cells.values())
    web.protect()
    if not all(web.is_well(cell) for cell in cells.values()):
        return dict.fromkeys(counts)  # which ones nobody gave would tell too much as well
    return {name: None if web.is_hidden(cells[name]) else count for name, count in counts.items()}

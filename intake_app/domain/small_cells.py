"""Counts that tell of nobody: small ones are not told, nor what would give them away.

A count from 1 to one less than the limit is hidden. If the sum of a question is known from
elsewhere, the hidden ones must still not follow from it, so the next smallest is hidden too until
each hidden count could just as well be no small one. All hidden counts look alike. (CMS cell size
suppression policy; the limit is in `disclosure_limits`.)
"""

from collections.abc import Mapping


def told_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The counts of one question's answers; None: not told.

    Args:
        counts: By answer, also those that nobody gave.
        least: The smallest count that is told.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    rest = sorted((count, name) for name, count in counts.items() if count >= least)
    while hidden and not _is_safe([counts[name] for name in hidden], least):
        if not rest:
            return dict.fromkeys(counts)  # which ones nobody gave would tell too much as well
        hidden.add(rest.pop(0)[1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def _is_safe(hidden: list[int], least: int) -> bool:
    """Whether each could be as large as one that is told, for all that the sum says."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= least

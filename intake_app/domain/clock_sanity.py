"""Whether the clock of a computer can be right: it is not before what was written last."""

from datetime import datetime, timedelta
from typing import Final

SLACK: Final = timedelta(minutes=5)
"""A clock that is set by hand or by the network goes back a little now and then."""


def is_sane(now: datetime, newest: str) -> bool:
    """Whether the clock is not behind the newest line of a log.

    A clock that is ahead cannot be told from a computer that stood in a cupboard, so it passes.

    Args:
        now: What the clock says, aware.
        newest: Moment of the last line that was written (`stamp`); empty: none yet.
    """
    try:
        return not newest or now >= datetime.fromisoformat(newest) - SLACK
    except (ValueError, TypeError):
        return True  # a line that cannot be read says nothing about the clock

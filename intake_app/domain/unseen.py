"""What was said on and off, by people who may work apart: cause decides, and never a clock.

Each word names the words about the same thing that its author had seen. What no later word has seen
still speaks; a caller lets the careful one of several win.
"""

from collections.abc import Iterable
from typing import Final

from intake_app.domain.record import Record

SAW: Final = "saw"
"""Field of such a fact: the ids of those that its author had seen."""


def unseen(said: Iterable[Record]) -> list[Record]:
    """The words that no later one has seen, the oldest first.

    Those without `SAW` were written before it was kept, each after all that were there.

    Args:
        said: Facts about one thing, the oldest first.
    """
    every = list(said)
    new = [one for one in every if isinstance(one.values.get(SAW), list)]
    old = [one for one in every if not isinstance(one.values.get(SAW), list)]
    seen = {str(ident) for one in new for ident in one.values[SAW]}
    return [one for one in (*old[-1:], *new) if one.id not in seen]


def seen_by_next(said: Iterable[Record]) -> list[str]:
    """What the next word about the same thing says that it saw."""
    return [str(one.id) for one in said]

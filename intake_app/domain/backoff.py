"""How long to wait before a store is tried again: longer each time, for ever, never in step."""

from dataclasses import dataclass
from random import Random
from typing import Final

FIRST_SECONDS: Final = 15.0
LONGEST_SECONDS: Final = 15 * 60.0
_SPREAD: Final = 0.25


@dataclass(slots=True)
class Backoff:
    """Waits that double from 15 seconds up to 15 minutes; it never gives up.

    Each is spread by up to a quarter, so that stations that lost one network do not all come back
    in the same second (full explanation: AWS Architecture Blog, "Exponential Backoff And Jitter").

    Attributes:
        random: Where the spread comes from.
        failed: How often it failed since it last went well.
    """

    random: Random
    failed: int = 0

    def after_failure(self) -> float:
        """Seconds to wait after one more failure."""
        grown = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(self.failed, 16))
        self.failed += 1
        return self.spread(grown)

    def reset(self) -> None:
        """It went well, or there is reason to hope: the next failure waits the shortest time."""
        self.failed = 0

    def spread(self, seconds: float) -> float:
        """The same, up to a quarter shorter or longer, and never above the longest wait."""
        return min(LONGEST_SECONDS, seconds * self.random.uniform(1 - _SPREAD, 1 + _SPREAD))

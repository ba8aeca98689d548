"""What an administrator's station tells a new one, besides keys and the registry."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the answer to a request.

    Attributes:
        department: Name for the lock screen.
        is_training: Only fictional people.
        lines: Change lines of `station` that the new one begins with.
    """

    department: str
    is_training: bool
    lines: Sequence[str] = field(repr=False)

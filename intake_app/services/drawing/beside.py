"""Words and rows that are worked out before a paper is drawn; see `drawing.making.Around`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intake_app.services.drawing.making import Nothing


@dataclass(frozen=True, slots=True)
class Beside(Nothing):
    """What a paper shows beside answers, in the language that it is made in.

    Attributes:
        said: {words} by name.
        rows: Rows that are no answers, by the name that a paper gives as `source`.
    """

    said: Mapping[str, str] = field(default_factory=dict[str, str])
    rows: Mapping[str, Sequence[Sequence[str]]] = field(
        default_factory=dict[str, Sequence[Sequence[str]]]
    )

    def words(self, language: str) -> Mapping[str, str]:
        """The words."""
        return self.said

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """The rows."""
        return self.rows

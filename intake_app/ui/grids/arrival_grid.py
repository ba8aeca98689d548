"""The grid of expected arrivals: keyed by keyboard alone, a line at a time."""

from collections.abc import Mapping, Sequence
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.services.week.arrivals import Arrival, Known, Tick
from intake_app.ui.grids.keyed_grid import HIDDEN, KeyedModel
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

HEADS: Final = (
    mark("Line"), mark("Report by"), mark("Number"), mark("Name"), mark("So far"), mark("Note"),
)  # fmt: skip
WIDTHS: Final = (60, 190, 180, 180, 220, 200)

KNOWN: Final[Mapping[Known, str]] = {
    Known.WAITED_FOR: mark("Expected"),
    Known.ARRIVED: mark("Arrived"),
    Known.NO_SHOW: mark("Did not come"),
    Known.RESCHEDULED: mark("New time"),
}
KEY_OF: Final[Mapping[Known, str]] = {
    Known.ARRIVED: "A", Known.NO_SHOW: "N", Known.RESCHEDULED: "R",
}  # fmt: skip


class ArrivalModel(KeyedModel):
    """Cases that are expected; a `Tick` is keyed for each."""

    lines: Sequence[Arrival]
    keyed: dict[RecordId, Tick]

    def __init__(self, words: Words) -> None:
        super().__init__(words, HEADS)

    def record_of(self, row: int) -> RecordId:
        """The case that a line is keyed for."""
        return self.lines[row].case

    def cells(self, row: int) -> Sequence[str]:
        """The words of a line."""
        line, words = self.lines[row], self._words
        return (
            str(row + 1),
            moment_in_words(line.report_by, words.language),
            line.number,
            line.name if self._has_names else HIDDEN,
            self._said(line),
            self.refused.get(line.case, ""),
        )

    def _said(self, line: Arrival) -> str:
        words, tick = self._words, self.keyed.get(line.case)
        what = tick.what if tick else line.known
        moment = tick.moment if tick else line.moved_to
        said = words.text(KNOWN[what])
        if moment:
            when = moment_in_words(moment, words.language)
            said = words.text("{what}: {when}", what=said, when=when)
        return words.text("{what} (not saved)", what=said) if tick else said

"""The grid of reply slips: one line for each referral that waits for its provider's word."""

from collections.abc import Mapping, Sequence
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.services.follow_up.timeline_words import REFERRAL as STATUS
from intake_app.services.referrals.reply_slips import Answer, Slip, Waiting
from intake_app.ui.grids.keyed_grid import HIDDEN, KeyedModel
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words, short_day

HEADS: Final = (
    mark("Number"), mark("Provider"), mark("Name"), mark("Waiting since"), mark("So far"),
    mark("Note"),
)  # fmt: skip
WIDTHS: Final = (150, 230, 170, 130, 230, 160)

SAID: Final[Mapping[Answer, str]] = {
    Answer.ACCEPTED: mark("Accepted"),
    Answer.WAIT_LIST: mark("Wait list"),
    Answer.NOT_ACCEPTED: mark("Not accepted"),
    Answer.CAME: mark("Came"),
    Answer.DID_NOT_COME: mark("Did not come"),
    Answer.OTHER_SERVICE: mark("Needs another service"),
}
KEY_OF: Final[Mapping[Answer, str]] = {
    Answer.ACCEPTED: "A", Answer.WAIT_LIST: "W", Answer.NOT_ACCEPTED: "N", Answer.CAME: "C",
    Answer.DID_NOT_COME: "D", Answer.OTHER_SERVICE: "O",
}  # fmt: skip


class ReplyModel(KeyedModel):
    """Referrals that wait; a `Slip` is keyed for each."""

    lines: Sequence[Waiting]
    keyed: dict[RecordId, Slip]

    def __init__(self, words: Words) -> None:
        super().__init__(words, HEADS)

    def record_of(self, row: int) -> RecordId:
        """The referral that a line is keyed for."""
        return self.lines[row].referral.id

    def cells(self, row: int) -> Sequence[str]:
        """The words of a line."""
        line, words = self.lines[row], self._words
        return (
            line.number,
            line.referral.provider_name,
            line.name if self._has_names else HIDDEN,
            short_day(line.since, words.language),
            self._said(line),
            self.refused.get(line.referral.id, ""),
        )

    def _said(self, line: Waiting) -> str:
        words, slip = self._words, self.keyed.get(line.referral.id)
        if slip is None:
            return words.text(STATUS[line.referral.standing.status])
        said = words.text(SAID[slip.answer])
        if slip.when:
            say = moment_in_words if "T" in slip.when else short_day
            said = words.text("{what}: {when}", what=said, when=say(slip.when, words.language))
        return words.text("{what} (not saved)", what=said)

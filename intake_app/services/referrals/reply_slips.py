"""Reply slips: several providers' answers keyed in one grid, and who still owes an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.referral import REFERRAL, Referral, SaidBy, Status, Visit
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.records.choices import choices_of
from intake_app.services.referrals.referrals import REFUSALS, NewStep, note_step, read_referral

_ANY_DAY: Final = "9999-12-31"
_NOON: Final = "T12:00"
"""A slip names the day of a visit and no hour."""


class Answer(StrEnum):
    """What a slip can say; the boxes of the paper `reply_slip`."""

    ACCEPTED = "accepted"
    WAIT_LIST = "wait list"
    NOT_ACCEPTED = "not accepted"
    CAME = "came"
    DID_NOT_COME = "did not come"
    OTHER_SERVICE = "other service"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip as it was keyed.

    Attributes:
        referral: Which referral it answers.
        answer: The box that is ticked.
        when: A first visit that was agreed (moment), or the day on which they came (YYYY-MM-DD).
        wait_days: Days to wait, or None.
        reason: Why not: a code.
        note: What else is written on it.
    """

    referral: RecordId
    answer: Answer
    when: str = ""
    wait_days: int | None = None
    reason: str = ""
    note: str = ""

    def step(self, today: str) -> NewStep:
        """What it says, as a step; a slip is always the provider's word.

        Args:
            today: The day on the wall: a visit of today was just now.
        """
        said = NewStep(Status.ACCEPTED, SaidBy.PROVIDER, reason=self.reason, note=self.note)
        match self.answer:
            case Answer.ACCEPTED:
                return replace(said, appointment=self.when)
            case Answer.WAIT_LIST:
                return replace(said, status=Status.ON_HOLD, wait_days=self.wait_days)
            case Answer.CAME:
                at = f"{self.when}{_NOON}" if self.when and self.when != today else ""
                return replace(said, status=Status.IN_PROGRESS, visit=Visit.CAME, at=at)
            case Answer.DID_NOT_COME:
                return replace(said, visit=Visit.MISSED, reason=self.reason or "no_show")
            case Answer.OTHER_SERVICE:
                return replace(said, status=Status.REJECTED, reason="other_service")
            case Answer.NOT_ACCEPTED:
                return replace(said, status=Status.REJECTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral whose provider still owes a word.

    Attributes:
        referral: It, with its steps.
        number: Receipt number of the intake, as it stands on the reply slip.
        name: Whose, as lists show it.
        since: Since which day (YYYY-MM-DD).
    """

    referral: Referral
    number: str
    name: str
    since: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """What came of keying several slips.

    Attributes:
        saved: How many were noted.
        refused: Those that were not, and why.
    """

    saved: int
    refused: Mapping[RecordId, IntakeError]


def waiting_for_word(desk: Desk, limit: int = 300) -> list[Waiting]:
    """Referrals for which no provider has closed the loop yet, the longest waiting first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    rows = file.due(REFERRAL, _ANY_DAY, limit)
    intakes = file.lines(sorted({row.about for row in rows}))
    file.note(desk.act("list referrals"))
    return [
        Waiting(read_referral(file, row.record), row.number, intakes[row.about].name, row.due)
        for row in rows
        if row.about in intakes
    ]


def key_replies(desk: Desk, slips: Sequence[Slip]) -> Keyed:
    """Note what came back on reply slips, each in a transaction of its own.

    What a slip says rests on the provider's word. One that cannot be noted stops no other.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MAKE_REFERRAL)
    today = f"{desk.clock.local():%Y-%m-%d}"
    refused: dict[RecordId, IntakeError] = {}
    for slip in slips:
        try:
            note_step(desk, slip.referral, slip.step(today))
        except IntakeError as error:
            refused[slip.referral] = error
    return Keyed(len(slips) - len(refused), refused)


def refusal_reasons(desk: Desk) -> tuple[Choice, ...]:
    """The reasons that a slip may give for a no."""
    return choices_of(desk, REFUSALS)

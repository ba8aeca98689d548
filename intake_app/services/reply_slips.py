"""Reply slips: several providers' answers keyed in one grid, and who still owes an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId
from intake_app.domain.referral import REFERRAL, Referral, SaidBy
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.referrals import NewStep, note_step, read_referral

_ANY_DAY: Final = "9999-12-31"


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


def key_replies(desk: Desk, replies: Sequence[tuple[RecordId, NewStep]]) -> Keyed:
    """Note what came back on reply slips, each in a transaction of its own.

    What a slip says rests on the provider's word. One that cannot be noted stops no other.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MAKE_REFERRAL)
    refused: dict[RecordId, IntakeError] = {}
    for referral, step in replies:
        try:
            note_step(desk, referral, replace(step, said_by=SaidBy.PROVIDER))
        except IntakeError as error:
            refused[referral] = error
    return Keyed(len(replies) - len(refused), refused)

"""A difference on paper, for who asks a colleague on the phone; it stays in the house."""

from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import file_of, require_dispute
from intake_app.services.disputes.words import tell
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.words import Words

PAPER: Final = "differences"


def print_dispute(desk: Desk, record: RecordId, name: str) -> bytes:
    """Draw it: question, answers, who, when and where; that it was printed is logged.

    Only what this person may read is found; of a file whose key they do not hold nothing is.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
        NothingDiffers: It is settled.
        PaperMissing: The paper's file is gone.
    """
    found = require_dispute(desk, record, name)
    words = Words(desk.own_language)
    told = tell(desk, found, words)
    rows = [(one.said, one.who, one.when, one.where) for one in told.entries]
    said = {"intake_number": told.number, "differs_in": told.question}
    data = draw_sheet(desk, HouseSheet(PAPER, words.language, said, {"differences": rows}))
    file_of(desk, found).note(desk.act("print a difference", record))
    return data

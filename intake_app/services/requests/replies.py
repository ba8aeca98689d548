"""The reply on paper to a request, a complaint or a breach; nothing of a record is in it."""

from collections.abc import Mapping, Sequence
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.ids import RecordId
from intake_app.domain.log_entry import LogEntry, LogKind
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.requests.holdings import SMALL, Holding, holdings
from intake_app.services.requests.log import outcomes, read_entry
from intake_app.words import Words

PAPERS: Final[Mapping[LogKind, str]] = {
    LogKind.RECORDS_REQUEST: "reply_records_request",
    LogKind.COMPLAINT: "reply_complaint",
    LogKind.BREACH: "reply_breach",
}
"""The paper file of each reply."""


def print_reply(desk: Desk, ident: RecordId, language: str) -> bytes:
    """Draw the reply as it stands: the receipt before the answer, and the answer after it.

    Args:
        desk: Whose.
        ident: The entry.
        language: Of the reply (ISO 639).

    Raises:
        NotAllowed, NoGrant, RecordMissing: As `log.read_entry`.
        PaperMissing: The paper's file is gone.
    """
    entry = read_entry(desk, ident)
    words = Words(language)
    rows = [_row(one, words) for one in holdings(desk)]
    sheet = HouseSheet(
        PAPERS[entry.kind], language, _words_of(desk, entry, language), {"classes": rows}
    )
    data = draw_sheet(desk, sheet)
    if desk.sealed is not None:
        desk.sealed.note(desk.act("print reply", entry.id))
    return data


def _words_of(desk: Desk, entry: LogEntry, language: str) -> Mapping[str, str]:
    answer = entry.answer
    codes = {one.id: one.label.said_in(language) for one in outcomes(desk, entry.kind)}
    return {
        "log_number": entry.number,
        "received_on": show_date(entry.received, language),
        "answer_by": "" if answer else show_date(entry.due, language),
        "sender": entry.sender,
        "answer": codes.get(answer.outcome, "") if answer else "",
        "answer_words": answer.words if answer else "",
        "affected": str(entry.affected or ""),
    }


def _row(one: Holding, words: Words) -> Sequence[str]:
    return (one.label.said_in(words.language), _how_many(one, words), one.rule)


def _how_many(one: Holding, words: Words) -> str:
    if one.count is None:
        return words.text("not counted yet")
    if one.count == 0:
        return words.text("none")
    if one.count <= SMALL:
        return words.text("fewer than {n}", n=SMALL + 1)
    return str(one.count)

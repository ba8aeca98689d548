"""Receipt numbers: reserved when the first paper is issued or the intake is finished."""

from dataclasses import replace

from intake_app.domain.draft import Draft
from intake_app.domain.numbering import receipt_number
from intake_app.services.desk import Desk
from intake_app.services.drafts import save_draft


def reserve(desk: Desk, draft: Draft) -> str:
    """The draft's receipt number; reserved and saved with the draft the first time."""
    if not draft.number:
        year = desk.clock.local().year
        serial = desk.care_file.next_serial(f"receipt {year}")
        number = receipt_number(desk.agency.prefix, year, desk.station_letter, serial)
        save_draft(desk, replace(draft, number=number))
        draft.number = number  # only once it is kept: a full disk must not leave it here alone
    return draft.number


def shown_number(desk: Desk, draft: Draft) -> str:
    """The draft's number, or its shape while none is reserved: "PH-26-A·····-·"."""
    year = desk.clock.local().year % 100
    return draft.number or f"{desk.agency.prefix}-{year:02d}-{desk.station_letter}·····-·"

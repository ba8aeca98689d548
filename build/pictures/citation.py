"""A citation for a person who does not exist, drawn as the program draws it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import Answers
from intake_app.domain.paper import Letterhead, Sheet
from intake_app.pdf.press import Press
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.needs.everyday import Frame
from intake_app.settings.agency import Agency
from intake_app.settings.resources import path

PAPER: Final = "citation"
_FORM: Final = "officer_intervention"
_AFTERNOON: Final = datetime(2026, 11, 23, 19, 40, tzinfo=UTC)
_ANSWERS: Final[Answers] = {
    "case_number": "26-003981", "first_name": "Jordan", "last_name": "Barlow",
    "date_of_birth": "1991-04-17", "address": "118 Mill Street, Pine Hollow",
    "phone": "+13045550142", "interpreter": "none", "offenses": [{"offense": "possession"}],
    "offense_place": "200 block of Main Street", "offense_at": "2026-11-23T14:05:00-05:00",
    "decision": "accepted", "instrument": "citation",
}  # fmt: skip
_WORDS: Final = {
    "agency_ori": "WV0410200", "officer_name": "Ofc. D. Reyes", "place_name": "New River Center",
    "place_address": "45 Court Square, Suite 2\nPine Hollow, WV 26298",
    "place_phone": "(304) 555-0199", "place_hours": "Monday to Friday, 9:00 AM to 4:00 PM",
    "issued_at": "Mon, Nov 23, 2026, 2:40 PM", "report_by_day": "Monday, November 30, 2026",
    "report_by_time": "4:00 PM", "complete_by": "Sunday, February 21, 2027",
}  # fmt: skip
_ROWS: Final = {
    "duties": (("Assessment", "Monday, December 7, 2026"), ("Community service: 8 hours", "")),
    "bring": (("photo ID",), ("insurance card",)),
}


class MadeUpCase:
    """Composes the papers of a case that never was."""

    def __init__(self) -> None:
        setting = Setting.of(Agency(name="Pine Hollow Police Department"), FixedClock(_AFTERNOON))
        self._library = FormLibrary(path("forms"), path("resources"), setting)

    def sheet(self, paper: str, audit: Sequence[Sequence[str]] = (), language: str = "en") -> Sheet:
        """One paper in one language; `audit`: rows of the audit extract."""
        head = Letterhead("Pine Hollow Police Department", ("12 Court Square", "(304) 555-0100"))
        frame = Frame(
            language, head, "PHPD-26-A000147-K", "2026-11-23", "D. Reyes", extra=_WORDS,
            tables={**_ROWS, "audit": audit},
        )  # fmt: skip
        return self._library.compose(paper, self._library.guide(_FORM), _ANSWERS, frame)


def citation() -> bytes:
    """The PDF."""
    return Press().print(MadeUpCase().sheet(PAPER))

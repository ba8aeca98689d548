"""The papers of a held charge, composed from the shipped form with fictional answers and frames."""

from dataclasses import replace
from functools import cache
from typing import Any

from real_papers import LINE, library
from sheets import logo

from intake_app.domain.paper import Letterhead, Sheet
from intake_app.rulebook.guide import FormGuide
from intake_app.services.needs.everyday import Frame

Answers = dict[str, Any]
Rows = dict[str, list[list[str]]]

LANGUAGES = ("en", "es")
NUMBER = "PHPD-26-A000147-K"
PAPERS = (
    "citation", "referral_notice", "citation_victim", "participant_agreement", "victim_notice",
    "refusal_record", "extension_notice", "completion_letter", "noncompliance_notice",
    "reminder_letter", "last_day_letter", "progress_sheet", "pocket_card", "desk_sheet",
    "arrivals_sheet", "packet_cover", "compliance_log", "audit_extract",
)  # fmt: skip
NEUTRAL = Letterhead("Court Square Services", ("P.O. Box 99, Pine Hollow", "(304) 555-0133"))
DEPARTMENT = Letterhead(
    "Pine Hollow Police Department",
    ("12 Court Square, Pine Hollow, WV 26298", "(304) 555-0100"),
    logo(),
    "Emblem of the department",
)
SIGNED = {
    "how": "drawn", "name": "Jordan Whitfield", "strokes": LINE, "at": "2026-11-23T14:40:00-05:00",
}  # fmt: skip
FULL: Answers = {
    "transcribed": "no",
    "case_number": "26-003981", "first_name": "Jordan", "last_name": "Whitfield",
    "date_of_birth": "1991-04-17", "address": "118 Mill Street, Pine Hollow, WV 26298",
    "phone": "+13045550142", "language": "en", "interpreter": "staff", "spoken_language": "es",
    "offenses": [{"offense": "possession"}, {"offense": "shoplifting", "counts": {
        "amount": 2, "unit": ""}}],
    "offense_place": "200 block of Main Street, Pine Hollow",
    "offense_at": "2026-11-23T14:05:00-05:00", "has_victim": "yes",
    "victims": [{"victim_name": "Corner Market", "victim_phone": "+13045550177"}],
    "contact_ways": ["letter", "call"], "mail_address": "P.O. Box 12, Pine Hollow, WV 26298",
    "probable_cause": "Seen on the camera of the store.", "attested": "yes",
    "explained_all": "yes", "decision": "accepted", "participant_signature": SIGNED,
    "officer_signature": {**SIGNED, "how": "typed", "name": "D. Reyes", "strokes": []},
}  # fmt: skip
DECLINED: Answers = {
    **FULL, "decision": "declined", "declined_reason": "lawyer_first", "declined_next":
    "notice_to_appear",
}  # fmt: skip
LONG: Answers = {
    **FULL, "first_name": "Maximiliana Guadalupe Esperanza", "date_of_birth": "2010-04-17",
    "last_name": "Hernández-Castellanos de la Fuente y Villanueva",
    "address": "Apartment 14-B, Building 3\n1187 Old Mill Creek Hollow Road\nPine Hollow, WV 26298",
    "offenses": [{"offense": "possession"}, {"offense": "shoplifting"},
                 {"offense": "petit_larceny"}] * 2,
    "guardian_name": "Pat Hernández-Castellanos", "guardian_phone": "+13045550143",
}  # fmt: skip
"""Six offenses, long names, an address of three lines, a minor."""

_PLACE = {
    "place_name": "New River Recovery Center",
    "place_address": "45 Court Square, Suite 2\nPine Hollow, WV 26298",
    "place_phone": "(304) 555-0199", "officer_name": "Ofc. D. Reyes, #214",
    "agency_ori": "WV0410200", "agency_name": "Pine Hollow Police Department",
    "agency_phone": "(304) 555-0100", "neutral_name": "Court Square Services",
    "neutral_phone": "(304) 555-0133",
}  # fmt: skip
_EXTRA = {
    "en": {
        "report_by_day": "Monday, November 30, 2026", "report_by_time": "4:00 PM",
        "report_by": "Monday, November 30, 2026, 4:00 PM",
        "issued_at": "Mon, Nov 23, 2026, 2:40 PM", "complete_by": "Sunday, February 21, 2027",
        "place_hours": "Mon to Fri, 9 AM to 4 PM", "extended_to": "Tuesday, March 23, 2027",
        "event_day": "Monday, February 22, 2027", "reason": "Needs more time and is trying",
        "status": "Not completed", "limitation_date": "November 23, 2027",
        "instrument": "citation", "month": "November 2026",
        "week": "November 30 to December 4, 2026",
        "prosecutor_name": "Office of the Prosecuting Attorney",
    },
    "es": {
        "report_by_day": "lunes, 30 de noviembre de 2026", "report_by_time": "4:00 p. m.",
        "report_by": "lunes, 30 de noviembre de 2026, 4:00 p. m.",
        "issued_at": "23/nov/2026, 2:40 p. m.", "complete_by": "domingo, 21 de febrero de 2027",
        "place_hours": "lun. a vie., 9 a. m. a 4 p. m.",
        "extended_to": "martes, 23 de marzo de 2027",
        "event_day": "lunes, 22 de febrero de 2027",
        "reason": "Necesita más tiempo y se esfuerza", "status": "No completó",
        "limitation_date": "23 de noviembre de 2027", "instrument": "citation",
        "month": "noviembre de 2026", "week": "30 de noviembre a 4 de diciembre de 2026",
        "prosecutor_name": "Oficina de la Fiscalía",
    },
}  # fmt: skip
_DUTIES: dict[str, Rows] = {
    "en": {
        "duties": [["Assessment", "Monday, December 7, 2026"],
                   ["Community service: 8 hours", ""]],
        "bring": [["photo ID"], ["proof of health insurance"]],
    },
    "es": {
        "duties": [["Evaluación", "lunes, 7 de diciembre de 2026"],
                   ["Servicio a la comunidad: 8 horas", ""]],
        "bring": [["identificación con foto"], ["comprobante de seguro médico"]],
    },
}  # fmt: skip
_TABLES: Rows = {
    "conditions": [["Assessment", "Mon, Dec 7, 2026", "Met"],
                   ["Community service, 8 hours", "Sun, Feb 21, 2027", "5 of 8 hours"],
                   ["Pay for the loss, $35.00", "Sun, Feb 21, 2027", "Open"]],
    "calendar": [[f"Mon, Nov {day}", f"Thu, Nov {day + 3}, 4:00 PM"] for day in range(1, 25)],
    "arrivals": [[str(n), "Mon, Nov 30, 4:00 PM", f"PHPD-26-A00014{n}-K", f"Person {n}", "□", "□"]
                 for n in range(1, 9)],
    "due": [[NUMBER, "Report-by has passed", "Mon, Nov 30, 4:00 PM", "□"]] * 5,
    "offenses_in_force": [["Drug possession", "W. Va. Code 60A-4-401(c)", "up to 15 g"],
                          ["Shoplifting", "W. Va. Code 61-3A-3", "up to $500"]],
    "exclusions": [["Domestic violence"], ["Weapon"]], "limits": [["Once in 24 months"]],
    "compliance": [["Nov 30, 2026, 10:05 AM", "Reported", "On time", "R. Alvarez"],
                   ["Dec 7, 2026, 9:00 AM", "Assessment", "Met", "R. Alvarez"]],
    "earlier_papers": [["Non-Criminal Citation", f"{NUMBER}/1", "Nov 23, 2026"]],
    "audit": [[f"2026-11-23 14:{n:02}:07", "Ofc. D. Reyes", "issue citation", str(1000 + n)]
              for n in range(40)],
}  # fmt: skip


@cache
def case_guide() -> FormGuide:
    return library().guide("officer_intervention")


def case_frame(paper: str, language: str) -> Frame:
    file = library()._paper(paper)
    assert file is not None
    is_neutral = file.paper.is_neutral
    return Frame(
        language, NEUTRAL if is_neutral else DEPARTMENT, NUMBER, "2026-11-23", "D. Reyes",
        extra={**_PLACE, **_EXTRA[language]}, tables={**_TABLES, **_DUTIES[language]},
    )  # fmt: skip


def case_sheet(paper: str, language: str = "en", answers: Answers | None = None) -> Sheet:
    """A paper of a held charge; without answers those that it is offered for."""
    known = answers or (DECLINED if paper == "refusal_record" else FULL)
    return library().compose(paper, case_guide(), known, case_frame(paper, language))


def blank_citation(language: str = "en") -> Sheet:
    """A citation to fill in by hand: the program is known, the person is not."""
    extra = {**_PLACE, "place_hours": _EXTRA[language]["place_hours"], "officer_name": ""}
    frame = replace(case_frame("citation", language), extra=extra, is_blank=True, number=NUMBER)
    return library().compose("citation", case_guide(), {}, frame)


def packet_sheets() -> tuple[Sheet, list[Sheet]]:
    """A cover, and what follows it."""
    both = replace(case_sheet("citation"), back=case_sheet("citation", "es"))
    others = ("participant_agreement", "noncompliance_notice", "compliance_log", "audit_extract")
    return case_sheet("packet_cover"), [both, *(case_sheet(name) for name in others)]

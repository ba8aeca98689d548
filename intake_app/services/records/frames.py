"""What stands around the answers on a paper: letterhead, number, date, the department's words."""

import base64

from intake_app.domain.form import Answers, Form
from intake_app.domain.paper import Audience, Letterhead, Paper
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Frame


def frame_for(desk: Desk, paper: Paper, language: str, number: str, replaces: str) -> Frame:
    """The frame of a paper, with a neutral letterhead where its file asks for one."""
    agency = desk.agency
    neutral = Letterhead(
        agency.neutral_name or agency.name,
        tuple(line for line in (*agency.neutral_address, agency.neutral_phone) if line),
    )
    own = Letterhead(
        agency.name,
        tuple(line for line in (*agency.address, agency.phone) if line),
        base64.b64decode(agency.logo),
        agency.logo_alt,
    )
    return Frame(
        language=language,
        letterhead=neutral if paper.is_neutral else own,
        number=number,
        day=desk.clock.local().date().isoformat(),
        staff=desk.person.shown_name,
        replaces=replaces,
        is_sample=desk.is_training,
        extra={
            "agency_name": agency.name,
            "agency_phone": agency.phone,
            "neutral_name": agency.neutral_name or agency.name,
            "neutral_phone": agency.neutral_phone or agency.phone,
        },
    )


def person_language(desk: Desk, form: Form, answers: Answers, chosen: str = "") -> str:
    """Language of a person's papers: chosen at the desk, or answered, or the agency's first."""
    wanted = chosen or str(answers.get(form.facts.get("language", ""), ""))
    return wanted if wanted in desk.agency.languages else desk.own_language


def paper_language(desk: Desk, paper: Paper, language: str) -> str:
    """Language of a paper: the person's, or the agency's own where a provider is to read it."""
    return desk.own_language if paper.audience is Audience.PROVIDER else language

"""The shipped papers, composed from the shipped form with full, few, no or random answers."""

import random
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import FieldType
from intake_app.domain.paper import Letterhead, Sheet
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.needs.everyday import Frame
from intake_app.services.training.fiction import fictional_answer
from intake_app.settings import resources
from intake_app.settings.agency import Agency

Answers = dict[str, Any]

WALK_IN = "self_referral"
TODAY = date(2026, 11, 23)
NUMBER = "PH-26-A00017-K/2"
READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23T10:00:00-05:00"}
PLACE = {"id": "p1", "name": "New River Recovery Center"}
LINE = [[[0.02, 0.7], [0.08, 0.2], [0.12, 0.85], [0.4, 0.66]]]
AGENCY = Agency(
    name="Pine Hollow Police Department", phone="(304) 555-0100", region="WV",
    neutral_name="Court Square Services", neutral_phone="(304) 555-0133",
)  # fmt: skip

FEW: Answers = {
    "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
    "first_name": "Jordan", "last_name": "Whitfield", "may_contact": "no", "placed": "not_wanted",
    "decision": "accepted", "explained": ["explained", "voluntary"],
}  # fmt: skip
ANONYMOUS: Answers = {
    **{name: value for name, value in FEW.items() if name not in {"first_name", "last_name"}},
    "decision": "thinking", "call_back_on": "2026-11-27", "placed": "no", "bridge_sleep": "shelter",
}  # fmt: skip
CONSENT: Answers = {
    "consent_given": "yes",
    "consent_name": "Jordan A. Whitfield",
    "consent_discloser": ["desk", "coordinator"],
    "consent_information": [
        "name_contact", "wants", "needs", "access", "insurance", "substance_use", "medicine",
    ],
    "consent_recipient": PLACE, "consent_recipient_class": "Detox centers called today",
    "consent_purpose": "referral", "consent_expires_how": "date",
    "consent_expires_on": "2027-02-21", "consent_revoke": READ, "consent_redisclosure": READ,
    "consent_refusal": READ,
    "consent_signature": {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"},
    "consent_guardian_signature": {
        "how": "typed", "name": "Pat Whitfield", "strokes": [], "at": "2026-11-23",
    },
    "consent_interpreter_signature": {
        "how": "mark", "name": "Rosa Ibarra", "strokes": [], "at": "2026-11-23",
    },
}  # fmt: skip
FULL: Answers = FEW | CONSENT | {
    "wants": ["detox", "peer_recovery", "moud", "shelter"], "preferred_name": "Jo",
    "own_words": "To sleep, and to see my children.", "needs": ["sud_opioid", "housing"],
    "services": ["detox", "moud"], "may_contact": "yes", "contact_ways": ["call", "text"],
    "phone": "+13045550142", "voicemail_ok": "no", "say_who_ok": "no",
    "safe_hours": "Weekdays after 5 p.m.", "never_contact": "At work", "interpreter": "staff",
    "spoken_language": "es", "access_needs": ["large_print"], "ride": "volunteer",
    "placed": "later", "bridge_sleep": "family_friend", "bridge_note": "Sam drives at 7:30.",
    "bridge_call_back": "2026-11-24T08:00:00-05:00", "referral_urgency": "day",
    "provider": PLACE, "appointment": "2026-11-24T10:30:00-05:00",
    "date_of_birth": "1991-04-17", "insurance": "medicaid", "insurance_plan": "Mountain Health",
    "insurance_number": "A-12345", "stays_behind": ["children"], "pregnancy": "no",
    "substances": [{"substance": "fentanyl", "substance_route": "smoking",
                    "substance_frequency": "daily", "substance_last": "2026-11-22"}],
    "current_treatment": "None now", "medications": "Lisinopril", "allergies": "Penicillin",
    "participant_signature": {
        "how": "drawn", "name": "Jordan", "strokes": LINE, "at": "2026-11-23T10:05:00-05:00",
    },
    "staff_signature": {"how": "typed", "name": "M. Hale", "strokes": [], "at": "2026-11-23"},
}  # fmt: skip
DIRECTORY = {
    "address": "45 Court Square, Suite 2, Pine Hollow, WV 26298", "phone": "(304) 555-0199",
    "fax": "(304) 555-0198", "contact": "Intake desk", "hours": "Mon to Fri 8 AM to 5 PM",
    "bring": "Photo ID", "checked": "Monday, November 2, 2026",
}  # fmt: skip
"""What the directory knows of the provider."""

CASES = {"full": FULL, "few": FEW, "anonymous": ANONYMOUS}


@cache
def library() -> FormLibrary:
    setting = Setting.of(AGENCY, FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
    return FormLibrary(resources.path("forms"), resources.path("resources"), setting)


@cache
def guide(form: str = WALK_IN) -> FormGuide:
    return library().guide(form)


def random_intake(seed: int, form_id: str = WALK_IN) -> Answers:
    """What a fictional person answered, question by question, as the form asks them."""
    return deepcopy(_intake(seed, form_id))


@cache
def _intake(seed: int, form_id: str) -> Answers:
    dice, form = random.Random(seed), guide(form_id)
    answers: Answers = form.defaults()
    for field in form.form.fields():
        wanted = field.is_required or dice.random() < 0.6
        if wanted and field.id in form.visible(answers):
            answers[field.id] = fictional_answer(field, dice, TODAY)
    return form.kept(answers)


def frame(language: str, answers: Answers, form: str = WALK_IN) -> Frame:
    chosen = [f.id for f in guide(form).form.fields() if f.type is FieldType.PROVIDER]
    known = {
        f"{field}_{name}": said
        for field in chosen
        if answers.get(field, {}).get("id")
        for name, said in DIRECTORY.items()
    }
    head = Letterhead("Court Square Services", ("P.O. Box 99", "(304) 555-0133"))
    return Frame(language, head, NUMBER, TODAY.isoformat(), "M. Hale", extra=known)


def compose(paper: str, answers: Answers, language: str, form: str = WALK_IN) -> Sheet:
    return library().compose(paper, guide(form), answers, frame(language, answers, form))


def offered(answers: Answers, form: str = WALK_IN) -> list[str]:
    return [paper.id for paper in library().papers(guide(form), answers)]


def words_of(sheet: Sheet) -> list[str]:
    """All that a sheet says, text by text, without its letterhead."""
    said: list[str] = [sheet.title]
    for part in sheet.parts:
        said += [part.text, *part.bullets, *part.header, *(words for words, _ in part.boxes)]
        said += [cell for row in part.rows for cell in row]
        said += [words for s in part.signatures for words in (s.label, s.name, s.note, s.at)]
    return [words for words in said if words]

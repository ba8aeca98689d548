"""Walk-ins for stories: the shortest answers that finish, and how an intake is taken."""

from typing import Any, cast

from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.domain.ids import RecordId
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import Finished, IntakeView, finish_intake, read_intake
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.veil import unveiled
from intake_app.storage.compartment import Compartment

READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}
WALK_IN: dict[str, Any] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": READ,
    "wants": ["detox"],
    "first_name": "Jordan",
    "last_name": "Whitfield",
    "may_contact": "no",
    "language": "en",
    "interpreter": "none",
    "placed": "today",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
}
CONSENT: dict[str, Any] = {
    "consent_given": "yes",
    "consent_name": "Jordan Whitfield",
    "consent_discloser": ["desk"],
    "consent_information": ["name_contact"],
    "consent_recipient": {"id": "", "name": "New River Recovery Center"},
    "consent_purpose": "referral",
    "consent_expires_how": "first_visit",
    "consent_revoke": READ,
    "consent_redisclosure": READ,
    "consent_refusal": READ,
    "consent_signature": {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"},
}
GIVEN_UP = {"contraband_class": ["needles"], "contraband_tag": "T-40417"}


def begun(desk: Desk, **answers: Value) -> Draft:
    """A walk-in that could be finished, saved."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, **answers}
    save_draft(desk, draft)
    return draft


def taken(desk: Desk, **answers: Value) -> Finished:
    """A finished walk-in."""
    return finish_intake(desk, begun(desk, **answers))


def seen(desk: Desk, record: RecordId) -> IntakeView:
    return read_intake(desk, record)


def station_of(desk: Desk) -> Compartment:
    return cast("Compartment", desk.station)


def care_of(desk: Desk) -> Compartment:
    return cast("Compartment", unveiled(desk.care_file))


def audit(file: Compartment, act: str) -> list[tuple[str, str, str, str]]:
    """The lines of an act: when, who, record, outcome."""
    sql = "SELECT at, user, record, outcome FROM audit WHERE act=? ORDER BY n"
    return file.database.conn.execute(sql, (act,)).fetchall()

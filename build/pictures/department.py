"""A made-up department on a made-up afternoon: the same people and answers each time."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

from intake_app.app import ProfileGate
from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import CASES_ROOM
from intake_app.services.desk import Desk
from intake_app.services.drafts import begin_draft, save_draft
from intake_app.services.intakes import finish_intake
from intake_app.services.papers import make_papers, paper_bytes
from intake_app.services.people import people_order, people_rows
from intake_app.services.providers import ProviderQuery, search_providers
from intake_app.services.training_cases import take_fictional_cases

if TYPE_CHECKING:
    from intake_app.services.signing_in import NewPerson

AFTERNOON: Final = datetime(2026, 11, 23, 14, 40, tzinfo=timezone(timedelta(hours=-5)))
FRONT_DESK: Final = "mhale"
OFFICER: Final = "dreyes"
COORDINATOR: Final = "jlowe"
ADMINISTRATOR: Final = "apruitt"
STEP: Final = "contact"
"""Where the unfinished intake of the picture stands."""

PAPERS: Final = (
    "referral_letter_provider", "referral_letter_participant", "wallet_card", "tonight_card",
    "consent_hand_off",
)  # fmt: skip

_FORM: Final = "self_referral"
_CAME: Final = (
    (20, 15, 20, "Dell", "Marsh"), (21, 10, 45, "Rosa", "Tamarin"), (22, 19, 2, "Lee", "Ostrander"),
    (23, 9, 12, "Ray", "Barlow"), (23, 13, 31, "June", "Feller"),
)  # fmt: skip
"""Who came in: day of November, hour, minute, and names that belong to nobody."""

_CASES: Final = 9
_MANY: Final = 120
"""People whose past makes numbers that may be shown."""

_PROVIDER: Final = "Withdrawal Management Unit"
_SIGNED: Final[dict[str, object]] = {
    "how": "paper",
    "name": "Ana Ruiz",
    "strokes": [],
    "at": "2026-11-23",
}

_READ: Final = {"read": True, "version": "2026-11-1", "at": "2026-11-23T14:31:00-05:00"}

_ANSWERS: Final[Answers] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": _READ,
    "wants": ["detox", "shelter"],
    "may_contact": "yes",
    "contact_ways": ["call"],
    "phone": "+13045550142",
    "voicemail_ok": "no",
    "say_who_ok": "no",
    "placed": "later",
    "bridge_sleep": "family_friend",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
    "appointment": "2026-11-24T10:30:00-05:00",
    "consent_given": "yes",
    "consent_name": "Ana Ruiz",
    "consent_discloser": ["desk"],
    "consent_information": ["name_contact", "wants"],
    "consent_purpose": "at_request",
    "consent_expires_how": "days_90",
    "consent_revoke": _READ,
    "consent_redisclosure": _READ,
    "consent_refusal": _READ,
    "consent_signature": _SIGNED,
}

_BEGUN: Final = ("who_for", "safety_now", "no_arrest", "wants", "may_contact", "contact_ways")


class PictureDepartment:
    """A training profile whose clock stands still.

    Attributes:
        folder: The profile.
        clock: Its clock.
        staff: Who works there, by user name.
        unfinished: The intake that M. Hale has begun.
        papers: One of each paper of `PAPERS`, as PDF.
        intake: The latest walk-in.
        case: A case whose plan is being worked on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(AFTERNOON, AFTERNOON.tzinfo or UTC)
        gate = ProfileGate(folder, self.clock)
        made = gate.make_training(folder, people=0, seed=1)
        self.staff: dict[str, NewPerson] = {who.user_name: who for who in made}
        desk = gate.unlock(FRONT_DESK, self.staff[FRONT_DESK].passphrase)
        for day, hour, minute, first, last in _CAME:
            self.clock.at = AFTERNOON.replace(day=day, hour=hour, minute=minute)
            self.intake = finish_intake(desk, _draft(desk, first, last)).record
        self.clock.at = AFTERNOON
        self.papers = _papers(desk)
        self.clock.at = AFTERNOON - timedelta(minutes=8)
        self.unfinished = _begin(desk)
        self.clock.at = AFTERNOON
        gate.lock()
        officer = gate.unlock(OFFICER, self.staff[OFFICER].passphrase)
        take_fictional_cases(officer, _CASES, seed=1)
        rows = people_rows(officer, people_order(officer, room=CASES_ROOM), CASES_ROOM)
        self.case = next(row.record for row in rows if row.status == CaseStatus.PLAN_ACTIVE)
        gate.lock()


class BusyDepartment:
    """A training profile with two years behind it, for pictures of numbers.

    Attributes:
        folder: The profile.
        clock: Its clock.
        staff: Who works there, by user name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(AFTERNOON, AFTERNOON.tzinfo or UTC)
        made = ProfileGate(folder, self.clock).make_training(folder, people=_MANY, seed=1)
        self.staff: dict[str, NewPerson] = {who.user_name: who for who in made}


def _draft(desk: Desk, first: str, last: str) -> Draft:
    draft = begin_draft(desk, _FORM)
    draft.language = "en"
    draft.answers |= copy.deepcopy(_ANSWERS) | {"first_name": first, "last_name": last}
    found = search_providers(desk, ProviderQuery(text=_PROVIDER))
    place = {"id": found[0].record, "name": found[0].name}
    draft.answers |= {"provider": place, "consent_recipient": place}
    return draft


def _begin(desk: Desk) -> RecordId:
    draft = begin_draft(desk, _FORM)
    draft.step = STEP
    draft.answers |= {ident: copy.deepcopy(_ANSWERS[ident]) for ident in _BEGUN}
    save_draft(desk, draft)
    return draft.id


def _papers(desk: Desk) -> dict[str, bytes]:
    draft = _draft(desk, "Ana", "Ruiz")
    issued = make_papers(desk, draft, PAPERS)
    finish_intake(desk, draft)
    return {paper.paper: paper_bytes(desk, paper) for paper in issued if paper.paper in PAPERS}

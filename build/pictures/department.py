"""A made-up department on a made-up afternoon: the same people and answers each time."""

import copy
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Final

from intake_app.app import ProfileGate
from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.log_entry import LogKind
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.referral import Status
from intake_app.services.case.held import held_case
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.citing import Issued, issue_case
from intake_app.services.citing.keying_in import key_in
from intake_app.services.citing.pads import make_pad, pad_programs
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import Finished, finish_intake
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.papers.papers import make_papers, paper_bytes
from intake_app.services.providers.providers import ProviderQuery, search_providers
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.referrals.referrals import NewReferral, NewStep, make_referral, note_step
from intake_app.services.requests.log import NewEntry, receive
from intake_app.services.sealing.sealing import seal_case, why_not_sealed
from intake_app.services.training.cases import answers_of_case
from pictures.annex import differ

AFTERNOON: Final = datetime(2026, 11, 23, 14, 40, tzinfo=timezone(timedelta(hours=-5)))
FRONT_DESK: Final = "mhale"
OFFICER: Final = "dreyes"
COORDINATOR: Final = "jlowe"
ADMINISTRATOR: Final = "apruitt"
RECEPTION: Final = "lbrandt"
SUPERVISOR: Final = "tokafor"
PRIVACY_OFFICER: Final = "snorth"
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

_PAD: Final = 10
_MANY: Final = 60
"""People whose past makes numbers that may be shown."""

_PROVIDER: Final = "Withdrawal Management Unit"
ASKED: Final = NewEntry(
    LogKind.RECORDS_REQUEST, "2026-11-20", "All papers about the program of 2026", "County Gazette",
    "PO Box 12",
)  # fmt: skip
"""What the privacy officer owes an answer to."""

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


@dataclass(frozen=True, slots=True)
class Scene:
    """The profile that pictures are taken of; its folder may be copied, and each copy is whole.

    Attributes:
        folder: The profile.
        people: Passphrases of who works there, by user name.
        draft: The intake that M. Hale has begun.
        ready: One that she could finish.
        finished: The latest one that she finished.
        intake: Its record.
        handed_in: What the reception took without a key.
        case: A case whose plan is being worked on.
        case_draft: An officer intervention whose questions are answered.
        issued: The latest one that was issued.
        keying: A citation of a pad, begun to be keyed in.
        papers: One of each paper of `PAPERS`, as PDF.
    """

    folder: Path
    people: Mapping[str, str]
    draft: RecordId
    ready: RecordId
    finished: Finished
    handed_in: RecordId
    case: RecordId
    case_draft: RecordId
    issued: Issued
    keying: Draft
    papers: Mapping[str, bytes]

    @property
    def intake(self) -> RecordId:
        """The record of the latest walk-in."""
        return self.finished.record


def clock() -> FixedClock:
    """It stands on the afternoon of the pictures."""
    return FixedClock(AFTERNOON, AFTERNOON.tzinfo or UTC)


def make_scene(folder: Path, many: int = _MANY) -> Scene:
    """A training profile with two years behind it, and an afternoon's work on the desks.

    Args:
        folder: Where; it is not there yet.
        many: People in its past.
    """
    now = clock()
    gate = ProfileGate(folder, now)
    people = {who.user_name: who.passphrase for who in gate.make_training(folder, many, seed=1)}
    desk = gate.unlock(FRONT_DESK, people[FRONT_DESK])
    came: list[Finished] = []
    for day, hour, minute, first, last in _CAME:
        now.at = AFTERNOON.replace(day=day, hour=hour, minute=minute)
        came.append(finish_intake(desk, walk_in(desk, first, last)))
        if len(came) == 1:
            _refer(desk, came[0].record)
    now.at = AFTERNOON
    papers = _papers(desk)
    now.at = AFTERNOON - timedelta(minutes=8)
    draft, ready = _begin(desk), walk_in(desk, "Sam", "Fairweather")
    save_draft(desk, ready)
    now.at = AFTERNOON
    gate.lock()
    differ(gate.unlock(COORDINATOR, people[COORDINATOR]), came[1].record, now)
    gate.lock()
    desk = gate.unlock(RECEPTION, people[RECEPTION])
    handed_in = finish_intake(desk, walk_in(desk, "Noa", "Birch")).record
    gate.lock()
    desk = gate.unlock(OFFICER, people[OFFICER])
    rows = people_rows(desk, people_order(desk, room=CASES_ROOM), CASES_ROOM)
    case = next(row.record for row in rows if row.status == CaseStatus.PLAN_ACTIVE)
    issued, case_draft = _cases(desk)
    keying = _keying(desk)
    gate.lock()
    _seal(gate.unlock(SUPERVISOR, people[SUPERVISOR]))
    gate.lock()
    receive(gate.unlock(PRIVACY_OFFICER, people[PRIVACY_OFFICER]), ASKED)
    gate.lock()
    return Scene(
        folder, people, draft, ready.id, came[-1], handed_in, case, case_draft, issued, keying,
        papers,
    )  # fmt: skip


def _cases(desk: Desk) -> tuple[Issued, RecordId]:
    """One that was issued a moment ago, and one whose questions are answered."""
    dice = random.Random(7)  # noqa: S311 (fiction, not secrets)
    program = case_programs(desk)[0][0]
    guide = desk.library.guide(program)
    made: list[Draft] = []
    for _ in range(2):
        draft = begin_draft(desk, program)
        draft.answers = answers_of_case(desk, guide, dice, AFTERNOON - timedelta(minutes=40))
        save_draft(desk, draft)
        made.append(draft)
    terms = guide.form.terms
    if terms is None:
        raise ValueError(program)
    return issue_case(desk, made[0], terms.instruments[0]), made[1].id


def _refer(desk: Desk, intake: RecordId) -> None:
    """A referral for which a provider's word is awaited: a reply slip to key."""
    to = search_providers(desk, ProviderQuery(text=_PROVIDER))[0]
    place = {"id": to.record, "name": to.name}
    made = make_referral(desk, intake, NewReferral("detox", place, "letter", "week"))
    note_step(desk, made, NewStep(Status.REQUESTED))


def _seal(desk: Desk) -> None:
    """One completed case is in the privacy officer's file."""
    rows = people_rows(desk, people_order(desk, room=CASES_ROOM), CASES_ROOM)
    completed = (row.record for row in rows if row.status == CaseStatus.COMPLETED)
    held = (held_case(desk, record) for record in completed)
    over = (one.record.id for one in held if not why_not_sealed(desk, one))
    for record in islice(over, 1):  # among few people there may be none
        seal_case(desk, record)


def _keying(desk: Desk) -> Draft:
    """A pad for D. Reyes, and the first citation of it on the desk."""
    pad = make_pad(desk, pad_programs(desk)[0][0], desk.person.id, _PAD)
    return key_in(desk, pad.numbers[0])


def walk_in(desk: Desk, first: str, last: str) -> Draft:
    """A whole walk-in that waits for Finish."""
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
    draft = walk_in(desk, "Ana", "Ruiz")
    issued = make_papers(desk, draft, PAPERS)
    finish_intake(desk, draft)
    return {paper.paper: paper_bytes(desk, paper) for paper in issued if paper.paper in PAPERS}

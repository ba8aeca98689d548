"""All that the referrals of one intake are shown with, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.referral import Counts, Referral, Status, counted
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.making import Basis, offered_papers
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.answers import answers_of
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.referrals.bed_calls import ANSWERS, BedCall, bed_calls
from intake_app.services.referrals.letters import Letters, letters_of
from intake_app.services.referrals.referrals import (
    MODES,
    NOT_COME,
    REFUSALS,
    SERVICES,
    TAKEN_BACK,
    URGENCY,
    NewReferral,
    offered_first,
    referrals_in,
)

BRIDGE: Final = "help_tonight"
"""The step of a form that holds the plan where there is no bed tonight."""

BRIDGE_CARD: Final = "tonight_card"
"""The paper that carries it."""

TABLES: Final = (SERVICES, URGENCY, MODES, REFUSALS, NOT_COME, TAKEN_BACK, ANSWERS)
"""The code tables whose words are shown."""

_PLACED: Final = frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.COMPLETED})


@dataclass(frozen=True, slots=True)
class Bridge:
    """The plan for tonight.

    Attributes:
        lines: Question and answer in words.
        has_card: The card for tonight can be printed.
        is_over: A provider has said yes since.
    """

    lines: tuple[tuple[Text, str], ...]
    has_card: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What the tab shows.

    Attributes:
        number: Receipt number of the intake: title of print jobs.
        referrals: The oldest first, cards too.
        letters: What can go out and what did, by referral.
        counts: What may be counted.
        calls: The bed-call log, the oldest first.
        offer: The referral that the intake's own answers tell of, not made yet; or None.
        stop: Why nobody may be contacted, or empty.
        bridge: The plan for tonight, or None.
        tables: Choices, by code table.
        names: Shown names of those who work here, by user id.
        is_readonly: The intake was entered in error.
    """

    number: str
    referrals: tuple[Referral, ...]
    letters: Mapping[RecordId, Letters]
    counts: Counts
    calls: tuple[BedCall, ...]
    offer: NewReferral | None
    stop: str
    bridge: Bridge | None
    tables: Mapping[str, tuple[Choice, ...]]
    names: Mapping[str, str]
    is_readonly: bool = False


def referral_overview(desk: Desk, intake: RecordId, language: str) -> Overview:
    """Read the referrals of an intake; that they were read is logged first.

    Args:
        desk: Whose.
        intake: The intake.
        language: Of the window: for the answers of the plan.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    record = intake_in(file, intake)
    file.note(desk.act("read referrals", intake))
    guide = guide_of_record(desk, record)
    answers = answers_of(file, record, guide)
    referrals = tuple(referrals_in(file, intake))
    return Overview(
        number=str(record.values.get(facts.NUMBER, "")),
        referrals=referrals,
        letters={one.id: letters_of(desk, one) for one in referrals if not one.is_card},
        counts=counted(referrals),
        calls=tuple(bed_calls(file, intake)),
        offer=offered_first(desk, file, intake, answers),
        stop=contact_stop(file, intake),
        bridge=_bridge(desk, Basis(guide, answers, language), referrals),
        tables={name: desk.library.codes(name) for name in TABLES},
        names={one.id: one.shown_name for one in (*desk.colleagues, desk.person)},
        is_readonly=record.is_deleted,
    )


def _bridge(desk: Desk, basis: Basis, referrals: tuple[Referral, ...]) -> Bridge | None:
    lines = tuple(_plan(basis))
    if not lines:
        return None
    return Bridge(
        lines=lines,
        has_card=BRIDGE_CARD in offered_papers(desk, basis),
        is_over=any(one.standing.status in _PLACED for one in referrals),
    )


def _plan(basis: Basis) -> list[tuple[Text, str]]:
    guide = basis.guide
    section = next((one for one in guide.form.sections if one.id == BRIDGE), None)
    asked = section.fields if section else ()
    return [
        (field.label, guide.shown(field.id, basis.answers[field.id], basis.language))
        for field in asked
        if basis.answers.get(field.id) not in (None, "", [])
    ]

"""The shipped forms as the reader sees them: no mistakes, and a short way to a letter."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import FieldType
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources

AT = "2026-11-23T10:00:00-05:00"
WINDOW_ACTIONS = 4
"""Besides answers and Continue: open the form, Finish, Print, confirm."""

SHORT: dict[str, Any] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": {"read": True, "version": "2026-11-1", "at": AT},
    "wants": ["detox", "shelter"],
    "first_name": "Ana",
    "last_name": "Ruiz",
    "may_contact": "yes",
    "contact_ways": ["call"],
    "phone": "+13045550142",
    "voicemail_ok": "no",
    "say_who_ok": "no",
    "placed": "today",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
    "provider": {"id": "p1", "name": "New River Recovery Center"},
    "appointment": "2026-11-24T10:30:00-05:00",
}


def library(policy: str = "never") -> FormLibrary:
    agency = {"warrant_policy": policy, "no_arrest_text": "no_arrest", "region": ""}
    setting = Setting(FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)), agency)
    return FormLibrary(resources.path("forms"), resources.path("resources"), setting)


def steps(guide: FormGuide, answers: Mapping[str, Any]) -> list[str]:
    shown = guide.visible(dict(answers))
    return [s.id for s in guide.form.sections if s.id in shown and not s.is_later]


def actions(guide: FormGuide, answers: Mapping[str, Any]) -> int:
    """One for each choice, typed field and button; a default costs nothing."""
    many = {FieldType.CHOICES, FieldType.RANKED}
    kinds = {f.id: f.type for f in guide.form.fields()}
    each = sum(len(v) if kinds[k] in many else 1 for k, v in answers.items())
    return each + len(steps(guide, answers)) + WINDOW_ACTIONS


def test_the_reader_finds_no_mistake_in_what_is_shipped() -> None:
    assert library().mistakes() == ()


@pytest.mark.parametrize("form_id", ["self_referral", "safe_passages"])
def test_a_letter_is_at_most_forty_actions_away(form_id: str) -> None:
    guide = library().guide(form_id)
    answers = {**guide.defaults(), **SHORT}
    assert guide.problems(answers) == ()
    assert "referral_letter_participant" in {p.id for p in library().papers(guide, answers)}
    assert actions(guide, SHORT) <= 40


def test_a_longer_walk_would_be_counted() -> None:
    guide = library().guide("self_referral")
    assert actions(guide, {**SHORT, "services": ["x"] * 30}) > 40


def test_without_a_place_there_is_a_plan_for_tonight() -> None:
    guide = library().guide("self_referral")
    answers = {**SHORT, "placed": "no"}
    assert [p.field for p in guide.problems(answers)] == ["bridge_sleep"]
    answers["bridge_sleep"] = "family_friend"
    assert "tonight_card" in {p.id for p in library().papers(guide, answers)}
    assert actions(guide, answers) <= 40


def test_information_only_is_one_answer_without_a_name() -> None:
    guide = library().guide("self_referral")
    assert guide.may_finish_now({"who_for": "information"})
    assert guide.visible({"who_for": "information"}) == {"start", "who_for"}
    assert not guide.may_finish_now({"who_for": "self"})


def test_an_anonymous_person_without_safe_contact_owes_nothing_and_gets_a_letter() -> None:
    guide = library().guide("self_referral")
    named = {"first_name", "last_name", "contact_ways", "phone", "voicemail_ok", "say_who_ok"}
    answers = {k: v for k, v in SHORT.items() if k not in named} | {"may_contact": "no"}
    assert guide.problems(answers) == ()
    assert guide.owed(answers, AT) == ()
    assert "referral_letter_participant" in {p.id for p in library().papers(guide, answers)}


def test_a_ride_to_medical_care_ends_the_form() -> None:
    guide = library().guide("self_referral")
    answers = {"who_for": "self", "safety_now": "yes", "safety_next": "medical_transfer"}
    assert guide.may_finish_now(answers)
    assert not guide.may_finish_now({**answers, "safety_next": "stop"})


CONSENT: dict[str, Any] = {
    "consent_given": "yes",
    "consent_name": "Ana Ruiz",
    "consent_discloser": ["desk"],
    "consent_information": ["name_contact"],
    "consent_recipient": {"id": "p1", "name": "New River Recovery Center"},
    "consent_purpose": "at_request",
    "consent_expires_how": "days_90",
    "consent_signature": {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"},
}


@pytest.mark.parametrize(
    "change",
    [
        {"consent_given": "no"},
        {"consent_signature": None},
        {"consent_signature": {"how": "refused", "name": "", "strokes": [], "at": "2026-11-23"}},
        {"consent_expires_how": "date", "consent_expires_on": "2026-11-22"},
    ],
)
def test_nothing_goes_to_a_provider_without_a_living_consent(change: dict[str, Any]) -> None:
    guide = library().guide("self_referral")
    to_providers = {"referral_letter_provider", "fax_cover", "reply_slip"}
    good = {**SHORT, **CONSENT}
    assert to_providers <= {p.id for p in library().papers(guide, good)}
    spoiled = {k: v for k, v in (good | change).items() if v is not None}
    assert not to_providers & {p.id for p in library().papers(guide, spoiled)}


@pytest.mark.parametrize(
    ("policy", "asked"),
    [("never", set[str]()), ("asked", {"warrant_ok"}), ("told", {"warrant_told"})],
)
def test_the_warrant_question_follows_the_policy(policy: str, asked: set[str]) -> None:
    shown = library(policy).guide("self_referral").visible(SHORT)
    assert {i for i in shown if i.startswith("warrant")} == asked

"""The schedule: what is due when, counted from days that stand in the record."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clock import SystemClock
from intake_app.domain.ids import RecordId
from intake_app.domain.retention import Does, Rule, Since, Subject, due_of
from intake_app.domain.roles import Compartment
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.retention_reader import read_retention
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings import resources
from intake_app.settings.agency import Agency

CONTACT = date(2026, 1, 31)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def library() -> FormLibrary:
    setting = Setting.of(Agency(), SystemClock())
    return FormLibrary(resources.path("forms"), resources.path("resources"), setting)


SHIPPED = library().retention()
CARE, CASES = (SHIPPED.rules_for(room) for room in (Compartment.CARE, Compartment.CASES))
WALK_IN = Subject(RecordId("r"), "self_referral", "accepted", CONTACT)


def due(subject: Subject, rules: tuple[Rule, ...] = CARE) -> tuple[str, date] | None:
    found = due_of(subject, rules)
    return (found.rule.id, found.on) if found else None


def test_the_file_says_version_date_source_and_that_counsel_must_check_it() -> None:
    assert SHIPPED.version
    assert SHIPPED.date
    assert SHIPPED.source
    assert SHIPPED.status.said_in("en") == "have counsel check"


def test_where_the_times_come_from_is_said_in_both_languages() -> None:
    said = (SHIPPED.source, SHIPPED.status, *(rule.authority for rule in SHIPPED.rules))
    plain = {one.said_in("en") for one in said if one.said_in("en") == one.said_in("es")}
    assert plain == {"45 CFR 164.530(j); 42 CFR 2.25"}, "a law is called the same in each"
    shipped = resources.path("resources", "legal", "retention.toml").read_text("utf-8")
    policy = '{ en = "Department policy", es = "Política del departamento" }'
    mistakes = list[Mistake]()
    own = TomlSource("legal/retention.toml", shipped.replace(policy, '"Our rule"'))
    theirs = read_retention(own, mistakes)
    assert mistakes == []
    assert theirs.rules[0].authority.said_in("es") == "Our rule", "one text for all is enough"
    assert (SHIPPED.waits.hours, SHIPPED.waits.mass_count, SHIPPED.waits.mass_days) == (72, 20, 7)


def test_a_contact_without_a_consent_is_due_after_ninety_days() -> None:
    assert due(WALK_IN) == ("contact_without_consent", date(2026, 5, 1))


@pytest.mark.parametrize(
    "kept",
    [
        replace(WALK_IN, has_consent=True),
        replace(WALK_IN, is_active=True),
        replace(WALK_IN, pathway="naloxone_plus"),
    ],
)
def test_a_consent_or_work_in_hand_or_another_pathway_keeps_it(kept: Subject) -> None:
    assert due(kept) is None


def test_participation_is_due_a_year_after_it_ended() -> None:
    ended = replace(WALK_IN, has_consent=True, closed=date(2028, 2, 29))
    assert due(ended) == ("care_episode", date(2029, 2, 28))


def test_a_completed_case_is_to_be_sealed_and_another_waits_for_its_charge() -> None:
    case = Subject(RecordId("c"), "officer_intervention", "completed", CONTACT, CONTACT)
    assert due(case, CASES) == ("case_completed", date(2026, 3, 2))
    failed = replace(case, outcome="not_completed")
    assert due(failed, CASES) is None
    decided = replace(failed, disposition=date(2026, 6, 1))
    assert due(decided, CASES) == ("case_not_completed", date(2029, 6, 1))


def test_a_log_and_unused_numbers_are_kept_and_never_asked_for() -> None:
    kept = {rule.id for rule in SHIPPED.rules if rule.does is Does.KEEP}
    assert kept == {"audit_log", "unused_numbers"}
    asked = {rule.id for room in Compartment for rule in SHIPPED.rules_for(room)}
    assert not kept & asked


@given(
    DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans(), st.booleans(),
    st.sampled_from(["self_referral", "community_response", "officer_referral"]),
)  # fmt: skip
def test_nothing_is_due_before_its_rule_counted_from_a_day_that_is_there(
    contact: date, closed: date | None, decided: date | None, active: bool, consent: bool,
    pathway: str,
) -> None:  # fmt: skip
    subject = Subject(RecordId("r"), pathway, "x", contact, closed, decided,
                      is_active=active, has_consent=consent)  # fmt: skip
    found = due_of(subject, CARE)
    if found is None:
        assert closed is None
        return
    start = {Since.CONTACT: contact, Since.CLOSE: closed}[found.rule.since]
    assert start is not None
    assert found.counted == start
    assert found.on == found.rule.until(start) >= start + timedelta(days=90)
    assert not (found.rule.without_consent and (consent or active))
    others = [due_of(subject, [rule]) for rule in CARE]
    assert found.on == min(one.on for one in others if one)


def test_a_departments_own_file_goes_before_ours(tmp_path: Path) -> None:
    shutil.copytree(resources.path("resources"), tmp_path, dirs_exist_ok=True)
    ours = tmp_path / "legal" / "retention.toml"
    text = ours.read_text("utf-8").replace("days = 90", "days = 45")
    ours.with_name("retention_agency.toml").write_text(text, "utf-8")
    setting = Setting.of(Agency(), SystemClock())
    theirs = FormLibrary(resources.path("forms"), tmp_path, setting)
    rule = next(r for r in theirs.retention().rules if r.without_consent)
    assert rule.days == 45


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('does = "seal"', 'does = "burn"', '"does" cannot be "burn"'),
        ('room = "cases"', 'room = "attic"', '"room" cannot be "attic"'),
        ("days = 90", "days = -1", '"days" must be a whole number'),
        ('"community_response"]', '"no_such_way"]', 'there is no pathway "no_such_way"'),
        ('id = "request"', 'id = "error"', "the same id"),
        ("wait_hours = 72", "wait_minutes = 72", "is not known here"),
    ],
)
def test_a_mistake_in_it_is_named(old: str, new: str, named: str) -> None:
    text = resources.path("resources", "legal", "retention.toml").read_text("utf-8")
    assert old in text
    mistakes: list[object] = []
    read_retention(TomlSource("legal/retention.toml", text.replace(old, new)), mistakes)  # type: ignore[arg-type]
    assert any(named in str(one) for one in mistakes), mistakes

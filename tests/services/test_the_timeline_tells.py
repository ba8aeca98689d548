"""The timeline: all that happened, in order, with who did it; never a note, and it never fails."""

from datetime import timedelta
from typing import Any

import pytest
from held_cases import House, case_taken, move
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profiles import Profile
from test_papers_are_issued import words_on
from walk_ins import CONSENT, audit, care_of, taken

from intake_app.domain.change import Value
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt, take_back_attempt
from intake_app.services.follow_up.follow_ups import (
    extra,
    finish,
    follow_ups_of,
    hand_over,
    put_off,
)
from intake_app.services.follow_up.timeline import print_timeline, timeline_of
from intake_app.services.follow_up.timeline_words import PLAIN
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.papers.papers import issue_papers, note_printed, void_and_reissue
from intake_app.services.records.writing import create

SAFE: dict[str, Any] = {
    "may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142", "voicemail_ok": "no",
    "say_who_ok": "no",
}  # fmt: skip


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    return taken(desk, **SAFE, **CONSENT).record


def lines(desk: Desk, intake: RecordId, *, names: bool = True) -> list[str]:
    return [entry.what for entry in timeline_of(desk, intake, "en", names=names)]


def test_it_tells_the_story_in_order(desk: Desk, profile: Profile, intake: RecordId) -> None:
    def later() -> None:
        profile.clock.at += timedelta(hours=1)

    task = follow_ups_of(desk, intake)[0].record
    later()
    (paper,) = issue_papers(desk, intake, ["wallet_card"])
    later()
    note_printed(desk, paper, "Front desk")
    later()
    new = void_and_reissue(desk, paper, "wrong phone")
    later()
    log_attempt(desk, NewAttempt(intake, "call", "no_answer", task, note="SECRET NOTE"))
    later()
    put_off(desk, task, "2026-12-02")
    later()
    amend_intake(desk, intake, {"own_words": "SECRET WORDS"}, "SECRET REASON")
    later()
    finish(desk, task, "SECRET END")
    said = lines(desk, intake)
    wanted = [
        "Intake taken", "Consent to hand over", f"A paper was issued: {paper.title} {paper.number}",
        f"A paper was printed or saved: {paper.title} {paper.number}",
        f"A paper was issued: {new.title} {new.number}",
        f"A paper was voided: {paper.title} {paper.number}",
        "Somebody tried to reach them: Phone call, No answer",
        "Follow-up moved to another day: Follow-up, 24 to 72 hours",
        "Answers were changed: In your own words", "Follow-up done: Follow-up, 24 to 72 hours",
    ]  # fmt: skip
    places = [said.index(one) for one in wanted]
    assert places == sorted(places)
    assert "SECRET" not in " ".join(said)
    assert {entry.who for entry in timeline_of(desk, intake, "en")} == {"M. Hale"}
    spanish = [entry.what for entry in timeline_of(desk, intake, "es")]
    assert f"Se emitió un papel: Tarjeta de bolsillo {paper.number}" in spanish


def test_without_names_staff_are_told_by_their_role(desk: Desk, intake: RecordId) -> None:
    extra(desk, intake, "Call Jordan's sister Rosa", "2026-12-01", desk.person.id)
    open_said = lines(desk, intake)
    assert "Follow-up planned: Call Jordan's sister Rosa" in open_said
    veiled = timeline_of(desk, intake, "en", names=False)
    assert "Rosa" not in " ".join(entry.what for entry in veiled)
    assert {entry.who for entry in veiled} == {"Front desk"}


def test_what_was_taken_back_says_so(desk: Desk, intake: RecordId) -> None:
    wrong = log_attempt(desk, NewAttempt(intake, "call", "no_answer"))
    take_back_attempt(desk, wrong, "another person")
    found = [entry for entry in timeline_of(desk, intake, "en") if entry.is_taken_back]
    assert [entry.what for entry in found] == [
        "Somebody tried to reach them: Phone call, No answer"
    ]


def test_handing_over_is_told_with_who_did_it(desk: Desk, intake: RecordId) -> None:
    hand_over(desk, follow_ups_of(desk, intake)[0].record, UserId(""))
    assert "Follow-up handed over: Follow-up, 24 to 72 hours" in lines(desk, intake)


def test_a_flag_of_the_person_is_told(desk: Desk, intake: RecordId) -> None:
    log_attempt(desk, NewAttempt(intake, "call", "stop"))
    said = lines(desk, intake)
    assert "The person asked not to be contacted" in said
    assert sum(line.startswith("Follow-up dropped") for line in said) >= 8


KINDS = st.one_of(st.sampled_from(sorted(PLAIN)), st.text(min_size=1, max_size=12))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.dictionaries(
    st.sampled_from([
        "at", "~opened", "~by", "paper", "changed", "means", "result", "status", "label", "act",
        "provider", "consent_given", "flag", "on", "state", "~due", "type", "deadline",
    ]),
    VALUES, max_size=6,
)  # fmt: skip


@given(st.lists(st.tuples(KINDS, FIELDS), min_size=1, max_size=3))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_another_version_wrote_it_stands(
    desk: Desk, intake: RecordId, written: list[tuple[str, dict[str, Value]]]
) -> None:
    file = desk.care_file
    before = len(lines(desk, intake))
    made = [
        create(file, desk.person.id, kind, new_record_id(), fields, intake)
        for kind, fields in written
    ]
    file.apply(made, desk.act("test"))
    after = timeline_of(desk, intake, "en")
    assert len(after) >= before
    unknown = sum(kind not in PLAIN and not kind.startswith("row.") for kind, _ in written)
    assert len(after) - before >= min(1, unknown), "what is not known has a line all the same"


def test_on_paper_with_and_without_names(desk: Desk, intake: RecordId) -> None:
    with_names = words_on(print_timeline(desk, intake, names=True))
    assert "Whitfield" in with_names
    assert "M. Hale" in with_names
    without = words_on(print_timeline(desk, intake, names=False))
    assert "Intake taken" in without
    for word in ("Whitfield", "Jordan", "M. Hale"):
        assert word not in without
    assert "Front desk" in without
    acts = ("print timeline with names", "print timeline")
    assert [len(audit(care_of(desk), act)) for act in acts] == [1, 1]


def test_a_held_case_has_one_too(house: House) -> None:
    officer = house.desk(Role.OFFICER)
    case = case_taken(officer)
    move(officer, hours=1)
    said = lines(officer, case)
    assert said[0] == "Intake taken"
    assert "An act in this case: The citation was issued" in said
    assert any(line.startswith("A condition was set: Come to the assessment") for line in said)
    with pytest.raises(RecordMissing):
        timeline_of(house.desk(Role.FRONT_DESK), case, "en")

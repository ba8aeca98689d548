"""The clock of a case: report-by, completion, extensions, stops, limitation, and what is due."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from clock_cases import EASTERN, Story, wall
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake_app.domain.abeyance import Abeyance, Caution, Due, DueKind, abeyance
from intake_app.domain.abeyance_checks import (
    check_extension,
    check_new_report_by,
    check_no_show,
    check_sealing,
    check_toll,
)
from intake_app.domain.business_time import StepReason
from intake_app.domain.case_act import CaseAct, CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.days import add_months
from intake_app.domain.terms import Terms, VisitHours
from intake_app.rulebook.business_days import BusinessCalendar

K = CaseActKind
HOURS = tuple(VisitHours(day, "09:00", "16:00") for day in range(5))
TERMS = Terms(
    report_business_days=3, complete_days=90, extension_days=30, extensions=1, hours=HOURS,
    toll_reasons=("hospital", "jail"), seal_days=30,
)  # fmt: skip
PUBLIC = BusinessCalendar()
NOW = "2026-11-21 09:00"


def clock(story: Story | list[CaseAct], now: str = NOW, terms: Terms = TERMS) -> Abeyance:
    acts = story.acts if isinstance(story, Story) else story
    return abeyance(acts, terms, PUBLIC, wall(now), EASTERN)


def issued(*more: CaseActKind) -> Story:
    story = Story()
    story.add(K.ISSUED)  # Fri Nov 20, 2026, 2:06 PM
    for kind in more:
        story.add(kind)
    return story


# --- report-by ----------------------------------------------------------------------------


def test_before_anything_is_issued_nothing_is_due() -> None:
    assert clock(Story()) == Abeyance(extensions_left=1)


def test_the_clock_starts_with_the_paper() -> None:
    found = clock(issued())
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-11-25 16:00")
    assert found.next_due == Due(DueKind.REPORT, wall("2026-11-25 16:00"))
    assert found.complete_by == date(2027, 2, 18)
    assert found.no_show_from == wall("2026-11-26 16:00")
    assert (found.is_overdue, found.is_reported, found.warnings) == (False, False, ())


def test_a_referral_starts_the_same_clock() -> None:
    story = Story()
    story.add(K.REFERRED)
    assert replace(clock(story)) == clock(issued())


@pytest.mark.parametrize(
    ("now", "is_overdue"), [("2026-11-25 16:00", False), ("2026-11-25 16:01", True)]
)
def test_report_by_is_over_a_moment_after_it(now: str, is_overdue: bool) -> None:
    assert clock(issued(), now).is_overdue is is_overdue


def test_the_paper_binds_and_the_program_says_so() -> None:
    story = issued()
    story.add(K.REPORT_BY_SET, report_by="2026-11-24T12:00:00-05:00")
    found = clock(story)
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-11-24 12:00")
    assert [step.reason for step in found.report_by.steps] == [
        StepReason.PAPER_BINDS, StepReason.DUE,
    ]  # fmt: skip
    assert found.warnings == (Caution.PAPER_DIFFERS,)


def test_a_paper_that_says_what_is_computed_is_explained_day_by_day() -> None:
    story = issued()
    story.add(K.REPORT_BY_SET, report_by="2026-11-25T16:00:00-05:00")
    found = clock(story)
    assert found.warnings == ()
    assert found.report_by == clock(issued()).report_by


def test_what_was_printed_binds_though_the_holidays_were_corrected_later() -> None:
    story = Story()
    story.add(K.ISSUED, report_by="2026-11-25T16:00:00-05:00")
    found = abeyance(
        story.acts, TERMS, BusinessCalendar(extra=[date(2026, 11, 24)]), wall(NOW), EASTERN
    )
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-11-25 16:00")
    assert found.warnings == (Caution.PAPER_DIFFERS,)


@pytest.mark.parametrize("said", ["", "soon", 7, None, "2026-11-24"])
def test_a_report_by_that_makes_no_sense_is_passed_over(said: object) -> None:
    story = issued()
    story.add(K.REPORT_BY_SET, report_by=said)
    assert clock(story).report_by == clock(issued()).report_by


def test_a_pad_keyed_in_with_one_time_for_all_keeps_the_paper() -> None:
    story = Story()
    story.add(K.REPORT_BY_SET, "2026-11-20 14:06", report_by="2026-11-24T12:00:00-05:00")
    story.add(K.ISSUED, "2026-11-20 14:06")
    assert clock(story).warnings == (Caution.PAPER_DIFFERS,)


def test_without_a_paper_a_set_report_by_means_nothing() -> None:
    story = Story()
    story.add(K.REPORT_BY_SET, report_by="2026-11-24T12:00:00-05:00")
    assert clock(story).report_by is None


def test_a_new_report_by_holds_without_a_warning() -> None:
    story = issued(K.NO_SHOW)
    story.add(K.RESCHEDULED, report_by="2026-12-02T10:00:00-05:00", reason="no ride")
    found = clock(story)
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-12-02 10:00")
    assert found.report_by.steps[0].detail == "no ride"
    assert found.warnings == ()


def test_a_reissued_paper_starts_report_by_anew_and_leaves_completion() -> None:
    story = issued()
    story.add(K.REISSUED, "2026-11-23 09:00")
    found = clock(story)
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-11-27 16:00")
    assert found.complete_by == clock(issued()).complete_by


def test_a_paper_reissued_after_the_visit_changes_no_deadline() -> None:
    story = issued()
    story.add(K.REPORTED, "2026-11-24 10:00")
    before = clock(story)
    story.add(K.REISSUED, "2026-11-30 09:00")
    assert clock(story) == before


def test_a_visit_on_a_wrong_clock_is_a_visit() -> None:
    story = Story()
    story.add(K.REPORTED, "2026-11-19 10:00")
    story.add(K.ISSUED, "2026-11-20 14:05")
    assert clock(story).is_reported
    assert clock(story).report_by is not None


# --- stops of the clock -------------------------------------------------------------------


def test_while_the_clock_stands_nothing_is_due() -> None:
    story = issued(K.TOLL_STARTED)
    found = clock(story, "2026-12-24 09:00")
    assert (found.is_tolled, found.tolled_days) == (True, 34)
    assert (found.report_by, found.complete_by, found.next_due) == (None, None, None)
    assert (found.is_overdue, found.no_show_from) == (False, None)


def test_a_stop_moves_report_by_and_completion() -> None:
    story = issued()
    story.add(K.TOLL_STARTED, "2026-11-23 10:00", reason="hospital")
    story.add(K.TOLL_ENDED, "2026-12-03 10:00")
    found = clock(story, "2026-12-04 09:00")
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-12-07 16:00")
    assert found.complete_by == date(2027, 2, 28)
    assert found.tolled_days == 10
    tolled = [step for step in found.steps if step.reason is StepReason.TOLLED]
    assert [(step.detail, step.count) for step in tolled] == [("hospital", 10)]


def test_stops_that_overlap_count_once() -> None:
    story = issued(K.REPORTED)
    hospital = story.add(K.TOLL_STARTED, "2026-12-01 10:00", reason="hospital")
    jail = story.add(K.TOLL_STARTED, "2026-12-04 10:00", reason="jail")
    story.add(K.TOLL_ENDED, "2026-12-06 10:00", toll=hospital.id)
    story.add(K.TOLL_ENDED, "2026-12-09 10:00", toll=jail.id)
    found = clock(story, "2026-12-10 09:00")
    assert found.tolled_days == 8
    assert found.complete_by == date(2027, 2, 26)
    assert [step.count for step in found.steps if step.reason is StepReason.TOLLED] == [5, 3]


def test_a_stop_within_one_day_counts_that_day() -> None:
    story = issued(K.REPORTED)
    story.add(K.TOLL_STARTED, "2026-12-01 10:00")
    story.add(K.TOLL_ENDED, "2026-12-01 18:00")
    assert clock(story, "2026-12-10 09:00").complete_by == date(2027, 2, 19)


def test_a_stop_after_the_deadline_moves_nothing() -> None:
    story = issued()
    story.add(K.TOLL_STARTED, "2027-03-01 10:00")
    standing = clock(story, "2027-03-02 09:00")
    assert standing.report_by is not None  # it had passed before
    assert (standing.is_overdue, standing.next_due) == (False, None)
    story.add(K.TOLL_ENDED, "2027-03-09 10:00")
    found = clock(story, "2027-03-10 09:00")
    assert found.report_by == clock(issued()).report_by
    assert found.complete_by == clock(issued()).complete_by
    assert found.is_overdue


def test_a_set_report_by_moves_by_later_stops_to_an_open_door() -> None:
    story = issued()
    story.add(K.TOLL_STARTED, "2026-11-20 15:00")
    story.add(K.TOLL_ENDED, "2026-11-22 15:00")
    story.add(K.RESCHEDULED, "2026-11-23 09:00", report_by="2026-11-25T10:00:00-05:00")
    assert clock(story).report_by is not None
    story.add(K.TOLL_STARTED, "2026-11-24 09:00", reason="jail")
    story.add(K.TOLL_ENDED, "2026-11-26 09:00")
    found = clock(story, "2026-11-26 10:00").report_by
    assert found is not None
    assert found.moment == wall("2026-11-27 10:00")
    assert [(step.reason.value, step.count) for step in found.steps] == [
        ("rescheduled", 0), ("tolled", 2), ("due", 0),
    ]  # fmt: skip


def test_a_set_report_by_never_lands_at_a_closed_door() -> None:
    story = issued()
    story.add(K.RESCHEDULED, report_by="2026-11-25T10:00:00-05:00")
    story.add(K.TOLL_STARTED, "2026-11-24 09:00", reason="jail")
    story.add(K.TOLL_ENDED, "2026-11-25 09:00")
    found = clock(story, "2026-11-26 10:00").report_by
    assert found is not None  # Thanksgiving Day would be next
    assert found.moment == wall("2026-11-27 16:00")


def test_a_visit_ends_what_the_stops_do_to_report_by() -> None:
    story = issued()
    story.add(K.TOLL_STARTED, "2026-11-20 15:00")
    story.add(K.REPORTED, "2026-11-24 10:00")
    found = clock(story, "2026-12-01 09:00")
    assert found.report_by is not None
    assert found.report_by.moment == wall("2026-11-27 16:00")  # the clock ran again from Tuesday
    story.add(K.TOLL_ENDED, "2026-12-20 10:00")
    assert clock(story, "2026-12-21 09:00").report_by == found.report_by
    story.add(K.TOLL_STARTED, "2026-12-22 10:00")
    assert clock(story, "2026-12-23 09:00").report_by == found.report_by


def test_a_stop_that_ended_before_the_visit_is_taken_as_it_was() -> None:
    story = issued()
    story.add(K.TOLL_STARTED, "2026-11-20 15:00")
    story.add(K.TOLL_ENDED, "2026-11-21 15:00")
    story.add(K.REPORTED, "2026-11-24 10:00")
    assert clock(story).report_by == clock(issued()).report_by


# --- completion ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, count: int, end: date) -> None:
    assert add_months(start, count) == end


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(-60, 60))
def test_numpy_counts_the_same_months(day: date, count: int) -> None:
    month = np.datetime64(day, "M") + np.timedelta64(count, "M")
    last = ((month + np.timedelta64(1, "M")).astype("datetime64[D]") - 1).astype(date)
    assert add_months(day, count) == last.replace(day=min(day.day, last.day))


def test_months_are_counted_as_months() -> None:
    story = Story("2026-08-31 10:00")
    story.add(K.ISSUED)
    terms = replace(TERMS, complete_days=0, complete_months=6)
    found = clock(story, "2026-09-01 09:00", terms)
    assert found.complete_by == date(2027, 2, 28)
    assert [(s.reason.value, s.detail, s.count) for s in found.steps] == [
        ("first_day", "", 0), ("period", "months", 6), ("due", "", 0),
    ]  # fmt: skip


def test_a_program_without_a_last_day_has_none() -> None:
    story = issued(K.REPORTED)
    found = clock(story, terms=replace(TERMS, complete_days=0))
    assert (found.complete_by, found.next_due, found.is_overdue) == (None, None, False)


def test_after_the_visit_completion_is_due() -> None:
    story = issued(K.REPORTED)
    found = clock(story)
    assert found.next_due == Due(DueKind.COMPLETE, wall("2027-02-18 16:00"))
    assert not clock(story, "2027-02-18 23:00").is_overdue
    assert clock(story, "2027-02-19 00:01").is_overdue


def test_an_extension_adds_its_days_up_to_the_programs_limit() -> None:
    story = issued(K.REPORTED)
    story.add(K.EXTENDED, reason="illness")
    found = clock(story)
    assert found.complete_by == date(2027, 3, 20)
    assert (found.extensions_used, found.extensions_left, found.warnings) == (1, 0, ())
    story.add(K.EXTENDED)
    over = clock(story)
    assert over.complete_by == found.complete_by
    assert (over.extensions_used, over.warnings) == (1, (Caution.EXTENSIONS_OVER_LIMIT,))


def test_an_extension_keeps_the_days_that_were_granted() -> None:
    story = issued(K.REPORTED)
    story.add(K.EXTENDED, days=45)
    assert clock(story).complete_by == date(2027, 4, 4)


def test_a_closed_case_is_never_overdue() -> None:
    story = issued(K.REPORTED, K.COMPLETED)
    found = clock(story, "2028-01-01 09:00")
    assert (found.is_overdue, found.next_due) == (False, None)


# --- limitation ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limitation", "now", "warnings"),
    [
        ("2027-06-01", NOW, ()),
        ("2027-02-17", NOW, (Caution.PAST_LIMITATION,)),
        ("2027-02-18", NOW, ()),
        ("2026-12-21", NOW, (Caution.PAST_LIMITATION, Caution.NEAR_LIMITATION)),
        ("2026-12-22", NOW, (Caution.PAST_LIMITATION,)),
        ("2026-11-20", NOW, (Caution.PAST_LIMITATION, Caution.LIMITATION_OVER)),
        ("no day", NOW, ()),
    ],
)
def test_the_limitation_date_warns_and_never_moves(
    limitation: str, now: str, warnings: tuple[Caution, ...]
) -> None:
    story = issued()
    story.add(K.LIMITATION_SET, limitation=limitation)
    found = clock(story, now)
    assert found.warnings == warnings
    story.add(K.TOLL_STARTED, "2026-11-20 20:00")
    story.add(K.TOLL_ENDED, "2026-12-20 20:00")
    assert clock(story, now).limitation == found.limitation


def test_the_last_limitation_date_holds_and_apart_the_earlier_one() -> None:
    story = issued()
    first = story.add(K.LIMITATION_SET, limitation="2027-06-01")
    assert clock(story).limitation == date(2027, 6, 1)
    story.add(K.LIMITATION_SET, limitation="2027-09-01")
    assert clock(story).limitation == date(2027, 9, 1)
    story.add(K.LIMITATION_SET, saw=[first], limitation="2027-08-01")
    assert clock(story).limitation == date(2027, 8, 1)


def test_a_failed_case_is_due_until_the_charge_is_decided() -> None:
    story = issued(K.REPORTED, K.NOT_COMPLETED)
    story.add(K.LIMITATION_SET, limitation="2026-12-01")
    found = clock(story)
    assert found.next_due == Due(DueKind.CHARGE, wall("2026-12-01 16:00"))
    assert found.warnings == (Caution.NEAR_LIMITATION,)
    story.add(K.FILED)
    assert (clock(story).next_due, clock(story).warnings) == (None, ())


# --- what may be done ---------------------------------------------------------------------


def why_not(moment: str, story: Story) -> tuple[Refusal, ...]:
    return check_new_report_by(wall(moment), story.acts, TERMS, PUBLIC, wall(NOW), EASTERN)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2026-12-01 10:00", ()),
        ("2026-11-20 10:00", (Refusal.IN_THE_PAST,)),
        ("2026-11-26 10:00", (Refusal.DOOR_CLOSED,)),
        ("2026-12-01 16:01", (Refusal.DOOR_CLOSED,)),
        ("2027-02-17 10:00", (Refusal.PAST_LIMITATION,)),
        ("2027-02-20 10:00", (
            Refusal.DOOR_CLOSED, Refusal.PAST_LIMITATION, Refusal.AFTER_COMPLETION,
        )),
    ],
)  # fmt: skip
def test_a_new_report_by_must_make_sense(moment: str, why: tuple[Refusal, ...]) -> None:
    story = issued()
    story.add(K.LIMITATION_SET, limitation="2027-02-16")
    assert why_not(moment, story) == why


def test_a_new_report_by_is_refused_where_the_case_does_not_allow_it() -> None:
    assert why_not("2026-12-01 10:00", issued(K.REPORTED)) == (Refusal.ALREADY_REPORTED,)
    assert why_not("2026-12-01 10:00", Story()) == (Refusal.NOT_ISSUED,)


def extend(story: Story, terms: Terms = TERMS) -> tuple[Refusal, ...]:
    return check_extension(story.acts, terms, PUBLIC, wall(NOW), EASTERN)


def test_an_extension_is_given_as_often_as_the_program_says() -> None:
    story = issued(K.REPORTED)
    assert extend(story) == ()
    story.add(K.EXTENDED)
    assert extend(story) == (Refusal.EXTENSIONS_USED,)
    assert extend(story, replace(TERMS, extensions=0)) == (Refusal.NO_EXTENSIONS,)
    assert extend(story, replace(TERMS, extensions=2)) == ()


def test_an_extension_needs_a_running_clock_and_room_before_the_limitation_date() -> None:
    assert extend(issued(K.TOLL_STARTED)) == (Refusal.TOLLED,)
    assert extend(issued(), replace(TERMS, complete_days=0)) == (Refusal.NO_COMPLETION,)
    assert extend(issued(K.WITHDREW)) == (Refusal.CLOSED,)
    story = issued()
    story.add(K.LIMITATION_SET, limitation="2027-03-19")
    assert extend(story) == (Refusal.PAST_LIMITATION,)
    story.add(K.LIMITATION_SET, limitation="2027-03-20")
    assert extend(story) == ()


def test_the_clock_stops_for_the_programs_reasons_only() -> None:
    assert check_toll("jail", issued().acts, TERMS) == ()
    assert check_toll("vacation", issued().acts, TERMS) == (Refusal.UNKNOWN_TOLL,)
    assert check_toll("jail", [], TERMS) == (Refusal.NOT_ISSUED,)


@pytest.mark.parametrize(
    ("now", "why"), [("2026-11-26 15:59", (Refusal.TOO_EARLY,)), ("2026-11-26 16:00", ())]
)
def test_not_reporting_is_noted_after_the_hours_of_grace(
    now: str, why: tuple[Refusal, ...]
) -> None:
    assert check_no_show(issued().acts, TERMS, PUBLIC, wall(now), EASTERN) == why


def test_not_reporting_is_no_matter_for_who_came() -> None:
    acts = issued(K.REPORTED).acts
    found = check_no_show(acts, TERMS, PUBLIC, wall(NOW), EASTERN)
    assert found == (Refusal.ALREADY_REPORTED,)


def test_a_case_is_sealed_some_time_after_it_was_completed() -> None:
    story = issued(K.REPORTED, K.COMPLETED, K.NOT_FILED)
    assert check_sealing(story.acts, TERMS, wall("2026-12-20 14:07")) == (
        Refusal.TOO_EARLY_TO_SEAL,
    )
    assert check_sealing(story.acts, TERMS, wall("2026-12-20 14:09")) == ()
    assert check_sealing([], TERMS, wall(NOW)) == (Refusal.STILL_OPEN,)


# --- any story ----------------------------------------------------------------------------

KINDS = (
    K.ISSUED, K.REISSUED, K.REPORT_BY_SET, K.RESCHEDULED, K.REPORTED, K.NO_SHOW, K.TOLL_STARTED,
    K.TOLL_ENDED, K.EXTENDED, K.LIMITATION_SET, K.COMPLETED, K.NOT_COMPLETED, K.REOPENED,
)  # fmt: skip
Clock = Callable[[list[CaseAct]], Abeyance]


def any_story(seed: int, steps: int) -> list[CaseAct]:
    dice, story = random.Random(seed), Story()
    for _ in range(steps):
        at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=dice.randrange(24 * 120))
        then = (at + timedelta(hours=dice.randrange(200))).isoformat()
        story.add(
            dice.choice(KINDS), at, report_by=then, limitation=then[:10], reason="jail",
            saw=[act for act in story.acts if dice.random() < 0.5],
        )  # fmt: skip
    return story.acts


def is_the_same_in_any_order(clock_it: Clock) -> Callable[[], None]:
    @settings(deadline=None, max_examples=100)
    @given(st.integers(0, 10**9), st.integers(1, 12))
    @example(2, 12)
    def check(seed: int, steps: int) -> None:
        acts = any_story(seed, steps)
        mixed = [*acts, *acts[::2]]
        random.Random(seed).shuffle(mixed)
        assert clock_it(mixed) == clock_it(acts)

    return check


def test_the_clock_is_the_same_in_any_order() -> None:
    is_the_same_in_any_order(clock)()


def test_negative_control_a_clock_that_takes_the_last_to_arrive_is_refused() -> None:
    def last_wins(acts: list[CaseAct]) -> Abeyance:
        return replace(clock(acts), report_by=None, steps=(), limitation=acts[-1].at.date())

    with pytest.raises(AssertionError):
        is_the_same_in_any_order(last_wins)()


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**9), st.integers(1, 14), st.integers(0, 4000))
def test_in_any_story_the_clock_keeps_its_promises(seed: int, steps: int, hours: int) -> None:
    now = wall("2026-11-01 09:00") + timedelta(hours=hours)
    acts = any_story(seed, steps)
    found = abeyance(acts, TERMS, PUBLIC, now, EASTERN)
    if found.is_tolled:
        assert not found.is_overdue
        assert found.next_due is None or found.next_due.what is DueKind.CHARGE
    assert found.extensions_used + found.extensions_left == TERMS.extensions
    if found.complete_by:
        first = min(a.at for a in acts if a.kind in {K.ISSUED, K.REISSUED}).astimezone(EASTERN)
        moved = found.complete_by - first.date() - timedelta(days=90)
        assert timedelta() <= moved
        assert moved <= timedelta(days=30 * found.extensions_used + found.tolled_days)
    if found.report_by:
        moment = found.report_by.moment
        assert moment.utcoffset() == moment.astimezone(EASTERN).utcoffset()
        assert found.report_by.steps[-1].day == moment.date()

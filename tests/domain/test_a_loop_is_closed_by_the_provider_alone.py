"""Whatever happens to a referral, only the provider's own word closes its loop."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.ids import RecordId
from intake_app.domain.referral import (
    CARD,
    LATE_WORD,
    NEXT,
    Referral,
    SaidBy,
    Standing,
    Status,
    Step,
    counted,
    fold,
    may_follow,
)


def _step(n: int, status: Status, said_by: SaidBy) -> Step:
    at = f"2026-11-{n % 28 + 1:02}T09:00"
    return Step(RecordId(f"s{n}"), f"{n:05}", status, at, said_by=said_by)


STEPS = st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(SaidBy)), max_size=12).map(
    lambda said: [_step(n, *one) for n, one in enumerate(said)]
)


@given(STEPS)
def test_random_steps_never_close_the_loop_without_the_providers_word(steps: list[Step]) -> None:
    ours = [replace(s, said_by=SaidBy.STAFF) if s.confirms else s for s in steps]
    assert not fold(ours).is_closed_loop
    assert not any(s.confirms for s in steps) or fold(steps).closed_at in {
        "",
        *(s.at for s in steps),
    }
    if fold(steps).is_closed_loop:
        assert any(s.confirms for s in steps)


def test_the_providers_word_does_close_it() -> None:
    asked = _step(0, Status.REQUESTED, SaidBy.STAFF)
    came = _step(1, Status.IN_PROGRESS, SaidBy.PROVIDER)
    assert fold([asked, came]).is_closed_loop
    assert not fold([asked, replace(came, said_by=SaidBy.PERSON)]).is_closed_loop


@given(STEPS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(steps: list[Step], random: Random) -> None:
    mixed = list(steps)
    random.shuffle(mixed)
    assert fold(mixed) == fold(steps)


@given(STEPS)
def test_a_step_that_cannot_follow_moves_nothing(steps: list[Step]) -> None:
    before = fold(steps)
    for status in Status:
        for said_by in SaidBy:
            after = fold([*steps, _step(99, status, said_by)])
            if not may_follow(before.status, status, said_by):
                assert after == before
            else:
                assert after.status is status


@pytest.mark.parametrize("status", Status)
def test_every_status_says_what_may_follow(status: Status) -> None:
    assert status in NEXT
    assert not (NEXT[status] & LATE_WORD.get(status, frozenset()))


def test_only_a_provider_may_speak_after_an_end() -> None:
    assert may_follow(Status.REJECTED, Status.ACCEPTED, SaidBy.PROVIDER)
    assert not may_follow(Status.REJECTED, Status.ACCEPTED, SaidBy.STAFF)
    assert not may_follow(Status.CANCELLED, Status.ACCEPTED, SaidBy.PROVIDER)


def _referral(mode: str, standing: Standing) -> Referral:
    return Referral(
        RecordId("r"), RecordId("i"), "detox", RecordId(""), "Place", "", mode, standing=standing
    )


def test_a_card_is_counted_apart_and_never_as_a_referral() -> None:
    card = _referral(CARD, Standing())
    letter = _referral("letter", fold([_step(0, Status.REQUESTED, SaidBy.STAFF)]))
    draft = _referral("letter", Standing())
    wrong = _referral("letter", fold([_step(0, Status.ENTERED_IN_ERROR, SaidBy.STAFF)]))
    found = counted([card, letter, draft, wrong])
    assert (found.referrals, found.closed, found.cards) == (1, 0, 1)
    assert not card.may_follow(Status.REQUESTED, SaidBy.STAFF)
    assert letter.may_follow(Status.ACCEPTED, SaidBy.PROVIDER)


def test_what_is_owed_waits_since_the_visit_and_ends_with_the_providers_word() -> None:
    asked = _step(0, Status.REQUESTED, SaidBy.STAFF)
    yes = replace(_step(1, Status.ACCEPTED, SaidBy.PROVIDER), appointment="2026-11-24T10:30")
    came = _step(2, Status.IN_PROGRESS, SaidBy.PERSON)
    told = _step(3, Status.IN_PROGRESS, SaidBy.PROVIDER)
    assert fold([asked]).waits_since == "2026-11-01"
    assert fold([asked, yes, came]).waits_since == "2026-11-24"
    assert fold([asked, yes, came, told]).waits_since == ""

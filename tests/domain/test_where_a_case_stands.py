"""The status of a case: the same from its acts in any order, and nobody wins by a clock."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from clock_cases import Story, record_of, wall
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.case_act import (
    AT,
    SAW,
    CaseAct,
    CaseActKind,
    Sight,
    acts_of,
    in_order,
    newest,
)
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import CHARGES, CLOSINGS, CaseStatus, ChargeStatus, Folded, fold
from intake_app.domain.change import DELETED
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.record import Record
from intake_app.domain.tolling import is_tolled, tolls

K = CaseActKind
NEW = frozenset(K) - {K.UNREADABLE}
Fold = Callable[[Iterable[CaseAct]], Folded]


def told(*kinds: CaseActKind) -> Story:
    story = Story()
    for kind in kinds:
        story.add(kind)
    return story


# --- legal paths --------------------------------------------------------------------------

PATHS = [
    ([], CaseStatus.NOT_ISSUED, ChargeStatus.HELD),
    ([K.ISSUED], CaseStatus.ISSUED, ChargeStatus.HELD),
    ([K.REFERRED], CaseStatus.ISSUED, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORT_BY_SET], CaseStatus.ISSUED, ChargeStatus.HELD),
    ([K.ISSUED, K.REISSUED], CaseStatus.ISSUED, ChargeStatus.HELD),
    ([K.ISSUED, K.NO_SHOW], CaseStatus.NO_SHOW, ChargeStatus.HELD),
    ([K.ISSUED, K.NO_SHOW, K.RESCHEDULED], CaseStatus.ISSUED, ChargeStatus.HELD),
    ([K.ISSUED, K.NO_SHOW, K.REPORTED], CaseStatus.REPORTED, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORTED], CaseStatus.REPORTED, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORTED, K.ASSESSED], CaseStatus.ASSESSED, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORTED, K.PLAN_AGREED], CaseStatus.PLAN_ACTIVE, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORTED, K.PLAN_AGREED, K.ASSESSED], CaseStatus.PLAN_ACTIVE, ChargeStatus.HELD),
    (
        [K.REFERRED, K.REPORTED, K.ASSESSED, K.PLAN_AGREED, K.EXTENDED, K.COMPLETED, K.NOT_FILED],
        CaseStatus.COMPLETED, ChargeStatus.NOT_FILED,
    ),
    (
        [K.ISSUED, K.REPORTED, K.PLAN_AGREED, K.TOLL_STARTED, K.TOLL_ENDED, K.COMPLETED, K.VOIDED,
         K.SEALED],
        CaseStatus.COMPLETED, ChargeStatus.VOIDED,
    ),
    ([K.ISSUED, K.NO_SHOW, K.RETURNED, K.FILED], CaseStatus.RETURNED, ChargeStatus.FILED),
    (
        [K.ISSUED, K.REPORTED, K.NOT_COMPLETED, K.WARRANT_REQUESTED, K.FILED],
        CaseStatus.NOT_COMPLETED, ChargeStatus.FILED,
    ),
    ([K.WITHDREW], CaseStatus.WITHDREW, ChargeStatus.HELD),
    ([K.ISSUED, K.TRANSFERRED], CaseStatus.TRANSFERRED, ChargeStatus.HELD),
    ([K.ISSUED, K.DECEASED, K.NOT_FILED], CaseStatus.DECEASED, ChargeStatus.NOT_FILED),
    (
        [K.DECLINED_BY_PROSECUTOR, K.NOT_FILED],
        CaseStatus.DECLINED_BY_PROSECUTOR, ChargeStatus.NOT_FILED,
    ),
    ([K.ISSUED, K.ENTERED_IN_ERROR], CaseStatus.ENTERED_IN_ERROR, ChargeStatus.HELD),
    ([K.ISSUED, K.REPORTED, K.COMPLETED, K.REOPENED], CaseStatus.REPORTED, ChargeStatus.HELD),
    (
        [K.ISSUED, K.REPORTED, K.COMPLETED, K.REOPENED, K.NOT_COMPLETED],
        CaseStatus.NOT_COMPLETED, ChargeStatus.HELD,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "status", "charge"), PATHS)
def test_every_step_of_a_legal_path_is_allowed(
    kinds: list[CaseActKind], status: CaseStatus, charge: ChargeStatus
) -> None:
    story = Story()
    for kind in kinds:
        assert fold(story.acts).allowed[kind] is Refusal.ALLOWED
        assert fold(story.acts).may(kind)
        story.add(kind)
    found = fold(story.acts)
    assert (found.status, found.charge) == (status, charge)
    assert not found.has_conflict
    assert found.is_open is (status.value not in CLOSINGS)
    assert set(found.allowed) == NEW


REFUSED = [
    ([], K.REPORTED, Refusal.NOT_ISSUED),
    ([], K.COMPLETED, Refusal.NOT_ISSUED),
    ([], K.EXTENDED, Refusal.NOT_ISSUED),
    ([], K.SEALED, Refusal.STILL_OPEN),
    ([], K.SETTLED, Refusal.NO_CONFLICT),
    ([], K.CONTACT_RESUMED, Refusal.NOT_STOPPED),
    ([K.ISSUED], K.ISSUED, Refusal.ALREADY_ISSUED),
    ([K.ISSUED], K.REFERRED, Refusal.ALREADY_ISSUED),
    ([K.ISSUED], K.ASSESSED, Refusal.NOT_REPORTED),
    ([K.ISSUED], K.COMPLETED, Refusal.NOT_REPORTED),
    ([K.ISSUED], K.TOLL_ENDED, Refusal.NOT_TOLLED),
    ([K.ISSUED], K.FILED, Refusal.STILL_OPEN),
    ([K.ISSUED], K.REOPENED, Refusal.STILL_OPEN),
    ([K.ISSUED, K.NO_SHOW], K.NO_SHOW, Refusal.ALREADY_NO_SHOW),
    ([K.ISSUED, K.REPORTED], K.NO_SHOW, Refusal.ALREADY_REPORTED),
    ([K.ISSUED, K.REPORTED], K.REPORTED, Refusal.ALREADY_REPORTED),
    ([K.ISSUED, K.REPORTED], K.RESCHEDULED, Refusal.ALREADY_REPORTED),
    ([K.ISSUED, K.TOLL_STARTED], K.NO_SHOW, Refusal.TOLLED),
    ([K.ISSUED, K.TOLL_STARTED], K.RESCHEDULED, Refusal.TOLLED),
    ([K.ISSUED, K.REPORTED, K.COMPLETED], K.FILED, Refusal.WAS_COMPLETED),
    ([K.ISSUED, K.REPORTED, K.COMPLETED], K.WARRANT_REQUESTED, Refusal.WAS_COMPLETED),
    ([K.ISSUED, K.REPORTED, K.COMPLETED], K.SEALED, Refusal.CHARGE_HELD),
    ([K.ISSUED, K.WITHDREW, K.NOT_FILED], K.SEALED, Refusal.NOT_COMPLETED),
    ([K.ISSUED, K.WITHDREW, K.NOT_FILED], K.NOT_FILED, Refusal.ALREADY_NOTED),
    ([K.ISSUED, K.ENTERED_IN_ERROR], K.NOT_FILED, Refusal.IN_ERROR),
    ([K.ISSUED, K.ENTERED_IN_ERROR], K.ENTERED_IN_ERROR, Refusal.IN_ERROR),
    ([K.ISSUED, K.DECEASED], K.DECEASED, Refusal.DECEASED),
    ([K.ISSUED, K.DECEASED], K.CONTACT_RESUMED, Refusal.DECEASED),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "kind", "why"), REFUSED)
def test_what_is_not_allowed_says_why(
    kinds: list[CaseActKind], kind: CaseActKind, why: Refusal
) -> None:
    found = fold(told(*kinds).acts)
    assert found.allowed[kind] is why
    assert not found.may(kind)
    assert why.value.endswith(".")


@pytest.mark.parametrize("closing", sorted(CLOSINGS - {K.ENTERED_IN_ERROR}))
def test_after_closing_only_charge_corrections_and_contact_are_open(closing: CaseActKind) -> None:
    found = fold(told(K.ISSUED, K.REPORTED, closing).acts)
    open_now = {kind for kind in NEW if found.may(kind)}
    assert open_now <= CHARGES | {
        K.REOPENED, K.ENTERED_IN_ERROR, K.DECEASED, K.LIMITATION_SET, K.DO_NOT_CONTACT,
    }  # fmt: skip
    assert {K.NOT_FILED, K.REOPENED} <= open_now


def test_after_sealing_nothing_is_allowed() -> None:
    found = fold(told(K.ISSUED, K.REPORTED, K.COMPLETED, K.NOT_FILED, K.SEALED).acts)
    assert found.is_sealed
    assert set(found.allowed.values()) == {Refusal.SEALED}
    assert found.paper is found.letter is found.disclosure is Refusal.SEALED


def test_who_came_late_has_come() -> None:
    story = told(K.ISSUED)
    came = story.add(K.REPORTED, "2026-11-25 10:00")
    story.add(K.NO_SHOW, "2026-11-27 10:00", saw=story.acts[:1])
    assert fold(story.acts).status is CaseStatus.REPORTED
    assert fold([story.acts[0], story.acts[2]]).status is CaseStatus.NO_SHOW
    assert not fold([story.acts[0], came]).has_conflict


# --- letters ------------------------------------------------------------------------------


def test_death_stops_letters_for_good() -> None:
    found = fold(told(K.ISSUED, K.DECEASED).acts)
    assert found.letters_stopped is Refusal.DECEASED
    assert found.letter is Refusal.DECEASED
    assert found.paper is Refusal.ALLOWED  # the notice to the prosecutor is still due


def test_death_after_completion_stops_letters_and_leaves_the_case_completed() -> None:
    found = fold(told(K.ISSUED, K.REPORTED, K.COMPLETED, K.DECEASED).acts)
    assert (found.status, found.has_conflict) == (CaseStatus.COMPLETED, False)
    assert found.letters_stopped is Refusal.DECEASED


def test_a_death_noted_by_mistake_is_taken_back_by_reopening() -> None:
    story = told(K.ISSUED, K.DECEASED, K.REOPENED)
    assert fold(story.acts).letters_stopped is Refusal.ALLOWED
    story.add(K.DECEASED)
    assert fold(story.acts).status is CaseStatus.DECEASED
    assert fold(story.acts).letters_stopped is Refusal.DECEASED


def test_do_not_contact_holds_until_someone_who_saw_it_says_otherwise() -> None:
    story = told(K.ISSUED, K.DO_NOT_CONTACT)
    assert fold(story.acts).letter is Refusal.DO_NOT_CONTACT
    assert fold(story.acts).may(K.CONTACT_RESUMED)
    blind = [*story.acts, replace(story.acts[1], id=RecordId("b"), kind=K.CONTACT_RESUMED, saw=())]
    assert fold(blind).letter is Refusal.DO_NOT_CONTACT
    story.add(K.CONTACT_RESUMED)
    assert fold(story.acts).letter is Refusal.ALLOWED


# --- people who work apart ----------------------------------------------------------------


def apart(first: CaseActKind, second: CaseActKind, *before: CaseActKind) -> Story:
    story = told(K.ISSUED, K.REPORTED, *before)
    seen = list(story.acts)[-1:]
    story.add(first, saw=seen)
    story.add(second, saw=seen)
    return story


@pytest.mark.parametrize("first", sorted(CLOSINGS))
@pytest.mark.parametrize("second", sorted(CLOSINGS))
def test_two_closings_apart_are_a_conflict_until_settled(
    first: CaseActKind, second: CaseActKind
) -> None:
    story = apart(first, second)
    one, other = story.acts[-2:]
    found = fold(story.acts)
    assert found.has_conflict is (first is not second)
    if first is second:
        return
    assert set(found.conflicting) == {one.id, other.id}
    assert found.paper is found.letter is found.disclosure is Refusal.CONFLICT
    assert {found.allowed[kind] for kind in CLOSINGS | CHARGES | {K.SEALED}} == {Refusal.CONFLICT}
    assert found.may(K.SETTLED)
    story.add(K.SETTLED, holds=one.id)
    settled = fold(story.acts)
    assert not settled.has_conflict
    assert settled.status.value == first.value
    assert (settled.letters_stopped is Refusal.DECEASED) is (first is K.DECEASED)


@pytest.mark.parametrize("first", sorted(CHARGES))
@pytest.mark.parametrize("second", sorted(CHARGES))
def test_two_charge_actions_apart_are_a_conflict_until_settled(
    first: CaseActKind, second: CaseActKind
) -> None:
    story = apart(first, second, K.NOT_COMPLETED)
    assert fold(story.acts).has_conflict is (first is not second)
    story.add(K.SETTLED, holds=story.acts[-1].id)
    assert not fold(story.acts).has_conflict
    assert fold(story.acts).charge.value == second.value


def test_a_closing_that_saw_one_of_two_settles_nothing() -> None:
    story = apart(K.COMPLETED, K.NOT_COMPLETED)
    one, other = story.acts[-2:]
    story.add(K.WITHDREW, saw=[one])
    assert fold(story.acts).conflicting == tuple(sorted(a.id for a in (one, other, story.acts[-1])))
    story.add(K.WITHDREW)  # not even one that saw both: a supervisor must say it
    assert fold(story.acts).has_conflict


def test_settling_counts_only_if_it_saw_what_it_names() -> None:
    story = apart(K.COMPLETED, K.NOT_COMPLETED)
    one, other = story.acts[-2:]
    for saw, holds in (([one], other.id), ([one, other], "no such act"), ([one, other], None)):
        trial = Story()
        trial.acts = list(story.acts)
        trial.add(K.SETTLED, saw=saw, holds=holds)
        assert fold(trial.acts).has_conflict
    story.add(K.SETTLED, saw=[one], holds=one.id)  # had not seen the other
    assert fold(story.acts).has_conflict


def test_two_supervisors_who_settle_apart_are_a_conflict_again() -> None:
    story = apart(K.COMPLETED, K.NOT_COMPLETED)
    one, other = story.acts[-2:]
    story.add(K.SETTLED, saw=[one, other], holds=one.id)
    story.add(K.SETTLED, saw=[one, other], holds=other.id)
    assert set(fold(story.acts).conflicting) == {one.id, other.id}
    story.add(K.SETTLED, holds=other.id)
    found = fold(story.acts)
    assert (found.status, found.has_conflict) == (CaseStatus.NOT_COMPLETED, False)


def test_wrong_clocks_decide_nothing() -> None:
    story = told(K.ISSUED, K.REPORTED)
    story.add(K.COMPLETED, "2027-06-01 10:00")
    story.add(K.REOPENED, "2019-01-01 10:00")  # its station's clock is years behind
    assert fold(story.acts).status is CaseStatus.REPORTED


def test_a_forged_ring_hides_nothing() -> None:
    story = apart(K.COMPLETED, K.NOT_COMPLETED)
    one, other = story.acts[-2:]
    ring = [*story.acts[:-2], replace(one, saw=(other.id,)), replace(other, saw=(one.id,))]
    assert fold(ring).has_conflict


# --- any order ----------------------------------------------------------------------------


def typed(seed: int, steps: int, stations: int = 3) -> list[CaseAct]:
    """What several stations entered, each seeing only some of what the others did."""
    dice = random.Random(seed)
    known: list[list[CaseAct]] = [[] for _ in range(stations)]
    made: list[CaseAct] = []
    for step in range(steps):
        here = known[dice.randrange(stations)]
        here += [act for act in made if act not in here and dice.random() < 0.4]
        kind = dice.choice(sorted(NEW))
        details: dict[str, object] = {"holds": dice.choice(made).id} if made else {}
        at = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=dice.randrange(9))
        ident = RecordId(f"{dice.getrandbits(128):032x}")
        act = CaseAct(ident, kind, at, "", saw=newest(here), details=details)
        assert len(made) == step
        made.append(act)
        here.append(act)
    return made


def holds_in_any_order(fold_it: Fold) -> Callable[[], None]:
    @settings(deadline=None, max_examples=150)
    @given(st.integers(0, 10**9), st.integers(1, 14))
    def check(seed: int, steps: int) -> None:
        acts = typed(seed, steps)
        dice = random.Random(seed)
        shuffled = [*acts, *dice.sample(acts, len(acts) // 2)]
        dice.shuffle(shuffled)
        assert fold_it(shuffled) == fold_it(acts)

    return check


def test_any_order_and_doubles_give_the_same_case() -> None:
    holds_in_any_order(fold)()


def test_negative_control_a_fold_where_the_last_to_arrive_wins_is_refused() -> None:
    def last_wins(acts: Iterable[CaseAct]) -> Folded:
        found = fold(acts_list := list(acts))
        closings = [act for act in acts_list if act.kind in CLOSINGS]
        return replace(found, status=CaseStatus(closings[-1].kind.value)) if closings else found

    with pytest.raises(AssertionError):
        holds_in_any_order(last_wins)()


def contradicts(acts: Sequence[CaseAct], group: frozenset[CaseActKind]) -> bool:
    """The oracle, in one sentence: two kinds of a group, neither of which saw the other."""
    sight = Sight(acts)
    return any(
        one.kind is not other.kind
        and one.id not in sight.seen_by(other.id)
        and other.id not in sight.seen_by(one.id)
        for one in acts if one.kind in group for other in acts if other.kind in group
    )  # fmt: skip


def finds_every_conflict(fold_it: Fold) -> Callable[[], None]:
    @settings(deadline=None, max_examples=150)
    @given(st.integers(0, 10**9), st.integers(1, 14))
    def check(seed: int, steps: int) -> None:
        acts = [a for a in typed(seed, steps) if a.kind not in {K.SETTLED, K.DECEASED}]
        ends = CLOSINGS | {K.REOPENED}
        assert fold_it(acts).has_conflict is (contradicts(acts, ends) or contradicts(acts, CHARGES))

    return check


def test_every_contradiction_is_found_and_nothing_else() -> None:
    finds_every_conflict(fold)()


def test_negative_control_a_fold_where_the_clock_wins_is_refused() -> None:
    with pytest.raises(AssertionError):
        finds_every_conflict(lambda acts: replace(fold(acts), has_conflict=False))()


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 12))
def test_a_supervisor_can_settle_any_conflict(seed: int, steps: int) -> None:
    story = Story("2026-12-01 08:00")
    story.acts = typed(seed, steps)
    for _ in range(2):  # of closings, and of the charge
        found = fold(story.acts)
        if found.conflicting:
            assert found.may(K.SETTLED) or found.is_sealed
            story.add(K.SETTLED, holds=found.conflicting[0])
    assert fold(story.acts).conflicting == ()


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_no_allowed_path_leads_into_a_conflict_or_out_of_the_rules(seed: int) -> None:
    dice, story = random.Random(seed), Story()
    for _ in range(20):
        found = fold(story.acts)
        assert not found.has_conflict
        assert not (found.is_sealed and any(found.may(kind) for kind in NEW))
        assert found.may(K.COMPLETED) <= (found.is_open and found.status is not CaseStatus.ISSUED)
        if not (allowed := sorted(kind for kind in NEW if found.may(kind))):
            break
        story.add(dice.choice(allowed))


# --- stops of the clock -------------------------------------------------------------------


def test_an_end_ends_what_it_names_or_all_that_it_saw() -> None:
    story = told(K.ISSUED)
    hospital = story.add(K.TOLL_STARTED, reason="hospital")
    jail = story.add(K.TOLL_STARTED, reason="jail")
    story.add(K.TOLL_ENDED, toll=hospital.id)
    assert [stop.ended is None for stop in tolls(story.acts)] == [False, True]
    assert fold(story.acts).is_tolled
    story.add(K.TOLL_ENDED, saw=[hospital])  # entered where nobody knew of the jail
    assert is_tolled(story.acts)
    story.add(K.TOLL_ENDED, toll="no such stop")
    assert is_tolled(story.acts)
    end = story.add(K.TOLL_ENDED)
    assert not is_tolled(story.acts)
    assert tolls(story.acts)[1].ended == end.at
    assert tolls(story.acts)[1].id == jail.id


def test_a_stop_never_ends_before_it_began() -> None:
    story = told(K.ISSUED)
    stop = story.add(K.TOLL_STARTED, "2026-11-24 10:00")
    story.add(K.TOLL_ENDED, "2026-11-23 10:00", toll=stop.id)
    assert tolls(story.acts)[0].ended == stop.at


# --- what other stations write ------------------------------------------------------------


def test_an_act_comes_back_from_its_record() -> None:
    story = told(K.ISSUED)
    act = story.add(K.RESCHEDULED, report_by="2026-11-30T16:00:00-05:00", days=30, on="2026-12-01")
    again = CaseAct.of(record_of(act))
    assert again is not None
    assert again.fields() == act.fields()
    assert again == replace(act, at=again.at)
    assert again.at.astimezone(UTC) == act.at.astimezone(UTC)
    assert again.moment("report_by") == wall("2026-11-30 16:00")
    assert (again.number("days"), str(again.day("on"))) == (30, "2026-12-01")
    assert acts_of([record_of(act), Record(RecordId("x"), "offer", ChangeId(""), {})]) == (again,)
    assert "report_by" not in repr(again)


@pytest.mark.parametrize(
    "at",
    [None, 7, "", "soon", "2026-11-20", "2026-11-20T14:05:00", "0001-01-01T00:00:00+00:00",
     "9999-12-31T23:59:59-12:00", ["2026-11-20T14:05:00-05:00"]],
)  # fmt: skip
def test_a_moment_that_makes_no_sense_makes_the_act_unreadable(at: object) -> None:
    act = CaseAct.of(record_of(told(K.COMPLETED).acts[0], **{AT: at}))
    assert act is not None
    assert act.kind is K.UNREADABLE


@pytest.mark.parametrize("kind", [None, 7, "", "abducted", ["completed"], {"a": 1}])
def test_a_kind_that_nobody_knows_does_nothing_but_pass_on_what_it_saw(kind: object) -> None:
    story = told(K.ISSUED, K.REPORTED, K.COMPLETED)
    strange = story.add(K.REOPENED)
    story.add(K.NOT_COMPLETED)
    acts = acts_of(record_of(a, act=kind) if a is strange else record_of(a) for a in story.acts)
    found = fold(acts)
    assert (found.status, found.has_conflict) == (CaseStatus.NOT_COMPLETED, False)


def test_an_act_that_was_taken_back_does_nothing() -> None:
    story = told(K.ISSUED, K.REPORTED, K.COMPLETED)
    hidden = record_of(story.acts[-1])
    saw = {name: [""] for name in hidden.values}
    hidden.values[DELETED] = {"why": "wrong case", "saw": saw}
    acts = acts_of([*map(record_of, story.acts[:-1]), hidden])
    assert fold(acts).status is CaseStatus.REPORTED


def test_what_is_no_legal_act_is_no_act() -> None:
    act = told(K.COMPLETED).acts[0]
    assert CaseAct.of(replace(record_of(act), is_fact=False)) is None
    assert CaseAct.of(replace(record_of(act), is_purged=True)) is None
    assert CaseAct.of(replace(record_of(act), kind="offer")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["act", AT, SAW, "holds", "toll", "~by", "x"]), JSON))
def test_whatever_another_station_wrote_the_case_can_be_folded(said: dict[str, object]) -> None:
    story = told(K.ISSUED, K.TOLL_STARTED)
    story.add(K.SETTLED)
    records = [record_of(act, **said) for act in story.acts]
    assert fold(acts_of(records)) == fold(reversed(acts_of(records)))
    assert fold([*acts_of(records), *story.acts]).status is CaseStatus.ISSUED


@pytest.mark.parametrize("number", [True, -1, 3661, 10**30, 1.5, "30", None])
def test_a_number_of_days_that_makes_no_sense_is_none(number: object) -> None:
    assert replace(told(K.EXTENDED).acts[0], details={"days": number}).number("days") == 0


@pytest.mark.parametrize("day", ["", "9999-01-01", "2026-02-30", 7])
def test_a_day_that_makes_no_sense_is_none(day: object) -> None:
    assert replace(told(K.ISSUED).acts[0], details={"on": day}).day("on") is None


def test_acts_of_one_moment_stand_in_the_order_of_life() -> None:
    story = told(K.REPORT_BY_SET)
    paper = replace(story.acts[0], id=RecordId("z"), kind=K.ISSUED)
    assert [act.kind for act in in_order([story.acts[0], paper])] == [K.ISSUED, K.REPORT_BY_SET]

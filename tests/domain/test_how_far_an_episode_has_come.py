"""Steps fold into one standing, in any order; people who worked apart are shown as in conflict."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.episode import Step, fold
from intake_app.domain.form import Status
from intake_app.domain.ids import RecordId
from intake_app.domain.text import Text


def status(ident: str, *after: str, closes: bool = False) -> Status:
    return Status(ident, Text({"en": ident}), after, closes=closes)


LEAD, ACCEPTED = status("lead"), status("accepted", "lead")
DONE = status("completed", "accepted", closes=True)
GONE = status("moved", "lead", "accepted", closes=True)
WAYS = (LEAD, ACCEPTED, DONE, GONE)


def step(ident: str, said: str, *saw: str, at: str = "2026-11-23T10:00:00-05:00") -> Step:
    return Step(RecordId(ident), said, at, at, saw=tuple(map(RecordId, saw)))


def test_without_a_step_it_stands_at_the_first_status() -> None:
    found = fold((), WAYS)
    assert (found.status, found.is_closed, found.closed_on) == ("lead", False, "")
    assert [one.id for one in found.next] == ["accepted", "moved"]


def test_a_closed_one_can_be_opened_where_it_was() -> None:
    steps = [step("1", "lead"), step("2", "accepted", "1"), step("3", "completed", "2")]
    found = fold(steps, WAYS)
    assert (found.status, found.is_closed, found.closed_on) == ("completed", True, "2026-11-23")
    assert found.next == ()
    assert found.back is ACCEPTED
    again = fold([*steps, step("4", "accepted", "3")], WAYS)
    assert (again.status, again.is_closed, again.closed_on, again.back) == (
        "accepted", False, "", None,
    )  # fmt: skip


def test_a_wrong_clock_does_not_change_what_came_last() -> None:
    early = step("2", "accepted", "1", at="2020-01-01T00:00:00-05:00")
    found = fold([step("1", "lead"), early], WAYS)
    assert found.status == "accepted"
    assert [one.id for one in found.steps] == ["1", "2"]


def test_two_who_worked_apart_are_in_conflict_until_somebody_saw_both() -> None:
    apart = [step("1", "accepted"), step("2", "completed", "1"), step("3", "moved", "1")]
    found = fold(apart, WAYS)
    assert found.is_conflict
    assert set(found.newest) == {"2", "3"}
    assert {one.id for one in found.next} == {"completed", "moved"}
    settled = fold([*apart, step("4", "moved", "2", "3")], WAYS)
    assert not settled.is_conflict
    assert settled.status == "moved"


def test_two_who_said_the_same_are_no_conflict() -> None:
    found = fold([step("1", "lead"), step("2", "moved", "1"), step("3", "moved", "1")], WAYS)
    assert not found.is_conflict
    assert found.is_closed


def test_who_saw_only_one_of_two_does_not_settle() -> None:
    apart = [step("1", "accepted"), step("2", "completed", "1"), step("3", "moved", "1")]
    found = fold([*apart, step("4", "completed", "2")], WAYS)  # negative control
    assert found.is_conflict


IDS = [str(n) for n in range(6)]


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    made: list[Step] = []
    for n in range(draw(st.integers(1, 6))):
        seen = draw(st.sets(st.sampled_from(IDS[:n]), max_size=n)) if n else set[str]()
        said = draw(st.sampled_from([one.id for one in WAYS]))
        hour = draw(st.integers(0, 23))
        made.append(step(IDS[n], said, *sorted(seen), at=f"2026-11-23T{hour:02}:00:00-05:00"))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_twice_gives_the_same(history: list[Step], dice: object) -> None:
    shuffled = [*history, *history]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled, WAYS) == fold(history, WAYS)


@given(histories())
def test_who_sees_all_always_settles(history: list[Step]) -> None:
    before = fold(history, WAYS)
    after = fold([*history, step("last", "accepted", *before.newest)], WAYS)
    assert not after.is_conflict
    assert after.status == "accepted"

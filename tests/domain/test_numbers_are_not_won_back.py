"""Ways to win a small number back that somebody tried: each is closed, and no more than that."""

from collections.abc import Mapping

from intake_app.domain.figure import Count, Figure
from intake_app.domain.measure import Clause, Exclusion, Kind, Measure, Unit, Where
from intake_app.domain.roles import Compartment
from intake_app.domain.rolling_up import small_groups
from intake_app.domain.suppression import told_together
from intake_app.domain.text import NOTHING
from intake_app.domain.told import Told
from intake_app.domain.told_web import Draft

LEAST = 11
DAYS = ("2025-01-01", "2025-12-31")
BOTH = (Compartment.CARE, Compartment.CASES)
ACCEPTED: Where = ((Clause("accepted_on", known=True),),)
ENGAGED: Where = ((Clause("engaged_on", known=True),),)
DIED = Exclusion("died", NOTHING, ((Clause("outcome", is_in=("deceased",)),),))
CAME = Measure("came", "f", Kind.RATE, NOTHING, NOTHING, of=ACCEPTED, where=ENGAGED,
               exclusions=(DIED,))  # fmt: skip
CASES = Measure("cases", "f", Kind.COUNT, NOTHING, NOTHING)


def rearrest(days: int) -> Measure:
    """As `rearrest_6` and `rearrest_12` are."""
    unknown = Clause("rearrested_on", known=False)
    return Measure(
        f"rearrest_{days}", "f", Kind.RATE, NOTHING, NOTHING, runs=days, unit=Unit.PERSON,
        of=ACCEPTED, where=((Clause("rearrested_on", within=days, since="opened_on"),),),
        exclusions=(Exclusion("not_looked", NOTHING, (
            (unknown, Clause("rearrest_asked_on", known=False)),
            (unknown, Clause("rearrest_asked_on", within=days - 1, since="opened_on")),
        )),),
    )  # fmt: skip


def figure(measure: Measure, number: int, base: int, *, died: int = 0, running: int = 0) -> Figure:
    left = {one.id: died for one in measure.exclusions}
    return Figure(measure, *DAYS, whole=Count(number, base), running=running, excluded=left)


def by(cut: str, rows: Mapping[str, int]) -> Figure:
    total = sum(rows.values())
    return Figure(CASES, *DAYS, (cut,), Count(total, total),
                  {(code,): Count(n, n) for code, n in rows.items()})  # fmt: skip


def told(*drafts: Draft) -> list[Told]:
    return [one.whole for one in told_together(drafts, LEAST)]


def are_all_told(found: list[Told]) -> bool:
    return all(one.number is not None and one.base is not None for one in found)


def test_one_file_told_apart_does_not_tell_who_of_the_other_did_not_come() -> None:
    """60 of 100 came, 15 of 50 by police: of care 45 of 50 came, and 5 did not."""
    both = Draft(figure(CAME, 60, 100), files=BOTH)
    police = Draft(figure(CAME, 15, 50), files=(Compartment.CASES,))
    assert not are_all_told(told(both, police))
    more = Draft(figure(CAME, 25, 50), files=(Compartment.CASES,))
    assert are_all_told(told(both, more))


def test_who_was_arrested_again_in_the_second_half_of_a_year_is_a_number_too() -> None:
    """15 within a year and 12 within half of it: 3 in between."""
    assert not are_all_told(told(
        Draft(figure(rearrest(183), 12, 80)), Draft(figure(rearrest(365), 15, 80)),
    ))  # fmt: skip
    assert are_all_told(told(
        Draft(figure(rearrest(183), 12, 80)), Draft(figure(rearrest(365), 30, 80)),
    ))  # fmt: skip


def test_where_windows_still_run_nobody_knows_who_is_in_both() -> None:
    assert are_all_told(told(
        Draft(figure(rearrest(183), 12, 80)), Draft(figure(rearrest(365), 15, 50, running=30)),
    ))  # fmt: skip


def test_those_who_were_asked_for_alone_are_some_of_all() -> None:
    """40 in all, 35 of them women: 5 are not."""
    everybody = Draft(figure(CASES, 40, 40))
    for codes in (("f",), ("f", "x")):
        few = Draft(figure(CASES, 35, 35), scope=(("gender", codes),))
        assert not are_all_told(told(everybody, few))
        many = Draft(figure(CASES, 25, 25), scope=(("gender", codes),))
        assert are_all_told(told(everybody, many))


def test_several_that_were_asked_for_are_the_rows_of_a_table() -> None:
    """20, 25, and two that are hidden; three of the four together are 50: the third is 5."""
    table = Draft(by("gender", {"f": 20, "m": 25, "x": 5, "y": 10}))
    together = Draft(figure(CASES, 50, 50), scope=(("gender", ("f", "m", "x")),))
    first, second = told_together([table, together], LEAST)
    known = [first.rows["f",].number, first.rows["m",].number, second.whole.number]
    assert None in known


def test_two_small_groups_are_not_told_as_one_where_both_would_be_known() -> None:
    """Small groups are at most 10; so two of them that are 20 are 10 and 10."""
    assert small_groups(by("race", {"a": 10, "b": 10, "c": 40, "d": 90}), LEAST) == {
        "race": ("a", "b", "c")
    }
    assert small_groups(by("race", {"a": 6, "b": 5, "c": 40, "d": 90}), LEAST) == {
        "race": ("a", "b")
    }


def test_all_groups_as_one_are_no_table() -> None:
    assert small_groups(by("race", {"a": 3, "b": 13}), LEAST) == {}
    assert small_groups(by("race", {"a": 3, "b": 13, "c": 20}), LEAST) == {"race": ("a", "b")}


def test_a_department_does_not_learn_of_a_few_whom_another_left_out() -> None:
    """13 died in a county; a department knows of its own 8."""
    whole = figure(CAME, 60, 100, died=13)
    shares = (figure(CAME, 30, 50, died=8), figure(CAME, 30, 50, died=5))
    (county,) = told_together([Draft(whole, known=shares)], LEAST)
    assert county.excluded == {"died": None}
    (alone,) = told_together([Draft(whole)], LEAST)
    assert alone.excluded == {"died": 13}

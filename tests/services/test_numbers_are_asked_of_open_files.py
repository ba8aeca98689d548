"""Who asks gets one figure over the files that they hold, and the records behind it."""

from dataclasses import replace

import pytest
from held_cases import House, audit, care_of, case_taken, cases_of, move
from walk_ins import taken

from intake_app.domain.errors import NotAllowed
from intake_app.domain.figure import ALL_OF
from intake_app.domain.measure_errors import BadPeriod, CutMissing, MeasureMissing, TooManyCuts
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import (
    ask,
    ask_all,
    cuts_of,
    families_of,
    measures_of,
    records_behind,
)
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.veil import veiled

YEAR = ("2026-01-01", "2026-12-31")
READ = "read behind a number"


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, the coordinator, who holds both keys."""
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def chief(house: House) -> Desk:
    """T. Okafor, the supervisor, who holds the key of cases alone."""
    return house.desk(Role.SUPERVISOR)


def test_one_figure_over_both_files(desk: Desk, officer: Desk) -> None:
    taken(desk, race=["black"])
    taken(desk, race=["black", "white"])
    case_taken(officer, race=["hispanic"])
    asked = ask(desk, "met", *YEAR, cuts=["race"])
    assert asked.figure.whole.number == 3
    assert {place[0]: one.number for place, one in asked.figure.rows.items()} == {
        "black": 2, "white": 1, "hispanic": 1,
    }  # fmt: skip
    assert asked.files == (Compartment.CARE, Compartment.CASES)
    assert not asked.shut
    assert asked.waiting == 0


def test_codes_come_in_the_order_of_their_table_with_words_in_both_languages(desk: Desk) -> None:
    taken(desk, race=["white"])
    taken(desk, race=["aian"])
    taken(desk)
    asked = ask(desk, "met", *YEAR, cuts=["race"])
    assert asked.order("race") == ("aian", "white", "")
    assert asked.label("race", "aian", "es") == "Indígena americano o nativo de Alaska"
    assert asked.label("race", "") == "Not known"
    assert asked.label("race", "invented") == "invented"


def test_months_of_the_period_are_all_there(desk: Desk) -> None:
    taken(desk)
    asked = ask(desk, "met", "2026-09-15", "2026-12-31", cuts=["month"])
    assert asked.order("month") == ("2026-09", "2026-10", "2026-11", "2026-12")
    assert asked.label("month", "2026-11", "es") == "noviembre de 2026"
    quarters = ask(desk, "met", *YEAR, cuts=["quarter"])
    assert quarters.label("quarter", "2026-Q4") == "October to December 2026"
    years = ask(desk, "met", *YEAR, cuts=["fiscal_year"])
    assert years.order("fiscal_year") == ("FY2026", "FY2027")


def test_two_cuts_have_sums_of_rows_and_columns(desk: Desk, officer: Desk) -> None:
    taken(desk, race=["black"], gender=["woman"])
    taken(desk, race=["white"], gender=["woman"])
    case_taken(officer, race=["black"], gender=["man"])
    rows = ask(desk, "met", *YEAR, cuts=["race", "gender"]).figure.rows
    assert rows["black", "woman"].number == 1
    assert rows["black", ALL_OF].number == 2
    assert rows[ALL_OF, "woman"].number == 2
    assert ("white", "man") not in rows


def test_a_supervisor_is_told_what_is_in_a_file_that_they_hold_no_key_of(
    chief: Desk, desk: Desk, officer: Desk
) -> None:
    taken(desk)
    case_taken(officer)
    asked = ask(chief, "met", *YEAR)
    assert asked.figure.whole.number == 1
    assert asked.shut == (Compartment.CARE,)
    assert "repeat_overdose" not in {one.id for one in measures_of(chief)}  # of care alone


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.OFFICER])
def test_other_hats_ask_nothing(house: House, role: Role) -> None:
    desk = house.desk(role)
    for act in (
        lambda: ask(desk, "met", *YEAR), lambda: ask_all(desk, ["met"], *YEAR),
        lambda: families_of(desk), lambda: measures_of(desk), lambda: cuts_of(desk, "met"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_only_a_supervisor_cuts_by_officer(desk: Desk, chief: Desk, officer: Desk) -> None:
    case_taken(officer)
    assert "by" not in {cut.id for cut in cuts_of(desk, "met")}
    for cuts, only in ((["by"], ()), ([], [("by", ["u1"])])):
        with pytest.raises(CutMissing):
            ask(desk, "met", *YEAR, cuts=cuts, only=only)
    asked = ask(chief, "met", *YEAR, cuts=["by"])
    assert asked.label("by", officer.person.id) == officer.person.shown_name
    both = replace(desk, person=replace(desk.person, roles=frozenset({Role.COORDINATOR})))
    with pytest.raises(CutMissing):
        ask(both, "met", *YEAR, cuts=["pathway", "by"])


def test_what_nobody_asks_here_is_no_cut(desk: Desk) -> None:
    known = {cut.id for cut in cuts_of(desk, "met")}
    assert {"race", "race_seen", "nibrs_race", "gender", "age_band", "language"} <= known
    assert not {"religion", "sexual_orientation", "disability"} & known
    asks = replace(desk, agency=replace(desk.agency, also_asks=("religion",)))
    assert "religion" in {cut.id for cut in cuts_of(asks, "met")}


def test_a_figure_that_needs_the_agencys_own_number_is_not_shown_without(
    desk: Desk, officer: Desk
) -> None:
    case_taken(officer)
    asked = ask(desk, "jail_cost", *YEAR)
    assert set(asked.missing) == {"jail_days_tenths", "jail_day_cents"}
    assert asked.figure.whole.number == 0
    own = replace(desk.agency, jail_days_tenths=25, jail_day_cents=9050)
    asked = ask(replace(desk, agency=own), "jail_cost", *YEAR)
    assert not asked.missing
    assert asked.figure.whole.number == 22625
    assert "means 2.5 days in jail, and that one day costs $90.50." in asked.assumes()
    assert "$90.50" in asked.assumes("es")


def test_wrong_questions_are_refused(desk: Desk) -> None:
    for error, act in (
        (MeasureMissing, lambda: ask(desk, "invented", *YEAR)),
        (MeasureMissing, lambda: ask_all(desk, ["met", "invented"], *YEAR)),
        (CutMissing, lambda: ask(desk, "met", *YEAR, cuts=["invented"])),
        (TooManyCuts, lambda: ask(desk, "met", *YEAR, cuts=["race", "race"])),
        (TooManyCuts, lambda: ask(desk, "met", *YEAR, cuts=["race", "sex", "month"])),
        (BadPeriod, lambda: ask(desk, "met", "2026-12-31", "2026-01-01")),
        (BadPeriod, lambda: ask(desk, "met", "yesterday", "2026-01-01")),
    ):
        with pytest.raises(error):
            act()


def test_all_at_once_is_the_same_as_one_by_one(desk: Desk, officer: Desk) -> None:
    taken(desk)
    case_taken(officer)
    idents = [one.id for one in measures_of(desk)]
    at_once = ask_all(desk, idents, *YEAR)
    assert [one.figure for one in at_once] == [ask(desk, i, *YEAR).figure for i in idents]


# --- records behind ---------------------------------------------------------------------------


def test_the_records_behind_a_number_are_shown_without_names_and_each_is_logged(
    desk: Desk, officer: Desk
) -> None:
    first = taken(desk, race=["black"]).record
    move(desk, days=1)
    case = case_taken(officer, race=["black"])
    taken(desk, race=["white"])
    asked = ask(desk, "accepted", *YEAR, cuts=["race"])
    found = records_behind(desk, asked, ("black",))
    assert [one.record for one in found.records] == [case, first]
    assert [one.compartment for one in found.records] == [Compartment.CASES, Compartment.CARE]
    assert all(one.number and one.can_open and one.is_counted for one in found.records)
    assert not found.has_more
    assert [line[2] for line in audit(care_of(desk), READ)] == [first]
    assert [line[2] for line in audit(cases_of(desk), READ)] == [case]
    assert "Whitfield" not in repr(found)


def test_no_more_than_were_asked_for(desk: Desk) -> None:
    for _ in range(3):
        taken(desk)
    asked = ask(desk, "met", *YEAR)
    found = records_behind(desk, asked, most=2)
    assert len(found.records) == 2
    assert found.has_more


def test_who_is_kept_from_a_colleague_is_counted_and_not_shown(
    desk: Desk, chief: Desk, officer: Desk
) -> None:
    kept, seen = case_taken(officer), case_taken(officer)
    set_conflict(chief, kept, desk.person.id, on=True, note="They are neighbors.")
    own = veiled(desk)
    asked = ask(own, "met", *YEAR)
    assert asked.figure.whole.number == 2  # a figure names nobody, and is the same for everybody
    found = records_behind(own, asked)
    assert [one.record for one in found.records] == [seen]
    assert found.kept == 1
    assert [line[2] for line in audit(cases_of(desk), READ)] == [seen]

"""What is told of a figure: by hand, kind by kind."""

from dataclasses import replace

from intake_app.domain.figure import ALL_OF, Count, Figure
from intake_app.domain.measure import Clause, Exclusion, Kind, Measure
from intake_app.domain.suppression import internal, told_together
from intake_app.domain.text import NOTHING
from intake_app.domain.told import Told, ToldFigure
from intake_app.domain.told_before import Earlier
from intake_app.domain.told_web import Draft

LEAST = 11
QUARTER = ("2026-01-01", "2026-03-31")
ENGAGED = ((Clause("engaged_on", known=True),),)


def measure(kind: Kind, ident: str = "m", **more: object) -> Measure:
    return Measure(ident, "f", kind, NOTHING, NOTHING, **more)  # type: ignore[arg-type]


def counts(by: dict[str, int], kind: Kind = Kind.COUNT) -> Figure:
    whole = sum(by.values())
    rows = {(code,): Count(n, n) for code, n in by.items()}
    return Figure(measure(kind), *QUARTER, ("race",), Count(whole, whole), rows)


def rates(by: dict[str, tuple[int, int]], ident: str = "m") -> Figure:
    whole = Count(sum(n for n, _ in by.values()), sum(b for _, b in by.values()))
    made = measure(Kind.RATE, ident, where=ENGAGED)
    rows = {(code,): Count(n, b) for code, (n, b) in by.items()}
    return Figure(made, *QUARTER, ("race",), whole, rows)


def told(of: Figure, least: int) -> ToldFigure:
    """Of a figure that is told alone."""
    return told_together([Draft(of)], least)[0]


def numbers(of: Figure, least: int = LEAST) -> dict[str, int | None]:
    return {place[0]: one.number for place, one in told(of, least).rows.items()}


def test_a_small_number_and_the_next_smallest_are_hidden_and_zero_is_told() -> None:
    of = counts({"a": 40, "b": 25, "c": 3, "d": 0})
    assert numbers(of) == {"a": 40, "b": None, "c": None, "d": 0}
    assert told(of, LEAST).whole.number == 68


def test_two_small_ones_hide_one_another_where_their_sum_is_large_enough() -> None:
    assert numbers(counts({"a": 40, "b": 6, "c": 7})) == {"a": 40, "b": None, "c": None}
    assert numbers(counts({"a": 40, "b": 1, "c": 1})) == {"a": None, "b": None, "c": None}


def test_where_all_are_small_the_total_goes_as_well() -> None:
    found = told(counts({"a": 3, "b": 4, "c": 5}), LEAST)
    assert found.whole.number is None
    assert found.is_mostly_hidden


def test_nothing_is_hidden_without_need() -> None:
    of = counts({"a": 40, "b": 25, "c": 11, "d": 0})
    assert told(of, LEAST).hidden == 0


def test_the_limit_is_a_setting() -> None:
    assert numbers(counts({"a": 40, "b": 25, "c": 3}), 2)["c"] == 3
    assert numbers(counts({"a": 40, "b": 25, "c": 18}), 20)["c"] is None


def test_a_rate_is_told_where_number_base_and_those_who_are_missing_are() -> None:
    found = told(rates({"a": (40, 43), "b": (25, 60), "c": (30, 60)}), LEAST).rows
    assert found["a",].number is None
    assert found["a",].base == 43
    assert found["a",].percent is None
    assert found["a",].low is None
    whole = told(rates({"a": (20, 40), "b": (25, 60)}), LEAST)
    assert whole.rows["a",].percent == 50.0
    assert whole.rows["a",].low is not None


def test_nobody_and_everybody_are_told() -> None:
    found = told(rates({"a": (0, 20), "b": (30, 30), "c": (20, 40)}), LEAST).rows
    assert (found["a",].percent, found["b",].percent) == (0.0, 100.0)


def test_a_median_is_told_of_twice_and_quartiles_of_four_times_the_limit() -> None:
    def of(people: int) -> Told:
        spread = Count(people, people, {3: people - 1, 9: 1})
        return told(
            Figure(measure(Kind.SPREAD, column="tries"), *QUARTER, whole=spread), LEAST
        ).whole

    assert (of(21).median, of(21).is_hidden) == (None, True)
    assert (of(22).median, of(22).first_quartile) == (3, None)
    assert (of(44).median, of(44).third_quartile) == (3, 3)
    assert of(10).base is None


def test_a_sum_of_a_few_or_mostly_of_one_is_not_told() -> None:
    def of(people: int = 0, largest: int = 0) -> int | None:
        count = Count(500, 90, people=people, largest=largest)
        figure = Figure(measure(Kind.SUM, column="kits"), *QUARTER, whole=count)
        return told(figure, LEAST).whole.number

    assert of(people=40, largest=30) == 500
    assert of(people=10, largest=60) is None
    assert of(people=40, largest=260) is None
    assert of() is None  # nobody knows of how many


def test_a_sum_and_its_base_are_told_together() -> None:
    few = Count(60, 30, people=5, largest=20)
    many = Count(500, 90, people=60, largest=20)
    some = Count(200, 50, people=40, largest=20)
    figure = Figure(measure(Kind.SUM, column="kits"), *QUARTER, ("race",),
                    Count(760, 170, people=105, largest=20),
                    {("a",): few, ("b",): many, ("c",): some})  # fmt: skip
    found = told(figure, LEAST).rows
    assert (found["a",].number, found["a",].base) == (None, None)
    assert (found["c",].number, found["c",].base) == (None, None)
    assert found["b",].number == 500


def test_what_was_left_out_is_a_number_as_well() -> None:
    out = (Exclusion("active", NOTHING, ENGAGED), Exclusion("deceased", NOTHING, ()))
    figure = Figure(measure(Kind.COUNT, exclusions=out), *QUARTER, whole=Count(50, 50), running=4,
                    excluded={"active": 30, "deceased": 2})  # fmt: skip
    found = told(figure, LEAST)
    assert (found.running, found.excluded["deceased"]) == (None, None)
    assert found.excluded["active"] == 30


def test_steps_of_a_funnel_that_differ_by_a_few_are_not_told_both() -> None:
    first = measure(Kind.COUNT, "contact", of=((Clause("contact_on", known=True),),))
    second = measure(Kind.COUNT, "engaged", of=ENGAGED)
    drafts = [Draft(Figure(one, *QUARTER, whole=Count(n, n))) for one, n in
              ((first, 100), (second, 95))]  # fmt: skip
    found = [one.whole.number for one in told_together(drafts, LEAST)]
    assert None in found
    assert [one.whole.number for one in (told(draft.figure, LEAST) for draft in drafts)] == [
        100,
        95,
    ]


def test_a_table_by_two_cuts_hides_a_square() -> None:
    inner = {("a", "f"): 3, ("a", "m"): 30, ("b", "f"): 40, ("b", "m"): 50}
    margins = {("a", ALL_OF): 33, ("b", ALL_OF): 90, (ALL_OF, "f"): 43, (ALL_OF, "m"): 80}
    rows = {place: Count(n, n) for place, n in {**inner, **margins}.items()}
    figure = Figure(measure(Kind.COUNT), *QUARTER, ("race", "gender"), Count(123, 123), rows)
    found = told(figure, LEAST).rows
    assert all(found[place].number is None for place in inner)
    assert all(found[place].number == n for place, n in margins.items())


def test_the_internal_view_tells_all_and_says_so() -> None:
    found = internal(counts({"a": 40, "c": 3}))
    assert found.is_internal
    assert found.rows["c",].number == 3
    assert found.hidden == 0


def test_a_bridged_cut_does_not_give_back_who_said_several() -> None:
    """40 said Black, 37 of them nothing else: three said more."""
    asked = counts({"black": 40, "white": 60})
    bridged = replace(counts({"B": 37, "W": 57, "several": 3}), cuts=("nibrs_race",))
    bridges = {("nibrs_race", "B"): ("race", "black")}

    def both(bridges: dict[tuple[str, str], tuple[str, str]]) -> tuple[int | None, int | None]:
        one, other = told_together([Draft(asked), Draft(bridged)], LEAST, bridges=bridges)
        return one.rows["black",].number, other.rows["B",].number

    assert None in both(bridges)
    assert both({}) in {(40, 37), (40, None)}


# --- releases ----------------------------------------------------------------------------------


def released(figure: Figure, now: Figure) -> Earlier:
    return Earlier("2026-04-02", Draft(now, before=told(figure, LEAST)))


def anew(figure: Figure, *earlier: Earlier) -> dict[str, int | None]:
    (found,) = told_together([Draft(figure)], LEAST, earlier)
    assert found.compared == ("2026-04-02",)
    return {place[0]: one.number for place, one in found.rows.items()} | {"": found.whole.number}


def test_what_changed_by_a_few_since_a_release_is_not_told_anew() -> None:
    then, now = counts({"a": 40, "b": 60, "c": 70}), counts({"a": 43, "b": 60, "c": 70})
    assert anew(now, released(then, now)) == {"a": None, "b": 60, "c": 70, "": None}


def test_what_changed_by_many_is_told_anew() -> None:
    then, now = counts({"a": 40, "b": 60}), counts({"a": 80, "b": 60})
    assert anew(now, released(then, now)) == {"a": 80, "b": 60, "": 140}


def test_what_was_hidden_stays_hidden() -> None:
    then = counts({"a": 4, "b": 30, "c": 70, "d": 90})
    now = counts({"a": 40, "b": 50, "c": 90, "d": 110})
    found = anew(now, released(then, now))
    assert (found["a"], found["b"]) == (None, None)


def test_a_year_does_not_give_a_quarter_back() -> None:
    """Three quarters were told, one was not: the year is their sum."""
    quarters = [replace(counts({"a": n, "b": 60}), since=since, until=until)
                for n, since, until in ((20, "2026-01-01", "2026-03-31"),
                                        (30, "2026-04-01", "2026-06-30"),
                                        (4, "2026-07-01", "2026-09-30"),
                                        (25, "2026-10-01", "2026-12-31"))]  # fmt: skip
    year = replace(counts({"a": 79, "b": 240}), since="2026-01-01", until="2026-12-31")
    found = anew(year, *(released(one, one) for one in quarters))
    assert found["a"] is None
    assert told(year, LEAST).rows["a",].number == 79  # alone it could be told


def test_a_year_whose_quarters_changed_by_a_few_is_not_told() -> None:
    quarters = [
        replace(counts({"a": 40, "b": 60}), since=since, until=until)
        for since, until in (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"))
    ]
    now = [quarters[0], replace(counts({"a": 42, "b": 60}), since="2026-07-01", until="2026-12-31")]
    year = replace(counts({"a": 82, "b": 120}), since="2026-01-01", until="2026-12-31")
    found = anew(year, *(released(then, one) for then, one in zip(quarters, now, strict=True)))
    assert (found["a"], found["b"]) == (None, 120)

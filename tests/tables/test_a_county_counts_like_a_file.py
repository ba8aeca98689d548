"""DuckDB over extracts gives what SQLite gives over the same journeys, for any measure and cut."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from county_rows import CUTS, NUMBERS, SINCE, UNTIL, extract, file_of, journeys, with_manifest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app.domain.clock import FixedClock
from intake_app.domain.county import Came, Taken, taken
from intake_app.domain.county_errors import BadExtract
from intake_app.domain.figure import Count, Figure, added
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.journey import Journey
from intake_app.domain.measure import Clause, Cut, Exclusion, Kind, Measure, Question, Unit
from intake_app.domain.roles import Compartment as Name
from intake_app.domain.text import NOTHING
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.storage.compartment import Compartment
from intake_app.storage.journeys import Journeys
from intake_app.tables.county_merge import county_table

TODAY = "2026-07-01"
BRIDGE = Cut(
    "nibrs", NOTHING, of="race", bridge={"white": "W", "black": "B", "hispanic": "", "asian": "A"},
    none_as="U", several_as="several",
)  # fmt: skip
ASKED = [
    *(Cut(name, NOTHING, fields=(name,)) for name in CUTS), BRIDGE,
    Cut("pathway", NOTHING, column="pathway"), Cut("month", NOTHING, grain="month"),
    Cut("quarter", NOTHING, grain="quarter"), Cut("fy", NOTHING, grain="fiscal_year"),
]  # fmt: skip


def known(*columns: str) -> tuple[tuple[Clause, ...], ...]:
    return (tuple(Clause(one, known=True) for one in columns),)


OWN = [
    Measure("count", "f", Kind.COUNT, NOTHING, NOTHING, of=known("offered_on")),
    Measure("people", "f", Kind.COUNT, NOTHING, NOTHING, unit=Unit.PERSON),
    Measure(
        "rate", "f", Kind.RATE, NOTHING, NOTHING, of=known("contact_on"), runs=30,
        where=((Clause("engaged_on", within=30, since="contact_on"),),),
        exclusions=(
            Exclusion("deceased", NOTHING, ((Clause("outcome", is_in=("deceased",)),),)),
            Exclusion("moved", NOTHING, ((Clause("why_closed", is_in=("moved",)),),)),
        ),
    ),
    Measure(
        "people_rate", "f", Kind.RATE, NOTHING, NOTHING, unit=Unit.PERSON, runs=180,
        where=known("rearrested_on"),
    ),
    Measure(
        "on_time", "f", Kind.RATE, NOTHING, NOTHING, date="notice_on", of=known("report_by"),
        where=((Clause("reported_at", until="report_by"),),), files=(Name.CASES,),
    ),
    Measure("days", "f", Kind.SPREAD, NOTHING, NOTHING, column="contact_on", since="opened_on"),
    Measure("minutes", "f", Kind.SPREAD, NOTHING, NOTHING, column="handoff_minutes"),
    Measure("kits", "f", Kind.SUM, NOTHING, NOTHING, column="kits"),
    Measure(
        "saved", "f", Kind.SUM, NOTHING, NOTHING, of=known("notice_on"), times=("booking_cents",)
    ),
    Measure("shows", "f", Kind.RATIO, NOTHING, NOTHING, column="attended", over="scheduled"),
    Measure("ends", "f", Kind.PARTS, NOTHING, NOTHING, date="closed_on", column="outcome"),
    Measure(
        "waits", "f", Kind.SPREAD, NOTHING, NOTHING, subjects=("referral",), column="wait_days",
        of=((Clause(trait="race", is_in=("black", "white")),), (Clause("came_on", known=False),)),
    ),
    Measure(
        "owed", "f", Kind.RATE, NOTHING, NOTHING,
        where=((Clause("next_due", passed=True), Clause("tries", most=1)),),
    ),
]  # fmt: skip


def shipped() -> list[Measure]:
    setting = Setting.of(Agency(), FixedClock.__new__(FixedClock))
    library = FormLibrary(resources.path("forms"), resources.path("resources"), setting)
    return [one for one in library.measures() if not one.times]


@pytest.fixture
def files(tmp_path: Path, clock: FixedClock) -> Iterator[dict[str, Journeys]]:
    made = {
        name: Compartment.create(
            tmp_path / f"{name}.db", bytes([n] * 32), clock, StationId("front"), Epoch("abcdef")
        )
        for n, name in enumerate(("care", "cases"))
    }
    yield {name: Journeys(one) for name, one in made.items()}
    for one in made.values():
        one.close()


def put(files: dict[str, Journeys], made: list[Journey]) -> None:
    for name, file in files.items():
        file.forget("test")
        file.keep([one for one in made if file_of(one) == name], set(), None)


def in_files(files: dict[str, Journeys], question: Question) -> Figure:
    figures = [files[str(name)].ask(question) for name in question.measure.files]
    places = {place for one in figures for place in one.rows}
    return replace(
        figures[0], whole=added(one.whole for one in figures),
        rows={place: added(one.rows.get(place, Count()) for one in figures) for place in places},
        running=sum(one.running for one in figures),
        excluded={name: sum(one.excluded[name] for one in figures) for name in figures[0].excluded},
    )  # fmt: skip


def asked(measure: Measure, cuts: tuple[Cut, ...] = (), **more: object) -> Question:
    return Question(measure, SINCE, UNTIL, TODAY, cuts, numbers=NUMBERS, **more)  # type: ignore[arg-type]


def one_agency(came: Came) -> Taken:
    return taken([came], SINCE, UNTIL)


@pytest.mark.parametrize("measure", OWN, ids=lambda one: one.id)
def test_each_kind_of_measure(files: dict[str, Journeys], measure: Measure) -> None:
    made = journeys(3, 400)
    put(files, made)
    with county_table(one_agency(extract(made)), CUTS) as table:
        for cuts in [(), *((one,) for one in ASKED), (ASKED[0], ASKED[4]), (BRIDGE, ASKED[1])]:
            question = asked(measure, cuts)
            ours = in_files(files, question)
            assert bool(ours.rows) == bool(cuts)
            assert table.ask(question) == ours, [one.id for one in cuts]


def test_the_measures_that_are_shipped(files: dict[str, Journeys]) -> None:
    made = journeys(4, 600)
    put(files, made)
    with county_table(one_agency(extract(made)), CUTS) as table:
        for measure, cuts in product(shipped(), [(), (ASKED[0],), (ASKED[6], ASKED[1])]):
            question = asked(measure, cuts)
            assert table.ask(question) == in_files(files, question), measure.id


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.integers(0, 10**6), st.integers(0, 60), st.sampled_from(OWN), st.sampled_from(ASKED))
def test_any_journeys(
    files: dict[str, Journeys], seed: int, count: int, measure: Measure, cut: Cut
) -> None:
    made = journeys(seed, count, people=max(1, count // 2))
    put(files, made)
    only = ((ASKED[0], ("black", "")),)
    with county_table(one_agency(extract(made)), CUTS) as table:
        for question in (asked(measure, (cut,)), asked(measure, only=only)):
            assert table.ask(question) == in_files(files, question)


def test_a_person_of_two_departments_counts_once() -> None:
    one, two = journeys(1, 300, "a", people=200), journeys(2, 300, "b", people=200)
    came = [extract(one, "a"), extract(two, "b")]
    people = {(file_of(j), j.person) for j in (*one, *two) if SINCE <= j.opened_on <= UNTIL
              and j.subject == "intake" and j.person}  # fmt: skip
    with county_table(taken(came, SINCE, UNTIL), CUTS) as table:
        count = table.ask(asked(OWN[1])).whole.number
        unknown = sum(
            not j.person and j.subject == "intake" and SINCE <= j.opened_on <= UNTIL
            for j in (*one, *two)
        )
        assert count == len(people) + unknown
        met, shared, _ = table.people(SINCE, UNTIL)
        assert met == len(people)
        both = {(file_of(j), j.person) for j in one if SINCE <= j.opened_on <= UNTIL} & {
            (file_of(j), j.person) for j in two if SINCE <= j.opened_on <= UNTIL
        }
        assert 0 < shared <= len(both)
        each = table.ask_each(asked(OWN[1]))
        assert sum(one.whole.number for one in each.values()) > count  # added up, they count twice


@pytest.mark.parametrize("cuts", [(), (ASKED[0],), (ASKED[0], ASKED[4])], ids=len)
def test_each_agency_is_told_apart(cuts: tuple[Cut, ...]) -> None:
    made = {name: journeys(n, 120, name) for n, name in enumerate("abc")}
    came = [extract(some, name) for name, some in made.items()]
    with county_table(taken(came, SINCE, UNTIL), CUTS) as table:
        for measure in OWN[1:3]:
            each = table.ask_each(asked(measure, cuts))
            assert set(each) == {"a", "b", "c"}
            for one in came:
                with county_table(one_agency(one), CUTS) as alone:
                    figure = alone.ask(asked(measure, cuts))
                assert (each[one.agency].whole, each[one.agency].rows) == (
                    figure.whole, figure.rows,
                )  # fmt: skip


def test_each_agency_pays_its_own_price() -> None:
    one, two = journeys(1, 50, "a"), journeys(2, 50, "b")
    came = [
        extract(one, "a"), extract(two, "b", numbers={**NUMBERS, "booking_cents": 7}),
    ]  # fmt: skip
    saved = next(measure for measure in OWN if measure.id == "saved")
    bookings = replace(saved, kind=Kind.COUNT, times=())
    with county_table(taken(came, SINCE, UNTIL), CUTS) as table:
        each = [figure.whole.number for figure in table.ask_each(asked(bookings)).values()]
        assert table.ask(asked(saved)).whole.number == each[0] * 15_000 + each[1] * 7


def test_what_two_extracts_of_an_agency_hold_counts_once() -> None:
    made = journeys(5, 200)
    newer = [replace(one, outcome="completed") for one in made]
    first = extract(made, at="2026-07-01T09:00:00+0000", days=(SINCE, "2025-12-31"))
    second = extract(newer, at="2026-07-02T09:00:00+0000", days=("2026-01-01", UNTIL))
    ends = next(measure for measure in OWN if measure.id == "ends")
    with (
        county_table(taken([second, first], SINCE, UNTIL), CUTS) as table,
        county_table(one_agency(extract(newer)), CUTS) as alone,
    ):
        assert table.ask(asked(ends)) == alone.ask(asked(ends))


def test_a_table_that_is_not_what_was_said_is_refused() -> None:
    good = extract(journeys(6, 20))
    for bad in (
        with_manifest(good, rows=good.manifest.rows + 1),
        with_manifest(good, cuts=("race", "religion")),
        replace(good, table=good.table[:-9]),
        replace(good, table=b"PAR1"),
    ):
        with pytest.raises(BadExtract), county_table(one_agency(bad), CUTS):
            pass


def test_a_table_reaches_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("name\nJordan\n")
    with county_table(one_agency(extract(journeys(6, 20))), CUTS) as table:
        for text in (f"SELECT * FROM read_csv('{secret}')", "INSTALL httpfs", "LOAD httpfs"):
            with pytest.raises(Exception, match=r".") as error:
                table._run(text)
            assert "Jordan" not in str(error.value)


def test_nothing_stays_on_the_disk() -> None:
    with county_table(one_agency(extract(journeys(6, 20))), CUTS) as table:
        folder = table._folder
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()

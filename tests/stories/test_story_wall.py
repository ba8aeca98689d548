"""An officer asks about 100 people who asked for help and 100 who never did: no answer differs.

Lists, searches, hints of earlier cases, each service that takes a record or a number, errors and
their words, the bytes of the files that an officer's keys open, what the window shows, and how
long it takes. The front desk, asked the same, knows each of them.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import thread_time_ns
from typing import Any

import case_story
import pytest
import wall
from byte_search import found
from clerk import Clerk
from department import Department, OpenWindow
from test_roles_hold_in_every_service import FUNCTIONS
from wall import Somebody

from intake_app.domain.clock import FixedClock
from intake_app.domain.entry import show_date
from intake_app.domain.pathway import CARE_ROOM, CASES_ROOM
from intake_app.services.citing.earlier_cases import earlier_cases
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.intakes.people import due, find_people, people_order, people_rows, today
from intake_app.services.records.drafts import unfinished
from intake_app.services.records.veil import unveiled
from intake_app.ui.frame.workplace import Workplace

EACH = 100
HANDED_IN = 10
SLOWER_AT_MOST = 3.0
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

ASKING = sorted(name for name, act in FUNCTIONS.items() if wall.asks_about_somebody(act))
Sides = tuple[list[Somebody], list[Somebody]]


@pytest.fixture(scope="module")
def known_to_care(
    first_department: Department, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Department, Sides]:
    """A department where 100 asked for help: most at the desk, some handed in by reception."""
    folder = tmp_path_factory.mktemp("wall") / "profile"
    shutil.copytree(first_department.folder, folder)
    made = Department(folder, first_department.staff)
    clock = FixedClock(AT)
    every = wall.people(2 * EACH, seed=7)
    with case_story.desk_of(made, clock, "mhale") as desk:
        known = [wall.came(desk, one) for one in every[HANDED_IN:EACH]]
    with case_story.desk_of(made, clock, "lbrandt") as desk:
        known += [wall.came(desk, one) for one in every[:HANDED_IN]]
    unknown = [wall.never_came(one, 900 + n) for n, one in enumerate(every[EACH:])]
    return made, (known, unknown)


@pytest.fixture
def department(known_to_care: tuple[Department, Sides], tmp_path: Path) -> Department:
    """A copy of one's own."""
    made, _ = known_to_care
    folder = tmp_path / "profile"
    shutil.copytree(made.folder, folder)
    return Department(folder, made.staff)


@pytest.fixture
def sides(known_to_care: tuple[Department, Sides]) -> Sides:
    return known_to_care[1]


def questions(one: Somebody) -> tuple[str, ...]:
    """What somebody would type to find them."""
    return (
        one.last, f"{one.first} {one.last}", one.last[:4], one.born, one.phone, one.number,
        f"{one.number}/1", one.record,
    )  # fmt: skip


def answers(desk: Desk, one: Somebody) -> list[tuple[str, str]]:
    """What searches and hints say of somebody."""
    asked = [
        wall.told(lambda q=q, room=room: find_people(desk, q, room=room), one)
        for q in questions(one)
        for room in (CASES_ROOM, CARE_ROOM)
    ]
    return [*asked, wall.told(lambda: earlier_cases(desk, one.last, one.first, one.born), one)]


def test_no_search_and_no_hint_differs(
    department: Department, clock: FixedClock, sides: Sides
) -> None:
    known, unknown = sides
    with case_story.desk_of(department, clock, "dreyes") as desk:
        seen = {side: {tuple(answers(desk, one)) for one in group}
                for side, group in (("known", known), ("unknown", unknown))}  # fmt: skip
    assert len(seen["known"]) == 1
    assert seen["known"] == seen["unknown"]


def test_no_list_names_them(department: Department, clock: FixedClock, sides: Sides) -> None:
    known, _ = sides
    with case_story.desk_of(department, clock, "dreyes") as desk:
        rows = people_rows(desk, people_order(desk, room=CASES_ROOM), CASES_ROOM)
        lists = [rows, today(desk, CASES_ROOM), due(desk, "2099-01-01", CASES_ROOM)]
        said = repr([*lists, unfinished(desk)])
    assert rows
    assert not [trace for one in known for trace in one.traces if trace in said]


@pytest.mark.parametrize("name", ASKING)
def test_each_service_says_the_same(officer: Desk, sides: Sides, name: str) -> None:
    function = FUNCTIONS[name]
    said: dict[bool, set[tuple[str, str]]] = defaultdict(set)
    for is_known, one in wall.interleaved(sides[0][:6], sides[1][:6]):
        given = wall.arguments(function, officer, one)
        said[is_known].add(wall.told(lambda given=given: function(officer, **given), one))
    assert said[True] == said[False]


@pytest.fixture(scope="module")
def officer(
    known_to_care: tuple[Department, Sides], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """One officer who asks every service."""
    made, _ = known_to_care
    folder = tmp_path_factory.mktemp("asked") / "profile"
    shutil.copytree(made.folder, folder)
    copy = Department(folder, made.staff)
    with case_story.desk_of(copy, FixedClock(AT), "dreyes") as desk:
        yield desk


def test_most_services_were_asked() -> None:
    """Negative control: what takes a record, a draft, a paper, a name or a number is among them."""
    assert len(ASKING) > 100
    assert {*ASKING} >= {
        "intakes.intakes.read_intake", "citing.cases.read_case", "intakes.people.is_case",
        "papers.papers.issued_papers", "papers.papers.paper_bytes", "records.drafts.resume_draft",
        "sealing.tokens.earlier", "intakes.people.find_people", "intakes.handed_in.read_handed_in",
        "citing.earlier_cases.earlier_cases", "case.acts.note_reported",
    }  # fmt: skip


def test_the_files_that_an_officer_opens_hold_nothing_of_them(
    department: Department, clock: FixedClock, sides: Sides
) -> None:
    known, _ = sides
    with case_story.desk_of(department, clock, "dreyes") as desk:
        assert desk.care is None
        written = _dump(desk.station) + _dump(desk.cases_file)
    written += b"".join(
        file.read_bytes() for file in department.folder.rglob("*") if file.is_file()
    )
    names = [word for one in known for word in (one.last, one.first, one.phone)]
    assert not [name for name in names if name.encode() in written]
    assert not found(written, names[:9])  # also in other writings


def test_taking_longer_would_tell_and_does_not(
    department: Department, clock: FixedClock, sides: Sides
) -> None:
    asks: dict[str, Callable[[Desk, Somebody], object]] = {
        "find": lambda desk, one: find_people(desk, one.last, room=CASES_ROOM),
        "number": lambda desk, one: find_people(desk, one.number, room=CASES_ROOM),
        "earlier": lambda desk, one: earlier_cases(desk, one.last, one.first, one.born),
        "read": lambda desk, one: wall.told(lambda: read_intake(desk, one.record), one),
    }
    with case_story.desk_of(department, clock, "dreyes") as desk:
        for name, ask in asks.items():
            took: dict[bool, list[int]] = defaultdict(list)
            for is_known, one in wall.interleaved(*sides):
                start = thread_time_ns()  # of the processor: others may be busy
                ask(desk, one)
                took[is_known].append(thread_time_ns() - start)
            ratio = median(took[True]) / median(took[False])
            assert 1 / SLOWER_AT_MOST < ratio < SLOWER_AT_MOST, name


def test_the_front_desk_knows_each_of_them_and_none_of_the_others(
    department: Department, clock: FixedClock, sides: Sides
) -> None:
    """Negative control: the same questions, asked with the key to care."""
    known, unknown = sides
    with case_story.desk_of(department, clock, "mhale") as desk:  # takes in what was handed in
        for one in known:
            for question in (one.last, f"{one.first} {one.last}", one.born, one.phone, one.number):
                assert one.record in {row.record for row in find_people(desk, question)}, question
        assert not [one for one in unknown if find_people(desk, one.last)]
        sample = {wall.told(lambda one=one: read_intake(desk, one.record), one)[0]
                  for one in known[:5]}  # fmt: skip
        other = {wall.told(lambda one=one: read_intake(desk, one.record), one)[0]
                 for one in unknown[:5]}  # fmt: skip
        written = _dump(desk.care_file)
    assert sample == {"IntakeView"}
    assert other == {"RecordMissing"}
    assert not [one for one in known if one.last.encode() not in written]


def test_the_window_shows_and_says_the_same(
    open_window: OpenWindow, department: Department, sides: Sides
) -> None:
    clerk = open_window()
    clerk.sign_in(department.staff["dreyes"])
    seen: dict[bool, set[tuple[str, ...]]] = defaultdict(set)
    for is_known, one in wall.interleaved(sides[0][-3:], sides[1][:3]):
        seen[is_known].add(looked_for(clerk, one))
    assert len(seen[True]) == 1
    assert seen[True] == seen[False]


def looked_for(clerk: Clerk, one: Somebody) -> tuple[str, ...]:
    """All that home, the list of cases, the check page and an error say of somebody."""
    said: list[str] = []
    for place in ("Home", "Cases"):
        clerk.press(place)
        clerk.settle()
        for question in (one.last, one.phone, one.number, one.born):
            case_story.finds(clerk, question)
            said += clerk.page()
        clerk.write("Find", "")
        clerk.settle()
    clerk.press("Home")
    clerk.say("Check eligibility")
    clerk.settle()
    typed = f"{one.born[5:7]}/{one.born[8:]}/{one.born[:4]}"
    for name, value in (
        ("Last name", one.last), ("First name", one.first), ("Date of birth", typed),
    ):  # fmt: skip
        clerk.write(name, value)
    clerk.press("Look for earlier cases")
    clerk.settle()
    said += [clerk.conductor.window.windowTitle(), *clerk.page()]
    clerk.press("Close")
    clerk.settle()
    workplace = next(clerk.seen(Workplace))
    workplace.record_asked.emit(one.record)
    clerk.settle()
    said += [clerk.conductor.window.windowTitle(), *clerk.page()]
    clerk.press("OK")
    for born in (typed, show_date(one.born, "en")):
        said = [text.replace(born, "#") for text in said]
    return tuple(wall.without(text, one) for text in said)


def _dump(file: Any) -> bytes:  # noqa: ANN401
    """Every row of every table of an open file."""
    whole: Any = unveiled(file)
    conn = whole.database.conn
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    rows = [row for table in tables for row in conn.execute(f'SELECT * FROM "{table}"')]
    cells = (cell for row in rows for cell in row)
    return b"\n".join(c if isinstance(c, bytes) else str(c).encode() for c in cells)

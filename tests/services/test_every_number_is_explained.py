"""Citation numbers: unique at three stations and after a restore; the ledger explains each gap."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_records import MemoryRecords
from profiles import Desks, Profile

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import UserId
from intake_app.domain.numbering import is_number
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import Role
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk, Person
from intake_app.services.records.drafts import begin_draft, guide_of, resume_draft
from intake_app.services.records.intake_changes import NewIntake, creating_changes
from intake_app.services.records.ledger import PAD, WHY, Use, last_serial, ledger, parts_of, voiding
from intake_app.services.records.numbers import next_numbers, reserve
from intake_app.settings.agency import Agency
from intake_app.vault.identity import NAME

CASE = Pathway.OFFICER_INTERVENTION
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def take(desk: Desk, count: int = 1, **more: str) -> list[str]:
    return list(next_numbers(desk, CASE, 2026, count, **more))


def test_each_number_and_each_gap_has_its_reason(desks: Desks) -> None:
    desk = desks(Role.OFFICER)
    before = len(ledger(desk, 2026))
    (waiting,) = take(desk)
    pad = take(desk, 2, purpose=PAD, pad="p7")
    desk.station.next_serial("case 2026")  # the power goes before the ledger knows
    (wrong,) = take(desk)
    desk.cases_file.apply([voiding(desk, wrong, "wrong person")], desk.act("void number"))
    found = ledger(desk, 2026)[before:]
    assert [entry.use for entry in found] == [
        Use.WAITING, Use.ON_PAD, Use.ON_PAD, Use.LOST, Use.VOID,
    ]  # fmt: skip
    assert [entry.number for entry in found] == [waiting, *pad, "", wrong]
    assert (found[1].pad, found[4].reason) == ("p7", "wrong person")
    assert all(WHY[entry.use] for entry in found)
    assert all(entry.by == desk.person.id for entry in found if entry.number)
    assert ledger(desk, 2025) == []


def test_who_does_not_see_cases_sees_no_ledger(desks: Desks) -> None:
    with pytest.raises(NotAllowed):
        ledger(desks(Role.FRONT_DESK), 2026)


@pytest.mark.parametrize("restored", ["station.db", "cases.db"])
def test_one_file_restored_from_an_older_copy_repeats_no_number(
    profile: Profile, restored: str
) -> None:
    gate = profile.gate()
    first = take(profile.unlock(gate, Role.OFFICER), 3)
    gate.lock()
    older = profile.folder.with_name("older.db")
    shutil.copy(profile.folder / restored, older)
    later = take(profile.unlock(gate, Role.OFFICER), 4)
    gate.lock()
    shutil.copy(older, profile.folder / restored)
    again = take(profile.unlock(gate, Role.OFFICER), 2)
    gate.lock()
    assert len({*first, *later, *again}) == 9


def test_a_case_whose_number_was_forgotten_is_explained_and_still_counts(
    profile: Profile,
) -> None:
    """`cases` is restored, and the draft that has a number already is finished after that."""
    gate = profile.gate()
    desk = profile.unlock(gate, Role.OFFICER)
    gate.lock()
    older = profile.folder.with_name("older.db")
    shutil.copy(profile.folder / "cases.db", older)
    desk = profile.unlock(gate, Role.OFFICER)
    program, _ = case_programs(desk)[0]
    draft = begin_draft(desk, program)
    number = reserve(desk, draft)
    gate.lock()
    shutil.copy(older, profile.folder / "cases.db")
    desk = profile.unlock(gate, Role.OFFICER)
    draft = resume_draft(desk, draft.id)
    case = creating_changes(desk, draft, NewIntake(guide_of(desk, draft).form, {}, (), ""))
    desk.cases_file.apply(case, desk.act("finish intake", draft.id))
    (entry,) = [one for one in ledger(desk, 2026) if one.number == number]
    assert (entry.use, entry.record) == (Use.ISSUED, draft.id)
    _, letter, serial = parts_of(number) or (0, "", 0)
    assert last_serial(desk.cases_file, letter, 2026) == serial
    gate.lock()


def test_a_folder_that_was_restored_whole_gives_no_number_twice(profile: Profile) -> None:
    """Both files are older: neither knows what was given since. No backup holds the letter."""
    gate, older = profile.gate(), profile.folder.with_name("older")
    first = take(profile.unlock(gate, Role.OFFICER), 3)
    gate.lock()
    shutil.copytree(profile.folder, older, ignore=shutil.ignore_patterns(NAME))
    later = take(profile.unlock(gate, Role.OFFICER), 4)
    gate.lock()
    shutil.rmtree(profile.folder)
    shutil.copytree(older, profile.folder)
    gate = profile.gate()
    again = take(profile.unlock(gate, Role.OFFICER), 4)
    gate.lock()
    assert len({*first, *later, *again}) == 11


def station(letter: str) -> Desk:
    """A desk that can number; nothing else of it is asked."""
    person = Person(UserId(letter), letter, letter, frozenset({Role.OFFICER}))
    none: Any = None
    clock = FixedClock(NOW)
    return Desk(
        person=person, clock=clock, agency=Agency(prefix="PH"), drafts=none, sealers={},
        library=none, press=none, calendar=none, station_letter=letter,
        station=MemoryRecords(clock, letter.lower() * 8),
        cases=MemoryRecords(clock, letter.lower() * 8),
    )  # fmt: skip


ACTS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.one_of(
            st.integers(1, 5), st.sampled_from(["keep", "station", "cases", "lost", "exchange"])
        ),
    ),
    max_size=30,
)


class Stations:
    """Three stations; a restore brings back one of a station's two files."""

    def __init__(self, above: Callable[[Desk], int] | None = None) -> None:
        self.desks = {letter: station(letter) for letter in "ABC"}
        self.copies: dict[str, dict[str, MemoryRecords]] = {}
        self.given: list[str] = []
        self.above = above

    def act(self, letter: str, what: int | str) -> None:
        desk = self.desks[letter]
        if isinstance(what, int):
            self.given += take(desk, what)
        elif what == "lost":
            file = desk.cases_file
            above = last_serial(file, f"{letter}C", 2026)
            desk.station.next_serial("case 2026", 1, above)
        elif what == "exchange":
            for other in self.desks.values():
                for record in other.cases_file.of_kind("number"):
                    desk.cases_file.apply(other.cases_file.history(record.id), desk.act("x"))
        elif what == "keep":
            self.copies[letter] = {name: copied(desk, name) for name in ("station", "cases")}
        elif letter in self.copies:
            # the other file stands as it is: a restore of one file, not of both
            self.desks[letter] = replace(desk, **{what: self.copies[letter][what]})
            self.copies.pop(letter)


def copied(desk: Desk, name: str) -> MemoryRecords:
    file = cast("MemoryRecords", getattr(desk, name))
    copy = MemoryRecords(desk.clock, file.station, "e1e1e1")
    changes = [c for record in file.of_kind("number") for c in file.history(record.id)]
    copy.apply(changes, desk.act("copy"))
    copy.next_serial("case 2026", file.next_serial("case 2026", 0) - 1)
    return copy


@given(ACTS)
@settings(deadline=None, max_examples=150)
def test_three_stations_never_give_a_number_twice(acts: list[tuple[str, int | str]]) -> None:
    stations = Stations()
    for letter, what in acts:
        stations.act(letter, what)
    assert len(stations.given) == len(set(stations.given))
    assert all(map(is_number, stations.given))
    for letter, desk in stations.desks.items():
        own = [e for e in ledger(desk, 2026) if e.letter == f"{letter}C"]
        assert [e.serial for e in own] == list(range(1, len(own) + 1))


def test_without_the_ledger_a_restored_station_repeats_itself() -> None:
    """Negative control: the serial table alone is not enough."""
    desk = station("A")
    before = take(replace(desk, cases=None), 1)
    restored = replace(desk, station=MemoryRecords(desk.clock, "a" * 8), cases=None)
    assert take(restored, 1) == before


def test_what_is_no_number_has_no_parts() -> None:
    (number,) = take(station("B"))
    assert parts_of(number) == (26, "BC", 1)
    assert re.match(r"PH-26-BC00001-.$", number)
    assert parts_of("PH-26") is None
    assert parts_of("") is None

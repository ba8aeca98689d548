"""A list that has last and first name in one cell, as most departments keep it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from profiles import Desks

from intake_app.domain.import_row import Fault
from intake_app.domain.roles import Role
from intake_app.domain.whole_name import name_parts
from intake_app.services.desk import Desk
from intake_app.services.imports.importing import ImportWork, read_table
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.plan import Plan, planned, suggested
from intake_app.services.imports.shape import says_who
from intake_app.services.intakes.people import find_people

LOG = (
    ("Angel program log 2024",), (),
    ("#", "Date of Contact", "Name (Last, First)", "DOB", "Sex", "Race", "Status", "Closed Date"),
    (1, "1/3/2024", "Núñez-O'Brien, María José", "4/7/1991", "F", "W", "Graduated", "6/30/2024"),
    (2, "2/14/2024", "Quillfeather,  Bram, Jr.", "12/24/1985", "M", "B", "No contact", "3/1/2024"),
    (),
    (3, "3/5/2024", "Cass Fernleigh", "2/2/1980", "F", "H", "Active", ""),
    (4, "3/6/2024", "", "", "F", "", "Active", ""),
)  # fmt: skip


def plan_of(desk: Desk, tmp_path: Path, form: str) -> Plan:
    book = Workbook()
    for line in LOG:
        book.active.append(line)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue, reportUnknownMemberType]
    place = tmp_path / "log.xlsx"
    book.save(place)
    read = read_table(desk, place)
    return planned(desk, read, suggested(desk, read, form))


def looked(desk: Desk, plan: Plan) -> LookThrough:
    look = LookThrough(desk, plan)
    while not look.step():
        pass
    return look


def test_a_log_with_one_column_of_names_comes_in_with_its_people(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks(Role.COORDINATOR)
    plan = plan_of(desk, tmp_path, "self_referral")
    look = looked(desk, plan)
    assert [(one.row, one.column, one.why) for one in look.found.faults] == [
        (7, "Name (Last, First)", Fault.WHOLE_NAME)
    ]
    column = plan.column("~name")
    assert column is not None
    assert says_who(plan, column)
    work = ImportWork(desk, plan, look)
    while not work.step(2):
        pass
    for asked in ("Núñez-O'Brien", "Quillfeather Jr."):
        assert len(find_people(desk, asked, 5)) == 1, asked


def test_a_case_needs_the_name_in_one_column_too(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    form = "plain_diversion"
    plan = plan_of(desk, tmp_path, form)
    assert "last_name" not in [one.id for one in plan.missing()]
    faults = {(one.row, one.column): one.why for one in looked(desk, plan).found.faults}
    assert faults[8, "Name (Last, First)"] == Fault.NEEDED


@pytest.mark.parametrize(("text", "parts"), [
    ("Smith, John", ("Smith", "John")), ("Smith, John, Jr.", ("Smith Jr.", "John")),
    ("Smith, III, John", ("Smith III", "John")), ("de la Cruz, Ana  María",
                                                  ("de la Cruz", "Ana María")),
    ("John Smith", None), ("Smith,", None), (", John", None), ("Smith, Jr.", None),
    ("Smith, John, Ann", None), ("", None), ("Smith, John, Jr., II", None),
])  # fmt: skip
def test_only_what_is_plain_is_taken_apart(text: str, parts: tuple[str, str] | None) -> None:
    assert name_parts(text) == parts


@given(st.text(max_size=40))
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    parts = name_parts(text)
    if parts is not None:
        assert sorted("".join(parts).replace(" ", "")) == sorted(
            "".join(text.split()).replace(",", "")
        )

"""Earlier cases: an exact question to `cases`, a count for an answer, and a line in the log."""

from pathlib import Path

import pytest
from held_cases import cases_of
from profiles import Desks
from small_programs import case_draft, with_programs
from walk_ins import taken

from intake_app.domain.errors import NotAllowed
from intake_app.domain.roles import Role
from intake_app.services.case.acts import mark_case_in_error
from intake_app.services.citing.earlier_cases import earlier_cases
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake

BORN = "1991-04-17"


@pytest.fixture
def officer(desks: Desks, tmp_path: Path) -> Desk:
    desk = with_programs(desks(Role.OFFICER), tmp_path)
    for last, first, also, born in (
        ("Whitfield", "Jordan", "", BORN),
        ("Whitfield", "Jordana", "", BORN),
        ("Whitfield-Boggs", "Jordan", "", BORN),
        ("Whitfield", "Jordan", "", "1991-04-18"),
        ("Boggs", "Terry", "Jo Whitfield, Jordan Whitfield", BORN),
    ):
        case(desk, surname=last, given=first, also_called=also, birth_day=born)
    return desk


def case(desk: Desk, **answers: object) -> str:
    said = {name: value for name, value in answers.items() if value}
    return finish_intake(desk, case_draft(desk, said)).record


def test_only_the_exact_name_and_birth_date_count_also_as_an_alias(officer: Desk) -> None:
    assert earlier_cases(officer, "Whitfield", "Jordan", BORN) == 2
    assert earlier_cases(officer, "  whitfield ", "JORDAN", BORN) == 2
    assert earlier_cases(officer, "Whit", "Jordan", BORN) == 0
    assert earlier_cases(officer, "Whitfield", "Jordan", "1991-04-18") == 1
    assert earlier_cases(officer, "Nobody", "Jordan", BORN) == 0


def test_without_a_whole_question_there_is_no_answer(officer: Desk) -> None:
    parts = ("Whitfield", "Jordan", BORN)
    for left_out in range(3):
        asked = ["" if n == left_out else part for n, part in enumerate(parts)]
        assert earlier_cases(officer, *asked) == 0
    assert earlier_cases(officer, "Whitfield", "Jordan", "1991") == 0


def test_a_look_back_counts_from_its_day(officer: Desk) -> None:
    assert earlier_cases(officer, "Whitfield", "Jordan", BORN, "2026-11-23") == 2
    assert earlier_cases(officer, "Whitfield", "Jordan", BORN, "2026-11-24") == 0


def test_what_was_entered_in_error_does_not_count(officer: Desk) -> None:
    again = finish_intake(
        officer, case_draft(officer, {"surname": "Whitfield", "given": "Jordan", "birth_day": BORN})
    )
    assert earlier_cases(officer, "Whitfield", "Jordan", BORN) == 3
    mark_case_in_error(officer, again.record, "twice")
    assert earlier_cases(officer, "Whitfield", "Jordan", BORN) == 2


def test_the_log_says_that_somebody_asked_and_not_about_whom(officer: Desk) -> None:
    conn = cases_of(officer).database.conn
    sql = "SELECT * FROM audit WHERE act='look for earlier cases'"
    before = conn.execute(sql).fetchall()
    earlier_cases(officer, "Whitfield", "Jordan", BORN)
    (line,) = [one for one in conn.execute(sql).fetchall() if one not in before]
    assert officer.person.id in line
    assert not any("Whitfield" in str(part) or BORN in str(part) for part in line)


def test_care_is_never_asked(officer: Desk, desks: Desks) -> None:
    taken(desks(Role.FRONT_DESK), first_name="Rosa", last_name="Alvarez", born=BORN)
    assert earlier_cases(officer, "Alvarez", "Rosa", BORN) == 0
    assert earlier_cases(desks(Role.COORDINATOR), "Alvarez", "Rosa", BORN) == 0


def test_who_may_not_read_cases_may_not_ask(desks: Desks) -> None:
    for role in (Role.FRONT_DESK, Role.RECEPTION, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        with pytest.raises(NotAllowed):
            earlier_cases(desks(role), "Whitfield", "Jordan", BORN)

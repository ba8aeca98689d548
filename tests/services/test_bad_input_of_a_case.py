"""What cannot be is said in a sentence, at its field or of the error; nothing is issued of it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from held_cases import AGENCY, ANSWERS, PROGRAM, TOML, House, move

from intake_app.domain.change import Value
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.entry import (
    BORN_LATER,
    BORN_LONG_AGO,
    HOW_MONEY,
    Unreadable,
    read_birth_date,
    read_money,
    read_number,
)
from intake_app.domain.errors import (
    BadAmount,
    DiskFull,
    IntakeError,
    NotFinished,
    ProgramExpired,
    ReportByTooLate,
)
from intake_app.domain.form import Problem
from intake_app.domain.roles import Compartment as FileName
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.rulebook.builder import build_guide
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.setting import Setting
from intake_app.services.case.conditions import CONDITION, NewCondition, add_condition
from intake_app.services.case.offers import OFFER
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.citing import Issued, issue_case, would_issue
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issued_papers
from intake_app.services.records.drafts import (
    begin_draft,
    guide_of,
    resume_draft,
    save_draft,
    unfinished,
)
from intake_app.services.records.ledger import Use, ledger
from intake_app.settings import resources
from intake_app.storage.compartment import Compartment

CITATION = Instrument.CITATION
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
OWN = TOML.replace('papers = ["participant', 'papers = ["citation", "participant')


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = NOW
    made = House(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def officer(house: House, tmp_path: Path) -> Desk:
    write(tmp_path, OWN)
    return house.desk(Role.OFFICER)


def write(folder: Path, text: str) -> None:
    """The program's file, as it is from now on."""
    (folder / "forms" / "programs" / f"{PROGRAM}.toml").write_text(text, "utf-8")


def begun(desk: Desk, **answers: Value) -> Draft:
    draft = begin_draft(desk, PROGRAM)
    draft.answers |= {**ANSWERS, **answers}
    save_draft(desk, draft)
    return draft


def first_problem(desk: Desk, **answers: Value) -> Problem:
    """The first thing that is wrong; it also keeps anything from being issued."""
    draft = begun(desk, **answers)
    problem, *_ = guide_of(desk, draft).problems(draft.answers)
    refused(desk, draft, NotFinished)
    spanish, english = (problem.message.said_in(code) for code in ("es", "en"))
    assert spanish
    assert spanish != english
    return problem


def is_kept(typed: Mapping[str, Value], draft: Draft) -> bool:
    """All that was typed is there; the count of earlier cases is the program's own."""
    return {**draft.answers, **typed} == draft.answers


def refused(desk: Desk, draft: Draft, why: type[IntakeError]) -> str:
    """The sentence of the error; no number, no record and no paper came of it."""
    before = ledger(desk, 2026)
    with pytest.raises(why) as error:
        issue_case(desk, draft, CITATION)
    assert ledger(desk, 2026) == before
    assert desk.cases_file.record(draft.id) is None
    assert is_kept(resume_draft(desk, draft.id).answers, draft)
    return error.value.sentence()


# --- at the field -------------------------------------------------------------------------

MORNING = "2026-11-23T08:10:00+00:00"
MINOR = {"date_of_birth": "2011-03-02"}
RISKY_DATES = [
    ("date_of_birth", {"date_of_birth": "2026-11-24"}, "in the future. Check the year"),
    ("date_of_birth", {"date_of_birth": "1905-11-22"}, "more than 120 years ago. Check the year"),
    ("offense_at", {"offense_at": "1991-04-16T08:00:00+00:00"}, "Look at the year of both"),
    ("offense_at", {"offense_at": "2026-11-24T08:00:00+00:00"}, "not after today"),
    ("limitation_on", {"limitation_on": "2026-11-22"}, "Look at both dates, or ask"),
    (
        "checked_at",
        {"record_check": "meets", "checked_at": "2026-12-01T08:00:00+00:00"},
        "cannot be after today",
    ),
]


@pytest.mark.parametrize(("field", "answers", "words"), RISKY_DATES)
def test_a_date_that_cannot_be_is_said_at_its_field(
    officer: Desk, field: str, answers: dict[str, Value], words: str
) -> None:
    problem = first_problem(officer, **answers)
    assert problem.field == field
    assert words in problem.message.said_in("en")


def test_what_another_system_answered_does_not_fit_beside_who_asked(officer: Desk) -> None:
    pasted = "HIT FBI/123456AB7 PRIOR CONVICTION BURGLARY 2ND 1999 STATE PEN"
    problem = first_problem(officer, record_check="does_not_meet", checked_by=pasted)
    assert problem.field == "checked_by"
    assert "Nothing from the screen" in problem.message.said_in("en")
    draft = begun(officer, record_check="meets", checked_by="Cpl. T. Okafor, 4471")  # control
    assert "checked_by" not in {p.field for p in guide_of(officer, draft).problems(draft.answers)}


@pytest.mark.parametrize("tried", ["2026-11-24T08:00:00+00:00", "2011-03-01T08:00:00+00:00"])
def test_a_date_in_a_row_is_said_at_its_cell(officer: Desk, tried: str) -> None:
    tries = [
        {"try_at": MORNING, "try_answer": "no_answer"},
        {"try_at": tried, "try_answer": "no_answer"},
    ]
    problem = first_problem(officer, **MINOR, guardian_tries=tries)
    assert (problem.field, problem.row, problem.column) == ("guardian_tries", 1, "try_at")
    assert "Look at the year" in problem.message.said_in("en")


def test_a_birth_date_is_read_as_typed_or_refused() -> None:
    for typed, told in (("11/24/2026", BORN_LATER), ("11/22/1905", BORN_LONG_AGO)):
        with pytest.raises(Unreadable) as error:
            read_birth_date(typed, TODAY)
        assert error.value.told == told


def test_a_weight_needs_its_unit(officer: Desk) -> None:
    question = officer.library.guide(PROGRAM).form.field("drug_weight")
    assert question is not None
    with pytest.raises(Unreadable) as error:
        read_number("12.5", question.units, question.unit_words)
    problem = first_problem(officer, drug_weight={"amount": 12.5, "unit": ""})
    assert problem.field == "drug_weight"
    assert problem.message == error.value.told
    said = problem.message.said_in("en")
    assert "g, oz, mg" in said
    assert said.startswith("Add the unit after the number")
    assert problem.message.said_in("es").endswith(" dosis.")


def test_a_weight_below_zero_is_none(officer: Desk) -> None:
    problem = first_problem(officer, drug_weight={"amount": -1, "unit": "g"})
    assert problem.message.said_in("en") == "A weight cannot be below zero. Enter it again."


@pytest.mark.parametrize("field", ["property_value", "property_damage"])
def test_money_below_zero_is_none(officer: Desk, field: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_money("-12.50")
    assert error.value.told == HOW_MONEY
    problem = first_problem(officer, **{field: -1250})
    assert (problem.field, problem.message) == (field, HOW_MONEY)


def test_a_loss_below_zero_is_said_at_its_cell(officer: Desk) -> None:
    victims = [{"victim_name": "Tilde Store", "victim_loss": -1}]
    problem = first_problem(officer, has_victim="yes", victims=victims)
    assert (problem.field, problem.row, problem.column) == ("victims", 0, "victim_loss")
    assert problem.message == HOW_MONEY


def test_a_provider_that_a_program_wants_is_asked_for(officer: Desk, tmp_path: Path) -> None:
    asks = (
        '\n[[add_fields]]\nsection = "decide"\nid = "course_at"\ntype = "provider"\n'
        'label = { en = "Course", es = "Curso" }\nrequired = true\n'
    )
    write(tmp_path, OWN + asks)
    problem = first_problem(officer)
    assert problem.field == "course_at"
    assert problem.message.said_in("en") == "Choose a provider."
    gone = {"id": "closed-since", "name": "Tilde Course House"}  # in no directory any more
    draft = begun(officer, course_at=gone)
    assert issue_case(officer, draft, CITATION).finished.number


def test_an_offense_must_have_been_law_on_its_day(house: House, officer: Desk) -> None:
    """The sentence names the day, and where to correct it."""
    guide = house.library.guide(PROGRAM)
    texts = dict(guide.sources)
    table = "offenses/wv.csv"
    texts[table] = with_day(texts[table], "trespass", "2026-11-24,")
    later = guide_from(texts)
    (problem,) = later.problems(ANSWERS)
    assert (problem.field, problem.row, problem.column) == ("offenses", 0, "offense")
    said = problem.message.said_in("en")
    assert "Monday, November 23, 2026" in said
    assert said.endswith("Choose another offense, or correct the day of the offense.")
    texts[table] = with_day(guide.sources[table], "trespass", "2020-01-01,2026-11-23")
    assert guide_from(texts).problems(ANSWERS) == ()


def guide_from(texts: dict[str, str]) -> FormGuide:
    """The program, made of these texts."""
    words = FixedWords.read(
        resources.path("resources", "words", "rulebook.toml").read_text("utf-8")
    )
    made = build_guide(PROGRAM, texts.get, words, Setting.of(AGENCY, FixedClock(NOW)))
    assert made is not None
    return made


def with_day(table: str, offense: str, days: str) -> str:
    lines = table.splitlines()
    return "\n".join(
        f"{','.join(line.rsplit(',', 2)[:1])},{days}" if line.startswith(f"{offense},") else line
        for line in lines
    )


# --- of the error -------------------------------------------------------------------------


def test_a_report_by_after_the_limitation_date_is_not_issued(officer: Desk) -> None:
    said = refused(officer, begun(officer, limitation_on="2026-11-29"), ReportByTooLate)
    assert said == (
        "The report-by is later than the limitation date. Ask the prosecutor's office first."
    )
    draft = begun(officer, limitation_on="2026-11-30")
    assert would_issue(officer, draft, CITATION).standing.clock.limitation == date(2026, 11, 30)
    issued = issue_case(officer, draft, CITATION)
    assert issued.clock.limitation == date(2026, 11, 30)


def test_a_program_that_has_run_out_is_not_offered_and_not_issued(
    officer: Desk, tmp_path: Path
) -> None:
    start = 'starts = "2026-01-01"'
    write(tmp_path, OWN.replace(start, f'{start}\nends = "2026-11-23"'))
    draft = begun(officer)
    assert PROGRAM in dict(case_programs(officer))
    move(officer, days=1)
    assert PROGRAM not in dict(case_programs(officer))
    said = refused(officer, draft, ProgramExpired)
    assert said == (
        "This program is not in force today. Choose another one, or ask for its new file."
    )


def test_a_condition_of_less_than_nothing_is_refused(house: House, officer: Desk) -> None:
    case = issue_case(officer, begun(officer), CITATION).finished.record
    with pytest.raises(BadAmount) as error:
        add_condition(house.desk(Role.COORDINATOR), case, NewCondition("fee", amount=-100))
    assert error.value.sentence() == "Enter an amount that is more than zero."


def test_negative_control_the_plain_answers_are_issued(officer: Desk) -> None:
    assert issue_case(officer, begun(officer), CITATION).finished.number


# --- a full disk --------------------------------------------------------------------------

ROOMY = 1_000_000
LONG = "x" * 20_000


def allow(file: Compartment, pages: int) -> None:
    file.database.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone()


def used(file: Compartment) -> int:
    return file.database.conn.execute("PRAGMA page_count").fetchone()[0]


def nothing_is_lost(desk: Desk, draft: Draft, kept: Draft) -> None:
    """The form's text is there, and no case; what has a number has one number."""
    assert [one.id for one in unfinished(desk)] == [draft.id]
    again = resume_draft(desk, draft.id)
    assert is_kept(kept.answers, again)
    assert draft.number in ("", again.number)
    assert desk.cases_file.record(draft.id) is None
    assert desk.cases_file.of_kind("case.act") == []
    waiting = [one for one in ledger(desk, 2026) if one.use is not Use.LOST]
    assert len({one.number for one in waiting}) == len(waiting) <= 1


def issued_when_there_is_room(desk: Desk, draft: Draft, file: Compartment) -> tuple[Issued, int]:
    """Try with one page more each time; what was issued, and how often it was refused."""
    kept, start = resume_draft(desk, draft.id), used(file)
    for room in range(200):
        allow(file, start + room)
        try:
            return issue_case(desk, draft, CITATION), room
        except DiskFull:
            nothing_is_lost(desk, draft, kept)
        finally:
            allow(file, ROOMY)
    raise AssertionError("it never fitted")


@pytest.mark.parametrize("side", [FileName.CASES, FileName.STATION])
def test_a_full_disk_at_any_page_issues_nothing_and_later_once(
    house: House, officer: Desk, side: FileName
) -> None:
    draft = begun(officer, probable_cause=LONG)
    issued, refusals = issued_when_there_is_room(officer, draft, house.files[side])
    assert refusals > 2
    assert DiskFull.sentence().endswith("What you typed is still here.")
    (entry,) = [one for one in ledger(officer, 2026) if one.use is not Use.LOST]
    assert (entry.use, entry.number) == (Use.ISSUED, issued.finished.number)
    case, file = issued.finished.record, officer.cases_file
    standing = [p.paper for p in issued_papers(officer, case) if not p.replaced_by]
    assert sorted(standing) == ["citation", "participant_agreement"]
    assert [act.values["act"] for act in file.about(case, "case.act")] == ["issued"]
    assert len(file.about(case, OFFER)) == 1
    assert len(file.about(case, CONDITION)) == 4
    assert unfinished(officer) == []
    assert [fault for each in house.files.values() for fault in each.faults()] == []

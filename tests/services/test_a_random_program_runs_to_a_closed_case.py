"""A program that nobody wrote, with question names that nobody chose, runs to a closed case."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from held_cases import AGENCY, PEOPLE, House
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invented_program import Department, departments
from whole_case import (
    PROSECUTOR,
    Team,
    Told,
    approve,
    begun,
    issue,
    paper_of,
    words_of,
    work_through,
)

from intake_app.domain.clock import FixedClock
from intake_app.domain.condition import Word
from intake_app.domain.entry import show_date
from intake_app.domain.errors import CannotOverride, NotEligible
from intake_app.domain.form import Force
from intake_app.domain.numbering import is_number
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.case import acts
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.held import terms_of
from intake_app.services.citing.after_issue import copy_set
from intake_app.services.citing.cases import read_case
from intake_app.services.citing.citing import Issued
from intake_app.services.citing.overrides import Given, Mode, override
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.ledger import ledger

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
QUIET = settings(
    deadline=None, max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


class Place:
    """A house, and the files of the department that was made up last."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(NOW)
        self.people = 0
        self.house = House(folder, self.clock)
        self.department = Department(folder / "own")
        setting = Setting.of(AGENCY, self.clock)
        self.library = FormLibrary(self.department.forms, self.department.resources, setting)

    def team(self, made: dict[str, Any], rules: str = "") -> tuple[str, Team]:
        self.clock.at = NOW
        self.department.write(made, rules)
        program = self.department.program
        return program, Team.of(self.house, self.library, program)

    def birthday(self) -> str:
        """Of somebody who was never here: an earlier case would count."""
        self.people += 1
        return (date(1950, 1, 1) + timedelta(days=self.people)).isoformat()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("invented"))
    yield made
    made.house.close()


@QUIET
@given(departments(), st.text("abcdefgh", min_size=3, max_size=12))
def test_it_runs_from_its_file_to_a_closed_case(
    place: Place, made: dict[str, Any], name: str
) -> None:
    program, team = place.team(made)
    assert place.library.mistakes() == ()
    told = Told.of(place.department.forms, program)
    draft = begun(team.officer, program, last_name=name.title(), born=place.birthday())
    approve(team.officer, draft)
    issued = issue(team.officer, draft, terms_of(guide_of(team.officer, draft)))
    is_a_valid_citation(team.officer, issued, told, name.title())
    case = issued.finished.record
    copies = {paper.paper: count for paper, count in copy_set(team.officer, case)}
    assert copies[place.department.extra] == 3
    assert copies.get("citation", made["copies"]) == made["copies"]
    assert [one.type for one in conditions_of(team.officer, case)] == made["conditions"]
    work_through(team, case)
    assert {one.word for one in conditions_of(team.officer, case)} <= {Word.MET}
    acts.close_case(team.coordinator, case, "completed")
    acts.charge_action(team.coordinator, case, "not_filed")
    closed = read_case(team.coordinator, case).status
    assert (closed.status, closed.charge) == ("completed", "not_filed")


def is_a_valid_citation(desk: Desk, issued: Issued, told: Told, name: str) -> None:
    """One page and the other language on its back; number, who, where, until when."""
    number = issued.finished.number
    assert is_number(number)
    with pikepdf.open(BytesIO(paper_of(desk, issued))) as document:
        assert len(document.pages) == 2
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("en")
    assert issued.report_by
    assert issued.report_by.moment == told.report_by(NOW)
    assert issued.clock.complete_by == told.complete_by(NOW)
    said = words_of(desk, issued)
    for words in (
        number, name, told.terms["place_name"]["en"], *told.terms["place_address"],
        show_date(told.report_by(NOW).date().isoformat(), "en"),
        show_date(told.complete_by(NOW).isoformat(), "en"),
    ):  # fmt: skip
        assert words in said, words


AGAINST = """
[[rules]]
id = "never"
force = "{force}"
when = 'last_name != ""'
message = {{ en = "Nobody fits.", es = "Nadie entra." }}
authority = "Chance"
"""
PLAIN: dict[str, Any] = {
    "seed": 7, "report": ("report_hours", 48), "complete": ("complete_days", 90),
    "extensions": (0, 0), "instrument": Instrument.CITATION, "approval": "none",
    "admission": "not_asked", "victim": "told", "limit": -1, "hours": "", "force": Force.ADVISORY,
    "most": 0, "offenses": 2, "conditions": [], "copies": 4, "asked": [],
}  # fmt: skip


def test_negative_control_a_hard_rule_that_always_speaks_stops_it(place: Place) -> None:
    """Until the prosecutor's office decides otherwise; a supervisor cannot."""
    program, team = place.team(PLAIN, AGAINST.format(force="hard"))
    officer = team.officer
    draft = begun(officer, program, born=place.birthday())
    before = ledger(officer, 2026)
    terms = terms_of(guide_of(officer, draft))
    with pytest.raises(NotEligible):
        issue(officer, draft, terms)
    assert ledger(officer, 2026) == before
    sergeant = Given(Mode.PHONE, PEOPLE[Role.SUPERVISOR][0], "02:14")
    with pytest.raises(CannotOverride):
        override(officer, draft, ["never"], "known here", sergeant)
    override(officer, draft, ["never"], "known here", Given(Mode.PROSECUTOR, PROSECUTOR, "02:14"))
    issued = issue(officer, draft, terms)
    assert len(officer.cases_file.about(issued.finished.record, "override")) == 1


def test_negative_control_advice_stops_nothing(place: Place) -> None:
    program, team = place.team(PLAIN, AGAINST.format(force="advisory"))
    draft = begun(team.officer, program, born=place.birthday())
    assert issue(team.officer, draft, terms_of(guide_of(team.officer, draft))).finished.number


def test_no_question_keeps_its_shipped_name(place: Place) -> None:
    """Negative control: a name that code knew would be there no more."""
    place.team(PLAIN)
    text = (place.department.forms / "officer_intervention.toml").read_text("utf-8")
    form = tomllib.loads(text)
    ids = {f["id"] for section in form["sections"] for f in section["fields"]}
    assert not ids & {"last_name", "date_of_birth", "offenses", "decision", "probable_cause"}
    assert set(form["facts"].values()) <= ids

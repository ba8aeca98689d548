"""A citation by keyboard alone; and one in Spanish with letters twice as large."""

from pathlib import Path

import case_story
import citation
import pytest
import walk_in
from department import Department, OpenWindow, Paper, Staff
from filler import Filler
from test_story_in_spanish import go_through

from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import FixedClock
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.settings.look import Look

WISHES = {
    "last_name": "Ibarra", "first_name": "Ximena", "date_of_birth": "1991-04-17",
    "no_fixed_address": "no", "language": "es", "interpreter": "phone", "contact_ways": ["call"],
    "case_number": "26-118804", "offense_at": "2026-11-23T08:10:00+00:00", "offense": "trespass",
    "counts": {"amount": 1, "unit": ""}, "drug_weight": {"amount": 1, "unit": "g"},
    "property_value": 100, "property_damage": 100, "has_risk": "no", "has_victim": "no",
    "attested": "yes", "prints_taken": "no", "record_check": "meets",
    "checked_at": "2026-11-23T08:20:00+00:00", "evidence_destroy_on": "2026-12-31",
    "limitation_on": "2027-11-23",
    "earlier_elsewhere": {"amount": 0, "unit": ""}, "explained_all": "yes", "decision": "accepted",
}  # fmt: skip


def test_a_citation_goes_by_tab_space_and_arrows_alone(
    open_window: OpenWindow, staff: Staff, printer: Paper
) -> None:
    clerk = open_window(by_tab=True)
    clerk.sign_in(staff["dreyes"])
    citation.take(clerk)
    number = case_story.issue(clerk)
    clerk.say("Print copy set")
    clerk.settle()
    (job,) = printer.sheets
    assert number in job.name


def test_a_citation_in_spanish_with_large_letters(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clerk = open_window(Look("es", 2.0))
    clerk.sign_in(staff["dreyes"])
    clerk.say("Officer intervention")
    clerk.settle()
    setting = Setting.of(Agency(region="WV"), clock)
    library = FormLibrary(resources.path("forms"), resources.path("resources"), setting)
    form = library.guide("plain_diversion").form
    go_through(clerk, Filler(clerk, form, WISHES), form)
    clerk.settle()
    clerk.say("Issue citation")
    clerk.until_reads(clerk.words.text("The citation is issued"))
    clerk.settle()
    assert case_story.large(clerk, "lunes, 30 de noviembre de 2026")
    number = citation.citation_number(clerk)
    monkeypatch.chdir(tmp_path)
    pdf = case_story.saved_paper(clerk, tmp_path)
    paper = walk_in.words_of(pdf)
    for told in ("Ibarra", "lunes, 30 de noviembre de 2026", number):
        assert told in paper, told
    stub = case_story.stub_of(pdf, "Corte aquí.")
    assert "lunes, 30 de noviembre de 2026" in stub
    assert "Ibarra" not in stub
    clerk.conductor.window.close()
    case = case_story.kept_case(department, clock, number)
    assert case.status.status is CaseStatus.ISSUED

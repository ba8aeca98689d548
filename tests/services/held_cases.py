"""Held cases for stories: a small program of their own, and how a case is taken there."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from profiles import Profile

from intake_app.domain.case_act import CaseAct, CaseActKind
from intake_app.domain.clock import Clock, FixedClock, stamp
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.rulebook.business_days import BusinessCalendar
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.case_file import act_change, terms_of
from intake_app.services.conditions import starting_conditions
from intake_app.services.desk import Desk
from intake_app.services.drafts import begin_draft, save_draft
from intake_app.services.intakes import finish_intake
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.storage.compartment import Compartment

PROGRAM = "creek_road"
TOML = """
[program]
id = "creek_road"
pathway = "officer_intervention"
version = "1"
name = { en = "Creek Road Program", es = "Programa Creek Road" }
starts = "2026-01-01"
papers = ["participant_agreement", "extension_notice", "completion_letter", "progress_sheet",
  "noncompliance_notice"]

[terms]
report_business_days = 3
report_by_time = "16:00"
grace_hours = 24
complete_days = 90
extensions = 1
extension_days = 30
toll_reasons = ["hospital", "jail"]
instruments = ["citation", "referral"]
admission = "not_asked"
victim = "told"
approval = "none"
participation_limit = -1
seal_days = 30
place_name = { en = "Creek Road House", es = "Casa Creek Road" }
place_address = ["9 Creek Road", "Pine Hollow, WV 26999"]
place_phone = "(304) 555-0133"
bring = [{ en = "This paper", es = "Este papel" }]

[[visit_hours]]
days = ["monday", "tuesday", "wednesday", "thursday", "friday"]
opens = "09:00"
closes = "16:00"

[[conditions]]
id = "assess"
type = "assessment"
label = { en = "Come to the assessment", es = "Venir a la evaluación" }
due_days = 14

[[conditions]]
id = "serve"
type = "service_hours"
label = { en = "Help at the food bank", es = "Ayudar en el banco de alimentos" }
hours = 24

[[conditions]]
id = "pay"
type = "fee"
label = { en = "Program fee", es = "Cuota del programa" }
dollars = 50
waivable = true

[[conditions]]
id = "treat"
type = "treatment"
label = { en = "Treatment", es = "Tratamiento" }
"""

ANSWERS: dict[str, Any] = {
    "last_name": "Quillfeather",
    "first_name": "Wren",
    "date_of_birth": "1991-04-17",
    "language": "en",
    "interpreter": "none",
    "case_number": "26-118804",
    "offense_at": "2026-11-23T08:10:00+00:00",
    "offense_place": "12 Mill Street",
    "offenses": [{"offense": "trespass"}],
    "has_risk": "no",
    "has_victim": "no",
    "probable_cause": "Was seen in the yard after it had closed.",
    "attested": "yes",
    "explained_all": "yes",
    "decision": "accepted",
}


class TickingClock(FixedClock):
    """Moves on by a millisecond each time it is asked: no two changes have one id."""

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return super().now()

    def local(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return super().local()


def ticking(profile: Profile, folder: Path) -> Profile:
    """A copy of a profile whose clock runs."""
    copied = profile.copy_to(folder)
    return Profile(copied.folder, TickingClock(copied.clock.at), copied.people)


def library_with_program(folder: Path, agency: Agency, clock: Clock) -> FormLibrary:
    """The department's forms, with the program of these stories beside them."""
    forms = folder / "forms"
    if not forms.exists():
        shutil.copytree(resources.path("forms"), forms)
        (forms / "programs" / f"{PROGRAM}.toml").write_text(TOML, "utf-8")
    return FormLibrary(forms, resources.path("resources"), Setting.of(agency, clock))


def at_program(desk: Desk, folder: Path) -> Desk:
    """The desk, where that program is known and holidays are those of West Virginia."""
    agency = replace(desk.agency, region="WV")
    library = library_with_program(folder, agency, desk.clock)
    return replace(desk, agency=agency, library=library, calendar=BusinessCalendar("WV"))


def case_taken(desk: Desk, **answers: object) -> RecordId:
    """A case that was finished, with its citation issued now and the plan of the program."""
    draft = begin_draft(desk, PROGRAM)
    draft.answers |= {**ANSWERS, **answers}
    save_draft(desk, draft)
    draft.marks["status"] = "issued"
    act = CaseAct(
        new_record_id(), CaseActKind.ISSUED, desk.clock.local(), stamp(desk.clock), desk.person.id
    )
    terms = terms_of(desk.library.guide(PROGRAM))
    more = [
        act_change(desk.cases_file, desk.person.id, draft.id, act),
        *starting_conditions(desk, draft.id, terms, act.at),
    ]
    return finish_intake(desk, draft, more).record


def move(desk: Desk, **by: float) -> datetime:
    """Let time pass, by days or hours."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.at += timedelta(**by)
    return clock.local()


def cases_of(desk: Desk) -> Compartment:
    return cast("Compartment", desk.cases)

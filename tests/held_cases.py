"""Held cases for stories: a small program of their own, and how a case is taken there."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from real_parts import KEY

from intake_app.domain.case_act import CaseAct, CaseActKind
from intake_app.domain.clock import FixedClock, stamp
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId, new_record_id
from intake_app.domain.roles import KEYS, Role
from intake_app.domain.roles import Compartment as FileName
from intake_app.pdf.press import Press
from intake_app.rulebook.business_days import BusinessCalendar
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.case.conditions import starting_conditions
from intake_app.services.case.held import act_change, terms_of
from intake_app.services.desk import Desk, Person
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.veil import unveiled
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.storage.compartment import Compartment
from intake_app.storage.drafts import Drafts
from intake_app.wiring.measures import make_measures

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


class OpenSealer:
    """Seals nothing; keys are another story."""

    def new_keys(self, draft: RecordId) -> str:
        return "{}"

    def seal(self, draft: RecordId, keys: str, text: bytes) -> bytes:
        return text

    def open(self, draft: RecordId, keys: str, body: bytes) -> bytes:
        return body

    def hand_over(self, draft: RecordId, keys: str, to: UserId) -> str:
        return keys


PEOPLE = {
    Role.OFFICER: ("u1", "dreyes", "D. Reyes"),
    Role.SUPERVISOR: ("u2", "tokafor", "T. Okafor"),
    Role.COORDINATOR: ("u3", "jlowe", "J. Lowe"),
    Role.FRONT_DESK: ("u4", "mhale", "M. Hale"),
}
AGENCY = Agency(
    name="Pine Hollow Police Department", phone="(304) 555-0100", prefix="PH", region="WV",
    neutral_name="Pine Hollow Pathways", neutral_phone="(304) 555-0199",
)  # fmt: skip


class House:
    """One station with its real encrypted files, and a desk for each role.

    Made and closed on the thread that uses it.
    """

    def __init__(self, folder: Path, clock: FixedClock, station: str = "front") -> None:
        self.clock = clock
        folder.mkdir(exist_ok=True)
        forms = folder / "forms"
        shutil.copytree(resources.path("forms"), forms)
        (forms / "programs" / f"{PROGRAM}.toml").write_text(TOML, "utf-8")
        setting = Setting.of(AGENCY, clock)
        self.library = FormLibrary(forms, resources.path("resources"), setting)
        self.files = {
            name: _new_file(folder / f"{name}.db", clock, station)
            for name in (FileName.STATION, FileName.CARE, FileName.CASES)
        }

    def desk(self, role: Role) -> Desk:
        """The desk of a role: only the files whose keys it holds are there."""
        people = {each: Person(UserId(i), u, n, frozenset({each}))
                  for each, (i, u, n) in PEOPLE.items()}  # fmt: skip
        held = {str(name): file for name, file in self.files.items() if name in KEYS[role]}
        station = self.files[FileName.STATION]
        return Desk(
            person=people[role], clock=self.clock, agency=AGENCY, station=station,
            drafts=Drafts(station.database),
            sealers=dict.fromkeys((FileName.CARE, FileName.CASES), OpenSealer()),
            library=self.library, press=Press(), calendar=BusinessCalendar("WV"),
            care=held.get(FileName.CARE), cases=held.get(FileName.CASES),
            colleagues=tuple(people.values()), measures=make_measures(held),
        )  # fmt: skip

    def close(self) -> None:
        for file in self.files.values():
            file.close()


def _new_file(path: Path, clock: FixedClock, station: str) -> Compartment:
    path.write_bytes(_empty(station))
    return Compartment.open(path, KEY, clock)


@cache
def _empty(station: str) -> bytes:
    """A file of records before the first: made once, since each migration is a transaction."""
    with TemporaryDirectory() as folder:
        path, clock = Path(folder) / "empty.db", FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
        Compartment.create(path, KEY, clock, StationId(station), Epoch("abcdef")).close()
        return path.read_bytes()


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


def audit(file: Compartment, act: str) -> list[tuple[str, str, str, str]]:
    """The lines of an act: when, who, record, outcome."""
    sql = "SELECT at, user, record, outcome FROM audit WHERE act=? ORDER BY n"
    return file.database.conn.execute(sql, (act,)).fetchall()


def move(desk: Desk, **by: float) -> datetime:
    """Let time pass, by days or hours."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.at += timedelta(**by)
    return clock.local()


def cases_of(desk: Desk) -> Compartment:
    return cast("Compartment", unveiled(desk.cases_file))


def care_of(desk: Desk) -> Compartment:
    return cast("Compartment", unveiled(desk.care_file))

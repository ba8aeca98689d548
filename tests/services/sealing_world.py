"""A completed case in a real profile, ready to be sealed, with values that nobody else has."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from held_cases import PROGRAM, TOML, case_taken, move

from intake_app.domain.ids import RecordId
from intake_app.rulebook.business_days import BusinessCalendar
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.case import acts
from intake_app.services.case.conditions import Progress, conditions_of, record_progress
from intake_app.services.desk import Desk
from intake_app.settings import resources

PLANTED: dict[str, Any] = {
    "last_name": "Quillfeather",
    "first_name": "Wrenna",
    "date_of_birth": "1991-04-07",
    "offense_place": "412 Thistledown Lane",
    "probable_cause": "Was seen beside the vermilion silo.",
    "phone": "+13045550188",
}
VALUES = ("Quillfeather", "Wrenna", "Thistledown", "vermilion", "5550188")
TERMS = TOML.replace("seal_days = 30", "seal_days = 30\ntoken_months = 24").replace(
    'papers = ["participant_agreement",', 'papers = ["citation", "participant_agreement",'
)
_PAGE, _RESERVE, _SALT = 4096, 80, 16


def at_program(desk: Desk, folder: Path, text: str = TERMS) -> Desk:
    """The desk, where that program is known and holidays are those of West Virginia."""
    forms = folder / "forms"
    if not forms.exists():
        shutil.copytree(resources.path("forms"), forms)
        (forms / "programs" / f"{PROGRAM}.toml").write_text(text, "utf-8")
    agency = replace(desk.agency, region="WV")
    setting = Setting.of(agency, desk.clock)
    library = FormLibrary(forms, resources.path("resources"), setting)
    return replace(desk, agency=agency, library=library, calendar=BusinessCalendar("WV"))


def completed(desk: Desk, **answers: object) -> RecordId:
    """A case that went well, long enough ago."""
    case = case_taken(desk, **{**PLANTED, **answers})
    move(desk, hours=20)
    acts.note_reported(desk, case)
    work = next(one for one in conditions_of(desk, case) if one.type == "service_hours")
    record_progress(desk, work.id, Progress(amount=24, note="vermilion barn", verifier="T. Okafor"))
    return case


def closed(desk: Desk, case: RecordId) -> RecordId:
    """Completed, the charge not filed, and the program's days are over."""
    acts.close_case(desk, case, "completed")
    acts.charge_action(desk, case, "not_filed")
    move(desk, days=31)
    return case


def pages(path: Path, key: bytes) -> bytes:
    """All pages of an encrypted file in the clear, free pages too (SQLCipher 4, raw key)."""
    raw = path.read_bytes()
    plain: list[bytes] = []
    for start in range(0, len(raw), _PAGE):
        page = raw[start : start + _PAGE]
        body = page[_SALT if start == 0 else 0 : -_RESERVE]
        vector = page[-_RESERVE : -_RESERVE + 16]
        opened = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
        plain.append(opened.update(body) + opened.finalize())
    return b"".join(plain)

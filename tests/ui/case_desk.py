"""A desk with a real, empty file of cases and the real forms; the file lives on the worker."""

from dataclasses import replace
from pathlib import Path

from fakes import desk_of
from real_parts import KEY

from intake_app.domain.ids import Epoch, StationId
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.desk import Desk
from intake_app.settings import resources
from intake_app.storage.compartment import Compartment
from intake_app.ui.parts.background import Background


def case_desk(
    folder: Path, background: Background, user: str = "dreyes", forms: Path | None = None
) -> Desk:
    """The desk of a made-up person; the file of cases is there for those who hold its key."""
    desk = desk_of(user)
    agency = replace(desk.agency, case_programs=("plain_diversion",) if forms is None else ())
    library = FormLibrary(
        forms or resources.path("forms"), resources.path("resources"),
        Setting.of(agency, desk.clock),
    )  # fmt: skip
    desk = replace(desk, library=library, agency=agency)
    if user not in {"dreyes", "tpike", "rlowe"}:
        return desk
    front = StationId("front"), Epoch("abcdef")
    file = background.run_and_wait(
        lambda: Compartment.create(folder / "cases.db", KEY, desk.clock, *front)
    )
    return replace(desk, cases=file)

"""An export: prepared and shown, noted, and only then written; all its files or none."""

import csv
import errno
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from held_cases import House, case_taken
from walk_ins import taken

from intake_app.disk import new_files
from intake_app.domain.errors import DiskFull, NotAllowed
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import (
    AgreementNeeded,
    ChangedSince,
    ExportStopped,
    FileIsThere,
    NothingToExport,
    ReasonNeeded,
)
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.agreements import end_agreement, enter_agreement
from intake_app.services.measures.export_ask import ExportAsk, Prepared, prepared_at_once
from intake_app.services.measures.exporting import (
    exported,
    exports_of,
    file_name,
    prepare_export,
    save_export,
)
from intake_app.storage.compartment import Compartment as File

DAYS = ("2026-11-01", "2026-11-30")


@pytest.fixture
def both(house: House) -> Iterator[Desk]:
    """The coordinator, after two walk-ins and a case."""
    for name in ("Jordan", "Casey"):
        taken(house.desk(Role.FRONT_DESK), first_name=name, race=["black", "white"])
    case_taken(house.desk(Role.OFFICER))
    yield house.desk(Role.COORDINATOR)


@pytest.fixture
def agreement(both: Desk) -> str:
    return enter_agreement(both, "State University", "MOU 2026-14", "2026-01-01", "2027-12-31")


def ready(desk: Desk, kind: str, agreement: str = "", **more: object) -> Prepared:
    ask = ExportAsk(kind, *DAYS, agreement, **more)  # type: ignore[arg-type]
    return prepared_at_once(prepare_export(desk, ask))


def outside(folder: Path) -> list[str]:
    """What lies there, besides the files of the department."""
    return sorted(one.name for one in folder.glob("out*"))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_all_intakes_leave_as_codes_and_years(both: Desk, agreement: str, tmp_path: Path) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    assert (found.rows, found.people, found.reach) == (3, 3, Reach.CODED)
    paths = save_export(both, found, tmp_path / "out.csv")
    names = ["out.csv", "out-codebook.csv", "out-codebook.json"]
    assert [path.name for path in paths] == names
    assert outside(tmp_path) == sorted(names)
    rows = rows_of(paths[0].read_bytes())
    assert sorted(row["pathway"] for row in rows) == [
        "officer_intervention", "self_referral", "self_referral",
    ]  # fmt: skip
    assert {row["opened_on"] for row in rows} == {"2026"}
    assert {row["race"] for row in rows} == {"black;white", ""}
    assert b"Whitfield" not in b"".join(path.read_bytes() for path in paths)
    book = json.loads((tmp_path / "out-codebook.json").read_text("utf-8"))
    assert book["version"] == "2026-11-1"

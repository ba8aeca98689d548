"""The example of docs/imports.md, run as it stands there."""

import re
from pathlib import Path

from profiles import Desks

from intake_app.domain.import_row import Fault
from intake_app.domain.roles import Role
from intake_app.domain.typed_day import Century
from intake_app.services.imports.importing import read_table
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.plan import imports_of, planned
from intake_app.services.imports.targets import targets_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "imports.md").read_text("utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_does_what_the_page_says(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    (tmp_path / "mapping.toml").write_text(block("toml"))
    (tmp_path / "old.csv").write_text(block("csv"))
    mapping = imports_of(desk).mappings.read(tmp_path / "mapping.toml")
    assert mapping.century is Century.PAST
    plan = planned(desk, read_table(desk, tmp_path / "old.csv"), mapping)
    look = LookThrough(desk, plan)
    while not look.step():
        pass
    assert [past.outcome for past in look.past] == ["completed", ""]
    [fault] = look.found.faults
    assert (fault.row, fault.column, fault.why) == (4, "Finished", Fault.END_DAY)


def test_every_target_of_the_page_is_one(desks: Desks) -> None:
    desk = desks(Role.COORDINATOR)
    known = {
        target.id
        for form in ("self_referral", "plain_diversion")
        for target in targets_of(desk, desk.library.guide(form)).all
    }
    told = set(re.findall(r"`(~[a-z_.]+)`", PAGE))
    assert told <= known | {"~imported"}
    assert {one for one in known if one.startswith("~") and "~step." not in one} <= told

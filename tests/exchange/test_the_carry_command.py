"""`intake-app carry`: a process without Qt and keys; it speaks JSON and ends with a number."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from keyed_stations import Department
from places import HUB, founded, lay
from post_rooms import Desk, agree

from intake_app.cli import main
from intake_app.settings.stores import StoreEntry, keep_store

HEAVY = ("PySide6", "sqlcipher3", "sqlite_utils", "cryptography", "reportlab", "babel", "click")


@pytest.fixture
def share(department: Department, tmp_path: Path, desks: list[Desk]) -> StoreEntry:
    entry = founded(department, tmp_path / "share")
    for desk in desks:
        keep_store(desk.house.folder, entry)
    return entry


def carried(capsys: pytest.CaptureFixture[str], desk: Desk, *more: str) -> tuple[int, list[Any]]:
    code = main(["carry", "--profile", str(desk.house.folder), *more])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_two_stations_agree_by_the_command_alone(
    desks: list[Desk], share: StoreEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    front.round()
    code, said = carried(capsys, front)
    assert code == 0
    assert said[0] == {"store": HUB, "done": 0, "whole": 0}
    went = said[-1]["went"]
    assert said[-2] == {"store": HUB, "done": went, "whole": went}
    out = said[-1]["out"]
    assert (said[-1]["trouble"], out["bundles"], out["receipts"]) == ("", 1, 1)
    code, said = carried(capsys, back)
    assert (code, said[-1]["came"], said[-1]["in"]["stations"]) == (0, 2, ["front"])
    back.round()
    assert agree(front, back)


def test_a_store_that_fails_hinders_no_other(
    desks: list[Desk], share: StoreEntry, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    front, _ = desks
    keep_store(front.house.folder, StoreEntry("gone", "folder", str(tmp_path / "gone")))
    keep_store(front.house.folder, StoreEntry("dav", "webdav", "http://127.0.0.1:9"))
    keep_store(
        front.house.folder, StoreEntry("paused", "folder", str(tmp_path / "p"), is_paused=True)
    )
    front.write(last_name="Boggs")
    front.round()
    code, said = carried(capsys, front)
    ends = {one["store"]: one["trouble"] for one in said if "trouble" in one}
    assert code == 1
    assert ends["hub-1"] == ""
    assert ends["gone"] == "StoreVanished"
    assert ends["dav"] in {"PasswordMissing", "NoKeyring"}
    assert set(ends) == {"hub-1", "gone", "dav"}


def test_a_stick_goes_only_when_it_is_named_and_where_it_is_now(
    desks: list[Desk], department: Department, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    front, _ = desks
    stick = founded(department, tmp_path / "media", kind="stick")
    keep_store(front.house.folder, StoreEntry(HUB, "stick", "/nowhere", marker=stick.marker))
    front.write(last_name="Boggs")
    front.round()
    assert carried(capsys, front) == (0, [])
    code, said = carried(capsys, front, "--store", HUB, "--place", stick.place, "--to", "back")
    assert (code, said[-1]["is_safe"], said[-1]["out"]["bundles"]) == (0, True, 1)


def test_a_store_that_is_not_on_the_list_is_refused(
    desks: list[Desk], share: StoreEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(desks[0].house.folder)
    assert main(["carry", "--profile", profile, "--store", "other"]) == 1
    assert "not on the list" in capsys.readouterr().err
    (desks[0].house.folder / "stores.json").write_text("{")
    assert main(["carry", "--profile", profile]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_folder_that_is_no_profile_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["carry", "--profile", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert lay(tmp_path) == {}


def test_it_loads_nothing_heavy() -> None:
    program = "import intake_app.commands.carry, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert [name for name in HEAVY if name in loaded] == []

"""A walk-in through the real window, from outside, knowing fixed names and the form file alone.

The program runs as a process of its own under a screen that nobody sees; `black_box/drive.py` finds
everything by the name that a screen reader says.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page
import pytest

ROOT = Path(__file__).resolve().parents[2]
DRIVERS = Path(__file__).parent / "black_box"
NAME = "Quillon"
TYPED = {
    "text": NAME, "long_text": "Two words", "date": "4/17/1991", "number": "12", "money": "12.50",
    "date_time": "11/23/2026 2:40 PM", "phone": "304 555 0142", "person": NAME,
    "provider": "New River",
}  # fmt: skip
SEEN = {"lock screen", "Home", "People", "Providers", "Roster", "Settings", "review", "finished"}
"""Pages that the driver must have looked at, besides the steps of the form."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A training profile, and who works at its front desk."""
    profile = tmp_path_factory.mktemp("black_box") / "department"
    command = [sys.executable, "-m", "intake_app", "demo", "--profile", str(profile)]
    done = subprocess.run(
        [*command, "--people", "6", "--seed", "1", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    users: list[dict[str, str]] = json.loads(done.stdout)["users"]
    user = next(user for user in users if user["role"] == "front_desk")
    return {"profile": str(profile), **user}


def questions() -> Iterator[dict[str, Any]]:
    """What the form file asks, and what the driver is to answer: the first choice of each."""
    form = tomllib.loads((ROOT / "forms" / "self_referral.toml").read_text("utf-8"))
    named = {form["facts"][fact] for fact in ("first_name", "last_name")}
    for section in form["sections"]:
        for field in section["fields"]:
            yield {
                "label": field["label"]["en"],
                "typed": TYPED.get(field["type"], ""),
                "chosen": chosen(field),
                "is_wanted": field.get("required", False) or field["id"] in named,
            }


def chosen(field: dict[str, Any]) -> list[str]:
    """Words of the choices to press; all of them where the file has a condition on them."""
    if field["type"] == "yes_no":
        return ["Yes"]
    choices = [choice["label"]["en"] for choice in field.get("choices", ())]
    if "codes" in field:
        table = ROOT / "resources" / "codes" / f"{field['codes']}.csv"
        with table.open(encoding="utf-8", newline="") as lines:
            choices = [row["en"] for row in csv.DictReader(lines)]
    return choices if field.get("check") else choices[:1]


def drive(told: dict[str, Any]) -> dict[str, Any]:
    """The story of a walk-in."""
    return outside("drive.py", told)


def outside(driver: str, told: dict[str, Any], patience: int = 280) -> dict[str, Any]:
    """Runs a driver on a bus of its own; nothing that it started is left, however it ends."""
    script = str(DRIVERS / driver)
    command = ["dbus-run-session", "--", "/usr/bin/python3", "-W", "ignore", script]
    process = subprocess.Popen(
        [*command, sys.executable], text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={key: value for key, value in os.environ.items() if not key.startswith("COV_")},
    )  # fmt: skip
    try:
        out, said = process.communicate(json.dumps(told), timeout=patience)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
    assert process.returncode == 0, said[-3000:]
    result: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    assert "failed" not in result, result["failed"]
    return result


@pytest.mark.system
def test_a_walk_in_from_outside_by_names_alone(desk: dict[str, str], tmp_path: Path) -> None:
    saved_in = tmp_path / "saved"
    saved_in.mkdir()
    seen = drive({
        "root": str(ROOT), "folder": str(saved_in),
        "profile": desk["profile"], "other_profile": str(tmp_path / "other"),
        "user_name": desk["user_name"], "passphrase": desk["passphrase"],
        "questions": list(questions()),
    })  # fmt: skip

    assert set(seen["pages"]) >= SEEN
    assert {"Who is this for?", "Last name"} <= set(seen["answered"])
    assert seen["unnamed"] == {}
    [pdf] = saved_in.iterdir()
    assert pdf.name == seen["saved"]
    assert NAME.casefold() not in pdf.name.casefold()
    report = page.validate_pdf_bytes(pdf.read_bytes(), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert seen["again"] == {"status": 0, "running": 1}
    assert seen["log_out"]["old_status"] == 0
    assert seen["log_out"]["new"] != seen["log_out"]["old"]


@pytest.mark.system
def test_a_story_that_the_program_does_not_follow_fails(
    desk: dict[str, str], tmp_path: Path
) -> None:
    """Negative control: a wrong passphrase never comes to the home page, and the driver says so."""
    told = {
        "root": str(ROOT), "folder": str(tmp_path), "profile": desk["profile"],
        "other_profile": "", "user_name": desk["user_name"], "passphrase": "wrong",
        "questions": [], "patience": 4,
    }  # fmt: skip
    with pytest.raises(AssertionError, match=r"home page; showing: .*Unlock"):
        drive(told)

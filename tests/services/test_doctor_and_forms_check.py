"""The command line: what a user gets wrong is one sentence, never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from profiles import Profile

from intake_app import cli
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.domain.trust import Light
from intake_app.services.trust import doctor
from intake_app.settings import resources
from intake_app.words import Words

WORDS = Words()
Said = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a command: exit code, lines printed, lines on standard error."""

    def run(*words: object) -> tuple[int, list[str], list[str]]:
        code = cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


def refused(told: tuple[int, list[str], list[str]], *words: str, expected: int = 1) -> None:
    """One sentence on standard error, nothing else, and an exit code that says so."""
    code, out, err = told
    assert (code, out, len(err)) == (expected, [], 1), told
    assert err[0].endswith((".", "?"))
    assert all(word in err[0] for word in words), err


@pytest.fixture
def secret(profile: Profile, tmp_path: Path) -> tuple[str, Path]:
    person = profile.person(Role.FRONT_DESK)
    file = tmp_path / "secret"
    file.write_text(person.passphrase + "\n", "utf-8")
    return person.user_name, file


# --- doctor ---------------------------------------------------------------------------------


def test_a_sound_profile_is_a_line_each_and_exit_0(said: Said, profile: Profile) -> None:
    code, out, err = said("doctor", "--profile", profile.folder)
    assert (code, err) == (0, [])
    assert {line.split()[0] for line in out} <= {"ok", "note"}
    names = " ".join(out)
    for what in ("fonts", "care.db", "sealed.db", "disk", "clock", "keyring", "spooler"):
        assert what in names


def test_inside_it_checks_the_files_and_their_logs(
    said: Said, profile: Profile, secret: tuple[str, Path]
) -> None:
    user, file = secret
    words = ["--profile", profile.folder, "--user", user, "--passphrase-file", file, "--json"]
    code, out, err = said("doctor", *words)
    assert (code, err) == (0, [])
    told = {line["what"]: line for line in map(json.loads, out)}
    assert told["care inside"]["state"] == told["station inside"]["state"] == "ok"
    assert "holds together" in told["care inside"]["words"]


def test_a_wrong_passphrase_or_none_is_said(
    said: Said, profile: Profile, secret: tuple[str, Path], tmp_path: Path
) -> None:
    user, _ = secret
    before = ["doctor", "--profile", profile.folder, "--user", user, "--passphrase-file"]
    wrong = tmp_path / "wrong"
    wrong.write_text("not this one", "utf-8")
    code, out, _ = said(*before, wrong)
    assert code == 1
    assert "do not match" in out[-1]
    refused(said(*before, tmp_path / "nowhere"), "No such file")
    refused(said(*before, tmp_path), "directory")
    wrong.write_bytes(b"\xff\xfe\x00passphrase")
    refused(said(*before, wrong), "UTF-8")


def test_no_profile_is_said(said: Said, tmp_path: Path) -> None:
    code, out, err = said("doctor", "--profile", tmp_path / "nowhere")
    assert (code, err) == (1, [])
    assert "There is no profile" in out[-1]
    assert not (tmp_path / "nowhere").exists()
    refused(said("doctor", "--profile", tmp_path / ("x" * 300)), "too long")


def break_(name: str, data: bytes | None) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        if data is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(data)

    return act


def from_tomorrow(folder: Path) -> None:
    os.utime(folder / "care.db", (4e9, 4e9))


@pytest.mark.parametrize(
    ("what", "act"),
    [
        ("care.db", break_("care.db", None)),
        ("care.db", break_("care.db", b"")),
        ("station.db", break_("station.db", b"SQLite format 3\0" + bytes(4080))),
        ("sealed.db", break_("sealed.db", bytes(5000))),
        ("vault.json", break_("vault.json", None)),
        ("vault.json", break_("vault.json", b"{")),
        ("identity.json", break_("identity.json", b"")),
        ("clock", from_tomorrow),
    ],
)
def test_each_fault_is_named_and_fails(
    said: Said, profile: Profile, what: str, act: Callable[[Path], None]
) -> None:
    act(profile.folder)
    code, out, err = said("doctor", "--profile", profile.folder, "--json")
    assert (code, err) == (1, [])
    failed = {line["what"] for line in map(json.loads, out) if line["state"] == "failed"}
    assert what in failed


def test_a_file_that_is_damaged_inside_is_said(
    said: Said, profile: Profile, secret: tuple[str, Path]
) -> None:
    user, file = secret
    care = profile.folder / "care.db"
    raw = bytearray(care.read_bytes())
    raw[len(raw) // 2] ^= 1
    care.write_bytes(raw)
    words = ["--profile", profile.folder, "--user", user, "--passphrase-file", file]
    code, out, err = said("doctor", *words)
    assert (code, err) == (1, [])
    assert out[-1].startswith("FAILED")


def test_a_missing_font_or_full_disk_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.look_at_fonts(tmp_path, WORDS).light is Light.RED
    ours = resources.path("resources", "fonts")
    assert doctor.look_at_fonts(ours, WORDS).light is Light.GREEN
    monkeypatch.setattr(doctor, "LEAST", 1 << 70)
    assert doctor.look_at_disk(tmp_path, WORDS).light is Light.RED


@pytest.mark.parametrize("state", ["kept", "no keyring", "locked", "drops values", "other"])
def test_a_keyring_is_a_note_and_never_fails(state: str) -> None:
    found = doctor.look_at_keyring(state, WORDS)
    assert found.light is (Light.GREEN if state == "kept" else Light.AMBER)
    assert found.found


def test_an_empty_folder_has_a_clock_that_is_not_behind(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    assert doctor.look_at_clock(tmp_path, clock, WORDS).light is Light.GREEN


# --- demo and the rest ----------------------------------------------------------------------


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_demo_prints_who_can_sign_in_and_is_never_made_twice(said: Said, tmp_path: Path) -> None:
    words = ["demo", "--profile", tmp_path / "demo", "--people", 1, "--seed", 7]
    code, out, err = said(*words, "--json")
    assert (code, err) == (0, [])
    users = json.loads(out[0])["users"]
    assert {user["role"] for user in users} == {role.value for role in Role}
    before = bytes_in(tmp_path / "demo")
    refused(said(*words), "already")
    assert bytes_in(tmp_path / "demo") == before


def test_a_folder_that_cannot_be_used_is_said(said: Said, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused(said("demo", "--profile", tmp_path / "file" / "demo", "--people", 0), "cannot be used")


@pytest.mark.parametrize(
    "words",
    [
        ["doctr"], ["forms", "chek"], ["demo", "--people", "many"], ["demo", "--people", "-1"],
        ["doctor", "--passphrase"], ["demo", "surplus"], ["--profile"], ["-x"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_command_is_one_sentence(said: Said, words: list[str]) -> None:
    refused(said(*words), expected=cli.WRONG_COMMAND)


def test_forms_alone_says_what_it_can_do(said: Said) -> None:
    code, out, err = said("forms")
    assert code == cli.WRONG_COMMAND
    assert "check" in " ".join(out + err)


def test_what_is_asked_for_is_never_a_traceback_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "intake_app", "forms", "check", str(tmp_path / "nowhere")],
        env={**os.environ, "PYTHONPATH": str(resources.path())},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


# --- forms check ----------------------------------------------------------------------------


def test_our_own_forms_have_no_mistake(said: Said) -> None:
    assert said("forms", "check") == (0, ["No mistakes."], [])
    assert said("forms", "check", "--json") == (0, [], [])
    assert said("forms", "check", resources.path("forms", "papers"))[0] == 0


def test_a_path_that_is_not_there_is_said(said: Said, tmp_path: Path) -> None:
    refused(said("forms", "check", tmp_path / "nowhere.toml"), "No such file")


def test_a_file_that_is_no_form_is_said(said: Said, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# no form")
    for path in (tmp_path, tmp_path / "README.md"):
        code, out, _ = said("forms", "check", path)
        assert code == 1
        assert "no form is here" in out[0]


def test_a_folder_from_elsewhere_is_checked_as_a_folder_of_forms(
    said: Said, tmp_path: Path
) -> None:
    shutil.copytree(resources.path("forms"), tmp_path / "forms")
    assert said("forms", "check", tmp_path / "forms") == (0, ["No mistakes."], [])
    form = tmp_path / "forms" / "self_referral.toml"
    form.write_text(form.read_text("utf-8").replace('codes = "who_for"', 'codes = "wh"'), "utf-8")
    code, out, _ = said("forms", "check", tmp_path / "forms")
    assert code == 1
    assert any(line.startswith("self_referral.toml:") for line in out)
    (tmp_path / "empty").mkdir()
    assert said("forms", "check", tmp_path / "empty")[0] == 1


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("self_referral.toml", 'type = "yes_no"', 'type = "yesno"'),
        ("programs/safe_passages.toml", '"safety"', '"no_such_section"'),
        ("papers/wallet_card.toml", 'type = "heading"', 'type = "heding"'),
    ],
)
def test_one_file_from_elsewhere_is_checked_against_the_rest_of_ours(
    said: Said, tmp_path: Path, name: str, right: str, wrong: str
) -> None:
    own = resources.path("forms", *name.split("/"))
    file = tmp_path / own.name
    text = own.read_text("utf-8")
    file.write_text(text, "utf-8")
    assert said("forms", "check", file) == (0, ["No mistakes."], [])
    file.write_text(text.replace(right, wrong, 1), "utf-8")
    code, out, _ = said("forms", "check", file)
    assert code == 1
    assert all(line.startswith(f"{name}:") for line in out)


def test_code_tables_and_legal_texts_from_elsewhere_are_checked_too(
    said: Said, tmp_path: Path
) -> None:
    table = tmp_path / "wants.csv"
    table.write_text("label\nsomething\n", "utf-8")
    code, out, _ = said("forms", "check", table)
    assert (code, out[0].split(":")[0]) == (1, "codes/wants.csv")
    legal = tmp_path / "no_arrest.toml"
    legal.write_bytes(b"\xff")
    code, out, _ = said("forms", "check", legal, "--json")
    assert (code, json.loads(out[0])["mistake"].split(":")[0]) == (1, "legal/no_arrest.toml")

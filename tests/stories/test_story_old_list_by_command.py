"""A coordinator brings an old list in by command: a dry run, the import, the same file again."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.app import ProfileGate
from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role

OLD = """Date;Last name;First name;Status;Date closed
4/17/2024;Quillfeather;Wrenna;Completed;6/30/2024
4/18/2024;Oakhollow;Bram;Completed;
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Role, Path]]:
    """A training profile, and a file with the passphrase of each person."""
    folder = tmp_path_factory.mktemp("old") / "profile"
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    people = ProfileGate(folder, clock).make_training(folder, people=2, seed=1)
    secrets: dict[Role, Path] = {}
    for one in people:
        place = folder.parent / f"{one.user_name}.txt"
        place.write_text(one.passphrase)
        secrets[next(iter(one.roles))] = place
    return folder, secrets


def run(profile: tuple[Path, dict[Role, Path]], role: Role, *words: str) -> int:
    secret = profile[1][role]
    return main([
        "import", *words, "--profile", str(profile[0]), "--user", secret.stem,
        "--passphrase-file", str(secret),
    ])  # fmt: skip


def test_an_old_list_by_command(
    profile: tuple[Path, dict[Role, Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.csv"
    old.write_text(OLD)
    assert run(profile, Role.COORDINATOR, "self_referral", str(old), "--dry-run") == 1
    told = capsys.readouterr().out
    assert "good: 1" in told
    assert "row 3, Date closed: This outcome needs the day on which it ended." in told
    assert "Quillfeather" not in told
    assert run(profile, Role.COORDINATOR, "self_referral", str(old), "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["imported"], done["left_out"]) == (1, 1)
    assert done["faults"] == [
        {"row": 3, "column": "Date closed", "why": "This outcome needs the day on which it ended."}
    ]
    assert run(profile, Role.COORDINATOR, "self_referral", str(old)) == 1
    assert "was imported before" in capsys.readouterr().err
    assert run(profile, Role.COORDINATOR, "self_referral", str(old), "--again") == 1
    assert "No row of this file can be imported." in capsys.readouterr().err


def test_by_command_nobody_gets_further_than_in_the_window(
    profile: tuple[Path, dict[Role, Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.csv"
    old.write_text(OLD)
    assert run(profile, Role.FRONT_DESK, "self_referral", str(old)) == 1
    assert run(profile, Role.SUPERVISOR, "self_referral", str(old)) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_what_is_wrong_with_a_mapping_is_named_with_its_line(
    profile: tuple[Path, dict[Role, Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, mapping = tmp_path / "old.csv", tmp_path / "mapping.toml"
    old.write_text(OLD)
    mapping.write_text('[import]\nid = "x"\nform = "self_referral"\nversion = "1"\n')
    assert run(profile, Role.COORDINATOR, str(mapping), str(old)) == 1
    assert 'mapping.toml:1: "title" is missing' in capsys.readouterr().err
    assert run(profile, Role.COORDINATOR, "no_such_form", str(old)) == 1
    assert run(profile, Role.COORDINATOR, "self_referral", str(tmp_path / "nowhere.csv")) == 1

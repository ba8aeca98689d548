"""The commands of the audit: exit codes, and files that nobody overwrites by accident."""

import json
from pathlib import Path

import pytest
from audit_world import file_of, working
from profiles import Profile
from walk_ins import seen, taken

from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment, Role
from intake_app.settings.audit_policy import AuditPolicy, policy_of, read_audit_policy
from intake_app.settings.resources import path


@pytest.fixture(scope="module")
def worked(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """Somebody worked here, long ago."""
    made = template.copy_to(tmp_path_factory.mktemp("commands") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        seen(desk, taken(desk).record)
    return made


@pytest.fixture
def here(worked: Profile, tmp_path: Path) -> Profile:
    return worked.copy_to(tmp_path / "here")


def run(profile: Profile, role: Role, tmp_path: Path, *words: str) -> int:
    who, secret = profile.person(role), tmp_path / "secret"
    secret.write_text(who.passphrase)
    return main([
        "audit", *words, "--profile", str(profile.folder), "--user", who.user_name,
        "--passphrase-file", str(secret), "--json",
    ])  # fmt: skip


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_whole_profile_is_zero_and_a_broken_one_is_one(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(here, Role.FRONT_DESK, tmp_path, "verify") == 0
    assert {(one["file"], one["chain"]) for one in told(capsys)} == {
        ("station", "whole"), ("care", "whole"),
    }  # fmt: skip
    with working(here, Role.COORDINATOR, chores=False) as desk:
        file_of(desk, Compartment.CARE).database.conn.execute("DELETE FROM audit WHERE n=2")
    assert run(here, Role.FRONT_DESK, tmp_path, "verify") == 1
    broken = [one for one in told(capsys) if one["chain"] == "broken"]
    assert [(one["file"], one["at_line"]) for one in broken] == [("care", 3)]


def test_verify_without_a_file_or_a_person_asks_for_one(
    here: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--profile", str(here.folder)]) == 2
    assert "--user" in capsys.readouterr().err


def test_an_export_is_written_once_and_checked(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "trail.jsonl"
    assert run(here, Role.PRIVACY_OFFICER, tmp_path, "export", str(target)) == 0
    words = str(told(capsys)[-1]["words"])
    assert run(here, Role.PRIVACY_OFFICER, tmp_path, "export", str(target)) == 2
    assert main(["audit", "verify", str(target), "--words", words, "--json"]) == 0
    assert told(capsys)[-1]["words_compared"] is True
    assert main(["audit", "verify", str(target), "--json"]) == 0
    assert told(capsys)[-1]["words_compared"] is False
    assert main(["audit", "verify", str(target), "--words", "not these"]) == 1
    assert "another department" in capsys.readouterr().err
    assert main(["audit", "verify", str(tmp_path / "nowhere")]) == 1


def test_a_bad_day_is_said(here: Profile, tmp_path: Path) -> None:
    target = str(tmp_path / "x")
    assert run(here, Role.PRIVACY_OFFICER, tmp_path, "export", target, "--from", "May 1") == 2


def test_who_may_not_export_gets_nothing(here: Profile, tmp_path: Path) -> None:
    target = tmp_path / "trail.jsonl"
    assert run(here, Role.FRONT_DESK, tmp_path, "export", str(target)) == 1
    assert not target.exists()


def test_archives_come_out_as_whole_exports(here: Profile, tmp_path: Path) -> None:
    later = Profile(here.folder, FixedClock(here.clock.at), here.people)
    later.clock.at = here.clock.at.replace(year=2031)
    with working(later, Role.FRONT_DESK):
        pass
    folder = tmp_path / "archives"
    assert run(here, Role.PRIVACY_OFFICER, tmp_path, "export", str(folder), "--archives") == 0
    files = sorted(folder.iterdir())
    assert any(".care." in file.name for file in files)
    assert all(main(["audit", "verify", str(file)]) == 0 for file in files)


def test_the_policy_is_a_file_with_version_date_and_source() -> None:
    text = path("resources", "policies", "audit_review.toml").read_text("utf-8")
    assert all(f"\n{name} = " in text for name in ("version", "date", "source"))
    assert read_audit_policy().version == "1"
    assert read_audit_policy() == AuditPolicy(version="1")


@pytest.mark.parametrize(
    "said",
    [{}, {"version": "2", "many_a_day": 0}, {"version": "2", "least_years": 0},
     {"version": "2", "night_from": "late"}, {"version": "2", "review_days": "7"},
     {"version": "2", "shown": True}],
)  # fmt: skip
def test_a_policy_with_a_mistake_is_none(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"audit_review|isoformat"):
        policy_of(said)

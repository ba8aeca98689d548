"""The command of exports: it lists, says what leaves, asks, writes, and refuses in a sentence."""

import csv
import json
from pathlib import Path

import pytest
from audit_world import working
from profiles import Profile
from walk_ins import taken

from intake_app.cli import main
from intake_app.domain.roles import Role
from intake_app.services.exports.agreements import enter_agreement

DAYS = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture(scope="module")
def worked(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    made = template.copy_to(tmp_path_factory.mktemp("exports") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        taken(desk, race=["black"])
    with working(made, Role.COORDINATOR) as desk:
        enter_agreement(desk, "State University", "MOU 2026-14", "2026-01-01")
    return made


@pytest.fixture
def here(worked: Profile, tmp_path: Path) -> Profile:
    return worked.copy_to(tmp_path / "here")


def run(profile: Profile, tmp_path: Path, *words: str, role: Role = Role.COORDINATOR) -> int:
    who, secret = profile.person(role), tmp_path / "secret"
    secret.write_text(who.passphrase)
    return main([
        "export", *words, "--profile", str(profile.folder), "--user", who.user_name,
        "--passphrase-file", str(secret), "--json",
    ])  # fmt: skip


def test_without_a_name_it_lists_what_there_is(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(here, tmp_path) == 0
    reach = {
        one["export"]: one["reach"] for one in map(json.loads, capsys.readouterr().out.splitlines())
    }
    assert reach["illinois_quarterly"] == "nobody"
    assert reach["florida_63f_13_002"] == "named"


def test_it_says_what_leaves_and_writes_it(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    words = ("intakes_coded", *DAYS, "--out", str(out), "--agreement", "mou 2026-14")
    assert run(here, tmp_path, *words, "--less-exact", "--no-bom", "--yes") == 0
    said = capsys.readouterr()
    facts = json.loads(said.out.splitlines()[-1])
    assert "codes and years; no name" in said.err
    assert out.read_bytes()[:1] == b'"'
    assert facts["bytes"] == out.stat().st_size
    with out.open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == facts["rows"] > 0
    assert run(here, tmp_path, *words, "--less-exact", "--yes") == 1  # it is not replaced
    assert "already" in capsys.readouterr().err


def test_what_is_missing_is_said(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out.csv")
    agreed = ("--agreement", "State University")
    for words, code, sentence in (
        (("intakes_coded",), 2, "--from and --to"),
        (("no_such", *DAYS, "--out", out), 1, "There is no such export"),
        (("intakes_coded", *DAYS, "--out", out), 1, "No agreement in force"),
        (("intakes_coded", *DAYS, "--out", out, "--agreement", "MOU 9"), 1, "No agreement"),
        (("intakes_coded", *DAYS, "--out", out, *agreed), 1, "days or names"),
        (("intakes_coded", "--from", "5", "--to", "6", "--out", out, *agreed), 1, "read"),
        (("aggregate", *DAYS, "--out", out, "--yes"), 1, "not over yet"),
    ):
        assert run(here, tmp_path, *words) == code, words
        assert sentence in capsys.readouterr().err
    assert not Path(out).exists()


def test_who_says_no_saves_nothing(
    here: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: object, **__: object) -> bool:
        return False

    monkeypatch.setattr("click.confirm", no)
    out = tmp_path / "out.csv"
    words = ("illinois_quarterly", "--from", "2026-07-01", "--to", "2026-09-30", "--out", str(out))
    assert run(here, tmp_path, *words) == 1
    assert not out.exists()
    assert run(here, tmp_path, *words, "--yes") == 0


def test_who_may_not_gets_nothing(
    here: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(here, tmp_path, role=Role.FRONT_DESK) == 1
    assert "Your role does not include this" in capsys.readouterr().err

"""An administrator without a window, or a scheduled task: make, list, verify and bring back."""

import json
from pathlib import Path

import pytest
from department import Department

from intake_app.cli import WRONG_COMMAND, main


@pytest.fixture
def secret(department: Department, tmp_path: Path) -> Path:
    """The coordinator's passphrase, in a file."""
    file = tmp_path / "secret"
    file.write_text(department.staff["jlowe"].passphrase, encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_made_listed_verified_and_brought_back(
    department: Department, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    who = ["--user", "jlowe", "--passphrase-file", str(secret), "--json"]
    here = ["--profile", str(department.folder), *who]
    assert main(["backup", "add", str(share), "--name", "City share", *here]) == 0
    assert main(["backup", "now", *here]) == 0
    _, on_this, on_share = said(capsys)
    assert (on_this["place"], on_share["name"]) == ("here", "City share")
    assert on_this["backup"] == on_share["backup"]
    assert main(["backup", "list", *here]) == 0
    assert [one["backup"] for one in said(capsys)] == [on_this["backup"]] * 2
    there = ["--from", str(share)]
    assert main(["backup", "verify", *there, "--profile", str(tmp_path / "x"), "--json"]) == 0
    assert said(capsys)[0]["faults"] == []
    new = ["--profile", str(tmp_path / "new"), *who]
    assert main(["backup", "verify", *there, *new]) == 0
    assert not (tmp_path / "new").exists()
    assert main(["backup", "restore", *there, *new]) == 0
    *_, told = said(capsys)
    assert told["department"] == "Pine Hollow Police Department"
    assert main(["backup", "restore", *there, *new]) == 1, "never over records"
    assert main(["backup", "restore", "--over", *there, *new]) == 0
    capsys.readouterr()
    assert main(["digest", *here]) == main(["digest", *new]) == 0
    lines = said(capsys)
    assert lines[1:3] == lines[4:6], "care and cases are the same"


def test_one_byte_that_is_another_is_told_without_any_key(
    department: Department, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--profile", str(department.folder)]
    who = ["--user", "jlowe", "--passphrase-file", str(secret)]
    assert main(["backup", "now", *here, *who]) == 0
    [care] = department.folder.glob("backups/*/*/care.db")
    data = bytearray(care.read_bytes())
    data[9000] ^= 1
    care.write_bytes(data)
    capsys.readouterr()
    assert main(["backup", "verify", *here, "--json"]) == 1
    assert said(capsys)[0]["faults"] == ["care.db"]


def test_what_was_refused_and_what_was_wrong_end_apart(
    department: Department, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reception = tmp_path / "reception"
    reception.write_text(department.staff["lbrandt"].passphrase, encoding="utf-8")
    who = ["--user", "lbrandt", "--passphrase-file", str(reception)]
    here = ["--profile", str(department.folder)]
    assert main(["backup", "now", *here, *who]) == 1, "not in this role"
    assert main(["backup", "verify", "--from", str(tmp_path), *here]) == 1, "nothing lies there"
    assert "There is no backup" in capsys.readouterr().err
    assert main(["backup", "sideways", *here]) == WRONG_COMMAND

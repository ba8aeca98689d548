"""The commands of a county: exit codes, what is asked first, and files that nobody overwrites."""

import json
from pathlib import Path

import pytest
from county_world import COUNTY, SINCE, UNTIL, World, came_to
from outside import WORDS_TO_OPEN, outsider
from profiles import Profile

from intake_app.cli import main
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.roles import Role

DAYS = ("--from", SINCE, "--to", UNTIL)


def run(profile: Profile, role: Role, folder: Path, *words: str) -> int:
    who, secret = profile.person(role), folder / "secret"
    secret.write_text(who.passphrase)
    return main([
        "county", *words, "--profile", str(profile.folder), "--user", who.user_name,
        "--passphrase-file", str(secret), "--json",
    ])  # fmt: skip


@pytest.fixture
def county(county_world: World, tmp_path: Path) -> Profile:
    """Of one story: what leaves is kept, and other stories must not have to agree with it."""
    return county_world.county.copy_to(tmp_path / "county")


@pytest.fixture
def merging(county_world: World, tmp_path: Path) -> tuple[str, ...]:
    """The merger's key, and what came."""
    opens, key, came = tmp_path / "opens", tmp_path / "recipient.key", tmp_path / "came"
    opens.write_text(WORDS_TO_OPEN)
    key.write_bytes(outsider(COUNTY, RecipientKind.MERGER).key_file)
    came.mkdir()
    for name, data in county_world.sealed.items():
        (came / name).write_bytes(data)
    (came / "notes.txt").write_text("not read")
    return ("merge", str(came), "--key", str(key), "--key-passphrase-file", str(opens), *DAYS)


def words_of_senders(world: World, county: Profile, folder: Path) -> list[str]:
    gate = county.gate()
    try:
        desk = county.unlock(gate, Role.ADMINISTRATOR)
        _ = came_to(desk, folder, world.sealed)
    finally:
        gate.lock()
    known = json.loads((folder / "recipient.key.senders").read_bytes())
    return [word for one in known for word in ("--sender", one)]


def test_a_key_is_made_once_and_entered_elsewhere(
    profile: Profile, template: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(profile, Role.COORDINATOR, tmp_path, "make-key", "--label", "2026") == 0
    made = json.loads(capsys.readouterr().out)
    assert len(made["words"].split()) == 16
    other, typed = template.copy_to(tmp_path / "other"), tmp_path / "words"
    typed.write_text(made["words"])
    enter = ("enter-key", "--label", "2026", "--words-file", str(typed))
    assert run(other, Role.COORDINATOR, tmp_path, *enter) == 0
    assert json.loads(capsys.readouterr().out)["name"] == made["name"]
    typed.write_text("not these")
    assert run(other, Role.COORDINATOR, tmp_path, *enter) == 1
    assert "not the words of a county key" in capsys.readouterr().err


def test_a_key_is_given_as_a_file_that_a_passphrase_opens(
    profile: Profile, template: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(profile, Role.COORDINATOR, tmp_path, "make-key", "--label", "2026") == 0
    made = json.loads(capsys.readouterr().out)
    file, opens = tmp_path / "county.key", tmp_path / "opens"
    opens.write_text(WORDS_TO_OPEN)
    give = ("give-key", "--out", str(file), "--key-passphrase-file", str(opens))
    assert run(profile, Role.COORDINATOR, tmp_path, *give) == 0
    assert made["words"].split()[0].encode() not in file.read_bytes()
    assert run(profile, Role.COORDINATOR, tmp_path, *give) == 1  # nothing is replaced
    capsys.readouterr()
    other = template.copy_to(tmp_path / "other")
    enter = ("enter-key", "--label", "2026", "--key-file", str(file), "--key-passphrase-file")
    assert run(other, Role.COORDINATOR, tmp_path, *enter, str(opens)) == 0
    assert json.loads(capsys.readouterr().out)["name"] == made["name"]


def test_an_extract_says_what_leaves_and_asks(
    county_world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "stick"
    out.mkdir()
    words = ("extract", "--for", COUNTY, *DAYS, "--agreement", "MOU 2026-1", "--out", str(out))
    profile = county_world.one.profile.copy_to(tmp_path / "one")
    assert run(profile, Role.COORDINATOR, tmp_path, *words, "--yes") == 0
    said = capsys.readouterr()
    assert f"To: {COUNTY}" in said.err
    told = json.loads(said.out)
    assert Path(told["file"]).parent == out
    assert told["rows"] > 0
    nobody = [one if one != COUNTY else "Nobody" for one in words]
    assert run(profile, Role.COORDINATOR, tmp_path, *nobody, "--yes") == 1


def test_a_merge_believes_nobody_without_a_call(
    county: Profile, merging: tuple[str, ...], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(county, Role.ADMINISTRATOR, tmp_path, *merging) == 1
    said = capsys.readouterr()
    assert "compare the eight words" in said.err
    assert said.out == ""


def test_a_county_is_merged_to_a_table_and_a_paper(
    county_world: World, county: Profile, merging: tuple[str, ...], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    heard = tmp_path / "heard"
    heard.mkdir()
    senders = words_of_senders(county_world, county, heard)
    run_here = (county, Role.ADMINISTRATOR, tmp_path)
    table, paper = tmp_path / "county.csv", tmp_path / "county.pdf"
    assert run(*run_here, *merging, *senders, "--out", str(table)) == 0
    assert json.loads(capsys.readouterr().out)["departments"] == 2
    assert table.read_bytes().startswith(b'"measure"')
    assert run(*run_here, *merging, "--out", str(paper)) == 0  # they are known now
    assert paper.read_bytes().startswith(b"%PDF")
    assert run(*run_here, *merging, "--out", str(paper)) == 1  # nothing is replaced
    capsys.readouterr()
    assert run(*run_here, *merging, "--table", "offered by race") == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["departments"]) == 2
    assert "offered" in told["table"]
    assert run(*run_here, *merging, "--table", "nothing by race") == 1

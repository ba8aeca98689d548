"""Two computers agree by commands alone, as a scheduled task would do it: no window, one stick."""

import json
import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from intake_app.app import ProfileGate
from intake_app.cli import main
from intake_app.domain.roles import Role
from intake_app.services.signing.signing_in import NewPerson

ADMINISTRATOR, COORDINATOR = Role.ADMINISTRATOR, Role.COORDINATOR


@dataclass
class Shell:
    """Types commands, and reads what they print."""

    folder: Path
    people: Sequence[NewPerson]

    def type(self, *words: object, code: int = 0) -> list[dict[str, Any]]:
        ended, told, error = _run([*map(str, words), "--json"])
        assert ended == code, error
        return [json.loads(line) for line in told.splitlines()]

    def refused(self, *words: object) -> str:
        """What is said on standard error."""
        ended, _, error = _run([*map(str, words)])
        assert ended == 1
        return error.strip()

    def by(self, role: Role, profile: Path) -> list[str]:
        """The options by which somebody signs in at one of the computers."""
        person = next(one for one in self.people if role in one.roles)
        secret = self.folder / f"{person.user_name}.txt"
        secret.write_text(person.passphrase, "utf-8")
        return ["--profile", str(profile), "--user", person.user_name,
                "--passphrase-file", str(secret)]  # fmt: skip


def _run(words: list[str]) -> tuple[int, str, str]:
    told, error = StringIO(), StringIO()
    with redirect_stdout(told), redirect_stderr(error):
        code = main(words)
    return code, told.getvalue(), error.getvalue()


@dataclass
class Two:
    """A department at one computer, another that has joined, and the stick between them."""

    shell: Shell

    @property
    def here(self) -> Path:
        return self.shell.folder / "here"

    @property
    def there(self) -> Path:
        return self.shell.folder / "there"

    @property
    def stick(self) -> Path:
        return self.shell.folder / "stick"


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Joined by commands, once; each test has a copy."""
    folder = tmp_path_factory.mktemp("joined")
    people = ProfileGate(folder / "here").make_training(folder / "here", 3, seed=1)
    two = Two(Shell(folder, people))
    two.stick.mkdir()
    told = two.shell.type("station", "request", "--to", two.stick, "--profile", two.there)
    words, asked = told[0]["words"].split(), next((two.stick / "q").iterdir()).name
    by = two.shell.by(ADMINISTRATOR, two.here)
    two.shell.type("station", "enrol", asked, "--from", two.stick, "--name", "Back Office",
                   "--words", f"2={words[1]} 7={words[6]}", *by)  # fmt: skip
    two.shell.type("digest", *two.shell.by(COORDINATOR, two.here))  # whose keys go along now
    two.shell.type("station", "join", "--from", two.stick, "--profile", two.there)
    return two


@pytest.fixture
def two(joined: Two, tmp_path: Path) -> Two:
    shutil.copytree(joined.shell.folder, tmp_path / "copy")
    return Two(Shell(tmp_path / "copy", joined.shell.people))


def carried(two: Two) -> None:
    """The stick goes there and back, until everybody has said what they have."""
    by = two.shell.by
    prepared = ["--to", two.stick, "--prepare"]
    two.shell.type("bundle", "export", *prepared, *by(ADMINISTRATOR, two.here))
    two.shell.type("bundle", "import", two.stick, *by(ADMINISTRATOR, two.there))


def test_two_computers_agree_by_commands_and_a_stick(two: Two) -> None:
    shell = two.shell
    shell.type("bundle", "export", "--to", two.stick, "--prepare",
               *shell.by(COORDINATOR, two.here), code=1)  # fmt: skip
    carried(two)
    shell.type("bundle", "export", "--to", two.stick, *shell.by(COORDINATOR, two.here))
    shell.type("bundle", "import", two.stick, *shell.by(COORDINATOR, two.there))
    carried(two)
    carried(two)
    ours = shell.type("digest", *shell.by(COORDINATOR, two.here))
    theirs = shell.type("digest", *shell.by(COORDINATOR, two.there))
    assert {one["file"] for one in ours} == {"station", "care", "cases"}
    assert [one for one in ours if one["file"] != "station"] == [
        one for one in theirs if one["file"] != "station"
    ]
    listed = shell.type("station", "list", *shell.by(ADMINISTRATOR, two.there))
    assert [(one["letter"], one["state"]) for one in listed] == [
        ("A", "active"), ("B", "this computer"),
    ]  # fmt: skip


def test_a_bundle_is_inspected_without_a_key_and_verified_with_one(two: Two) -> None:
    shell = two.shell
    carried(two)
    bundle = next(path for path in sorted((two.stick).rglob("s/*/1")))
    told = shell.type("bundle", "inspect", bundle)[0]
    assert (told["type"], told["n"]) == ("bundle", 1)
    assert len(told["segments"]) == 4
    known = shell.type("bundle", "verify", bundle, *shell.by(COORDINATOR, two.here))[0]
    assert known["sha256"] == told["sha256"]
    assert known["lines"]["station"] > 0
    altered = shell.folder / "altered"
    altered.write_bytes(bundle.read_bytes().replace(b".", b".A", 1))
    by = shell.by(COORDINATOR, two.here)
    said = shell.refused("bundle", "verify", altered, *by)
    assert said == "What came from a station is damaged or was altered. Nothing of it was used."


def test_wrong_words_let_nobody_in(two: Two) -> None:
    shell, stranger = two.shell, two.shell.folder / "stranger"
    shell.type("station", "request", "--to", two.stick, "--profile", stranger)
    known = {one["id"] for one in shell.type("station", "list", *shell.by(ADMINISTRATOR, two.here))}
    asked = next(path.name for path in (two.stick / "q").iterdir() if path.name not in known)
    by = shell.by(ADMINISTRATOR, two.here)
    said = shell.refused("station", "enrol", asked, "--from", two.stick, "--name", "X",
                         "--words", "1=wrong 2=words", *by)  # fmt: skip
    assert "words" in said
    assert asked not in {one["id"] for one in shell.type("station", "list", *by)}


def test_a_struck_station_is_named_and_told_to_nobody_else(two: Two) -> None:
    shell = two.shell
    by = shell.by(ADMINISTRATOR, two.here)
    there = next(one["id"] for one in shell.type("station", "list", *by) if one["letter"] == "B")
    shell.type("station", "strike", there, *by)
    states = {one["letter"]: one["state"] for one in shell.type("station", "list", *by)}
    assert states == {"A": "this computer", "B": "struck"}


def test_without_stores_there_is_nothing_to_carry_and_that_is_well(two: Two) -> None:
    assert two.shell.type("sync", "--once", "--profile", two.here)[0]["stores"] == 0


def test_who_may_not_is_refused_in_one_sentence(two: Two) -> None:
    shell = two.shell
    said = shell.refused("station", "list", *shell.by(COORDINATOR, two.here))
    assert said == "Your role does not include this. Ask a coordinator or your administrator."


def test_a_wrong_command_ends_with_two(two: Two) -> None:
    code, told, error = _run(["sync", "--twice", "--profile", str(two.here)])
    assert (code, told) == (2, "")
    assert error == "No such option '--twice'. Did you mean '--once'?\n"

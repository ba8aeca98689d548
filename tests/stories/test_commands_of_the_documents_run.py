"""Every command that a document shows is run here as it stands, or says why not.

A command in a block that nobody runs fails the test; so does one in a sentence that the program
does not know.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import click
import pytest

from intake_app.app import ProfileGate
from intake_app.cli import _commands, main
from intake_app.services.training.training import fictional_department

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(intake-app [^`]+)`")
SHOWN = ("", "sh", "text")
"""Blocks that hold commands; others are files."""

BEGINS = ("intake-app ", "sudo ", "python ", "python3 ", ".venv/", "git ", "apt")

ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "intake-app sync --once": ("tests/stories/test_story_exchange_by_command.py", '"sync"'),
    "intake-app bundle export": ("tests/stories/test_story_exchange_by_command.py", '"export"'),
    "intake-app bundle import": ("tests/stories/test_story_exchange_by_command.py", '"import"'),
    "intake-app bundle inspect": ("tests/stories/test_story_exchange_by_command.py", '"inspect"'),
    "intake-app bundle verify": ("tests/stories/test_story_exchange_by_command.py", '"verify"'),
    "intake-app export oregon_redcap": ("tests/services/test_an_export_leaves.py", "oregon_redcap"),
    "intake-app forms check elm-harbor": (
        "tests/rulebook/test_the_page_on_programs_works.py", '"check"'),
    "sudo intake-app update install": ("tests/services/test_update_commands.py", "install"),
    "intake-app update back": ("tests/services/test_update_commands.py", "back"),
    "sudo apt-get install ./intake-app_": (
        "tests/packages/test_the_deb_in_a_bare_debian.py", '"install"'),
    "sudo apt-get remove intake-app": (
        "tests/packages/test_the_deb_in_a_bare_debian.py", '"remove"'),
    "python build/release.py": ("tests/services/test_update_commands.py", "release"),
    ".venv/bin/python build/translations.py": (
        "tests/house/test_the_first_change_is_walked.py", "first-change.md"),
    ".venv/bin/python -m intake_app forms check": (
        "tests/house/test_the_first_change_is_walked.py", "first-change.md"),
    ".venv/bin/python -m pytest": (
        "tests/house/test_the_first_change_is_walked.py", "first-change.md"),
}  # fmt: skip
"""The beginning of a command, which test runs it in a world of its own, and a word of that test."""

NOT_RUN: Mapping[str, str] = {
    "python3 build/run": "opens the window and stays; the black box does it",
    "python3 build/test": "is what runs this test",
    "python3 build/bench": "measures for minutes to hours",
    "python3 build/package": "packs for minutes; tests/packages does it by option",
}
"""The beginning of a command, and why no test runs it."""


def fenced(text: str) -> Iterator[str]:
    """The commands of the blocks of a page, each in one line, without the words behind "#"."""
    for kind, body in BLOCK.findall(text):
        for line in body.replace("\\\n", " ").splitlines() if kind in SHOWN else ():
            command = re.sub(r"\s+#\s.*$", "", line).strip()
            if command == "intake-app" or command.startswith(BEGINS):
                yield re.sub(r"\s+", " ", command)


def documents() -> dict[str, str]:
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md",
             *sorted((ROOT / "docs").rglob("*.md"))]  # fmt: skip
    return {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}


def is_named(command: str) -> bool:
    return any(command.startswith(start) for start in (*ELSEWHERE, *NOT_RUN))


@dataclass
class World:
    """A department with two recovery cards, and a stick."""

    folder: Path
    passphrases: Mapping[str, str]
    card: str

    def words(self, command: str) -> list[str]:
        """The words of a command, with what stands for something put in its place."""
        quoted = command.replace("E:\\", "'E:\\'")
        return [self._put(word, command) for word in shlex.split(quoted)][1:]

    def _put(self, word: str, command: str) -> str:
        match word:
            case "E:\\":
                is_added = command.startswith("intake-app backup add")
                return str(self.folder / ("another stick" if is_added else "stick"))
            case "PLACE":
                return self._place()
            case "…":
                return self._words_of_trail()
            case _:
                return word

    def run(self, words: list[str], profile: str = "profile") -> tuple[int, str]:
        """Type it, and whatever it asks for."""

        def answer(asked: str, **_how: object) -> str:
            if asked.startswith("Words"):
                return self.card
            return self.passphrases[words[words.index("--user") + 1]]

        def agree(*_asked: object, **_how: object) -> bool:
            return True

        told = StringIO()
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(told), redirect_stderr(told):
            patched.setattr(click, "prompt", answer)
            patched.setattr(click, "confirm", agree)
            patched.setenv("INTAKE_PROFILE", str(self.folder / profile))
            patched.chdir(self.folder)
            code = main(words)
        return code, told.getvalue()

    def _place(self) -> str:
        _, told = self.run(["backup", "list", "--user", "apruitt", "--json"])
        found = re.findall(r'"place": "([^"]+)"', told)
        return next((one for one in found if one != "here"), "none")

    def _words_of_trail(self) -> str:
        file = self.folder / "other.jsonl"
        if file.exists():
            file.unlink()
        _, told = self.run(["audit", "export", str(file), "--user", "snorth"])
        return told.partition("words: ")[2].splitlines()[0] if "words: " in told else "none"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("documents")
    for name in ("stick", "another stick"):
        (folder / name).mkdir()
    asked = fictional_department(seed=1)
    cards = ProfileGate(folder / "profile").found(asked, use_keyring=False, is_training=True)
    known = {one.user_name: one.passphrase for one in asked.people}
    made = World(folder, known, " ".join(cards[0].words))
    for words in (["backup", "add", str(folder / "stick"), "--name", "Stick", "--user", "apruitt"],
                  ["backup", "now", "--user", "jlowe"]):  # fmt: skip
        code, told = made.run(words)
        assert code == 0, told
    return made


def test_every_shown_command_ends_well(world: World) -> None:
    failed: dict[str, str] = {}
    for page, text in documents().items():
        for command in fenced(text):
            if is_named(command):
                continue
            is_new = "restore" in command  # on a computer without records
            words = world.words(command)
            code, told = world.run(words, f"new {len(failed)} {page}" if is_new else "profile")
            if code:
                failed[f"{page}: {command}"] = f"{code}: {told}"
    assert failed == {}


def test_what_runs_elsewhere_is_run_there() -> None:
    for start, (test, word) in ELSEWHERE.items():
        assert word in (ROOT / test).read_text("utf-8"), start


def test_no_reason_outlives_its_command() -> None:
    shown = {command for text in documents().values() for command in fenced(text)}
    starts = [*ELSEWHERE, *NOT_RUN]
    assert [one for one in starts if not any(each.startswith(one) for each in shown)] == []


def unknown(command: str) -> str:
    """What the program does not know of a command in a sentence; empty: all is well."""
    words = shlex.split(command.replace("'…'", "x").replace("[", " ").replace("]", " "))[1:]
    now: click.Command = _commands()
    while isinstance(now, click.Group) and words and not words[0].startswith("-"):
        if words[0] == "…":
            return ""
        found = now.commands.get(words[0])
        if found is None:
            return f"{command}: {words[0]}"
        now, words = found, words[1:]
    options = {name for one in now.params for name in one.opts} | {"--help", "--version"}
    strange = [one for one in words if one.startswith("--") and one not in options]
    return f"{command}: {strange}" if strange else ""


def test_every_command_in_a_sentence_is_known() -> None:
    hidden = {"intake-app carry"}  # the window's child; it has no help
    said = {one for text in documents().values() for one in INLINE.findall(text)} - hidden
    assert sorted(filter(None, map(unknown, said))) == []


def test_a_new_command_must_run_and_a_strange_one_is_found() -> None:
    page = "Text\n```\nintake-app format-disk --all   # never\n```\n```toml\nintake-app x\n```\n"
    assert list(fenced(page)) == ["intake-app format-disk --all"]
    assert not is_named("intake-app format-disk --all")
    assert unknown("intake-app format-disk") == "intake-app format-disk: format-disk"
    assert unknown("intake-app trust --loud") == "intake-app trust --loud: ['--loud']"

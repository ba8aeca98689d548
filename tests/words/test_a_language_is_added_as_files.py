"""What docs/languages.md says, done in a copy of the tree: a language of files, no line of code."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from intake_app.settings.resources import path

PAGE = path("docs", "languages.md")
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
CODE = "pl"
"""Polish has three plural forms."""

ASK = """
from intake_app.words import LANGUAGES, Words, filled_up, own_name
from intake_app.words.dates import day_in_words
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.domain.clock import SystemClock
from intake_app.settings.agency import Agency
from intake_app.settings.resources import path
words = Words("pl")
print(*LANGUAGES, own_name("pl"))
print(words.text("Unlock"), "|", *(words.plural("{n} day", "{n} days", n) for n in (1, 3, 5)))
print(day_in_words("2026-11-23", "pl"))
forms = FormLibrary(path("forms"), path("resources"), Setting.of(Agency(), SystemClock()))
print(forms.guide("self_referral").form.title.said_in("pl"))
print(words.text("Lock"))
"""


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "INTAKE_LANGUAGE": ""}
    return subprocess.run(
        command,
        cwd=tree,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def type_in(tree: Path, block: str) -> None:
    """Type the lines of a block of the page."""
    for line in block.strip().splitlines():
        typed = line.strip().replace("xx", CODE).replace("Xhosa", "Polski")
        done = run(tree, "bash", "-c", typed.replace("python ", f"{sys.executable} "))
        assert done.returncode in {0, 1}, done.stderr  # 1: something is not translated yet


def translate(file: Path, words: dict[str, str | tuple[str, ...]]) -> None:
    """By hand, as a translator would."""
    with file.open("rb") as read:
        catalog = read_po(read, locale=CODE)
    for english, said in words.items():
        message = catalog.get(english)
        assert message is not None, english
        message.string = said
    with file.open("wb") as write:
        write_po(write, catalog)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, in which the page's commands were typed."""
    made = tmp_path_factory.mktemp("tree")
    no_code = shutil.ignore_patterns("__pycache__")
    for name in ("intake_app", "forms", "resources", "build"):
        shutil.copytree(path(name), made / name, ignore=no_code)
    make, catalogs, bind = SHELL.findall(PAGE.read_text("utf-8"))
    type_in(made, make)
    type_in(made, catalogs)
    place = made / "resources" / "translations" / CODE / "LC_MESSAGES"
    translate(place / "intake.po", {
        "Unlock": "Odblokuj", "{n} day": ("{n} dzień", "{n} dni", "{n} dni razem"),
        "No mistakes.": "Bez błędów.", "Forms and papers as files.": "Formularze jako pliki.",
        "No such command {name!r}.": "Nie ma polecenia {name!r}.",
    })  # fmt: skip
    translate(place / "files.po", {"Walk-in self-referral": "Sam przychodzi"})
    type_in(made, bind)
    return made


def test_window_forms_and_days_speak_it_and_the_rest_is_english(tree: Path) -> None:
    done = run(tree, sys.executable, "-c", ASK)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "en es pl Polski", "Odblokuj | 1 dzień 3 dni 5 dni razem",
        "poniedziałek, 23 listopada 2026", "Sam przychodzi", "Lock",
    ]  # fmt: skip


def test_the_command_line_speaks_it(tree: Path) -> None:
    command = (sys.executable, "-m", "intake_app", "--language", CODE)
    assert "Formularze jako pliki." in run(tree, *command, "--help").stdout
    assert run(tree, *command, "forms", "none").stderr.strip() == "Nie ma polecenia 'none'."


def test_without_its_files_it_is_no_language() -> None:
    """Negative control."""
    done = run(path("."), sys.executable, "-m", "intake_app", "--language", CODE, "forms", "--help")
    assert done.returncode == 2
    assert CODE in done.stderr

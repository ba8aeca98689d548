"""The command line. Without a command it opens the window.

Errors go to standard error as one sentence; nothing that a user can cause shows a traceback.
Passphrases come from a prompt or a file, never from an argument.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.errors import IntakeError
from intake_app.settings.program import CARRY, TRY_STORE
from intake_app.words import LANGUAGES, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

_COMMANDS = (
    "demo", "doctor", "forms", "bundle", "sync", "station", "digest", "trust", "support", "backup",
    "audit", "user", "export", "import", "county", "report", "update",
    "guide", "open",
    "--help", "--version", "--language",
)  # fmt: skip

_NO_COMMAND = mark("This is no command. Type intake-app --help.")
_UNUSABLE = mark("The folder or file cannot be used: {reason}.")

WRONG_COMMAND = 2
"""Exit code, as click has it; 1 is for what was understood and refused."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; returns the exit code."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        return _answer(given)
    except IntakeError as error:
        return _refuse(_in_their_words(given, type(error).sentence()))
    except OSError as error:
        said = _in_their_words(given, _UNUSABLE)
        return _refuse(said.format(reason=error.strerror))


def _answer(given: list[str]) -> int:
    if given == [TRY_STORE]:  # hidden: what the window asks of a store that may not answer
        return _try_store()
    if given[:1] == [CARRY]:  # hidden: the window's child, and scheduled tasks
        return _carry(given[1:])
    if any(word.partition("=")[0] in _COMMANDS for word in given):
        return _run_command(given)
    return _open_window(given)


def _in_their_words(given: list[str], sentence: str) -> str:
    from intake_app.commands.speech import language_of
    from intake_app.words import Words

    return Words(language_of(given, default_profile())).text(sentence)


def _try_store() -> int:
    from intake_app.exchange.store_trial import main as answer

    return answer(sys.stdin, sys.stdout)


def _carry(words: Sequence[str]) -> int:
    from intake_app.commands.carry import main as carry

    return carry(words)


def default_profile() -> Path:
    """The profile of this computer, unless INTAKE_PROFILE or --profile says otherwise."""
    if named := os.environ.get("INTAKE_PROFILE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) / "intake-app" / "department"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "intake-app" / "department"
    shared = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(shared) / "intake-app" / "department"


def _open_window(given: list[str]) -> int:
    """Without click: the lock screen is on screen before commands are loaded."""
    profile, rest = default_profile(), list(given)
    paint_only = "--paint-and-exit" in rest
    if paint_only:
        rest.remove("--paint-and-exit")
    if rest and rest[0].startswith("--profile="):
        profile, rest = Path(rest[0].partition("=")[2]), rest[1:]
    elif len(rest) >= 2 and rest[0] == "--profile":
        profile, rest = Path(rest[1]), rest[2:]
    file = Path(rest.pop()) if len(rest) == 1 and Path(rest[0]).is_file() else None
    if rest:
        return _refuse(_in_their_words(given, _NO_COMMAND), WRONG_COMMAND)
    gc.disable()  # loaded modules are no garbage; later `ui.running.collector` collects
    from intake_app.app import open_window

    words = ["--profile", str(profile)]
    return open_window(profile, words, paint_only=paint_only, file=file)


def _run_command(given: list[str]) -> int:
    import click

    from intake_app.commands.speech import language_of, spoken, translate_help

    with spoken(language_of(given, default_profile())) as words:
        group = _commands()
        translate_help(group, words)
        try:
            return group.main(given, "intake-app", standalone_mode=False, obj=words) or 0
        except click.ClickException as error:
            said = error.format_message()
            return _refuse(said if said.endswith((".", "?")) else f"{said}.", error.exit_code)
        except click.Abort:
            return _refuse(words.text("Stopped."))


def _commands() -> click.Group:
    import click

    from intake_app.commands import (
        audit,
        backup,
        county,
        disclosure,
        exchange,
        export,
        guide,
        import_past,
        opening,
        report,
        trust,
        update,
        user,
    )
    from intake_app.commands.options import Asking
    from intake_app.settings.version import NAME, version

    profile = click.option(
        "--profile", type=click.Path(path_type=Path), default=None, help="Folder of the profile."
    )
    as_json = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")

    @click.group(help="Offline intake for pre-arrest diversion. No command: opens the window.")
    @click.version_option(version(), prog_name=NAME)
    @click.option("--language", type=click.Choice(LANGUAGES), help="Language of the answers.")
    def group(language: str | None) -> None:
        _ = language  # read before: the help speaks it too

    @group.command(help="Make a training profile with fictional people.")
    @profile
    @click.option("--people", default=40, type=click.IntRange(0, 10_000_000), show_default=True)
    @click.option("--seed", default=1, show_default=True)
    @as_json
    def demo(profile: Path | None, people: int, seed: int, as_json: bool) -> int:
        return _demo(profile, people, seed, as_json=as_json)

    @group.group(help="Forms and papers as files.")
    def forms() -> None: ...

    @forms.command(help="Name each mistake in form files as file:line: reason.")
    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @as_json
    def check(path: Path | None, as_json: bool) -> int:
        return _check_forms(path, as_json=as_json)

    asking = Asking(default_profile)
    for room in (
        audit, backup, county, exchange, export, guide, import_past, report, trust, update,
        user,
    ):  # fmt: skip
        room.add_to(group, asking)
    for room in (disclosure, opening):
        room.add_to(group)
    return group


def _demo(profile: Path | None, people: int, seed: int, *, as_json: bool) -> int:
    from intake_app.app import ProfileGate
    from intake_app.commands.speech import say
    from intake_app.settings.profile import training_folder

    folder = profile or training_folder(default_profile())
    made = ProfileGate(folder).make_training(folder, people, seed)
    users = [
        {"user_name": p.user_name, "role": min(p.roles), "passphrase": p.passphrase} for p in made
    ]
    if as_json:
        print(json.dumps({"profile": str(folder), "people": people, "users": users}))
        return 0
    print(say("A training profile with {people} fictional intakes is ready in {folder}.",
              people=people, folder=folder))  # fmt: skip
    for user in users:
        print(f"  {user['role']:<14} {user['user_name']:<10} {user['passphrase']}")
    return 0


def _form_mistakes(path: Path | None) -> list[str]:
    """What is wrong in form files: "file:line: reason" each."""
    from intake_app.domain.clock import SystemClock
    from intake_app.rulebook.check import check_all, check_path
    from intake_app.rulebook.pack_reader import is_pack, read_pack
    from intake_app.rulebook.setting import Setting
    from intake_app.rulebook.shelf import Shelf
    from intake_app.settings import resources
    from intake_app.settings.agency import Agency

    shelf = Shelf(resources.path("forms"), resources.path("resources"))
    setting = Setting.of(Agency(), SystemClock())
    if path and is_pack(path):
        texts = read_pack(path)
        over = check_all(shelf.with_texts(lambda: texts), setting)
        return [str(mistake) for mistake in over if mistake.file in texts]
    if path and path.exists() and not _has_forms(path):
        return [f"{path.name}:1: no form is here: form files end in .toml, code tables in .csv"]
    found = check_path(path, shelf, setting) if path else check_all(shelf, setting)
    return [str(mistake) for mistake in found]


def _has_forms(path: Path) -> bool:
    files = [path] if path.is_file() else path.rglob("*")
    return any(file.suffix in {".toml", ".csv"} for file in files)


def _check_forms(path: Path | None, *, as_json: bool) -> int:
    from intake_app.commands.speech import say

    mistakes = _form_mistakes(path)
    for mistake in mistakes:
        print(json.dumps({"mistake": mistake}) if as_json else mistake)
    if not mistakes and not as_json:
        print(say("No mistakes."))
    return 1 if mistakes else 0


def _refuse(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code

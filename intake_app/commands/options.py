"""The options that most commands have, and who is signed in by them."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake_app.commands.speech import say, spoken_fact, spoken_name, words_here
from intake_app.domain.errors import ChooseHat
from intake_app.domain.roles import KEYS, MATRIX, May, Role
from intake_app.domain.sign_in_errors import EnterCode, NewPassphrase, SetUpCode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from intake_app.app import ProfileGate
    from intake_app.services.desk import Desk

    Command = Callable[..., int]


def read_passphrase(file: Path | None, *, is_new: bool = False) -> str:
    """What a person types, or what stands in a file; never an argument.

    Args:
        file: Where it stands; None: it is typed.
        is_new: It is typed twice.

    Raises:
        click.ClickException: The file holds no text.
    """
    if file is None:
        typed = click.prompt(
            say("Passphrase"), hide_input=True, err=True, confirmation_prompt=is_new
        )
        return str(typed)
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException(say("The passphrase file is not text in UTF-8.")) from None


def read_code(file: Path | None) -> str:
    """The second proof: what a person types, or what stands in a file; never an argument."""
    if file is None:
        return str(
            click.prompt(say("Code of your phone, or printed code"), hide_input=True, err=True)
        )
    return read_passphrase(file).strip()


def sign_in(
    gate: ProfileGate, user_name: str, passphrase: str, hat: Role | May | None = None,
    code_file: Path | None = None,
) -> Desk:  # fmt: skip
    """Sign in; who has several roles works in the one that is asked, or that opens most.

    Args:
        gate: The way in.
        user_name: Who.
        passphrase: Theirs.
        hat: The role they work in, where they have it; or what that role must include.
        code_file: Where their second proof stands, if one is asked for; None: it is typed.

    Raises:
        WrongPassphrase: It does not open; `WrongCode`: the second proof is not right.
        LockedOut: Too many tries.
        click.ClickException: Something has to be set up first, which the window does.
    """
    if sys.stdin.isatty():  # where a person signs in; a scheduled task reads nothing
        click.echo(gate.banner(words_here().language), err=True)
    try:
        return _unlocked(gate, user_name, passphrase, code_file)
    except ChooseHat as several:
        return gate.wear(_hat_among([Role(one) for one in several.roles], hat))


def _unlocked(gate: ProfileGate, user_name: str, passphrase: str, code_file: Path | None) -> Desk:
    try:
        try:
            return gate.unlock(user_name, passphrase)
        except EnterCode:
            return gate.steps.enter_code(read_code(code_file))
    except (SetUpCode, NewPassphrase) as step:
        raise click.ClickException(
            say("{sentence} Sign in once in the window.", sentence=say(step.sentence()))
        ) from None


def _hat_among(roles: Sequence[Role], wanted: Role | May | None) -> Role:
    """The role that is wanted, or of those that include it the one that opens most."""
    fitting = [one for one in roles if wanted in {one, *MATRIX[one]}]
    return max(fitting or roles, key=_opens)


def _opens(role: Role) -> int:
    return len(KEYS[role])


def group_in(root: click.Group, name: str, *, help: str) -> click.Group:
    """The group of this name, made where it is not."""
    known = root.commands.get(name)
    if isinstance(known, click.Group):
        return known
    made = click.Group(name, help=help)
    root.add_command(made)
    return made


def bundle_group(root: click.Group) -> click.Group:
    """The group `bundle`, which stations and people outside share."""
    return group_in(root, "bundle", help="Sealed files between stations and to people outside.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What most commands are told, and who is signed in by it.

    Attributes:
        profile: Folder of the profile.
        user: User name; empty: nobody signs in.
        passphrase_file: Where the passphrase is read from; None: a person types it.
        as_json: Facts are printed as JSON.
        code_file: Where the second proof is read from, if one is asked for; the same.
    """

    profile: Path
    user: str
    passphrase_file: Path | None
    as_json: bool
    code_file: Path | None = None

    @property
    def language(self) -> str:
        """In which it is answered (ISO 639)."""
        return words_here().language

    def passphrase(self) -> str:
        """See `read_passphrase`."""
        return read_passphrase(self.passphrase_file)

    @contextmanager
    def desk(self, hat: Role | May | None = None) -> Generator[tuple[ProfileGate, Desk]]:
        """Sign in, with a role or one that includes an act, or opens most; sign out at the end."""
        from intake_app.app import ProfileGate

        gate = ProfileGate(self.profile)
        secret = self.passphrase()
        try:
            yield gate, sign_in(gate, self.user, secret, hat, self.code_file)
        finally:
            gate.lock()

    def say(self, facts: Mapping[str, object], code: int = 0) -> int:
        """Print facts; returns the exit code."""
        if self.as_json:
            print(json.dumps(facts))
        else:
            for name, value in facts.items():
                print(f"{spoken_name(name)}: {spoken_fact(value)}")
        return code

    def say_line(self, facts: Mapping[str, object]) -> None:
        """Print one line of a list."""
        print(
            json.dumps(facts)
            if self.as_json
            else "  ".join(str(spoken_fact(one)) for one in facts.values())
        )


class Asking:
    """Gives commands their usual options, and hands them on as `Asked`.

    Args:
        default_profile: The profile of this computer.
    """

    def __init__(self, default_profile: Callable[[], Path]) -> None:
        self._default = default_profile

    def plain(self, function: Command) -> Command:
        """--profile and --json."""

        def run(profile: Path | None, as_json: bool, **rest: object) -> int:
            return function(Asked(profile or self._default(), "", None, as_json), **rest)

        return self._with(update_wrapper(run, function), _PROFILE, JSON)

    def signed_in(self, function: Command) -> Command:
        """The same with --user, --passphrase-file and --code-file."""

        def run(
            profile: Path | None, user: str | None, passphrase_file: Path | None,
            code_file: Path | None, as_json: bool, **rest: object,
        ) -> int:  # fmt: skip
            folder = profile or self._default()
            asked = Asked(folder, user or "", passphrase_file, as_json, code_file)
            return function(asked, **rest)

        return self._with(update_wrapper(run, function), _PROFILE, _USER, SECRET, CODE, JSON)

    @staticmethod
    def _with(function: Command, *options: Callable[[Command], Command]) -> Command:
        for option in options:
            function = option(function)
        return function


PATH = click.Path(path_type=Path)
_PROFILE = click.option("--profile", type=PATH, help="Folder of the profile.")
_USER = click.option("--user", help="User name; asks the passphrase.")
SECRET = click.option("--passphrase-file", type=PATH, help="Read the passphrase from this file.")
CODE = click.option("--code-file", type=PATH, help="Read the second proof from this file.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")

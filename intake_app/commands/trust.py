"""`doctor`, `trust` and `support`: how this computer and its department stand, for machines too.

Exit codes: 0 nothing is red, 1 something is red or was refused, 2 wrong command.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from intake_app.commands.options import PATH, Asked, Asking, sign_in
from intake_app.commands.speech import say, words_here
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import May
from intake_app.domain.trust import Check, Light, worst
from intake_app.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from intake_app.app import ProfileGate
    from intake_app.words import Words

_STATES = {Light.GREEN: mark("ok"), Light.AMBER: mark("note"), Light.RED: mark("FAILED")}
_LIGHTS = {Light.GREEN: mark("GREEN"), Light.AMBER: mark("AMBER"), Light.RED: mark("RED")}


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `doctor`, `trust` and `support`."""

    @group.command(help="Check fonts, files, disk, clock, keyring and spooler; --user: inside too.")
    @asking.signed_in
    def doctor(asked: Asked) -> int:
        secret = asked.passphrase() if asked.user else ""
        return _print(asked, _examine(asked, secret), _as_doctor)

    @group.command(help="All lines of the trust page: green, amber, red, and what to do.")
    @click.option("--anew", is_flag=True, help="Look over files and computer once more.")
    @asking.signed_in
    def trust(asked: Asked, anew: bool) -> int:
        from intake_app.services.trust.gathering import trust as look

        with asked.desk(May.SEE_TRUST) as (_, desk):
            told = look(desk, words_here(), anew=anew)
        return _print(asked, told.checks, _as_trust)

    @group.command(help="A support file without personal data: printed, or written to --to.")
    @click.option("--to", "file", type=PATH, help="A file that is not there yet.")
    @asking.signed_in
    def support(asked: Asked, file: Path | None) -> int:
        return _support(asked, file)

    _ = (doctor, trust, support)


def _print(
    asked: Asked, checks: Iterable[Check], say: Callable[[Asked, Check], str]
) -> int:  # fmt: skip
    seen = list(checks)  # all or nothing: what was refused half way says one sentence alone
    for check in seen:
        print(say(asked, check))
    return 1 if worst(seen) is Light.RED else 0


def _as_doctor(asked: Asked, check: Check) -> str:
    state, words = _STATES[check.light], f"{check.found} {check.to_do}".strip()
    if asked.as_json:
        return json.dumps({"what": check.id, "state": state.lower(), "words": words})
    return f"{say(state):<7} {check.id:<14} {words}"


def _as_trust(asked: Asked, check: Check) -> str:
    if asked.as_json:
        return json.dumps({
            "id": check.id, "light": check.light, "title": check.title, "found": check.found,
            "to_do": check.to_do,
        })  # fmt: skip
    words = f"{check.title}: {check.found} {check.to_do}".strip()
    return f"{say(_LIGHTS[check.light]):<6} {words}"


# --- doctor -------------------------------------------------------------------------------------


def _examine(asked: Asked, passphrase: str) -> Iterator[Check]:
    """What `doctor` prints. Without a passphrase it sees files from outside only."""
    from intake_app.app import ProfileGate
    from intake_app.disk.machine import ThisMachine
    from intake_app.domain.clock import SystemClock
    from intake_app.services.trust import doctor
    from intake_app.services.trust.machine import say_spooler
    from intake_app.settings import resources

    clock, folder, words = SystemClock(), asked.profile, words_here()
    yield doctor.look_at_fonts(resources.path("resources", "fonts"), words)
    if not folder.is_dir():
        found = words.text("There is no profile in this folder.")
        yield Check("profile", Light.RED, words.text("Profile"), found)
        return
    yield from doctor.look_at_files(folder, words)
    yield doctor.look_at_disk(folder, words)
    yield doctor.look_at_clock(folder, clock, words)
    yield _keyring(folder, words)
    yield say_spooler(ThisMachine(folder).facts().keeps_pages, words)
    if asked.user:
        yield from _inside(ProfileGate(folder, clock), asked, passphrase)


def _keyring(folder: Path, words: Words) -> Check:
    from intake_app.services.trust.doctor import look_at_keyring
    from intake_app.vault.vault import Vault

    try:
        return look_at_keyring(Vault.load(folder).device_state(), words)
    except IntakeError as error:
        return Check("vault.json", Light.RED, "vault.json", say(error.sentence()))


def _inside(gate: ProfileGate, asked: Asked, passphrase: str) -> Iterator[Check]:
    """The files that this person opens, and for who sees the trust page, its lines."""
    from intake_app.domain.roles import may
    from intake_app.services.trust.gathering import trust

    try:
        desk = sign_in(gate, asked.user, passphrase, May.SEE_TRUST, asked.code_file)
        for name, faults, lines, aside in gate.health():
            yield _health(name, faults, lines, aside)
        if may(desk.person.roles, May.SEE_TRUST):
            yield from trust(desk, words_here()).checks
    except IntakeError as error:
        yield Check("inside", Light.RED, "inside", say(error.sentence()))
    finally:
        gate.lock()


def _health(name: str, faults: list[str], lines: int, aside: int) -> Check:
    ident = f"{name} inside"
    if faults:
        return Check(ident, Light.RED, ident, faults[0])
    if aside:
        found = words_here().plural(
            "{n} change made no sense and was set aside: tell an administrator.",
            "{n} changes made no sense and were set aside: tell an administrator.", aside,
        )  # fmt: skip
        return Check(ident, Light.RED, ident, found)
    found = say("Sound. The log has {lines} lines and holds together.", lines=lines)
    return Check(ident, Light.GREEN, ident, found)


# --- support ------------------------------------------------------------------------------------


def _support(asked: Asked, file: Path | None) -> int:
    from intake_app.disk.atomic import write_whole
    from intake_app.services.trust.support import support_text, support_was_saved

    with asked.desk(May.MAKE_SUPPORT_FILE) as (_, desk):
        text = support_text(desk, words_here())
        if file is None:
            support_was_saved(desk)
            print(text)
            return 0
        if file.exists():
            raise click.ClickException(say("This file exists already. Choose another name."))
        write_whole(file, text.encode())
        support_was_saved(desk)
    return asked.say({"file": str(file)})

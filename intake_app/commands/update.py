"""`update`: check, prepare and install an update from a stick, and the way back.

`install` is what the administrator of the computer runs: it believes nothing that was verified
before it, copies the package where only the administrator writes, verifies that copy, and hands it
to the system. Exit codes: 0 done, 1 refused, 2 wrong command.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from intake_app.commands.options import Asked, Asking, group_in
from intake_app.commands.speech import say, words_here
from intake_app.domain.roles import May

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.services.needs.updates import UpdateParts
    from intake_app.services.updates.verifying import Signed

_APT: Final = "/usr/bin/apt-get"
_OPEN: Final = "/usr/bin/open"
_STDERR: Final = 2
_OWN: Final = "/var/tmp"  # noqa: S108 - nobody can move a folder of root there; TMPDIR may be theirs
_CLEAN: Final = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `update`."""
    update = group_in(
        group, "update", help="Updates of the program from a stick, and the way back."
    )
    _add_looking(update, asking)
    _add_installing(update, asking)


def _add_looking(update: click.Group, asking: Asking) -> None:
    place = click.argument("folder", type=click.Path(path_type=Path, exists=True))

    @update.command(help="Verify an update to the last byte; nothing is changed.")
    @place
    @asking.plain
    def check(asked: Asked, folder: Path) -> int:
        return _check(asked, folder)

    @update.command(help="Back up, copy the update and verify the copy; nothing is installed.")
    @place
    @asking.signed_in
    def prepare(asked: Asked, folder: Path) -> int:
        from intake_app.services.updates.looking import look_at
        from intake_app.services.updates.preparing import prepare as make_ready
        from intake_app.services.updates.telling import as_typed

        with asked.desk(May.UPDATE_PROGRAM) as (_, desk):
            ready = make_ready(desk, look_at(desk, folder))
        return asked.say({
            "from": ready.step.before, "to": ready.step.after, "backup": ready.step.backup,
            "package": str(ready.package),
            "install": as_typed(ready.command, is_administrator=not _is_windows()),
        })  # fmt: skip

    @update.command(help="Keep the package of the version that runs here, for the way back.")
    @place
    @asking.signed_in
    def keep(asked: Asked, folder: Path) -> int:
        from intake_app.services.updates.preparing import keep_own

        with asked.desk(May.UPDATE_PROGRAM) as (_, desk):
            return asked.say({"kept": keep_own(desk, folder)})

    _ = (check, prepare, keep)


def _add_installing(update: click.Group, asking: Asking) -> None:
    @update.command(help="Verify a prepared update once more and install it; asks nobody.")
    @click.argument("folder", type=click.Path(path_type=Path, exists=True))
    @click.option("--back", is_flag=True, help="Let an older version come over a newer one.")
    @asking.plain
    def install(asked: Asked, folder: Path, back: bool) -> int:
        return _install(asked, folder, is_back=back)

    @update.command(help="Say how to go back to the version before; nothing is changed.")
    @asking.plain
    def back(asked: Asked) -> int:
        return _say_way_back(asked)

    _ = (install, back)


def _parts(asked: Asked) -> UpdateParts:
    from intake_app.wiring.updates import make_updates

    return make_updates(asked.profile)


def _check(asked: Asked, folder: Path) -> int:
    """Whether it holds; and, apart from that, whether it fits here."""
    from intake_app.domain.errors import IntakeError
    from intake_app.domain.update import require_newer
    from intake_app.services.updates.verifying import signed_in

    parts = _parts(asked)
    found = signed_in(folder, parts.verify)[0]
    _require_whole(found)
    trouble = ""
    try:
        require_newer(found.release, parts.here)
    except IntakeError as error:
        trouble = say(error.sentence())
    return asked.say({
        "version": found.release.version, "made": found.release.made.isoformat(),
        "keys": parts.standing, "packages": [one.name for one in found.release.packages],
        "notes": list(found.release.notes_in(words_here().language)),
        "fits here": trouble or say("yes"),
    })  # fmt: skip


def _require_whole(found: Signed) -> None:
    """All packages that lie there are read; at least one must."""
    from intake_app.disk.update_folder import require_whole
    from intake_app.domain.update_errors import UpdateIncomplete

    there = [one for one in found.release.packages if os.path.lexists(found.file(one))]
    if not there:
        raise UpdateIncomplete
    for one in there:
        require_whole(found.file(one), one)


def _install(asked: Asked, folder: Path, *, is_back: bool) -> int:
    """The administrator's part: nothing that another account can still change is installed."""
    from intake_app.disk.update_folder import copy_whole
    from intake_app.domain.update import is_newer, require_newer
    from intake_app.domain.update_errors import InstallFailed
    from intake_app.services.updates.verifying import signed_in

    parts = _parts(asked)
    found = signed_in(folder, parts.verify)[0]
    here = parts.here
    is_back = is_back and is_newer(here.version, found.release.version)
    package = (
        found.release.package_for(here.system) if is_back else require_newer(found.release, here)
    )
    _require_administrator(here.system)
    own_place = _OWN if here.system.startswith("debian") else None
    with tempfile.TemporaryDirectory(prefix="intake-update-", dir=own_place) as own:
        copy = Path(own) / package.name
        copy_whole(found.file(package), package, copy)
        command = _installer(copy, is_back=is_back)  # by its full path, and without a shell
        said = _STDERR if asked.as_json else None  # what apt says is no fact
        done = subprocess.run(command, env=_environment(), stdout=said, check=False)  # noqa: S603
        if done.returncode:
            raise InstallFailed
    return asked.say({"installed": found.release.version})


def _require_administrator(system: str) -> None:
    from intake_app.domain.update_errors import NeedsAdministrator

    if system.startswith("debian") and os.geteuid() != 0:
        raise NeedsAdministrator


def _installer(package: Path, *, is_back: bool) -> Sequence[str]:
    """What the system installs with."""
    if _is_windows():  # by the shell of Windows, which asks for the administrator where it must
        root = os.environ.get("SYSTEMROOT", r"C:\Windows")
        shell = rf"{root}\System32\WindowsPowerShell\v1.0\powershell.exe"
        named = str(package).replace("'", "''")
        how = f"Start-Process -Wait -FilePath '{named}' -ArgumentList '/CLOSEAPPLICATIONS'"
        return [shell, "-NoProfile", "-NonInteractive", "-Command", how]
    if sys.platform == "darwin":
        return [_OPEN, "-W", str(package)]
    more = ["--allow-downgrades"] if is_back else []
    return [_APT, "install", "--yes", "--no-install-recommends", *more, str(package)]


def _environment() -> dict[str, str] | None:
    """For apt nothing of who asked; a package is not installed by way of their settings."""
    return None if _is_windows() or sys.platform == "darwin" else dict(_CLEAN)


def _is_windows() -> bool:
    return sys.platform == "win32"


def _say_way_back(asked: Asked) -> int:
    from intake_app.services.updates.going_back import way_back
    from intake_app.services.updates.telling import as_typed, way_back_in_words
    from intake_app.settings.backups import read_backups
    from intake_app.vault.keyfile import KeyFile

    place = Path(read_backups(asked.profile).places[0].path)
    profile = KeyFile.load(asked.profile).text("profile")
    way = way_back(_parts(asked), place / profile)
    if asked.as_json:
        return asked.say({
            "from": way.step.after, "to": way.step.before, "backup": way.step.backup,
            "made": way.made, "restores": bool(way.restore),
            "steps": [as_typed(way.install, is_administrator=not _is_windows()),
                      *([as_typed(way.restore)] if way.restore else [])],
        })  # fmt: skip
    for line in way_back_in_words(way, words_here(), needs_sudo=not _is_windows()):
        print(line)
    return 0

"""`backup`: made, listed, verified and brought back without a window.

Exit codes: 0 done and good, 1 refused or not good, 2 wrong command.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake_app.commands.options import PATH, Asked, Asking, group_in
from intake_app.commands.speech import say
from intake_app.domain.roles import May

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.services.backup.places import PlaceTold
    from intake_app.services.signing.bringing_back import Brought, FoundBackup, Opener
    from intake_app.wiring.restore import BringBack


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `backup`."""
    backup = group_in(
        group, "backup", help="Backups: make, list, verify, restore; and where they go."
    )
    _add_keeping(backup, asking)
    _add_places(backup, asking)
    _add_restoring(backup, asking)


# --- keeping ------------------------------------------------------------------------------------


def _add_keeping(backup: click.Group, asking: Asking) -> None:
    @backup.command(help="Make one now, bring it to all places, test it there.")
    @asking.signed_in
    def now(asked: Asked) -> int:
        from intake_app.services.backup.keeping import back_up_now

        with asked.desk(May.KEEP_BACKUPS) as (_, desk):
            made = back_up_now(desk)
            return _say_places(asked, made.places, made.moment)

    @backup.command("list", help="All backups of all places, and what of each was tested.")
    @asking.signed_in
    def list_backups(asked: Asked) -> int:
        from intake_app.services.backup.places import places

        with asked.desk(May.KEEP_BACKUPS) as (_, desk):
            for told in places(desk):
                for one in told.backups:
                    asked.say_line({
                        "place": told.place.id, "name": told.place.name or "this computer",
                        "reached": told.is_reached, "backup": one.moment, "made": one.made,
                        "bytes": one.size, "tested": dict(one.tested),
                    })  # fmt: skip
        return 0

    _ = (now, list_backups)


def _say_places(asked: Asked, places: Sequence[PlaceTold], moment: str) -> int:
    """One line a place; 1 where one of them has trouble or a test failed."""
    is_good = True
    for told in places:
        newest = next((one for one in told.backups if one.moment == moment), None)
        is_here = newest is not None and not told.place.trouble
        is_good = is_good and is_here
        asked.say_line({
            "place": told.place.id, "name": told.place.name or "this computer",
            "backup": moment if newest else "", "trouble": told.place.trouble,
            "tested": dict(newest.tested) if newest else {},
        })  # fmt: skip
    return 0 if is_good else 1


def _add_places(backup: click.Group, asking: Asking) -> None:
    @backup.command(help="Let backups go to a folder, disk, share or stick too.")
    @click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
    @click.option("--name", default="", help="What it is called.")
    @asking.signed_in
    def add(asked: Asked, folder: Path, name: str) -> int:
        from intake_app.services.backup.places import add_place

        with asked.desk(May.KEEP_BACKUPS) as (_, desk):
            place = add_place(desk, folder, name)
        return asked.say({"place": place.id, "name": place.name, "kind": place.kind})

    @backup.command(help="Let backups no longer go to a place; what lies there stays.")
    @click.argument("place")
    @asking.signed_in
    def remove(asked: Asked, place: str) -> int:
        from intake_app.services.backup.places import remove_place

        with asked.desk(May.KEEP_BACKUPS) as (_, desk):
            remove_place(desk, place)
        return asked.say({"place": place, "words": say("Backups no longer go there.")})

    _ = (add, remove)


# --- restoring ----------------------------------------------------------------------------------


def _add_restoring(backup: click.Group, asking: Asking) -> None:
    source = click.option(
        "--from", "place", type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder or stick with backups; without it, those of this profile.",
    )  # fmt: skip
    which = click.option("--backup", "moment", default="", help="Which; else the newest.")
    card = click.option(
        "--card-file", type=PATH, help="Read the words of the card (or two cards) from this file."
    )
    by_card = click.option("--card", is_flag=True, help="Ask for the words of a recovery card.")

    @backup.command(help="Open and look through a whole backup; nothing is changed.")
    @source
    @which
    @card
    @by_card
    @asking.signed_in
    def verify(
        asked: Asked, place: Path | None, moment: str, card_file: Path | None, card: bool
    ) -> int:
        gate, found = _found(asked, place, moment)
        if not (asked.user or card_file or card):
            return _say_hashes(asked, found)
        return _say(asked, gate.verify(found, _opener(asked, card_file, by_card=card)), found)

    @backup.command(help="Bring a backup back; --over puts aside what is here.")
    @source
    @which
    @card
    @by_card
    @click.option("--over", is_flag=True, help="Put aside the records that are here.")
    @asking.signed_in
    def restore(
        asked: Asked, place: Path | None, moment: str, card_file: Path | None, card: bool,
        over: bool,
    ) -> int:  # fmt: skip
        from intake_app.ui.running.instance import OneInstance

        asked.profile.parent.mkdir(parents=True, exist_ok=True)
        instance = OneInstance(asked.profile)
        if not instance.take():
            raise click.ClickException(say("The program is open on this profile. Close it first."))
        try:
            gate, found = _found(asked, place, moment)
            opener = _opener(asked, card_file, by_card=card)
            return _say(asked, gate.bring_back(found, opener, is_over=over), found)
        finally:
            instance.release()

    _ = (verify, restore)


def _found(asked: Asked, place: Path | None, moment: str) -> tuple[BringBack, FoundBackup]:
    from intake_app.domain.backup_errors import NoBackupHere
    from intake_app.domain.clock import SystemClock
    from intake_app.wiring.restore import BringBack

    gate = BringBack(asked.profile, SystemClock())
    all_found = gate.look(place or asked.profile)
    found = next((one for one in all_found if moment in {"", one.moment}), None)
    if found is None:
        raise NoBackupHere
    return gate, found


def _opener(asked: Asked, card_file: Path | None, *, by_card: bool) -> Opener:
    from intake_app.services.signing.bringing_back import Opener

    if card_file is not None:
        return Opener(card_file.read_text("utf-8"))
    if by_card or not asked.user:
        return Opener(str(click.prompt(say("Words of the card"), hide_input=True, err=True)))
    return Opener("", asked.user, asked.passphrase())


def _say_hashes(asked: Asked, found: FoundBackup) -> int:
    """Without a key: whether all bytes are the ones that were written."""
    from intake_app.disk.backup_folder import Shelf, faults_of

    faults = faults_of(Shelf(found.root), found.moment)
    words = (
        say("Not as it was written.") if faults else say("As it was written. --card opens it too.")
    )
    return asked.say(
        {"backup": found.moment, "made": found.made, "faults": faults, "words": words},
        code=1 if faults else 0,
    )


def _say(asked: Asked, brought: Brought, found: FoundBackup) -> int:
    files = {
        str(one.compartment): {"opened": one.is_opened, "records": one.records, "audit": one.audit}
        for one in brought.files
    }
    return asked.say({
        "backup": found.moment, "made": brought.made, "department": brought.department,
        "files": files, "shut out": brought.shut_out, "purge orders": brought.purged,
        "seconds": round(brought.seconds, 2), "put aside": brought.aside,
    })  # fmt: skip

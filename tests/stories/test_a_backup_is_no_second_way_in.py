"""With a backup and a passphrase of once nobody guesses, comes back, or turns back the clock."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from lost_computer import LostComputer

from intake_app.app import ProfileGate
from intake_app.domain.backup import REGISTRY
from intake_app.domain.backup_errors import CardNeeded, RecordsHere
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import (
    BadRecoveryCard,
    IntakeError,
    LockedOut,
    NotAllowed,
    StoreTooNew,
    WrongPassphrase,
)
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.records.veil import behind
from intake_app.services.signing.bringing_back import FoundBackup, Opener
from intake_app.services.users.changing import user_left
from intake_app.services.users.signed import user_parts

if TYPE_CHECKING:
    from intake_app.storage.compartment import Compartment as File


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> LostComputer:
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    made = LostComputer.founded(tmp_path_factory.mktemp("attacked"), clock, keyring=False)
    made.back_up()
    return made


@pytest.fixture
def lost(founded: LostComputer, tmp_path: Path) -> LostComputer:
    """Nothing is lost: somebody has a copy of the stick at home."""
    shutil.copytree(founded.old, tmp_path / "old")
    shutil.copytree(founded.stick, tmp_path / "stick")
    return LostComputer(
        tmp_path / "old", tmp_path / "new", tmp_path / "stick", FixedClock(founded.clock.at),
        founded.people, founded.cards,
    )  # fmt: skip


def found(lost: LostComputer) -> FoundBackup:
    """The backup on the stick, without what was known since beside it."""
    for beside in lost.stick.glob(f"*/ledger/{REGISTRY}"):
        beside.unlink()
    [one] = lost.gate.look(lost.stick)
    return one


def over(lost: LostComputer, opener: Opener) -> None:
    gate = ProfileGate(lost.old, lost.clock).bringing_back
    gate.bring_back(found(lost), opener, is_over=True)


def opener(lost: LostComputer, role: Role) -> Opener:
    who = lost.person(role)
    return Opener("", who.user_name, who.passphrase)


def leave(lost: LostComputer, role: Role) -> None:
    lost.clock.at += timedelta(days=3)
    with lost.at(lost.old, Role.ADMINISTRATOR) as desk:
        people = user_parts(desk).desk.people()
        name = lost.person(role).user_name
        user_left(desk, next(one.id for one in people if one.user_name == name))


def test_a_passphrase_is_guessed_at_a_backup_no_more_often_than_at_the_door(
    lost: LostComputer,
) -> None:
    who = lost.person(Role.COORDINATOR)
    gate, one = ProfileGate(lost.old, lost.clock).bringing_back, found(lost)
    for n in range(4):
        with pytest.raises(WrongPassphrase):
            gate.verify(one, Opener("", who.user_name, f"not this one {n}"))
    with pytest.raises(LockedOut):
        gate.verify(one, Opener("", who.user_name, "not this one either"))
    with pytest.raises(LockedOut):
        gate.verify(one, opener(lost, Role.COORDINATOR))
    with pytest.raises(LockedOut):
        gate.bring_back(one, opener(lost, Role.COORDINATOR), is_over=True)
    with pytest.raises(LockedOut), lost.at(lost.old, Role.COORDINATOR):
        pass
    gate.verify(one, Opener(lost.words()))  # a card counts apart
    with lost.at(lost.old, Role.ADMINISTRATOR) as desk:
        rows = desk.station.database.conn.execute(  # pyright: ignore[reportAttributeAccessIssue]
            "SELECT count(*) FROM audit WHERE outcome='refused'"
        )
        assert rows.fetchone()[0] == 5, "each stands in the log of those who can release it"


def test_a_right_passphrase_is_no_try(lost: LostComputer) -> None:
    gate, one = ProfileGate(lost.old, lost.clock).bringing_back, found(lost)
    for _ in range(6):
        gate.verify(one, opener(lost, Role.COORDINATOR))
    with lost.at(lost.old, Role.COORDINATOR):
        pass


def test_who_left_does_not_come_back_over_the_department_with_an_old_backup(
    lost: LostComputer,
) -> None:
    leave(lost, Role.SUPERVISOR)
    before = (lost.old / "vault.json").read_bytes()
    with pytest.raises((WrongPassphrase, NotAllowed)):
        over(lost, opener(lost, Role.SUPERVISOR))
    assert json.loads((lost.old / "vault.json").read_bytes()) == json.loads(before)
    assert not list(lost.old.glob("before-restore-*"))
    with lost.at(lost.old, Role.COORDINATOR):
        pass


@pytest.mark.parametrize("ruin", ["vault.json", "station.db"])
def test_nor_by_ruining_what_is_here_first(lost: LostComputer, ruin: str) -> None:
    leave(lost, Role.SUPERVISOR)
    (lost.old / ruin).write_bytes(b"nothing")
    with pytest.raises((CardNeeded, WrongPassphrase)):
        over(lost, opener(lost, Role.SUPERVISOR))
    if ruin == "station.db":
        with pytest.raises(CardNeeded):
            over(lost, opener(lost, Role.COORDINATOR))
    over(lost, Opener(lost.words()))  # who has a card is asked nothing more
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        assert desk.care is not None


def test_a_card_brings_back_and_who_left_since_stays_out(lost: LostComputer) -> None:
    """Also where nothing beside the backup says so: the records that were here do."""
    leave(lost, Role.SUPERVISOR)
    over(lost, Opener(lost.words()))
    with pytest.raises(IntakeError), lost.at(lost.old, Role.SUPERVISOR):
        pass
    with lost.at(lost.old, Role.COORDINATOR):
        pass


def test_who_does_not_keep_the_backups_turns_nothing_back(lost: LostComputer) -> None:
    """A clerk who would like last week's log to be gone."""
    for role in (Role.FRONT_DESK, Role.RECEPTION, Role.OFFICER):
        with pytest.raises(NotAllowed):
            over(lost, opener(lost, role))
    over(lost, opener(lost, Role.COORDINATOR))


def test_another_department_puts_nothing_over_this_one(lost: LostComputer, tmp_path: Path) -> None:
    clock = FixedClock(lost.clock.at)
    (tmp_path / "others").mkdir()
    others = LostComputer.founded(tmp_path / "others", clock, keyring=False)
    gate = ProfileGate(others.old, clock).bringing_back
    one = found(lost)
    for by in (Opener(lost.words()), Opener(" ".join(others.cards[0].words))):
        with pytest.raises((RecordsHere, BadRecoveryCard)):
            gate.bring_back(one, by, is_over=True)
    with others.at(others.old, Role.COORDINATOR):
        pass


def written_by_a_newer_program(desk: Desk) -> None:
    """Each file that is open has a migration that this program does not know."""
    for name in (Compartment.STATION, Compartment.CARE, Compartment.CASES):
        file = cast("File", behind(desk).open_file(name))
        conn = file.database.conn
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('compartment', 'm999_from_the_future', '2026-11-26')"
        )
        conn.commit()


def test_an_older_program_refuses_newer_files_and_a_card_brings_the_backup_back(
    lost: LostComputer,
) -> None:
    """The way back from an update (docs/updates.md): what is newer is put aside, whole."""
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        written_by_a_newer_program(desk)
    with pytest.raises(StoreTooNew) as told, lost.at(lost.old, Role.COORDINATOR):
        pass
    assert told.value.sentence() == (
        "These records were made by a newer version of this program. Install that version first."
    )
    newer = (lost.old / "care.db").read_bytes()
    with pytest.raises(CardNeeded):
        over(lost, opener(lost, Role.COORDINATOR))
    assert (lost.old / "care.db").read_bytes() == newer
    over(lost, Opener(lost.words()))
    [aside] = lost.old.glob("before-restore-*")
    assert (aside / "care.db").read_bytes() == newer
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        assert desk.care is not None
        assert len(desk.care.order("intake")) > 0

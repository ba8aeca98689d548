"""An older copy of a file comes back: what was purged is taken out before anybody sees a record."""

import shutil
from pathlib import Path

import pytest
from ending_world import file_of, in_the_clear, later, left, ordered, planted, put_back
from profiles import Desks, Profile
from walk_ins import begun

from intake_app.domain.deidentified import STATISTIC
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import find_people, people_order
from intake_app.services.purging.settling import settle_purges
from intake_app.services.records.drop_box import SUBMISSION


def folded(desk: Desk, folder: Path, to: Path) -> Path:
    """A copy of care.db with all that is in its write-ahead log."""
    file_of(desk).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    to.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(folder / "care.db", to / "care.db"))


def purged(desks: Desks, profile: Profile) -> tuple[RecordId, Path]:
    """Somebody was purged; a copy of the file from before is at hand."""
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator)
    copy = folded(coordinator, profile.folder, profile.folder.parent / "old")
    ordered(desks, record)
    later(profile, hours=73)
    gate = profile.gate()
    profile.unlock(gate, Role.FRONT_DESK)
    gate.lock()
    return record, copy


def test_an_old_copy_shows_nothing_of_it_and_loses_it_again(desks: Desks, profile: Profile) -> None:
    record, copy = purged(desks, profile)
    put_back(copy, profile)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)
    assert find_people(desk, "Quillfeather") == []
    assert len(people_order(desk)) == len(desk.care_file.order("intake"))
    with pytest.raises(RecordMissing):
        read_intake(desk, record)
    kept = desk.care_file.record(record)
    assert kept
    assert kept.is_purged
    assert len(desk.care_file.of_kind(STATISTIC)) == 1  # also counted again, and once
    gate.lock()
    assert left(in_the_clear(profile, Compartment.CARE)) == []


def test_an_old_copy_of_the_ledgers_neighbors_does_not_bring_it_back(
    desks: Desks, profile: Profile
) -> None:
    """The station file is old as well: only the ledger outside the files knows."""
    coordinator = desks(Role.COORDINATOR)
    station = profile.folder / "station.db"
    coordinator.station.note(coordinator.act("look"))
    file_of(coordinator, Compartment.STATION).database.conn.execute(
        "PRAGMA wal_checkpoint(TRUNCATE)"
    )
    old = Path(shutil.copy(station, profile.folder.parent / "station.db"))
    record, copy = purged(desks, profile)
    put_back(copy, profile)
    put_back(old, profile)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.FRONT_DESK)
    kept = desk.care_file.record(record)
    assert kept
    assert kept.is_purged
    gate.lock()


def test_an_old_copy_from_before_it_was_taken_in_keeps_nothing_of_it(
    desks: Desks, profile: Profile
) -> None:
    """Neither file knows of the record, but the drop box still holds it."""
    gate = profile.gate()
    reception = profile.unlock(gate, Role.RECEPTION)
    draft = begun(reception, last_name="Quillfeather", first_name="Wrenna")
    finish_intake(reception, draft)
    gate.lock()
    old = profile.folder.parent / "old"
    old.mkdir()
    copies = [Path(shutil.copy(profile.folder / n, old)) for n in ("care.db", "station.db")]
    later(profile, seconds=1)
    assert read_intake(desks(Role.COORDINATOR), draft.id)  # taken in at sign-in
    ordered(desks, draft.id)
    later(profile, hours=73)
    assert settle_purges(desks(Role.COORDINATOR)) == 1
    for copy in copies:
        put_back(copy, profile)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)
    with pytest.raises(RecordMissing):
        read_intake(desk, draft.id)
    assert desk.station.of_kind(SUBMISSION) == []
    gate.lock()


def test_without_a_ledger_an_old_copy_does_bring_it_back(desks: Desks, profile: Profile) -> None:
    """Negative control: it is the ledger that does it."""
    record, copy = purged(desks, profile)
    put_back(copy, profile)
    shutil.rmtree(profile.folder / "ledger")
    gate = profile.gate()
    desk = profile.unlock(gate, Role.FRONT_DESK)
    assert desk.care_file.record(record)
    gate.lock()

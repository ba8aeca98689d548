"""What was purged goes from backups too: from those in reach at once, from a stick when it is back.

No backup is ever changed where it lies; each is whole and tested afterwards.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from backup_world import forget_looks, nobody, shelf
from ending_world import VALUES, later, left, ordered, planted
from profiles import Desks, Profile

from intake_app.disk.backup_folder import Shelf, faults_of
from intake_app.domain.errors import DiskFull
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.backup.keeping import back_up_now, settle_backups
from intake_app.services.backup.places import add_place
from intake_app.services.desk import Desk
from intake_app.services.purging.purging import removed
from intake_app.services.purging.settling import clear_backups
from intake_app.storage import copies
from intake_app.vault.page_reader import pieces


def backed_up(desks: Desks, *places: Path) -> tuple[Desk, RecordId, str]:
    """Somebody is in a backup, here and in other places."""
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator)
    for place in places:
        place.mkdir()
        add_place(coordinator, place)
    return coordinator, record, back_up_now(coordinator).moment


def purged(desks: Desks, profile: Profile, record: RecordId) -> Desk:
    """The order is carried out at the next sign-in."""
    ordered(desks, record)
    later(profile, hours=73)
    gate = profile.gate()
    profile.unlock(gate, Role.COORDINATOR)
    gate.lock()
    return desks(Role.COORDINATOR)


def values_in(desk: Desk, at: Shelf, moment: str) -> list[str]:
    """What a thief with the key finds in care.db of a backup."""
    assert desk.backup
    [key, *_] = desk.backup.seal.file_keys(at.root / moment, Compartment.CARE)
    return left(b"".join(pieces(at.root / moment / "care.db", key)))


def test_backups_in_reach_hold_nothing_of_it_and_stay_whole(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    coordinator, record, moment = backed_up(desks, tmp_path / "share")
    share = Shelf(tmp_path / "share" / shelf(profile).root.name)
    for at in (shelf(profile), share):
        assert set(values_in(coordinator, at, moment)) == set(VALUES), "it is in there"
    desk = purged(desks, profile, record)
    for at in (shelf(profile), share):
        assert values_in(desk, at, moment) == []
        assert faults_of(at, moment) == []
        seen = at.seen(moment)
        assert seen
        assert seen.tested["care"], "tested as it is now"
    (done,) = removed(desk)
    assert done.unreached == ()


def test_a_stick_that_was_away_is_named_and_cleared_when_it_is_back(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    _, record, moment = backed_up(desks, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "drawer")
    desk = purged(desks, profile, record)
    (done,) = removed(desk)
    assert [name for name, _, _ in done.unreached] == [f"stick {moment}"]
    (_, made, ends) = done.unreached[0]
    assert made < ends
    (tmp_path / "drawer").rename(tmp_path / "stick")
    forget_looks(desk)
    assert settle_backups(desk, nobody)
    stick = Shelf(tmp_path / "stick" / shelf(profile).root.name)
    assert values_in(desk, stick, moment) == []
    assert faults_of(stick, moment) == []
    assert (stick.ledger / "purged.jsonl").read_bytes() == (
        profile.folder / "ledger" / "purged.jsonl"
    ).read_bytes(), "whoever restores from it reads what must not come back"


def test_a_file_that_was_copied_while_it_was_shut_is_cleared_by_who_opens_it(
    desks: Desks, profile: Profile
) -> None:
    _, record, _ = backed_up(desks)
    ordered(desks, record)
    later(profile, hours=73)
    settle_backups(desks(Role.RECEPTION), nobody)  # due, and not carried out in care.db yet
    moment = shelf(profile).moments()[0]
    coordinator = purged_by_sign_in(profile)
    try:
        assert settle_backups(coordinator.desk, nobody)
        assert values_in(coordinator.desk, shelf(profile), moment) == []
    finally:
        coordinator.lock()


class purged_by_sign_in:
    """The coordinator signs in anew: what is due is carried out."""

    def __init__(self, profile: Profile) -> None:
        self._gate = profile.gate()
        self.desk = profile.unlock(self._gate, Role.COORDINATOR)

    def lock(self) -> None:
        self._gate.lock()


@pytest.mark.parametrize("step", ["write_whole", "sync_folder", "examine", "copy_file"])
def test_stopped_at_any_step_a_backup_is_whole_and_the_next_time_goes_on(
    desks: Desks, profile: Profile, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    coordinator, record, moment = backed_up(desks)
    ordered(desks, record)
    later(profile, hours=73)

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(copies, step, full)
        gate = profile.gate()
        profile.unlock(gate, Role.COORDINATOR)
        gate.lock()
        assert faults_of(shelf(profile), moment) == []
    with suppress(DiskFull):
        clear_backups(coordinator)
    assert faults_of(shelf(profile), moment) == []
    assert values_in(coordinator, shelf(profile), moment) == []

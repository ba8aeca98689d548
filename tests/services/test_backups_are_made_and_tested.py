"""One is made each day by itself, brought everywhere, and called good once it was tested."""

import errno
import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from backup_world import day_of, flip, forget_looks, newest, nobody, shelf
from profiles import Desks, Profile

from intake_app.disk import backup_folder
from intake_app.disk.backup_folder import faults_of
from intake_app.domain.backup_errors import PlaceTaken
from intake_app.domain.clock import stamp
from intake_app.domain.errors import DiskFull, NotAllowed
from intake_app.domain.roles import Role
from intake_app.domain.trust import Light
from intake_app.services.backup import making
from intake_app.services.backup.keeping import back_up_now, is_due, look_through_all, settle_backups
from intake_app.services.backup.places import Stick, add_place, places, plugged_in, remove_place
from intake_app.services.backup.telling import backup_line, check_backups, check_disk
from intake_app.services.desk import Desk
from intake_app.settings.backups import read_backups
from intake_app.storage import backup_files
from intake_app.words import Words

WORDS = Words()


def lights(desk: Desk) -> dict[str, Light]:
    return {one.id: one.light for one in check_backups(desk, WORDS)}


def looked_through(profile: Profile) -> set[str]:
    return {name for name, at in newest(shelf(profile)).tested.items() if at}


def test_each_day_the_first_sign_in_makes_one(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.FRONT_DESK)
    assert settle_backups(desk, nobody)
    assert settle_backups(desk, nobody), "a second time there is nothing to do"
    assert len(shelf(profile).moments()) == 1
    profile.clock.at += timedelta(hours=21)
    assert settle_backups(desk, nobody)
    assert len(shelf(profile).moments()) == 2


def test_what_nobody_here_can_open_is_copied_and_tested_when_somebody_can(
    desks: Desks, profile: Profile
) -> None:
    desk = desks(Role.RECEPTION)
    settle_backups(desk, nobody)
    assert looked_through(profile) == {"station"}
    assert lights(desk)["backup_care"] is Light.AMBER
    assert "not all of it tested" in backup_line(desk, WORDS)
    assert faults_of(shelf(profile), newest(shelf(profile)).moment) == []
    settle_backups(desks(Role.COORDINATOR), nobody)
    assert looked_through(profile) == {"station", "care", "cases"}
    settle_backups(desks(Role.PRIVACY_OFFICER), nobody)
    assert newest(shelf(profile)).is_tested
    assert len(shelf(profile).moments()) == 1, "the same backup, tested further"
    assert backup_line(desk, WORDS) == "Last tested backup: today, 9:30 AM"
    assert set(lights(desk).values()) == {Light.GREEN, Light.AMBER}, "only: all on one computer"


def test_it_comes_to_every_place_and_is_tested_there(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    desk = desks(Role.COORDINATOR)
    for name in ("share", "disk"):
        (tmp_path / name).mkdir()
        add_place(desk, tmp_path / name)
    made = back_up_now(desk)
    assert [one.backups[0].moment for one in made.places] == [made.moment] * 3
    assert [set(one.backups[0].tested.values()) for one in made.places] == [
        {stamp(profile.clock), ""}
    ] * 3
    assert lights(desk)["backup_station"] is Light.GREEN
    assert "backups_elsewhere" not in lights(desk)


def test_a_place_that_does_not_answer_is_told_and_gets_it_later(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    desk, share = desks(Role.COORDINATOR), tmp_path / "share"
    share.mkdir()
    place = add_place(desk, share)
    back_up_now(desk)
    share.rename(tmp_path / "away")
    profile.clock.at += timedelta(days=8)
    settle_backups(desk, nobody)
    told = next(one for one in places(desk) if one.place.id == place.id)
    assert (told.is_reached, told.place.trouble, len(told.backups)) == (False, "PlaceMissing", 1)
    assert lights(desk)[f"backup_place_{place.id}"] is Light.RED
    (tmp_path / "away").rename(share)
    forget_looks(desk)
    settle_backups(desk, nobody)
    told = next(one for one in places(desk) if one.place.id == place.id)
    assert (told.is_reached, told.place.trouble, len(told.backups)) == (True, "", 2)


def test_an_empty_folder_in_the_place_of_a_drive_gets_nothing(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    """The share is not mounted: what lies under its mount point is another disk."""
    desk, share = desks(Role.COORDINATOR), tmp_path / "share"
    share.mkdir()
    add_place(desk, share)
    shutil.rmtree(share)
    share.mkdir()
    back_up_now(desk)
    assert list(share.iterdir()) == []


def test_a_stick_is_known_again_wherever_it_is_plugged_in(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    desk = desks(Role.COORDINATOR)
    plugged: list[Stick] = [Stick(tmp_path / "usb1", "CITY")]
    assert desk.backup
    desk = _with_drives(desk, plugged)
    plugged[0].path.mkdir()
    assert [one.name for one in plugged_in(desk)] == ["CITY"]
    place = add_place(desk, plugged[0].path, "CITY")
    assert place.kind == "stick"
    assert plugged_in(desk) == [], "it is a place now"
    back_up_now(desk)
    (tmp_path / "usb1").rename(tmp_path / "usb7")
    plugged[0] = Stick(tmp_path / "usb7", "CITY")
    profile.clock.at += timedelta(days=1)
    made = back_up_now(desk)
    assert [one.is_reached for one in made.places] == [True, True]
    assert read_backups(profile.folder).places[1].path == str(tmp_path / "usb7")


def test_a_damaged_byte_is_found_and_never_called_good(
    desks: Desks, profile: Profile, tmp_path: Path
) -> None:
    desk = desks(Role.RECEPTION)
    settle_backups(desk, nobody)
    moment = newest(shelf(profile)).moment
    flip(shelf(profile).root / moment / "care.db")
    assert faults_of(shelf(profile), moment) == ["care.db"]
    coordinator = desks(Role.COORDINATOR)
    look_through_all(coordinator)
    assert looked_through(profile) == {"station", "cases"}
    assert lights(coordinator)["backup_care"] is Light.AMBER


def test_a_test_that_nobody_signed_counts_for_nothing(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.RECEPTION)
    settle_backups(desk, nobody)
    at = shelf(profile)
    moment = newest(at).moment
    signed = (at.root / moment / "station.tested").read_text("ascii")
    head, body, tail = signed.split(".")
    (at.root / moment / "care.tested").write_text(signed)  # of another file
    coordinator = desks(Role.COORDINATOR)
    places(coordinator)
    assert lights(desk)["backup_care"] is Light.AMBER
    (at.root / moment / "station.tested").write_text(f"{head}.{body}.{tail[::-1]}")
    places(coordinator)
    assert lights(desk)["backup_station"] is not Light.GREEN


def test_a_manifest_that_was_changed_is_no_backup(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    back_up_now(desk)
    at = shelf(profile)
    manifest = at.root / newest(at).moment / "manifest.jws"
    head, body, tail = manifest.read_text("ascii").split(".")
    manifest.write_text(f"{head}.{body}.{tail[::-1]}")
    (here,) = places(desk)
    assert here.backups == ()
    assert lights(desk)["backup_station"] is Light.RED


def test_no_space_at_any_byte_leaves_all_older_ones(
    desks: Desks, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks(Role.COORDINATOR)
    first = back_up_now(desk).moment
    before = {one.name: one.read_bytes() for one in (shelf(profile).root / first).iterdir()}
    refused = 0
    for room in range(0, 900_000, 30_011):
        profile.clock.at += timedelta(days=1)
        with monkeypatch.context() as patch:
            _allow(patch, room)
            try:
                back_up_now(desk)
                break
            except DiskFull:
                refused += 1
        left = [one.name for one in shelf(profile).root.iterdir() if one.name != "ledger"]
        assert left == [first], "nothing of it lies there"
    assert refused > 5
    assert before == {one.name: one.read_bytes() for one in (shelf(profile).root / first).iterdir()}
    assert faults_of(shelf(profile), first) == []


def test_a_chore_that_finds_no_space_remembers_it_and_keeps_nobody_from_working(
    desks: Desks, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks(Role.COORDINATOR)

    def hardly_any(_path: Path) -> int:
        return 1000

    monkeypatch.setattr(making, "free_bytes", hardly_any)
    assert settle_backups(desk, nobody)
    assert read_backups(profile.folder).places[0].trouble == "DiskFull"
    assert lights(desk)["backup_station"] is Light.RED


def test_whoever_waits_for_the_worker_gets_it_and_nothing_is_left(
    desks: Desks, profile: Profile
) -> None:
    desk = desks(Role.COORDINATOR)
    assert not settle_backups(desk, lambda: True)
    assert shelf(profile).moments() == []
    assert not list(shelf(profile).root.glob("*.part"))
    assert settle_backups(desk, nobody)


def test_a_backup_that_is_long_overdue_is_no_longer_put_off(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    settle_backups(desk, nobody)
    profile.clock.at += timedelta(hours=49)
    assert settle_backups(desk, lambda: True)
    assert len(shelf(profile).moments()) == 2


def test_other_keys_make_one_the_same_day(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    settle_backups(desk, nobody)
    profile.clock.at += timedelta(hours=2)
    assert not is_due(desk)
    key_file = profile.folder / "vault.json"
    told = json.loads(key_file.read_bytes())
    key_file.write_text(json.dumps({**told, "heads": []}))
    assert not is_due(desk), "nobody else opens the files"
    key_file.write_text(json.dumps({**told, "recovery": {}}))
    assert is_due(desk)


def test_they_are_thinned_and_expire(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    for _ in range(30):
        profile.clock.at += timedelta(days=1)
        assert settle_backups(desk, nobody)
    moments = shelf(profile).moments()
    assert 15 <= len(moments) <= 19
    profile.clock.at += timedelta(days=400)
    settle_backups(desk, nobody)
    assert len(shelf(profile).moments()) == 1


def test_what_is_written_while_a_file_is_shut_is_in_it(desks: Desks, profile: Profile) -> None:
    """Its last user was killed: what they wrote lies in the log beside the file."""
    coordinator = desks(Role.COORDINATOR)
    coordinator.care_file.note(coordinator.act("look"))
    assert (profile.folder / "care.db-wal").stat().st_size > 0
    settle_backups(desks(Role.RECEPTION), nobody)
    names = {one.name for one in shelf(profile).manifest(newest(shelf(profile)).moment).files}
    assert "care.db-wal" in names
    settle_backups(coordinator, nobody)
    assert "care" in looked_through(profile)


def test_who_may_not_keep_backups_is_refused(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.FRONT_DESK)
    for act in (back_up_now, places, look_through_all, plugged_in):
        with pytest.raises(NotAllowed):
            act(desk)
    with pytest.raises(NotAllowed):
        add_place(desk, profile.folder.parent)


def test_a_place_inside_the_profile_is_none(desks: Desks, profile: Profile, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    for folder in (profile.folder, profile.folder / "backups"):
        folder.mkdir(exist_ok=True)
        with pytest.raises(PlaceTaken):
            add_place(desk, folder)
    (tmp_path / "share").mkdir()
    place = add_place(desk, tmp_path / "share")
    with pytest.raises(PlaceTaken):
        add_place(desk, tmp_path / "share")
    remove_place(desk, place.id)
    assert [one.is_here for one in read_backups(profile.folder).places] == [True]
    assert add_place(desk, tmp_path / "share").id == place.id, "the place that it was"


def test_the_disk_is_told_of(desks: Desks, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    assert check_disk(desk, WORDS).light is Light.GREEN
    for _ in range(3):
        day_of(profile, Role.COORDINATOR)
    assert len(read_backups(profile.folder).rooms) == 3


def test_a_copy_that_is_not_what_was_copied_is_found(
    desks: Desks, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control of the reading back: a disk that lies."""
    desk = desks(Role.COORDINATOR)
    right = backup_folder.hash_of

    def lies(file: Path, is_wanted: backup_folder.Wanted = nobody) -> str:
        said = right(file, is_wanted)
        return said[::-1] if file.name == "vault.json" else said

    monkeypatch.setattr(backup_folder, "hash_of", lies)
    settle_backups(desk, nobody)
    assert shelf(profile).moments() == []
    assert read_backups(profile.folder).places[0].trouble == "StorageFailed"


def _with_drives(desk: Desk, plugged: list[Stick]) -> Desk:
    assert desk.backup
    return replace(desk, backup=replace(desk.backup, drives=lambda: plugged))


def _allow(patch: pytest.MonkeyPatch, room: int) -> None:
    """The disk takes so many bytes more of a backup, then none."""
    left = [room]
    plain = open

    class Small:
        def __init__(self, file: Any) -> None:  # noqa: ANN401
            self._file = file

        def write(self, data: bytes) -> int:
            if left[0] < len(data):
                self._file.write(data[: left[0]])
                raise OSError(errno.ENOSPC, "full")
            left[0] -= len(data)
            return self._file.write(data)

        def __enter__(self) -> "Small":
            self._file.__enter__()
            return self

        def __exit__(self, *ended: object) -> None:
            self._file.__exit__(*ended)

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            return getattr(self._file, name)

    def small(file: Any, mode: str = "r", *more: Any) -> Any:  # noqa: ANN401
        opened = plain(file, mode, *more)
        return Small(opened) if "w" in mode else opened

    patch.setattr(backup_folder, "open", small, raising=False)
    patch.setattr("intake_app.disk.atomic.open", small, raising=False)
    _small_snapshots(patch, left)


def _small_snapshots(patch: pytest.MonkeyPatch, left: list[int]) -> None:
    plain = backup_files.create

    def create(path: Path, key: bytes) -> Any:  # noqa: ANN401
        db = plain(path, key)
        db.conn.execute(f"PRAGMA max_page_count = {max(1, left[0] // 4096)}").fetchone()
        return db

    patch.setattr(backup_files, "create", create)

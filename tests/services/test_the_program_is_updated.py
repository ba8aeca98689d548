"""From a stick to the new version, and back: what an administrator sees, and what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from backup_world import flip, shelf
from profiles import Desks, Profile
from update_world import HERE, Publisher, deb, parts, with_updates

from intake_app.disk.update_folder import KeptUpdates
from intake_app.domain.errors import NotAllowed
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.trust import Light
from intake_app.domain.update import Here
from intake_app.domain.update_errors import (
    BackupBeforeFailed,
    NoPublisher,
    NoRoomForUpdate,
    NoUpdateHere,
    NoWayBack,
    RunsFromSource,
    UpdateChanged,
    UpdateIsOlder,
)
from intake_app.services.backup import keeping
from intake_app.services.desk import Desk
from intake_app.services.trust.machine import check_program
from intake_app.services.updates import looking
from intake_app.services.updates.arriving import settle_version
from intake_app.services.updates.going_back import way_back
from intake_app.services.updates.looking import look_at, waiting
from intake_app.services.updates.preparing import keep_own, prepare, prepared
from intake_app.services.updates.telling import (
    as_typed,
    since_in_words,
    version_told,
    way_back_in_words,
)
from intake_app.settings.updates import FOLDER, UpdateNotes, keep_notes, read_notes
from intake_app.words import Words

NEW = Here("0.2.0", HERE.system, 8)


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def stick(tmp_path: Path, publisher: Publisher) -> Path:
    publisher.publish(tmp_path / "stick", "0.2.0", schema=8)
    return tmp_path / "stick"


@pytest.fixture
def admin(desks: Desks, profile: Profile, publisher: Publisher) -> Desk:
    return with_updates(desks(Role.ADMINISTRATOR), profile.folder, publisher)


def verbs(desk: Desk) -> list[str]:
    """Of all lines of the audit trail of the station."""
    assert desk.audit
    return [line.act.what for line in desk.audit.trails[Compartment.STATION].after(0)]


def test_an_update_is_prepared_after_a_tested_backup(
    admin: Desk, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    ready = prepare(admin, look_at(admin, stick))
    seen = shelf(profile).seen(ready.step.backup)
    assert seen is not None
    assert seen.tested["station"], "it was opened"
    assert ready.package.read_bytes() == deb(stick, "0.2.0").read_bytes()
    assert ready.package.is_relative_to(profile.folder / FOLDER)
    assert as_typed(ready.command, is_administrator=True) == (
        f"sudo /opt/intake-app/intake-app update install {profile.folder / FOLDER / '0.2.0'}"
    )
    assert prepared(admin) == ready


def test_what_was_prepared_and_changed_since_is_not_offered(admin: Desk, stick: Path) -> None:
    ready = prepare(admin, look_at(admin, stick))
    flip(ready.package)
    with pytest.raises(UpdateChanged):
        prepared(admin)


def test_a_stick_swapped_while_the_backup_runs_is_noticed(
    admin: Desk, publisher: Publisher, stick: Path, profile: Profile
) -> None:
    offer = look_at(admin, stick)
    flip(deb(stick, "0.2.0"))
    with pytest.raises(UpdateChanged):
        prepare(admin, offer)
    assert KeptUpdates(profile.folder / FOLDER).versions() == []
    assert read_notes(profile.folder).waiting is None


def test_a_backup_that_is_not_good_stops_it(
    admin: Desk, stick: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = look_at(admin, stick)
    real = keeping.make_backup

    def broken(desk: Desk, is_wanted: Callable[[], bool]) -> str:
        moment = real(desk, is_wanted)
        flip(shelf(profile).root / moment / "station.db")
        return moment

    monkeypatch.setattr(keeping, "make_backup", broken)
    with pytest.raises(BackupBeforeFailed):
        prepare(admin, offer)
    assert read_notes(profile.folder).waiting is None


def test_only_an_administrator_updates(
    desks: Desks, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    """The table of roles is tried in full by `test_roles_hold_in_every_service`."""
    desk = with_updates(desks(Role.SUPERVISOR), profile.folder, publisher)
    with pytest.raises(NotAllowed):
        look_at(desk, stick)


def test_no_room_is_said_before_anything_is_done(
    admin: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def little(_path: Path) -> int:
        return 400 * 1024 * 1024

    monkeypatch.setattr(looking, "free_bytes", little)
    with pytest.raises(NoRoomForUpdate):
        look_at(admin, stick)


def test_what_was_not_installed_by_a_package_is_not_updated_by_one(
    desks: Desks, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    here = Here("", HERE.system, 7)
    with pytest.raises(RunsFromSource):
        look_at(with_updates(desks(Role.ADMINISTRATOR), profile.folder, publisher, here), stick)


def test_this_checkout_takes_no_update(desks: Desks, stick: Path) -> None:
    """As it is wired: no publisher has set a key."""
    with pytest.raises(NoPublisher):
        look_at(desks(Role.ADMINISTRATOR), stick)


def test_the_new_version_is_noted_once(
    admin: Desk, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    settle_version(admin)
    ready = prepare(admin, look_at(admin, stick))
    profile.clock.at += timedelta(days=1)
    new = with_updates(admin, profile.folder, publisher, NEW)
    for _ in range(2):
        settle_version(new)
    trail = verbs(new)
    assert trail.count("update program 0.1.0 to 0.2.0") == 1
    assert [one for one in trail if one.startswith("prepare update")] == [
        "prepare update 0.1.0 to 0.2.0"
    ]
    told = version_told(new)
    assert told.before
    assert told.before.backup == ready.step.backup
    said = "Version 0.2.0, here since Nov 24, 2026; before it 0.1.0."
    assert since_in_words(told, Words()) == said
    assert check_program(new, Words()).found == said
    assert prepared(new) is None


def test_the_trust_page_names_a_stick_that_holds_a_newer_version(
    desks: Desks, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    drive = type("Drive", (), {"path": stick, "name": "CITY"})()
    plain = desks(Role.SUPERVISOR)
    desk = with_updates(plain, profile.folder, publisher, drives=lambda: [drive])
    found = check_program(desk, Words())
    assert found.light is Light.AMBER
    assert "Version 0.2.0 waits on “CITY”." in found.found
    flip(next(stick.glob("*.update")), 300)
    assert waiting(desk) is None
    assert check_program(desk, Words()).light is Light.GREEN


def test_so_does_the_folder_where_one_was_looked_for_last(
    desks: Desks, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    desk = with_updates(desks(Role.SUPERVISOR), profile.folder, publisher)
    keep_notes(profile.folder, UpdateNotes(place=str(stick)))
    assert "Version 0.2.0 waits on “stick”." in check_program(desk, Words()).found


# --- back -----------------------------------------------------------------------------------------


def test_the_way_back_with_files_of_the_same_form_loses_nothing(
    admin: Desk, profile: Profile, publisher: Publisher, tmp_path: Path
) -> None:
    stick = tmp_path / "both"
    publisher.publish(stick, "0.1.0")
    publisher.publish(stick, "0.2.0")
    settle_version(admin)
    prepare(admin, look_at(admin, stick))
    settle_version(with_updates(admin, profile.folder, publisher, replace(NEW, schema=7)))
    way = way_back(
        parts(profile.folder, publisher, replace(NEW, schema=7)), shelf(profile).root
    )  # fmt: skip
    assert way.restore == ()
    assert "--back" in way.install
    assert "Nothing is lost" in " ".join(way_back_in_words(way, Words(), needs_sudo=True))


def test_the_way_back_with_files_of_a_newer_form_names_what_is_not_in_the_backup(
    admin: Desk, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    publisher.publish(stick, "0.1.0")
    settle_version(admin)
    step = prepare(admin, look_at(admin, stick)).step
    profile.clock.at += timedelta(hours=1)
    settle_version(with_updates(admin, profile.folder, publisher, NEW))
    way = way_back(parts(profile.folder, publisher, NEW), shelf(profile).root)
    assert way.restore[-4:] == ("--backup", step.backup, "--profile", str(profile.folder))
    said = way_back_in_words(way, Words(), needs_sudo=True)
    assert said[2].startswith("sudo /opt/intake-app/intake-app update install --back ")
    assert "after Mon, Nov 23" in said[-1]


def test_without_the_package_of_before_there_is_no_way_back(
    admin: Desk, profile: Profile, publisher: Publisher, stick: Path
) -> None:
    prepare(admin, look_at(admin, stick))
    with pytest.raises(NoWayBack):
        way_back(parts(profile.folder, publisher, NEW), shelf(profile).root)


def test_the_package_that_runs_here_can_be_kept_by_itself(
    admin: Desk, profile: Profile, publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    with pytest.raises(NoUpdateHere):
        keep_own(admin, stick)
    publisher.publish(tmp_path / "old", "0.1.0")
    assert keep_own(admin, tmp_path / "old") == "0.1.0"
    prepare(admin, look_at(admin, stick))
    assert KeptUpdates(profile.folder / FOLDER).versions() == ["0.2.0", "0.1.0"]


def test_a_kept_package_that_was_changed_is_no_way_back(
    admin: Desk, profile: Profile, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.publish(tmp_path / "old", "0.1.0")
    keep_own(admin, tmp_path / "old")
    flip(deb(profile.folder / FOLDER / "0.1.0", "0.1.0"))
    with pytest.raises(UpdateChanged):
        way_back(parts(profile.folder, publisher, NEW), shelf(profile).root)


def test_an_older_update_is_no_way_back_by_itself(
    desks: Desks, profile: Profile, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.publish(tmp_path / "old", "0.1.0")
    desk = with_updates(desks(Role.ADMINISTRATOR), profile.folder, publisher, NEW)
    with pytest.raises(UpdateIsOlder):
        look_at(desk, tmp_path / "old")

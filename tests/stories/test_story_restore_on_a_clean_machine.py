"""The computer is gone; a stick and a card are not. On a new one the department goes on."""

import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import pytest
from lost_computer import NEW_WORDS, LostComputer
from purge_story import purged_after
from test_story_backup_comes_back import agree, digests, take
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.backup import REGISTRY
from intake_app.domain.backup_errors import BackupBroken, NoBackupHere, RecordsHere
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import (
    BadRecoveryCard,
    DeviceSecretMissing,
    IntakeError,
    NotAllowed,
    WrongPassphrase,
)
from intake_app.domain.roles import Compartment, Role
from intake_app.services.backup.keeping import back_up_now, settle_backups
from intake_app.services.backup.places import add_place
from intake_app.services.intakes.people import find_people
from intake_app.services.signing.bringing_back import Opener
from intake_app.services.signing.setting_up import add_entries
from intake_app.services.training.training import take_fictional_intakes
from intake_app.vault.own_streams import OwnStreams
from intake_app.vault.vault import Vault


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> LostComputer:
    """Made once; each story plays in a copy."""
    folder = tmp_path_factory.mktemp("lost")
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    return LostComputer.founded(folder, clock, keyring=False)


@pytest.fixture
def lost(founded: LostComputer, tmp_path: Path) -> LostComputer:
    shutil.copytree(founded.old, tmp_path / "old")
    (tmp_path / "stick").mkdir()
    return LostComputer(
        tmp_path / "old", tmp_path / "new", tmp_path / "stick", FixedClock(founded.clock.at),
        founded.people, founded.cards,
    )  # fmt: skip


@pytest.fixture
def keyrings(monkeypatch: pytest.MonkeyPatch) -> list[dict[tuple[str, str], str]]:
    """What this computer's keyring holds; a new computer begins with an empty one."""
    kept: list[dict[tuple[str, str], str]] = [{}]

    def get(service: str, name: str) -> str | None:
        return kept[0].get((service, name))

    def put(service: str, name: str, value: str) -> None:
        kept[0][service, name] = value

    def drop(service: str, name: str) -> None:
        kept[0].pop((service, name), None)

    for name, act in (("get", get), ("set", put), ("delete", drop)):
        monkeypatch.setattr(keyring, f"{name}_password", act)
    return kept


def test_a_card_brings_everything_back_in_seconds(lost: LostComputer) -> None:
    lost.back_up()
    before = lost.digests(lost.old)
    shutil.rmtree(lost.old)
    begun = time.process_time()  # others may be busy meanwhile
    found = lost.gate.look(lost.stick)
    assert [one.is_tested for one in found] == [True]
    assert found[0].words == lost.cards[0].department, "the same words as on the card"
    brought = lost.brought_back()
    assert [one.compartment for one in brought.files] == list(Compartment)
    assert all(one.is_opened for one in brought.files)
    gate = ProfileGate(lost.new, lost.clock)
    assert gate.has_department()
    assert gate.department() == brought.department
    gate.recover(lost.words(), lost.person(Role.COORDINATOR).user_name, NEW_WORDS)
    assert lost.digests(lost.new, NEW_WORDS) == before
    assert time.process_time() - begun < 20, "the figures in docs/backups.md were taken here"


def test_it_goes_on_as_the_same_station_in_numbers_of_its_own(lost: LostComputer) -> None:
    lost.back_up()
    old = OwnStreams.of(lost.old).stream
    lost.brought_back()
    again = LostComputer(lost.old, lost.new.with_name("third"), lost.stick, lost.clock,
                         lost.people, lost.cards)  # fmt: skip
    again.brought_back(number=2)
    streams = {OwnStreams.of(one).stream for one in (lost.new, again.new)}
    assert {one.station for one in streams} == {old.station}
    assert len({old.epoch, *(one.epoch for one in streams)}) == 3, "no two count under one name"
    with lost.at(lost.new, Role.COORDINATOR) as desk:
        take_fictional_intakes(desk, 1, 7, "self_referral")
        assert desk.exchange is not None
        state = desk.exchange.round(cut_now=True)
        assert state.is_put_back
        assert state.stopped is None
    assert not (lost.new / "restored.json").exists()


def test_passphrases_of_the_old_computer_need_its_keyring_and_a_card_does_not(
    keyrings: list[dict[tuple[str, str], str]], tmp_path: Path, clock: FixedClock
) -> None:
    lost = LostComputer.founded(tmp_path, clock, keyring=True)
    lost.back_up()
    keyrings[0] = {}  # another computer
    who = lost.person(Role.COORDINATOR)
    [found] = lost.gate.look(lost.stick)
    with pytest.raises(DeviceSecretMissing):
        lost.gate.bring_back(found, Opener("", who.user_name, who.passphrase))
    assert not lost.new.exists(), "nothing is left of it"
    lost.brought_back()
    with pytest.raises(DeviceSecretMissing), lost.at(lost.new, Role.COORDINATOR):
        pass
    gate = ProfileGate(lost.new, clock)
    gate.recover(lost.words(), who.user_name, NEW_WORDS)
    with lost.at(lost.new, Role.COORDINATOR, NEW_WORDS) as desk:
        assert desk.care is not None


def test_a_holder_brings_it_back_without_a_card(lost: LostComputer) -> None:
    lost.back_up()
    who = lost.person(Role.COORDINATOR)
    [found] = lost.gate.look(lost.stick)
    brought = lost.gate.bring_back(found, Opener("", who.user_name, who.passphrase))
    assert {one.compartment: one.is_opened for one in brought.files} == {
        Compartment.STATION: True, Compartment.CARE: True, Compartment.CASES: True,
        Compartment.SEALED: False,
    }  # fmt: skip
    with lost.at(lost.new, Role.PRIVACY_OFFICER) as desk:
        assert desk.sealed is not None


def test_what_was_purged_after_the_backup_is_not_shown(lost: LostComputer) -> None:
    """The ledger lies beside the backups, and is read before a record is shown."""
    name, moment = purged_after(lost)
    brought = lost.brought_back(moment)
    assert brought.purged == 1
    with lost.at(lost.new, Role.COORDINATOR) as desk:
        assert find_people(desk, name) == []
    control = LostComputer(lost.old, lost.new.with_name("control"), lost.stick, lost.clock,
                           lost.people, lost.cards)  # fmt: skip
    shutil.rmtree(next(lost.stick.glob("*/ledger")))
    control.brought_back(moment)
    with control.at(control.new, Role.COORDINATOR) as desk:
        assert find_people(desk, name), "negative control: it is the ledger that does it"


def test_who_left_after_the_backup_stays_out(lost: LostComputer) -> None:
    moment = lost.back_up()
    leaver = lost.person(Role.OFFICER)
    revoke(lost, leaver.user_name)
    lost.clock.at += timedelta(days=1)
    lost.back_up()
    brought = lost.brought_back(moment)
    assert brought.shut_out == 1
    content = (lost.new / "vault.json").read_text("utf-8")
    before = (next(lost.stick.glob("*")) / moment / "vault.json").read_text("utf-8")
    assert len(json.loads(content)["slots"]) == len(json.loads(before)["slots"]) - 1
    with pytest.raises(WrongPassphrase), lost.at(lost.new, Role.OFFICER):
        pass
    fresh = lost.new.with_name("theirs")
    [found, *_] = [one for one in lost.gate.look(lost.stick) if one.moment == moment]
    mine = ProfileGate(fresh, lost.clock).bringing_back
    with pytest.raises((NotAllowed, IntakeError)):
        mine.bring_back(found, Opener("", leaver.user_name, leaver.passphrase))
    assert not fresh.exists()
    (next(lost.stick.glob("*/ledger")) / REGISTRY).unlink()
    mine.bring_back(found, Opener("", leaver.user_name, leaver.passphrase))
    assert fresh.exists(), "negative control: it is the registry beside the backups that does it"


def test_a_folder_that_was_copied_by_hand_works_too(lost: LostComputer) -> None:
    """No identity, no manifest: `station` itself remembers who it is."""
    moment = lost.back_up()
    lost.new.mkdir()
    for name in ("vault.json", "station.db", "care.db", "cases.db", "sealed.db"):
        shutil.copy(next(lost.stick.glob("*")) / moment / name, lost.new / name)
    with lost.at(lost.new, Role.COORDINATOR) as desk:
        take_fictional_intakes(desk, 1, 7, "self_referral")
        assert desk.exchange is not None
        assert desk.exchange.state().is_put_back
    assert OwnStreams.of(lost.new).stream.epoch != OwnStreams.of(lost.old).stream.epoch
    assert ProfileGate(lost.new, lost.clock).department()


@pytest.mark.parametrize("name", ["vault.json", "station.db", "care.db", "sealed.db"])
def test_one_byte_that_is_another_brings_nothing_back(lost: LostComputer, name: str) -> None:
    moment = lost.back_up()
    file = next(lost.stick.glob("*")) / moment / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises((BackupBroken, NoBackupHere)):
        lost.brought_back()
    assert not lost.new.exists()


def test_files_of_two_backups_are_no_backup(lost: LostComputer) -> None:
    """Somebody swaps an older care.db in, and writes a manifest with its right hash."""
    first = lost.back_up()
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        take_fictional_intakes(desk, 1, 7, "self_referral")
    lost.clock.at += timedelta(days=1)
    second = lost.back_up()
    root = next(lost.stick.glob("*"))
    shutil.copy(root / first / "care.db", root / second / "care.db")
    with pytest.raises(BackupBroken):
        lost.brought_back(second)
    shutil.copy(root / first / "manifest.jws", root / second / "manifest.jws")
    assert [one.moment for one in lost.gate.look(lost.stick)] == [first]


def test_the_wrong_card_and_a_wrong_word_are_told(lost: LostComputer) -> None:
    lost.back_up()
    [found] = lost.gate.look(lost.stick)
    with pytest.raises(BadRecoveryCard):
        lost.gate.verify(found, Opener(lost.words().replace(lost.cards[0].words[3], "zzz", 1)))
    with pytest.raises(WrongPassphrase):
        lost.gate.verify(found, Opener("", "jlowe", "not this one at all"))
    assert not lost.new.exists()
    with pytest.raises(NoBackupHere):
        lost.gate.look(lost.new.parent / "nothing")


def test_nothing_is_put_over_records_unless_it_is_said(lost: LostComputer) -> None:
    lost.back_up()
    gate = ProfileGate(lost.old, lost.clock).bringing_back
    [found] = gate.look(lost.stick)
    with pytest.raises(RecordsHere):
        gate.bring_back(found, Opener(lost.words()))
    number = OwnStreams.of(lost.old).stream
    lost.clock.at += timedelta(minutes=1)
    brought = gate.bring_back(found, Opener(lost.words()), is_over=True)
    aside = lost.old / brought.aside
    assert {"care.db", "vault.json"} <= {one.name for one in aside.iterdir()}
    assert OwnStreams.of(lost.old).stream == number, "its identity survived: the numbers go on"
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        assert desk.care is not None
        assert desk.ending
        assert any(brought.aside in one.name.replace(" ", "-") for one in (
            desk.ending.copies.backups()
        )), "certificates name it"  # fmt: skip
        lost.clock.at += timedelta(days=91)
        settle_backups(desk, lambda: False)
    assert not aside.exists(), "what was put aside expires too"


def test_what_others_have_not_got_goes_to_them_again(two: TwoComputers, tmp_path: Path) -> None:
    """The trays are lost with the computer: what lay in them is sent anew, doubles are known."""
    two.enrolled()
    two.sync(two.front, Role.COORDINATOR)
    two.sync(two.back)
    agree(two)
    take(two, two.front)
    with two.at(two.front, Role.COORDINATOR) as desk:
        assert desk.exchange is not None
        desk.exchange.round(cut_now=True)  # in the tray, and carried nowhere
        (tmp_path / "backups").mkdir()
        add_place(desk, tmp_path / "backups")
        back_up_now(desk)
    who = two.person(Role.COORDINATOR)
    shutil.rmtree(two.front)
    gate = ProfileGate(two.front, two.clock).bringing_back
    [found] = gate.look(tmp_path / "backups")
    gate.bring_back(found, Opener("", who.user_name, who.passphrase))
    agree(two)
    assert digests(two, two.front) == digests(two, two.back)
    with two.at(two.back, Role.COORDINATOR) as desk:
        assert desk.exchange is not None
        assert all(one.trouble is None for one in desk.exchange.state().stations)


def test_what_was_sent_after_the_backup_comes_back_from_the_others(
    two: TwoComputers, tmp_path: Path
) -> None:
    two.enrolled()
    two.sync(two.front, Role.COORDINATOR)
    two.sync(two.back)
    agree(two)
    with two.at(two.front, Role.COORDINATOR) as desk:
        (tmp_path / "backups").mkdir()
        add_place(desk, tmp_path / "backups")
        back_up_now(desk)
    take(two, two.front)
    agree(two)
    before = digests(two, two.back)["care"]
    shutil.rmtree(two.front)
    gate, who = ProfileGate(two.front, two.clock).bringing_back, two.person(Role.COORDINATOR)
    [found] = gate.look(tmp_path / "backups")
    gate.bring_back(found, Opener("", who.user_name, who.passphrase))
    agree(two, rounds=3)
    assert digests(two, two.front)["care"] == before
    assert digests(two, two.front) == digests(two, two.back)


def revoke(lost: LostComputer, user_name: str) -> None:
    """An administrator shuts somebody out for ever."""
    gate, admin = ProfileGate(lost.old, lost.clock), lost.person(Role.ADMINISTRATOR)
    desk = gate.unlock(admin.user_name, admin.passphrase)
    assert gate._keys
    subject = next(one for one in desk.colleagues if one.user_name == user_name)
    entries = Vault.load(lost.old, lost.clock).revoke(gate._keys, subject.id)
    add_entries(desk.station, gate._keys.user, entries, "leaver")
    gate.lock()

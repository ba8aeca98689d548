"""A file that was restored from an older copy finds its way, and nothing acknowledged is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_carried import MUCH, Station, agree
from making import begun, edited, purged
from real_parts import KEY, SAVE

from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange import Taken
from intake_app.domain.ids import Epoch
from intake_app.storage.compartment import Compartment


@pytest.fixture
def annex(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    made = Station.new(tmp_path, clock, "annex")
    yield made
    made.close()


class Profile:
    """A station whose file is put back to earlier days."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._folder, self._clock = folder, clock
        self.station = Station.new(folder, clock, "front", "aaaaaa")

    def back_up(self, name: str) -> None:
        """A copy of the file as it is."""
        conn = self.station.file.database.conn
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self._folder / "front.db", self._folder / name)

    def restore(self, name: str) -> None:
        """The file as it was; what was sent is kept by the others."""
        sent = self.station.sent
        self.station.close()
        for tail in ("-wal", "-shm"):
            (self._folder / f"front.db{tail}").unlink(missing_ok=True)
        shutil.copy(self._folder / name, self._folder / "front.db")
        self.station = Station(Compartment.open(self._folder / "front.db", KEY, self._clock))
        self.station.sent = sent

    def go_on(self, epoch: str) -> None:
        """Begin a new epoch, and take what was sent in those before."""
        station = self.station
        station.files.begin_epoch(Epoch(epoch))
        station.take(station)


@pytest.fixture
def profile(tmp_path: Path, clock: FixedClock) -> Iterator[Profile]:
    made = Profile(tmp_path, clock)
    yield made
    made.station.close()


def test_new_changes_belong_to_the_new_epoch(profile: Profile) -> None:
    front = profile.station
    before = front.file.stamp()
    front.files.begin_epoch(Epoch("bbbbbb"))
    assert (before.split(".")[2], front.file.stamp().split(".")[2]) == ("aaaaaa", "bbbbbb")
    assert front.files.epoch == "bbbbbb"
    profile.back_up("copy.db")
    profile.restore("copy.db")
    assert profile.station.files.epoch == "bbbbbb"


def test_what_was_sent_comes_back_and_what_waited_goes_in_the_new_epoch(
    profile: Profile, annex: Station
) -> None:
    front = profile.station
    first, second = begun(front.file, last="Boggs"), begun(front.file, last="Lowe")
    front.save(first)
    profile.back_up("monday.db")  # the first waits in it
    front.send()
    front.save(second, edited(front.file, first.record, last="Bell"))
    front.send()
    annex.take(front)
    profile.restore("monday.db")
    front = profile.station
    assert front.files.waiting() == 1
    profile.go_on("bbbbbb")
    assert front.files.waiting() == 0
    front.save(begun(front.file, last="Price"))
    assert len(front.send()) == 1
    annex.take(front)
    assert agree(front, annex)
    names = {row.name for row in front.file.rows(front.file.order("intake"))}
    assert names == {"Bell", "Lowe", "Price"}


def test_the_same_copy_restored_twice_loses_nothing(profile: Profile, annex: Station) -> None:
    profile.back_up("monday.db")
    for epoch in ("bbbbbb", "cccccc"):
        front = profile.station
        front.save(begun(front.file, last=epoch))
        front.send()
        annex.take(front)
        profile.restore("monday.db")
        profile.go_on(epoch)
    front = profile.station
    front.save(begun(front.file, last="last"))
    front.send()
    annex.take(front)
    assert agree(front, annex)
    assert len(annex.file.order("intake")) == 3


def test_what_is_purged_while_it_waits_and_comes_back_is_counted(
    profile: Profile, annex: Station
) -> None:
    front = profile.station
    begin = begun(front.file, last="Boggs")
    front.save(begin)
    profile.back_up("monday.db")
    front.send()
    annex.take(front)
    annex.save(purged(annex.file, begin.record))
    annex.send()
    profile.restore("monday.db")
    front = profile.station
    front.take(annex)
    assert front.files.waiting() == 0
    profile.go_on("bbbbbb")
    assert agree(front, annex)


def test_what_was_cut_and_not_sealed_waits_again(profile: Profile, annex: Station) -> None:
    front = profile.station
    front.save(begun(front.file, last="Boggs"), begun(front.file, last="Lowe"))
    front.send(most=1)
    digest = front.files.set_digest()
    front.files.cut(front.stream, 2, MUCH)
    assert (front.files.waiting(), front.files.sealed_through(front.stream)) == (0, 1)
    assert front.files.renew_waiting(front.stream) == 1
    assert (front.files.waiting(), front.files.set_digest()) == (1, digest)
    front.send()
    annex.take(front)
    assert agree(front, annex)


def test_what_was_cut_in_the_epoch_before_goes_in_the_new_one(
    profile: Profile, annex: Station
) -> None:
    front = profile.station
    front.save(begun(front.file, last="Boggs"))
    front.files.cut(front.stream, 1, MUCH)
    front.files.begin_epoch(Epoch("bbbbbb"))
    front.save(begun(front.file, last="Lowe"))
    assert len(front.send()) == 2
    assert annex.take(front) == Taken(new=2)
    assert agree(front, annex)


def test_two_files_of_different_days_are_healed_each_by_its_own_bundles(
    tmp_path: Path, clock: FixedClock, annex: Station
) -> None:
    """`care` is of Monday, `cases` of Tuesday: neither knows what the other has."""
    day = {"care": 1, "cases": 2}
    for name, backed_up in day.items():
        folder = tmp_path / name
        folder.mkdir()
        profile, other = Profile(folder, clock), Station.new(folder, clock, "annex")
        for n in range(3):
            profile.station.save(begun(profile.station.file, last=f"day {n}"))
            profile.station.send()
            if n + 1 == backed_up:
                profile.back_up("copy.db")
        other.take(profile.station)
        profile.restore("copy.db")
        assert profile.station.files.applied() == {"front.aaaaaa": backed_up}
        profile.go_on("bbbbbb")
        assert agree(profile.station, other)
        profile.station.close()
        other.close()


def test_the_head_of_the_audit_chain_is_told(profile: Profile) -> None:
    front = profile.station
    assert front.files.audit_head() == ""
    front.save(begun(front.file))
    head = front.files.audit_head()
    front.file.note(SAVE)
    assert len(head) == 64
    assert front.files.audit_head() != head

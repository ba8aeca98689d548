"""A sealed draft that the disk refused waits in memory, and is written as soon as it can be."""

from pathlib import Path

import pytest

from intake_app.domain.draft import DraftEntry
from intake_app.domain.errors import DiskFull
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.intakes.unsaved_drafts import UnsavedDrafts

HERE, ELSEWHERE = Path("profile"), Path("training")


class Disk:
    """Drafts on a disk that may be full."""

    def __init__(self) -> None:
        self.kept: dict[RecordId, DraftEntry] = {}
        self.is_full = False

    def put(self, entry: DraftEntry) -> None:
        if self.is_full:
            raise DiskFull
        self.kept[entry.id] = entry

    def get(self, ident: RecordId) -> DraftEntry | None:
        return self.kept.get(ident)

    def all(self) -> list[DraftEntry]:
        return [*self.kept.values()]

    def remove(self, ident: RecordId) -> None:
        self.kept.pop(ident, None)

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        return

    def put_paper(self, draft: RecordId, ident: RecordId, body: bytes) -> None:
        return

    def papers(self, draft: RecordId) -> list[tuple[RecordId, bytes]]:
        return []


def draft(body: bytes, ident: str = "d1") -> DraftEntry:
    return DraftEntry(RecordId(ident), UserId("u"), "self_referral", "1", "2", "{}", body)


def test_it_is_refused_and_waits_then_it_is_written() -> None:
    waiting, disk = UnsavedDrafts(), Disk()
    drafts = waiting.over(disk, HERE)
    drafts.put(draft(b"old"))
    disk.is_full = True
    with pytest.raises(DiskFull):  # who is there is told
        drafts.put(draft(b"new"))
    assert waiting.count == 1
    again = waiting.over(disk, HERE)  # the next sign-in, and the disk is still full
    found = again.get(RecordId("d1"))
    assert found is not None
    assert found.body == b"new"
    assert [one.body for one in again.all()] == [b"new"]
    disk.is_full = False
    waiting.over(disk, HERE)
    assert disk.kept[RecordId("d1")].body == b"new"
    assert waiting.count == 0


def test_what_waits_for_another_profile_stays_out_of_this_one() -> None:
    waiting, disk, other = UnsavedDrafts(), Disk(), Disk()
    disk.is_full = True
    with pytest.raises(DiskFull):
        waiting.over(disk, HERE).put(draft(b"new"))
    there = waiting.over(other, ELSEWHERE)
    assert (there.all(), other.kept, waiting.count) == ([], {}, 1)


def test_what_ends_otherwise_waits_no_more() -> None:
    waiting, disk = UnsavedDrafts(), Disk()
    drafts = waiting.over(disk, HERE)
    disk.is_full = True
    with pytest.raises(DiskFull):
        drafts.put(draft(b"new"))
    drafts.remove(RecordId("d1"))
    assert (waiting.count, drafts.all()) == (0, [])

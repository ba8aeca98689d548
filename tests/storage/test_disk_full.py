"""No space at any page of a save: clear words, all as before, and it works when space returns."""

from pathlib import Path

import pytest
from making import begun, edited
from real_parts import SAVE, run_drill

from intake_app.domain.draft import DraftEntry
from intake_app.domain.errors import DiskFull
from intake_app.domain.ids import UserId, new_record_id
from intake_app.storage.compartment import Compartment
from intake_app.storage.drafts import Drafts

DRILL = Path(__file__).parent / "drills" / "small_disk.py"
ROOMY = 1_000_000


def pages(care: Compartment, limit: int) -> None:
    """Allow the file so many pages."""
    care.database.conn.execute(f"PRAGMA max_page_count = {limit}").fetchone()


def test_a_save_that_finds_no_page_changes_nothing_at_any_page(care: Compartment) -> None:
    first = begun(care, last="Boggs")
    care.apply([first], SAVE)
    changes = [begun(care, last=f"Lowe{i}", note="x" * 3000) for i in range(12)]
    changes.append(edited(care, first.record, last="Whitfield"))
    before, used = care.digest(), care.database.conn.execute("PRAGMA page_count").fetchone()[0]
    refused = 0
    for room in range(200):
        pages(care, used + room)
        try:
            care.apply(changes, SAVE)
            break
        except DiskFull:
            refused += 1
            assert care.digest() == before
            assert care.find("boggs", "intake")
            assert care.verify_audit() == 1
    assert refused > 5, "the drill must meet a full disk many times"
    assert len(care.order("intake")) == 13
    assert care.faults() == []


def test_a_draft_that_finds_no_page_keeps_the_one_before(care: Compartment) -> None:
    drafts, ident = Drafts(care.database), new_record_id()
    small = DraftEntry(ident, UserId("u1"), "self_referral", "then", "now", "{}", b"first")
    drafts.put(small)
    pages(care, care.database.conn.execute("PRAGMA page_count").fetchone()[0])
    large = DraftEntry(ident, UserId("u1"), "self_referral", "then", "later", "{}", bytes(90_000))
    with pytest.raises(DiskFull):
        drafts.put(large)
    assert drafts.get(ident) == small
    pages(care, ROOMY)
    drafts.put(large)
    assert drafts.get(ident) == large


def test_a_disk_that_takes_no_more_bytes_anywhere(tmp_path: Path) -> None:
    """The same against the operating system's own limit, byte by byte, in another process."""
    result = run_drill(DRILL, tmp_path)
    assert result["refused"] > 20
    assert result["changed_though_refused"] == 0
    assert result["faults"] == 0
    assert result["worked_afterwards"]


def test_the_words_say_what_happened_and_that_nothing_is_lost() -> None:
    assert "full" in DiskFull.sentence()
    assert "still here" in DiskFull.sentence()

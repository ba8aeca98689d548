"""Each migration is one transaction, and every earlier version of a file is brought up to date."""

from dataclasses import replace
from pathlib import Path

import pytest
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import StorageFailed
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage import driver, schema
from intake_app.storage.compartment import Compartment
from intake_app.storage.drafts import Drafts

NAMES = [migration.name for migration in schema.migrations.pending(driver.Database(memory=True))]


def declared(db: driver.Database) -> list[tuple[str, str]]:
    """All tables and indexes with their texts."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    return db.conn.execute(sql).fetchall()


@pytest.mark.parametrize("version", NAMES)
def test_a_file_that_stopped_before_a_version_is_brought_up_to_date(
    tmp_path: Path, clock: FixedClock, version: str
) -> None:
    fresh = Compartment.create(tmp_path / "new.db", KEY, clock, StationId("s"), Epoch("abcdef"))
    old = driver.create(tmp_path / "old.db", KEY)
    schema.migrations.apply(old, stop_before=version)
    schema.migrate(old)
    assert declared(old) == declared(fresh.database)
    old.conn.close()
    fresh.close()


def test_drafts_of_the_first_version_stay_and_were_not_handed_in(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "old.db"
    old = driver.create(path, KEY)
    schema.migrations.apply(old, stop_before="m002_drafts_are_handed_in")
    row = "('d1', 'u1', 'self_referral', 'begun', 'saved', '{}', x'0102')"
    old.conn.execute(f"INSERT INTO draft VALUES {row}")
    old.conn.execute("INSERT INTO draft_paper VALUES ('p1', 'd1', x'03')")
    old.conn.execute("INSERT INTO meta VALUES ('station', 's'), ('epoch', 'abcdef')")
    old.conn.close()
    opened = Compartment.open(path, KEY, clock)
    drafts = Drafts(opened.database)
    (entry,) = drafts.all()
    assert (entry.id, entry.body, entry.submitted) == ("d1", b"\x01\x02", "")
    drafts.mark_submitted(entry.id, "2026-11-23T09:30")
    drafts.mark_submitted(entry.id, "2026-11-24T09:30")  # it was handed in once
    drafts.put(replace(entry, body=b"\x04"))
    (after,) = drafts.all()
    assert (after.body, after.submitted) == (b"\x04", "2026-11-23T09:30")
    assert drafts.papers(entry.id) == [("p1", b"\x03")]
    opened.close()


def test_migrating_twice_is_harmless(care: Compartment) -> None:
    before = declared(care.database)
    schema.migrate(care.database)
    assert declared(care.database) == before


def test_a_migration_that_fails_half_way_leaves_the_old_version(care: Compartment) -> None:
    before = declared(care.database)
    broken = driver.Migrations("compartment")

    @broken()
    def m002_half(db: driver.Database) -> None:
        db.conn.execute("CREATE TABLE half (a)")
        db.conn.execute("CREATE TABLE meta (a)")  # exists: fails

    with pytest.raises(StorageFailed), driver.translated():
        broken.apply(care.database)
    assert declared(care.database) == before

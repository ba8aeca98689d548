"""Each migration is one transaction, and every earlier version of a file is brought up to date."""

from pathlib import Path

import pytest
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import StorageFailed
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage import driver, schema
from intake_app.storage.compartment import Compartment

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

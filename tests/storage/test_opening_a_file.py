"""A file that cannot be opened is said plainly, left alone, and never replaced by an empty one."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from making import begun
from real_parts import KEY, SAVE

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import Damaged, StoreMissing, StoreTooNew, WrongKey
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage import driver
from intake_app.storage.compartment import Compartment

OTHER = bytes(32)


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock) -> Path:
    """A closed file with forty records."""
    made = Compartment.create(tmp_path / "c.db", KEY, clock, StationId("front"), Epoch("abcdef"))
    made.apply([begun(made, last=f"Boggs{i}", note="x" * 500) for i in range(40)], SAVE)
    made.close()
    return tmp_path / "c.db"


def test_the_right_key_opens_it(path: Path, clock: FixedClock) -> None:
    opened = Compartment.open(path, KEY, clock)
    assert len(opened.order("intake")) == 40
    assert opened.faults() == []
    opened.close()


@pytest.mark.parametrize("key", [OTHER, KEY[:31], KEY + b"x", b""], ids=len)
def test_a_wrong_or_short_key_is_refused_and_the_file_stays_as_it_was(
    path: Path, clock: FixedClock, key: bytes
) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongKey):
        Compartment.open(path, key, clock)
    assert path.read_bytes() == before


def test_a_missing_file_is_not_made(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreMissing):
        Compartment.open(tmp_path / "gone.db", KEY, clock)
    assert not (tmp_path / "gone.db").exists()


def test_an_empty_file_is_not_filled(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreMissing):
        Compartment.open(tmp_path / "empty.db", KEY, clock)
    assert (tmp_path / "empty.db").read_bytes() == b""


def test_a_file_that_is_not_encrypted_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE t (a)")
    plain.commit()
    plain.close()
    with pytest.raises(WrongKey):
        Compartment.open(tmp_path / "plain.db", KEY, clock)


def test_an_existing_file_is_never_made_anew(path: Path, clock: FixedClock) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        Compartment.create(path, KEY, clock, StationId("front"), Epoch("abcdef"))
    assert path.read_bytes() == before


def test_a_flipped_bit_is_found(path: Path, clock: FixedClock) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    try:
        opened = Compartment.open(path, KEY, clock)
    except (Damaged, WrongKey):
        return
    try:
        assert opened.faults() != []
    except Damaged:
        pass
    finally:
        opened.close()


def test_a_file_cut_in_half_is_refused(path: Path, clock: FixedClock) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 8192 * 4096])
    with pytest.raises(Damaged):
        _read_all(Compartment.open(path, KEY, clock))


def _read_all(opened: Compartment) -> None:
    try:
        opened.rows(opened.order("intake"))
        if opened.faults():
            raise Damaged
    finally:
        opened.close()


def test_a_file_of_a_newer_program_is_refused_politely(path: Path, clock: FixedClock) -> None:
    db = driver.open_existing(path, KEY)
    rename = "UPDATE _sqlite_migrations SET name='m999_from_the_future' WHERE name LIKE 'm002%'"
    db.conn.execute(rename)
    db.conn.close()
    with pytest.raises(StoreTooNew):
        Compartment.open(path, KEY, clock)


def test_no_name_stands_in_the_raw_bytes(path: Path) -> None:
    for file in path.parent.iterdir():
        assert b"Boggs" not in file.read_bytes()


def test_the_same_search_finds_a_name_that_is_there(tmp_path: Path) -> None:
    """Negative control."""
    (tmp_path / "planted").write_bytes(b"...Boggs...")
    assert any(b"Boggs" in file.read_bytes() for file in tmp_path.iterdir())


def test_the_settings_that_protect_what_is_written(care: Compartment) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2}
    conn = care.database.conn
    assert {name: conn.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected


def test_sqlite_utils_behaves_the_same_over_sqlcipher_and_over_sqlite(tmp_path: Path) -> None:
    """The alias in the driver is a shim on another package: this watches over it."""
    ours = driver.create(tmp_path / "a.db", KEY)
    plain = driver.Database(sqlite3.connect(tmp_path / "b.db"))
    assert _exercise(ours) == [{"a": 1, "b": None}, {"a": 2, "b": "x"}]
    ours.conn.close()
    plain.conn.close()


def _exercise(db: driver.Database) -> list[dict[str, Any]]:
    table = db.table("t")
    table.insert({"a": 1})
    table.insert({"a": 2, "b": "x"}, alter=True)  # needs to catch the library's own error
    return list(table.rows)

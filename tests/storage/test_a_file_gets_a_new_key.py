"""A file under a new key: the copy says the same, old bytes go, and a failure leaves it whole."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from making import begun
from real_parts import KEY, SAVE

from intake_app.domain.act import Act
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import DiskFull, StorageFailed, WrongKey
from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.domain.roles import Compartment as Name
from intake_app.storage import rekey
from intake_app.storage.compartment import Compartment
from intake_app.storage.rekey import FileSwap

NEW = bytes(range(1, 33))
ACT = Act(UserId("u1"), "renew file key")
CARE = Name.CARE


@pytest.fixture
def digest(tmp_path: Path) -> str:
    """Some records in care.db, and their digest."""
    file = Compartment.create(tmp_path / "care.db", KEY, SystemClock(), StationId("s"), Epoch("e"))
    file.apply([begun(file, last=f"Lowe{n}", note="x" * 500) for n in range(60)], SAVE)
    file.set_meta("keys inside", "secret")
    found = file.digest()
    file.close()
    return found


@pytest.fixture
def swap(tmp_path: Path) -> FileSwap:
    return FileSwap(tmp_path, SystemClock())


def opened(folder: Path, key: bytes) -> Compartment:
    return Compartment.open(folder / "care.db", key, SystemClock())


def test_the_copy_says_the_same_and_carries_its_line(
    tmp_path: Path, swap: FileSwap, digest: str
) -> None:
    swap.copy(CARE, (KEY, NEW), {"key without": "[]"}, ACT)
    assert swap.opens(CARE, KEY)
    swap.swap(CARE)
    swap.sweep(CARE)
    with pytest.raises(WrongKey):
        opened(tmp_path, KEY)
    file = opened(tmp_path, NEW)
    assert file.digest() == digest
    assert file.faults() == []
    assert file.verify_audit() == 2
    assert file.meta("key without") == "[]"
    assert file.meta("keys inside") == "secret"
    assert len(file.find("lowe7", "intake")) == 1
    file.apply([begun(file, last="Later")], SAVE)
    file.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["care.db"]


def test_what_stands_in_the_log_only_is_folded_in_first(
    tmp_path: Path, swap: FileSwap, digest: str
) -> None:
    """A power cut leaves a log beside the file."""
    file = opened(tmp_path, KEY)
    file.apply([begun(file, last="Inlog")], SAVE)
    for ending in ("", "-wal"):
        (tmp_path / f"kept{ending}").write_bytes((tmp_path / f"care.db{ending}").read_bytes())
    file.close()
    for ending in ("", "-wal"):
        os.replace(tmp_path / f"kept{ending}", tmp_path / f"care.db{ending}")
    swap.copy(CARE, (KEY, NEW), {}, ACT)
    swap.swap(CARE)
    file = opened(tmp_path, NEW)
    assert len(file.find("inlog", "intake")) == 1
    file.close()


def test_the_old_bytes_are_overwritten(tmp_path: Path, swap: FileSwap, digest: str) -> None:
    swap.copy(CARE, (KEY, NEW), {}, ACT)
    swap.swap(CARE)
    with (tmp_path / "care.db.old").open("rb", buffering=0) as old:
        assert any(old.read(64))
        swap.sweep(CARE)
        old.seek(0)
        assert not any(old.read())
    assert not (tmp_path / "care.db.old").exists()


def test_a_sweep_before_the_swap_harms_nothing(tmp_path: Path, swap: FileSwap, digest: str) -> None:
    """The old bytes are linked before they are replaced: then they are those in use."""
    os.link(tmp_path / "care.db", tmp_path / "care.db.old")
    swap.sweep(CARE)
    file = opened(tmp_path, KEY)
    assert file.digest() == digest
    file.close()


def test_a_disk_without_links_lets_the_old_file_go(
    tmp_path: Path, swap: FileSwap, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    swap.copy(CARE, (KEY, NEW), {}, ACT)
    swap.swap(CARE)
    assert not swap.opens(CARE, KEY)
    assert not (tmp_path / "care.db.old").exists()


def test_nothing_is_moved_over_a_file_that_is_open(
    tmp_path: Path, swap: FileSwap, digest: str
) -> None:
    swap.copy(CARE, (KEY, NEW), {}, ACT)
    file = opened(tmp_path, KEY)
    file.apply([begun(file, last="Busy")], SAVE)
    with pytest.raises(StorageFailed):
        swap.swap(CARE)
    file.close()
    assert swap.opens(CARE, KEY)


def test_without_room_it_is_not_even_begun(
    tmp_path: Path, swap: FileSwap, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=1000)

    monkeypatch.setattr(rekey.shutil, "disk_usage", full)
    with pytest.raises(DiskFull):
        swap.copy(CARE, (KEY, NEW), {}, ACT)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["care.db"]


def test_a_copy_that_differs_is_found_out(
    tmp_path: Path, swap: FileSwap, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a byte of one record is lost on the way."""
    real = rekey._export

    def lossy(source: rekey.Database, beside: Path, key: bytes) -> None:
        real(source, beside, key)
        copy = rekey.open_existing(beside, key)
        copy.conn.execute("UPDATE change SET body = substr(body, 2) WHERE n = 30")
        copy.conn.close()

    monkeypatch.setattr(rekey, "_export", lossy)
    with pytest.raises(StorageFailed, match="differs"):
        swap.copy(CARE, (KEY, NEW), {}, ACT)
    swap.sweep(CARE)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["care.db"]

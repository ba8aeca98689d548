"""Files for others are whole and new, or not there: never half of one, never over another."""

import errno
import os
from pathlib import Path

import pytest

from intake_app.disk import new_files
from intake_app.disk.new_files import write_new
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.export_errors import ExportStopped, FileIsThere

BIG = bytes(3 << 20)


def test_all_of_them_are_written(tmp_path: Path) -> None:
    files = {tmp_path / "a.csv": b"1", tmp_path / "b.json": BIG}
    write_new(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("theirs")
    with pytest.raises(FileIsThere):
        write_new({tmp_path / "a.csv": b"1", tmp_path / "b.json": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]
    assert (tmp_path / "b.json").read_text() == "theirs"


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_is_no_way_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / "b.csv.part").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileIsThere):
        write_new({tmp_path / "out" / "a.csv": b"1"})
    write_new({tmp_path / "out" / "b.csv": b"1"})
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("after", range(5))
def test_whoever_stops_it_finds_nothing(tmp_path: Path, after: int) -> None:
    asked: list[int] = []

    def is_stopped() -> bool:
        asked.append(0)
        return len(asked) > after

    with pytest.raises(ExportStopped):
        write_new({tmp_path / "a.csv": BIG, tmp_path / "b.csv": BIG}, is_stopped)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EIO, StorageFailed)]
)
@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_disk_that_refuses_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception], call: str
) -> None:
    calls: list[object] = []
    real = {"fsync": os.fsync, "link": os.link}[call]

    def refuse(*given: object) -> object:
        calls.append(given)
        if len(calls) > 1:
            raise OSError(number, "no")
        return real(*given)  # type: ignore[operator]

    monkeypatch.setattr(new_files.os, call, refuse)
    if call == "link":
        monkeypatch.setattr(new_files.os, "rename", refuse)
    with pytest.raises(error):
        write_new({tmp_path / "a.csv": b"1", tmp_path / "b.csv": b"2"})
    assert len(calls) > 1
    assert list(tmp_path.iterdir()) == []


def test_what_comes_back_otherwise_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(_path: Path) -> bytes:
        return b"other"

    monkeypatch.setattr(Path, "read_bytes", other)
    with pytest.raises(StorageFailed):
        write_new({tmp_path / "a.csv": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_what_a_power_cut_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv.part").write_bytes(b"half")
    write_new({tmp_path / "a.csv": b"whole"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]

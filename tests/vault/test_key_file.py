import errno
import os
from pathlib import Path
from typing import Any

import pytest
from vault_world import Department

from intake_app.disk import atomic
from intake_app.disk.atomic import append_line, write_whole
from intake_app.domain.errors import (
    DiskFull,
    StorageFailed,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    WrongPassphrase,
)
from intake_app.vault.keyfile import NAME, PREVIOUS, KeyFile


class Crashed(BaseException):
    """The power went."""


def test_every_flipped_bit_is_noticed_and_the_file_stays_as_it_is(department: Department) -> None:
    path = department.folder / NAME
    good = path.read_bytes()
    for place in range(0, len(good), 211):
        bad = bytearray(good)
        bad[place] ^= 1 << place % 8
        path.write_bytes(bad)
        try:
            KeyFile.load(department.folder)
        except VaultDamaged:
            assert path.read_bytes() == bad
        else:
            assert bytes(bad).split() == good.split()  # blank space between members says nothing


@pytest.mark.parametrize("part", [0, 1, 100, 0.25, 0.5, 0.99])
def test_a_cut_file_is_refused_and_stays_as_it_is(department: Department, part: float) -> None:
    path = department.folder / NAME
    good = path.read_bytes()
    bad = good[: int(part if part >= 1 else len(good) * part)]
    path.write_bytes(bad)
    with pytest.raises(VaultDamaged):
        department.vault()
    assert path.read_bytes() == bad


@pytest.mark.parametrize(
    "bad", [b"[]", b"7", b"null", b'"x"', b"{}", b"[" * 100_000, b"\xff", b'{"sum": ""}']
)
def test_what_is_no_key_file_is_refused(department: Department, bad: bytes) -> None:
    path = department.folder / NAME
    path.write_bytes(bad)
    with pytest.raises(VaultDamaged):
        department.vault()
    assert path.read_bytes() == bad


@pytest.mark.parametrize("change", [{"format": 2}, {"slots": []}, {"use_keyring": 1}])
def test_a_file_of_another_shape_is_refused_even_with_a_good_checksum(
    department: Department, change: dict[str, Any]
) -> None:
    file = KeyFile.load(department.folder)
    file.save({**file.content, **change})
    with pytest.raises(VaultDamaged):
        KeyFile.load(department.folder)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(VaultDamaged):
        KeyFile.load(tmp_path)


def test_a_file_that_was_damaged_or_changed_since_it_was_read_is_not_overwritten(
    department: Department,
) -> None:
    path = department.folder / NAME
    file, rival = KeyFile.load(department.folder), KeyFile.load(department.folder)
    rival.save({**rival.content, "heads": ["a"]})
    theirs = path.read_bytes()
    with pytest.raises(VaultDamaged):
        file.save({**file.content, "heads": ["b"]})
    assert path.read_bytes() == theirs
    path.write_bytes(b"ruin")
    with pytest.raises(VaultDamaged):
        rival.save(rival.content)
    assert path.read_bytes() == b"ruin"
    path.unlink()
    with pytest.raises(VaultMissing):
        rival.save(rival.content)
    assert not path.exists()


def test_the_previous_copy_is_kept(department: Department) -> None:
    path = department.folder / NAME
    before = path.read_bytes()
    file = KeyFile.load(department.folder)
    file.save({**file.content, "heads": ["a"]})
    assert (department.folder / PREVIOUS).read_bytes() == before
    assert KeyFile.load(department.folder).content["heads"] == ["a"]


def test_reading_and_failing_to_sign_in_changes_no_byte_of_it(department: Department) -> None:
    path = department.folder / NAME
    before = path.read_bytes()
    with pytest.raises(WrongPassphrase):
        department.vault().unlock("mhale.desk", "wrong wrong wrong")
    department.sign_in("mhale.desk")
    assert path.read_bytes() == before


def breaking(
    monkeypatch: pytest.MonkeyPatch, name: str, at_call: int, error: BaseException
) -> None:
    real = getattr(os, name)
    calls = iter(range(1000))

    def stub(*args: object, **more: object) -> object:
        if next(calls) == at_call:
            raise error
        return real(*args, **more)

    monkeypatch.setattr(atomic.os, name, stub)


@pytest.mark.parametrize("name", ["open", "fsync", "replace"])
@pytest.mark.parametrize("at_call", range(4))
@pytest.mark.parametrize(
    "error", [Crashed(), OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken")]
)
def test_a_crash_at_any_step_leaves_the_old_or_the_new_file(
    department: Department,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    at_call: int,
    error: BaseException,
) -> None:
    file = KeyFile.load(department.folder)
    before = (department.folder / NAME).read_bytes()
    with monkeypatch.context() as patch:
        breaking(patch, name, at_call, error)
        try:
            file.save({**file.content, "heads": ["new"]})
        except Crashed:
            pass
        except DiskFull:
            assert getattr(error, "errno", 0) == errno.ENOSPC
        except StorageFailed:
            assert getattr(error, "errno", 0) == errno.EIO
    found = KeyFile.load(department.folder)
    assert (department.folder / NAME).read_bytes() == before or found.content["heads"] == ["new"]
    found.save({**found.content, "heads": ["newer"]})  # what was left behind does not disturb
    assert KeyFile.load(department.folder).content["heads"] == ["newer"]


def test_a_write_without_the_steps_is_caught_by_the_same_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: writing in place is not whole at every moment."""
    path = tmp_path / NAME
    path.write_bytes(b"old")
    breaking(monkeypatch, "fsync", 0, Crashed())
    with path.open("wb") as careless:
        careless.write(b"n")
        careless.flush()
        with pytest.raises(Crashed):
            atomic.os.fsync(careless.fileno())
    assert path.read_bytes() not in {b"old", b"new"}


def test_a_disk_that_gives_back_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"old")

    def give_else(_: Path) -> bytes:
        return b"else"

    monkeypatch.setattr(type(path), "read_bytes", give_else)
    with pytest.raises(StorageFailed):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"


def test_files_are_for_their_owner_alone(department: Department) -> None:
    for name in (NAME, "attempts.json", "identity.json"):
        assert (department.folder / name).stat().st_mode & 0o077 == 0


def test_without_posix_the_folder_is_not_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_IS_POSIX", False)
    write_whole(tmp_path / "x", b"1")
    append_line(tmp_path / "x", b"2")
    assert (tmp_path / "x").read_bytes() == b"12\n"


def test_a_second_set_up_that_comes_a_moment_later_is_refused(department: Department) -> None:
    file = KeyFile.load(department.folder)
    before = (department.folder / NAME).read_bytes()
    with pytest.raises(VaultExists):
        KeyFile.create(department.folder, file.content)
    assert (department.folder / NAME).read_bytes() == before

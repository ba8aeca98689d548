"""A tray holds objects under the names of a store: whole, durable, and nowhere else."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.disk import atomic
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.exchange import names
from intake_app.exchange.boxes import Box

A_BUNDLE = f"s/{'ab' * 16}/1"
TRICKS = (
    "", ".", "..", "/etc/passwd", "../hub.json", "s/../../x", "s//x", "s/x/", "/s/x", "s\\x",
    "S/x", "s/x\0y", "s/.x", "s/x.", "s/con", "s/nul.txt", "s/x.new", "s/x y", "c:x", "~", "é",
    "a/b/c/d/e", "s/" + "x" * 121, "s/x\n",
)  # fmt: skip


@pytest.fixture
def box(tmp_path: Path) -> Box:
    (tmp_path / "profile").mkdir()
    return Box(tmp_path / "profile" / "out")


def test_what_was_put_is_there_and_is_listed_by_its_folder(box: Box) -> None:
    box.put(A_BUNDLE, b"one")
    box.put("hub.json", b"two")
    assert box.get(A_BUNDLE) == b"one"
    assert box.has(A_BUNDLE)
    assert box.size(A_BUNDLE) == 3
    assert box.names(f"s/{'ab' * 16}") == [A_BUNDLE]
    assert box.folders("s") == [f"s/{'ab' * 16}"]
    assert box.names("") == ["hub.json"]


def test_what_is_not_there_is_absent_everywhere(box: Box) -> None:
    assert box.get(A_BUNDLE) is None
    assert not box.has(A_BUNDLE)
    assert box.size(A_BUNDLE) == 0
    assert box.names("s") == box.folders("s") == box.names("") == []
    box.remove(A_BUNDLE)


def test_a_folder_is_no_object(box: Box) -> None:
    box.put(A_BUNDLE, b"one")
    assert not box.has("s")
    assert box.names("s") == []
    with pytest.raises(StorageFailed):
        box.get("s")


def test_a_later_put_replaces_and_remove_takes_away(box: Box) -> None:
    box.put("r/a.b.1", b"one")
    box.put("r/a.b.1", b"two")
    assert box.get("r/a.b.1") == b"two"
    box.remove("r/a.b.1")
    assert box.names("r") == []


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_that_leads_elsewhere_is_refused(box: Box, name: str) -> None:
    for call in (box.get, box.has, box.remove, box.size):
        with pytest.raises(ValueError, match="no name"):
            call(name)
    with pytest.raises(ValueError, match="no name"):
        box.put(name, b"x")


@given(name=st.text("abz09./\\:-_\0 ", max_size=30))
def test_no_name_at_all_leads_out_of_its_tray(name: str) -> None:
    if names.is_name(name):
        inside = os.path.normpath(f"/tray/{name}")
        assert inside == f"/tray/{name}"


def test_a_half_written_object_is_not_seen(box: Box, tmp_path: Path) -> None:
    box.put("r/a.b.1", b"one")
    (tmp_path / "profile" / "out" / "r" / "a.b.2.new").write_bytes(b"ha")
    assert box.names("r") == ["r/a.b.1"]


def test_a_full_disk_leaves_what_was_there(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put("r/a.b.1", b"one")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(DiskFull):
        box.put("r/a.b.1", b"two")
    assert box.get("r/a.b.1") == b"one"


def test_each_new_folder_is_made_durable_too(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(atomic.os, "fsync", note)
    box.put(A_BUNDLE, b"one")
    profile = tmp_path / "profile"
    above = [profile, profile / "out", profile / "out" / "s"]
    assert {folder.stat().st_ino for folder in above} <= set(synced)


def test_nobody_else_reads_a_tray(box: Box, tmp_path: Path) -> None:
    box.put(A_BUNDLE, b"one")
    assert (tmp_path / "profile" / "out").stat().st_mode & 0o077 == 0
    assert (tmp_path / "profile" / "out" / A_BUNDLE).stat().st_mode & 0o077 == 0


def test_a_profile_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    box = Box(tmp_path / "gone" / "profile" / "in")
    with pytest.raises(StorageFailed):
        box.put("hub.json", b"x")
    assert list(tmp_path.iterdir()) == []

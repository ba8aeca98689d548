"""A store that hangs, refuses, lies or goes away costs one error of ours, in bounded time."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import PASSWORD, SECRET, USER, bad, webdav

from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange_errors import MarkerRefused, Oversized
from intake_app.domain.store_errors import (
    StoreError,
    StoreFailing,
    StoreFull,
    StoreReadOnly,
    StoreRefused,
    StoreUnreachable,
    StoreVanished,
)
from intake_app.exchange.store_answers import refusal
from intake_app.exchange.stores import OpenedStore, StorePassword
from intake_app.settings.stores import StoreEntry

Ask = Callable[[OpenedStore], object]
GET: Ask = lambda store: store.get("r/front.aaaa01.1", 10_000)  # noqa: E731
PUT: Ask = lambda store: store.put("s/ab12/1", b"x" * 100_000)  # noqa: E731
LIST: Ask = lambda store: store.names("r")  # noqa: E731
REMOVE: Ask = lambda store: store.remove("r/front.aaaa01.1")  # noqa: E731

PATIENCE = 0.5
"""Seconds that a store may be silent here."""


def opened(entry: StoreEntry, password: StorePassword = PASSWORD) -> OpenedStore:
    return OpenedStore(entry, password, PATIENCE, pauses=(0.01,))


def refused(store: OpenedStore, ask: Ask) -> IntakeError:
    store.trust(b"marker")
    with pytest.raises(IntakeError) as caught:
        ask(store)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert len(caught.value.detail) < 10
    return caught.value


CASES: list[tuple[str, Ask, type[IntakeError]]] = [
    *(("401", ask, StoreRefused) for ask in (GET, PUT, LIST, REMOVE)),
    *(("403", ask, StoreRefused) for ask in (GET, PUT, LIST, REMOVE)),
    *(("500", ask, StoreFailing) for ask in (GET, PUT, LIST, REMOVE)),
    *(("503", ask, StoreUnreachable) for ask in (GET, PUT, LIST)),
    *(("507", ask, StoreFull) for ask in (PUT, GET)),
    *(("short", ask, StoreUnreachable) for ask in (GET, LIST)),
    *(("cut", ask, StoreUnreachable) for ask in (GET, LIST, REMOVE)),
    *(("silent", ask, StoreUnreachable) for ask in (GET, LIST, REMOVE)),
    ("full", PUT, StoreFull),
    ("cut-upload", PUT, StoreUnreachable),
    ("drip", GET, StoreUnreachable),
    ("huge", GET, Oversized),
]


@pytest.mark.parametrize("mode", sorted({mode for mode, _, _ in CASES}))
def test_what_is_wrong_becomes_an_error_of_ours_in_time(mode: str) -> None:
    with bad(mode) as entry:
        for ask, error in [(ask, error) for named, ask, error in CASES if named == mode]:
            begun = time.monotonic()
            assert type(refused(opened(entry), ask)) is error
            assert time.monotonic() - begun < 30  # far from ever; the machine may be busy


def test_an_upload_that_nobody_takes_ends_too() -> None:
    with bad("silent-upload") as entry:
        store = opened(entry)
        assert type(refused(store, lambda one: one.put("s/ab12/1", b"x"))) is StoreUnreachable


@pytest.mark.parametrize("place", ["http://127.0.0.1:9", "http://nowhere.invalid"])
def test_nobody_there_is_unreachable(place: str) -> None:
    store = opened(StoreEntry("hub-1", "webdav", place))
    for ask in (GET, PUT, LIST, REMOVE):
        assert type(refused(store, ask)) is StoreUnreachable


def test_nothing_that_a_server_says_is_in_an_error() -> None:
    with bad("500") as entry:
        error = refused(opened(entry), GET)
    said = f"{error!r} {error} {error.detail} {PASSWORD!r} {opened(entry)!r}"
    for secret in (SECRET, USER, "127.0.0.1", "sesame"):
        assert secret not in said


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreEntry]:
    with webdav(tmp_path_factory.mktemp("apache")) as entry:
        yield entry


@pytest.mark.system
def test_a_wrong_password_is_said(apache: StoreEntry) -> None:
    wrong = StorePassword(USER, "wrong")
    for ask in (GET, PUT, LIST):
        assert type(refused(opened(apache, wrong), ask)) is StoreRefused


@pytest.fixture
def folder(tmp_path: Path) -> StoreEntry:
    made = StoreEntry("hub-1", "folder", str(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    OpenedStore(made).found(b"marker")
    return made


def test_a_folder_that_vanished_is_not_made_anew(folder: StoreEntry) -> None:
    store = OpenedStore(folder)
    store.trust(b"marker")
    store.put("s/ab12/1", b"x")
    Path(folder.place).rename(f"{folder.place}-elsewhere")
    for ask in (GET, PUT, LIST, REMOVE):
        assert type(refused(store, ask)) is StoreVanished
    assert not Path(folder.place).exists()


def test_an_empty_folder_in_its_place_is_not_written_to(folder: StoreEntry) -> None:
    """A stick that was pulled leaves its empty mount point."""
    store = OpenedStore(folder)
    store.trust(b"marker")
    Path(folder.place).rename(f"{folder.place}-elsewhere")
    Path(folder.place).mkdir()
    assert type(refused(store, PUT)) is MarkerRefused
    assert list(Path(folder.place).iterdir()) == []


def test_another_stick_in_its_place_is_not_written_to(folder: StoreEntry) -> None:
    store = OpenedStore(folder)
    store.trust(b"marker")
    (Path(folder.place) / "hub.json").write_bytes(b"of another store")
    assert type(refused(store, PUT)) is MarkerRefused
    assert [one.name for one in Path(folder.place).iterdir()] == ["hub.json"]


def test_a_folder_that_was_never_there(tmp_path: Path) -> None:
    gone = StoreEntry("hub-1", "folder", str(tmp_path / "gone"))
    with pytest.raises(StoreVanished):
        OpenedStore(gone).found(b"marker")
    assert list(tmp_path.iterdir()) == []


SYSTEM_SAYS = [
    ("No space left on device (os error 28)", StoreFull),
    ("Disk quota exceeded (os error 122)", StoreFull),
    ("Read-only file system (os error 30)", StoreReadOnly),
    ("Permission denied (os error 13)", StoreReadOnly),
    ("Input/output error (os error 5)", StoreVanished),
    ("something new (os error 99999)", StoreVanished),
]


@pytest.mark.parametrize(("text", "error"), SYSTEM_SAYS)
def test_the_numbers_of_the_system_are_understood(text: str, error: type[StoreError]) -> None:
    said = RuntimeError(f"Unexpected (permanent) at write => {text}")
    assert type(refusal(said, is_folder=True)) is error


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of its own, of 256 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    made = subprocess.run(mount, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("the kernel lets nobody mount here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.system
def test_a_full_disk_is_said_and_leaves_nothing_half(small_disk: Path) -> None:
    entry = StoreEntry("hub-1", "stick", str(small_disk))
    store = OpenedStore(entry)
    store.found(b"marker")
    assert type(refused(store, lambda one: one.put("s/ab12/1", b"x" * 900_000))) is StoreFull
    assert store.get("s/ab12/1") is None
    assert store.names("s/ab12") == []


@pytest.mark.system
def test_a_disk_that_may_only_be_read_is_said(small_disk: Path) -> None:
    entry = StoreEntry("hub-1", "stick", str(small_disk))
    store = OpenedStore(entry)
    store.found(b"marker")
    os.sync()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert type(refused(store, PUT)) is StoreReadOnly
    assert store.get("hub.json") == b"marker"

"""One exam for every kind of store: what it takes it gives back, and nothing else is asked of it.

Azure needs Azurite, which npm brings, and OpenStack Swift comes from PyPI: both are marked long
(`build/test --only tests -- -m long -k "azure or swift" tests/exchange`).
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import swift_server
from servers import AZURITE, PASSWORD, azure, s3, webdav

from intake_app.domain.exchange_errors import MarkerRefused, Oversized
from intake_app.exchange.stores import OpenedStore, StorePassword
from intake_app.settings.stores import StoreEntry

MARKER = b"signed by an administrator"
KINDS = [
    "folder",
    "stick",
    pytest.param("webdav", marks=pytest.mark.system),
    "s3",
    pytest.param("azure", marks=pytest.mark.long),
    pytest.param("swift", marks=pytest.mark.long),
]


@pytest.fixture(scope="module", params=KINDS)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[StoreEntry, StorePassword | None]]:
    folder = tmp_path_factory.mktemp(request.param)
    with ExitStack() as ends:
        if request.param in {"folder", "stick"}:
            yield StoreEntry("hub-1", request.param, str(folder)), None
        elif request.param == "webdav":
            yield ends.enter_context(webdav(folder)), PASSWORD
        elif request.param == "s3":
            yield ends.enter_context(s3()), PASSWORD
        elif request.param == "azure":
            yield ends.enter_context(azure(folder)), AZURITE
        else:
            url = ends.enter_context(swift_server.swift(folder))
            password = StorePassword(swift_server.USER, swift_server.SECRET)
            yield StoreEntry("hub-1", "s3", url, bucket=swift_server.BUCKET), password


@pytest.fixture
def store(
    place: tuple[StoreEntry, StorePassword | None], request: pytest.FixtureRequest
) -> OpenedStore:
    """Each story has a part of the place for itself."""
    entry, password = place
    root = f"{entry.root}/{abs(hash(request.node.name))}".strip("/")
    if entry.is_local:
        (Path(entry.place) / root).mkdir()
    return OpenedStore(replace(entry, root=root), password)


@pytest.fixture
def ours(store: OpenedStore) -> OpenedStore:
    store.found(MARKER)
    return store


def test_what_was_put_is_given_back(ours: OpenedStore) -> None:
    ours.put("s/ab12/1", b"sealed")
    assert ours.get("s/ab12/1") == b"sealed"
    assert ours.get("hub.json") == MARKER


@pytest.mark.parametrize("data", [b"", b"\0", bytes(range(256)) * 4, b"x" * 3_000_000])
def test_bytes_of_any_kind_and_length(ours: OpenedStore, data: bytes) -> None:
    ours.put("b/any", data)
    assert ours.get("b/any") == data


def test_what_is_not_there_is_nothing(ours: OpenedStore) -> None:
    assert ours.get("s/none/1") is None
    assert ours.get("none") is None
    assert ours.names("none") == []
    ours.remove("s/none/1")


def test_a_folder_is_no_object(ours: OpenedStore) -> None:
    ours.put("s/ab12/1", b"sealed")
    assert ours.names("s") == []


def test_a_list_holds_the_objects_of_one_folder_and_nothing_else(ours: OpenedStore) -> None:
    for name in ("r/front.aaaa01.1", "r/back.bbbb01.12", "s/ab12/1", "s/ab12/2", "s/cd34/1"):
        ours.put(name, b"x")
    assert ours.names("r") == ["r/back.bbbb01.12", "r/front.aaaa01.1"]
    assert ours.names("s/ab12") == ["s/ab12/1", "s/ab12/2"]


def test_a_long_list_is_whole(ours: OpenedStore) -> None:
    told = [f"r/front.aaaa01.{n}" for n in range(1, 121)]
    for name in told:
        ours.put(name, b"x")
    assert ours.names("r") == sorted(told)


def test_a_later_put_replaces(ours: OpenedStore) -> None:
    ours.put("l/front", b"a longer ledger")
    ours.put("l/front", b"ledger")
    assert ours.get("l/front") == b"ledger"


def test_what_was_removed_is_gone(ours: OpenedStore) -> None:
    ours.put("r/front.aaaa01.1", b"x")
    ours.remove("r/front.aaaa01.1")
    assert ours.get("r/front.aaaa01.1") is None
    assert ours.names("r") == []


def test_no_more_is_taken_than_was_asked_for(ours: OpenedStore) -> None:
    ours.put("b/large", b"x" * 100_000)
    assert ours.get("b/large", most=100_000) == b"x" * 100_000
    with pytest.raises(Oversized):
        ours.get("b/large", most=99_999)


def test_nothing_is_written_before_the_marker_was_found_good(store: OpenedStore) -> None:
    with pytest.raises(MarkerRefused):
        store.put("s/ab12/1", b"sealed")
    with pytest.raises(MarkerRefused):
        store.remove("s/ab12/1")
    assert store.names("s/ab12") == []
    store.found(MARKER)
    store.put("s/ab12/1", b"sealed")


def test_a_store_is_founded_once(ours: OpenedStore) -> None:
    ours.found(MARKER)
    with pytest.raises(MarkerRefused):
        ours.found(b"another department")
    ours.renew(b"the next issue")
    assert ours.get("hub.json") == b"the next issue"


def test_a_name_that_leads_elsewhere_is_refused(ours: OpenedStore) -> None:
    for name in ("../x", "/etc/passwd", "s//x", "S/X", ""):
        with pytest.raises(ValueError, match="no name"):
            ours.put(name, b"x")

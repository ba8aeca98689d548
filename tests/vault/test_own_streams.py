"""identity.json counts what this station sent; its numbers only grow, and outlive a kill."""

import errno
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from vault_world import Department

from intake_app.disk import atomic
from intake_app.domain.errors import DiskFull, VaultDamaged, VaultMissing
from intake_app.domain.exchange import NOTHING, Mark
from intake_app.domain.roles import Compartment
from intake_app.vault.own_streams import OwnStreams

if TYPE_CHECKING:
    from intake_app.exchange import needs


@pytest.fixture
def folder(department: Department) -> Path:
    return department.folder


def _again(folder: Path) -> OwnStreams:
    return OwnStreams.of(folder)


def test_a_new_station_has_sent_nothing(folder: Path) -> None:
    own: needs.OwnStreams = OwnStreams.of(folder)  # and fits what the exchange asks for
    assert own.parent == ""
    assert own.counter == 0
    assert own.wrote == {own.stream.name: NOTHING}
    assert [own.sealed_through(c) for c in Compartment] == [0, 0, 0, 0]


def test_what_was_noted_is_known_after_a_restart(folder: Path) -> None:
    own = OwnStreams.of(folder)
    own.note_bundle(Mark(1, "ab"), [Compartment.STATION])
    own.note_bundle(Mark(2, "cd"), [Compartment.CARE, Compartment.STATION])
    assert own.next_counter() == 1
    again = _again(folder)
    assert again.wrote == {again.stream.name: Mark(2, "cd")}
    assert again.counter == 1
    assert again.sealed_through(Compartment.CARE) == 2
    assert again.sealed_through(Compartment.CASES) == 0


@pytest.mark.parametrize("mark", [Mark(1, "xx"), Mark(3, "ab"), Mark(0), Mark(2), Mark(-1, "a")])
def test_a_number_is_never_given_to_another_bundle(folder: Path, mark: Mark) -> None:
    own = OwnStreams.of(folder)
    own.note_bundle(Mark(1, "ab"), [])
    own.note_bundle(Mark(1, "ab"), [Compartment.CARE])  # the same again: after a kill
    with pytest.raises(ValueError, match="number"):
        own.note_bundle(mark, [])
    assert _again(folder).wrote[own.stream.name] == Mark(1, "ab")
    assert _again(folder).sealed_through(Compartment.CARE) == 1


def test_two_that_look_at_one_file_do_not_take_it_back(folder: Path) -> None:
    one, other = OwnStreams.of(folder), OwnStreams.of(folder)
    one.note_bundle(Mark(1, "ab"), [])
    assert other.next_counter() == 1
    assert one.next_counter() == 2
    assert _again(folder).wrote[one.stream.name] == Mark(1, "ab")


def test_a_new_epoch_follows_the_old_one(folder: Path) -> None:
    own = OwnStreams.of(folder)
    own.note_bundle(Mark(1, "ab"), [Compartment.CARE])
    own.next_counter()
    before = own.stream
    epoch = own.begin_epoch()
    again = _again(folder)
    assert again.stream.epoch == epoch != before.epoch
    assert again.parent == before.epoch
    assert again.wrote == {before.name: Mark(1, "ab"), again.stream.name: NOTHING}
    assert again.counter == 0
    assert again.sealed_through(Compartment.CARE) == 0


def test_an_identity_of_the_first_version_is_raised(folder: Path) -> None:
    path = folder / "identity.json"
    raw = json.loads(path.read_bytes())
    for name in ("parent", "wrote", "counter", "sealed"):
        del raw[name]
    path.write_text(json.dumps({**raw, "v": 1}))
    own = OwnStreams.of(folder)
    assert own.wrote == {own.stream.name: NOTHING}
    assert own.counter == 0
    own.note_bundle(Mark(1, "ab"), [])
    assert json.loads(path.read_bytes())["v"] == 2
    assert _again(folder).wrote == {own.stream.name: Mark(1, "ab")}


@pytest.mark.parametrize(
    "change",
    [
        {"v": 3}, {"v": True}, {"counter": -1}, {"counter": "1"}, {"wrote": {}}, {"wrote": []},
        {"sealed": {"else": 1}}, {"station": 7}, {"parent": None}, {"more": 1}, {"agency": "x"},
    ],
)  # fmt: skip
def test_what_is_no_identity_is_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / "identity.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **change}))
    before = path.read_bytes()
    with pytest.raises(VaultDamaged):
        OwnStreams.of(folder)
    assert path.read_bytes() == before


def test_without_identity_nothing_is_made_up(folder: Path) -> None:
    own = OwnStreams.of(folder)
    (folder / "identity.json").unlink()
    with pytest.raises(VaultMissing):
        own.next_counter()
    assert not (folder / "identity.json").exists()


def test_a_full_disk_reserves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = OwnStreams.of(folder)

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic, "_write_through", full)
    with pytest.raises(DiskFull):
        own.next_counter()
    assert own.counter == 0 == _again(folder).counter

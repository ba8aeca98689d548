"""What lies on a stick is believed only as far as the publisher signed it."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from update_world import HERE, Publisher, deb, sign

from intake_app.disk import update_folder
from intake_app.disk.update_folder import KeptUpdates, read_signed, update_files
from intake_app.domain.errors import DiskFull, IntakeError, StorageFailed
from intake_app.domain.plain_json import canonical
from intake_app.domain.update import MOST_TEXT, Here, Package, require_newer
from intake_app.domain.update_errors import (
    NoPublisher,
    NoUpdateHere,
    UpdateChanged,
    UpdateForOthers,
    UpdateIncomplete,
    UpdateIsHere,
    UpdateIsOlder,
    UpdateIsTooFar,
    UpdateNotSigned,
    UpdateUnreadable,
)
from intake_app.services.updates.verifying import Signed, keep, signed_in, verified
from intake_app.settings.resources import path
from intake_app.vault.jose import PrivateKey
from intake_app.vault.release_keys import ReleaseKeys, Standing


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def stick(tmp_path: Path, publisher: Publisher) -> Path:
    place = tmp_path / "stick"
    publisher.publish(place, "0.2.0")
    return place


def take(publisher: Publisher, place: Path, here: Here = HERE) -> Signed:
    """As far as it goes before anything is copied."""
    found = signed_in(place, publisher.keys.verify)[0]
    require_newer(found.release, here)
    return verified(place, publisher.keys.verify, here)[0]


def test_a_good_update_is_taken(publisher: Publisher, stick: Path) -> None:
    assert take(publisher, stick).release.version == "0.2.0"


def test_the_next_key_signs_as_well_and_a_stranger_does_not(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.publish(tmp_path / "a", "0.2.0", key=publisher.next)
    assert take(publisher, tmp_path / "a")
    publisher.publish(tmp_path / "b", "0.2.0", key=PrivateKey.make())
    with pytest.raises(UpdateNotSigned):
        take(publisher, tmp_path / "b")


def test_a_signature_of_another_program_of_this_publisher_is_no_update(
    publisher: Publisher, tmp_path: Path
) -> None:
    said = json.loads(publisher.release(tmp_path, "0.2.0").told())
    sign(tmp_path, canonical({**said, "kind": "other"}), publisher.current, "0.2.0")
    with pytest.raises(UpdateUnreadable):
        take(publisher, tmp_path)


def test_a_copy_without_a_publisher_takes_nothing(stick: Path) -> None:
    with pytest.raises(NoPublisher):
        signed_in(stick, ReleaseKeys(Standing.NONE, {}).verify)


def test_the_shipped_keys_are_no_release_keys_until_a_publisher_sets_them() -> None:
    """And nothing that a test could sign is believed by them."""
    file = path("resources", "release", "keys.json")
    assert json.loads(file.read_text("utf-8"))["standing"] == "development"
    assert ReleaseKeys.load(file) == ReleaseKeys(Standing.NONE, {})


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"standing":"release"}', b"\xff", b"{" * 9999,
                                  b'{"standing":"x","current":{"kty":"EC"}}'])  # fmt: skip
def test_a_damaged_file_of_keys_trusts_nobody(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(text)
    assert not ReleaseKeys.load(tmp_path / "keys.json").keys
    assert not ReleaseKeys.load(tmp_path / "none.json").keys


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x")


def shorter(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def link(file: Path) -> None:
    """A link to the very bytes that were signed is still not a file of the stick."""
    file.rename(file.parent.parent / "elsewhere")
    file.symlink_to(file.parent.parent / "elsewhere")


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
@pytest.mark.parametrize("spoil", [flip, longer, shorter, link, pipe, folder, device])
def test_a_package_that_is_not_what_was_signed(
    publisher: Publisher, stick: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(deb(stick, "0.2.0"))
    with pytest.raises(UpdateChanged):
        take(publisher, stick)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
@pytest.mark.parametrize("spoil", [link, pipe, device])
def test_a_signed_text_that_is_no_plain_file(
    publisher: Publisher, stick: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(next(iter(update_files(stick))))
    with pytest.raises(UpdateUnreadable):
        take(publisher, stick)


def test_a_missing_package_is_named_as_that(publisher: Publisher, stick: Path) -> None:
    deb(stick, "0.2.0").unlink()
    with pytest.raises(UpdateIncomplete):
        take(publisher, stick)


def test_a_text_without_end_is_not_read(publisher: Publisher, stick: Path) -> None:
    file = update_files(stick)[0]
    file.write_bytes(b"a" * (MOST_TEXT + 1))
    with pytest.raises(UpdateUnreadable):
        read_signed(file)
    file.write_bytes(b"\x80")
    with pytest.raises(UpdateUnreadable):
        read_signed(file)


def test_a_stick_with_thousands_of_files_is_not_walked(tmp_path: Path) -> None:
    for n in range(450):
        (tmp_path / f"{n:04}.update").touch()
    assert len(update_files(tmp_path)) <= 20
    with pytest.raises(NoUpdateHere):
        signed_in(tmp_path / "none", lambda _text: b"")


BAD = {
    "a path": ("packages", 0, "name", "../../intake-app.deb"),
    "a full path": ("packages", 0, "name", "/etc/intake-app.deb"),
    "a path of Windows": ("packages", 0, "name", "intake-app\\..\\x.exe"),
    "a stream of Windows": ("packages", 0, "name", "intake-app.exe:x.exe"),
    "another ending": ("packages", 0, "name", "intake-app.sh"),
    "an option": ("packages", 0, "name", "-o.deb"),
    "no size": ("packages", 0, "size", 0),
    "a huge size": ("packages", 0, "size", 2**60),
    "a size that is a truth": ("packages", 0, "size", True),
    "a short hash": ("packages", 0, "sha256", "00"),
    "no such system": ("packages", 0, "systems", ["beos-amd64"]),
    "two for one system": ("packages", 1, "systems", ["debian-amd64"]),
    "no packages": ("packages", None, None, []),
    "too many": ("packages", None, None, [{}] * 99),
    "no version": ("version", None, None, "1.2"),
    "a version with words": ("version", None, None, "0.2.0-rc1"),
    "zeros before": ("version", None, None, "0.02.0"),
    "no day": ("made", None, None, "soon"),
    "no notes": ("notes", None, None, {"es": ["x"]}),
    "long notes": ("notes", None, None, {"en": ["x" * 9999]}),
    "notes that turn round": ("notes", None, None, {"en": ["\u202egnp.deb"]}),
    "notes with lines": ("notes", None, None, {"en": ["x\nsudo rm"]}),
    "a newer format": ("v", None, None, 2),
}


@pytest.mark.parametrize("name", BAD)
def test_even_a_signed_text_must_make_sense(
    publisher: Publisher, tmp_path: Path, name: str
) -> None:
    """A publisher errs too; and a file name is never a path."""
    said = json.loads(publisher.release(tmp_path, "0.2.0").told())
    top, place, inside, value = BAD[name]
    if place is None:
        said[top] = value
    else:
        said[top][place][inside] = value
    sign(tmp_path, canonical(said), publisher.current, "0.2.0")
    with pytest.raises(UpdateUnreadable):
        take(publisher, tmp_path)


def test_what_a_newer_program_says_besides_is_passed_over(
    publisher: Publisher, tmp_path: Path
) -> None:
    said = json.loads(publisher.release(tmp_path, "0.2.0").told())
    sign(tmp_path, canonical({**said, "more": [1]}), publisher.current, "0.2.0")
    assert take(publisher, tmp_path)


def test_a_text_in_another_spelling_is_not_read(publisher: Publisher, tmp_path: Path) -> None:
    said = json.loads(publisher.release(tmp_path, "0.2.0").told())
    sign(tmp_path, json.dumps(said, indent=1).encode(), publisher.current, "0.2.0")
    with pytest.raises(UpdateUnreadable):
        take(publisher, tmp_path)


def test_an_older_update_that_was_good_once_is_not_taken(publisher: Publisher, stick: Path) -> None:
    with pytest.raises(UpdateIsOlder):
        take(publisher, stick, Here("0.10.0", "debian-amd64", 7))
    with pytest.raises(UpdateIsHere):
        take(publisher, stick, Here("0.2.0", "debian-amd64", 7))


def test_versions_in_between_are_not_left_out(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish(tmp_path, "0.9.0", oldest="0.5.0")
    with pytest.raises(UpdateIsTooFar):
        take(publisher, tmp_path)


def test_a_package_for_another_computer(publisher: Publisher, stick: Path) -> None:
    with pytest.raises(UpdateForOthers):
        take(publisher, stick, Here("0.1.0", "debian-arm64", 7))


def test_a_mix_of_two_updates_is_not_taken(publisher: Publisher, stick: Path) -> None:
    """The signed text of the newer with the package of the older under its name."""
    publisher.publish(stick, "0.3.0")
    shutil.copyfile(deb(stick, "0.2.0"), deb(stick, "0.3.0"))
    with pytest.raises(UpdateChanged):
        take(publisher, stick)


def test_of_several_the_newest_that_is_signed_counts(publisher: Publisher, stick: Path) -> None:
    publisher.publish(stick, "0.10.0")
    publisher.publish(stick, "0.9.0")
    publisher.publish(stick, "9.0.0", key=PrivateKey.make())
    assert take(publisher, stick).release.version == "0.10.0"


# --- between the look and the installer ---------------------------------------------------------


def copied(publisher: Publisher, stick: Path, root: Path) -> Path:
    found, package = verified(stick, publisher.keys.verify, HERE)
    return keep(KeptUpdates(root), found, package, publisher.keys.verify, HERE)


def test_a_stick_that_is_swapped_after_the_look_changes_nothing(
    publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    found, package = verified(stick, publisher.keys.verify, HERE)
    flip(deb(stick, "0.2.0"))
    with pytest.raises(UpdateChanged):
        keep(KeptUpdates(tmp_path / "own"), found, package, publisher.keys.verify, HERE)
    assert KeptUpdates(tmp_path / "own").versions() == []
    assert list((tmp_path / "own").iterdir()) == []


def test_what_is_copied_is_ours_alone_and_outlives_the_stick(
    publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    folder = copied(publisher, stick, tmp_path / "own")
    shutil.rmtree(stick)
    verified(folder, publisher.keys.verify, HERE)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in folder.iterdir())


def test_a_copy_that_is_changed_later_is_not_installed(
    publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    folder = copied(publisher, stick, tmp_path / "own")
    flip(deb(folder, "0.2.0"))
    with pytest.raises(UpdateChanged):
        verified(folder, publisher.keys.verify, HERE)


def test_a_full_disk_leaves_nothing_and_keeps_what_was_there(
    publisher: Publisher, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(publisher, stick, tmp_path / "own")
    publisher.publish(stick, "0.3.0")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(update_folder.os, "fsync", full)
    with pytest.raises(DiskFull):
        copied(publisher, stick, tmp_path / "own")
    monkeypatch.undo()
    verified(folder, publisher.keys.verify, HERE)
    assert [one.name for one in (tmp_path / "own").iterdir()] == ["0.2.0"]


def test_a_kill_in_between_leaves_a_part_that_nobody_takes_for_an_update(
    publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    part = tmp_path / "own" / "0.2.0.part"
    part.mkdir(parents=True)
    (part / "intake-app_0.2.0_amd64.deb").write_bytes(b"half")
    kept = KeptUpdates(tmp_path / "own")
    assert kept.versions() == []
    verified(copied(publisher, stick, kept.root), publisher.keys.verify, HERE)
    assert not part.exists()


class Killed(BaseException):
    """Nothing is cleaned up after it."""


class Steps:
    """Lets so many syncs and renames happen, and kills at the next; what cleans up is dead then."""

    def __init__(self, patch: pytest.MonkeyPatch, left: int) -> None:
        self.left = left
        for name in ("fsync", "rename", "replace"):
            patch.setattr(os, name, self.counting(getattr(os, name)))
        patch.setattr(update_folder.shutil, "rmtree", self.cleaning(shutil.rmtree))

    def counting(self, real: Callable[..., object]) -> Callable[..., object]:
        def act(*words: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise Killed
            return real(*words)

        return act

    def cleaning(self, real: Callable[..., object]) -> Callable[..., object]:
        def act(*words: object, **more: object) -> object:
            return real(*words, **more) if self.left >= 0 else None

        return act


def is_killed(publisher: Publisher, stick: Path, root: Path, left: int) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        Steps(patch, left)
        try:
            copied(publisher, stick, root)
        except Killed:
            return True
    return False


def test_killed_at_any_step_the_copy_is_whole_or_not_there(
    publisher: Publisher, stick: Path, tmp_path: Path
) -> None:
    kept = KeptUpdates(tmp_path / "own")
    steps = 0
    while is_killed(publisher, stick, kept.root, steps):
        steps += 1
        for version in kept.versions():
            verified(kept.folder(version), publisher.keys.verify, HERE)
            shutil.rmtree(kept.folder(version))
    assert steps > 4
    assert kept.versions() == ["0.2.0"]
    assert [one.name for one in kept.root.iterdir()] == ["0.2.0"], "what was half done is swept"


def test_a_disk_that_gives_back_something_else_is_noticed(
    publisher: Publisher, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = update_folder.require_whole

    def rotten(file: Path, package: Package) -> None:
        if file.parent.name.endswith(".part"):
            flip(file)
        real(file, package)

    monkeypatch.setattr(update_folder, "require_whole", rotten)
    with pytest.raises(StorageFailed):
        copied(publisher, stick, tmp_path / "own")


def test_every_refusal_is_a_sentence_and_says_that_nothing_was_done() -> None:
    for one in IntakeError.__subclasses__():
        if one.__name__ == "UpdateRefused":
            assert len(one.__subclasses__()) > 10
            for refusal in one.__subclasses__():
                assert refusal.sentence().endswith(".")

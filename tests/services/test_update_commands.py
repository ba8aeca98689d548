"""A publisher signs, and an administrator of the computer installs: both by commands."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import release
from profiles import Profile
from update_world import HERE, Publisher, deb, parts

from intake_app.cli import main
from intake_app.commands import update
from intake_app.domain.roles import Role
from intake_app.domain.update import Here, Release
from intake_app.services.needs.updates import UpdateParts
from intake_app.services.updates.verifying import signed_in
from intake_app.settings.updates import FOLDER, Step, UpdateNotes, keep_notes, read_notes
from intake_app.vault.release_keys import ReleaseKeys, Standing
from intake_app.wiring import updates

WORDS = "six words that a publisher knows"
Run = Callable[..., tuple[int, dict[str, str]]]


# --- the publisher --------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> list[str]:
    (tmp_path / "words").write_text(WORDS)
    return ["--passphrase-file", str(tmp_path / "words"), "--public", str(tmp_path / "keys.json")]


def make_keys(tmp_path: Path, secret: list[str], *more: str) -> None:
    release.main(["keys", "--to", str(tmp_path / "safe"), *secret, *more])


def signed(tmp_path: Path, secret: list[str], use: str = "current") -> Path:
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    for name in ("intake-app_0.2.0_amd64.deb", "intake-app-0.2.0-setup.exe",
                 "intake-app-0.2.0-universal2.dmg"):  # fmt: skip
        (folder / name).write_bytes(name.encode())
    notes = tmp_path / "notes.txt"
    notes.write_text("[en]\n- One thing.\n- Another.\n\n[es]\n- Una cosa.\n", "utf-8")
    key = tmp_path / "safe" / f"intake-release-{use}.pem"
    release.main([
        "sign", *map(str, sorted(folder.iterdir())), "--key", str(key), "--notes", str(notes),
        "--oldest", "0.1.0", "--version", "0.2.0", "--made", "2026-11-26", *secret,
    ])  # fmt: skip
    return folder


def test_keys_are_made_and_either_signs(tmp_path: Path, secret: list[str]) -> None:
    make_keys(tmp_path, secret)
    keys = ReleaseKeys.load(tmp_path / "keys.json")
    assert keys.standing is Standing.RELEASE
    assert len(keys.keys) == 2
    for use in ("current", "next"):
        folder = signed(tmp_path, secret, use)
        [found] = updates_in(folder, keys)
        assert [one.systems for one in found.packages] == [
            ("windows-amd64",), ("macos-amd64", "macos-arm64"), ("debian-amd64",),
        ]  # fmt: skip
        assert found.notes == {"en": ("One thing.", "Another."), "es": ("Una cosa.",)}
        next(folder.glob("*.update")).unlink()
    assert (tmp_path / "safe").stat().st_mode & 0o077 == 0
    assert all(b"ENCRYPTED" in one.read_bytes() for one in (tmp_path / "safe").iterdir())


def updates_in(folder: Path, keys: ReleaseKeys) -> list[Release]:
    return [one.release for one in signed_in(folder, keys.verify)]


@pytest.mark.parametrize("version", ["0.1.0", "0.2.00", "0.2.0.1", "10.2.0"])
def test_a_package_of_another_version_is_not_signed(
    tmp_path: Path, secret: list[str], version: str
) -> None:
    """An old package under a new number would come over a newer one."""
    make_keys(tmp_path, secret)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"intake-app_{version}_arm64.deb").write_bytes(b"old")
    with pytest.raises(SystemExit, match=r"Not a package of 0\.2\.0"):
        signed(tmp_path, secret)
    assert not list(tmp_path.glob("out/*.update"))


def test_keys_for_trying_out_say_so(tmp_path: Path, secret: list[str]) -> None:
    make_keys(tmp_path, secret, "--development")
    assert ReleaseKeys.load(tmp_path / "keys.json").standing is Standing.DEVELOPMENT


def test_secret_keys_never_lie_in_the_tree(secret: list[str]) -> None:
    with pytest.raises(SystemExit, match="do not lie in the tree"):
        release.main(["keys", "--to", str(release.ROOT / ".work" / "keys"), *secret])


def test_a_weak_or_wrong_passphrase_signs_nothing(tmp_path: Path, secret: list[str]) -> None:
    make_keys(tmp_path, secret)
    (tmp_path / "words").write_text("another passphrase")
    with pytest.raises(SystemExit):
        signed(tmp_path, secret)
    (tmp_path / "words").write_text("short")
    with pytest.raises(SystemExit):
        release.main(["keys", "--to", str(tmp_path / "other"), *secret])
    assert not list(tmp_path.glob("out/*.update"))


# --- the administrator ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def here() -> list[Here]:
    """The program that runs; a test may put another one in."""
    return [HERE]


@pytest.fixture
def stick(tmp_path: Path, publisher: Publisher) -> Path:
    publisher.publish(tmp_path / "stick", "0.2.0", schema=8)
    return tmp_path / "stick"


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], publisher: Publisher,
    here: list[Here], tmp_path: Path,
) -> Run:  # fmt: skip
    """Types a command at a program of this publisher, as root, with an apt that only notes."""
    apt = tmp_path / "apt-get"
    apt.write_text(
        f'#!/bin/sh\nfor one in "$@"; do last="$one"; done\n'
        f'echo "$@" > {tmp_path}/given\ncp "$last" {tmp_path}/installed\nenv > {tmp_path}/env\n'
        "echo Reading package lists\n"
    )
    apt.chmod(0o755)

    def made(folder: Path) -> UpdateParts:
        return parts(folder, publisher, here[0])

    monkeypatch.setattr(updates, "make_updates", made)
    monkeypatch.setattr(update, "_APT", str(apt))
    monkeypatch.setattr(update.os, "geteuid", lambda: 0)

    def typed(*words: object) -> tuple[int, dict[str, str]]:
        code = main(["update", *map(str, words), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {"refused": said.err.strip()}

    return typed


def test_what_is_verified_is_installed_from_where_only_root_writes(
    run: Run, stick: Path, tmp_path: Path
) -> None:
    assert run("install", stick) == (0, {"installed": "0.2.0"})
    *words, package = (tmp_path / "given").read_text().split()
    assert words == ["install", "--yes", "--no-install-recommends"]
    assert not package.startswith(str(stick)), "not the stick, which can still change"
    assert (tmp_path / "installed").read_bytes() == deb(stick, "0.2.0").read_bytes()
    assert not Path(package).exists(), "and nothing is left of it"
    assert "HOME" not in (tmp_path / "env").read_text()


def test_nothing_that_was_changed_reaches_the_installer(
    run: Run, stick: Path, tmp_path: Path
) -> None:
    deb(stick, "0.2.0").write_bytes(b"other")
    code, said = run("install", stick)
    assert code == 1
    assert said["refused"].startswith("The package is not the one that the publisher signed.")
    assert not (tmp_path / "given").exists()


def test_only_root_installs(run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update.os, "geteuid", lambda: 1000)
    code, said = run("install", stick)
    assert (code, "sudo" in said["refused"]) == (1, True)


def test_an_older_version_is_installed_only_by_who_says_back(
    run: Run, stick: Path, here: list[Here], tmp_path: Path
) -> None:
    here[0] = Here("0.3.0", HERE.system, 8)
    code, said = run("install", stick)
    assert (code, said["refused"]) == (
        1, "This version is older than the one that runs here. Nothing was changed.",
    )  # fmt: skip
    assert run("install", stick, "--back")[0] == 0
    assert "--allow-downgrades" in (tmp_path / "given").read_text()


def test_back_is_a_way_back_and_no_way_round_the_checks_of_a_newer_one(
    run: Run, stick: Path, here: list[Here], publisher: Publisher, tmp_path: Path
) -> None:
    """What is not older is looked at as without the word; a checkout installs nothing at all."""
    publisher.publish(stick, "0.9.0", oldest="0.5.0")
    assert run("install", stick, "--back")[0] == 1, "versions in between are left out"
    here[0] = Here("", HERE.system, 8)
    assert run("install", stick, "--back")[0] == 1
    assert not (tmp_path / "given").exists()


def test_root_verifies_where_the_environment_of_nobody_points(
    run: Run, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of somebody else could be renamed between the last look and the installer."""
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o777)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(theirs))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert run("install", stick)[0] == 0
    package = Path((tmp_path / "given").read_text().split()[-1])
    assert package.parent.parent == Path(update._OWN), "sticky: only root moves its own"


def test_another_release_under_the_kept_name_is_no_way_back(
    run: Run, here: list[Here], publisher: Publisher, profile: Profile
) -> None:
    """Signed once, and older still: it must not come back under the name of the one before."""
    here[0] = Here("0.3.0", HERE.system, 8)
    publisher.publish(profile.folder / FOLDER / "0.2.0", "0.1.0")
    code, said = run("back", "--profile", profile.folder)
    assert (code, said["refused"].startswith("The package is not the one")) == (1, True)
    shutil.rmtree(profile.folder / FOLDER / "0.2.0")
    publisher.publish(profile.folder / FOLDER / "0.2.0", "0.2.0")
    assert run("back", "--profile", profile.folder)[0] == 0


@pytest.mark.parametrize("told", ["0.1.0\nroot granted", "../../x", "1.2", 3, None, "0.1.0 x" * 99])
def test_what_is_no_version_in_the_notes_goes_nowhere(tmp_path: Path, told: object) -> None:
    """The notes lie open in the profile, and what they say is written into the audit trail."""
    (tmp_path / FOLDER).mkdir()
    step = {"before": told, "after": told, "backup": "b", "at": "t"}
    notes = {"version": told, "since": told, "waiting": step, "place": "/stick"}
    (tmp_path / FOLDER / "notes.json").write_text(json.dumps(notes))
    read = read_notes(tmp_path)
    assert (read.version, read.since, read.place) == ("", "", "/stick")
    assert read.waiting == Step("", "", "b", "t")
    keep_notes(tmp_path, UpdateNotes("0.10.0"))
    assert read_notes(tmp_path).version == "0.10.0", "and a version stays"


def test_an_installer_that_fails_is_told(
    run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "_APT", "/bin/false")
    code, said = run("install", stick)
    assert (code, said["refused"].startswith("The system did not install")) == (1, True)


def test_check_reads_every_package_that_lies_there(run: Run, stick: Path) -> None:
    code, said = run("check", stick)
    assert (code, said["version"], said["fits here"]) == (0, "0.2.0", "yes")
    (stick / "intake-app-0.2.0-setup.exe").write_bytes(b"other")
    assert run("check", stick)[0] == 1


def test_prepare_and_back_by_command(
    run: Run, stick: Path, here: list[Here], profile: Profile, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.publish(stick, "0.1.0")
    admin = profile.person(Role.ADMINISTRATOR)
    (tmp_path / "secret").write_text(admin.passphrase)
    code, said = run("prepare", stick, "--user", admin.user_name, "--passphrase-file",
                     tmp_path / "secret", "--profile", profile.folder)  # fmt: skip
    assert (code, said["from"], said["to"]) == (0, "0.1.0", "0.2.0")
    assert said["install"].endswith(str(profile.folder / FOLDER / "0.2.0"))
    here[0] = Here("0.2.0", HERE.system, 8)
    step = Step("0.1.0", "0.2.0", said["backup"], "2026-11-23T09:30:00+00:00")
    keep_notes(profile.folder, UpdateNotes("0.2.0", step.at, None, step))
    code, said = run("back", "--profile", profile.folder)
    assert (code, said["to"], said["backup"]) == (0, "0.1.0", step.backup)
    assert said["made"]
    assert len(said["steps"]) == 2

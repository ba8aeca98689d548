"""Makes a publisher's keys, and signs updates: `.venv/bin/python build/release.py --help`.

    keys --to FOLDER             two pairs of keys: secret halves into FOLDER, under a passphrase;
                                 public halves into resources/release/keys.json
    sign PACKAGE... --key FILE   writes intake-app-VERSION.update beside the packages
    check FOLDER                 verifies what lies there as the program does

Secret keys never lie in the tree: a folder inside it is refused. Keep them on two sticks in two
places. `--development` marks keys for trying out: the program says so wherever it shows a version.
"""

import argparse
import getpass
import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from intake_app.disk.update_folder import require_whole  # noqa: E402
from intake_app.domain.errors import IntakeError  # noqa: E402
from intake_app.domain.update import ENDING, Package, Release, read_release  # noqa: E402
from intake_app.services.updates.verifying import signed_in  # noqa: E402
from intake_app.settings.version import version  # noqa: E402
from intake_app.storage.schema import newest  # noqa: E402
from intake_app.vault.jose import PrivateKey  # noqa: E402
from intake_app.vault.release_file import open_secret, seal_secret  # noqa: E402
from intake_app.vault.release_keys import USES, ReleaseKeys, Standing  # noqa: E402

PUBLIC = ROOT / "resources" / "release" / "keys.json"
ABOUT = "Public keys of who may sign updates of this program (docs/updates.md)."
_SYSTEMS = {"deb": "debian", "exe": "windows", "dmg": "macos"}
_MACHINES = {"amd64": "amd64", "x86_64": "amd64", "x64": "amd64", "arm64": "arm64",
             "aarch64": "arm64"}  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Do what is asked; what is refused is one sentence."""
    asked = _parser().parse_args(words)
    try:
        return int(asked.act(asked))
    except IntakeError as error:
        sys.exit(error.sentence())


def make_keys(asked: argparse.Namespace) -> int:
    """Two pairs: one signs now, the other once the first is replaced or lost."""
    folder, public = asked.to.resolve(), asked.public
    if folder.is_relative_to(ROOT):
        sys.exit("Secret keys do not lie in the tree. Choose a folder on a stick.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    passphrase = _passphrase(asked, is_new=True)
    standing = Standing.DEVELOPMENT if asked.development else Standing.RELEASE
    told: dict[str, object] = {"about": ABOUT, "standing": str(standing)}
    for use in USES:
        key = PrivateKey.make()
        secret = folder / f"intake-release-{use}.pem"
        with open(os.open(secret, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(seal_secret(key, passphrase))
        told[use] = key.jwk
        print(f"{secret}: {key.name}")
    public.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(f"{public}: commit it, and build the packages anew.")
    return 0


def sign(asked: argparse.Namespace) -> int:
    """Sign packages of one version; what was written is verified at once."""
    packages = [file.resolve() for file in asked.packages]
    folder = packages[0].parent
    if any(one.parent != folder for one in packages):
        sys.exit("All packages of an update lie in one folder.")
    own = re.compile(rf"(?<![0-9.]){re.escape(asked.version)}(?![0-9]|\.[0-9])")
    if others := [one.name for one in packages if not own.search(one.name)]:
        sys.exit(f"Not a package of {asked.version}: {', '.join(others)}.")
    notes = read_notes(asked.notes.read_text("utf-8"))
    release = Release(
        asked.version, date.fromisoformat(asked.made), asked.oldest, asked.schema,
        tuple(map(package_of, packages)), notes,
    )  # fmt: skip
    read_release(release.told())  # or nobody could
    key = open_secret(asked.key.read_bytes(), _passphrase(asked))
    file = folder / f"intake-app-{asked.version}{ENDING}"
    file.write_text(key.sign(release.told()), "ascii")
    print(f"{file}: signed by {key.name}")
    return check(argparse.Namespace(folder=folder, public=asked.public))


def check(asked: argparse.Namespace) -> int:
    """Verify as the program does, with all packages."""
    keys = ReleaseKeys.load(asked.public)
    found = signed_in(asked.folder, keys.verify)[0]
    for one in found.release.packages:
        require_whole(found.file(one), one)
        print(f"{one.name}: as signed ({', '.join(one.systems)})")
    print(f"{found.release.version} of {found.release.made}, {keys.standing} keys")
    return 0


def package_of(file: Path) -> Package:
    """A package as it is signed; its systems stand in its name: `intake-app_0.2.0_amd64.deb`."""
    ending = file.suffix.removeprefix(".")
    words = re.split(r"[^a-z0-9_]|_(?!64)", file.stem.lower())
    machines = sorted({_MACHINES[word] for word in words if word in _MACHINES})
    if "universal2" in words or not machines:
        machines = ["amd64", "arm64"] if ending == "dmg" else ["amd64"]
    systems = tuple(f"{_SYSTEMS[ending]}-{machine}" for machine in machines)
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Package(file.name, systems, file.stat().st_size, digest)


def read_notes(text: str) -> dict[str, tuple[str, ...]]:
    """What is new: lines that begin with "- " under a line "[en]" for each language."""
    found: dict[str, list[str]] = {}
    language = "en"
    for line in map(str.strip, text.splitlines()):
        if heading := re.fullmatch(r"\[([a-z]{2,3})\]", line):
            language = heading[1]
        elif line.startswith("- "):
            found.setdefault(language, []).append(line.removeprefix("- "))
    return {code: tuple(lines) for code, lines in found.items()}


def _passphrase(asked: argparse.Namespace, *, is_new: bool = False) -> str:
    if asked.passphrase_file:
        return str(asked.passphrase_file.read_text("utf-8").rstrip("\r\n"))
    typed = getpass.getpass("Passphrase of the secret keys: ")
    if is_new and getpass.getpass("Once more: ") != typed:
        sys.exit("The two are not the same.")
    return typed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="The publisher's keys and signatures.")
    acts = parser.add_subparsers(required=True)
    keys = acts.add_parser("keys", help="make two pairs of keys")
    keys.add_argument("--to", type=Path, required=True, help="folder for the secret halves")
    keys.add_argument("--development", action="store_true", help="for trying out")
    keys.set_defaults(act=make_keys)
    signing = acts.add_parser("sign", help="sign packages")
    signing.add_argument("packages", type=Path, nargs="+")
    signing.add_argument("--key", type=Path, required=True, help="a secret key")
    signing.add_argument("--notes", type=Path, required=True, help='"- " lines under [en] and [es]')
    signing.add_argument("--oldest", required=True, help="oldest version it may be put on")
    signing.add_argument("--version", default=version())
    signing.add_argument("--schema", type=int, default=newest(), help="its last migration")
    signing.add_argument("--made", default=date.today().isoformat(), help="the day")  # noqa: DTZ011
    signing.set_defaults(act=sign)
    for one in (keys, signing):
        one.add_argument("--passphrase-file", type=Path)
    checking = acts.add_parser("check", help="verify an update")
    checking.add_argument("folder", type=Path)
    checking.set_defaults(act=check)
    for one in (keys, signing, checking):
        one.add_argument("--public", type=Path, default=PUBLIC, help="the public keys")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A publisher who never was, and the sticks that they hand out."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from intake_app.domain.update import ENDING, Here, Package, Release
from intake_app.services.desk import Desk
from intake_app.services.needs.updates import UpdateParts
from intake_app.vault.jose import PrivateKey
from intake_app.vault.release_keys import ReleaseKeys, Standing

SYSTEM = "debian-amd64"
HERE = Here("0.1.0", SYSTEM, 7)


@dataclass
class Publisher:
    """Two pairs of keys; `keys` is what the program knows of them."""

    current: PrivateKey = field(default_factory=PrivateKey.make)
    next: PrivateKey = field(default_factory=PrivateKey.make)

    @property
    def keys(self) -> ReleaseKeys:
        found = {one.name: one.public for one in (self.current, self.next)}
        return ReleaseKeys(Standing.RELEASE, found)

    def release(self, folder: Path, version: str, oldest: str = "0.1.0", schema: int = 7,
                body: bytes = b"") -> Release:  # fmt: skip
        """Lay packages of a version into a folder; what would be signed."""
        folder.mkdir(parents=True, exist_ok=True)
        packages: list[Package] = []
        for name, system in (
            (f"intake-app_{version}_amd64.deb", SYSTEM),
            (f"intake-app-{version}-setup.exe", "windows-amd64"),
        ):
            data = body or f"{name} ".encode() * 5000
            (folder / name).write_bytes(data)
            packages.append(
                Package(name, (system,), len(data), hashlib.sha256(data).hexdigest())
            )  # fmt: skip
        notes = {
            "en": (f"What {version} brings.",), "es": (f"Lo nuevo de {version}.",),
        }  # fmt: skip
        day = date(2026, 11, 23)
        return Release(version, day, oldest, schema, tuple(packages), notes)

    def publish(self, folder: Path, version: str, oldest: str = "0.1.0", schema: int = 7,
                key: PrivateKey | None = None) -> Path:  # fmt: skip
        """A stick with a signed update; the signed file."""
        release = self.release(folder, version, oldest, schema)
        return sign(folder, release.told(), key or self.current, version)


def sign(folder: Path, said: bytes, key: PrivateKey, version: str) -> Path:
    file = folder / f"intake-app-{version}{ENDING}"
    file.write_text(key.sign(said), "ascii")
    return file


def deb(folder: Path, version: str) -> Path:
    return folder / f"intake-app_{version}_amd64.deb"


def parts(profile: Path, publisher: Publisher, here: Here = HERE, **more: object) -> UpdateParts:
    made = UpdateParts(
        profile, here, publisher.keys.verify, "release", lambda: (), ("/opt/intake-app/intake-app",)
    )
    return replace(made, **more)  # pyright: ignore[reportArgumentType]


def with_updates(desk: Desk, profile: Path, publisher: Publisher, here: Here = HERE,
                 **more: object) -> Desk:  # fmt: skip
    """The same desk, at a program that knows this publisher."""
    return replace(desk, updates=parts(profile, publisher, here, **more))

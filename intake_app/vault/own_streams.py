"""This station's own runs of numbers, kept in identity.json; fits `exchange.needs.OwnStreams`.

Numbers only grow: each step is read from the disk, taken further and written through before it is
believed, so that no second bundle or receipt ever gets a number that went out.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from intake_app.domain.exchange import NOTHING, Mark, Stream
from intake_app.domain.ids import Epoch, new_epoch
from intake_app.domain.roles import Compartment
from intake_app.vault.identity import Identity, read_identity, write_identity
from intake_app.vault.keyfile import KeyFile


class OwnStreams:
    """What identity.json knows of bundles and receipts that this station wrote.

    Args:
        folder: The profile.
        agency: The department's opaque id.
        profile: The profile's id.

    Raises:
        VaultMissing: There is no identity: this folder was restored, or copied.
        VaultDamaged: It cannot be read, or belongs to another profile.
    """

    def __init__(self, folder: Path, agency: str, profile: str) -> None:
        self._folder, self._agency, self._profile = folder, agency, profile
        self._now = self._read()

    @classmethod
    def of(cls, folder: Path) -> "OwnStreams":
        """Those of a profile folder.

        Raises:
            VaultMissing: It has no key file or no identity.
            VaultDamaged: One of them cannot be read.
        """
        file = KeyFile.load(folder)
        return cls(folder, file.text("agency"), file.text("profile"))

    @property
    def stream(self) -> Stream:
        """This station in its present epoch."""
        return self._now.stream

    @property
    def parent(self) -> Epoch:
        """The epoch before; empty for the first."""
        return self._now.parent

    @property
    def wrote(self) -> Mapping[str, Mark]:
        """All own streams ever begun, by name, each with its last bundle."""
        return self._now.wrote

    @property
    def counter(self) -> int:
        """Of the newest receipt of the present epoch."""
        return self._now.counter

    def sealed_through(self, compartment: Compartment) -> int:
        """The last bundle of the present epoch that had lines of this file in it; 0: none."""
        return self._now.sealed.get(compartment, 0)

    def note_bundle(self, mark: Mark, files: Collection[Compartment]) -> None:
        """Bundle `mark.n` lies in the tray, with lines of these files; durable.

        The same bundle may be noted again.

        Raises:
            ValueError: Its number does not follow, or names another bundle already.
            DiskFull: It is not noted.
            StorageFailed: It is not noted.
        """
        now = self._read()
        last = now.wrote[now.stream.name]
        if mark != last and (mark.n != last.n + 1 or not mark.sha256):
            raise ValueError("number of a bundle")
        sealed = {**now.sealed, **dict.fromkeys(files, mark.n)}
        self._write(replace(now, wrote={**now.wrote, now.stream.name: mark}, sealed=sealed))

    def next_counter(self) -> int:
        """Reserve the counter of the next receipt; durable.

        Raises:
            DiskFull: Nothing is reserved.
            StorageFailed: Nothing is reserved.
        """
        now = self._read()
        self._write(replace(now, counter=now.counter + 1))
        return self._now.counter

    def begin_epoch(self) -> Epoch:
        """Begin a new epoch, whose parent is the present one; durable.

        Raises:
            DiskFull: The present one goes on.
            StorageFailed: The present one goes on.
        """
        now, epoch = self._read(), new_epoch()
        name = Stream(now.station, epoch).name
        self._write(replace(
            now, epoch=epoch, parent=now.epoch, wrote={**now.wrote, name: NOTHING}, counter=0,
            sealed={},
        ))  # fmt: skip
        return epoch

    def _read(self) -> Identity:
        return read_identity(self._folder, self._agency, self._profile)

    def _write(self, identity: Identity) -> None:
        write_identity(self._folder, self._agency, self._profile, identity)
        self._now = identity

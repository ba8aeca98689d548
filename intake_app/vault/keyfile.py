"""vault.json: salts, slots and grants; no name in clear, and never replaced when it cannot be read.

It carries a checksum of itself against accidents (a cut copy, a flipped bit). Against people stand
the authenticated slots, the sealed and signed grants, and the pinned genesis inside each slot. Each
save keeps the previous copy, and is refused if the file on disk is not the one that was read.
"""

import copy
import hashlib
import hmac
import json
import os
import unicodedata
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import write_whole
from intake_app.domain.errors import BadEntry, VaultDamaged, VaultExists, VaultMissing
from intake_app.domain.plain_json import canonical

NAME: Final = "vault.json"
PREVIOUS: Final = "vault.json.previous"
_SHAPE: Final = {
    "format": int, "agency": str, "profile": str, "station": str, "genesis": str, "heads": list,
    "name_key": str, "station_key": dict, "kdf": str, "slots": dict, "grants": dict,
    "recovery": dict, "use_keyring": bool,
}  # fmt: skip
_NEXT: Final = "next"
"""May be missing: grants of a new file key, beside those of the old one; see `file_keys`."""


class KeyFile:
    """The key file of a profile folder, as last read or written."""

    def __init__(self, folder: Path, content: dict[str, Any], sum_on_disk: str) -> None:
        self._path, self._content, self._sum = folder / NAME, content, sum_on_disk

    @staticmethod
    def is_there(folder: Path) -> bool:
        """Whether this folder has a department, whole or in ruins: nothing may be made over it."""
        marks = (folder / NAME, folder / PREVIOUS)
        return any(mark.exists() for mark in marks) or any(folder.glob("*.db"))

    @classmethod
    def create(cls, folder: Path, content: dict[str, Any]) -> "KeyFile":
        """Write the first one.

        Raises:
            VaultExists: There is a department here already.
        """
        if cls.is_there(folder):
            raise VaultExists
        made = cls(folder, content, "")
        made._write(content)
        return made

    @classmethod
    def load(cls, folder: Path) -> "KeyFile":
        """Read the existing one.

        Raises:
            VaultMissing: There is none.
            VaultDamaged: It is cut, altered or not a key file. It stays as it is.
        """
        content, digest = _read(folder / NAME)
        return cls(folder, content, digest)

    @property
    def content(self) -> dict[str, Any]:
        """What it says; a copy, to be changed and given to `save`."""
        return copy.deepcopy(self._content)

    def on_disk(self) -> dict[str, Any]:
        """What the file on the disk says at this moment.

        Raises:
            VaultMissing: It is gone.
            VaultDamaged: It cannot be read.
        """
        return _read(self._path)[0]

    def text(self, name: str) -> str:
        """One of its texts: "agency", "profile", "station", "genesis", "kdf"."""
        return str(self._content[name])

    def slot_id(self, user_name: str) -> str:
        """Where a user's slot stands: an HMAC, because the name itself is nobody's business."""
        name = plain_name(user_name).encode(errors="replace")
        key = bytes.fromhex(self.text("name_key"))
        return hmac.new(key, name, hashlib.sha256).hexdigest()

    def save(self, content: dict[str, Any], *, keep_previous: bool = True) -> None:
        """Replace the content.

        Args:
            content: What it shall say.
            keep_previous: Keep the old copy beside it. Not where somebody was shut out, or an
                old passphrase shall open nothing more: then both copies say the new.

        Raises:
            VaultMissing: The file on disk is gone.
            VaultDamaged: The file on disk is not the one that was read. It stays as it is.
            DiskFull: No space; the old file stands.
            StorageFailed: The disk refused; the old file stands.
        """
        _, digest = _read(self._path)
        if digest != self._sum:
            raise VaultDamaged("changed on disk")
        self._write(content)
        if not keep_previous:
            self._write(content)  # what was new a moment ago is now the previous copy

    def _write(self, content: dict[str, Any]) -> None:
        digest = _sum(content)
        data = json.dumps({"sum": digest, **content}, indent=1).encode()
        write_whole(self._path, data, keep_previous=True)
        self._content, self._sum = copy.deepcopy(content), digest


def plain_name(user_name: str) -> str:
    """A user name as it is compared: however it was typed, the same person."""
    return unicodedata.normalize("NFKC", user_name).casefold().strip()


def check_user_name(user_name: str) -> None:
    """Refuse a name that is empty, or that shows other signs than it holds.

    Raises:
        BadEntry: It is.
    """
    signs = [unicodedata.category(sign) for sign in user_name]
    if not plain_name(user_name) or any(kind.startswith("C") for kind in signs):
        raise BadEntry("user name")  # control signs, and marks of no width or another direction


def new_name_key() -> str:
    """A fresh key for the HMAC of user names."""
    return os.urandom(32).hex()


def _sum(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _is_well_formed(raw: dict[str, Any]) -> bool:
    if any(type(raw[name]) is not kind for name, kind in _SHAPE.items()):
        return False
    inner: list[Any] = [*raw["slots"].values(), *raw["grants"].values(), *raw["recovery"].values()]
    if any(type(one) is not dict for one in inner):
        return False
    begun: dict[str, Any] = raw.get(_NEXT, {})
    if any(type(one) is not dict or one.keys() != {"key", "grants"} for one in begun.values()):
        return False
    grants: list[Any] = [text for of_one in raw["grants"].values() for text in of_one.values()]
    grants += [text for one in begun.values() for text in (one["key"], *one["grants"].values())]
    return all(type(text) is str for text in (*raw["heads"], *grants))


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        raw: Any = json.loads(path.read_bytes())
        digest = raw.pop("sum")
        is_whole = _sum(raw) == digest and raw["format"] == 1
        is_whole = is_whole and raw.keys() - {_NEXT} == _SHAPE.keys() and _is_well_formed(raw)
    except FileNotFoundError as error:
        raise VaultMissing from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VaultDamaged("unreadable") from error
    if not is_whole:
        raise VaultDamaged("checksum")
    return raw, digest

"""Stores of sealed objects: a folder, a stick, a web server, a bucket; one small protocol.

A store needs to do four things: get, put, list one folder, remove. Nothing depends on conditional
writes, on an order of the listing, or on listing everything. All of it goes through OpenDAL.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os.path import normcase
from pathlib import Path
from typing import Final, TypeVar

import opendal

from intake_app.disk.atomic import sync_folder
from intake_app.domain.exchange_errors import MarkerRefused, Oversized
from intake_app.domain.store_errors import StoreError, StoreGarbled, StoreUnreachable, StoreVanished
from intake_app.exchange import names
from intake_app.exchange.store import MOST
from intake_app.exchange.store_answers import is_absence, may_pass, refusal
from intake_app.settings.stores import StoreEntry

TIMEOUT: Final = 20.0
"""Seconds that a store may be silent."""

_SLOWEST: Final = 16 * 1024
"""Bytes a second below which an upload is given up; OpenDAL's limit is for the whole of it."""

_CHUNK: Final = 1024 * 1024
_PAUSES: Final = (0.3, 1.2)
"""Seconds before a second and a third try, spread."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class StorePassword:
    """What lets this computer in; from the keyring.

    Attributes:
        user: User name, access key or account.
        secret: Password or secret key.
    """

    user: str
    secret: str

    def __repr__(self) -> str:
        """Nothing of it: what is shown or logged by mistake tells nothing."""
        return "StorePassword(...)"


class OpenedStore:
    """A store of any kind, through OpenDAL; fits `store.Store`.

    A folder that vanished would be made anew by a write: so the marker of a folder or stick is
    looked for before each write. Of servers it is looked at once a round.

    Args:
        entry: Where it is.
        password: What lets this computer in; none of a folder.
        timeout: Seconds that it may be silent.
        pauses: Seconds before each further try where a connection broke, spread.
    """

    def __init__(
        self, entry: StoreEntry, password: StorePassword | None = None, timeout: float = TIMEOUT,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:  # fmt: skip
        self._entry, self._password, self._timeout = entry, password, timeout
        self._pauses = () if entry.is_local else tuple(pauses)
        self._marker: bytes | None = None
        self._made: opendal.Operator | None = None

    def trust(self, marker: bytes) -> None:
        """See `Store`."""
        self._marker = marker

    def found(self, marker: bytes) -> None:
        """Begin a store: write its marker, where none of another store lies.

        Raises:
            MarkerRefused: There is another store's marker.
            StoreVanished: The folder is not there.
        """
        known = self.get(names.MARKER)
        if known is not None and known != marker:
            raise MarkerRefused("another store")
        self._write(names.MARKER, marker)
        self.trust(marker)

    def renew(self, marker: bytes) -> None:
        """Replace the marker that is trusted by a newer one of the same store.

        Raises:
            MarkerRefused: The trusted one is not there.
        """
        self._check_marker()
        self._write(names.MARKER, marker)
        self.trust(marker)

    def get(self, name: str, most: int = MOST) -> bytes | None:
        """See `Store`."""
        names.checked(name)
        return self._asked(lambda: self._read(name, most))

    def put(self, name: str, data: bytes) -> None:
        """See `Store`."""
        names.checked(name)
        self._check_marker()
        self._write(name, data)

    def names(self, folder: str) -> list[str]:
        """See `Store`."""
        before = f"{names.checked(folder)}/"
        found = self._asked(lambda: [one.path for one in self._operator().list(before)])
        return sorted({one for one in found if one.startswith(before) and names.is_name(one)})

    def remove(self, name: str) -> None:
        """See `Store`."""
        names.checked(name)
        self._check_marker()
        self._asked(lambda: self._operator().delete(name))

    # --- inside -------------------------------------------------------------------------------

    def _check_marker(self) -> None:
        if self._marker is None:
            raise MarkerRefused("not read yet")
        if self._entry.is_local and self.get(names.MARKER) != self._marker:
            raise MarkerRefused("changed")

    def _write(self, name: str, data: bytes) -> None:
        if self._entry.is_local:
            self._write_file(name, data)
            return
        patience = self._timeout + len(data) / _SLOWEST
        self._asked(lambda: self._operator(patience).write(name, data))

    def _write_file(self, name: str, data: bytes) -> None:
        """Whole or not at all: under another name first, then renamed."""
        fresh = f"{name}.new"

        def write() -> None:
            path = self._check_way(name)
            operator = self._operator()
            operator.write(fresh, data)  # OpenDAL brings the bytes to the disk
            operator.rename(fresh, name)
            sync_folder(path.parent)

        self._asked(write)

    def _read(self, name: str, most: int) -> bytes | None:
        self._check_way(name)
        try:
            with self._operator().open(name, "rb") as file:
                return self._taken(file.read, most)
        except OSError as error:
            if is_absence(error):
                return None
            raise

    def _taken(self, read: Callable[[int], bytes], most: int) -> bytes:
        begun, size, parts = time.monotonic(), 0, list[bytes]()
        while part := read(_CHUNK):
            size += len(part)
            if size > most:
                raise Oversized("object")
            if time.monotonic() > begun + self._timeout + size / _SLOWEST:
                raise StoreUnreachable  # a byte now and then keeps no round from its end
            parts.append(part)
        return b"".join(parts)

    def _asked(self, ask: Callable[[], _T]) -> _T:
        """Ask, and ask again where a connection broke.

        Raises:
            StoreError: It came to nothing.
        """
        for pause in (*self._pauses, None):
            try:
                self._check_folder()
                return ask()
            except (StoreError, Oversized):
                raise
            except Exception as error:  # noqa: BLE001  OpenDAL's errors have no root of their own
                if pause is None or not may_pass(error):
                    raise refusal(error, is_folder=self._entry.is_local) from None
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  no secret
        raise AssertionError

    def _check_folder(self) -> None:
        """OpenDAL makes a folder that is not there as soon as it is named."""
        if self._entry.is_local and not self._folder.is_dir():
            raise StoreVanished

    def _check_way(self, name: str) -> Path:
        """A link on a stick must not lead to other files of this computer, which would be sent."""
        path = self._folder.resolve() / name
        if self._entry.is_local and normcase(path.resolve()) != normcase(path):
            raise StoreGarbled
        return path

    @property
    def _folder(self) -> Path:
        return Path(self._entry.place) / self._entry.root

    def _operator(self, patience: float = 0) -> opendal.Operator:
        if self._made is None:
            self._made = _made(self._entry, self._password)
        io_timeout = max(patience, self._timeout)
        return self._made.layer(
            opendal.layers.TimeoutLayer(timeout=self._timeout, io_timeout=io_timeout)
        )


def _made(entry: StoreEntry, password: StorePassword | None) -> opendal.Operator:
    user, secret = (password.user, password.secret) if password else ("", "")
    return _KINDS[entry.kind](entry, user, secret)


def _folder(entry: StoreEntry, _user: str, _secret: str) -> opendal.Operator:
    return opendal.Operator("fs", root=str(Path(entry.place) / entry.root))


def _webdav(entry: StoreEntry, user: str, secret: str) -> opendal.Operator:
    return opendal.Operator(
        "webdav", endpoint=entry.place, root=_root(entry), username=user, password=secret
    )


def _s3(entry: StoreEntry, user: str, secret: str) -> opendal.Operator:
    return opendal.Operator(
        "s3", endpoint=entry.place, bucket=entry.bucket, root=_root(entry),
        region=entry.region or "us-east-1", access_key_id=user, secret_access_key=secret,
        disable_config_load="true", disable_ec2_metadata="true",
    )  # fmt: skip


def _azure(entry: StoreEntry, user: str, secret: str) -> opendal.Operator:
    return opendal.Operator(
        "azblob", endpoint=entry.place, container=entry.bucket, root=_root(entry),
        account_name=user, account_key=secret,
    )  # fmt: skip


def _root(entry: StoreEntry) -> str:
    return f"/{entry.root.strip('/')}/".replace("//", "/")


_KINDS: Final[Mapping[str, Callable[[StoreEntry, str, str], opendal.Operator]]] = {
    "folder": _folder,
    "stick": _folder,
    "webdav": _webdav,
    "s3": _s3,
    "azure": _azure,
}
"""How a store of each kind of `settings.stores.KINDS` is opened, with user name and secret."""

"""The key of a file is renewed in two steps, and at every moment there is one that opens it.

First the new key is sealed to all holders and cards, and kept under `next` beside the grants of the
old key; the file itself changes then; last the new grants replace the old ones. Who is killed in
between finds both, and the file itself tells which of them holds (`services.cards.file_keys`).
"""

import contextlib
from collections.abc import Iterable
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.vault import grants
from intake_app.vault.jose import PublicKey
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys

_NEXT: Final = "next"


class FileKeys:
    """Fits `services.needs.cards.KeyBook`.

    Args:
        file: The key file of this profile.
        keys: Of who is signed in, or a card's.
    """

    def __init__(self, file: KeyFile, keys: Keys) -> None:
        self._file, self._keys = file, keys

    def is_begun(self, name: Compartment) -> bool:
        """Whether a new key waits beside the present one."""
        return name in self._file.content.get(_NEXT, {})

    def present(self, name: Compartment) -> bytes | None:
        """The key that this person was granted; None: none here."""
        try:
            return self._keys.file_key(name)
        except (NoGrant, CannotOpen):
            return None

    def waiting(self, name: Compartment) -> bytes | None:
        """The new key that waits; None: there is none, or not for this person.

        What nobody signed who may is as if it were not there. The registry lies in `station`: so
        for that file alone signatures are looked at later, by `accept`.
        """
        begun: dict[str, Any] = self._file.content.get(_NEXT, {}).get(name, {})
        text = begun.get("grants", {}).get(self._keys.user)
        if text is None:
            return None
        try:
            if name is not Compartment.STATION:
                grants.check_grant(text, self._keys.registry)
            key = grants.open_grant(text, self._place(name, self._keys.user), self._keys.own.seal)
        except (BadRegistry, CannotOpen, NoGrant):
            return None
        return key if grants.file_key_id(key) == begun["key"] else None

    def is_waiting(self, name: Compartment, key: bytes) -> bool:
        """Whether a key is the one that waits."""
        begun: dict[str, Any] = self._file.content.get(_NEXT, {}).get(name, {})
        return grants.file_key_id(key) == begun.get("key")

    def hold(self, name: Compartment, key: bytes) -> None:
        """Open the file with this key from now on."""
        self._keys.give_file_key(name, key)

    def cuts(self, name: Compartment) -> dict[str, str]:
        """Who lost the key of a file: the revocations that say so, and when, by their id."""
        return dict(self._keys.registry.cuts(name))

    def may_renew(self, name: Compartment) -> bool:
        """Whether this person may seal the key of a file to others."""
        try:
            self._head(name)
        except BadRegistry:
            return False
        return self.present(name) is not None

    def new_key(self) -> bytes:
        """A fresh file key."""
        return grants.new_file_key()

    def propose(self, name: Compartment, key: bytes) -> None:
        """Seal a new key to all holders and cards, beside the old; read it back.

        Raises:
            BadRegistry: Not one's to do.
            DiskFull: Nothing was changed.
            StorageFailed: The disk gave back something else.
        """
        head, by = self._head(name), self._keys.author
        sealed = {
            user: grants.make_grant(self._place(name, user), key, seal, by, head)
            for user, seal in self._receivers(name)
        }
        content = self._file.content
        begun = {"key": grants.file_key_id(key), "grants": sealed}
        content[_NEXT] = {**content.get(_NEXT, {}), str(name): begun}
        self._file.save(content)
        if self._file.on_disk() != content or self.waiting(name) != key:
            raise StorageFailed("read back")

    def accept(self, name: Compartment) -> None:
        """The file has its new key: the grants of the old one go, in both copies of the key file.

        Raises:
            BadRegistry: One's own grant that waits was signed by nobody who may.
            DiskFull: Both are still there.
            StorageFailed: The same.
        """
        content = self._file.content
        begun = content.get(_NEXT, {}).get(name)
        if begun is None:
            return
        standing = {user for user, _ in self._receivers(name)}
        for user, text in begun["grants"].items():
            if not self._is_signed(text, user) or user not in standing:
                continue
            mine = content["grants"].setdefault(user, {})
            if not _is_of(mine.get(name), begun["key"]):
                mine[str(name)] = text
        for user, of_one in content["grants"].items():
            if user not in standing or not _is_of(of_one.get(name), begun["key"]):
                of_one.pop(name, None)
        self._drop(content, name)
        self._file.save(content, keep_previous=False)

    def _is_signed(self, text: str, user: str) -> bool:
        try:
            grants.check_grant(text, self._keys.registry)
        except (BadRegistry, CannotOpen):
            if user == self._keys.user:  # the file was opened with it
                raise
            return False
        return True

    def give_up(self, name: Compartment) -> None:
        """The old key holds: what waits goes.

        Raises:
            DiskFull: It is still there, and does no harm.
            StorageFailed: The same.
        """
        content = self._file.content
        if name in content.get(_NEXT, {}):
            self._drop(content, name)
            self._file.save(content, keep_previous=False)

    def _drop(self, content: dict[str, Any], name: Compartment) -> None:
        del content[_NEXT][name]
        if not content[_NEXT]:
            del content[_NEXT]

    def _head(self, name: Compartment) -> str:
        return self._keys.registry.grantor_head(self._keys.user, self._keys.sign_key, name)

    def _receivers(self, name: Compartment) -> Iterable[tuple[str, PublicKey]]:
        registry = self._keys.registry
        yield from ((user, registry.person(user).seal) for user in sorted(registry.holders(name)))
        yield from sorted(registry.recovery_seals.items())

    def _place(self, name: Compartment, user: str) -> grants.Place:
        return grants.Place(self._file.text("agency"), self._file.text("station"), name, user)


def _is_of(text: str | None, key_id: str) -> bool:
    with contextlib.suppress(CannotOpen):
        return text is not None and grants.key_id_of(text) == key_id
    return False

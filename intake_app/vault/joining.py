"""A new computer joins: joining.json keeps its keys until the answer has come.

The private halves lie under this computer's secret where its keyring keeps one; without a keyring
the rights of the file alone guard them. What was joined goes away with the file.
"""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.disk.atomic import write_whole
from intake_app.domain.clock import Clock
from intake_app.domain.enrolment_errors import BadRequest
from intake_app.domain.errors import CannotOpen, VaultDamaged, VaultExists
from intake_app.domain.ids import new_epoch, new_station_id
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault import device, identity, kdf, keyfile, lockout
from intake_app.vault.enrolment import Answer, Request, read_answer, read_request, write_request
from intake_app.vault.inside import read_inside
from intake_app.vault.jose import PrivateKey, base, unbase
from intake_app.vault.key_post import slot_in

NAME: Final = "joining.json"
_NONCE: Final = 12
_FAILED: Final = (
    InvalidTag, OSError, ValueError, KeyError, TypeError, AttributeError, CannotOpen, BadRequest,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Begun:
    request: Request
    sign: PrivateKey = field(repr=False)
    opener: PrivateKey = field(repr=False)


class Joining:
    """One folder that is to become a profile of a department that exists already.

    Args:
        folder: The profile that is to be.
        clock: For the counts of failed sign-ins.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    @property
    def is_begun(self) -> bool:
        """Whether a request was made here and no answer read yet."""
        has_profile = keyfile.KeyFile.is_there(self._folder)
        return (self._folder / NAME).exists() and not has_profile

    @property
    def is_left(self) -> bool:
        """Whether keys of a request still lie here although this is a station by now."""
        return (self._folder / NAME).exists() and keyfile.KeyFile.is_there(self._folder)

    def request(self, program: str) -> Request:
        """This computer's request; the same until it is given up.

        Raises:
            VaultExists: There is a department here already.
            DeviceSecretMissing: The keyring has lost what the request was kept under.
            VaultDamaged: `joining.json` cannot be read; see `give_up`.
            DiskFull: Nothing was begun.
            StorageFailed: Nothing was begun.
        """
        if keyfile.KeyFile.is_there(self._folder):
            raise VaultExists
        if not (self._folder / NAME).exists():
            self._begin(program)
        return self._begun().request

    def give_up(self) -> None:
        """Forget the request; what was answered to it opens nowhere any more."""
        path = self._folder / NAME
        with contextlib.suppress(OSError):
            path.write_bytes(bytes(path.stat().st_size))
        path.unlink(missing_ok=True)

    def read(self, data: bytes) -> Answer:
        """Read an answer and check it; nothing is written.

        Raises:
            BadAnswer: It is not the answer to this computer's request.
            DeviceSecretMissing: The keyring has lost what the request was kept under.
            VaultDamaged: `joining.json` cannot be read.
        """
        begun = self._begun()
        return read_answer(data, begun.request, begun.opener)

    def prepare(self, answer: Answer) -> identity.Identity:
        """Say which station this is; the `station` file is made next.

        Raises:
            DiskFull: It is not said.
            StorageFailed: It is not said.
        """
        begun, registry = self._begun(), answer.registry
        station, profile = begun.request.station, begun.request.profile
        public = read_inside(Compartment.STATION, answer.inside).seal.public
        sealed = identity.seal_station_key(begun.sign, station, public, begun.opener)
        made = identity.Identity(station, new_epoch(), answer.letter, sealed)
        identity.write_identity(self._folder, registry.agency, profile, made)
        lockout.Lockout.create(self._folder, self._clock)
        return made

    def settle(self, answer: Answer) -> None:
        """Write the key file, which makes the folder a profile.

        Raises:
            VaultExists: It was done already.
            BadAnswer: Who answered could not sign in here.
            DiskFull: It is not done.
            StorageFailed: It is not done.
        """
        begun, registry, made = self._begun(), answer.registry, answer.key_file
        public = read_inside(Compartment.STATION, answer.inside).seal.public
        content: dict[str, Any] = {
            "format": 1, "agency": registry.agency, "profile": begun.request.profile,
            "station": begun.request.station, "genesis": registry.genesis_hash,
            "heads": list(registry.heads), "name_key": keyfile.new_name_key(), "kdf": made["kdf"],
            "station_key": public.jwk, "slots": {}, "grants": made["grants"],
            "recovery": made["recovery"], "use_keyring": made["use_keyring"],
        }  # fmt: skip
        slot = slot_in(made["travel"], registry, begun.request.station, begun.opener)
        name = registry.person(answer.by).user_name
        slot_id = keyfile.KeyFile(self._folder, content, "").slot_id(name)
        keyfile.KeyFile.create(self._folder, {**content, "slots": {slot_id: slot}})

    def _begin(self, program: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        station, profile = new_station_id(), secrets.token_hex(8)
        sign, opener = PrivateKey.make(), PrivateKey.make()
        plain = canonical({"sign": sign.secret, "seal": opener.secret})
        text = write_request(station, (sign, opener), profile, program)
        secret = device.keep_secret(profile)[0]
        said: dict[str, Any] = {"v": 1, "request": text, "device": secret is not None}
        if secret is None:
            said["keys"] = base(plain)
        else:
            nonce = os.urandom(_NONCE)
            said["nonce"] = base(nonce)
            said["keys"] = base(_cipher(secret, profile).encrypt(nonce, plain, text.encode()))
        write_whole(self._folder / NAME, canonical(said))

    def _begun(self) -> _Begun:
        try:
            said: dict[str, Any] = json.loads((self._folder / NAME).read_bytes())
            text = str(said["request"])
            request, plain = read_request(text.encode()), unbase(said["keys"])
            if said["device"]:
                secret = device.recall_secret(request.profile)
                cipher = _cipher(secret, request.profile)
                plain = cipher.decrypt(unbase(said["nonce"]), plain, text.encode())
            keys = json.loads(plain)
            sign, opener = PrivateKey.load(keys["sign"]), PrivateKey.load(keys["seal"])
        except _FAILED as error:
            raise VaultDamaged(NAME) from error
        if (sign.name, opener.name) != (request.sign.name, request.seal.name):
            raise VaultDamaged(NAME)
        return _Begun(request, sign, opener)


def _cipher(secret: bytes, profile: str) -> AESGCM:
    return AESGCM(kdf.derive(secret, canonical(["joining", profile])))

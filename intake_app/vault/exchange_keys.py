"""Keys of the exchange for one signed-in person; fits `exchange.needs.Sealing`.

Segments are sealed under the generation keys that lie inside the open files. Bundles and receipts
are signed by the station, markers of stores by an administrator.
"""

import json
import os
from collections.abc import Iterable, Mapping
from typing import Final

from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant
from intake_app.domain.exchange import FILLER
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment, May
from intake_app.vault.jose import unverified
from intake_app.vault.keys import Keys
from intake_app.vault.one_form import check_one_form, in_one_form
from intake_app.vault.signer import Signer, claimed
from intake_app.vault.symmetric import open_under, seal_under, tag_under

MARKER: Final = "marker"
"""Act of what an administrator signs for a store (see `signer`)."""

_KEY_BYTES: Final = 32


class ExchangeKeys:
    """Fits `exchange.needs.Sealing`.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def agency(self) -> str:
        """The department's opaque id."""
        return self._keys.registry.agency

    def heads(self) -> tuple[str, ...]:
        """Heads of the registry that is known here."""
        return self._keys.registry.heads

    def knows(self, heads: Iterable[str]) -> bool:
        """Whether all these heads are known here."""
        return self._keys.registry.knows(heads)

    def generation(self, compartment: Compartment) -> int:
        """The newest key of a file's segments; 0: none is held by who is signed in."""
        try:
            return max(self._keys.opened(compartment).generations)
        except NoGrant:
            return FILLER

    def seal(
        self, compartment: Compartment, generation: int, header: Mapping[str, str | int],
        plain: bytes,
    ) -> str:  # fmt: skip
        """A compact JWE; under a key that is thrown away where the generation is `FILLER`.

        Raises:
            NoGrant: This generation is not held.
        """
        key = self._key(compartment, generation) if generation else os.urandom(_KEY_BYTES)
        return seal_under(key, header, plain)

    def open(
        self, compartment: Compartment, generation: int, header: Mapping[str, str | int],
        token: str,
    ) -> bytes:  # fmt: skip
        """The reverse.

        Raises:
            NoGrant: This generation is not held.
            CannotOpen: Altered, or sealed for another place.
        """
        return open_under(self._key(compartment, generation), header, token)

    def tag(self, compartment: Compartment, generation: int, data: bytes) -> str:
        """HMAC-SHA256 under the generation key (hex).

        Raises:
            NoGrant: This generation is not held.
        """
        return tag_under(self._key(compartment, generation), data)

    def sign(self, payload: bytes) -> str:
        """A compact JWS as this station, in its one spelling."""
        return in_one_form(self._keys.station_signer().sign(payload))

    def verify(self, station: StationId, token: str) -> bytes:
        """What a station signed; a struck station's key still checks what it signed.

        Raises:
            BadRegistry: There is no such station, as far as is known here.
            CannotOpen: It did not sign it as it stands.
        """
        listed = self._keys.registry.stations.keys(station)
        key_name, _ = unverified(token)
        if key_name not in listed:
            raise CannotOpen("key")
        check_one_form(token, key_name)
        return listed[key_name].verify(token)

    def sign_marker(self, payload: bytes) -> str:
        """A compact JWS as the signed-in administrator; department, author and act are added.

        Raises:
            NoGrant: Signed out.
            CannotOpen: This person has left.
        """
        return Signer(self._keys).sign(MARKER, json.loads(payload))

    def verify_marker(self, token: str) -> bytes:
        """What an administrator signed.

        A marker may have been signed in sight of entries that only its store will bring here; then
        it counts if its author is an administrator as far as is known here.

        Raises:
            BadRegistry: No administrator whom this station knows signed it.
            CannotOpen: It was altered.
        """
        key_name, said = claimed(token)
        registry = self._keys.registry
        if registry.knows([str(said.get("head"))]):
            return canonical(Signer(self._keys).read(MARKER, token, May.KEEP_STORES)[1])
        author = registry.person(str(said.get("by")))
        if author.sign.name != key_name or not registry.is_administrator(author.id, author.sign):
            raise BadRegistry("administrator")
        if (said.get("v"), said.get("agency"), said.get("act")) != (1, self.agency, MARKER):
            raise CannotOpen("act")
        return author.sign.verify(token)

    def stations(self) -> frozenset[StationId]:
        """All stations that were enrolled and not struck, this one too."""
        return self._keys.registry.stations.standing

    def struck(self) -> Mapping[StationId, Mapping[Epoch, int]]:
        """Struck stations, and per epoch the number of the last bundle that counts (0: none)."""
        return self._keys.registry.stations.struck()

    def _key(self, compartment: Compartment, generation: int) -> bytes:
        found = self._keys.opened(compartment).generations.get(generation)
        if found is None:
            raise NoGrant(f"{compartment} generation {generation}")
        return found

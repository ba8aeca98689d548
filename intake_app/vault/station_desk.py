"""What an administrator does with stations: let in, strike; each signed, each for the registry."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.enrolment import Told
from intake_app.domain.enrolment_errors import NotThisStation, StationMissing
from intake_app.domain.errors import BadRegistry
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment
from intake_app.vault.enrolment import Request, read_request, sign_station, write_answer
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.identity import (
    open_station_key,
    open_station_opener,
    read_identity,
    seal_station_key,
    write_identity,
)
from intake_app.vault.jose import PrivateKey
from intake_app.vault.key_post import KeyPost
from intake_app.vault.keys import Keys
from intake_app.vault.listed_stations import ListedStation
from intake_app.vault.staff import require_administrator
from intake_app.vault.vault import Vault
from intake_app.vault.wordlist import fingerprint


class StationDesk:
    """Fits `services.needs.stations.StationDesk`.

    Args:
        folder: The profile.
        vault: Of this profile.
        keys: Of the signed-in person.
        clock: Tells the time of an entry.
    """

    def __init__(self, folder: Path, vault: Vault, keys: Keys, clock: Clock) -> None:
        self._folder, self._vault, self._keys, self._clock = folder, vault, keys, clock

    @property
    def here(self) -> StationId:
        """This station."""
        return self._keys.identity.station

    @property
    def department_words(self) -> tuple[str, ...]:
        """Eight words that stand for the department; the recovery cards show them too."""
        return fingerprint(self._keys.registry.genesis_hash)

    def all(self) -> tuple[ListedStation, ...]:
        """Every station that was ever enrolled, by letter."""
        return self._keys.registry.stations.all()

    def read_request(self, data: bytes) -> Request:
        """See `enrolment.read_request`."""
        return read_request(data)

    def confirm(self, passphrase: str) -> None:
        """The administrator types their passphrase once more.

        Raises:
            WrongPassphrase: It is another one; counted like a sign-in.
            LockedOut: Too many tries.
        """
        self._vault.confirm(self._keys, passphrase)

    def sign(self, data: bytes) -> tuple[str, ...]:
        """Let the station of a request in; the new registry entries, to be stored in `station`.

        Raises:
            NotAllowed: No administrator is signed in.
            BadRequest: It is none.
            EnrolledAlready: It was struck, or its id belongs to another station.
        """
        require_administrator(self._keys)
        return sign_station(self._keys, read_request(data), stamp(self._clock))

    def answer(self, data: bytes, told: Told) -> bytes:
        """The answer to a station that was let in, sealed to it.

        Raises:
            NotAllowed: No administrator is signed in.
            BadRequest: It is no request.
        """
        require_administrator(self._keys)
        file, request = self._vault.key_file, read_request(data)
        post = KeyPost(self._keys, file, self._clock)
        return write_answer(self._keys, file, post, request, told)

    def strike(self, station: StationId, marks: Mapping[Epoch, int]) -> tuple[str, ...]:
        """Strike a lost or stolen station for ever; the new registry entries.

        Args:
            station: Which.
            marks: Per epoch, the number of its last bundle that counts.

        Raises:
            NotAllowed: No administrator is signed in.
            NotThisStation: It is this one.
            StationMissing: There is none, or it was struck.
        """
        require_administrator(self._keys)
        if station == self.here:
            raise NotThisStation
        if station not in self._keys.registry.stations.standing:
            raise StationMissing
        facts = {"marks": dict(marks)}
        return self._write(Said(EntryType.REVOCATION, station, facts=facts))

    def add_seal_key(self) -> tuple[str, ...]:
        """Give this station a key to seal to, where a first program made none.

        The key is kept before it is listed: who is killed in between lists the same next time.

        Returns:
            The new registry entries, to be stored in `station`; none where nothing is missing, or
            for others than administrators.

        Raises:
            DiskFull: Nothing was changed.
            StorageFailed: Nothing was changed.
        """
        keys, listed = self._keys, self._listed_here()
        is_administrator = keys.registry.is_administrator(keys.user, keys.sign_key)
        if listed is None or listed.seal or listed.is_struck or not is_administrator:
            return ()
        sign, opener = self._own_keys()
        facts = {"letter": listed.letter}
        both = {"sign": sign.public, "seal": opener.public}
        return self._write(Said(EntryType.STATION, listed.id, both, facts=facts))

    def _own_keys(self) -> tuple[PrivateKey, PrivateKey]:
        agency, profile = self._vault.agency, self._vault.key_file.text("profile")
        own = read_identity(self._folder, agency, profile)
        private = self._keys.opened(Compartment.STATION).seal
        sign, opener = open_station_key(own, private), open_station_opener(own, private)
        if opener is None:
            opener = PrivateKey.make()
            sealed = seal_station_key(sign, own.station, private.public, opener)
            write_identity(self._folder, agency, profile, replace(own, sealed_key=sealed))
        return sign, opener

    def _listed_here(self) -> ListedStation | None:
        try:
            return self._keys.registry.stations.one(self.here)
        except BadRegistry:
            return None

    def _write(self, said: Said) -> tuple[str, ...]:
        keys = self._keys
        return keys.follow(keys.registry.write(said, keys.author, stamp(self._clock)))

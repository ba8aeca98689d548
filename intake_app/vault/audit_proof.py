"""Signs an export of the audit trail as this station, and checks one without a profile.

Who checks it has the file and the department's eight public words, which stand on its recovery
cards. The registry's signed entries go along: the words stand for the first of them, and the chain
of signatures from there leads to the key of the station that signed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.ids import StationId
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import unverified
from intake_app.vault.keys import Keys
from intake_app.vault.one_form import check_one_form, in_one_form
from intake_app.vault.registry import Registry
from intake_app.vault.wordlist import fingerprint

ACT: Final = "audit export"
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Proved:
    """What a signature at the end of an export says, once it was checked.

    Attributes:
        said: What was signed.
        station: The station that signed.
        words: Eight words that stand for the department.
        people: Shown names by user id, as the registry lists them.
    """

    said: Mapping[str, Any]
    station: StationId
    words: tuple[str, ...]
    people: Mapping[str, str]


class AuditProof:
    """Fits `services.needs.audit.Proof`.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that stand for the department."""
        return fingerprint(self._keys.registry.genesis_hash)

    def evidence(self) -> tuple[str, ...]:
        """The registry's signed entries, the first one first."""
        return self._keys.registry.texts

    def sign(self, said: Mapping[str, object]) -> str:
        """What is said, signed as this station; department and act are added."""
        registry, identity = self._keys.registry, self._keys.identity
        whole = {
            **said, "v": 1, "act": ACT, "agency": registry.agency,
            "genesis": registry.genesis_hash, "signed_by": identity.station,
        }  # fmt: skip
        return in_one_form(self._keys.station_signer().sign(canonical(whole)))


def prove(token: str, evidence: Sequence[str]) -> Proved:
    """Check the signature at the end of an export.

    Args:
        token: The signature.
        evidence: The registry's entries that came along.

    Raises:
        CannotOpen: It is none, or not of a station of this department.
        BadRegistry: The entries are none of one department, or were altered.
    """
    try:
        key_name, payload = unverified(token)
        said: dict[str, Any] = json.loads(payload)
        genesis, station = str(said["genesis"]), StationId(str(said["signed_by"]))
    except _FAILED as error:
        raise CannotOpen("signature") from error
    registry = _registry(evidence, genesis)
    listed = registry.stations.keys(station)
    if key_name not in listed:
        raise CannotOpen("key")
    check_one_form(token, key_name)
    listed[key_name].verify(token)
    if (said.get("v"), said.get("act"), said.get("agency")) != (1, ACT, registry.agency):
        raise CannotOpen("act")
    return Proved(
        said, station, fingerprint(genesis), {p.id: p.shown_name for p in registry.people}
    )  # fmt: skip


def _registry(evidence: Sequence[str], genesis: str) -> Registry:
    try:
        return Registry.from_entries(evidence, genesis)
    except _FAILED as error:
        raise BadRegistry("entries") from error

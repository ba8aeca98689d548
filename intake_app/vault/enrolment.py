"""A new station asks to be let in, and an administrator answers.

The request is public: it holds the station's public keys and is signed by itself. Whoever swaps it
changes the eight words, which two people compare. The answer is sealed to the station and signed by
the administrator; with it the new computer can open and read what the department shares among all
its people, and nothing else.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain.enrolment import Told
from intake_app.domain.enrolment_errors import BadAnswer, BadRequest, EnrolledAlready
from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.ids import StationId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault import grants
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.inside import read_inside
from intake_app.vault.jose import PrivateKey, PublicKey, base, unbase
from intake_app.vault.key_post import KeyPost
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.registry import Registry
from intake_app.vault.scale import has_role_for
from intake_app.vault.signer import claimed
from intake_app.vault.wordlist import fingerprint

REQUEST_BYTES: Final = 16 * 1024
"""A longer one is none."""

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of an answer; more than any department has."""

_REQUEST: Final = {"v", "act", "station", "profile", "sign", "seal", "program"}
_FAILED: Final = (
    CannotOpen, BadRegistry, ValueError, KeyError, TypeError, AttributeError, RecursionError,
    zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What a new station asks; its signature was checked.

    Attributes:
        station: Its id.
        profile: Id of its profile.
        sign: Will check what it signs.
        seal: Seals to it.
        program: Version of the program there.
        text: As it was signed.
        sha256: Hash of what it says (hex).
    """

    station: StationId
    profile: str
    sign: PublicKey
    seal: PublicKey
    program: str
    text: str = field(repr=False)
    sha256: str

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that two people compare."""
        return fingerprint(self.sha256)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a new station was told; all of it was checked.

    Attributes:
        registry: The department's.
        letter: Of the new station.
        inside: The keys that lie in `station` (JSON).
        file_key: Opens the new station's `station` file.
        key_file: The parts of the key file that the administrator made.
        told: What the rest of the program was told.
        by: Who answered: an administrator's user id.
    """

    registry: Registry
    letter: str
    inside: str = field(repr=False)
    file_key: bytes = field(repr=False)
    key_file: Mapping[str, Any] = field(repr=False)
    told: Told
    by: str


def write_request(station: StationId, keys: tuple[PrivateKey, PrivateKey], profile: str,
                  program: str) -> str:  # fmt: skip
    """A new station's request, signed by itself; `keys` sign and open."""
    sign, seal = keys
    return sign.sign(canonical({
        "v": 1, "act": "request", "station": station, "profile": profile, "program": program,
        "sign": sign.jwk, "seal": seal.jwk,
    }))  # fmt: skip


def read_request(data: bytes) -> Request:
    """Read a request that may come from anywhere.

    Raises:
        BadRequest: It is none, or its own key did not sign it as it stands.
    """
    try:
        if len(data) > REQUEST_BYTES:
            raise BadRequest("size")
        text = data.decode("ascii").strip()
        _, said = claimed(text)
        if said.keys() != _REQUEST or (said["v"], said["act"]) != (1, "request"):
            raise BadRequest("shape")
        sign, seal = PublicKey.load(said["sign"]), PublicKey.load(said["seal"])
        payload = sign.verify(text)
        station = str(said["station"])
        if len(station) != 8 or not set(station) <= set("0123456789abcdef"):
            raise BadRequest("station")
    except _FAILED as error:
        raise BadRequest("request") from error
    sha256 = hashlib.sha256(payload).hexdigest()
    program = str(said["program"])[:40]
    return Request(StationId(station), str(said["profile"]), sign, seal, program, text, sha256)


def next_letter(registry: Registry) -> str:
    """A, B, ... Z, AA, AB, ...: the first that no station ever had."""
    taken, n = {one.letter for one in registry.stations.all()}, 0
    while (letter := _letter(n)) in taken:
        n += 1
    return letter


def sign_station(keys: Keys, request: Request, at: str) -> tuple[str, ...]:
    """Let a station in. Called again for the same request, it adds nothing.

    Returns:
        The new registry entries, to be stored in `station`.

    Raises:
        EnrolledAlready: The id belongs to another station, or it was struck.
    """
    registry = keys.registry
    known = next((s for s in registry.stations.all() if s.id == request.station), None)
    if known is not None:
        has_keys = known.seal is not None and known.seal.name == request.seal.name
        if known.is_struck or not has_keys or known.sign.name != request.sign.name:
            raise EnrolledAlready
        return ()
    said = Said(
        EntryType.STATION, request.station, {"sign": request.sign, "seal": request.seal},
        facts={"letter": next_letter(registry)},
    )  # fmt: skip
    return keys.follow(registry.write(said, keys.author, at))


def write_answer(keys: Keys, file: KeyFile, post: KeyPost, request: Request, told: Told) -> bytes:
    """Answer a request whose station was signed into the registry; as an administrator.

    Raises:
        NoGrant: Signed out.
        BadRegistry: The station is not enrolled, or who answers may not grant.
    """
    registry, file_key, content = keys.registry, grants.new_file_key(), file.content
    body = zlib.compress(canonical({
        "entries": list(registry.texts), "genesis": registry.genesis_hash,
        "letter": registry.stations.one(request.station).letter,
        "inside": keys.inside(Compartment.STATION), "file_key": base(file_key),
        "travel": post.travel_text(request.station, request.seal),
        "grants": _grants(keys, request.station, file_key),
        "recovery": content["recovery"], "kdf": content["kdf"],
        "use_keyring": content["use_keyring"], "department": told.department,
        "is_training": told.is_training, "lines": list(told.lines),
    }))  # fmt: skip
    signed = keys.sign(canonical({
        "v": 1, "act": "answer", "agency": registry.agency, "station": request.station,
        "request": request.sha256, "by": keys.user, "body": hashlib.sha256(body).hexdigest(),
    }))  # fmt: skip
    whole = canonical({"signed": signed, "body": base(body)})
    return request.seal.seal(whole, _purpose(request.station)).encode()


def read_answer(data: bytes, request: Request, opener: PrivateKey) -> Answer:
    """Read the answer to a request, and check all that can be checked.

    Raises:
        BadAnswer: It is for another request, was altered, or no administrator of the department
            that it speaks of signed it.
    """
    try:
        whole = json.loads(opener.open(data.decode("ascii").strip(), _purpose(request.station)))
        signed, packed = str(whole["signed"]), unbase(whole["body"])
        said = claimed(signed)[1]
        body: dict[str, Any] = json.loads(_unpacked(packed))
        registry = Registry.from_entries(body["entries"], body["genesis"])
        author = registry.person(said["by"])
        author.sign.verify(signed)
        expected = (1, "answer", registry.agency, request.station, request.sha256,
                    hashlib.sha256(packed).hexdigest())  # fmt: skip
        told = tuple(said[name] for name in ("v", "act", "agency", "station", "request", "body"))
        if told != expected or not registry.is_administrator(author.id, author.sign):
            raise BadAnswer("signer")
        return _answer(body, registry, request, author.id)
    except _FAILED as error:
        raise BadAnswer("answer") from error


def _grants(keys: Keys, station: StationId, file_key: bytes) -> dict[str, dict[str, str]]:
    """The new station's `station` file, for everybody who works here and for the cards."""
    registry = keys.registry
    head = registry.grantor_head(keys.user, keys.sign_key, Compartment.STATION)
    people = {p.id: p.seal for p in registry.people if has_role_for(p.roles, Compartment.STATION)}
    made: dict[str, dict[str, str]] = {}
    for user, seal in {**people, **registry.recovery_seals}.items():
        place = grants.Place(registry.agency, station, Compartment.STATION, user)
        text = grants.make_grant(place, file_key, seal, keys.author, head)
        made[user] = {str(Compartment.STATION): text}
    return made


def _answer(body: Mapping[str, Any], registry: Registry, request: Request, by: str) -> Answer:
    listed = registry.stations.one(request.station)
    names = (listed.sign.name, listed.seal and listed.seal.name)
    inside = read_inside(Compartment.STATION, body["inside"])
    is_ours = names == (request.sign.name, request.seal.name) and not listed.is_struck
    key_name = registry.compartment_key(Compartment.STATION).name
    if not is_ours or listed.letter != body["letter"] or inside.seal.name != key_name:
        raise BadAnswer("station")
    for of_one in body["grants"].values():
        grants.check_grant(of_one["station"], registry)
    lines = [str(one) for one in body["lines"]]
    told = Told(str(body["department"]), bool(body["is_training"]), lines)
    kept = {name: body[name] for name in ("grants", "recovery", "kdf", "use_keyring", "travel")}
    file_key = unbase(body["file_key"])
    if len(file_key) != grants.FILE_KEY_BYTES:
        raise BadAnswer("file key")
    return Answer(registry, listed.letter, inside.text, file_key, kept, told, by)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(packed, MOST_UNPACKED)
    if not unpacking.eof:
        raise BadAnswer("size")
    return found


def _letter(n: int) -> str:
    """0: A, 25: Z, 26: AA."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _purpose(station: StationId) -> str:
    return f"answer {station}"

"""Keys of the exchange: what another station opens and checks, and what nobody else does."""

import json
from collections.abc import Iterator

import pytest
from joserfc import jwe
from joserfc.jwk import OctKey
from vault_world import Department

from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant
from intake_app.domain.exchange import FILLER
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.exchange_keys import ExchangeKeys
from intake_app.vault.identity import Identity, seal_station_key
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keys import Keys

CARE, CASES = Compartment.CARE, Compartment.CASES
HEADER = {"agency": "a", "n": 7}
AT = "2026-11-23T09:30:00.00+0000"


@pytest.fixture
def keys(department: Department) -> Iterator[Keys]:
    signed_in = department.sign_in("mhale.desk")
    yield signed_in
    signed_in.drop()


@pytest.fixture
def exchange(keys: Keys) -> ExchangeKeys:
    return ExchangeKeys(keys)


def test_what_is_sealed_opens_in_its_place_alone(exchange: ExchangeKeys) -> None:
    token = exchange.seal(CARE, 1, HEADER, b"plain")
    assert exchange.open(CARE, 1, HEADER, token) == b"plain"
    for place in ({**HEADER, "n": 8}, {"agency": "a"}, {**HEADER, "more": 1}):
        with pytest.raises(CannotOpen):
            exchange.open(CARE, 1, place, token)


def test_the_jose_library_reads_it_too(exchange: ExchangeKeys, keys: Keys) -> None:
    token = exchange.seal(CARE, 1, HEADER, b"plain")
    registry = jwe.JWERegistry(algorithms=["dir", "A256GCM"], strict_check_header=False)
    key = OctKey.import_key(keys.opened(CARE).generations[1])
    found = jwe.decrypt_compact(token, key, registry=registry)
    assert found.plaintext == b"plain"
    assert found.protected == {**HEADER, "alg": "dir", "enc": "A256GCM"}


def test_who_does_not_hold_a_file_holds_no_generation_of_it(exchange: ExchangeKeys) -> None:
    """The front desk has no `cases`."""
    assert exchange.generation(CARE) == 1
    assert exchange.generation(CASES) == FILLER
    for use in (
        lambda: exchange.seal(CASES, 1, HEADER, b"x"),
        lambda: exchange.open(CASES, 1, HEADER, "a..b.c.d"),
        lambda: exchange.tag(CASES, 1, b"x"),
        lambda: exchange.seal(CARE, 2, HEADER, b"x"),
    ):
        with pytest.raises(NoGrant):
            use()


def test_a_filler_opens_for_nobody(exchange: ExchangeKeys, department: Department) -> None:
    token = exchange.seal(CASES, FILLER, HEADER, bytes(4096))
    other = ExchangeKeys(department.sign_in("adele.quill"))
    for sealing in (exchange, other):
        for compartment in Compartment:
            with pytest.raises((NoGrant, CannotOpen)):
                sealing.open(compartment, 1, HEADER, token)
    assert token != exchange.seal(CASES, FILLER, HEADER, bytes(4096))


def test_a_tag_says_the_same_for_all_who_hold_the_key(
    exchange: ExchangeKeys, department: Department
) -> None:
    coordinator = ExchangeKeys(department.sign_in("coral.ord"))
    assert exchange.tag(CARE, 1, b"set") == coordinator.tag(CARE, 1, b"set")
    assert exchange.tag(CARE, 1, b"set") != exchange.tag(CARE, 1, b"another")


def test_a_station_signs_in_one_spelling(exchange: ExchangeKeys, keys: Keys) -> None:
    station = keys.identity.station
    tokens = [exchange.sign(b"said") for _ in range(20)]  # half of them would have the higher s
    assert {exchange.verify(station, token) for token in tokens} == {b"said"}
    for token in (f"{tokens[0]}=", f"{tokens[0]} ", tokens[0][:-1]):
        with pytest.raises(CannotOpen):
            exchange.verify(station, token)


def test_stations_are_told_apart_and_a_struck_one_is_still_heard(
    exchange: ExchangeKeys, keys: Keys, department: Department
) -> None:
    other, pen = StationId("back"), PrivateKey.make()
    with pytest.raises(BadRegistry):
        exchange.verify(other, exchange.sign(b"said"))
    administrator = department.sign_in("adele.quill")
    said = Said(EntryType.STATION, other, {"sign": pen.public}, facts={"letter": "B"})
    grown = administrator.registry.write(said, administrator.author, AT)
    keys.follow(grown)
    assert exchange.stations() == {keys.identity.station, other}
    with pytest.raises(CannotOpen):
        exchange.verify(other, exchange.sign(b"said"))  # this station signed it, not that
    administrator.follow(grown)
    struck = Said(EntryType.REVOCATION, other, facts={"marks": {"bbbb01": 4}})
    keys.follow(grown.write(struck, administrator.author, AT))
    assert exchange.stations() == {keys.identity.station}
    assert exchange.struck() == {other: {"bbbb01": 4}}
    as_back = ExchangeKeys(_station(department, keys, other, pen))
    assert exchange.verify(other, as_back.sign(b"before it was struck")) == b"before it was struck"


def test_heads_that_are_ahead_of_here_are_not_known(
    exchange: ExchangeKeys, department: Department
) -> None:
    assert exchange.knows(exchange.heads())
    administrator = department.sign_in("adele.quill")
    key = {"sign": PrivateKey.make().public}
    said = Said(EntryType.STATION, "back", key, facts={"letter": "B"})
    ahead = administrator.registry.write(said, administrator.author, AT)
    assert not exchange.knows(ahead.heads)


def test_a_marker_is_signed_by_administrators_alone(
    exchange: ExchangeKeys, department: Department
) -> None:
    payload = json.dumps({"hub": "h"}).encode()
    good = ExchangeKeys(department.sign_in("adele.quill")).sign_marker(payload)
    assert json.loads(exchange.verify_marker(good))["hub"] == "h"
    with pytest.raises(CannotOpen):
        exchange.verify_marker(exchange.sign_marker(payload))
    with pytest.raises((CannotOpen, BadRegistry)):
        exchange.verify_marker(exchange.sign(payload))


def _station(department: Department, keys: Keys, station: StationId, pen: PrivateKey) -> Keys:
    """The same person, sitting at another station."""
    public = keys.opened(Compartment.STATION).seal.public
    there = department.sign_in("mhale.desk")
    sealed = seal_station_key(pen, station, public)
    there._identity = Identity(station, keys.identity.epoch, "B", sealed)
    return there

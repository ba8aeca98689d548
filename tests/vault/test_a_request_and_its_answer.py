"""A new station asks and is answered; whatever is swapped, altered or old is refused."""

import base64
import hashlib
import json
import stat
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keyring
import pytest
from remembering_keyring import RememberingKeyring
from vault_world import PASSPHRASES, Department

from intake_app.disk import atomic
from intake_app.domain.enrolment_errors import BadAnswer, BadRequest, EnrolledAlready
from intake_app.domain.errors import (
    DeviceSecretMissing,
    DiskFull,
    IntakeError,
    NotAllowed,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
)
from intake_app.domain.ids import StationId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.services.needs.stations import Told
from intake_app.vault.enrolment import _letter, read_request, write_request
from intake_app.vault.joining import NAME, Joining
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keys import Keys
from intake_app.vault.station_desk import StationDesk
from intake_app.vault.vault import Vault

ADMIN = "adele.quill"
TOLD = Told("Pine Hollow", is_training=False, lines=["line"])


@pytest.fixture
def new(department: Department, tmp_path: Path) -> Joining:
    return Joining(tmp_path / "new", department.clock)


def _desk(department: Department, who: str = ADMIN) -> tuple[StationDesk, Keys]:
    """The administrator with a passphrase just typed: only so keys can travel."""
    vault = department.vault()
    keys = department.ready(vault.unlock(who, PASSPHRASES[who]))
    return StationDesk(department.folder, vault, keys, department.clock), keys


def _answered(department: Department, new: Joining) -> bytes:
    desk, keys = _desk(department)
    data = new.request("1.0").text.encode()
    department.entries += desk.sign(data)
    made = desk.answer(data, TOLD)
    keys.drop()
    return made


def test_the_request_stays_the_same_until_it_is_given_up(new: Joining) -> None:
    first = new.request("1.0")
    assert new.request("2.0").text == first.text
    assert len(first.words) == 8
    assert new.is_begun
    new.give_up()
    assert not new.is_begun
    assert new.request("1.0").words != first.words


def test_another_key_or_id_in_the_request_means_other_words(new: Joining) -> None:
    asked = new.request("1.0")
    sign, seal = PrivateKey.make(), PrivateKey.make()
    swapped = read_request(
        write_request(asked.station, (sign, seal), asked.profile, asked.program).encode()
    )
    assert swapped.station == asked.station
    assert swapped.words != asked.words


STRANGER = PrivateKey.make()


@pytest.mark.parametrize(
    "change",
    [
        {"station": "../../evil"}, {"v": 2}, {"act": "answer"}, {"more": 1}, {"sign": STRANGER.jwk},
        {"seal": {**STRANGER.jwk, "x": "AA"}},
    ],
)  # fmt: skip
def test_a_request_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    key = PrivateKey.make()
    good = {
        "v": 1, "act": "request", "station": "0a1b2c3d", "profile": "p", "program": "1",
        "sign": key.jwk, "seal": PrivateKey.make().jwk,
    }  # fmt: skip
    assert read_request(key.sign(canonical(good)).encode()).station == "0a1b2c3d"
    with pytest.raises(BadRequest):
        read_request(key.sign(canonical({**good, **change})).encode())


@pytest.mark.parametrize("data", [b"", b"x" * 20_000, b"a.b.c", b"\xff\xfe", b"..", b"e30.e30.e30"])
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(data)


def test_the_answer_opens_at_the_new_station_alone_and_says_all(
    department: Department, new: Joining, tmp_path: Path
) -> None:
    answer = new.read(_answered(department, new))
    assert answer.letter == "B"
    assert answer.told == TOLD
    assert answer.registry.genesis_hash == department.vault().genesis
    assert answer.inside == department.insides[Compartment.STATION]
    other = Joining(tmp_path / "other", department.clock)
    other.request("1.0")
    with pytest.raises(BadAnswer):
        other.read(_answered(department, new))


def test_an_answer_to_an_earlier_request_is_refused(department: Department, new: Joining) -> None:
    old = _answered(department, new)
    new.give_up()
    new.request("1.0")
    with pytest.raises(BadAnswer):
        new.read(old)


@pytest.mark.parametrize("at", [0, 40, 400, -30, -3])
def test_an_altered_answer_is_refused(department: Department, new: Joining, at: int) -> None:
    data = bytearray(_answered(department, new))
    data[at] = ord("A") if data[at] != ord("A") else ord("B")
    with pytest.raises(BadAnswer):
        new.read(bytes(data))
    for cut in (b"", bytes(data[: len(data) // 2])):
        with pytest.raises(BadAnswer):
            new.read(cut)


def _opened(new: Joining, data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    begun = new._begun()
    whole = json.loads(begun.opener.open(data.decode(), f"answer {begun.request.station}"))
    packed = whole["body"] + "=" * (-len(whole["body"]) % 4)
    body = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed)))
    return whole, body


def _sealed(new: Joining, signer: Keys, body: Mapping[str, object], **said: object) -> bytes:
    """What somebody who can seal to the new station might send it."""

    request = new.request("1.0")
    packed = zlib.compress(canonical(body))
    signed = signer.sign(canonical({
        "v": 1, "act": "answer", "agency": signer.registry.agency, "station": request.station,
        "request": request.sha256, "by": signer.user,
        "body": hashlib.sha256(packed).hexdigest(), **said,
    }))  # fmt: skip
    text = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    whole = canonical({"signed": signed, "body": text})
    return request.seal.seal(whole, f"answer {request.station}").encode()


def test_only_an_administrator_answers(department: Department, new: Joining) -> None:
    _, body = _opened(new, _answered(department, new))
    good = department.sign_in(ADMIN)
    assert new.read(_sealed(new, good, body)).letter == "B"
    for other in ("coral.ord", "sue.visor"):
        clerk = department.sign_in(other)
        with pytest.raises(BadAnswer):
            new.read(_sealed(new, clerk, body))
        with pytest.raises(BadAnswer):
            new.read(_sealed(new, clerk, body, by=good.user))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("letter", "C"), ("genesis", "0" * 64), ("entries", []), ("inside", "{}"),
        ("grants", {"x": {"station": "a.b.c"}}), ("file_key", "AAAA"), ("lines", 7),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_together_is_refused(
    department: Department, new: Joining, name: str, value: object
) -> None:
    _, body = _opened(new, _answered(department, new))
    keys = department.sign_in(ADMIN)
    with pytest.raises(BadAnswer):
        new.read(_sealed(new, keys, {**body, name: value}))
    for said in ({"request": "0" * 64}, {"act": "order"}, {"station": "00000000"}, {"agency": "x"}):
        with pytest.raises(BadAnswer):
            new.read(_sealed(new, keys, body, **said))


def test_an_answer_that_swells_is_refused(department: Department, new: Joining) -> None:
    _answered(department, new)
    bomb = {"lines": ["x" * (80 * 1024 * 1024)]}
    with pytest.raises(BadAnswer):
        new.read(_sealed(new, department.sign_in(ADMIN), bomb))


def test_another_administrator_cannot_be_played_by_a_clerk(department: Department) -> None:
    desk, _ = _desk(department, "mhale.desk")
    data = write_request(
        StationId("0a1b2c3d"), (PrivateKey.make(), PrivateKey.make()), "p", "1"
    ).encode()
    with pytest.raises(NotAllowed):
        desk.sign(data)
    with pytest.raises(NotAllowed):
        desk.answer(data, TOLD)
    with pytest.raises(NotAllowed):
        desk.strike(StationId("x"), {})


def test_the_passphrase_is_asked_once_more(department: Department) -> None:
    desk, _ = _desk(department)
    desk.confirm(PASSPHRASES[ADMIN])
    with pytest.raises(WrongPassphrase):
        desk.confirm("another long passphrase")


def test_a_station_is_let_in_once_and_its_id_is_nobody_elses(
    department: Department, new: Joining
) -> None:
    desk, keys = _desk(department)
    asked = new.request("1.0")
    assert len(desk.sign(asked.text.encode())) == 1
    assert desk.sign(asked.text.encode()) == ()
    pair = PrivateKey.make(), PrivateKey.make()
    stranger = write_request(asked.station, pair, asked.profile, "1.0").encode()
    with pytest.raises(EnrolledAlready):
        desk.sign(stranger)
    desk.strike(asked.station, {})
    with pytest.raises(EnrolledAlready):
        desk.sign(asked.text.encode())
    assert keys.registry.stations.struck() == {asked.station: {}}


def test_letters_are_given_once(department: Department, tmp_path: Path) -> None:
    desk, keys = _desk(department)
    asked = [Joining(tmp_path / str(n), department.clock).request("1") for n in range(3)]
    desk.sign(asked[0].text.encode())
    desk.strike(asked[0].station, {})
    for one in asked[1:]:
        desk.sign(one.text.encode())
    assert [one.letter for one in keys.registry.stations.all()] == ["A", "B", "C", "D"]
    assert [_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


# --- joining.json ---------------------------------------------------------------------------


def test_what_is_kept_meanwhile_is_for_the_owner_alone(new: Joining, tmp_path: Path) -> None:
    new.request("1.0")
    mode = (tmp_path / "new" / NAME).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_with_a_keyring_nothing_secret_lies_there_in_clear(
    department: Department, tmp_path: Path
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(RememberingKeyring())
    try:
        joining = Joining(tmp_path / "new", department.clock)
        joining.request("1.0")
        begun = joining._begun()
        raw = (tmp_path / "new" / NAME).read_bytes()
        for key in (begun.sign, begun.opener):
            assert key.secret["d"].encode() not in raw
        keyring.set_keyring(RememberingKeyring())  # another computer's
        with pytest.raises(DeviceSecretMissing):
            joining.request("1.0")
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"v": 1, "request": "a.b.c"}'])
def test_a_broken_joining_file_says_so_and_can_be_given_up(
    new: Joining, tmp_path: Path, data: bytes
) -> None:
    new.request("1.0")
    (tmp_path / "new" / NAME).write_bytes(data)
    with pytest.raises(VaultDamaged):
        new.request("1.0")
    new.give_up()
    assert new.request("1.0").words


def test_nobody_joins_over_a_department(department: Department) -> None:
    with pytest.raises(VaultExists):
        Joining(department.folder, department.clock).request("1.0")


def test_a_kill_at_any_write_leaves_it_to_be_done_again(
    department: Department, new: Joining, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = new.read(_answered(department, new))
    whole, left = atomic._write_through, [0]

    def killed(path: Path, data: bytes) -> None:
        if left[0] == 0:
            raise OSError(28, "full")
        left[0] -= 1
        whole(path, data)

    monkeypatch.setattr(atomic, "_write_through", killed)
    steps = 0
    while True:
        left[0] = steps
        try:
            new.prepare(answer)
            new.settle(answer)
            break
        except DiskFull:
            assert not (tmp_path / "new" / "vault.json").exists()
            assert new.is_begun
        steps += 1
    assert steps >= 3
    monkeypatch.undo()
    new.give_up()
    joined = Vault.load(tmp_path / "new", department.clock)
    keys = joined.unlock(ADMIN, PASSPHRASES[ADMIN])
    keys.take_registry(answer.registry.texts)
    assert keys.file_key(Compartment.STATION) == answer.file_key
    assert not keys.holds(Compartment.CARE)
    with pytest.raises(IntakeError):
        joined.unlock("mhale.desk", PASSPHRASES["mhale.desk"])

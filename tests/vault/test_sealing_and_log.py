import json
from pathlib import Path

import pytest
from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey

from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault import jose, prelogin
from intake_app.vault.jose import PrivateKey, PublicKey
from intake_app.vault.prelogin import (
    CAP_BYTES,
    FAILURES,
    LOCKED,
    NAME,
    WRONG_CARD,
    FailedSignIn,
    note_failure,
    read_failures,
)


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.make()


def test_sealed_text_opens_for_its_key_and_purpose_only(key: PrivateKey) -> None:
    sealed = key.public.seal(b"x" * 100_000, "a purpose")
    assert key.open(sealed, "a purpose") == b"x" * 100_000
    with pytest.raises(CannotOpen):
        key.open(sealed, "another purpose")
    with pytest.raises(CannotOpen):
        PrivateKey.make().open(sealed, "a purpose")


def test_every_part_of_a_sealed_text_is_authenticated(key: PrivateKey) -> None:
    parts = key.seal(b"secret", "p").split(".")
    for place, part in enumerate(parts):
        flipped = ("B" if part[5] == "A" else "A").join([part[:5], part[6:]])
        with pytest.raises(CannotOpen):
            key.open(".".join([*parts[:place], flipped, *parts[place + 1 :]]), "p")


@pytest.mark.parametrize("text", ["", "a.b.c.d.e", "....", "x" * 100, "{}", "\ud800"])
def test_what_is_no_sealed_text_is_refused(key: PrivateKey, text: str) -> None:
    with pytest.raises(CannotOpen):
        key.open(text, "p")
    with pytest.raises(CannotOpen):
        key.verify(text)
    with pytest.raises(CannotOpen):
        jose.unverified(text)


def test_other_algorithms_are_refused(key: PrivateKey) -> None:
    raw = ECKey.import_key(key.secret)
    loose = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
    header = {"alg": "ECDH-ES", "enc": "A256GCM", "purpose": "p"}
    with pytest.raises(CannotOpen):
        key.open(jwe.encrypt_compact(header, b"x", raw, registry=loose), "p")
    none = ".".join([jose.base(b'{"alg":"none"}'), jose.base(b"x"), ""])
    with pytest.raises(CannotOpen):
        key.verify(none)
    secret = OctKey.import_key(b"k" * 32)
    hmac = jws.serialize_compact({"alg": "HS256"}, b"x", secret)
    with pytest.raises(CannotOpen):
        key.verify(hmac)


def test_a_signature_holds_for_its_key_and_words_only(key: PrivateKey) -> None:
    signed = key.sign(b"words")
    assert key.public.verify(signed) == b"words"
    assert jose.unverified(signed) == (key.name, b"words")
    with pytest.raises(CannotOpen):
        PrivateKey.make().verify(signed)
    head, _, signature = signed.split(".")
    with pytest.raises(CannotOpen):
        key.verify(f"{head}.{jose.base(b'other words')}.{signature}")


def test_only_p256_keys_of_the_right_half_are_read(key: PrivateKey) -> None:
    assert PublicKey.load(key.jwk).name == key.name
    assert PrivateKey.load(key.secret).name == key.name
    assert "d" not in key.jwk
    other_curve = ECKey.generate_key("P-384").as_dict(private=False)
    for bad in ({}, key.secret, other_curve, {**key.jwk, "x": "AA"}, {**key.jwk, "kty": "oct"}):
        with pytest.raises(CannotOpen):
            PublicKey.load(bad)
    for bad in ({}, key.jwk, {**key.secret, "d": 7}):
        with pytest.raises(CannotOpen):
            PrivateKey.load(bad)


def test_a_seed_always_gives_the_same_pair() -> None:
    one, again, other = (PrivateKey.from_seed(seed * 48) for seed in (b"a", b"a", b"b"))
    assert one.name == again.name != other.name
    assert again.open(one.public.seal(b"x", "p"), "p") == b"x"


@pytest.mark.parametrize("data", [b"", b"a", b"ab", b"abc", bytes(range(256))])
def test_base64_there_and_back(data: bytes) -> None:
    assert jose.unbase(jose.base(data)) == data


@pytest.mark.parametrize("text", ["%", "a", "ä", "a b"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        jose.unbase(text)


def test_canonical_is_one_way_only() -> None:
    assert canonical({"b": 1, "a": "ä"}) == '{"a":"ä","b":1}'.encode()


# --- prelogin.log -------------------------------------------------------------------------


def test_lines_are_read_by_the_station_key_only(tmp_path: Path, key: PrivateKey) -> None:
    assert read_failures(tmp_path, key) == ()
    failed = FailedSignIn("2026-11-23", "wrong passphrase", "u1", "ab")
    note_failure(tmp_path, key.public, failed)
    assert read_failures(tmp_path, key) == (failed,)
    assert [f.what for f in read_failures(tmp_path, PrivateKey.make())] == ["unreadable"]


def test_lines_that_somebody_wrote_over_are_shown_as_unreadable(
    tmp_path: Path, key: PrivateKey
) -> None:
    path = tmp_path / NAME
    lines = [
        b"x",
        b"\xff",
        key.seal(b"7", "prelogin").encode(),
        key.seal(b"[1]", "prelogin").encode(),
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert [f.what for f in read_failures(tmp_path, key)] == ["unreadable"] * 4


def test_the_log_is_capped_and_the_oldest_lines_go(tmp_path: Path, key: PrivateKey) -> None:
    path = tmp_path / NAME
    filler = key.seal(json.dumps(["", WRONG_CARD, "", ""]).encode(), "prelogin").encode() + b"\n"
    path.write_bytes(filler * (CAP_BYTES // len(filler)))
    note_failure(tmp_path, key.public, FailedSignIn("at", LOCKED))
    assert path.stat().st_size < CAP_BYTES
    found = path.read_bytes().split(b"\n")
    assert prelogin._read_line(found[-2], key).what == LOCKED
    assert prelogin._read_line(found[0], key).what == WRONG_CARD


@pytest.mark.parametrize("what", [*FAILURES, "print paper", "sign in", 7, None, [["x"]]])
def test_only_failed_sign_ins_come_out_of_the_log(
    tmp_path: Path, key: PrivateKey, what: object
) -> None:
    """Anybody can seal a line to the public key; it must not write acts into the audit log."""
    line = key.public.seal(json.dumps(["at", what, "u" * 500, "s"]).encode(), "prelogin")
    (tmp_path / NAME).write_text(line + "\n", "utf-8")
    (found,) = read_failures(tmp_path, key)
    assert found.what == (what if what in FAILURES else "unreadable")
    assert len(found.user) <= 64


def test_a_line_of_lists_within_lists_is_one_unreadable_line(
    tmp_path: Path, key: PrivateKey
) -> None:
    line = key.public.seal(b"[" * 100_000, "prelogin")
    (tmp_path / NAME).write_text(line + "\n", "utf-8")
    assert [failed.what for failed in read_failures(tmp_path, key)] == ["unreadable"]

"""A sealed file for people outside: standard on the inside, nameless on the outside, or refused."""

import base64
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from outside import BareStation

from intake_app.domain.disclosure import MOST_FILE, Addressee, Cover, SealedFile
from intake_app.domain.disclosure_errors import BadBundle, BundleTooLarge, NotForYou
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId
from intake_app.domain.plain_json import canonical
from intake_app.exchange.disclosure import Letters, OpenedLetter, open_letter, write_receipt
from intake_app.exchange.segments import pack, padded_size
from intake_app.vault.disclosure_seal import RecipientKeys, open_sealed, seal_to
from intake_app.vault.jose import PrivateKey, base, unbase

DOCUMENTS: list[dict[str, Any]] = [
    {"type": "content", "answers": [{"question": "Name", "answer": "Quillfeather"}]},
    {"type": "paper", "title": "Letter", "pdf": "JVBERi0="},
]


def recipient() -> RecipientKeys:
    return RecipientKeys(PrivateKey.make(), PrivateKey.make())


STATION, ANNE, BERT, CORA = BareStation(), recipient(), recipient(), recipient()


def cover_for(*people: RecipientKeys) -> Cover:
    to = tuple(Addressee(one.name, RecordId(f"{n:032}")) for n, one in enumerate(people))
    return Cover("0" * 32, "Pine Hollow", "2026-11-23T09:30:00+00:00", "care", "2026-12-23", to)


def sealed(*people: RecipientKeys, cover: Cover | None = None) -> SealedFile:
    keys = [one.seal.jwk for one in people]
    return Letters(STATION).seal(cover or cover_for(*people), DOCUMENTS, keys)


FILE = sealed(ANNE, BERT)
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def opened(who: RecipientKeys, data: bytes) -> OpenedLetter:
    return open_letter(who, data)


def resealed(lines: Sequence[bytes], *people: RecipientKeys) -> bytes:
    """What somebody who could open a file makes of it for others."""
    return seal_to([one.seal.public for one in people], pack(lines))


def lines_of(data: bytes) -> list[bytes]:
    block = open_sealed(ANNE.seal, data).plain
    length = int.from_bytes(block[:4], "big")
    return zstandard.decompress(block[4 : 4 + length]).split(b"\n")[:-1]


# --- what it is ---------------------------------------------------------------------------


def test_each_recipient_opens_it() -> None:
    for who, place in ((ANNE, 0), (BERT, 1)):
        letter = opened(who, FILE.data)
        assert [dict(one) for one in letter.documents] == DOCUMENTS
        assert letter.accounting == f"{place:032}"
        assert letter.words == STATION.words("Pine Hollow")
        assert letter.cover == cover_for(ANNE, BERT)


@pytest.mark.parametrize("count", [1, 16])
def test_one_to_sixteen_people_can_share_one(count: int) -> None:
    people = [recipient() for _ in range(count)]
    data = sealed(*people).data
    assert all(opened(one, data).sha256 for one in people)


def test_nobody_twice_nobody_at_all_and_no_seventeen() -> None:
    for people in ([], [ANNE, ANNE], [recipient() for _ in range(17)]):
        with pytest.raises(ValueError, match="recipients"):
            sealed(*people)


def test_nobody_else_opens_it() -> None:
    with pytest.raises(NotForYou):
        opened(CORA, FILE.data)


def test_the_outside_says_nothing() -> None:
    data = FILE.data
    for secret in (b"Quillfeather", b"Pine Hollow", STATION.agency.encode(), ANNE.name.encode(),
                   ANNE.seal.jwk["x"].encode(), STATION.key.jwk["x"].encode()):  # fmt: skip
        assert secret not in data
        assert base64.urlsafe_b64encode(secret).rstrip(b"=") not in data
    outside = json.loads(data)
    assert set(json.loads(unbase(outside["protected"]))) == {"enc", "typ", "salt"}


def test_two_files_for_one_person_have_no_mark_in_common() -> None:
    def kids(data: bytes) -> set[str]:
        return {one["header"]["kid"] for one in json.loads(data)["recipients"]}

    assert not kids(FILE.data) & kids(sealed(ANNE, BERT).data)


def test_sizes_come_in_steps() -> None:
    sizes = set[int]()
    for length in (1, 500, 1500):
        documents = [{"type": "content", "words": base(bytes(range(256)) * 8)[:length]}]
        keys = [ANNE.seal.jwk]
        sizes.add(len(Letters(STATION).seal(cover_for(ANNE), documents, keys).data))
    assert len(sizes) == 1
    assert len(open_sealed(ANNE.seal, FILE.data).plain) == padded_size(1)


def test_what_nobody_could_open_is_not_made() -> None:
    noise = base(b"".join(PrivateKey.make().sign(b"x").encode() for _ in range(4)))
    many = [{"type": "paper", "pdf": noise}] * 101
    with pytest.raises(BundleTooLarge):
        Letters(STATION).seal(cover_for(ANNE), many, [ANNE.seal.jwk])


# --- other tools --------------------------------------------------------------------------


@pytest.mark.system
def test_the_jose_command_opens_one(tmp_path: Path) -> None:
    """Only the key, and the page about the format: no code of ours."""
    file, key = tmp_path / "file", tmp_path / "key.jwk"
    file.write_bytes(FILE.data)
    key.write_text(json.dumps(BERT.seal.secret))
    done = subprocess.run(
        ["jose", "jwe", "dec", "-i", str(file), "-k", str(key), "-O", "-"],
        check=True, capture_output=True,
    )  # fmt: skip
    length = int.from_bytes(done.stdout[:4], "big")
    cover, *documents = zstandard.decompress(done.stdout[4 : 4 + length]).splitlines()
    assert [json.loads(line) for line in documents] == DOCUMENTS
    signed, sender = tmp_path / "cover", tmp_path / "sender.jwk"
    signed.write_bytes(cover)
    said = json.loads(unbase(cover.decode().split(".")[1]))
    sender.write_text(json.dumps(said["sender"]))
    done = subprocess.run(
        ["jose", "jws", "ver", "-i", str(signed), "-k", str(sender), "-O", "-"],
        check=True, capture_output=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["recipients"][1][0] == BERT.name


# --- tampering ----------------------------------------------------------------------------


def outside(change: Callable[[dict[str, Any]], None]) -> bytes:
    raw = json.loads(FILE.data)
    change(raw)
    return canonical(raw)


def drop_bert(raw: dict[str, Any]) -> None:
    del raw["recipients"][1]


def swap(raw: dict[str, Any]) -> None:
    raw["recipients"].reverse()


def double(raw: dict[str, Any]) -> None:
    raw["recipients"].append(raw["recipients"][0])


def crowd(raw: dict[str, Any]) -> None:
    raw["recipients"] *= 9


def add_cora(raw: dict[str, Any]) -> None:
    other = json.loads(sealed(CORA).data)["recipients"][0]
    raw["recipients"].append(other)


def rename_bert(raw: dict[str, Any]) -> None:
    raw["recipients"][1]["header"]["kid"] = "AAAAAAAAAAAAAAAAAAAAAA"


def weaken(raw: dict[str, Any]) -> None:
    raw["recipients"][0]["header"]["alg"] = "dir"


def more_head(raw: dict[str, Any]) -> None:
    raw["recipients"][0]["header"]["zip"] = "DEF"


def unprotected(raw: dict[str, Any]) -> None:
    raw["unprotected"] = {"zip": "DEF"}


def other_type(raw: dict[str, Any]) -> None:
    head = json.loads(unbase(raw["protected"]))
    raw["protected"] = base(canonical({**head, "typ": "JWE"}))


def other_salt(raw: dict[str, Any]) -> None:
    head = json.loads(unbase(raw["protected"]))
    raw["protected"] = base(canonical({**head, "salt": "00"}))


def nobody(raw: dict[str, Any]) -> None:
    raw["recipients"] = []


OUTSIDE = (
    drop_bert, swap, double, crowd, add_cora, rename_bert, weaken, more_head, unprotected,
    other_type, nobody,
)  # fmt: skip


@pytest.mark.parametrize("change", OUTSIDE)
def test_a_changed_outside_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(BadBundle):
        opened(ANNE, outside(change))


def test_another_salt_finds_nobody() -> None:
    with pytest.raises(NotForYou):
        opened(ANNE, outside(other_salt))


def test_the_same_outside_is_not_refused() -> None:
    """Negative control."""
    assert opened(ANNE, outside(lambda _: None)).documents


@pytest.mark.parametrize("part", ["ciphertext", "iv", "tag", "protected"])
def test_a_flipped_bit_is_refused(part: str) -> None:
    def flip(raw: dict[str, Any]) -> None:
        data = bytearray(unbase(raw[part]))
        data[len(data) // 2] ^= 1
        raw[part] = base(bytes(data))

    with pytest.raises(IntakeError):
        opened(ANNE, outside(flip))


BERTS = canonical(json.loads(FILE.data)["recipients"][1])
"""What is for Bert alone; whoever spoils it shuts out Bert, and tells Anne nothing wrong."""

PLACES = [n for n in range(len(FILE.data)) if not 0 <= n - FILE.data.index(BERTS) < len(BERTS)]


def changed(place: int, to: int) -> bytes:
    data = bytearray(FILE.data)
    data[place] = to
    return bytes(data)


@settings(max_examples=1000)
@given(st.sampled_from(PLACES), st.one_of(st.integers(0, 255), st.sampled_from(BASE64)))
def test_no_changed_byte_is_believed(place: int, to: int) -> None:
    if FILE.data[place] != to:
        with pytest.raises(IntakeError):
            opened(ANNE, changed(place, to))


@pytest.mark.parametrize("word", [b'"kty":"EC"', b'"crv":"P-256"'])
def test_the_kind_of_key_has_one_spelling(word: bytes) -> None:
    place = FILE.data.index(word) + len(word) - 2
    with pytest.raises(BadBundle):
        opened(ANNE, changed(place, ord(" ")))


def test_each_last_letter_has_one_spelling() -> None:
    """Where base64 leaves bits unused, no other letter may stand."""
    ends = [FILE.data.index(b'"', FILE.data.index(name) + len(name)) - 1
            for name in (b'"ciphertext":"', b'"tag":"', b'"iv":"')]  # fmt: skip
    for place in ends:
        for to in set(BASE64) - {FILE.data[place]}:
            with pytest.raises(BadBundle):
                opened(ANNE, changed(place, to))


def test_who_spoils_one_wrap_shuts_out_that_person_alone() -> None:
    place = FILE.data.index(b'"encrypted_key":"', FILE.data.index(BERTS)) + 25
    data = changed(place, ord("A") if FILE.data[place] != ord("A") else ord("B"))
    with pytest.raises(BadBundle):
        opened(BERT, data)
    assert [dict(one) for one in opened(ANNE, data).documents] == DOCUMENTS


@given(st.integers(0, len(FILE.data) - 1))
def test_no_cut_file_is_believed(end: int) -> None:
    with pytest.raises(BadBundle):
        opened(ANNE, FILE.data[:end])


def test_another_spelling_is_refused() -> None:
    for data in (FILE.data + b"\n", json.dumps(json.loads(FILE.data)).encode(), b"", b"[]", b"{}",
                 b"null", b"[" * 100_000, b"x" * (MOST_FILE + 1)):  # fmt: skip
        with pytest.raises(BadBundle):
            opened(ANNE, data)


def test_a_recipient_cannot_pass_it_on_as_if_it_were_the_departments() -> None:
    """Anne opens it, and seals the same lines to Cora, alone, besides, or instead of Bert."""
    lines = lines_of(FILE.data)
    for people in ((ANNE, BERT, CORA), (ANNE, CORA), (CORA,), (ANNE,)):
        data = resealed(lines, *people)
        with pytest.raises(BadBundle):
            opened(people[-1], data)
    assert opened(BERT, resealed(lines, ANNE, BERT)).documents  # to whom it was sealed anyway


def inside_changed() -> dict[str, list[bytes]]:
    cover, *documents = lines_of(FILE.data)
    said = json.loads(unbase(cover.decode().split(".")[1]))
    stranger = PrivateKey.make()

    def signed(by: PrivateKey, **more: object) -> bytes:
        return by.sign(canonical({**said, **more})).encode()

    head, payload, _ = cover.split(b".")
    none = base(canonical({"alg": "none"})).encode()
    return {
        "a document changed": [cover, documents[0].replace(b"Quill", b"Quell"), documents[1]],
        "a document dropped": [cover, documents[0]],
        "a document added": [cover, *documents, documents[1]],
        "documents swapped": [cover, documents[1], documents[0]],
        "cover of a stranger": [signed(stranger), *documents],
        "signature cut": [b".".join((head, payload, b"")), *documents],
        "no algorithm": [b".".join((none, payload, b"")), *documents],
        "no cover": documents,
        "two covers": [cover, cover, *documents],
        "nothing": [b"{}"],
        "a newer format": [signed(STATION.key, v=2), *documents],
        "another kind": [signed(STATION.key, type="bundle"), *documents],
        "a member more": [signed(STATION.key, more=1), *documents],
        "no recipients": [signed(STATION.key, recipients=[]), *documents],
        "odd recipients": [signed(STATION.key, recipients=[["x"]]), *documents],
        "odd documents": [signed(STATION.key, documents=[1, 2]), *documents],
        "odd expiry": [signed(STATION.key, expires=7), *documents],
        "odd sender": [signed(STATION.key, sender="me"), *documents],
    }


@pytest.mark.parametrize("name", inside_changed())
def test_a_changed_inside_is_refused(name: str) -> None:
    data = resealed(inside_changed()[name], ANNE, BERT)
    with pytest.raises(BadBundle):
        opened(ANNE, data)


def test_a_bomb_is_not_unpacked() -> None:
    frame = zstandard.compress(bytes(200 * 1024 * 1024), 19)
    inside = len(frame).to_bytes(4, "big") + frame
    data = seal_to([ANNE.seal.public], inside.ljust(padded_size(len(inside)), b"\0"))
    assert len(data) < 100_000
    with pytest.raises(BadBundle):
        opened(ANNE, data)


def test_a_sender_who_says_another_name_has_other_words() -> None:
    cover = replace(cover_for(ANNE), department="Pine Hollow Police Department")
    letter = opened(ANNE, sealed(ANNE, cover=cover).data)
    assert letter.words != STATION.words("Pine Hollow")
    assert len(letter.words) == 8


# --- the receipt --------------------------------------------------------------------------


def test_a_receipt_says_which_file_came() -> None:
    letter = opened(BERT, FILE.data)
    token = write_receipt(BERT, letter, "2026-11-24T10:00:00+00:00")
    came = Letters(STATION).read_receipt(BERT.signer.verify(token))
    assert (came.sha256, came.accounting) == (FILE.sha256, f"{1:032}")

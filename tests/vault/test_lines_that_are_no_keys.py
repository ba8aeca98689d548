"""Whoever holds the key of `station` may put any line there: it keeps nobody from signing in."""

from vault_world import PASSPHRASES, Department

from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault.jose import base
from intake_app.vault.key_post import KeyPost
from intake_app.vault.vault import Vault

ADMIN = "adele.quill"
ODD = (None, 7, True, "x", [], {}, [[]], "é")
DEEP = b'{"v":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


def texts_of(agency: str, here: str) -> list[str]:
    """Texts that nobody signed, with members that are missing or odd."""
    whole: dict[str, object] = {
        "v": 1, "agency": agency, "by": "x", "to": here, "version": "v", "over": [], "at": "",
        "key": "k", "sealed": "s", "compartment": "station", "oldest": 1, "state": "s",
    }  # fmt: skip
    said = [{**whole, name: odd} for name in whole for odd in ODD]
    said += [{k: v for k, v in whole.items() if k != name} for name in whole]
    payloads = [canonical({**one, "act": act}) for one in said for act in ("travel", "inside")]
    payloads += [b"[]", b"null", b"7", b'"x"', DEEP]
    head = base(canonical({"alg": "ES256", "kid": "k"}))
    return [f"{head}.{base(payload)}.AAAA" for payload in payloads]


def test_noise_among_the_keys_that_travel_ends_no_sign_in(department: Department) -> None:
    """One line without a signature would lock everybody out, at every station."""
    vault = Vault.load(department.folder, department.clock)
    keys = vault.unlock(ADMIN, PASSPHRASES[ADMIN])
    keys.take_registry(department.entries)
    keys.take_inside(Compartment.STATION, department.insides[Compartment.STATION])
    post = KeyPost(keys, vault.key_file, department.clock)
    noise = texts_of(keys.registry.agency, keys.identity.station)
    assert post.take_travel(noise) == 0
    assert post.take_insides(noise) == {}
    assert post.outdated(noise) == []
    assert post.travel_due(noise) == post.travel_due([])
    assert len(post.insides_due(noise)) == len(post.insides_due([]))

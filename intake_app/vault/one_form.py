"""One signed text, one spelling: who carries a signature cannot make a second valid one of it.

With (r, s) also (r, n - s) fits every ECDSA signature, so anybody could give a bundle another hash
without spoiling it. Stations sign with the lower s and take no other. Header and base64 have one
spelling too.
"""

from typing import Final

from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import base, unbase

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_HALF: Final = 32


def in_one_form(token: str) -> str:
    """The same signed text with the lower s."""
    signed, _, tail = token.rpartition(".")
    r, s = _numbers(unbase(tail))
    lower = min(s, _ORDER - s)
    return f"{signed}.{base(r.to_bytes(_HALF, 'big') + lower.to_bytes(_HALF, 'big'))}"


def check_one_form(token: str, key_name: str) -> None:
    """Refuse another spelling of a signed text.

    Raises:
        CannotOpen: It is one.
    """
    try:
        head, body, tail = token.split(".")
        _, s = _numbers(unbase(tail))
        is_one = (
            head == base(canonical({"alg": "ES256", "kid": key_name}))
            and body == base(unbase(body))
            and tail == base(unbase(tail))
        )
    except ValueError as error:
        raise CannotOpen("signed text") from error
    if not is_one or s > _ORDER // 2:
        raise CannotOpen("spelling")


def _numbers(signature: bytes) -> tuple[int, int]:
    if len(signature) != 2 * _HALF:
        raise ValueError("signature")
    return int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")

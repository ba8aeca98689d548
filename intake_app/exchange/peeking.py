"""What a signed text claims, for whoever carries it and has no keys. Never act on it otherwise."""

import base64
from typing import Any

from intake_app.domain.exchange_errors import Altered, Oversized
from intake_app.domain.plain_json import read_canonical


def claims(token: str, most: int) -> dict[str, Any]:
    """The object inside a compact JWS, unchecked.

    Raises:
        Altered: It is no signed object.
        Oversized: It is longer than `most`.
    """
    if len(token) > most:
        raise Oversized("signed text")
    try:
        _, body, _ = token.split(".")
        padded = body + "=" * (-len(body) % 4)
        return read_canonical(base64.b64decode(padded, altchars=b"-_", validate=True), most)
    except ValueError as error:
        raise Altered("signed text") from error

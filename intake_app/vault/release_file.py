"""A publisher's secret key as a file: PKCS #8 under a passphrase, as other tools read it too."""

from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from intake_app.domain.errors import CannotOpen, WeakPassphrase
from intake_app.vault.jose import PrivateKey, base, unbase

_SHORTEST: Final = 14
_BYTES: Final = 32


def seal_secret(key: PrivateKey, passphrase: str) -> bytes:
    """The file.

    Raises:
        WeakPassphrase: It is too short for a key that every department trusts.
    """
    if len(passphrase) < _SHORTEST:
        raise WeakPassphrase
    number = int.from_bytes(unbase(str(key.secret["d"])), "big")
    return ec.derive_private_key(number, ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )  # fmt: skip


def open_secret(data: bytes, passphrase: str) -> PrivateKey:
    """The key in a file.

    Raises:
        CannotOpen: The passphrase is wrong, or it is no such file.
    """
    try:
        found = serialization.load_pem_private_key(data, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise CannotOpen("release key") from error
    if not isinstance(found, ec.EllipticCurvePrivateKey) or found.curve.name != "secp256r1":
        raise CannotOpen("release key")
    own, public = found.private_numbers(), found.public_key().public_numbers()
    numbers = {"d": own.private_value, "x": public.x, "y": public.y}
    told = {name: base(value.to_bytes(_BYTES, "big")) for name, value in numbers.items()}
    return PrivateKey.load({"kty": "EC", "crv": "P-256", **told})

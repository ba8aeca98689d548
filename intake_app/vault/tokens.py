"""Makes participation tokens: a keyed hash of a name and a birth date, slow on purpose.

The key lies inside `cases` (see `inside`), so a token alone can be tested by nobody, and who holds
`cases` pays about a tenth of a second for each guess. The numbers below are part of what a token
is: another set of them would match nothing, and needs another version.
"""

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_app.domain.errors import NoGrant
from intake_app.domain.roles import Compartment
from intake_app.vault.inside import Inside, read_inside, with_tokens
from intake_app.vault.kdf import SALT_BYTES, derive
from intake_app.vault.keys import Keys

_KEY_BYTES: Final = 32
_MEMORY_KIB: Final = 64 * 1024
_PASSES: Final = 2
_LANES: Final = 4


class TokenMaker:
    """Makes tokens for who holds `cases`.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def made_of(self, text: str) -> str:
        """The token of a text (hex); takes about a tenth of a second, so never on the GUI thread.

        Raises:
            NoGrant: This person does not hold the key.
        """
        return token(_inside(self._keys).tokens, text)


def add_token_key(keys: Keys) -> str:
    """Make the token key of a profile that has none yet.

    Returns:
        What is now inside `cases`, to be written there; empty where nothing is new.

    Raises:
        NoGrant: This person does not hold `cases`.
    """
    before = _inside(keys)
    if before.tokens:
        return ""
    text = with_tokens(before).text
    keys.take_inside(Compartment.CASES, text)
    return text


def _inside(keys: Keys) -> Inside:
    return read_inside(Compartment.CASES, keys.inside(Compartment.CASES))


def token(key: bytes, text: str) -> str:
    """HMAC(TK, KDF(text, salt from TK)), in hex.

    Raises:
        NoGrant: There is no key.
    """
    if len(key) != _KEY_BYTES:
        raise NoGrant("token key")
    stretched = Argon2id(
        salt=derive(key, b"participation token salt", SALT_BYTES),
        length=_KEY_BYTES,
        iterations=_PASSES,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    ).derive(text.encode(errors="surrogatepass"))
    mac = HMAC(key, SHA256())
    mac.update(stretched)
    return mac.finalize().hex()

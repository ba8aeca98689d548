"""What the services need for a person's own way in, as Protocols."""

from dataclasses import dataclass
from typing import Protocol

from intake_app.settings.sign_in_policy import SignInPolicy


@dataclass(frozen=True, slots=True)
class PhoneOffer:
    """What a phone is shown once.

    Attributes:
        modules: Rows of the square code; "#" is dark.
        groups: The same secret to be typed by hand, in groups of four letters.
    """

    modules: tuple[str, ...]
    groups: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the secret."""
        return "PhoneOffer()"


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """Printed codes, on paper once and nowhere else.

    Attributes:
        paper: The PDF.
        count: How many codes stand on it.
    """

    paper: bytes
    count: int

    def __repr__(self) -> str:
        """Without the paper."""
        return f"SheetOffer({self.count})"


@dataclass(frozen=True, slots=True)
class SignInState:
    """How somebody signs in.

    Attributes:
        policy: The department's rules.
        is_code_asked: Whether a second proof is asked for.
        has_phone: A phone was set up.
        codes_left: Printed codes that are still good.
        since: When the passphrase was chosen (`stamp`); empty: not known.
        least: The fewest characters of this person's passphrase.
        uses_keyring: A secret of this computer is asked for too.
    """

    policy: SignInPolicy
    is_code_asked: bool
    has_phone: bool
    codes_left: int
    since: str
    least: int
    uses_keyring: bool


class Proofs(Protocol):
    """Offers a second proof; nothing counts before one of its codes was typed."""

    def offer_phone(self) -> PhoneOffer:
        """A fresh secret for a phone."""
        ...

    def offer_sheet(self, language: str) -> SheetOffer:
        """A fresh sheet of printed codes, in a language (ISO 639)."""
        ...


class OwnSignIn(Proofs, Protocol):
    """A signed-in person's own way in: `wiring.signing.OwnWayIn`."""

    @property
    def state(self) -> SignInState:
        """How they sign in."""
        ...

    @property
    def keyring(self) -> str:
        """What this computer's keyring does with a value (`vault.device.DeviceState`)."""
        ...

    def suggestion(self) -> str:
        """Four random words."""
        ...

    def change_passphrase(self, old: str, new: str) -> None:
        """Another passphrase for the same keys.

        Raises:
            WrongPassphrase: The old one does not match; counted like a sign-in.
            LockedOut: Too many tries.
            WeakPassphrase: The new one is too weak, or was used before.
        """
        ...

    def keep_proof(self, passphrase: str, code: str) -> None:
        """Take what was offered last, once one of its codes was typed.

        Raises:
            WrongPassphrase: Counted like a sign-in; `WrongCode`: it is not of what was offered.
            LockedOut: Too many tries.
            BeginAgain: Nothing was offered.
        """
        ...

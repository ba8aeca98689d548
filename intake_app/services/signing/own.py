"""A person's own way in: another passphrase, another phone, a new sheet of printed codes.

Every role may: it concerns nobody else. What was tried is in the log, done or refused.
"""

from collections.abc import Callable
from dataclasses import replace

from intake_app.domain.errors import IntakeError, NotAllowed
from intake_app.services.desk import Desk
from intake_app.services.needs.signing import OwnSignIn, PhoneOffer, SheetOffer, SignInState


def sign_in_state(desk: Desk) -> SignInState:
    """How the signed-in person signs in.

    Raises:
        NotAllowed: This desk has no way in of its own.
    """
    return _own(desk).state


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Replace one's own passphrase.

    Raises:
        WrongPassphrase: The old one does not match; counted like a sign-in.
        LockedOut: Too many tries.
        WeakPassphrase: The new one is too weak, or was used before.
    """
    _logged(desk, "change passphrase", lambda: _own(desk).change_passphrase(old, new))


def suggestion(desk: Desk) -> str:
    """Four random words for a new passphrase."""
    return _own(desk).suggestion()


def offer_phone(desk: Desk) -> PhoneOffer:
    """What another phone is shown."""
    return _own(desk).offer_phone()


def offer_sheet(desk: Desk, language: str) -> SheetOffer:
    """A new sheet of printed codes; it counts once one of them was typed."""
    return _own(desk).offer_sheet(language)


def keep_proof(desk: Desk, passphrase: str, code: str) -> None:
    """Take the phone or sheet that was offered last; the one before is worth nothing any more.

    Raises:
        WrongPassphrase: Counted like a sign-in; `WrongCode`: it is not of what was offered.
        LockedOut: Too many tries.
        BeginAgain: Nothing was offered.
    """
    _logged(desk, "change second proof", lambda: _own(desk).keep_proof(passphrase, code))


def _own(desk: Desk) -> OwnSignIn:
    if desk.sign_in is None:
        raise NotAllowed("sign-in")
    return desk.sign_in


def _logged(desk: Desk, what: str, do: Callable[[], None]) -> None:
    try:
        do()
    except IntakeError:
        desk.station.note(replace(desk.act(what), outcome="refused"))
        raise
    desk.station.note(desk.act(what))

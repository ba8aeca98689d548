"""Between a right passphrase and an open desk: what else is asked, one step after the other.

Nothing of a person is open yet but `station`, and no way leads past a step: whoever goes on without
it is told the same step again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import WeakPassphrase, WrongPassphrase
from intake_app.domain.sign_in_errors import (
    BeginAgain,
    EnterCode,
    NewPassphrase,
    SetUpCode,
    WrongCode,
)
from intake_app.wiring.signing import OwnWayIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.roles import Role
    from intake_app.services.desk import Desk
    from intake_app.services.needs.signing import PhoneOffer, SheetOffer
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault

_MOST_TRIES: Final = 5
"""Where the clock is wrong no try is counted; then one begins again with the slow passphrase."""


@dataclass(slots=True)
class Arrival:
    """Who has typed a right passphrase.

    Attributes:
        vault: Of this profile.
        keys: Theirs; the registry was taken.
        station: The open file.
        agency: What the department decided.
        clock: Its clock.
        hat: The role they named at once, or None.
        passphrase: What was typed; empty: it was not typed here. Forgotten at the end.
        is_proven: The second proof was given just now.
    """

    vault: Vault
    keys: Keys
    station: File
    agency: Agency
    clock: Clock
    hat: Role | None = None
    passphrase: str = field(default="", repr=False)
    is_proven: bool = False


class ComingIn:
    """Asks for what is missing; fits `services.signing.signing_in.Steps`.

    Args:
        who: Who has come.
        sit: Goes on with their desk, or asks for the hat.
        again: Comes in anew with another passphrase, the second proof given.
        leave: Closes everything again.
    """

    def __init__(
        self, who: Arrival, sit: Callable[[], Desk], again: Callable[[str], Desk],
        leave: Callable[[], None],
    ) -> None:  # fmt: skip
        self._who, self._sit, self._again, self._leave = who, sit, again, leave
        self._way = OwnWayIn(who.vault, who.keys, who.station, who.agency, who.clock)
        self._tries = 0

    @property
    def hat(self) -> Role | None:
        """The role that was named with the passphrase."""
        return self._who.hat

    @property
    def kind(self) -> str:
        """Kind of the agency; roles are named after it."""
        return self._who.agency.kind

    def require_done(self) -> None:
        """Go on only where nothing is missing; then the passphrase is forgotten.

        Raises:
            EnterCode: A code is asked for.
            NewPassphrase: The passphrase must be replaced.
            SetUpCode: There is no second proof yet.
        """
        if self._who.keys.own.held is None:  # keys that came from no slot: a card's, a test's
            return
        if self._way.is_code_asked and not self._is_proven():
            raise self._code_step()
        if why := self._why_new():
            policy, least = self._way.policy, self._way.slot.least(self._who.keys)
            raise NewPassphrase(why, may_show=policy.may_show, least=least)
        if self._way.is_code_asked and not self._way.has_more:
            raise SetUpCode
        self._who.vault.sign_in.pass_code(self._who.keys.user_name)
        self._who.passphrase = ""

    # --- the steps ------------------------------------------------------------------------------

    def enter_code(self, code: str) -> Desk:
        """See `Steps`."""
        way, sign_in, name = self._way, self._who.vault.sign_in, self._who.keys.user_name
        counts = way.now.is_sane
        self._count(counts=counts)
        try:
            way.use(code)
        except WrongCode:
            if counts:
                self._fail()
            raise
        if counts:
            sign_in.pass_code(name)
        self._who.is_proven = True
        return self._sit()

    def choose_passphrase(self, new: str) -> Desk:
        """See `Steps`."""
        self._require_step(NewPassphrase)
        try:
            self._way.change_passphrase(self._who.passphrase, new)
        except (WeakPassphrase, WrongPassphrase):
            self._way.note("change passphrase", "refused")
            raise
        self._way.note("change passphrase")
        return self._again(new)

    def offer_phone(self) -> PhoneOffer:
        """See `Proofs`."""
        self._require_step(SetUpCode)
        return self._way.offer_phone()

    def offer_sheet(self, language: str) -> SheetOffer:
        """See `Proofs`."""
        self._require_step(SetUpCode)
        return self._way.offer_sheet(language)

    def confirm_code(self, code: str) -> Desk:
        """See `Steps`."""
        self._require_step(SetUpCode)
        self._way.keep_proof(self._who.passphrase, code)
        self._way.note("set up second proof")
        return self._again(self._who.passphrase)

    # --- parts ----------------------------------------------------------------------------------

    def _is_proven(self) -> bool:
        return self._who.is_proven or not self._way.is_set_up or self._way.is_fresh

    def _code_step(self) -> EnterCode:
        return EnterCode(
            has_phone=bool(self._way.held.totp), is_clock_wrong=not self._way.now.is_sane,
            shown_at=stamp(self._who.clock),
        )  # fmt: skip

    def _why_new(self) -> str:
        held = self._way.held
        if held.must_change:
            return NewPassphrase.ONCE
        return NewPassphrase.EXPIRED if self._way.slot.is_expired(held) else ""

    def _count(self, *, counts: bool) -> None:
        if counts:
            self._who.vault.sign_in.begin_code(self._who.keys.user_name)
            return
        self._tries += 1
        if self._tries > _MOST_TRIES:
            self._leave()
            raise BeginAgain

    def _fail(self) -> None:
        try:
            self._who.vault.sign_in.fail_code(self._who.keys.user_name, self._who.keys.user)
        except BaseException:
            self._leave()  # locked: the keys go at once
            raise

    def _require_step(self, wanted: type[Exception]) -> None:
        """Only the step that is due now; an earlier one is told again."""
        try:
            self.require_done()
        except wanted:
            if not self._who.passphrase:
                raise BeginAgain from None
            return
        raise BeginAgain

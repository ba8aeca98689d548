"""Joins what a person's own way in is made of: slot, codes, the square code, the printed sheet.

Like `wiring` it may import inside functions; the rules are in `vault.second_factor` and
`vault.own_slot`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.act import Act
from intake_app.domain.clock_sanity import is_sane
from intake_app.domain.ids import new_record_id
from intake_app.domain.sign_in_errors import BeginAgain
from intake_app.settings.sign_in_policy import asks_for_code, read_policy

if TYPE_CHECKING:
    from intake_app.domain.clock import Clock
    from intake_app.services.needs.signing import PhoneOffer, SheetOffer, SignInState
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.own_slot import OwnSlot
    from intake_app.vault.second_factor import Moment, SecondFactor
    from intake_app.vault.slots import Secrets
    from intake_app.vault.vault import Vault

CODE_USED = "code.used"
"""Kind of a fact in `station`: a printed code was used; other stations hear of it."""


class OwnWayIn:
    """One person's passphrase and second proof; fits `services.needs.signing.OwnSignIn`.

    Args:
        vault: Of this profile.
        keys: Theirs; the registry was taken.
        station: The open file, where it is kept what was used.
        agency: What the department decided.
        clock: Its clock.
    """

    def __init__(
        self, vault: Vault, keys: Keys, station: File, agency: Agency, clock: Clock
    ) -> None:  # fmt: skip
        self._vault, self._keys, self._station = vault, keys, station
        self._agency, self._clock = agency, clock
        self.policy = read_policy(agency.sign_in_policy)
        self._seed, self._codes = "", tuple[str, ...]()
        keys.forgetting.append(self._forget)

    def _forget(self) -> None:
        """The keys are dropped: whatever still refers to this way in finds nothing of them."""
        self._held = None
        self._seed, self._codes = "", ()

    @property
    def slot(self) -> OwnSlot:
        """Writes this person's slot anew."""
        from intake_app.vault.own_slot import OwnSlot

        return OwnSlot(
            self._vault.key_file, self._vault.sign_in, self._clock, self.policy, self._agency.name
        )

    @property
    def held(self) -> Secrets:
        """What the slot holds.

        Raises:
            BeginAgain: These keys came from no slot.
        """
        held = self._keys.own.held
        if held is None:
            raise BeginAgain
        return held

    @property
    def is_code_asked(self) -> bool:
        """Whether the department asks for a second proof."""
        return asks_for_code(self._agency.second_factor, self._agency.second_factor_reason)

    @property
    def state(self) -> SignInState:
        """See `OwnSignIn`."""
        from intake_app.services.needs.signing import SignInState

        held = self.held
        return SignInState(
            self.policy, self.is_code_asked, bool(held.totp), self._factor.left(self._used()),
            held.since, self.slot.least(self._keys),
            self._vault.needs_device(self._keys.user_name),
        )  # fmt: skip

    @property
    def keyring(self) -> str:
        """See `OwnSignIn`."""
        return str(self._vault.device_state())

    # --- codes --------------------------------------------------------------------------------

    @property
    def now(self) -> Moment:
        """The clock, and whether it can be right."""
        from intake_app.storage.newest import newest_line
        from intake_app.vault.second_factor import Moment

        at = self._clock.now()
        return Moment(at, is_sane=is_sane(at, newest_line(self._station.database)))

    @property
    def is_set_up(self) -> bool:
        """Whether there is a second proof."""
        return self._factor.is_set_up

    @property
    def has_more(self) -> bool:
        """Whether the next sign-in can be proven: by a phone, or a printed code that is left."""
        return self._factor.has_phone or self._factor.left(self._used()) > 0

    @property
    def is_fresh(self) -> bool:
        """Whether a code was given on this computer within the shift."""
        return self._factor.is_fresh(self.now)

    def use(self, typed: str) -> None:
        """Use a code up; the shift begins. It is not counted here.

        Raises:
            WrongCode: It is none of theirs, or was used.
            ClockWrong: It is of a phone, and the clock cannot be right.
        """
        now = self.now
        passed = self._factor.check(typed, now, self._used())
        if passed.printed:
            self._note_used(passed.printed)
        self._factor.begin_shift(passed, now)

    def offer_phone(self) -> PhoneOffer:
        """See `Proofs`."""
        from intake_app.pdf.qr import modules
        from intake_app.services.needs.signing import PhoneOffer
        from intake_app.vault import totp

        self._seed, self._codes = totp.new_seed(), ()
        told = totp.uri(self._seed, self._keys.user_name)
        return PhoneOffer(modules(told), totp.in_groups(self._seed))

    def offer_sheet(self, language: str) -> SheetOffer:
        """See `Proofs`."""
        from intake_app.pdf.press import Press
        from intake_app.services.needs.signing import SheetOffer
        from intake_app.services.signing.code_sheet import code_sheet
        from intake_app.vault import printed_codes
        from intake_app.words import Words

        self._seed, self._codes = "", printed_codes.new_codes(self.policy.printed)
        sheet = code_sheet(self._codes, self._agency.name, Words(language))
        return SheetOffer(Press().print(sheet), len(self._codes))

    def keep_proof(self, passphrase: str, code: str) -> None:
        """See `OwnSignIn`."""
        from intake_app.vault.second_factor import SecondFactor

        if not self._seed and not self._codes:
            raise BeginAgain
        now = self.now
        offered = self._offered()
        passed = SecondFactor(self._keys.user, offered, self._station, self.policy).check(
            code, replace(now, is_sane=True), ()
        )
        self._written(self.slot.keep_proof(self._keys, passphrase, self._seed, self._codes))
        self._seed, self._codes = "", ()
        if passed.printed:
            self._note_used(passed.printed)
        self._factor.begin_shift(passed, now)

    def suggestion(self) -> str:
        """See `OwnSignIn`."""
        from intake_app.vault.passphrase import suggest_passphrase

        return suggest_passphrase()

    def change_passphrase(self, old: str, new: str) -> None:
        """See `OwnSignIn`."""
        self._written(self.slot.change(self._keys, old, new))

    def note(self, what: str, outcome: str = "done") -> None:
        """A line in the log of `station`, by this person."""
        self._station.note(Act(self._keys.user, what, outcome=outcome))

    # --- parts --------------------------------------------------------------------------------

    @property
    def _factor(self) -> SecondFactor:
        from intake_app.vault.second_factor import SecondFactor

        return SecondFactor(self._keys.user, self.held, self._station, self.policy)

    def _written(self, held: Secrets) -> None:
        """What the slot holds now is kept with the keys alone, and goes with them."""
        if slot := self._keys.own.slot:
            slot.held = held

    def _offered(self) -> Secrets:
        """What the slot would hold; only what was offered may prove itself."""
        from intake_app.vault import printed_codes

        hashes = tuple(printed_codes.digest(code, self._keys.user) for code in self._codes)
        return replace(self.held, totp=self._seed, recovery_codes=hashes)

    def _used(self) -> frozenset[str]:
        records = self._station.of_kind(CODE_USED)
        return frozenset(
            str(one.values.get("code", "")) for one in records
            if one.values.get("user") == self._keys.user
        )  # fmt: skip

    def _note_used(self, code: str) -> None:
        from intake_app.services.records.writing import fact

        user = self._keys.user
        fields = {"user": user, "code": code}
        change = fact(self._station, user, CODE_USED, new_record_id(), fields)
        self._station.apply([change], Act(user, "use printed code"))

"""The second proof of one person: a code of their phone, or a printed one.

What was used is kept in `station`, whose file nobody changes without its key: the last step of the
phone's codes, and (by who calls) the hashes of printed codes. So a code is refused a second time
also after a kill, and where the key file was put back from a copy. Where the whole folder was put
back, it is not: then only the half minute of the code itself counts.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from intake_app.domain.ids import UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.sign_in_errors import ClockWrong, CodeUsed, WrongCode
from intake_app.settings.sign_in_policy import SignInPolicy
from intake_app.vault import printed_codes, totp
from intake_app.vault.slots import Secrets

_NOTE: Final = "second proof"


_SHAPE: Final = {"step": int, "of": str, "at": float, "key": str}


class Notes(Protocol):
    """Where it is kept what was used: `storage.compartment.Compartment`."""

    def meta(self, name: str) -> str:
        """A line; empty where there is none."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Write it, durably."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """When a code is looked at.

    Attributes:
        at: What the clock says.
        is_sane: Whether that can be right.
    """

    at: datetime
    is_sane: bool = True


@dataclass(frozen=True, slots=True)
class Passed:
    """A code that was right.

    Attributes:
        step: The last step of the phone's codes that was used.
        printed: Hash of the printed code; empty: it was the phone's.
    """

    step: int
    printed: str = ""


class SecondFactor:
    """Checks the codes of who has just opened their slot.

    Args:
        user: Who.
        held: What their slot holds.
        notes: Where it is kept what was used.
        policy: How wide the window is, how long a shift.
    """

    def __init__(self, user: UserId, held: Secrets, notes: Notes, policy: SignInPolicy) -> None:
        self._user, self._held, self._notes, self._policy = user, held, notes, policy

    @property
    def has_phone(self) -> bool:
        """Whether a phone was set up."""
        return bool(self._held.totp)

    @property
    def is_set_up(self) -> bool:
        """Whether there is any second proof."""
        return self.has_phone or bool(self._held.recovery_codes)

    def is_fresh(self, now: Moment) -> bool:
        """Whether a code was given on this computer within the shift, with the same keys."""
        known = self._read()
        since = now.at.timestamp() - known.get("at", 0.0)
        shift = timedelta(hours=self._policy.shift_hours).total_seconds()
        is_same = known.get("key") == self._held.sign.name
        return is_same and now.is_sane and 0 <= since < shift

    def left(self, used: Collection[str]) -> int:
        """How many printed codes are still good."""
        return sum(code not in used for code in self._held.recovery_codes)

    def check(self, typed: str, now: Moment, used: Collection[str]) -> Passed:
        """Whether a code is right; nothing is written.

        Args:
            typed: The code.
            now: The moment.
            used: Hashes of printed codes that were used.

        Raises:
            WrongCode: It is none of theirs (`CodeUsed`: not any more).
            ClockWrong: It is a code of a phone, and the clock cannot be right.
        """
        if printed_codes.is_shaped(typed):
            return Passed(self._last_step(), self._printed(typed, used))
        if not now.is_sane:
            raise ClockWrong
        return Passed(self._step(typed, now))

    def begin_shift(self, passed: Passed, now: Moment) -> None:
        """Use a code up, before anything is opened by it; a printed one is noted first elsewhere.

        Raises:
            DiskFull: It was not noted, so it opens nothing.
            StorageFailed: The same.
        """
        told = {
            "step": passed.step, "of": self._phone, "at": now.at.timestamp(),
            "key": self._held.sign.name,
        }  # fmt: skip
        self._notes.set_meta(f"{_NOTE} {self._user}", canonical(told).decode())

    def _printed(self, typed: str, used: Collection[str]) -> str:
        found = printed_codes.digest(typed, self._user)
        if found not in self._held.recovery_codes:
            raise WrongCode
        if found in used:
            raise CodeUsed
        return found

    def _step(self, typed: str, now: Moment) -> int:
        code = printed_codes.plain(typed)
        window = self._policy.window_steps
        step = totp.matching_step(self._held.totp, code, now.at, window) if self.has_phone else None
        if step is None:
            raise WrongCode
        last = self._last_step()
        # a last step in the future was kept while the clock was wrong, which it is no more
        if step <= last <= totp.step_of(now.at) + window:
            raise CodeUsed
        return step

    @property
    def _phone(self) -> str:
        """Names the phone: another one begins its own row of steps."""
        return hashlib.sha256(self._held.totp.encode()).hexdigest()[:16]

    def _last_step(self) -> int:
        known = self._read()
        return known["step"] if known.get("of") == self._phone else 0

    def _read(self) -> dict[str, Any]:
        """What was kept; what makes no sense is as if nothing was."""
        try:
            found: dict[str, Any] = json.loads(self._notes.meta(f"{_NOTE} {self._user}") or "{}")
            is_whole = all(type(found[name]) is kind for name, kind in _SHAPE.items())
        except (ValueError, KeyError, TypeError, RecursionError):
            return {}
        return found if is_whole else {}

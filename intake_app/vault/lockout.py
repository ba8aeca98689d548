"""Failed tries lock a sign-in until somebody releases it: five in 15 minutes (CJIS AC-7), or fewer.

How many, and within which time, is the department's policy; it may only be stricter. Where nobody
else could release it, a sign-in is not locked but waits: so nobody can lock out the last one who
may release the others.

A try is counted before the passphrase is checked and taken back when it was right, so that killing
the program in between wins nothing. A clock that is set back never unlocks. Where `attempts.json`
was deleted or damaged, each user has one try left. What this does not stop is said in the threat
model: against a copied folder only the passphrase and this computer's secret count.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import write_whole
from intake_app.domain.clock import Clock
from intake_app.domain.errors import DiskFull, LockedOut, StorageFailed
from intake_app.domain.plain_json import canonical
from intake_app.domain.sign_in_errors import WaitAWhile
from intake_app.settings.profile import read_told
from intake_app.settings.sign_in_policy import SignInPolicy, read_policy

NAME: Final = "attempts.json"
LIMIT: Final = SignInPolicy().tries
"""The most tries that any policy leaves."""

_LATEST: Final = 1e11
"""Seconds since 1970, in the year 5138: no clock is there, and nothing is counted with infinity."""

_KEYS: Final = {"v", "before", "latest", "users"}
_RELEASERS: Final = "releasers"
"""Slot ids of who may release others; told at each sign-in, so an older file has none."""


class Lockout:
    """The counts of one profile folder, by slot id."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path, self._clock, self._folder = folder / NAME, clock, folder
        self._counts_alone = False
        self._content = self._read()

    @classmethod
    def create(cls, folder: Path, clock: Clock) -> "Lockout":
        """Begin with no failures."""
        write_whole(folder / NAME, _to_bytes({"v": 1, "before": 0, "latest": 0, "users": {}}))
        return cls(folder, clock)

    def begin(self, slot_id: str) -> None:
        """Count a try.

        Raises:
            LockedOut: The sign-in is locked; the passphrase must not be looked at.
            WaitAWhile: The same for some minutes, because nobody could release it.
        """
        self._look_again()
        now = self._now()
        entry = self._entry(slot_id)
        if entry["locked"]:
            raise LockedOut
        limit, window = self._rule()
        recent = [at for at in entry["at"] if at > now - window]
        if len(recent) >= limit:  # only where it is not locked: nobody could release it
            raise WaitAWhile
        recent.append(now)
        is_over = len(recent) >= limit and self._has_releaser_besides(slot_id)
        self._put(slot_id, {"at": recent, "locked": is_over})

    def take_back(self, slot_id: str) -> None:
        """The try that was counted last was none: what was typed was right."""
        self._look_again()
        entry = self._entry(slot_id)
        self._put(slot_id, {"at": entry["at"][:-1], "locked": False})

    def note_releasers(self, slot_ids: Iterable[str]) -> None:
        """Keep who may release others; one of them always stays able to sign in."""
        self._look_again()
        wanted = sorted(slot_ids)
        if self._content.get(_RELEASERS) != wanted:
            self._content[_RELEASERS] = wanted
            self._save()

    def is_locked(self, slot_id: str) -> bool:
        """Whether the next try will be refused."""
        self._look_again()
        return bool(self._entry(slot_id)["locked"])

    def clear(self, slot_id: str) -> None:
        """The passphrase was right, or somebody released it."""
        self._look_again()
        self._put(slot_id, {"at": [], "locked": False})

    def _rule(self) -> tuple[int, float]:
        """How many tries, and within how many seconds; never weaker than the program's floor."""
        policy = read_policy(read_told(self._folder).policy)
        return min(policy.tries, LIMIT), max(policy.minutes, SignInPolicy().minutes) * 60

    def _has_releaser_besides(self, slot_id: str) -> bool:
        """Whether somebody who could release this sign-in can still sign in themselves."""
        known = self._content.get(_RELEASERS)
        if known is None:  # nobody has signed in since: as strict as ever
            return True
        return any(one != slot_id and not self._entry(one)["locked"] for one in known)

    def _now(self) -> float:
        # a clock that was set back stands still here until it has caught up
        latest = max(self._clock.now().timestamp(), self._content["latest"])
        self._content["latest"] = latest
        return latest

    def _entry(self, slot_id: str) -> dict[str, Any]:
        start: dict[str, Any] = {"at": [self._content["latest"]] * self._content["before"]}
        return self._content["users"].get(slot_id) or {**start, "locked": False}

    def _put(self, slot_id: str, entry: Mapping[str, Any]) -> None:
        self._content["users"][slot_id] = dict(entry)
        self._save()

    def _save(self) -> None:
        # on a full disk people must still get at their records: then this process alone counts
        self._counts_alone = True
        with contextlib.suppress(DiskFull, StorageFailed):
            write_whole(self._path, _to_bytes(self._content))
            self._counts_alone = False

    def _look_again(self) -> None:
        """Take what another process has counted; a file that is gone or bad eases nothing."""
        if not self._counts_alone and (found := self._read_whole()):
            self._content = found

    def _read(self) -> dict[str, Any]:
        now = self._clock.now().timestamp()
        suspect: dict[str, Any] = {"v": 1, "before": LIMIT - 1, "latest": now, "users": {}}
        return self._read_whole() or suspect

    def _read_whole(self) -> dict[str, Any] | None:
        try:
            raw: dict[str, Any] = json.loads(self._path.read_bytes())
            is_whole = _is_well_formed(raw)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return raw if is_whole else None


def _to_bytes(content: Mapping[str, Any]) -> bytes:
    return canonical(content)


def _is_moment(value: object) -> bool:
    return type(value) in {int, float} and 0 <= float(str(value)) < _LATEST


def _is_list_of_ids(value: object) -> bool:
    return isinstance(value, list) and all(type(one) is str for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _is_well_formed(raw: dict[str, Any]) -> bool:
    users: dict[str, dict[str, Any]] = raw["users"]
    moments = [raw["latest"], *(at for one in users.values() for at in one["at"])]
    return (
        raw.keys() - {_RELEASERS} == _KEYS
        and _is_list_of_ids(raw.get(_RELEASERS, []))
        and type(raw["before"]) is int
        and 0 <= raw["before"] < LIMIT
        and all(map(_is_moment, moments))
        and all(slot_id.isascii() for slot_id in users)
        and all(type(one["locked"]) is bool and len(one) == 2 for one in users.values())
    )

"""What a backup is: its manifest, its tests, and which of several stay.

A backup is a folder named by its moment. It holds the files of the profile as they lie on the disk,
sealed, and a manifest that the station signed: names, lengths and hashes, and what a restored
station needs of its identity. Beside each file of records stands its test, signed as well.
"""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from intake_app.domain.errors import Damaged
from intake_app.domain.roles import Compartment

MANIFEST: Final = "manifest.jws"
TESTED: Final = ".tested"
"""Ends the name of a test, after that of a compartment."""
PART: Final = ".part"
"""Ends the name of a backup that is being written; nobody reads it, the next one sweeps it."""
LEDGER: Final = "ledger"
"""Beside the backups: what must not come back by one (ids of purged records, the registry)."""
REGISTRY: Final = "registry.json"

_MOMENT: Final = "%Y%m%dT%H%M%SZ"
_ALL: Final = timedelta(days=3)
_DAILY: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a backup.

    Attributes:
        name: "care.db".
        size: In bytes.
        sha256: Of its bytes (hex).
        was: The same before what was purged left it: a kill may leave either; empty: none.
        is_read: It was read from an open file; else it was copied as it lay.
        purged: How many orders of the ledger were carried out in it.
    """

    name: str
    size: int
    sha256: str
    was: str = ""
    is_read: bool = False
    purged: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        profile: Id of the profile.
        moment: Its name.
        made: Local time with offset.
        station: Which station's files they are.
        identity: What makes the station of it again: letter, sealed keys, streams; no counter
            that could go on.
        files: What it holds.
        program: Version that made it.
    """

    profile: str
    moment: str
    made: str
    station: str
    identity: Mapping[str, Any]
    files: tuple[FileLine, ...]
    program: str = ""

    def told(self) -> dict[str, Any]:
        """As it is signed."""
        return {"v": 1, "act": "backup", **asdict(self)}

    def line(self, name: str) -> FileLine | None:
        """One of its files."""
        return next((one for one in self.files if one.name == name), None)

    @property
    def size(self) -> int:
        """Of all its files, in bytes."""
        return sum(one.size for one in self.files)

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The files of records in it."""
        return tuple(name for name in Compartment if self.line(f"{name}.db"))


@dataclass(frozen=True, slots=True)
class Tested:
    """That a file of a backup was opened and found whole.

    Attributes:
        moment: Of the backup.
        compartment: Which file.
        sha256: Of its bytes then.
        at: When: local time with offset.
        records: How many records it holds.
        digest: A hash of all of them.
        audit: How many lines its audit trail has; the chain holds.
        faults: How many were found; 0: it is good.
    """

    moment: str
    compartment: str
    sha256: str
    at: str
    records: int
    digest: str
    audit: int
    faults: int = 0

    def told(self) -> dict[str, Any]:
        """As it is signed."""
        return {"v": 1, "act": "backup tested", **asdict(self)}


@dataclass(frozen=True, slots=True)
class Seen:
    """A backup in a place, as it was seen last.

    Attributes:
        moment: Its name.
        made: Local time with offset.
        size: In bytes.
        tested: By compartment, when it was tested and found good; empty: it was not yet.
    """

    moment: str
    made: str
    size: int
    tested: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def at(self) -> datetime:
        """Its moment (UTC)."""
        return moment_at(self.moment)

    @property
    def is_tested(self) -> bool:
        """Whether all of it was opened and found good."""
        return bool(self.tested) and all(self.tested.values())


def read_manifest(said: Mapping[str, Any]) -> Manifest:
    """A manifest from what was signed.

    Raises:
        Damaged: It is none.
    """
    try:
        if (said["v"], said["act"]) != (1, "backup"):
            raise Damaged("manifest")
        texts = {name: str(said[name]) for name in _TEXTS}
        files = tuple(FileLine(**one) for one in said["files"])
        if not is_moment(texts["moment"]) or not all(map(_is_plain, files)):
            raise Damaged("manifest")
        return Manifest(**texts, identity=dict(said["identity"]), files=files)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged("manifest") from error


def read_tested(said: Mapping[str, Any]) -> Tested:
    """A test from what was signed.

    Raises:
        Damaged: It is none.
    """
    try:
        if (said["v"], said["act"]) != (1, "backup tested"):
            raise Damaged("test")
        return Tested(**{name: said[name] for name in Tested.__dataclass_fields__})
    except (KeyError, TypeError) as error:
        raise Damaged("test") from error


def claimed(token: str) -> dict[str, Any]:
    """What a signed text claims; nothing of it is believed before its signature is checked.

    Raises:
        Damaged: It is no signed text.
    """
    try:
        body = token.split(".")[1]
        found: object = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, IndexError, RecursionError) as error:
        raise Damaged("signed text") from error
    if not isinstance(found, dict):
        raise Damaged("signed text")
    return found  # pyright: ignore[reportUnknownVariableType]


def moment_name(at: datetime) -> str:
    """The name of a backup made now; it sorts by time."""
    return f"{at.astimezone(UTC):{_MOMENT}}"


def moment_at(name: str) -> datetime:
    """The reverse.

    Raises:
        ValueError: It is no such name.
    """
    return datetime.strptime(name, _MOMENT).replace(tzinfo=UTC)


def is_moment(name: str) -> bool:
    """Whether a folder is a backup that was finished."""
    try:
        return moment_name(moment_at(name)) == name
    except ValueError:
        return False


def to_remove(backups: Sequence[Seen], now: datetime, days: int) -> list[Seen]:
    """Which backups of a place go: all of three days stay, one a day for two weeks, one a week.

    Older ones than `days` expire. The newest stays in any case, and of each file the newest that
    was tested: nobody is left without a way back because somebody did not sign in for long. While
    the clock stands before the newest backup, it is wrong, and nothing goes.

    Args:
        backups: All that lie there.
        now: The time.
        days: After so many days a backup expires.
    """
    ordered = sorted(backups, key=lambda one: one.moment, reverse=True)
    if not ordered or ordered[0].at > now + timedelta(hours=1):
        return []
    kept = {ordered[0].moment, *_newest_tested(ordered)}
    spans = set[str]()
    for one in ordered:
        age = now - one.at
        if age > timedelta(days=days):
            continue
        span = _span(one.at, age)
        if span not in spans:
            spans.add(span)
            kept.add(one.moment)
    return [one for one in ordered if one.moment not in kept]


def _newest_tested(ordered: Iterable[Seen]) -> set[str]:
    found = dict[str, str]()
    for one in ordered:
        for name, at in one.tested.items():
            if at:
                found.setdefault(name, one.moment)
    return set(found.values())


def _span(at: datetime, age: timedelta) -> str:
    if age <= _ALL:
        return at.isoformat()
    if age <= _DAILY:
        return f"{at:%Y-%m-%d}"
    return f"{at:%G-W%V}"


_TEXTS: Final = ("profile", "moment", "made", "station", "program")


def _is_plain(line: FileLine) -> bool:
    """A name is a name, never a way out of the folder."""
    texts = (line.name, line.sha256, line.was)
    is_name = "/" not in line.name and "\\" not in line.name and not line.name.startswith(".")
    is_typed = all(type(one) is str for one in texts) and type(line.size) is int
    return is_typed and is_name and ":" not in line.name and line.name != ""

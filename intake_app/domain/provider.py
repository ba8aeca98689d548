"""A provider's service at a place, as the directory keeps it: a flat subset of HSDS 3.

One record per service at a location keeps the ids of HSDS (Human Services Data Specification,
openreferral.org, CC BY-SA 4.0), so that a later file finds it again. Fields are in three groups:
what the file owns, what the file may say about local practice, and what is written here alone and
that no file may overwrite.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId

ORGANIZATION: Final = "provider.organization"
SERVICE: Final = "provider.service"
"""Kinds of records in the `station` file."""

ACTIVE: Final = "active"
STATUSES: Final = (ACTIVE, "inactive", "defunct", "temporarily closed")
"""The status of a service (HSDS 3)."""

TEXTS: Final = (
    "organization_id", "organization", "service_id", "name", "location_id", "location", "address",
    "city", "description", "email", "url", "status", "interpretation", "eligibility", "fees",
    "application", "accessibility", "assured_date", "alert", "wait_time",
)  # fmt: skip
LISTS: Final = ("types", "languages", "documents", "phones", "schedules")
NUMBERS: Final = ("min_age", "max_age", "latitude", "longitude")

FLAGS: Final = (
    "accepts_medicaid", "moud", "admits_24_7", "for_women", "for_pregnant", "with_children",
    "detox_capable", "transport_provided", "part2_program",
)  # fmt: skip
"""Local facts that HSDS leaves out; each is "yes", "no" or absent (unknown)."""

LOCAL: Final = (*FLAGS, "insurance", "drive_minutes", "channel", "closed_loop_contact")
"""What a file may say about local practice. What it does not say, it does not change."""

MERGED_INTO, MERGES, EDITED = "merged_into", "merges", "edited"
"""What became of two entries of one provider; what a file had said where it was edited here."""

KEPT_HERE: Final = (
    "note", "verified_on", "verified_by", "capacity", "capacity_asked", "capacity_by", "mou_id",
    "mou_expires", "closed_days", "holidays", EDITED, MERGED_INTO, MERGES,
)  # fmt: skip
"""Written at this station only; an import never touches these."""

MOU_SOON: Final = 30
"""Days before its end from which on an agreement is shown as ending."""

CHANNELS: Final = ("fax", "phone", "mail", "email")
INSURANCES: Final = (
    "medicaid", "medicare", "chip", "va_tricare", "ihs_tribal", "private", "marketplace", "none",
)  # fmt: skip
"""Insurance that a service takes; "none" means it also serves people without any."""

PAPER_WORDS: Final = ("address", "phone", "fax", "contact", "hours", "bring", "checked")
"""What papers may say of a chosen provider: {provider_phone} for the question "provider"."""

CLOSED_ON_HOLIDAYS, OPEN_ON_HOLIDAYS = "closed", "open"
"""What a provider does on holidays; otherwise: call first."""

EARTH_KM: Final = 6371.0
MINUTES_PER_KM: Final = 1.3
"""For a guess on mountain roads: a third longer than the straight line, at 60 km/h."""


def stable_id(*parts: str) -> RecordId:
    """The same 32 hex digits for the same parts at every station: an import makes no twins."""
    text = "\x1f".join(parts)
    return RecordId(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32])


def service_record(service_id: str, location_id: str) -> RecordId:
    """The record of a service at a location."""
    return stable_id(SERVICE, service_id, location_id)


def organization_record(organization_id: str) -> RecordId:
    """The record of an organization."""
    return stable_id(ORGANIZATION, organization_id)


class Mou(StrEnum):
    """How an agreement with a provider stands."""

    NONE = "none"
    VALID = "valid"
    SOON = "soon"  # it ends within `MOU_SOON` days
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to reach a provider.

    Attributes:
        number: As written in the file.
        kind: "voice", "fax", "text", "tty", …
        note: "Ask for intake", or empty.
    """

    number: str
    kind: str = "voice"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a service is open: a rule of RFC 5545, with hours on the wall clock of the place.

    Attributes:
        rule: "FREQ=WEEKLY;BYDAY=MO,TU"; empty where the file has words only.
        starts: First day (YYYY-MM-DD); matters for "every second week". Empty: any.
        opens: "08:00"; empty with `closes`: all day.
        closes: "17:00"; not after `opens` means the next day.
        valid_from: First day on which the hours hold, or empty.
        valid_to: Last day, or empty.
        words: The file's own words.
    """

    rule: str = ""
    starts: str = ""
    opens: str = ""
    closes: str = ""
    valid_from: str = ""
    valid_to: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A service at a location, read from its record; see the groups of fields above.

    Attributes:
        record: Its record.
        values: All fields as kept.
    """

    record: RecordId
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def text(self, name: str) -> str:
        """A text field, or empty."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """A number field, or None."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return float(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that holds a list of texts."""
        value = self.values.get(name)
        return tuple(map(str, cast("list[Value]", value))) if isinstance(value, list) else ()

    def flag(self, name: str) -> str:
        """A local fact: "yes", "no", or "unknown"."""
        return self.text(name) or "unknown"

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Numbers, first is the one to try first."""
        return tuple(Phone(**row) for row in _rows(self.values.get("phones"), Phone))

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """When it is open."""
        return tuple(Schedule(**row) for row in _rows(self.values.get("schedules"), Schedule))

    @property
    def phone(self) -> str:
        """The first number that a person answers."""
        voices = (p.number for p in self.phones if p.kind not in {"fax", "tty"})
        return next(voices, "")

    @property
    def is_closed(self) -> bool:
        """Whether it takes nobody now."""
        return self.text("status") not in {"", ACTIVE}

    @property
    def checked_on(self) -> str:
        """The last day on which somebody vouched for this entry, there or here, or empty."""
        return max(self.text("assured_date"), self.text("verified_on"))

    def is_stale(self, today: date, days: int) -> bool:
        """Whether nobody has vouched for this entry for longer than `days`."""
        try:
            checked = date.fromisoformat(self.checked_on)
        except ValueError:
            return True
        return (today - checked).days > days

    def is_closed_on(self, day: date, holiday: str) -> bool:
        """Whether it is closed on a day that its weekly hours may call open.

        Args:
            day: The day.
            holiday: The holiday's name, or empty.
        """
        keeps = bool(holiday) and self.text("holidays") == CLOSED_ON_HOLIDAYS
        return keeps or day.isoformat() in self.texts("closed_days")

    def said_minutes(self, station: str) -> float | None:
        """Minutes by car as somebody said: from this station, or as the file has them."""
        here = self.number(minutes_field(station))
        return self.number("drive_minutes") if here is None else here

    def minutes_from(
        self, latitude: float | None, longitude: float | None, station: str = ""
    ) -> float | None:
        """Minutes by car: as somebody said, or guessed from the distance, or None."""
        said = self.said_minutes(station)
        if said is not None:
            return said
        here = (self.number("latitude"), self.number("longitude"))
        if None in {*here, latitude, longitude}:
            return None
        away = distance_km(here[0] or 0.0, here[1] or 0.0, latitude or 0.0, longitude or 0.0)
        return round(away * MINUTES_PER_KM)


def minutes_field(station: str) -> str:
    """Name of the field for minutes by car from a station, by its letter."""
    return f"drive_minutes@{station}"


def mou_state(provider: Provider, day: date) -> Mou:
    """How the agreement with a provider stands on a day; one without an end is in force."""
    if not provider.text("mou_id"):
        return Mou.NONE
    try:
        last = date.fromisoformat(provider.text("mou_expires"))
    except ValueError:
        return Mou.VALID
    if last < day:
        return Mou.EXPIRED
    return Mou.SOON if (last - day).days <= MOU_SOON else Mou.VALID


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometers along the ground between two places in degrees (haversine formula)."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _rows(value: Value, shape: type[Phone] | type[Schedule]) -> list[dict[str, str]]:
    names = shape.__dataclass_fields__.keys()
    rows = cast("list[dict[str, Value]]", value) if isinstance(value, list) else []
    return [{name: str(row[name]) for name in names if name in row} for row in rows]

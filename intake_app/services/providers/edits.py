"""Providers by hand: change an entry, add one, merge two entries of one provider, and undo it.

What is changed here wins over later files: of each changed fact it is kept what the file had said,
so that an import can tell news from what was known (`domain.provider_compare`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.errors import BadEntry, NotFinished, SameProvider
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.provider import (
    ACTIVE,
    CHANNELS,
    EDITED,
    FLAGS,
    INSURANCES,
    KEPT_HERE,
    MERGED_INTO,
    MERGES,
    SERVICE,
    STATUSES,
    Provider,
    minutes_field,
)
from intake_app.domain.provider_compare import differs
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.providers.providers import service_entry
from intake_app.services.records.writing import create, write

TEXTS: Final = (
    "organization", "name", "status", "address", "city", "description", "email", "url",
    "eligibility", "fees", "application", "interpretation", "accessibility", "alert", "wait_time",
    "closed_loop_contact", "channel", "mou_id", "mou_expires", "holidays", "note",
)  # fmt: skip
LISTS: Final = (
    "types", "languages", "documents", "insurance", "phones", "schedules", "closed_days",
)  # fmt: skip
NUMBERS: Final = ("min_age", "max_age")
"""What can be changed by hand, beside `provider.FLAGS` and the minutes from this station."""

_ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "status": STATUSES,
    "channel": CHANNELS,
    "holidays": ("open", "closed"),
    **dict.fromkeys(FLAGS, ("yes", "no")),
}
_SOME_OF: Final[Mapping[str, tuple[str, ...]]] = {"insurance": INSURANCES}
_UNITED: Final = ("types", "languages", "documents", "insurance", "phones")
"""Lists of which a merged entry keeps both."""


def edit_provider(
    desk: Desk, record: RecordId, fields: Mapping[str, Value], *, is_checked: bool = False
) -> None:
    """Change an entry by hand; what is changed here wins over later files.

    Args:
        desk: Where.
        record: Which entry.
        fields: New values; what is left out stays, empty takes a fact away.
        is_checked: Somebody asked the provider today: the entry holds as of today.

    Raises:
        NotAllowed: The role does not edit providers.
        RecordMissing: There is no such entry.
        NotFinished: It would have no name.
        BadEntry: A value is none of those that are allowed, or no field can be changed so.
    """
    desk.require(May.EDIT_PROVIDERS)
    entry = service_entry(desk.station, record)
    _check(desk, {**entry.values, **fields}, fields)
    changed = {n: v for n, v in fields.items() if differs(entry.values, n, v)}
    wanted = {**changed, **_edited(entry, changed), **_checked(desk, is_checked=is_checked)}
    if wanted:
        change = write(desk.station, desk.person.id, SERVICE, entry.id, wanted)
        desk.station.apply([change], desk.act("edit provider", entry.id))


def add_provider(desk: Desk, fields: Mapping[str, Value]) -> RecordId:
    """Add an entry by hand; it counts as checked today.

    Raises:
        NotAllowed: The role does not edit providers.
        NotFinished: It has no name.
        BadEntry: A value is none of those that are allowed.
    """
    desk.require(May.EDIT_PROVIDERS)
    _check(desk, fields, fields)
    ident = new_record_id()
    said = {name: value for name, value in fields.items() if value not in ("", None, [])}
    wanted: dict[str, Value] = {
        "status": ACTIVE, **said, **_checked(desk, is_checked=True),
        EDITED: {name: None for name in said if _is_of_files(name)},
        facts.OPENED: f"{desk.clock.local().date()}",
    }  # fmt: skip
    change = create(desk.station, desk.person.id, SERVICE, ident, wanted)
    desk.station.apply([change], desk.act("add provider", ident))
    return ident


def merge_providers(desk: Desk, keep: RecordId, gone: RecordId) -> None:
    """Two entries are one provider: the first stays, and gets what it does not know of itself.

    Nothing is lost, and `undo_merge` brings the second back as it was.

    Raises:
        NotAllowed: The role does not edit providers.
        RecordMissing: One of them is not there.
        SameProvider: Both are one entry already.
    """
    desk.require(May.EDIT_PROVIDERS)
    to, user = desk.station, desk.person.id
    first, second = service_entry(to, keep), service_entry(to, gone)
    if first.id == second.id:
        raise SameProvider
    filled = _filled(first.values, second.values)
    merge = {
        "from": second.id, "name": Provider(second.id, second.values).text("name"),
        "filled": {name: [first.values.get(name), value] for name, value in filled.items()},
    }  # fmt: skip
    wanted = {**filled, **_edited(first, filled), MERGES: [*_merges(first), merge]}
    changes = [
        write(to, user, SERVICE, first.id, wanted),
        write(to, user, SERVICE, second.id, {MERGED_INTO: first.id}),
    ]
    to.apply(changes, desk.act("merge providers", first.id))


def undo_merge(desk: Desk, keep: RecordId, gone: RecordId) -> None:
    """The two are two again; what was written into the first since stays there.

    Raises:
        NotAllowed: The role does not edit providers.
        RecordMissing: The first is not there.
        SameProvider: They were not merged.
    """
    desk.require(May.EDIT_PROVIDERS)
    to, user = desk.station, desk.person.id
    first = service_entry(to, keep)
    merges = _merges(first)
    found = next((one for one in merges if one.get("from") == gone), None)
    if found is None:
        raise SameProvider
    values, edited = first.values, dict(first.values.get(EDITED) or {})
    wanted: dict[str, Value] = {MERGES: [one for one in merges if one is not found]}
    for name, (old, new) in cast("dict[str, list[Value]]", found["filled"]).items():
        if values.get(name) == new:
            wanted[name] = old
            edited.pop(name, None)
    changes = [
        write(to, user, SERVICE, first.id, {**wanted, EDITED: edited}),
        write(to, user, SERVICE, gone, {MERGED_INTO: ""}),
    ]
    to.apply(changes, desk.act("undo merge of providers", first.id))


def merged_here(provider: Provider) -> list[tuple[RecordId, str]]:
    """The entries that were merged into one: record and name."""
    said = provider.values.get(MERGES)
    rows = cast("list[dict[str, str]]", said) if isinstance(said, list) else []
    return [(RecordId(row["from"]), row["name"]) for row in rows]


# --- inside -----------------------------------------------------------------------------


def _is_of_files(name: str) -> bool:
    return name not in KEPT_HERE and "@" not in name


def _edited(entry: Record, changed: Mapping[str, Value]) -> dict[str, Value]:
    """What files had said of the facts that change now; nothing where none is of a file."""
    names = [name for name in changed if _is_of_files(name)]
    if not names:
        return {}
    before = dict(entry.values.get(EDITED) or {})
    return {EDITED: {**{name: entry.values.get(name) for name in names}, **before}}


def _checked(desk: Desk, *, is_checked: bool) -> dict[str, Value]:
    today = f"{desk.clock.local():%Y-%m-%d}"
    return {"verified_on": today, "verified_by": desk.person.id} if is_checked else {}


def _filled(first: Mapping[str, Value], second: Mapping[str, Value]) -> dict[str, Value]:
    """What the first entry gets from the second."""
    found: dict[str, Value] = {}
    for name in (*TEXTS, *LISTS, *NUMBERS, *FLAGS, "drive_minutes"):
        mine, theirs = first.get(name), second.get(name)
        if theirs in ("", None, []) or mine == theirs:
            continue
        if mine in ("", None, []):
            found[name] = theirs
        elif name in _UNITED and (more := [one for one in theirs if one not in mine]):
            found[name] = [*mine, *more]
        elif name == "note":
            found[name] = f"{mine}\n{theirs}"
    return found


def _merges(entry: Record) -> list[dict[str, Value]]:
    said = entry.values.get(MERGES)
    return cast("list[dict[str, Value]]", said) if isinstance(said, list) else []


def _check(desk: Desk, whole: Mapping[str, Value], fields: Mapping[str, Value]) -> None:
    if not str(whole.get("name") or "").strip():
        raise NotFinished("name")
    known = {*TEXTS, *LISTS, *NUMBERS, *FLAGS, minutes_field(desk.station_letter)}
    if unknown := fields.keys() - known:
        raise BadEntry(min(unknown))
    for name, value in fields.items():
        if value not in ("", None, []) and not _is_allowed(name, value):
            raise BadEntry(name)


def _is_allowed(name: str, value: Value) -> bool:
    if name in _ONE_OF:
        return value in _ONE_OF[name]
    if name in LISTS:
        allowed = _SOME_OF.get(name)
        rows = cast("list[Value]", value) if isinstance(value, list) else [None]
        if name == "closed_days":
            return all(map(_is_day, rows))
        return None not in rows and (allowed is None or all(one in allowed for one in rows))
    if name in NUMBERS or "@" in name:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and value >= 0
    return isinstance(value, str) and (name != "mou_expires" or _is_day(value))


def _is_day(value: Value) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True

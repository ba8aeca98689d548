"""The directory of providers: search it, keep notes in it, and import files after a look at them.

Every entry says how old it is; one that nobody vouched for in `agency.stale_days` is stale. What
is not known (insurance, hours, distance) is unknown, not "no", and does not hide a provider.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from intake_app.domain.business_time import CLOSED
from intake_app.domain.change import Change, Value
from intake_app.domain.errors import BadImport, RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.provider import (
    CLOSED_ON_HOLIDAYS,
    EDITED,
    MERGED_INTO,
    OPEN_ON_HOLIDAYS,
    ORGANIZATION,
    SERVICE,
    Mou,
    Provider,
    mou_state,
)
from intake_app.domain.provider_compare import compare, differs, filled
from intake_app.domain.provider_file import Entry, EntryChange, ImportPreview
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.providers.opening_hours import (
    closed_words,
    holiday_words,
    hours_words,
    opening,
    opening_words,
)
from intake_app.services.records.writing import write

_COUNTS_AS: Final = {"medicaid_pending": "medicaid", "medicaid_lapsed": "none"}
_SAYS_NOTHING: Final = ("", "unknown", "declined")
_FAR: Final = float("inf")


@dataclass(frozen=True, slots=True)
class ProviderQuery:
    """What is looked for; what is left empty does not matter.

    Attributes:
        need: Service type id ("detox").
        insurance: Insurance id of the person ("medicaid", "none").
        open_at: When it has to be open, or None.
        max_minutes: How far by car, or None.
        language: ISO 639 code.
        text: Typed words; each must begin a word of the name, town, …
        has_closed: Whether services that take nobody now are shown too.
    """

    need: str = ""
    insurance: str = ""
    open_at: datetime | None = None
    max_minutes: float | None = None
    language: str = ""
    text: str = ""
    has_closed: bool = False


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider in a list.

    Attributes:
        provider: The whole entry.
        record: Its record.
        name: Of the service.
        organization: Who gives it.
        city: Where.
        phone: The number to try first.
        types: Service type ids.
        minutes: By car, or None where not known.
        is_guess: The minutes are guessed from the distance.
        is_stale: Nobody has vouched for it lately.
        checked_on: When somebody last did (YYYY-MM-DD), or empty.
        is_closed: It takes nobody now.
        is_open: At the moment asked for; None where its hours are not known.
        open_words: The same in plain words: "open now, until 5:00 pm".
        hours: The week in plain words.
        mou: How the agreement with it stands.
        asked_by: Who last asked about room: shown name, or empty.
    """

    provider: Provider
    record: RecordId
    name: str
    organization: str
    city: str
    phone: str
    types: tuple[str, ...]
    minutes: float | None
    is_guess: bool
    is_stale: bool
    checked_on: str
    is_closed: bool
    is_open: bool | None
    open_words: Text
    hours: Text
    mou: Mou = Mou.NONE
    asked_by: str = ""


# --- looking ------------------------------------------------------------------------------


def all_providers(desk: Desk) -> list[ProviderRow]:
    """Every service of the directory, closed ones too, by organization and name.

    Raises:
        NotAllowed: The role does not see providers.
    """
    desk.require(May.SEE_PROVIDERS)
    now = desk.clock.local()
    rows = [_row(desk, one, now, is_now=True) for one in _all(desk)]
    return sorted(rows, key=lambda row: (row.organization.casefold(), row.name.casefold()))


def search_providers(desk: Desk, query: ProviderQuery) -> list[ProviderRow]:
    """The services that fit, nearest first; those whose distance is not known come last.

    Raises:
        NotAllowed: The role does not see providers.
    """
    desk.require(May.SEE_PROVIDERS)
    at, is_now = query.open_at or desk.clock.local(), query.open_at is None
    fitting = (one for one in _all(desk) if _fits(one, query))
    rows = (_row(desk, one, at, is_now=is_now) for one in fitting)
    return sorted((row for row in rows if _is_there(row, query)), key=_nearness)


def service_entry(station: Records, record: RecordId) -> Record:
    """The entry of a service; of one that was merged, the one that it was merged into.

    Raises:
        RecordMissing: There is none under this id.
    """
    seen: set[RecordId] = set()
    ident = record
    while (found := station.record(ident)) is not None and ident not in seen:
        seen.add(ident)
        if found.kind != SERVICE or found.is_purged:
            break
        into = RecordId(str(found.values.get(MERGED_INTO) or ""))
        if not into:
            return found
        ident = into
    raise RecordMissing(record)


def _all(desk: Desk) -> list[Provider]:
    entries = (Provider(one.id, one.values) for one in desk.station.of_kind(SERVICE))
    return [one for one in entries if not one.text(MERGED_INTO)]


def _row(desk: Desk, one: Provider, at: datetime, *, is_now: bool) -> ProviderRow:
    agency = desk.agency
    holiday = _holiday(desk, at.date())
    hours = opening(one.schedules, at, partial(_is_shut, desk, one))
    words = opening_words(hours, at, is_now=is_now)
    if holiday and one.text("holidays") not in {CLOSED_ON_HOLIDAYS, OPEN_ON_HOLIDAYS}:
        words = holiday_words(words)
    closed = closed_words()
    return ProviderRow(
        provider=one,
        record=one.record,
        name=one.text("name"),
        organization=one.text("organization"),
        city=one.text("city"),
        phone=one.phone,
        types=one.texts("types"),
        minutes=one.minutes_from(agency.latitude, agency.longitude, desk.station_letter),
        is_guess=one.said_minutes(desk.station_letter) is None,
        is_stale=one.is_stale(desk.clock.local().date(), agency.stale_days),
        checked_on=one.checked_on,
        is_closed=one.is_closed,
        is_open=False if one.is_closed else hours.is_open,
        open_words=closed if one.is_closed else words,
        hours=hours_words(one.schedules),
        mou=mou_state(one, desk.clock.local().date()),
        asked_by=desk.name_of(UserId(one.text("capacity_by") or one.text("verified_by"))),
    )


def _is_shut(desk: Desk, one: Provider, day: date) -> bool:
    return one.is_closed_on(day, _holiday(desk, day))


def _holiday(desk: Desk, day: date) -> str:
    """The holiday's name, or empty; a day on which this department alone is closed is none."""
    name = desk.calendar.name_of(day)
    return "" if name == CLOSED else name


def _nearness(row: ProviderRow) -> tuple[float, str, str]:
    return (_FAR if row.minutes is None else row.minutes, row.name.casefold(), row.record)


def _fits(one: Provider, query: ProviderQuery) -> bool:
    return (
        (query.has_closed or not one.is_closed)
        and (not query.need or query.need in one.texts("types"))
        and _takes(one, query.insurance)
        and _speaks(one, query.language)
        and _is_named(one, query.text)
    )


def _is_there(row: ProviderRow, query: ProviderQuery) -> bool:
    """Near enough and open, as far as is known."""
    is_near = query.max_minutes is None or (row.minutes or 0) <= query.max_minutes
    return is_near and (query.open_at is None or row.is_open is not False)


def _takes(one: Provider, insurance: str) -> bool:
    if insurance in _SAYS_NOTHING:
        return True
    wanted = _COUNTS_AS.get(insurance, insurance)
    said = one.texts("insurance")
    if wanted == "medicaid" and one.flag("accepts_medicaid") != "unknown":
        return one.flag("accepts_medicaid") == "yes"
    return not said or wanted in said


def _speaks(one: Provider, language: str) -> bool:
    """Whether somebody there speaks it, or they bring an interpreter."""
    spoken = one.texts("languages") or ("en",)
    return not language or language in spoken or bool(one.text("interpretation"))


def _is_named(one: Provider, text: str) -> bool:
    told = [one.text(name) for name in ("name", "organization", "city", "description")]
    words = " ".join((*told, *one.texts("types"))).casefold().replace("_", " ").split()
    return all(any(w.startswith(typed) for w in words) for typed in text.casefold().split())


# --- what is kept here --------------------------------------------------------------------


def note_provider(desk: Desk, record: RecordId, note: str) -> None:
    """Keep a note of our own; no import touches it.

    Raises:
        RecordMissing: There is no such provider.
    """
    _keep(desk, record, {"note": note.strip()}, "note provider")


def verify_provider(desk: Desk, record: RecordId, capacity: str = "") -> None:
    """Somebody here has called: the entry holds as of today.

    Args:
        desk: Where this happens.
        record: Which service.
        capacity: What they said about room ("2 beds from Friday"), or empty.

    Raises:
        RecordMissing: There is no such provider.
    """
    today = desk.clock.local().date().isoformat()
    fields: dict[str, Value] = {"verified_on": today, "verified_by": desk.person.id}
    if capacity:
        asked = {"capacity": capacity, "capacity_asked": today, "capacity_by": desk.person.id}
        fields |= asked
    _keep(desk, record, fields, "verify provider")


def _keep(desk: Desk, record: RecordId, fields: Mapping[str, Value], what: str) -> None:
    desk.require(May.LOG_CALL)
    entry = service_entry(desk.station, record).id
    change = write(desk.station, desk.person.id, SERVICE, entry, fields)
    desk.station.apply([change], desk.act(what, record))


# --- import -------------------------------------------------------------------------------


def preview_import(desk: Desk, path: Path) -> ImportPreview:
    """Read a file and say what it would change; nothing is changed.

    Raises:
        NotAllowed: The role does not import providers.
        BadImport: The file cannot be read at all.
    """
    desk.require(May.IMPORT_PROVIDERS)
    if desk.directory is None:
        raise BadImport
    station = desk.station
    here = [r for kind in (ORGANIZATION, SERVICE) for r in station.of_kind(kind)]
    return compare(desk.directory.read(path), here, lambda i: station.record(i) is not None)


def import_providers(
    desk: Desk, preview: ImportPreview, taken: Collection[tuple[RecordId, str]] = ()
) -> int:
    """Do what the preview says, in one transaction; returns how many entries got other facts.

    What was meanwhile written here in the same way is left as it is. Of a fact that was edited
    here and is not taken, it is remembered what the file said: it is not shown a second time.

    Args:
        desk: Where.
        preview: What the file would change.
        taken: Of `preview.kept`, what is taken from the file all the same: record and field.

    Raises:
        NotAllowed: The role does not import providers.
    """
    desk.require(May.IMPORT_PROVIDERS)
    planned = [(entry, filled(entry.fields)) for entry in preview.new]
    for one in (*preview.changed, *preview.closed):
        planned.append((one.entry, {change.field: change.new for change in one.changes}))
    planned = _with_kept(desk.station, planned, preview.kept, frozenset(taken))
    changes = list(_changes(desk, planned))
    if changes:
        desk.station.apply(changes, desk.act("import providers"))
    return sum(set(change.fields) != {EDITED} for change in changes)


def _with_kept(
    station: Records,
    planned: Sequence[tuple[Entry, dict[str, Value]]],
    kept: Sequence[EntryChange],
    taken: frozenset[tuple[RecordId, str]],
) -> list[tuple[Entry, dict[str, Value]]]:
    """The plan with the facts that were edited here: taken over, or only remembered."""
    found = {entry.record: (entry, dict(fields)) for entry, fields in planned}
    for one in kept:
        entry, fields = found.setdefault(one.entry.record, (one.entry, {}))
        record = station.record(entry.record)
        edited = dict(record.values.get(EDITED) or {}) if record else {}
        for change in one.changes:
            if (entry.record, change.field) in taken:
                fields[change.field] = change.new
                edited.pop(change.field, None)
            else:
                edited[change.field] = change.new
        fields[EDITED] = edited
    return list(found.values())


def _changes(desk: Desk, planned: Sequence[tuple[Entry, Mapping[str, Value]]]) -> Iterable[Change]:
    to, user = desk.station, desk.person.id
    for entry, wanted in planned:
        record = to.record(entry.record)
        old = record.values if record else {}
        fields = {name: value for name, value in wanted.items() if differs(old, name, value)}
        if fields:
            yield write(to, user, entry.kind, entry.record, fields, entry.about)

"""A small desk in memory, a gate that opens for one passphrase, and made-up people."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

from memory_records import MemoryRecords

from intake_app.domain.backup_errors import NoBackupHere
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import DraftEntry
from intake_app.domain.errors import (
    BadRecoveryCard,
    ChooseHat,
    FormMissing,
    IntakeError,
    LockedOut,
    WrongPassphrase,
)
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import Row
from intake_app.domain.provider import SERVICE, service_record
from intake_app.domain.record import Record
from intake_app.domain.roles import KEYS, Compartment, Role
from intake_app.domain.roster import ENTRY, OnCallRole, RosterEntry, Shift
from intake_app.domain.sign_in_errors import HolderPassphraseShort, WrongCode
from intake_app.domain.text import Text
from intake_app.rulebook.business_days import BusinessCalendar
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.signing import PhoneOffer, SheetOffer
from intake_app.services.signing.bringing_back import Brought, FileFound, FoundBackup, Opener
from intake_app.services.signing.joining import Joined
from intake_app.services.signing.signing_in import SetUp, SetUpDone
from intake_app.settings.agency import Agency
from intake_app.settings.profile import TrainingPerson

ZONE = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 23, 19, 41, tzinfo=UTC)  # 2:41 PM on the wall

PEOPLE = {
    "mhale": Person(UserId("u1"), "mhale", "M. Hale", frozenset({Role.FRONT_DESK})),
    "rlowe": Person(UserId("u2"), "rlowe", "R. Lowe", frozenset({Role.COORDINATOR})),
    "dreyes": Person(UserId("u3"), "dreyes", "D. Reyes", frozenset({Role.OFFICER})),
    "tpike": Person(UserId("u4"), "tpike", "T. Pike", frozenset({Role.SUPERVISOR})),
    "admin": Person(UserId("u5"), "admin", "K. Ames", frozenset({Role.ADMINISTRATOR})),
    "lbrandt": Person(UserId("u6"), "lbrandt", "L. Brandt", frozenset({Role.RECEPTION})),
}

TINY = Person(UserId("u7"), "tiny", "T. Iny", frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}))
"""Everything in one person: chooses a hat at sign-in."""

NAMES = ("Whitfield, Jordan", "Alvarez, Rosa M.", "Boggs, Terry", "", "Nguyen, Minh")

GOOD_WORDS = "four plain warm words"

BANNER = (
    "This system holds protected records. Use is logged. Use it only for your work; misuse may be "
    "punished under state and federal law. By going on you agree that your use may be reviewed."
)


def row(n: int, opened: datetime, name: str, due: str = "") -> Row:
    return Row(
        n, RecordId(f"{n:032x}"), "intake", RecordId(""), f"PH-26-A{n:05d}-K", name,
        "1991-04-17" if name else "", opened.astimezone(ZONE).isoformat(), "self_referral",
        "self_referral", "finished", "en", due, UserId("u1"),
    )  # fmt: skip


def day_of_rows(count: int = 4) -> list[Row]:
    """So many of today, each some time before the one before; some are owed something."""
    dues = ("2026-11-21", "2026-11-23", "", "2026-11-22")
    return [
        row(n, NOW - timedelta(minutes=35 * n), NAMES[n % len(NAMES)], dues[n % len(dues)])
        for n in range(1, count + 1)
    ]


class GivenRows(MemoryRecords):
    """Records in memory whose lists are given: no form has to be filled to see one on a page."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        super().__init__(FixedClock(NOW, ZONE))
        self.rows_given = list(rows)

    def put(self, ident: RecordId, kind: str, values: Mapping[str, object]) -> None:
        """As if somebody had written it."""
        self._records[ident] = Record(ident, kind, self.stamp(), dict(values))
        self._keys[ident] = len(self._keys) + 1

    def order(
        self, kind: str, by: str = "name", limit: int = -1, pathway: str = ""
    ) -> Sequence[int]:
        def key(row: Row) -> str:
            return row.name if by == "name" else row.opened

        asked = [row for row in self.rows_given if pathway in {"", row.pathway}]
        found = [r.n for r in sorted(asked, key=key, reverse=by == "opened")]
        return found if limit < 0 else found[:limit]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        known = {row.n: row for row in self.rows_given}
        return [known[key] for key in keys]

    def due(self, kind: str, until: str, limit: int = 50, by: str = "") -> list[Row]:
        """Each row given stands for itself and for the one task that it has."""
        found = [row for row in self.rows_given if row.due and row.due <= until]
        tasks = [row if kind == "intake" else replace(row, about=row.record) for row in found]
        return sorted(tasks, key=lambda row: row.due)[:limit]

    def next_due(self, abouts: Sequence[str], kind: str) -> dict[str, str]:
        return {row.record: row.due for row in self.rows_given if row.due}

    def lines(self, idents: Sequence[str]) -> dict[str, Row]:
        return {row.record: row for row in self.rows_given if row.record in idents}

    def of_person(self, person: str, kind: str, *, or_hidden: bool = False) -> list[Row]:
        return [row for row in self.rows_given if (row.person or row.record) == person]

    def find(self, text: str, kind: str, limit: int = 50) -> list[Row]:
        typed = text.casefold().split()
        found = [
            row
            for row in self.rows_given
            if all(
                any(w.startswith(t) for w in f"{row.name} {row.number}".casefold().split())
                for t in typed
            )
        ]
        return found[:limit]


class MemoryDrafts:
    """Drafts in memory."""

    def __init__(self, *entries: DraftEntry) -> None:
        self.entries = {entry.id: entry for entry in entries}

    def put(self, entry: DraftEntry) -> None:
        self.entries[entry.id] = entry

    def get(self, ident: RecordId) -> DraftEntry | None:
        return self.entries.get(ident)

    def all(self) -> list[DraftEntry]:
        return list(self.entries.values())

    def remove(self, ident: RecordId) -> None:
        del self.entries[ident]

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        self.entries[ident] = replace(self.entries[ident], submitted=at)

    def put_paper(self, draft: RecordId, ident: RecordId, body: bytes) -> None:
        raise NotImplementedError

    def papers(self, draft: RecordId) -> list[tuple[RecordId, bytes]]:
        return []


class NoForms:
    """A department whose form files are gone."""

    def screenings(self) -> tuple[object, ...]:
        return ()

    def guide(self, form_id: str) -> None:
        raise FormMissing(form_id)

    def programs(self, pathway: str) -> tuple[tuple[str, Text], ...]:
        return (("safe_passages", Text({"en": "Safe Passages"})),)

    def codes(self, name: str) -> tuple[Choice, ...]:
        return ()

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        return (("no_arrest", Text({"en": "Ours"})), ("plain", Text({"en": "Plain"})))


def draft_by(author: str, ident: str = "d1", hours: int = 1) -> DraftEntry:
    at = (NOW - timedelta(hours=hours)).astimezone(ZONE).isoformat()
    user = PEOPLE[author].id
    return DraftEntry(RecordId(ident), user, "self_referral", at, at, "{}", b"sealed")


AGENCY = Agency(
    name="Pine Hollow Police Department", address=("12 Main Street", "Pine Hollow, WV 25999"),
    phone="(304) 555-0100", ori="WV0990100", prefix="PH", neutral_name="Pine Hollow Pathways",
    no_arrest_signed="2026-10-05", latitude=38.0, longitude=-81.0,
)  # fmt: skip


def desk_of(
    user: str = "mhale", rows: Sequence[Row] | None = None, drafts: Sequence[DraftEntry] = ()
) -> Desk:
    """The desk of a made-up person; what their role may not open is not there."""
    person = PEOPLE[user]
    held = {name for role in person.roles for name in KEYS[role]}
    care = GivenRows(day_of_rows() if rows is None else rows)
    cases = GivenRows()
    return Desk(
        person=person, clock=FixedClock(NOW, ZONE), agency=AGENCY, station=GivenRows(),
        drafts=MemoryDrafts(*drafts), sealers={}, library=cast("Any", NoForms()),
        calendar=BusinessCalendar("WV"), press=cast("Any", None),
        care=care if Compartment.CARE in held else None,
        cases=cases if Compartment.CASES in held else None, colleagues=tuple(PEOPLE.values()),
    )  # fmt: skip


# --- providers and roster -----------------------------------------------------------------


def put_provider(desk: Desk, name: str, **values: object) -> RecordId:
    """A service in the directory of this desk."""
    ident = service_record(name, "1")
    given: dict[str, object] = {
        "name": name, "organization": "Laurel Health", "city": "Pine Hollow", "status": "active",
        "types": ["detox"], "assured_date": "2026-10-01", "drive_minutes": 20,
        "phones": [{"number": "(304) 555-0177"}],
        "schedules": [{"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "opens": "08:00",
                       "closes": "17:00"}],
    }  # fmt: skip
    station = cast("GivenRows", desk.station)
    station.put(ident, SERVICE, {**given, **values})
    return ident


def put_on_roster(desk: Desk, name: str, role: OnCallRole, *shifts: Shift) -> RecordId:
    """Somebody to call; without a shift at any hour."""
    station = cast("GivenRows", desk.station)
    ident = RecordId(f"{len(station.of_kind(ENTRY)):032x}")
    entry = RosterEntry(ident, role, name, "(304) 555-0188", shifts, is_always=not shifts)
    station.put(ident, ENTRY, entry.fields())
    return ident


def furnished(user: str = "mhale", rows: Sequence[Row] | None = None) -> Desk:
    """A desk with providers, a roster and unfinished drafts, for pictures and walks."""
    desk = desk_of(user, rows, [draft_by("mhale", "d1"), draft_by("rlowe", "d2", 30)])
    put_provider(desk, "Laurel Ridge Detox", insurance=["medicaid"], note="Ask for Dee.",
                 address="4 Mill Road", description="Five beds. Walk in before noon.")  # fmt: skip
    put_provider(desk, "Cedar House Recovery Home", types=["recovery_housing"], drive_minutes=45,
                 organization="Cedar House", schedules=[])  # fmt: skip
    put_provider(desk, "Old Mill Counseling", types=["outpatient"], assured_date="2025-02-01")
    put_provider(desk, "Hilltop Shelter", types=["shelter"], status="temporarily closed")
    put_on_roster(desk, "Pat R.", OnCallRole.GUIDE, Shift(0, "08:00", 0, "20:00"))
    put_on_roster(desk, "Sam T.", OnCallRole.GUIDE, Shift(4, "20:00", 5, "08:00"))
    put_on_roster(desk, "Language line", OnCallRole.INTERPRETER)
    return desk


# --- the gate -----------------------------------------------------------------------------


def _open_door() -> threading.Event:
    made = threading.Event()
    made.set()
    return made


@dataclass
class FakeJoin:
    """A department that lets a computer in once an answer lies in its folder."""

    begun: bool = False
    words: tuple[str, ...] = ("acid", "barn", "calm", "dawn", "edge", "farm", "gold", "hill")
    places: list[Path | None] = field(default_factory=list[Path | None])
    broken: Exception | None = None

    def is_begun(self) -> bool:
        return self.begun

    def ask(self, place: Path | None) -> tuple[str, ...]:
        if self.broken:
            raise self.broken
        self.begun = True
        self.places.append(place)
        return self.words

    def read_answer(self, place: Path | None) -> Joined:
        if self.broken:
            raise self.broken
        self.places.append(place)
        return Joined(AGENCY.name, "B", self.words)

    def give_up(self) -> None:
        self.begun = False


@dataclass
class FakeBringBack:
    """Two backups in a folder, that open with one card."""

    card: str = "acid barn calm dawn"
    asked: list[Opener] = field(default_factory=list[Opener])
    found: Sequence[FoundBackup] = (
        FoundBackup(
            Path("/stick/p"), "20261122T110000Z", "2026-11-22T06:00:00.00-0500", 2_000_000,
            ("stable", "stairs", "excess", "focus", "resist", "ocean", "stomach", "meadow"), True,
        ),
        FoundBackup(
            Path("/stick/p"), "20261121T110000Z", "2026-11-21T06:00:00.00-0500", 1_900_000,
            ("stable", "stairs", "excess", "focus", "resist", "ocean", "stomach", "meadow"), False,
        ),
    )  # fmt: skip

    def look(self, place: Path) -> Sequence[FoundBackup]:
        _ = place
        if not self.found:
            raise NoBackupHere
        return self.found

    def verify(self, found: FoundBackup, opener: Opener) -> Brought:
        self.asked.append(opener)
        if opener.card_words != self.card:
            raise BadRecoveryCard("word 2")
        files = (
            FileFound(Compartment.STATION, True, 88, 51), FileFound(Compartment.CARE, True, 29, 9),
            FileFound(Compartment.SEALED, False),
        )  # fmt: skip
        return Brought(AGENCY.name, found.made, files, shut_out=1, seconds=2.0)

    def bring_back(self, found: FoundBackup, opener: Opener, *, is_over: bool = False) -> Brought:
        return self.verify(found, opener)


GOOD_CODE = "246810"
LETTERS = ("ABCD", "EFGH", "IJKL", "MNOP", "QRST", "UVWX", "YZ23", "4567")


@dataclass
class FakeSteps:
    """Asks for what its gate wants asked; one code and one passphrase are right."""

    gate: "FakeGate"
    desk: Desk

    def offer_phone(self) -> PhoneOffer:
        return PhoneOffer(("#.#", ".#.", "#.#") * 7, LETTERS)

    def offer_sheet(self, language: str) -> SheetOffer:
        return SheetOffer(b"%PDF-1.7 codes", 10)

    def enter_code(self, code: str) -> Desk:
        if code != GOOD_CODE:
            raise WrongCode
        return self.go_on()

    def choose_passphrase(self, new: str) -> Desk:
        if len(new) < 14:
            raise HolderPassphraseShort
        return self.go_on()

    def confirm_code(self, code: str) -> Desk:
        return self.enter_code(code)

    def go_on(self) -> Desk:
        if self.gate.asks:
            raise self.gate.asks.pop(0)
        return self.desk


@dataclass
class FakeGate:
    """Opens for "four plain warm words"; locks after five wrong ones; waits for `may_go`."""

    is_training: bool = False
    has_one: bool = True
    folder: Path = Path("profile")
    tries: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    wrong: int = 0
    locked: bool = False
    made: list[SetUp] = field(default_factory=list[SetUp])
    trained: bool = False
    broken: Exception | None = None
    asks: list[IntakeError] = field(default_factory=list[IntakeError])
    join: FakeJoin = field(default_factory=FakeJoin)
    bring_back: FakeBringBack = field(default_factory=FakeBringBack)
    may_go: threading.Event = field(default_factory=_open_door)

    def has_department(self) -> bool:
        return self.has_one

    def department(self) -> str:
        return AGENCY.name

    def banner(self, language: str) -> str:
        return BANNER

    def releasers(self) -> tuple[str, ...]:
        return ("K. Ames", "T. Pike")

    def training_people(self) -> tuple[TrainingPerson, ...]:
        roles = {name: next(iter(person.roles)) for name, person in PEOPLE.items()}
        found = (TrainingPerson(name, role, GOOD_WORDS) for name, role in roles.items())
        return tuple(found) if self.is_training else ()

    def leave_training(self) -> None:
        self.is_training = False

    def suggest_passphrase(self) -> str:
        return "calm river stone lamp"

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        return (("no_arrest", Text({"en": "Ours", "es": "Nuestro"})),)

    def unlock(self, user_name: str, passphrase: str, hat: Role | None = None) -> Desk:
        self.may_go.wait(20)
        if self.broken:
            raise self.broken
        if self.wrong >= 5:
            raise LockedOut
        if user_name not in {*PEOPLE, TINY.user_name} or passphrase != GOOD_WORDS:
            self.wrong += 1
            raise LockedOut if self.wrong >= 5 else WrongPassphrase
        if user_name == TINY.user_name:
            self.locked = False
            raise ChooseHat(TINY.roles)
        return FakeSteps(self, desk_of(user_name)).go_on()

    @property
    def steps(self) -> FakeSteps:
        return FakeSteps(self, desk_of())

    def wear(self, hat: Role) -> Desk:
        if self.broken:
            raise self.broken
        return replace(desk_of(), person=replace(TINY, roles=frozenset({hat})))

    @property
    def joining(self) -> FakeJoin:
        return self.join

    @property
    def bringing_back(self) -> FakeBringBack:
        return self.bring_back

    def set_up(self, asked: SetUp) -> SetUpDone:
        if self.broken:
            raise self.broken
        self.made.append(asked)
        return SetUpDone((b"%PDF-1.7 card",) * (2 if asked.card_plan == "either" else 3))

    def begin_training(self) -> None:
        if self.broken:
            raise self.broken
        self.trained = True

    def recover(self, card_words: str, user_name: str, passphrase: str) -> None:
        self.tries.append((card_words, user_name, passphrase))
        if self.broken:
            raise self.broken

    def lock(self) -> None:
        self.locked = True


def many_rows(count: int) -> list[Row]:
    """A long list."""
    base = row(0, NOW, "Whitfield, Jordan")
    return [replace(base, n=n, record=RecordId(f"{n:032x}"), number=f"PH-26-A{n:05d}-K")
            for n in range(1, count + 1)]  # fmt: skip


TODAY = date(2026, 11, 23)

"""Good files of each kind that comes from outside, how each is read, and how they are spoiled.

A target is one door: bytes in, a sentence or an answer out. Whatever comes in, it may raise the
program's own errors and nothing else, and it must come back.
"""

import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from county_rows import CUTS, SINCE, UNTIL, extract, journeys
from keyed_stations import BACK, FIRST, FRONT, Department
from openpyxl import Workbook

from intake_app.disk.update_folder import read_signed
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.county import read_manifest, taken
from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange import SEGMENTS, Stream
from intake_app.domain.ids import ChangeId, Epoch, RecordId, UserId
from intake_app.domain.license_scan import read_license
from intake_app.domain.plain_json import canonical, read_canonical
from intake_app.domain.update import Package, Release, read_release
from intake_app.exchange.bundles import BundlePlace, read_bundle, write_bundle
from intake_app.exchange.marker import peek_marker
from intake_app.exchange.receipts import peek_receipt
from intake_app.rulebook.check import check_path
from intake_app.rulebook.export_reader import Known, read_export
from intake_app.rulebook.import_reader import ImportMappings
from intake_app.rulebook.mistake import Mistake, refuse
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings.agency import Agency
from intake_app.settings.look import read_look
from intake_app.settings.profile import read_told
from intake_app.settings.resources import path
from intake_app.settings.stores import read_stores
from intake_app.tables.county_merge import county_table
from intake_app.tables.provider_files import ProviderFiles
from intake_app.tables.table_files import TableFiles
from intake_app.vault.enrolment import read_request
from intake_app.vault.entry import read_entry
from intake_app.vault.identity import read_identity
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.lockout import Lockout
from intake_app.vault.recipient_card import read_card
from intake_app.vault.release_keys import ReleaseKeys, Standing

AT: Final = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)

Read = Callable[[bytes], object]

PIECES: Final = [
    b"\x00", b"\xff\xfe", b"[", b"]" * 40, b"{" * 3000, b'"', b"'", b"\n", b"\r\n", b"=", b",",
    b"9" * 400, b"-1", b"1e999", b"NaN", b"null", b"true", b"../../etc/passwd", b"'; DROP TABLE x",
    b"\xed\xa0\x80", "\u202e\u200b".encode(), b"PK\x05\x06", b"[[sections]]\n", b"%n%s", b"${x}",
]  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One door.

    Attributes:
        name: Of its test.
        good: Bytes that it takes.
        read: The door.
        is_ours: Errors beside `IntakeError` that its callers expect.
    """

    name: str
    good: bytes
    read: Read
    is_ours: tuple[type[Exception], ...] = ()

    def take(self, data: bytes) -> bool:
        """Whether it took them; refused in the program's own words is no."""
        try:
            self.read(data)
        except (IntakeError, *self.is_ours):
            return False
        return True


def spoiled(good: bytes, seed: int) -> bytes:
    """The bytes with a few cuts, doublings, flips and pieces put in; one seed, one result."""
    dice, data = random.Random(seed), good
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data) + 1)
        until = min(len(data), at + dice.choice((1, 2, 17, 400)))
        flipped = bytes(byte ^ (1 << dice.randrange(8)) for byte in data[at : at + 1])
        data = dice.choice((
            data[:at] + data[until:],
            data[:until] + data[at:],
            data[:at] + flipped + data[at + 1 :],
            data[:at] + dice.choice(PIECES) + data[until:],
        ))  # fmt: skip
    return data


def in_a_file(name: str, read: Callable[[Path], object]) -> Read:
    """A door that wants a file of a name in a folder; the file is read, the folder thrown away."""

    def door(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder, name)
            place.write_bytes(data)
            return read(place)

    return door


def _forms(place: Path) -> object:
    shelf = Shelf(path("forms"), path("resources"))
    return check_path(place, shelf, Setting.of(Agency(), FixedClock(AT)))


def _form_file(*parts: str) -> Target:
    good = path("forms", *parts).read_bytes()
    return Target(f"form_{parts[-1]}", good, in_a_file(parts[-1], _forms))


def _export() -> Target:
    good = path("resources", "exports", "odmap_events.toml").read_bytes()

    def read(data: bytes) -> object:
        text = data.decode(errors="replace")
        mistakes = list[Mistake]()
        found = read_export(TomlSource("exports/odmap_events.toml", text), Known(), mistakes)
        refuse(mistakes)
        return found

    return Target("export_odmap", good, read)


def _providers(sample: str) -> Target:
    good = path("resources", "samples", sample).read_bytes()
    return Target(sample, good, in_a_file(sample, ProviderFiles().read))


def _bundle() -> Target:
    department = Department()
    lines = {one: [b'{"from":"here"}'] for one in SEGMENTS}
    place = BundlePlace(Stream(FRONT, FIRST), 1, "")
    good = write_bundle(department.sealing(FRONT), place, Epoch(""), lines)
    back = department.sealing(BACK)
    return Target("bundle", good, lambda data: read_bundle(back, data, place))


def _signed() -> list[Target]:
    """Texts that are looked at before or without their signature."""
    entry = Department().registry.texts[1].encode()
    doors = {
        "registry_entry": read_entry, "receipt": peek_receipt, "marker": peek_marker,
    }  # fmt: skip
    return [
        Target(name, entry, lambda data, read=read: read(data.decode(errors="replace")))
        for name, read in doors.items()
    ]


def _change_line() -> Target:
    made = Change(
        ChangeId("0000019a00000000.front.aaaa01"), UserId("u"), Action.WRITE, "intake",
        RecordId("r"), {"first_name": "x"},
    )  # fmt: skip
    return Target("change_line", made.line, Change.from_line)


def _tables() -> list[Target]:
    """Old lists, and the mapping of one."""
    book, out = Workbook(), BytesIO()
    sheet = book.create_sheet("Old", 0)
    for row in (["Date", "Last name"], [date(2024, 4, 17), "Roe"], ["=1+1", "Poe"]):
        sheet.append(row)
    book.save(out)
    text = "Date;Last name\r\n4/17/2024;Roe\r\n".encode("utf-16")
    mapping = path("resources", "imports", "self_referral.toml").read_bytes()
    return [
        Target("old.xlsx", out.getvalue(), in_a_file("old.xlsx", TableFiles().read)),
        Target("old.csv", text, in_a_file("old.csv", TableFiles().read)),
        Target("mapping.toml", mapping, in_a_file("mapping.toml", ImportMappings.read)),
    ]


def _key_file() -> Target:
    good = json.dumps({"sum": "0" * 64, "format": 1, "slots": {}, "grants": {}}).encode()
    return Target("vault.json", good, in_a_file("vault.json", lambda one: KeyFile.load(one.parent)))


def _sign_in_counts() -> Target:
    """attempts.json: what a try writes back into it counts too."""
    good = json.dumps(
        {"v": 1, "before": 0, "latest": 0, "users": {"a": {"at": [], "locked": False}}}
    )

    def read(place: Path) -> object:
        counts = Lockout(place.parent, FixedClock(AT))
        counts.begin("a")
        return counts.is_locked("a")

    return Target("attempts.json", good.encode(), in_a_file("attempts.json", read))


def _beside() -> list[Target]:
    """Small files of a profile folder."""
    told = b'{"department": "Pine Hollow", "releasers": ["T. Okafor"], "is_training": false}'
    identity = b'{"v":1,"agency":"a","profile":"p","station":"front","epoch":"aaaa01","letter":"A"}'
    look = b'{"language": "en", "scale": 1.0, "is_dark": false}'
    return [
        Target("profile.json", told, in_a_file("profile.json", lambda one: read_told(one.parent))),
        Target("look.json", look, in_a_file("look.json", read_look)),
        Target(
            "identity.json", identity,
            in_a_file("identity.json", lambda one: read_identity(one.parent, "a", "p")),
        ),
    ]  # fmt: skip


def _stores() -> Target:
    good = json.dumps([{"kind": "folder", "name": "Share", "where": "/mnt/share"}]).encode()
    read = in_a_file("stores.json", lambda one: read_stores(one.parent))
    return Target("stores.json", good, read, (ValueError,))


def _license() -> Target:
    good = b"@\n\x1e\rANSI 636061030002DL00410252ZW02930034DLDAQF1234567\nDCSDOE\nDACJORDAN\nDBB"
    return Target("license", good, lambda data: read_license(data.decode(errors="replace")))


@cache
def _updates() -> tuple[Target, ...]:
    """What lies on a stick and says that it is the program."""
    package = Package("intake-app_0.2.0_amd64.deb", ("debian-amd64",), 9, "0" * 64)
    notes = {"en": ("More.",)}
    told = Release("0.2.0", date(2026, 11, 23), "0.1.0", 7, (package,), notes).told()
    key = PrivateKey.make()
    keys = ReleaseKeys(Standing.RELEASE, {key.name: key.public})

    def signed(place: Path) -> object:
        return read_release(keys.verify(read_signed(place)))

    return (
        Target("update", told, read_release),
        Target("update_signed", key.sign(told).encode(), in_a_file("x.update", signed)),
        Target(
            "release_keys", json.dumps({"standing": "release", "current": key.jwk}).encode(),
            in_a_file("keys.json", ReleaseKeys.load),
        ),
    )  # fmt: skip


@cache
def _county() -> tuple[Target, ...]:
    """What other departments send: what it says of itself, and its rows."""
    came = extract(journeys(1, 5))

    def rows(data: bytes) -> None:
        with county_table(taken([replace(came, table=data)], SINCE, UNTIL), CUTS) as table:
            table.people(SINCE, UNTIL)

    return (
        Target(
            "county_manifest", canonical(came.manifest.said()),
            lambda data: read_manifest(read_canonical(data, 10_000)), (ValueError,),
        ),
        Target("county_table", came.table, rows),
    )  # fmt: skip


def targets() -> tuple[Target, ...]:
    """All doors."""
    return (
        _form_file("self_referral.toml"), _form_file("officer_intervention.toml"),
        _form_file("programs", "safe_passages.toml"), _export(),
        _form_file("papers", "referral_letter_provider.toml"),
        _providers("providers.csv"), _providers("providers.json"), *_tables(),
        _bundle(), *_signed(), _change_line(), _key_file(), _stores(), _license(),
        _sign_in_counts(), *_beside(),
        Target("enrolment_request", b"a.b.c", read_request),
        Target("recipient_card", b"a.b.c", read_card), *_county(), *_updates(),
    )  # fmt: skip

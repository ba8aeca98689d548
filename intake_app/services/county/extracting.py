"""An extract for a county: journeys without names, sealed for whoever merges departments.

What leaves are codes, days and numbers. Ids are drawn for it, people are tokens under the county
key, and whoever opens it holds no such key. It is shown first, noted second, and written last, like
every sealed file.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from intake_app.domain.clock import stamp
from intake_app.domain.county import MOST_ROWS, NUMBERS_OF_AGENCY, TABLE, Manifest
from intake_app.domain.county_errors import ExtractTooLarge
from intake_app.domain.disclosure import Addressee, Cover, Recipient, RecipientKind
from intake_app.domain.disclosure_errors import BundleTooLarge, NotWhatWasShown, RecipientGone
from intake_app.domain.entry import require_day, show_date
from intake_app.domain.errors import BadEntry, NoGrant
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import NothingToExport
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Compartment, May
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import require_agreement
from intake_app.services.exports.ask import ExportAsk
from intake_app.services.exports.county_key import FILES, county_parts, the_key
from intake_app.services.exports.county_rows import county_cuts, county_rows
from intake_app.services.exports.reasons import fits_file, require_reason
from intake_app.services.measures.journeys import bring_up
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact
from intake_app.services.sharing.disclosure_content import LIMITS, expires_on
from intake_app.services.sharing.recipients import outsiders_of
from intake_app.services.sharing.sealed_bundles import Made
from intake_app.words import Words

if TYPE_CHECKING:
    from intake_app.domain.change import Value

COUNTY_EXTRACT: Final = "county_extract"
"""What it is called among exports."""

_EXPORT: Final = "export"
"""Kind of the fact that an export left (`exporting.EXPORT`), so that it stands in their list."""

OPEN_WITHIN: Final = "county_open_within"


@dataclass(frozen=True, slots=True)
class CountyAsk:
    """What is asked for.

    Attributes:
        recipient: Id of who merges, in the signed list.
        since: First day (YYYY-MM-DD).
        until: Last day, included; it has passed.
        agreement: Record of the agreement under which it goes.
        reason: Why days may leave: a code of `disclosure_exceptions` ("audit"); files for which it
            does not hold are not in it.
    """

    recipient: str
    since: str
    until: str
    agreement: str
    reason: str

    @property
    def export(self) -> ExportAsk:
        """The same as other exports ask for it."""
        return ExportAsk(COUNTY_EXTRACT, self.since, self.until, self.agreement, self.reason)


@dataclass(frozen=True, slots=True)
class CountyShown:
    """What would leave.

    Attributes:
        ask: What was asked.
        recipient: To whom.
        agreement: Words of the agreement.
        manifest: What the file will say of itself.
        columns: What each line tells.
        waiting: Changes to records that are not counted yet; 0: all are.
        rows: Its lines.
    """

    ask: CountyAsk
    recipient: Recipient
    agreement: str
    manifest: Manifest
    columns: tuple[str, ...]
    waiting: int
    rows: tuple[tuple[object, ...], ...] = field(repr=False)


def county_recipients(desk: Desk) -> Sequence[Recipient]:
    """Who could receive an extract for a county.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    return [
        one for one in outsiders_of(desk).recipients.all()
        if one.kind is RecipientKind.MERGER and not one.is_taken_back
    ]  # fmt: skip


def county_would_leave(desk: Desk, ask: CountyAsk) -> CountyShown:
    """What would leave for a county, to be shown before it is made. Takes a while.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: No file of people is open.
        RecipientGone: There is no such recipient.
        BadEntry: These are no days, or the last has not passed.
        AgreementNeeded: No agreement allows it today.
        ReasonNeeded: It is not said why days of people may leave.
        NoCountyKey, CountyKeyDiffers: There is no county key, or not the same in all open files.
        NothingToExport: Nobody would be in it.
        ExtractTooLarge: It is more than one file holds.
    """
    desk.require(May.EXPORT_RECORDS)
    to = next((one for one in county_recipients(desk) if one.id == ask.recipient), None)
    if to is None:
        raise RecipientGone
    _check_days(desk, ask)
    agreement = require_agreement(desk, ask.agreement)
    require_reason(desk, ask.export, Reach.DATED)
    files = [one for one in _files(desk) if fits_file(desk, ask.export, Reach.DATED, one)]
    waiting = bring_up(desk)
    key = the_key(desk, tuple(files))
    cuts = [cut.id for cut in county_cuts(desk.library.cuts())]
    rows, people, unlinked = county_rows(desk, files, (ask.since, ask.until), cuts, key)
    if not rows:
        raise NothingToExport
    if len(rows) > MOST_ROWS:
        raise ExtractTooLarge
    columns = tuple(name for name, _ in county_parts(desk).columns(cuts))
    manifest = Manifest(
        county_parts(desk).keys.name(key), ask.since, ask.until, _today(desk),
        tuple(str(one) for one in files), tuple(cuts), len(rows), people, unlinked,
        {name: int(getattr(desk.agency, name)) for name in NUMBERS_OF_AGENCY},
        definitions_of(desk),
    )  # fmt: skip
    return CountyShown(ask, to, agreement.paper, manifest, columns, waiting, tuple(rows))


def make_county_extract(desk: Desk, shown: CountyShown) -> Made:
    """Seal what was shown, and note that it leaves; nothing is written outside yet.

    Raises:
        NotWhatWasShown: It is not the same any more.
        NotAllowed, NoGrant, RecipientGone, BadEntry, AgreementNeeded, ReasonNeeded, NoCountyKey,
        CountyKeyDiffers, NothingToExport, ExtractTooLarge: As for what would leave.
    """
    desk.require(May.EXPORT_RECORDS)
    again = county_would_leave(desk, shown.ask)
    if (again.manifest, again.rows) != (shown.manifest, shown.rows):
        raise NotWhatWasShown
    parts, outsiders, to = county_parts(desk), outsiders_of(desk), shown.recipient
    table = parts.parquet(parts.columns(shown.manifest.cuts), shown.rows)
    words, ident, expires = Words(desk.own_language), new_record_id(), _expires(desk)
    purpose = words.text(
        "Extract for county numbers, {first} to {last}",
        first=show_date(shown.ask.since, words.language),
        last=show_date(shown.ask.until, words.language),
    )
    cover = Cover(
        secrets.token_hex(16), desk.agency.name, stamp(desk.clock), purpose, expires,
        (Addressee(to.key, ident),),
    )  # fmt: skip
    second = {"type": TABLE, "v": 1, "parquet": base64.b64encode(table).decode()}
    try:
        file = outsiders.letters.seal(
            cover, [shown.manifest.said(), second], [outsiders.recipients.keys_of(to.id)]
        )
    except BundleTooLarge as error:
        raise ExtractTooLarge from error
    _note(desk, shown, ident, file.sha256)
    return Made(file, ident, to, expires)


def save_county_extract(desk: Desk, made: Made, folder: Path) -> Path:
    """Write an extract into a folder that a person chose, and read it back.

    Raises:
        NotAllowed: Not in one's roles.
        DiskFull, StorageFailed: It could not be written; the note stays, and one can try again.
        NotReadBack: It was written, and is not what was written.
    """
    desk.require(May.EXPORT_RECORDS)
    path = outsiders_of(desk).letters.save(folder, made.file)
    desk.station.note(desk.act("save county extract outside"))
    return path


def definitions_of(desk: Desk) -> str:
    """Digest of the measures in force here, so that a merger sees whether all use the same."""
    told = "\n".join(sorted(f"{one.id} {one.version}" for one in desk.library.measures()))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


# --- around it --------------------------------------------------------------------------


def _files(desk: Desk) -> list[Compartment]:
    found = [name for name in FILES if desk.open_file(name) is not None]
    if not found:
        raise NoGrant("care")
    return found


def _check_days(desk: Desk, ask: CountyAsk) -> None:
    for day in (ask.since, ask.until):
        _ = require_day(day)
    if not ask.since <= ask.until < _today(desk):
        raise BadEntry("days")


def _today(desk: Desk) -> str:
    return desk.clock.local().date().isoformat()


def _expires(desk: Desk) -> str:
    known = (int(one.measure) for one in desk.library.codes(LIMITS) if one.id == OPEN_WITHIN)
    days = next(known, 0)
    if not days:  # a department's own table may be older than this line
        return expires_on(desk, "")
    return (desk.clock.local().date() + timedelta(days=days)).isoformat()


def _note(desk: Desk, shown: CountyShown, ident: RecordId, sha256: str) -> None:
    """In the first of the files that it is of: each station that holds the file sees it."""
    file = _first(desk, shown)
    said, ask = shown.manifest, shown.ask
    fields: dict[str, Value] = {
        "export": COUNTY_EXTRACT, "version": said.definitions, "since": said.since,
        "until": said.until, "to": shown.recipient.name, "key": shown.recipient.id,
        "paper": shown.agreement, "agreement": ask.agreement, "reason": ask.reason,
        "reach": int(Reach.DATED), "rows": said.rows, "people": said.people, "sha256": sha256,
        "generation": said.generation, "cuts": list(said.cuts), "files": list(said.files),
        "at": stamp(desk.clock), **desk.entered(),
    }  # fmt: skip
    change = fact(file, desk.person.id, _EXPORT, ident, fields)
    file.apply([change], desk.act("export records", ident))


def _first(desk: Desk, shown: CountyShown) -> Records:
    file = desk.open_file(Compartment(shown.manifest.files[0]))
    if file is None:
        raise NoGrant(shown.manifest.files[0])
    return file

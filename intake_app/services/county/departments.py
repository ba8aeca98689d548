"""Several departments merged: their extracts are opened, counted once, and told as one county.

Whoever merges holds the key that extracts are sealed to, and no county key: they can count tokens
and cannot find anybody by them. What is told keeps to the rule of small cells, and to one more: a
department that takes its own number away from a county's must not be left with a few people of the
others.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake_app.domain.county import EXTRACT, TABLE, Came, read_manifest, taken
from intake_app.domain.county_errors import BadExtract, HoldsCountyKey, NoOtherAgency
from intake_app.domain.disclosure_errors import BundleExpired
from intake_app.domain.errors import IntakeError
from intake_app.domain.figure import Figure
from intake_app.domain.measure import Question
from intake_app.domain.roles import May
from intake_app.services.county.extracting import definitions_of
from intake_app.services.county.plan import Plan, Wanted
from intake_app.services.county.telling import count_all, told_county
from intake_app.services.desk import Desk
from intake_app.services.exports.county_key import county_parts, holds_county_key
from intake_app.services.exports.county_rows import county_cuts
from intake_app.services.measures.asking import Asked
from intake_app.services.measures.labels import labels_of, part_labels
from intake_app.services.measures.periods import custom
from intake_app.services.measures.viewing import View
from intake_app.services.needs.county import Inbox, Letter
from intake_app.services.reports.parts import Section

LEAST_AGENCIES: Final = 2


@dataclass(frozen=True, slots=True)
class Stranger:
    """A sender whom nobody has confirmed yet.

    Attributes:
        department: What it calls itself.
        words: Its eight words; they are compared on a call.
    """

    department: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that was not taken.

    Attributes:
        name: Of the file.
        why: What hindered it.
    """

    name: str
    why: IntakeError


@dataclass(frozen=True, slots=True)
class Received:
    """What was read of some files.

    Attributes:
        came: Extracts of departments that are known.
        strangers: Senders to be confirmed; nothing of theirs was used.
        refused: Files that are no extracts, or not for this key.
    """

    came: tuple[Came, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    refused: tuple[NotTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    """What a merge came to.

    Attributes:
        since: First day (YYYY-MM-DD).
        until: Last day, included.
        today: The day until which all departments know what happened.
        departments: Whose extracts were counted.
        replaced: Extracts that newer ones of their department took the place of.
        others: Departments that use other definitions of measures than this one.
        people: People met, each once.
        shared: How many of them more than one department met; None: not told.
        alike: How many more may be the same person, spelled in another way; None: not told.
        sections: The figures.
        least: The smallest count that is told, besides zero.
    """

    since: str
    until: str
    today: str
    departments: tuple[str, ...]
    replaced: int
    others: tuple[str, ...]
    people: View
    shared: int | None
    alike: int | None
    sections: tuple[Section, ...] = ()
    least: int = field(default=0)

    @property
    def views(self) -> tuple[View, ...]:
        """All figures, people first."""
        return (self.people, *(one for some in self.sections for one in some.all_views))


def open_inbox(desk: Desk, key_file: bytes, passphrase: str, beside: str) -> Inbox:
    """Open the merger's own key.

    Args:
        desk: Whose.
        key_file: Bytes of the key file that belongs to the merger's card.
        passphrase: Its passphrase.
        beside: Path of the key file: who was confirmed is noted beside it.

    Raises:
        NotAllowed: Not in one's roles.
        HoldsCountyKey: Whoever sits here could find people in the extracts.
        WrongPassphrase, WeakKeyFile, VaultDamaged: The key does not open.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    _refuse_holder(desk)
    return county_parts(desk).open_inbox(key_file, passphrase, beside)


def receive(desk: Desk, inbox: Inbox, files: Mapping[str, bytes]) -> Received:
    """Read extracts; what is none, or of somebody unknown, is named and not used.

    Raises:
        NotAllowed: Not in one's roles.
        HoldsCountyKey: Whoever sits here could find people in the extracts.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    _refuse_holder(desk)
    came, refused = list[Came](), list[NotTaken]()
    strangers: dict[tuple[str, ...], Stranger] = {}
    for name, data in sorted(files.items()):
        try:
            letter = inbox.read(data)
            one = _read(desk, letter)
        except IntakeError as error:
            refused.append(NotTaken(name, error))
            continue
        if inbox.is_known(letter.words):
            came.append(one)
        else:
            strangers[letter.words] = Stranger(one.department, letter.words)
    desk.station.note(desk.act("read county extracts"))
    return Received(tuple(came), tuple(strangers.values()), tuple(refused))


def confirm_sender(desk: Desk, inbox: Inbox, stranger: Stranger) -> None:
    """Note that a department's eight words were compared on a call.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    inbox.know(stranger.words)
    desk.station.note(desk.act("confirm sender of county extracts"))


def county_numbers(
    desk: Desk, came: Sequence[Came], since: str, until: str, wanted: Sequence[Wanted] = ()
) -> County:
    """Merge extracts and tell the county's figures: the whole report, or some tables of it.

    Args:
        desk: Who merges.
        came: Extracts of departments that are known.
        since: First day (YYYY-MM-DD).
        until: Last day, included.
        wanted: The tables; none: all measures, and the tables of the quarterly report.

    Raises:
        NotAllowed: Not in one's roles.
        HoldsCountyKey: Whoever sits here could find people in the extracts.
        BadPeriod: The days are the wrong way round.
        NoOtherAgency: They are of one department.
        CountyKeysDiffer, ScopesDiffer, ExtractsMissing: They do not belong together.
        BadExtract: One holds not what its department said.
        MeasureMissing, CutMissing, TooManyCuts: A table cannot be counted.
        CountyToldBefore: A report of other days, which overlap these, left before.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    _refuse_holder(desk)
    period = custom(since, until)
    found = taken(came, period.since, period.until)
    if len({one.agency for one in found.extracts}) < LEAST_AGENCIES:
        raise NoOtherAgency
    plan = Plan.of(desk, found, (period.since, period.until), wanted)
    cuts = [cut.id for cut in county_cuts(desk.library.cuts())]
    with county_parts(desk).table(found, cuts) as rows:
        counted = count_all(plan, rows)
        met = rows.people(period.since, period.until)
        told = told_county(desk, rows, counted)
    views = [
        View(figure, _asked(desk, plan, one.figure, question))
        for figure, one, question in zip(told, counted, plan.questions, strict=True)
    ]
    desk.station.note(desk.act("merge departments"))
    own = definitions_of(desk)
    others = {one.department for one in found.extracts if one.manifest.definitions != own}
    least = desk.agency.small_cell
    people, shared, alike = met
    is_told = views[0].told.whole.number is not None and _is_safe(people - shared, least)
    return County(
        period.since, period.until, found.today, found.departments, found.replaced,
        tuple(sorted(others)), views[0],
        shared if is_told and _is_safe(shared, least) else None,
        alike if _is_safe(alike, least) else None,
        plan.sections(views[1:]), least,
    )  # fmt: skip


# --- reading ----------------------------------------------------------------------------


def _refuse_holder(desk: Desk) -> None:
    if holds_county_key(desk):
        desk.station.note(replace(desk.act("merge departments"), outcome="refused"))
        raise HoldsCountyKey


def _read(desk: Desk, letter: Letter) -> Came:
    try:
        first, second = letter.documents
        if first.get("type") != EXTRACT or _parts(second) != (TABLE, 1):
            raise BadExtract("documents")
        table = second["parquet"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadExtract("documents") from error
    cover = letter.cover
    if cover.expires < desk.clock.local().date().isoformat():
        raise BundleExpired
    return Came(letter.agency, cover.department, cover.at, read_manifest(first), _bytes(table))


def _parts(said: Mapping[str, Any]) -> tuple[object, object]:
    if set(said) != {"type", "v", "parquet"}:
        raise BadExtract("parts")
    return said["type"], said["v"]


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise BadExtract("table")
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadExtract("table") from error


# --- telling ----------------------------------------------------------------------------


def _is_safe(number: int, least: int) -> bool:
    return number == 0 or number >= least


def _asked(desk: Desk, plan: Plan, figure: Figure, question: Question) -> Asked:
    """What was asked, with words for codes and without what was counted."""
    labels = {
        cut.id: labels_of(desk, question, cut, {place[n] for place in figure.rows} - {"*"})
        for n, cut in enumerate(question.cuts)
    }
    parts = {code for count in (figure.whole, *figure.rows.values()) for code in count.parts}
    empty = Figure(figure.measure, figure.since, figure.until, figure.cuts)
    missing = plan.missing[plan.questions.index(question)]
    files = tuple(one for one in question.measure.files if one in plan.files)
    return Asked(
        question, empty, labels, part_labels(desk, question.measure, parts), missing, 0, files,
        tuple(one for one in question.measure.files if one not in files), desk.own_language,
    )  # fmt: skip

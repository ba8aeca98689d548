"""Counts for an evaluator: codes alone, nothing of anybody, and no small ones.

What stays of an intake for counting says `domain.deidentified`; which counts are told says
`domain.small_cells`. The same months go out with the same numbers, and months that overlap with
others that went out are refused: the difference of two counts would tell who is new.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.deidentified import CODED, age_band, codes_of
from intake_app.domain.disclosure import Addressee, Cover, Recipient, RecipientKind
from intake_app.domain.disclosure_errors import (
    MonthsSentBefore,
    NotWhatWasShown,
    RecipientGone,
    TooFewPeople,
)
from intake_app.domain.entry import show_date
from intake_app.domain.errors import BadEntry, FormMissing
from intake_app.domain.form import (
    DECLINED,
    NO,
    UNKNOWN,
    YES,
    Answers,
    Field,
    FieldType,
    Form,
    Sensitivity,
)
from intake_app.domain.ids import new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.small_cells import told_counts
from intake_app.services.consents.disclosed import EVALUATION
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, composed
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import fact
from intake_app.services.sharing.disclosure_content import (
    COVER,
    Enclosed,
    expires_on,
    paper_document,
)
from intake_app.services.sharing.recipients import outsiders_of
from intake_app.services.sharing.sealed_bundles import Made
from intake_app.words import Words

if TYPE_CHECKING:
    from intake_app.domain.change import Value

_BAND: Final = "age_band"
_YES_NO: Final = (YES, NO, UNKNOWN, DECLINED)


@dataclass(frozen=True, slots=True)
class Counts:
    """What would leave for an evaluator.

    Attributes:
        recipient: Who would receive it.
        first: First month (YYYY-MM).
        last: Last month (YYYY-MM).
        rows: Question, answer, and the count or the words for one that is not told.
    """

    recipient: Recipient
    first: str
    last: str
    rows: tuple[tuple[str, str, str], ...]


def evaluators(desk: Desk) -> Sequence[Recipient]:
    """Who could receive counts.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.DISCLOSE)
    found = outsiders_of(desk).recipients.all()
    return [one for one in found if _is_evaluator(one)]


def count_for(desk: Desk, recipient: str, first: str, last: str) -> Counts:
    """The counts of some months, to be shown before they leave.

    Args:
        desk: Whose: somebody who reads all intakes of those who asked for help.
        recipient: Id of the evaluator.
        first: First month (YYYY-MM).
        last: Last month (YYYY-MM), which has to be over.

    Raises:
        NotAllowed: Not in one's roles.
        RecipientGone: There is no such evaluator.
        BadEntry: These are no months, or the last is not over.
        MonthsSentBefore: Some of them went out with others.
        TooFewPeople: Counts of so few people would tell who they are.
    """
    desk.require(May.DISCLOSE)
    to = next((one for one in evaluators(desk) if one.id == recipient), None)
    if to is None:
        raise RecipientGone
    if not _are_months(first, last) or last >= desk.clock.local().date().isoformat()[:7]:
        raise BadEntry("months")
    for sent in desk.care_file.of_kind(EVALUATION):
        was = (str(sent.values["first"]), str(sent.values["last"]))
        if was == (first, last):
            rows = cast("list[list[str]]", sent.values["rows"])
            return Counts(to, first, last, tuple((q, a, n) for q, a, n in rows))
        if was[0] <= last and first <= was[1]:
            raise MonthsSentBefore
    return Counts(to, first, last, tuple(_rows(desk, first, last)))


def make_evaluation(desk: Desk, shown: Counts) -> Made:
    """Seal what was shown, and note that it leaves; see `save_disclosure` for the next step.

    Raises:
        NotWhatWasShown: It is not the same any more.
        NotAllowed, RecipientGone, BadEntry, MonthsSentBefore, TooFewPeople: As for the counts.
    """
    desk.require(May.DISCLOSE)
    counts = count_for(desk, shown.recipient.id, shown.first, shown.last)
    if counts != shown:
        raise NotWhatWasShown
    outsiders, to, language = outsiders_of(desk), counts.recipient, desk.own_language
    words = Words(language)
    purpose = words.text(
        "Counts for an evaluation, {first} to {last}", first=counts.first, last=counts.last
    )
    ident, expires = new_record_id(), expires_on(desk, "")
    cover = Cover(secrets.token_hex(16), desk.agency.name, stamp(desk.clock), purpose, expires,
                  (Addressee(to.key, ident),))  # fmt: skip
    said = {"sent_to": to.name, "sent_for": purpose, "file_expires": show_date(expires, language)}
    told = [(f"{question}: {answer}", count) for question, answer, count in counts.rows]
    sheet = composed(desk, HouseSheet(COVER, language, said, {"told": told}))
    first = {
        "type": "content", "v": 1, "language": language, "number": "", "notice": "",
        "consent": None, "answers": [], "counts": [list(row) for row in counts.rows],
    }  # fmt: skip
    paper = paper_document(Enclosed(sheet.title, "", desk.press.print(sheet)))
    file = outsiders.letters.seal(cover, [first, paper], [outsiders.recipients.keys_of(to.id)])
    fields: dict[str, Value] = {
        "first": counts.first, "last": counts.last, "rows": [list(row) for row in counts.rows],
        "key": to.id, "recipient": to.name, "sha256": file.sha256, **desk.entered(),
    }  # fmt: skip
    change = fact(desk.care_file, desk.person.id, EVALUATION, ident, fields)
    desk.care_file.apply([change], desk.act("note counts for evaluation", ident))
    return Made(file, ident, to, expires)


# --- counting ---------------------------------------------------------------------------


def _is_evaluator(recipient: Recipient) -> bool:
    return recipient.kind is RecipientKind.EVALUATOR and not recipient.is_taken_back


def _are_months(first: str, last: str) -> bool:
    def is_month(text: str) -> bool:
        year, _, month = text.partition("-")
        return len(text) == 7 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12

    return is_month(first) and is_month(last) and first <= last


def _rows(desk: Desk, first: str, last: str) -> Iterator[tuple[str, str, str]]:
    least = desk.agency.small_cell
    tables, count = dict[str, _Table](), 0
    for record in _intakes(desk, first, last):
        count += 1
        _count(desk, record, tables)
    if count < least:
        raise TooFewPeople
    words = Words(desk.own_language)
    hidden = words.text("not told")
    for table in tables.values():
        for code, told in told_counts(table.counts, least).items():
            yield table.question, table.labels[code], hidden if told is None else str(told)


@dataclass(slots=True)
class _Table:
    """The counts of one question."""

    question: str
    labels: dict[str, str] = field(default_factory=dict[str, str])
    counts: Counter[str] = field(default_factory=Counter[str])


def _intakes(desk: Desk, first: str, last: str) -> Iterator[Record]:
    file = desk.care_file
    for row in file.newest(INTAKE, limit=-1, since=f"{first}-01"):
        record = file.record(row.record)
        if record is not None and str(record.values.get(facts.OPENED) or "")[:7] <= last:
            yield record


def _count(desk: Desk, record: Record, tables: dict[str, _Table]) -> None:
    try:
        guide = guide_of_record(desk, record)
    except (FormMissing, KeyError, TypeError):
        return  # without its form nobody knows which answers are codes
    form, answers = guide.form, answers_of(desk.care_file, record, guide)
    kept = {**codes_of(form, answers), **_age(desk, form, record, answers)}
    for asked in filter(_is_counted, form.fields()):
        said = kept.get(asked.id)
        chosen = cast("list[object]", said) if isinstance(said, list) else [said]
        table = tables.get(asked.id) or _Table(asked.label.said_in(desk.own_language))
        tables[asked.id] = table
        for code in (one.id for one in asked.choices) if asked.choices else _YES_NO:
            table.labels[code] = guide.shown(asked.id, code, desk.own_language) or code
            table.counts[code] += int(code in chosen)


def _is_counted(asked: Field) -> bool:
    if asked.is_apart or asked.sensitivity is Sensitivity.IDENTITY:
        return False
    return asked.type is FieldType.YES_NO or (asked.type in CODED and bool(asked.choices))


def _age(desk: Desk, form: Form, record: Record, answers: Answers) -> Answers:
    bands = [choice.id for choice in desk.library.codes(_BAND)]
    born = str(answers.get(form.facts.get("born", "")) or "")
    band = age_band(born, str(record.values.get(facts.OPENED) or ""), bands)
    return {_BAND: band} if band else {}

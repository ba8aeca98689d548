"""The status list for the prosecutor: held cases, identified, and nothing that is not needed.

Number, name, offense, status, report-by and complete-by. How far somebody came inside the program
is one word ("In the program"): whether they were assessed or are treated is nobody's business
there (42 CFR Part 2; domain facts 6.5). Sealed cases and those entered in error are not on it, nor
those about which people disagree. Each case that is on it is noted as a disclosure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import ISSUES
from intake_app.domain.case_status import CLOSINGS, OPEN, CaseStatus
from intake_app.domain.clock import zone_of
from intake_app.domain.disclosure_errors import NotWhatWasShown
from intake_app.domain.entry import show_date, show_moment
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.offense import is_table_of_offenses
from intake_app.domain.report_errors import NothingToGive
from intake_app.domain.roles import May
from intake_app.services.case.held import HeldCase
from intake_app.services.case.labels import STATUS
from intake_app.services.case.open_cases import cases_behind, listed_cases, open_conflicts
from intake_app.services.consents.disclosed import Disclosed, disclosure_fact
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.needs.files import Records
from intake_app.services.records.rows import rows_of
from intake_app.services.records.veil import behind
from intake_app.words import Words, mark

PAPER: Final = "status_list"

EXCEPTION: Final = "held_charge"
"""The reason in the code table of disclosures without a consent."""

TOLD: Final = ("number", "name", "offense", "status", "report_by", "complete_by")
"""What stands on it, by column; kept with each disclosure."""

_IN_PROGRAM: Final = mark("In the program")
_INSIDE: Final = frozenset({CaseStatus.REPORTED, CaseStatus.ASSESSED, CaseStatus.PLAN_ACTIVE})
_NEVER: Final = frozenset({CaseStatus.ENTERED_IN_ERROR, CaseStatus.NOT_ISSUED})
_OPEN: Final[frozenset[str]] = frozenset(map(str, OPEN))
_CLOSED: Final[frozenset[str]] = frozenset(
    str(status) for status in CaseStatus if status not in OPEN | _NEVER
)
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One case.

    Attributes:
        case: Its record.
        number: Receipt number.
        name: "Whitfield, Jordan"; a page hides it until it is asked for.
        offenses: What is held, as the state's table or the form names it, in the department's
            language.
        status: Where it stands; `status_in_words` says it.
        report_by: The moment, local with offset; None: none stands.
        complete_by: The last day (YYYY-MM-DD), or empty.
    """

    case: RecordId
    number: str
    name: str = field(repr=False)
    offenses: tuple[str, ...]
    status: CaseStatus
    report_by: datetime | None = None
    complete_by: str = ""


@dataclass(frozen=True, slots=True)
class StatusList:
    """What would be given.

    Attributes:
        lines: By number.
        since: Cases that were closed on or after this day are on it (YYYY-MM-DD); empty: open ones
            alone.
        disagreed: How many are left out because people disagree about them.
        kept: How many are left out because they are kept from who makes the list.
    """

    lines: tuple[StatusLine, ...]
    since: str = ""
    disagreed: int = 0
    kept: int = 0


def look_over_status_list(desk: Desk, since: str = "") -> StatusList:
    """What the list would say now, to be looked over; that somebody looked is logged.

    Args:
        desk: Whose.
        since: Also cases that were closed on or after this day (YYYY-MM-DD); empty: open ones.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key to cases.
    """
    desk.require(May.GIVE_STATUS_LIST)
    found = _made(desk, since)
    desk.cases_file.note(desk.act("look at status list"))
    return found


def give_status_list(
    desk: Desk, to: str = "", since: str = "", how: str = "saved", shown: StatusList | None = None
) -> bytes:
    """Draw the list for the prosecutor; each case on it is noted as disclosed, and logged.

    Args:
        desk: Whose.
        to: The office that receives it; empty: "The prosecutor".
        since: As for looking it over.
        how: "saved" or "printed".
        shown: What somebody looked over; nothing else is given then.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key to cases.
        NothingToGive: No case is on it.
        NotWhatWasShown: A case has changed since it was looked over.
        PaperMissing: The paper's file is gone.
    """
    desk.require(May.GIVE_STATUS_LIST)
    found = _made(desk, since)
    if not found.lines:
        raise NothingToGive
    if shown is not None and shown != found:
        raise NotWhatWasShown
    language = desk.own_language
    words = Words(language)
    office = to.strip() or words.text("The prosecutor")
    missing = left_out(found, words)
    said = {"sent_to": office, "shown_from": _from(found, words), "left_out": missing}
    rows = {"status_list": [_row(line, words) for line in found.lines]}
    data = draw_sheet(desk, HouseSheet(PAPER, language, said, rows))
    _note(desk, found, office, (how, sha256(data).hexdigest()))
    return data


def status_in_words(status: CaseStatus, words: Words) -> str:
    """One word for all that happens inside the program."""
    return words.text(_IN_PROGRAM if status in _INSIDE else STATUS[status])


def left_out(found: StatusList, words: Words) -> str:
    """How many cases are missing, and why, in sentences; empty: none."""
    said: list[str] = []
    if found.disagreed:
        said.append(words.plural(
            "1 case is not on it: people disagree about it, and a supervisor must decide.",
            "{n} cases are not on it: people disagree about them, and a supervisor must decide.",
            found.disagreed,
        ))  # fmt: skip
    if found.kept:
        said.append(words.plural(
            "1 case is not on it: a colleague must give it, because it is kept from who made this"
            " list.",
            "{n} cases are not on it: a colleague must give them, because they are kept from who"
            " made this list.",
            found.kept,
        ))  # fmt: skip
    return " ".join(said)


# --- inside -----------------------------------------------------------------------------


def _made(desk: Desk, since: str) -> StatusList:
    wanted = _OPEN | (_CLOSED if since else _NONE)
    rows = [row for row in listed_cases(desk) if row.status in wanted]
    cases = (case for case in cases_behind(desk, rows) if _may_stand(desk, case, since))
    lines = sorted((_line(desk, case) for case in cases), key=lambda line: line.number)
    disagreed = sum(_is_held(case) for case in open_conflicts(desk))
    return StatusList(tuple(lines), since, disagreed, _kept(desk, rows, since))


def _kept(desk: Desk, seen: Sequence[Row], since: str) -> int:
    """How many cases the veil keeps away: counted as the others are, and never shown."""
    whole, known = behind(desk), {row.record for row in seen}
    wanted = _OPEN | (_CLOSED if since else _NONE)
    rows = (row for row in listed_cases(whole) if row.status in wanted and row.record not in known)
    return sum(_may_stand(whole, case, since) for case in cases_behind(whole, rows))


def _may_stand(desk: Desk, case: HeldCase, since: str) -> bool:
    """Whether a case belongs on the list: nothing forbids it, and it is open or closed since."""
    status = case.standing.status
    if not _is_held(case) or status.disclosure or status.status in _NEVER:
        return False
    return status.is_open or (bool(since) and _closed_on(desk, case) >= since)


def _is_held(case: HeldCase) -> bool:
    """Whether a citation or referral holds a charge, as far as anybody knows."""
    is_issued = any(act.kind in ISSUES for act in case.acts)
    return is_issued and not case.record.is_deleted


def _closed_on(desk: Desk, case: HeldCase) -> str:
    """The local day of its last closing."""
    zone = zone_of(desk.clock)
    days = [act.at.astimezone(zone).date() for act in case.acts if act.kind in CLOSINGS]
    return max(days).isoformat() if days else ""


def _line(desk: Desk, case: HeldCase) -> StatusLine:
    shown, clock = facts.facts_of(case.record), case.standing.clock
    return StatusLine(
        case=case.record.id,
        number=shown.number,
        name=shown.name,
        offenses=tuple(_offenses(desk.cases_file, case, desk.own_language)),
        status=case.standing.status.status,
        report_by=clock.report_by.moment if clock.report_by else None,
        complete_by=clock.complete_by.isoformat() if clock.complete_by else "",
    )


def _offenses(file: Records, case: HeldCase, language: str) -> Iterator[str]:
    """What is held, in the words that stood in the law, or in the form, when it was taken."""
    question = case.guide.form.field(case.guide.form.facts.get("offenses", ""))
    if question is None or not question.columns:
        return
    named = (one for one in question.columns if is_table_of_offenses(one.codes))
    column = next(named, question.columns[0])
    for row in rows_of(file, case.record.id, question.id):
        if (said := row.get(column.id)) is not None:
            yield case.guide.shown(f"{question.id}.{column.id}", said, language)


def _row(line: StatusLine, words: Words) -> tuple[str, ...]:
    language = words.language
    moment = show_moment(line.report_by.isoformat(), language) if line.report_by else ""
    return (
        line.number,
        line.name,
        "; ".join(line.offenses),
        status_in_words(line.status, words),
        moment,
        show_date(line.complete_by, language) if line.complete_by else "",
    )


def _from(found: StatusList, words: Words) -> str:
    if not found.since:
        return words.text("Cases that are open today")
    day = show_date(found.since, words.language)
    return words.text("Cases that are open today, and those closed since {day}", day=day)


def _note(desk: Desk, found: StatusList, office: str, made: tuple[str, str]) -> None:
    """Each case as disclosed, in one transaction with the line of the list itself."""
    file, (how, digest) = desk.cases_file, made
    said = Disclosed(
        PAPER, office, exception=EXCEPTION, fields=TOLD, sha256=digest, how=how,
        purpose=Words(desk.own_language).text("Status of held charges"),
    )  # fmt: skip
    file.apply(
        [disclosure_fact(desk, file, line.case, said) for line in found.lines],
        desk.act("disclose status list"),
    )
    for line in found.lines:
        file.note(desk.act("disclose on a status list", line.case))

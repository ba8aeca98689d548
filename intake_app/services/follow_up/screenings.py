"""Screenings: asked by who is trained for it, kept as a result beside an intake in `care`.

The answers themselves are kept only with the person's yes. A result is words and a number; it is
no diagnosis, no rule can read it, and a case never holds one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.care_errors import ScreeningOff
from intake_app.domain.change import Value
from intake_app.domain.errors import NotFinished, ReasonMissing, RecordMissing
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.screening import (
    Outcome,
    ResultLine,
    Screening,
    ScreeningAnswers,
    ScreeningResult,
)
from intake_app.domain.text import NOTHING, Text
from intake_app.services.decisions.department import set_fields
from intake_app.services.decisions.keeping import DEPARTMENT, Made
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.needs.care import ScreeningTool
from intake_app.services.records.care_intake import care_intake
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.writing import fact, hide
from intake_app.services.signing.setting_up import read_agency
from intake_app.words import Words, mark

SCREENING: Final = "screening"
"""Kind of a fact about an intake; see `_fields`."""

RESULT_SHEET: Final = "screening_result"

OUTCOME: Final = {
    Outcome.POSITIVE: mark("positive"),
    Outcome.NEGATIVE: mark("negative"),
    Outcome.DEPENDS: mark("depends on the sex"),
    Outcome.DECLINED: mark("declined"),
}
SEX: Final = {"male": mark("For men"), "female": mark("For women")}


@dataclass(frozen=True, slots=True)
class ToolOffer:
    """A tool, and whether it is switched on."""

    tool: Screening
    is_on: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and answered.

    Attributes:
        answers: The chosen answer by question.
        sex: "male" or "female" where the tool asks for it and the person said so, or empty.
        keeps_answers: The person said yes to keeping the answers, not the result alone.
        language: Of the questions as they were asked (ISO 639).
    """

    answers: ScreeningAnswers = field(repr=False)
    sex: str = ""
    keeps_answers: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Screened:
    """One screening that was done or declined.

    Attributes:
        record: The fact.
        tool: Id of the tool.
        title: Its name.
        version: Of the tool's file.
        at: Local time with offset.
        by: Who asked.
        outcome: In one word.
        score: The number; None where the person declined.
        most: The highest number that there is.
        lines: What the number means.
        answers: The answers, where the person agreed to keep them.
        credit: The line that goes with each use of the tool.
    """

    record: RecordId
    tool: str
    title: Text
    version: str
    at: str
    by: UserId
    outcome: Outcome
    score: int | None
    most: int
    lines: tuple[ResultLine, ...]
    answers: Mapping[str, Value] | None = field(repr=False, default=None)
    credit: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Screenings:
    """What was asked with an intake, and what can be.

    Attributes:
        done: The newest first.
        tools: The tools that are switched on.
        language: Of the person's papers (ISO 639).
    """

    done: tuple[Screened, ...]
    tools: tuple[Screening, ...]
    language: str


def tools(desk: Desk) -> list[ToolOffer]:
    """All tools of the department, those that are off too.

    Raises:
        NotAllowed: Neither does this role screen, nor does it decide for the department.
    """
    _require_keeper(desk)
    on = read_agency(desk.station).screenings
    found = (one.screening for one in desk.library.screenings())
    return [ToolOffer(tool, tool.id in on) for tool in found]


def switch_tool(desk: Desk, tool: str, *, is_on: bool) -> None:
    """Switch a tool on or off for the department; it holds at once.

    Raises:
        NotAllowed: Neither does this role screen, nor does it decide for the department.
        RecordMissing: There is no such tool.
    """
    _require_keeper(desk)
    _ = _tool(desk, tool)
    on = set(read_agency(desk.station).screenings)
    chosen = {"screenings": sorted(on | {tool} if is_on else on - {tool})}
    set_fields(desk, chosen, Made(DEPARTMENT), "switch screening tool")


def judge(desk: Desk, tool: str, asked: Asked) -> ScreeningResult:
    """What some answers come to; nothing is kept.

    Raises:
        NotAllowed: Not in this person's roles.
        ScreeningOff: The tool is off.
        NotFinished: A question is not answered.
    """
    desk.require(May.SCREEN)
    return _judged(_tool_on(desk, tool), asked)


def keep_screening(desk: Desk, intake: RecordId, tool: str, asked: Asked) -> Screened:
    """Keep a result; the answers too, if the person agreed.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The intake is not among those who asked for help: a case keeps no screening.
        EnteredInError: The intake is out of all lists.
        ScreeningOff: The tool is off.
        NotFinished: A question is not answered.
    """
    desk.require(May.SCREEN)
    record = care_intake(desk, intake, to_change=True)
    found = _tool_on(desk, tool)
    result = _judged(found, asked)
    lines = [[one.sex, one.outcome, dict(one.words.by_language)] for one in result.lines]
    more: dict[str, Value] = {"score": result.score, "lines": lines, "language": asked.language}
    if asked.keeps_answers:
        more |= {"answers": dict(asked.answers), "sex": asked.sex}
    return _kept(desk, record, found.screening, result.outcome, more)


def note_declined(desk: Desk, intake: RecordId, tool: str) -> Screened:
    """Note that the person said no to a screening; nothing else is kept.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The intake is not among those who asked for help.
        EnteredInError: The intake is out of all lists.
        ScreeningOff: The tool is off.
    """
    desk.require(May.SCREEN)
    record = care_intake(desk, intake, to_change=True)
    return _kept(desk, record, _tool_on(desk, tool).screening, Outcome.DECLINED, {})


def screenings_of(desk: Desk, intake: RecordId) -> Screenings:
    """The screenings of an intake, and what can be asked; that they were read is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The intake is not among those who asked for help.
    """
    desk.require(May.SCREEN)
    record = care_intake(desk, intake)
    desk.care_file.note(desk.act("read screenings", record.id))
    found = map(_screened, desk.care_file.about(record.id, SCREENING))
    done = sorted(found, key=lambda one: one.at, reverse=True)
    offers = tuple(offer.tool for offer in tools(desk) if offer.is_on)
    return Screenings(tuple(done), offers, str(record.values.get(facts.LANGUAGE, "")))


def take_back_screening(desk: Desk, screening: RecordId, reason: str) -> None:
    """Take a screening out of all lists: it was noted by mistake.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: There is no such screening.
    """
    desk.require(May.SCREEN)
    if not reason.strip():
        raise ReasonMissing
    file, record = desk.care_file, _screening(desk, screening)
    act = desk.act("take back screening", screening)
    file.apply([hide(file, desk.person.id, record, reason)], act)


def result_sheet(desk: Desk, screening: RecordId, language: str) -> bytes:
    """The result on paper for the person: neutral, and plainly no diagnosis; it is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such screening.
        PaperMissing: The paper's file is gone.
    """
    desk.require(May.SCREEN)
    record = _screening(desk, screening)
    done, words = _screened(record), Words(language)
    intake = care_intake(desk, record.about)
    told = {
        "tool_name": done.title.said_in(language),
        "tool_credit": done.credit.said_in(language),
        "result_number": "" if done.score is None else str(done.score),
        "result_of": "" if done.score is None else str(done.most),
    }
    rows = [(line,) for line in lines_in_words(done, words)]
    sheet = HouseSheet(RESULT_SHEET, language, told, {"screening": rows})
    guide = guide_of_record(desk, intake)
    data = draw_sheet(desk, sheet, guide)
    desk.care_file.note(desk.act("print screening", screening))
    return data


def lines_in_words(done: Screened, words: Words) -> list[str]:
    """What a screening came to, one line for each sex that it must be said for."""
    if done.outcome is Outcome.DECLINED:
        return [words.text("The person declined.")]
    return [_line_in_words(line, words) for line in done.lines]


# --- inside -----------------------------------------------------------------------------


def _line_in_words(line: ResultLine, words: Words) -> str:
    outcome, meaning = words.text(OUTCOME[line.outcome]), line.words.said_in(words.language)
    if line.sex in SEX:
        who = words.text(SEX[line.sex])
        return words.text("{who}: {outcome}. {meaning}", who=who, outcome=outcome, meaning=meaning)
    return words.text("{outcome}. {meaning}", outcome=outcome.capitalize(), meaning=meaning)


def _require_keeper(desk: Desk) -> None:
    if not may(desk.person.roles, May.SCREEN):
        desk.require(May.CHANGE_SETTINGS)


def _tool(desk: Desk, ident: str) -> ScreeningTool:
    for one in desk.library.screenings():
        if one.screening.id == ident:
            return one
    raise RecordMissing(ident)


def _tool_on(desk: Desk, ident: str) -> ScreeningTool:
    if ident not in read_agency(desk.station).screenings:
        raise ScreeningOff
    return _tool(desk, ident)


def _judged(tool: ScreeningTool, asked: Asked) -> ScreeningResult:
    try:
        return tool.judge(asked.answers, asked.sex)
    except ValueError:
        raise NotFinished from None


def _kept(
    desk: Desk, intake: Record, tool: Screening, outcome: Outcome, more: Mapping[str, Value]
) -> Screened:
    file, ident = desk.care_file, new_record_id()
    entered = desk.entered()
    fields: dict[str, Value] = {
        "tool": tool.id,
        "title": dict(tool.title.by_language),
        "credit": dict(tool.credit.by_language),
        "version": tool.version,
        "outcome": outcome,
        "most": tool.most,
        "at": entered[facts.OPENED],
        **more,
        **entered,
    }
    change = fact(file, desk.person.id, SCREENING, ident, fields, about=intake.id)
    file.apply([change], desk.act("screen", ident))
    return _screened(_screening(desk, ident))


def _screening(desk: Desk, ident: RecordId) -> Record:
    record = desk.care_file.record(ident)
    if record is None or record.is_purged or record.kind != SCREENING:
        raise RecordMissing(ident)
    return record


def _screened(record: Record) -> Screened:
    values: Mapping[str, Any] = record.values
    return Screened(
        record=record.id,
        tool=str(values["tool"]),
        title=Text(values["title"]),
        version=str(values["version"]),
        at=str(values["at"]),
        by=UserId(values[facts.BY]),
        outcome=Outcome(values["outcome"]),
        score=values.get("score"),
        most=int(values["most"]),
        lines=tuple(_lines(values.get("lines") or ())),
        answers=values.get("answers"),
        credit=Text(values.get("credit") or {}),
    )


def _lines(said: Iterable[tuple[str, str, Mapping[str, str]]]) -> Iterable[ResultLine]:
    for sex, outcome, words in said:
        yield ResultLine(sex, Outcome(outcome), Text(words))

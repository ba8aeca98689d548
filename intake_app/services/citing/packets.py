"""The prosecutor's packet: what goes back with a charge, as one document that lasts.

Cover, the instrument as it was issued, the agreement, the compliance log and the lines of the audit
trail about this case and no other. Of treatment it has the status word only (42 CFR 2.64, 2.65):
neither when nor by whom it was noted; and nothing at all once the person took back the consent to
report back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.act import Act
from intake_app.domain.case_act import ISSUES
from intake_app.domain.case_status import CaseStatus, Folded
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import zone_of
from intake_app.domain.condition import Condition
from intake_app.domain.entry import show_moment
from intake_app.domain.errors import (
    CaseRefused,
    EnteredInError,
    FactIsFinal,
    PacketNeedsRequest,
    ReasonMissing,
)
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.paper import BlockType, Paper, Sheet
from intake_app.domain.roles import May
from intake_app.domain.terms import Instrument
from intake_app.services.case.held import HeldCase, held_case, stands
from intake_app.services.citing.case_words import AroundCase, around_case, around_issue
from intake_app.services.citing.citing import PAPER_OF
from intake_app.services.consents.report_back import may_tell_treatment
from intake_app.services.desk import Desk
from intake_app.services.drawing.making import Basis, Marks, basis_in, sheet_of
from intake_app.services.papers.papers import (
    PAPER,
    VOID,
    IssuedPaper,
    issued_as,
    issued_papers,
    paper_fact,
)
from intake_app.services.records.writing import fact
from intake_app.words import Words

PACKET: Final = "packet_cover"
"""Id of the paper that a packet is counted as: its cover."""

_AGREEMENT: Final = "participant_agreement"
_BEHIND: Final = ("compliance_log", "audit_extract")
_GOES_BACK: Final = frozenset({CaseStatus.NOT_COMPLETED, CaseStatus.RETURNED})


def needs_request(status: Folded) -> bool:
    """Whether the prosecutor's office must have asked: the case did not go back to them."""
    return status.status not in _GOES_BACK


def make_packet(
    desk: Desk, case: RecordId, request: str = "", *, tells_treatment: bool = True
) -> IssuedPaper:
    """Make the packet of a case and archive it; it is a paper of the case like others.

    Args:
        desk: Whose.
        case: Not completed or returned; or any, on the prosecutor's request.
        request: Why their office asks for it, in words; kept with the packet.
        tells_treatment: Whether it may say how treatment stands, where a consent allows that.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such case.
        EnteredInError: The case is out of all lists.
        CaseRefused: People disagree about the case, or it is sealed.
        PacketNeedsRequest: The case did not go back, and no request was given.
        PaperMissing: A paper file is not there.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    held = held_case(desk, case)
    _refuse(held)
    if needs_request(held.standing.status) and not request.strip():
        raise PacketNeedsRequest
    return _make(desk, held, (request.strip(), tells_treatment))


def packet_facts(
    desk: Desk, case: RecordId, *, tells_treatment: bool = True
) -> list[tuple[str, str]]:
    """What the cover of a packet says, and how each condition stands: labels and answers.

    Raises:
        NotAllowed, RecordMissing, EnteredInError, CaseRefused, PaperMissing: As for a packet.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    held = held_case(desk, case)
    _refuse(held)
    now, language = _now(desk, held, tells_treatment), desk.own_language
    number = str(held.record.values[facts.NUMBER])
    sheet = sheet_of(desk, now, desk.library.paper(PACKET), Marks(language, number))
    rows = [row for part in sheet.parts if part.type is BlockType.FACTS for row in part.rows]
    plan = now.around.tables(language).get("conditions", ())
    return [(row[0], ", ".join(filter(None, row[1:]))) for row in (*rows, *plan)]


def reissue_packet(desk: Desk, issued: IssuedPaper, reason: str) -> IssuedPaper:
    """Void a packet and make it anew from the case as it is now, in one act.

    Raises:
        ReasonMissing: No reason.
        FactIsFinal: It was voided already.
        NotAllowed, RecordMissing, EnteredInError, CaseRefused, PaperMissing: As for a new one.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    if not reason.strip():
        raise ReasonMissing
    held = held_case(desk, issued.about)
    _refuse(held)
    if desk.cases_file.about(issued.record, VOID):
        raise FactIsFinal(issued.number)
    return _make(desk, held, (reason.strip(), True), issued)


def _refuse(held: HeldCase) -> None:
    if held.record.is_deleted:
        raise EnteredInError(held.record.id)
    if why := held.standing.status.disclosure:
        raise CaseRefused([why])


# --- making -----------------------------------------------------------------------------


def _make(
    desk: Desk, held: HeldCase, asked: tuple[str, bool], old: IssuedPaper | None = None
) -> IssuedPaper:
    reason, tells_treatment = asked
    to, case = desk.cases_file, held.record.id
    cover = desk.library.paper(PACKET)
    marks = Marks(
        language=desk.own_language,
        number=f"{held.record.values[facts.NUMBER]}/{len(to.about(case, PAPER)) + 1}",
        replaces=old.number if old else "",
    )
    now = _now(desk, held, tells_treatment)
    front = sheet_of(desk, now, cover, marks)
    data = desk.press.packet(front, list(_behind(desk, held, now, marks)))
    made = replace(
        issued_as(desk, cover, data, case, marks), recipient=_office(now, marks.language)
    )
    changes = list(_changes(desk, made, reason, old))
    act = "void and reissue packet" if old else "make prosecutor packet"
    to.apply(changes, desk.act(act, made.record), {made.sha256: data})
    return made


def _office(now: Basis, language: str) -> str:
    """Who receives it, for the accounting of disclosures."""
    named = now.around.words(language).get("prosecutor_name", "")
    return named or Words(language).text("The prosecutor")


def _changes(
    desk: Desk, made: IssuedPaper, reason: str, old: IssuedPaper | None
) -> Iterator[Change]:
    to, user = desk.cases_file, desk.person.id
    paper = paper_fact(to, user, made)
    why: dict[str, Value] = {facts.REASON: reason, facts.BY: user}
    yield replace(paper, fields={**paper.fields, **why})
    if old:
        void: dict[str, Value] = {facts.REASON: reason, "replaced_by": made.number}
        yield fact(to, user, VOID, new_record_id(), void, about=old.record)


def _behind(desk: Desk, held: HeldCase, now: Basis, marks: Marks) -> Iterator[Sheet]:
    """The sheets behind the cover: two as they were issued, two as the case is now."""
    then = _then(desk, held, now)
    papers = [paper for paper in issued_papers(desk, held.record.id) if not paper.replaced_by]
    issued = {paper.paper: paper for paper in papers}
    first = _paper_id(then.around.instrument)
    for ident in (first, _AGREEMENT):
        if ident and (ident in issued or ident == first):
            yield sheet_of(desk, then, desk.library.paper(ident), _as_issued(
                issued.get(ident), held, now.language, _day(desk, held)
            ))  # fmt: skip
    for ident in _BEHIND:
        yield sheet_of(desk, now, desk.library.paper(ident), replace(marks, replaces=""))


def _as_issued(paper: IssuedPaper | None, held: HeldCase, language: str, day: str) -> Marks:
    """The marks that a paper had; where it was written by hand, those of its case."""
    if paper is None:
        return Marks(language, str(held.record.values[facts.NUMBER]), day=day)
    return Marks(paper.language, paper.number, paper.replaces, paper.at[:10])


def _day(desk: Desk, held: HeldCase) -> str:
    """When the instrument was issued (YYYY-MM-DD), or empty."""
    issued = [act.at for act in held.acts if act.kind in ISSUES]
    return issued[0].astimezone(zone_of(desk.clock)).date().isoformat() if issued else ""


def _now(desk: Desk, held: HeldCase, tells_treatment: bool) -> Basis:
    """What the case is made of now, of treatment only how it stands."""
    around = around_case(desk, held)
    may_tell = tells_treatment and may_tell_treatment(desk, held.record.id)
    told = [one for one in around.conditions if may_tell or not one.is_treatment]
    shown = replace(around, conditions=tuple(map(_status_word_only, told)))
    hidden = {one.id for one in around.conditions if one.is_treatment}
    named = _paper_id(around.instrument)
    whole = AroundPacket(shown, _lines(desk, held.record.id, hidden), _paper_of(desk, named))
    return basis_in(desk, desk.cases_file, held.record, whole)


def _then(desk: Desk, held: HeldCase, now: Basis) -> Basis:
    """What the instrument was made of: the clock as it ran on the day of issue."""
    issued = [act for act in held.acts if act.kind in ISSUES]
    if not issued:
        return now
    acts = tuple(act for act in held.acts if act.at == issued[0].at)
    planned = around_issue(desk, held.guide, issued[0])
    around = replace(planned, acts=acts, standing=stands(desk, acts, held.terms))
    return replace(now, around=around)


def _status_word_only(one: Condition) -> Condition:
    if not one.is_treatment:
        return one
    last = one.noted[-1:]
    plain = tuple(
        replace(noted, progress=replace(noted.progress, note="", verifier="")) for noted in last
    )
    return replace(one, noted=plain)


def _paper_id(instrument: str) -> str:
    return PAPER_OF[Instrument(instrument)] if instrument else ""


def _paper_of(desk: Desk, ident: str) -> Paper | None:
    return desk.library.paper(ident) if ident else None


# --- the audit extract ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit trail as the extract shows it."""

    at: str
    by: UserId
    what: str
    n: int


def _lines(desk: Desk, case: RecordId, hidden: set[RecordId]) -> tuple[Line, ...]:
    """The lines about a case and what belongs to it; those about treatment are left out."""
    file = desk.cases_file
    kept: list[RecordId] = []
    for record in file.whole(case):
        if record.id in hidden or record.about in hidden:
            hidden = {*hidden, record.id}
        else:
            kept.append(record.id)
    lines = file.audit_of(kept)
    return tuple(Line(one.at, one.act.user, _what(one.act), one.n) for one in lines)


def _what(act: Act) -> str:
    return act.what if act.outcome == "done" else f"{act.what} ({act.outcome})"


@dataclass(frozen=True, slots=True)
class AroundPacket:
    """What the sheets of a packet show beside answers; see `drawing.making.Around`."""

    case: AroundCase
    lines: tuple[Line, ...]
    paper: Paper | None

    @property
    def instrument(self) -> str:
        """What holds the charge."""
        return self.case.instrument

    @property
    def stage(self) -> tuple[str, ...]:
        """How far the case has come."""
        return self.case.stage

    @property
    def answers(self) -> Answers:
        """A case has its own alone."""
        return {}

    @property
    def referral(self) -> str:
        """A case has none."""
        return ""

    def words(self, language: str) -> Mapping[str, str]:
        """Those of the case; the instrument by its title."""
        found = dict(self.case.words(language))
        if self.paper:
            found["instrument"] = self.paper.title.said_in(language)
        return found

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """Those of the case, and the audit lines: when, who, what, place in the chain."""
        name_of = self.case.desk.name_of
        rows = [
            (show_moment(line.at, language), name_of(line.by), line.what, str(line.n))
            for line in self.lines
        ]
        return {**self.case.tables(language), "audit": rows}

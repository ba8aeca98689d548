"""Papers: composed, drawn, archived with their hash; each print and each copy is counted.

A paper is an act: once issued it is never changed. What was wrong is voided and issued anew, and
the new one says which it replaces. Before Finish, a paper is sealed with the draft; Finish brings
it into the archive.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    EnteredInError,
    FactIsFinal,
    PaperMissing,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.paper import Paper
from intake_app.domain.pathway import room_of
from intake_app.domain.record import Record
from intake_app.services.case.open_conflict import refuse_open_conflict
from intake_app.services.consents.disclosures import leaving_draft, leaving_sheet, require_standing
from intake_app.services.desk import Desk
from intake_app.services.drawing.issued_paper import (
    PAPER,
    IssuedPaper,
    issued_as,
    issued_from,
    kept_beside,
    paper_fact,
    with_title,
)
from intake_app.services.drawing.leaving import Leaving
from intake_app.services.drawing.making import (
    NOTHING_MORE,
    Around,
    Basis,
    Marks,
    basis_in,
    basis_of,
    draw,
    offered_papers,
    sheet_of,
    wanted_papers,
    with_consent,
)
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.papers.copies import USE, count_use
from intake_app.services.records import numbers
from intake_app.services.records.drafts import require_own
from intake_app.services.records.frames import paper_language
from intake_app.services.records.writing import fact

VOID: Final = "paper.void"


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that can be issued for these answers.

    Attributes:
        paper: The paper file.
        is_default: Ticked unless somebody unticks it.
    """

    paper: Paper
    is_default: bool


@dataclass(frozen=True, slots=True)
class Voided:
    """A paper that is replaced.

    Attributes:
        paper: The wrong one.
        reason: Why, in words.
        number: A new receipt number for the new one; empty: it keeps the number.
        more: What happens in the same transaction.
    """

    paper: IssuedPaper
    reason: str
    number: str = ""
    more: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPapers:
    """What Finish brings into the archive."""

    changes: tuple[Change, ...]
    blobs: dict[str, bytes]


def offers(
    desk: Desk, guide: Guide, answers: Answers, around: Around = NOTHING_MORE
) -> list[PaperOffer]:
    """The papers that can be issued for these answers."""
    desk.rooms_for("issue")
    desk.require(room_of(guide.form.pathway).issue)
    found = offered_papers(desk, Basis(guide, answers, "", around))
    return [PaperOffer(p, p.is_default) for p in found.values()]


def preview_paper(desk: Desk, draft: Draft, paper_id: str, around: Around = NOTHING_MORE) -> bytes:
    """How a paper of a draft would look; nothing is issued, no number is taken.

    Raises:
        PaperMissing: It is not offered for these answers.
    """
    desk.rooms_for("issue")
    desk.require(room_of(draft.pathway).issue)
    basis = basis_of(desk, draft, around)
    (paper,) = wanted_papers(offered_papers(desk, basis), [paper_id])
    language = paper_language(desk, paper, basis.language)
    return draw(desk, basis, paper, Marks(language, numbers.shown_number(desk, draft)))


def make_papers(
    desk: Desk, draft: Draft, paper_ids: Sequence[str], around: Around = NOTHING_MORE
) -> list[IssuedPaper]:
    """Issue papers of a draft; they are sealed with it until Finish.

    With a paper that discloses goes a copy of the consent, asked for or not.

    Raises:
        NotAllowed: It is not one's own draft, or not in one's roles.
        PaperMissing: A paper file is not there, or there is no consent to go with it.
        PaperTooLong: A card does not hold its text.
    """
    desk.rooms_for("issue")
    desk.require(room_of(draft.pathway).issue)
    require_own(desk, draft)
    basis = basis_of(desk, draft, around)
    wanted = with_consent(offered_papers(desk, basis), paper_ids)
    numbers.reserve(desk, draft)
    issued: list[IssuedPaper] = []
    for paper in wanted:
        place = len(desk.drafts.papers(draft.id)) + 1
        language = paper_language(desk, paper, basis.language)
        marks = Marks(language, f"{draft.number}/{place}")
        sheet = sheet_of(desk, basis, paper, marks)
        left = _required(paper, lambda sheet=sheet: leaving_draft(desk, draft, basis, sheet))
        data = desk.press.print(sheet)
        made = issued_as(desk, paper, data, draft.id, marks).told(left)
        desk.station.note(desk.act("issue paper"))
        parts = {"paper": kept_beside(made), "pdf": base64.b64encode(data).decode()}
        body = desk.sealer_for(draft.pathway).seal(draft.id, draft.keys, json.dumps(parts).encode())
        desk.drafts.put_paper(draft.id, made.record, body)
        issued.append(made)
    return issued


def issue_papers(
    desk: Desk, intake: RecordId, paper_ids: Sequence[str], around: Around = NOTHING_MORE
) -> list[IssuedPaper]:
    """Issue papers of a finished intake, straight into the archive.

    With a paper that discloses goes a copy of the consent, asked for or not.

    Raises:
        RecordMissing: There is no such intake.
        EnteredInError: It is out of all lists; nothing is issued from it.
        CaseRefused: People disagree about how far it has come, or it is a sealed case.
        PaperMissing: A paper file is not there, or there is no consent to go with it.
        PaperTooLong: A card does not hold its text.
    """
    file = desk.file_with(intake, "issue")
    record = _intake(file, intake)
    basis = basis_in(desk, file, record, around)
    wanted = with_consent(offered_papers(desk, basis), paper_ids)
    return [_issue(desk, record, basis, paper) for paper in wanted]


def issue_for(desk: Desk, subject: Record, basis: Basis, paper_id: str) -> IssuedPaper:
    """Issue a paper that an act of care calls for, whatever the answers offer; the act asked.

    It is archived in `care`, also where it is about a held case: nothing of it crosses.

    Raises:
        PaperMissing: The paper file is not there.
        NotCovered: It discloses what no consent covers.
    """
    to, paper = desk.care_file, desk.library.paper(paper_id)
    place = len(to.about(subject.id, PAPER)) + 1
    beside = "" if to.record(subject.id) else "-C"
    language = paper_language(desk, paper, basis.language)
    marks = Marks(language, f"{subject.values[facts.NUMBER]}{beside}/{place}")
    made, data = _drawn(desk, subject, basis, (paper, marks))
    change = paper_fact(to, desk.person.id, made)
    to.apply([change], desk.act("issue paper", made.record), {made.sha256: data})
    return made


def issued_papers(desk: Desk, intake: RecordId) -> list[IssuedPaper]:
    """What was issued for an intake, oldest first, with copies counted."""
    found = issued_in(desk.file_with(intake, "read"), intake)
    return [with_title(desk, paper) for paper in found]


def issued_in(file: Records, intake: RecordId) -> list[IssuedPaper]:
    """The same, in a file that is open."""
    found: list[IssuedPaper] = []
    for record in file.about(intake, PAPER):
        paper = issued_from(record.values["paper"], record=record.id, about=intake)
        void = file.about(record.id, VOID)
        copies = len(file.about(record.id, USE))
        by = str(void[0].values["replaced_by"]) if void else ""
        found.append(replace(paper, copies=copies, replaced_by=by))
    return sorted(found, key=lambda paper: int(paper.number.rpartition("/")[2]))


def draft_papers(desk: Desk, draft: Draft) -> list[IssuedPaper]:
    """What was issued from a draft so far."""
    desk.require(room_of(draft.pathway).issue)
    return [with_title(desk, paper) for paper, _ in _sealed_papers(desk, draft)]


def paper_bytes(desk: Desk, issued: IssuedPaper, draft: Draft | None = None) -> bytes:
    """The PDF as it was issued, to print or save it; a reprint is the same bytes.

    Raises:
        PaperMissing: It is not in the archive.
        NotCovered: It discloses, and its consent does not stand any more.
    """
    desk.rooms_for("issue")
    sealed = {p.record: data for p, data in _sealed_papers(desk, draft)} if draft else {}
    if issued.record in sealed:
        return sealed[issued.record]
    if issued.discloses:
        require_standing(desk, issued.about, issued.consent)
    data = _archived(desk, issued)
    if data is None:
        raise PaperMissing
    return data


def _archived(desk: Desk, issued: IssuedPaper) -> bytes | None:
    try:
        file = desk.file_with(issued.record, "issue")
    except RecordMissing:
        return None
    file.note(desk.act("read paper", issued.record))  # before anybody sees it
    return file.blob(issued.sha256)


def note_printed(desk: Desk, issued: IssuedPaper, printer: str) -> None:
    """Count a copy that a printer took."""
    count_use(desk, issued, "print paper", {"how": "printed", "printer": printer})


def note_saved(desk: Desk, issued: IssuedPaper) -> None:
    """Count a copy that was saved as a file outside of this program."""
    count_use(desk, issued, "save paper outside", {"how": "saved"})


def void_and_reissue(
    desk: Desk, issued: IssuedPaper, reason: str, around: Around = NOTHING_MORE
) -> IssuedPaper:
    """Void a wrong paper and issue it anew from the answers as they are now, in one act.

    Raises:
        ReasonMissing: No reason.
        FactIsFinal: It was voided already.
        RecordMissing: Its intake is not finished yet, or not here.
        PaperMissing: The answers no longer allow this paper.
    """
    desk.rooms_for("issue")
    if not reason.strip():
        raise ReasonMissing
    return reissuing(desk, Voided(issued, reason), around)


def reissuing(desk: Desk, old: Voided, around: Around = NOTHING_MORE) -> IssuedPaper:
    """The same for an act that asked for the role, with more changes in its transaction.

    Raises:
        FactIsFinal: It was voided already.
        RecordMissing: Its intake is not finished yet, or not here.
        PaperMissing: The answers no longer allow this paper.
    """
    issued = old.paper
    file = desk.file_with(issued.about, "issue")
    record = _intake(file, issued.about)
    if file.about(issued.record, VOID):
        raise FactIsFinal(issued.number)
    basis = basis_in(desk, file, record, around)
    (paper,) = wanted_papers(offered_papers(desk, basis), [issued.paper])
    return _issue(desk, record, basis, paper, old)


def papers_of_draft(desk: Desk, draft: Draft) -> DraftPapers:
    """The papers of a draft as changes and archived bytes, for Finish."""
    changes: list[Change] = []
    blobs: dict[str, bytes] = {}
    to = desk.stamps_for(room_of(draft.pathway).compartment)
    for paper, data in _sealed_papers(desk, draft):
        changes.append(paper_fact(to, desk.person.id, paper))
        blobs[paper.sha256] = data
    return DraftPapers(tuple(changes), blobs)


def _intake(file: Records, ident: RecordId) -> Record:
    record = file.record(ident)
    if record is None or facts.FORM not in record.values:
        raise RecordMissing(ident)
    if record.is_deleted:
        raise EnteredInError(ident)
    refuse_open_conflict(file, record)
    return record


def _issue(
    desk: Desk, record: Record, basis: Basis, paper: Paper, old: Voided | None = None
) -> IssuedPaper:
    to, user = desk.file_with(record.id, "issue"), desk.person.id
    place = len(to.about(record.id, PAPER)) + 1
    marks = Marks(
        language=paper_language(desk, paper, basis.language),
        number=f"{(old.number if old else '') or record.values[facts.NUMBER]}/{place}",
        replaces=old.paper.number if old else "",
    )
    made, data = _drawn(desk, record, basis, (paper, marks))
    changes = [paper_fact(to, user, made)]
    if old:
        void: dict[str, Value] = {facts.REASON: old.reason, "replaced_by": made.number}
        changes.append(fact(to, user, VOID, new_record_id(), void, about=old.paper.record))
        changes += old.more
    act = desk.act("void and reissue paper" if old else "issue paper", made.record)
    to.apply(changes, act, {made.sha256: data})
    return made


def _drawn(
    desk: Desk, record: Record, basis: Basis, wanted: tuple[Paper, Marks]
) -> tuple[IssuedPaper, bytes]:
    """A paper of a finished intake with its bytes, once all that it discloses is covered."""
    paper, marks = wanted
    sheet = sheet_of(desk, basis, paper, marks)
    left = _required(paper, lambda: leaving_sheet(desk, record, basis, sheet))
    data = desk.press.print(sheet)
    made = issued_as(desk, paper, data, record.id, marks).told(left)
    return replace(made, referral=basis.around.referral), data


def _required(paper: Paper, leaving: Callable[[], Leaving]) -> Leaving | None:
    """What leaves with a paper that discloses, once all of it is covered; else None.

    Raises:
        NotCovered: It is not.
    """
    if not paper.discloses:
        return None
    found = leaving()
    found.require()
    return found


def _sealed_papers(desk: Desk, draft: Draft) -> list[tuple[IssuedPaper, bytes]]:
    found: list[tuple[IssuedPaper, bytes]] = []
    for _, body in desk.drafts.papers(draft.id):
        parts = json.loads(desk.sealer_for(draft.pathway).open(draft.id, draft.keys, body))
        found.append((issued_from(parts["paper"]), base64.b64decode(parts["pdf"])))
    return found

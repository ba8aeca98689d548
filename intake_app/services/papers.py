"""Papers: composed, drawn, archived with their hash; each print and each copy is counted.

A paper is an act: once issued it is never changed. What was wrong is voided and issued anew, and
the new one says which it replaces. Before Finish, a paper is sealed with the draft; Finish brings
it into the archive.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.draft import Draft
from intake_app.domain.errors import PaperMissing, ReasonMissing
from intake_app.domain.form import Answers, FormRef
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.paper import Paper
from intake_app.domain.roles import May
from intake_app.services import numbers
from intake_app.services.answers import answers_of
from intake_app.services.desk import Desk, Guide
from intake_app.services.drafts import guide_for, guide_of
from intake_app.services.frames import frame_for, paper_language
from intake_app.services.writing import fact

PAPER: Final = "paper"
USE: Final = "paper.use"
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
class IssuedPaper:
    """A paper that was issued.

    Attributes:
        record: Its own record.
        about: The intake or draft it belongs to.
        paper: Id of the paper file.
        version: Version of the paper file.
        title: Its title by language.
        language: Language it is in.
        number: Receipt number with its place: "PH-26-A00017-K/2".
        sha256: Hash of its bytes, hex.
        at: When: local time with offset.
        audience: Who it is for: "participant", "provider", "department".
        replaces: Number of the paper that it replaces, or empty.
        copies: How often it was printed or saved: who holds it, counted.
        replaced_by: Number of the paper that replaces it, or empty.
    """

    record: RecordId
    about: RecordId
    paper: str
    version: str
    title: str
    language: str
    number: str
    sha256: str
    at: str
    audience: str
    replaces: str = ""
    copies: int = 0
    replaced_by: str = ""

    @property
    def receipt(self) -> str:
        """The receipt number alone: for file names and print jobs."""
        return self.number.partition("/")[0]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What tells one issue of a paper from another."""

    language: str
    number: str = ""
    replaces: str = ""


_KEPT: Final = (
    "paper", "version", "title", "language", "number", "sha256", "at", "audience", "replaces",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftPapers:
    """What Finish brings into the archive."""

    changes: tuple[Change, ...]
    blobs: dict[str, bytes]


def offers(desk: Desk, guide: Guide, answers: Answers) -> list[PaperOffer]:
    """The papers that can be issued for these answers."""
    desk.require(May.ISSUE_PAPER)
    return [PaperOffer(p, p.is_default) for p in desk.library.papers(guide, answers)]


def preview_paper(desk: Desk, draft: Draft, paper_id: str) -> bytes:
    """How a paper of a draft would look; nothing is issued, and it carries no number."""
    desk.require(May.ISSUE_PAPER)
    guide = guide_of(desk, draft)
    language = paper_language(desk, draft, guide.form)
    return _draw(desk, guide, guide.kept(draft.answers), paper_id, _Marks(language))[1]


def make_papers(desk: Desk, draft: Draft, paper_ids: Sequence[str]) -> list[IssuedPaper]:
    """Issue papers of a draft; they are sealed with it until Finish.

    Raises:
        PaperMissing: A paper file is not there.
        PaperTooLong: A card does not hold its text.
    """
    desk.require(May.ISSUE_PAPER)
    guide = guide_of(desk, draft)
    numbers.reserve(desk, draft)
    answers = guide.kept(draft.answers)
    issued: list[IssuedPaper] = []
    for paper_id in paper_ids:
        place = len(desk.drafts.papers(draft.id)) + 1
        language = paper_language(desk, draft, guide.form)
        marks = _Marks(language, f"{draft.number}/{place}")
        paper, data = _draw(desk, guide, answers, paper_id, marks)
        made = _issued(desk, paper, data, draft.id, marks)
        desk.station.note(desk.act("issue paper", made.record))
        parts = {"paper": asdict(made), "pdf": base64.b64encode(data).decode()}
        body = desk.sealer.seal(draft.id, draft.keys, json.dumps(parts).encode())
        desk.drafts.put_paper(draft.id, made.record, body)
        issued.append(made)
    return issued


def issue_papers(desk: Desk, intake: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
    """Issue papers of a finished intake, straight into the archive.

    Raises:
        PaperMissing: A paper file is not there.
        PaperTooLong: A card does not hold its text.
    """
    desk.require(May.ISSUE_PAPER)
    return [_issue(desk, intake, paper_id, None, "") for paper_id in paper_ids]


def issued_papers(desk: Desk, intake: RecordId) -> list[IssuedPaper]:
    """What was issued for an intake, oldest first, with copies counted."""
    found: list[IssuedPaper] = []
    for record in desk.care_file.about(intake, PAPER):
        paper = IssuedPaper(record.id, intake, **record.values["paper"])
        void = desk.care_file.about(record.id, VOID)
        copies = len(desk.care_file.about(record.id, USE))
        by = str(void[0].values["replaced_by"]) if void else ""
        found.append(replace(paper, copies=copies, replaced_by=by))
    return found


def draft_papers(desk: Desk, draft: Draft) -> list[IssuedPaper]:
    """What was issued from a draft so far."""
    return [paper for paper, _ in _sealed_papers(desk, draft)]


def paper_bytes(desk: Desk, issued: IssuedPaper, draft: Draft | None = None) -> bytes:
    """The PDF as it was issued; a reprint is the same bytes.

    Raises:
        PaperMissing: It is not in the archive.
    """
    sealed = {p.record: data for p, data in _sealed_papers(desk, draft)} if draft else {}
    data = sealed.get(issued.record) or desk.care_file.blob(issued.sha256)
    if data is None:
        raise PaperMissing
    return data


def note_printed(desk: Desk, issued: IssuedPaper, printer: str) -> None:
    """Count a copy that a printer took."""
    _note_use(desk, issued, "print paper", {"how": "printed", "printer": printer})


def note_saved(desk: Desk, issued: IssuedPaper) -> None:
    """Count a copy that was saved as a file outside of this program."""
    _note_use(desk, issued, "save paper outside", {"how": "saved"})


def void_and_reissue(desk: Desk, issued: IssuedPaper, reason: str) -> IssuedPaper:
    """Void a wrong paper and issue it anew from the answers as they are now, in one act.

    Raises:
        ReasonMissing: No reason.
    """
    desk.require(May.ISSUE_PAPER)
    if not reason.strip():
        raise ReasonMissing
    return _issue(desk, issued.about, issued.paper, issued, reason)


def papers_of_draft(desk: Desk, draft: Draft) -> DraftPapers:
    """The papers of a draft as changes and archived bytes, for Finish."""
    changes: list[Change] = []
    blobs: dict[str, bytes] = {}
    for paper, data in _sealed_papers(desk, draft):
        changes.append(_paper_fact(desk, paper))
        blobs[paper.sha256] = data
    return DraftPapers(tuple(changes), blobs)


def _issue(
    desk: Desk, intake: RecordId, paper_id: str, old: IssuedPaper | None, reason: str
) -> IssuedPaper:
    from_record = desk.care_file.record(intake)
    if from_record is None:
        raise PaperMissing
    guide = guide_for(desk, FormRef(**from_record.values[facts.FORM]))
    place = len(desk.care_file.about(intake, PAPER)) + 1
    marks = _Marks(
        language=str(from_record.values[facts.LANGUAGE]),
        number=f"{from_record.values[facts.NUMBER]}/{place}",
        replaces=old.number if old else "",
    )
    answers = answers_of(desk, from_record, guide)
    paper, data = _draw(desk, guide, answers, paper_id, marks)
    made = _issued(desk, paper, data, intake, marks)
    changes = [_paper_fact(desk, made)]
    if old:
        void: dict[str, Value] = {facts.REASON: reason, "replaced_by": made.number}
        to = desk.care_file
        changes.append(fact(to, desk.person.id, VOID, new_record_id(), void, about=old.record))
    act = desk.act("void and reissue paper" if old else "issue paper", made.record)
    desk.care_file.apply(changes, act, {made.sha256: data})
    return made


def _draw(
    desk: Desk, guide: Guide, answers: Answers, paper_id: str, marks: _Marks
) -> tuple[Paper, bytes]:
    found = {paper.id: paper for paper in desk.library.papers(guide, answers)}
    if paper_id not in found:
        raise PaperMissing(paper_id)
    frame = frame_for(desk, found[paper_id], marks.language, marks.number, marks.replaces)
    return found[paper_id], desk.press.print(desk.library.compose(paper_id, guide, answers, frame))


def _issued(desk: Desk, paper: Paper, data: bytes, about: RecordId, marks: _Marks) -> IssuedPaper:
    return IssuedPaper(
        record=new_record_id(),
        about=about,
        paper=paper.id,
        version=paper.version,
        title=paper.title.said_in(marks.language),
        language=marks.language,
        number=marks.number,
        sha256=hashlib.sha256(data).hexdigest(),
        at=stamp(desk.clock),
        audience=paper.audience,
        replaces=marks.replaces,
    )


def _paper_fact(desk: Desk, issued: IssuedPaper) -> Change:
    kept = {name: getattr(issued, name) for name in _KEPT}
    fields: dict[str, Value] = {"paper": kept, facts.OPENED: issued.at, facts.NUMBER: issued.number}
    to = desk.care_file
    return fact(to, desk.person.id, PAPER, issued.record, fields, about=issued.about)


def _sealed_papers(desk: Desk, draft: Draft) -> list[tuple[IssuedPaper, bytes]]:
    found: list[tuple[IssuedPaper, bytes]] = []
    for _, body in desk.drafts.papers(draft.id):
        parts = json.loads(desk.sealer.open(draft.id, draft.keys, body))
        found.append((IssuedPaper(**parts["paper"]), base64.b64decode(parts["pdf"])))
    return found


def _note_use(desk: Desk, issued: IssuedPaper, what: str, how: dict[str, Value]) -> None:
    desk.require(May.ISSUE_PAPER)
    fields = {**how, facts.OPENED: stamp(desk.clock), facts.BY: desk.person.id}
    to = desk.care_file
    change = fact(to, desk.person.id, USE, new_record_id(), fields, about=issued.record)
    to.apply([change], desk.act(what, issued.record))

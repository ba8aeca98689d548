"""Papers that were issued and not printed yet: a set for each intake, until a printer took it.

A set is printed by itself, each paper with its own page numbers, so that nothing of one person
comes to lie between the sheets of another. What failed stays in the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import PaperMissing, ReasonMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.paper import Audience
from intake_app.services.consents.disclosures import standing_now
from intake_app.services.desk import Desk
from intake_app.services.drawing.issued_paper import issued_from
from intake_app.services.drawing.leaving import Why
from intake_app.services.needs.files import Records
from intake_app.services.papers.copies import USE
from intake_app.services.papers.papers import PAPER, VOID, IssuedPaper
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.writing import fact

SET_ASIDE: Final = "paper.set_aside"
"""Kind of a fact about a paper: it is not to be printed after all."""

NOT_COVERED: Final = "not_covered"

_WAITS: Final = timedelta(days=90)
"""How long an unprinted paper stays in the list; after that it is printed from its own record."""


@dataclass(frozen=True, slots=True)
class SheetSet:
    """The papers of one intake that wait for a printer.

    Attributes:
        record: The intake or case.
        number: Its receipt number.
        pathway: Pathway code.
        papers: What was not printed yet, oldest first.
        stop: Why nothing may go to the person ("deceased", "do_not_contact"), or `NOT_COVERED`:
            a consent under which one of them discloses does not stand any more; or empty.
    """

    record: RecordId
    number: str
    pathway: str
    papers: tuple[IssuedPaper, ...]
    stop: str = ""


def sheet_sets(desk: Desk) -> list[SheetSet]:
    """All sets that wait, the oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    rooms = desk.rooms_for("issue")
    files = (desk.open_file(room.compartment) for room in rooms)
    found = [one for file in files if file is not None for one in _waiting(desk, file)]
    return sorted(found, key=lambda one: one.papers[0].at)


def title_of(desk: Desk, paper: IssuedPaper, language: str) -> str:
    """What a paper is called in the reader's language, whatever the paper itself is in.

    A paper whose file is gone keeps the title that it was issued with.
    """
    try:
        return desk.library.paper(paper.paper).title.said_in(language) or paper.title
    except PaperMissing:
        return paper.title


def set_aside(desk: Desk, paper: IssuedPaper, reason: str) -> None:
    """Take a paper off the list without printing it; it stays with its intake.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
    """
    desk.rooms_for("issue")
    if not reason.strip():
        raise ReasonMissing
    file = desk.file_with(paper.about, "issue")
    fields = {facts.REASON: reason, **desk.entered()}
    change = fact(file, desk.person.id, SET_ASIDE, new_record_id(), fields, about=paper.record)
    file.apply([change], desk.act("set paper aside", paper.record))


def _waiting(desk: Desk, file: Records) -> Iterator[SheetSet]:
    since = (desk.clock.local() - _WAITS).isoformat(timespec="minutes")
    rows = file.without(PAPER, (USE, VOID, SET_ASIDE), since)
    for about, group in groupby(sorted(rows, key=lambda row: row.about), lambda row: row.about):
        intake = file.record(about)
        if intake is None or intake.is_deleted:
            continue
        records = [found for row in group if (found := file.record(row.record))]
        papers = [issued_from(one.values["paper"], record=one.id, about=about) for one in records]
        yield SheetSet(
            about,
            str(intake.values.get(facts.NUMBER, "")),
            str(intake.values.get(facts.PATHWAY, "")),
            tuple(sorted(papers, key=lambda paper: (paper.at, paper.number))),
            _stop(desk, file, about, papers),
        )


def _stop(desk: Desk, file: Records, about: RecordId, papers: Sequence[IssuedPaper]) -> str:
    is_theirs = any(paper.audience == Audience.PARTICIPANT for paper in papers)
    if is_theirs and (stop := contact_stop(file, about)):
        return stop
    telling = [paper for paper in papers if paper.discloses]
    if any(standing_now(desk, about, paper.consent) is not Why.COVERED for paper in telling):
        return NOT_COVERED
    return ""

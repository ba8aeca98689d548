"""What the pages of an intake ask of the services, for the person who is signed in.

Everything here runs on the worker (`ui.parts.background`) and touches files; pages never call it
from the GUI thread.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.consents import disclosures
from intake_app.services.desk import Desk, Person
from intake_app.services.drawing.leaving import Leaving
from intake_app.services.intakes import events, handed_in, intakes
from intake_app.services.intakes.handed_in import Agreed
from intake_app.services.intakes.intakes import Finished, IntakeView
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers import papers
from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.services.records import drafts, frames
from intake_app.services.referrals.letters import reissue_letter


class IssuedPapers(Protocol):
    """Papers that were issued: their bytes, and counting of copies."""

    def paper_bytes(self, issued: IssuedPaper, draft: Draft | None = None) -> bytes:
        """The PDF; of a draft's paper, with the draft."""
        ...

    def papers_about(self, record: RecordId) -> list[IssuedPaper]:
        """What was issued for a finished intake."""
        ...

    def note_printed(self, issued: IssuedPaper, printer: str) -> None:
        """Count a copy that a printer took."""
        ...

    def note_saved(self, issued: IssuedPaper) -> None:
        """Count a copy that was saved as a file."""
        ...

    def leaving(self, about: Draft | RecordId, paper_ids: Sequence[str]) -> Leaving:
        """What would leave this computer with some papers of a draft or a record."""
        ...


class DraftWork(IssuedPapers, Protocol):
    """Taking an intake: saving, handing over, papers, Finish."""

    def colleagues(self, pathway: str) -> Sequence[Person]:
        """Who could go on with a draft of this pathway."""
        ...

    def save(self, draft: Draft) -> str:
        """Write a draft; returns when."""
        ...

    def hand_over(self, draft: RecordId, to: UserId) -> None:
        """Give a draft to a colleague."""
        ...

    def language_of(self, draft: Draft, form: Form) -> str:
        """Language of the person's papers; touches no file."""
        ...

    def offers(self, guide: Guide, answers: Answers) -> list[PaperOffer]:
        """The papers that these answers call for."""
        ...

    def preview(self, draft: Draft, paper: str) -> bytes:
        """How a paper would look."""
        ...

    def papers_of(self, draft: Draft) -> list[IssuedPaper]:
        """What was issued from a draft already."""
        ...

    def make_papers(self, draft: Draft, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """Issue papers of a draft; gives the draft its number."""
        ...

    def finish(self, draft: Draft) -> Finished:
        """Make a record of a draft."""
        ...


class RecordWork(IssuedPapers, Protocol):
    """A finished intake: reading, amending, more papers."""

    def read(self, record: RecordId) -> IntakeView:
        """The intake; reading is logged."""
        ...

    def names(self) -> Mapping[UserId, str]:
        """Shown names of the people who work here."""
        ...

    def offers(self, guide: Guide, answers: Answers) -> list[PaperOffer]:
        """The papers that these answers call for."""
        ...

    def amend(self, record: RecordId, answers: Mapping[str, Value], reason: str) -> None:
        """Change answers; the old ones are kept."""
        ...

    def entered_in_error(self, record: RecordId, reason: str) -> None:
        """Take the intake out of lists and counts."""
        ...

    def issue(self, record: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """Issue papers."""
        ...

    def reissue(self, issued: IssuedPaper, reason: str) -> IssuedPaper:
        """Void a wrong paper and issue it anew."""
        ...


class HandedInWork(IssuedPapers, Protocol):
    """What one handed in, while the sender's copy is kept."""

    def read_copy(self, record: RecordId, language: str) -> tuple[str, list[Agreed]]:
        """Receipt number, and what was agreed; reading is logged."""
        ...

    def add_note(self, record: RecordId, words: str) -> None:
        """Hand in words that belong to it."""
        ...

    def has_event(self, record: RecordId) -> bool:
        """Whether another person of its event can be taken now."""
        ...


class PapersAtDesk:
    """`IssuedPapers`, done by the services at one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def paper_bytes(self, issued: IssuedPaper, draft: Draft | None = None) -> bytes:
        """See `papers.paper_bytes`; of what was handed in, from the sender's copy."""
        kept = draft or handed_in.kept_copy(self._desk, issued.about)
        return papers.paper_bytes(self._desk, issued, kept)

    def papers_about(self, record: RecordId) -> list[IssuedPaper]:
        """See `papers.issued_papers`; of what was handed in, from the sender's copy."""
        kept = handed_in.kept_copy(self._desk, record)
        if kept is not None:
            return papers.draft_papers(self._desk, kept)
        return papers.issued_papers(self._desk, record)

    def note_printed(self, issued: IssuedPaper, printer: str) -> None:
        """See `papers.note_printed`."""
        papers.note_printed(self._desk, issued, printer)

    def note_saved(self, issued: IssuedPaper) -> None:
        """See `papers.note_saved`."""
        papers.note_saved(self._desk, issued)

    def leaving(self, about: Draft | RecordId, paper_ids: Sequence[str]) -> Leaving:
        """See `disclosures.draft_leaving` and `disclosures.papers_leaving`."""
        if isinstance(about, Draft):
            return disclosures.draft_leaving(self._desk, about, paper_ids)
        return disclosures.papers_leaving(self._desk, about, paper_ids)


class DeskWork(PapersAtDesk):
    """All of the above, done by the services at one desk."""

    def colleagues(self, pathway: str) -> Sequence[Person]:
        """See `drafts.who_can_go_on`."""
        return drafts.who_can_go_on(self._desk, pathway)

    def names(self) -> Mapping[UserId, str]:
        """Shown names by id."""
        return {person.id: person.shown_name for person in self._desk.colleagues}

    def save(self, draft: Draft) -> str:
        """See `drafts.save_draft`."""
        return drafts.save_draft(self._desk, draft)

    def hand_over(self, draft: RecordId, to: UserId) -> None:
        """See `drafts.hand_over_draft`."""
        drafts.hand_over_draft(self._desk, draft, to)

    def offers(self, guide: Guide, answers: Answers) -> list[PaperOffer]:
        """See `papers.offers`."""
        return papers.offers(self._desk, guide, answers)

    def language_of(self, draft: Draft, form: Form) -> str:
        """See `frames.person_language`."""
        return frames.person_language(self._desk, form, draft.answers, draft.language)

    def preview(self, draft: Draft, paper: str) -> bytes:
        """See `papers.preview_paper`."""
        return papers.preview_paper(self._desk, draft, paper)

    def papers_of(self, draft: Draft) -> list[IssuedPaper]:
        """See `papers.draft_papers`."""
        return papers.draft_papers(self._desk, draft)

    def make_papers(self, draft: Draft, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """See `papers.make_papers`."""
        return papers.make_papers(self._desk, draft, paper_ids)

    def finish(self, draft: Draft) -> Finished:
        """See `intakes.finish_intake`."""
        return intakes.finish_intake(self._desk, draft)

    def read(self, record: RecordId) -> IntakeView:
        """See `intakes.read_intake`."""
        return intakes.read_intake(self._desk, record)

    def amend(self, record: RecordId, answers: Mapping[str, Value], reason: str) -> None:
        """See `intakes.amend_intake`."""
        intakes.amend_intake(self._desk, record, answers, reason)

    def entered_in_error(self, record: RecordId, reason: str) -> None:
        """See `intakes.mark_entered_in_error`."""
        intakes.mark_entered_in_error(self._desk, record, reason)

    def issue(self, record: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """See `papers.issue_papers`."""
        return papers.issue_papers(self._desk, record, paper_ids)

    def reissue(self, issued: IssuedPaper, reason: str) -> IssuedPaper:
        """See `papers.void_and_reissue`; a letter of a referral stays its own."""
        return reissue_letter(self._desk, issued, reason)


class SenderWork(DeskWork):
    """The same, and what one can do with what one handed in."""

    def read_copy(self, record: RecordId, language: str) -> tuple[str, list[Agreed]]:
        """See `handed_in.read_handed_in` and `handed_in.agreed`."""
        draft = handed_in.read_handed_in(self._desk, record)
        return draft.number, handed_in.agreed(self._desk, draft, language)

    def add_note(self, record: RecordId, words: str) -> None:
        """See `handed_in.add_note`."""
        handed_in.add_note(self._desk, record, words)

    def has_event(self, record: RecordId) -> bool:
        """See `events.may_begin_another`."""
        return events.may_begin_another(self._desk, handed_in.read_handed_in(self._desk, record))

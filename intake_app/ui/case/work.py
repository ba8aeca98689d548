"""What the page of a case asks of the services; everything here runs on the worker."""

from collections.abc import Mapping, Sequence

from intake_app.domain.condition import Condition
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.case import acts, conditions, treatment
from intake_app.services.case.treatment import TreatmentNote
from intake_app.services.citing import cases
from intake_app.services.citing.cases import CaseView
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.ui.case import plan_asks
from intake_app.ui.case.actions import ACTIONS
from intake_app.ui.papers.desk_work import DeskWork


class CaseWork(DeskWork):
    """One case at one desk; papers carry the words of its clock."""

    def __init__(self, desk: Desk, case: RecordId) -> None:
        super().__init__(desk)
        self._at, self._case = desk, case

    def case(self) -> tuple[CaseView, Mapping[UserId, str]]:
        """The case, and the names of those who work here."""
        return cases.read_case(self._at, self._case), self.names()

    def act(self, key: str, answers: Answers) -> object:
        """Do one of `actions.ACTIONS`."""
        return ACTIONS[key].do(self._at, self._case, answers)

    def in_error(self, reason: str) -> None:
        """See `case.acts.mark_case_in_error`."""
        acts.mark_case_in_error(self._at, self._case, reason)

    # --- papers ---------------------------------------------------------------------------

    def case_offers(self) -> list[PaperOffer]:
        """See `cases.case_offers`."""
        return cases.case_offers(self._at, self._case)

    def issue(self, record: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """See `cases.issue_case_papers`."""
        return cases.issue_case_papers(self._at, record, paper_ids)

    def reissue(self, issued: IssuedPaper, reason: str) -> IssuedPaper:
        """See `cases.reissue_case_paper`."""
        return cases.reissue_case_paper(self._at, issued, reason)

    # --- the plan -------------------------------------------------------------------------

    def note_progress(self, one: Condition, said: Answers) -> None:
        """See `plan_asks.note_progress`."""
        plan_asks.note_progress(self._at, one, said)

    def take_back(self, progress: RecordId, reason: str) -> None:
        """See `conditions.take_back_progress`."""
        conditions.take_back_progress(self._at, progress, reason)

    def note_treatment(self, one: Condition, said: Answers) -> None:
        """See `plan_asks.note_treatment`."""
        plan_asks.note_treatment(self._at, self._case, one, said)

    def note_waiver(self, one: Condition, said: Answers) -> None:
        """See `plan_asks.note_waiver`."""
        plan_asks.note_waiver(self._at, one, said)

    def note_change(self, one: Condition, said: Answers) -> None:
        """See `plan_asks.note_change`."""
        plan_asks.note_change(self._at, one, said)

    def note_new(self, said: Answers) -> None:
        """See `plan_asks.note_new`."""
        plan_asks.note_new(self._at, self._case, said)

    def treatment_notes(self, one: Condition) -> tuple[TreatmentNote, ...]:
        """See `treatment.treatment_notes`."""
        return treatment.treatment_notes(self._at, one.id)

"""While acts about somebody contradict one another: no paper, no disclosure, no closing.

One place says so, and every door asks here. What protects the person goes on: the notice that a
consent was taken back, the paper of a new consent, the account of what was disclosed; so does what
was issued before, and a note of what was already said in an emergency.
"""

from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import fold as fold_case
from intake_app.domain.episode import STEP, Step
from intake_app.domain.episode import fold as fold_steps
from intake_app.domain.errors import CaseRefused
from intake_app.domain.record import Record
from intake_app.services.case.held import acts_in, is_case
from intake_app.services.needs.files import Records


def why_no_paper(file: Records, record: Record) -> Refusal:
    """Why nothing may be issued or told about an intake or a case now; empty: it may."""
    if is_case(record):
        return fold_case(acts_in(file, record.id)).paper
    return Refusal.CONFLICT_IN_CARE if steps_contradict(file, record) else Refusal.ALLOWED


def steps_contradict(file: Records, record: Record) -> bool:
    """Whether people who worked apart took different steps with an intake of care."""
    steps = [Step.of(one) for one in file.about(record.id, STEP)]
    return len(steps) > 1 and fold_steps(steps, ()).is_conflict


def refuse_open_conflict(file: Records, record: Record) -> None:
    """Refuse a paper, a disclosure or a closing while acts contradict.

    Raises:
        CaseRefused: They do, or the case is sealed.
    """
    if why := why_no_paper(file, record):
        raise CaseRefused([why])

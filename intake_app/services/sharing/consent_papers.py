"""The paper of a consent: what was signed, for the person and for whoever receives something."""

from typing import Final

from intake_app.domain import facts
from intake_app.domain.consent import ConsentKind
from intake_app.domain.errors import RecordMissing
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.consents.consents import answers_under, consent_record, subject_of
from intake_app.services.desk import Desk
from intake_app.services.drawing.issued_paper import IssuedPaper, with_title
from intake_app.services.drawing.making import CONSENT, Basis
from intake_app.services.papers.papers import issue_for, issued_in
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_for
from intake_app.services.sharing.revoking import NOTICE

PAPER_OF: Final = {
    ConsentKind.HAND_OFF: CONSENT,
    ConsentKind.REPORT_BACK: "consent_report_back",
    ConsentKind.PROCEEDINGS: "consent_proceedings",
}
"""The consent for all care has no paper of its own: it is signed with the agreement."""

_OF_HERE: Final = frozenset({*PAPER_OF.values(), NOTICE, "disclosure_accounting"})


def print_consent(desk: Desk, consent: RecordId) -> IssuedPaper:
    """Issue the paper of a consent as it was signed.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent, or it has no paper of its own.
        PaperMissing: The paper file is not there.
    """
    desk.require(May.KEEP_CONSENT)
    record = consent_record(desk.care_file, consent)
    kind = ConsentKind(record.kind)
    if kind not in PAPER_OF:
        raise RecordMissing(consent)
    subject = subject_of(desk, record.about)
    form = record.values.get(facts.FORM) or subject.values[facts.FORM]
    guide = guide_for(desk, FormRef(**form))
    around = answers_of(desk.care_file, subject, guide) if kind is ConsentKind.HAND_OFF else {}
    answers = {**around, **answers_under(desk, consent)}
    basis = Basis(guide, answers, str(subject.values[facts.LANGUAGE]))
    return issue_for(desk, subject, basis, PAPER_OF[kind])


def consent_papers(desk: Desk, subject: RecordId) -> list[IssuedPaper]:
    """The consents, notices and accountings that were issued, the oldest first.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
    """
    desk.require(May.KEEP_CONSENT)
    record = subject_of(desk, subject)
    found = issued_in(desk.care_file, record.id)
    return [with_title(desk, one) for one in found if one.paper in _OF_HERE]

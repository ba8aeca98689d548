"""A consent to report back lies in `care`; the case knows yes or no, and until when."""

import pypdfium2
import pytest
from held_cases import House
from test_a_consent_is_taken_back import REPORT_BACK

from intake_app.domain.consent import ConsentKind, State
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.packets import make_packet
from intake_app.services.consents.consents import note_ended, read_consents, take_consent
from intake_app.services.consents.disclosed import Disclosed
from intake_app.services.consents.disclosures import note_disclosure
from intake_app.services.consents.report_back import REPORT_BACK as WORD
from intake_app.services.consents.report_back import report_back_of
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issued_papers, note_printed, paper_bytes
from intake_app.services.sharing.accounting import disclosures_of, print_accounting
from intake_app.services.sharing.consent_papers import consent_papers, print_consent
from intake_app.services.sharing.revoking import Revoking, print_notice, revoke

OFFICE = "County Attorney"
WORD_TOLD = "Not met"
"""The status word of treatment, as the packet says it."""


def words_on(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


@pytest.fixture
def consent(coordinator: Desk, case: RecordId) -> RecordId:
    return take_consent(coordinator, case, ConsentKind.REPORT_BACK, REPORT_BACK)


@pytest.fixture
def treated(coordinator: Desk, case: RecordId) -> RecordId:
    """A case with a treatment condition, of which a word was noted."""
    plan = {one.type: one.id for one in conditions_of(coordinator, case)}
    record_treatment(coordinator, case, plan["treatment"], "not_met", "words that stay in care")
    return case


def packet_words(desk: Desk, case: RecordId) -> str:
    return words_on(paper_bytes(desk, make_packet(desk, case, "asked for it")))


def test_the_case_knows_yes_or_no_and_until_when(
    coordinator: Desk, case: RecordId, consent: RecordId
) -> None:
    kept = coordinator.cases_file.about(case, WORD)
    (values,) = [{k: v for k, v in one.values.items() if not k.startswith("~")} for one in kept]
    assert values == {"stands": True, "until": "", "saw": []}
    assert coordinator.cases_file.record(consent) is None
    assert coordinator.care_file.record(consent) is not None
    note_ended(coordinator, consent, "2026-11-23")
    assert not report_back_of(coordinator.cases_file, case).stands


def test_its_papers_lie_in_care_alone(coordinator: Desk, case: RecordId, consent: RecordId) -> None:
    before = len(issued_papers(coordinator, case))
    paper = print_consent(coordinator, consent)
    account = print_accounting(coordinator, case)
    assert OFFICE in words_on(paper_bytes(coordinator, paper))
    note_printed(coordinator, paper, "Front desk")
    assert [one.record for one in consent_papers(coordinator, case)] == [
        paper.record, account.record,
    ]  # fmt: skip
    assert consent_papers(coordinator, case)[0].copies == 1
    assert len(issued_papers(coordinator, case)) == before
    assert coordinator.cases_file.blob(paper.sha256) is None


def test_taken_back_the_packet_says_nothing_of_treatment(
    coordinator: Desk, treated: RecordId
) -> None:
    consent = take_consent(coordinator, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    with_word = packet_words(coordinator, treated)
    assert WORD_TOLD in with_word
    assert "stay in care" not in with_word
    revoke(coordinator, consent, Revoking("oral"))
    assert WORD_TOLD not in packet_words(coordinator, treated)
    take_consent(coordinator, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    assert WORD_TOLD in packet_words(coordinator, treated)


def test_the_office_that_was_told_gets_the_notice(
    coordinator: Desk, case: RecordId, consent: RecordId
) -> None:
    word = Disclosed("status", OFFICE, consent=consent, fields=("word_attended",), how="said")
    note_disclosure(coordinator, case, word)
    assert [one.recipient for one in disclosures_of(coordinator, case, "en")] == [OFFICE]
    found = revoke(coordinator, consent, Revoking("letter"))
    assert [one.name for one in found.owed] == [OFFICE]
    said = words_on(paper_bytes(coordinator, print_notice(coordinator, consent, OFFICE)))
    assert OFFICE in said
    assert "Whitfield" not in said


def test_a_packet_that_was_printed_stands_in_the_accounting(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    note_printed(officer, make_packet(officer, case, "asked for it"), "Front desk")
    (entry,) = disclosures_of(coordinator, case, "en")
    assert (entry.what, entry.recipient) == ("Packet for the prosecutor", "The prosecutor")
    assert entry.reason.startswith("Packet to the office that decides about the charge")


def test_who_holds_one_key_alone_sees_none_of_it(
    house: House, coordinator: Desk, case: RecordId, consent: RecordId
) -> None:
    assert read_consents(coordinator, case)[0].state is State.STANDING
    for role in (Role.OFFICER, Role.SUPERVISOR):
        with pytest.raises(NotAllowed):
            read_consents(house.desk(role), case)
    with pytest.raises(RecordMissing):
        read_consents(house.desk(Role.FRONT_DESK), case)

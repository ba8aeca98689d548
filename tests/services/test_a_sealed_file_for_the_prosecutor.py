"""A sealed file for the prosecutor: the packet, and of treatment one word under its own consent."""

import base64
import json
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from held_cases import care_of, cases_of
from outside import OPENED, Outsider, outsider, outsiders
from test_a_consent_is_taken_back import REPORT_BACK
from walk_ins import CONSENT, taken

from intake_app.domain.case_act import CaseAct, CaseActKind
from intake_app.domain.consent import ConsentKind
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.disclosure_errors import NotWhatWasShown, RecipientGone
from intake_app.domain.errors import CaseRefused, PacketNeedsRequest
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.held import act_change, held_case
from intake_app.services.case.treatment import record_treatment
from intake_app.services.consents.consents import take_consent
from intake_app.services.consents.disclosed import DISCLOSURE
from intake_app.services.desk import Desk
from intake_app.services.sharing.accounting import disclosures_of
from intake_app.services.sharing.revoking import Revoking, revoke, traces
from intake_app.services.sharing.sealed_bundles import (
    Made,
    make_disclosure,
    receipt_came,
    recipients_for,
    what_would_leave,
)

OFFICE, OTHER = "County Attorney", "State Attorney"
WORD = "Not met"
KEPT_IN_CARE = "words that stay in care"
WHY = "asked for it"


@pytest.fixture
def attorney() -> Outsider:
    return outsider(OFFICE, RecipientKind.PROSECUTOR)


@pytest.fixture
def desk(coordinator: Desk, attorney: Outsider) -> Desk:
    """A coordinator, with an attorney, another one, and a clinic in the signed list."""
    other = outsider(OTHER, RecipientKind.PROSECUTOR)
    clinic = outsider("New River Recovery Center", RecipientKind.PROVIDER)
    return replace(coordinator, outsiders=outsiders(attorney, other, clinic))


@pytest.fixture
def treated(desk: Desk, case: RecordId) -> RecordId:
    plan = {one.type: one.id for one in conditions_of(desk, case)}
    record_treatment(desk, case, plan["treatment"], "not_met", KEPT_IN_CARE)
    return case


def made(desk: Desk, case: RecordId, recipient: str = "r0") -> Made:
    return make_disclosure(desk, what_would_leave(desk, case, recipient), case, request=WHY)


def all_words(who: Outsider, file: Made) -> str:
    """Everything that can be read in a file, its papers too."""
    first, *papers = who.open(file.file.data).documents
    drawn = [base64.b64decode(one["pdf"]) for one in papers]
    return json.dumps(first, ensure_ascii=False) + " ".join(map(words_on, drawn))


def words_on(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(p.get_textpage().get_text_range() for p in document).split())


def inside(who: Outsider, file: Made) -> dict[str, Any]:
    return dict(who.open(file.file.data).documents[0])


def test_the_packet_is_inside(desk: Desk, treated: RecordId, attorney: Outsider) -> None:
    said = all_words(attorney, made(desk, treated))
    for words in ("Packet for the prosecutor", "Quillfeather", "26-118804", "Compliance log"):
        assert words in said


def test_without_a_consent_nothing_is_said_of_treatment(
    desk: Desk, treated: RecordId, attorney: Outsider
) -> None:
    file = made(desk, treated)
    said = all_words(attorney, file)
    assert WORD not in said
    assert KEPT_IN_CARE not in said
    assert inside(attorney, file)["consent"] is None
    assert inside(attorney, file)["notice"] == ""


def test_under_a_consent_one_word_with_notice_and_copy(
    desk: Desk, treated: RecordId, attorney: Outsider
) -> None:
    take_consent(desk, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    file = made(desk, treated)
    said = all_words(attorney, file)
    assert WORD in said
    assert KEPT_IN_CARE not in said
    assert "42 CFR part 2" in inside(attorney, file)["notice"]
    assert ["Office that may receive it", OFFICE] in inside(attorney, file)["consent"]["said"]
    assert "Consent to report back" in said


def test_another_office_is_told_nothing_of_treatment(desk: Desk, treated: RecordId) -> None:
    take_consent(desk, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    other = outsider(OTHER, RecipientKind.PROSECUTOR)
    assert WORD not in all_words(other, made(desk, treated, "r1"))


def test_taken_back_the_word_stays(desk: Desk, treated: RecordId, attorney: Outsider) -> None:
    consent = take_consent(desk, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    shown = what_would_leave(desk, treated, "r0")
    sent = made(desk, treated)
    revoke(desk, consent, Revoking("oral"))
    with pytest.raises(NotWhatWasShown):
        make_disclosure(desk, shown, treated, request=WHY)
    assert WORD not in all_words(attorney, made(desk, treated))
    (receiver,) = traces(desk, consent).receivers
    assert (receiver.name, [one.said.sha256 for one in receiver.got]) == (
        OFFICE, [sent.file.sha256],
    )  # fmt: skip


def test_each_side_notes_what_was_its_own(desk: Desk, treated: RecordId) -> None:
    """The case knows that the packet left; only care knows under which consent a word did."""
    consent = take_consent(desk, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    file = made(desk, treated)
    (in_cases,) = cases_of(desk).about(treated, DISCLOSURE)
    (in_care,) = care_of(desk).about(treated, DISCLOSURE)
    assert (in_cases.id, in_cases.values["exception"], in_cases.values["consent"]) == (
        file.accounting, "held_charge", "",
    )  # fmt: skip
    assert (in_care.values["consent"], in_care.values["fields"]) == (consent, ["word_completed"])
    assert consent not in json.dumps([one.values for one in cases_of(desk).whole(treated)])


def test_the_receipt_is_noted_beside_the_case(
    desk: Desk, treated: RecordId, attorney: Outsider
) -> None:
    file = made(desk, treated)
    assert receipt_came(desk, attorney.receipt(file.file.data)).recipient == OFFICE
    (entry,) = disclosures_of(desk, treated, "en")
    assert (entry.received, entry.recipient) == (OPENED, OFFICE)


def test_a_receipt_answers_both_notes_of_one_file(
    desk: Desk, treated: RecordId, attorney: Outsider
) -> None:
    take_consent(desk, treated, ConsentKind.REPORT_BACK, REPORT_BACK)
    file, later = made(desk, treated), made(desk, treated)
    receipt_came(desk, attorney.receipt(file.file.data))
    found = [(one.sha256, one.received) for one in disclosures_of(desk, treated, "en")]
    assert sorted(found) == sorted([(file.file.sha256, OPENED), (later.file.sha256, "")] * 2)


def test_an_open_case_needs_their_request(desk: Desk, case: RecordId) -> None:
    shown = what_would_leave(desk, case, "r0")
    with pytest.raises(PacketNeedsRequest):
        make_disclosure(desk, shown, case)
    assert cases_of(desk).about(case, DISCLOSURE) == []


def test_nothing_leaves_while_people_disagree(desk: Desk, case: RecordId) -> None:
    shown = what_would_leave(desk, case, "r0")
    held = held_case(desk, case)
    for kind in (CaseActKind.COMPLETED, CaseActKind.NOT_COMPLETED):
        at = desk.clock.local()
        act = CaseAct(new_record_id(), kind, at, at.isoformat(), desk.person.id,
                      tuple(one.id for one in held.acts))  # fmt: skip
        change = act_change(desk.cases_file, desk.person.id, case, act)
        desk.cases_file.apply([change], desk.act("save"))
    with pytest.raises(CaseRefused):
        make_disclosure(desk, shown, case, request=WHY)
    with pytest.raises(CaseRefused):
        what_would_leave(desk, case, "r0")


def test_the_wall_stands_between_recipients(desk: Desk, case: RecordId) -> None:
    """A prosecutor receives nothing of care, a clinic nothing of cases."""
    wide = {**CONSENT, "consent_recipient": {"id": "", "name": OFFICE}}
    intake = taken(desk, **wide).record
    assert [one.name for one in recipients_for(desk, case)] == [OFFICE, OTHER]
    assert [one.kind for one in recipients_for(desk, intake)] == [RecipientKind.PROVIDER]
    for subject, recipient in ((intake, "r0"), (case, "r2")):
        with pytest.raises(RecipientGone):
            what_would_leave(desk, subject, recipient)

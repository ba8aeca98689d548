"""A sealed file for a provider: only what one consent covers, noted before it is written."""

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from outside import OPENED, Outsider, files_in, outsider, outsiders
from walk_ins import CONSENT, care_of, taken

from intake_app.domain.consent_errors import ConsentExpired, ConsentRevoked, NoConsent
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.disclosure_errors import (
    BadReceipt,
    NotForYou,
    NotWhatWasShown,
    ReceiptKnown,
    ReceiptOfAnother,
)
from intake_app.domain.errors import ContactStopped
from intake_app.domain.ids import RecordId
from intake_app.exchange.disclosure import write_receipt
from intake_app.services.consents.consents import read_consents
from intake_app.services.consents.disclosed import DISCLOSURE
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.papers.papers import issue_papers, paper_bytes
from intake_app.services.people.persons import set_flag
from intake_app.services.sharing.accounting import disclosures_of, print_accounting
from intake_app.services.sharing.revoking import Revoking, revoke, traces
from intake_app.services.sharing.sealed_bundles import (
    Made,
    make_disclosure,
    receipt_came,
    save_disclosure,
    what_would_leave,
)

NORTH = "New River Recovery Center"
KEPT_BACK = "I am afraid of my brother"
INTAKE: dict[str, Any] = {
    **CONSENT,
    "date_of_birth": "1988-03-09",
    "consent_expires_how": "days_90",
    "own_words": KEPT_BACK,
    "may_contact": "yes",
    "contact_ways": ["call"],
    "phone": "+13045550142",
    "safe_hours": "after six",
}


@pytest.fixture
def clinic() -> Outsider:
    return outsider(NORTH, RecipientKind.PROVIDER)


@pytest.fixture
def listed() -> str:
    """Id of the clinic in the signed list."""
    return "r0"


@pytest.fixture
def coordinator(coordinator: Desk, clinic: Outsider) -> Desk:
    return replace(coordinator, outsiders=outsiders(clinic))


@pytest.fixture
def intake(coordinator: Desk) -> RecordId:
    return taken(coordinator, **INTAKE).record


def made(desk: Desk, intake: RecordId, recipient: str) -> Made:
    return make_disclosure(desk, what_would_leave(desk, intake, recipient), intake)


def content(who: Outsider, made: Made) -> dict[str, Any]:
    return dict(who.open(made.file.data).documents[0])


def words_on(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(p.get_textpage().get_text_range() for p in document).split())


def test_only_what_the_consent_names_is_inside(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    inside = content(clinic, made(coordinator, intake, listed))
    by_pen = {
        "consent_name": "Jordan Whitfield",
        "first_name": "Jordan",
        "last_name": "Whitfield",
        "date_of_birth": "Wednesday, March 9, 1988",
        "may_contact": "Yes, in a safe way",
        "contact_ways": "Phone call",
        "phone": "(304) 555-0142",
        "safe_hours": "after six",
    }
    assert {one["id"]: one["answer"] for one in inside["answers"]} == by_pen


def test_every_document_of_it_keeps_to_that(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    documents = clinic.open(made(coordinator, intake, listed).file.data).documents
    assert KEPT_BACK not in json.dumps(documents[0])
    assert "Detox" not in json.dumps(documents[0])
    papers = [words_on(base64.b64decode(one["pdf"])) for one in documents[1:]]
    assert len(papers) == 2  # the cover, and a copy of the consent
    assert "Whitfield" in papers[0]
    for words in papers:
        assert KEPT_BACK not in words


def test_a_wider_consent_tells_more(coordinator: Desk, listed: str, clinic: Outsider) -> None:
    """Negative control: what was left out above was there to be told."""
    wider = {**INTAKE, "consent_information": ["name_contact", "wants"]}
    intake = taken(coordinator, **wider).record
    inside = content(clinic, made(coordinator, intake, listed))
    assert KEPT_BACK in [one["answer"] for one in inside["answers"]]


def test_notice_and_copy_of_the_consent_are_inside(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    letter = clinic.open(made(coordinator, intake, listed).file.data)
    inside = letter.documents[0]
    assert "protected by Federal confidentiality rules (42 CFR part 2)" in inside["notice"]
    copy = inside["consent"]
    assert (copy["kind"], copy["signed_on"], copy["until"]) == (
        "consent",
        "2026-11-23",
        "2027-02-21",
    )
    assert ["Who may receive it", NORTH] in copy["said"]
    cover = words_on(base64.b64decode(letter.documents[1]["pdf"]))
    assert "protected by Federal confidentiality rules" in cover
    assert "42 CFR part 2 prohibits unauthorized use or disclosure" in cover
    assert letter.cover.expires == "2026-12-23"  # 30 days; the consent runs longer


def test_a_paper_under_the_consent_goes_with_it(
    coordinator: Desk, listed: str, clinic: Outsider
) -> None:
    wide = {**INTAKE, "consent_information": ["name_contact", "wants", "needs", "access",
            "insurance", "substance_use", "medicine"]}  # fmt: skip
    intake = taken(coordinator, **wide).record
    letter, *_ = issue_papers(coordinator, intake, ["referral_letter_provider"])
    documents = clinic.open(made(coordinator, intake, listed).file.data).documents
    titles = [one["title"] for one in documents[1:]]
    assert titles[1] == "Referral letter"
    assert base64.b64decode(documents[2]["pdf"]) == paper_bytes(coordinator, letter)


def test_it_is_noted_with_its_hash_before_it_lies_anywhere(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    (entry,) = disclosures_of(coordinator, intake, "en")
    assert (entry.id, entry.recipient, entry.sha256) == (
        file.accounting, NORTH, file.file.sha256,
    )  # fmt: skip
    assert entry.reason == "Consent of the person"
    assert entry.what == "Disclosure in a sealed file"
    assert clinic.open(file.file.data).accounting == file.accounting


def test_it_is_written_where_a_person_chooses_and_read_back(
    coordinator: Desk, intake: RecordId, listed: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = made(coordinator, intake, listed)
    assert files_in(stick) == []
    path = save_disclosure(coordinator, file, stick)
    assert files_in(stick) == [file.file.data]
    assert path.name == file.file.name
    name = path.name.removesuffix(".sealed")
    assert len(name) == 32
    assert set(name) <= set("0123456789abcdef")


def test_what_was_shown_is_what_leaves(coordinator: Desk, intake: RecordId, listed: str) -> None:
    shown = what_would_leave(coordinator, intake, listed)
    amend_intake(coordinator, intake, {"phone": "+13045550199"}, "new number")
    with pytest.raises(NotWhatWasShown):
        make_disclosure(coordinator, shown, intake)
    assert disclosures_of(coordinator, intake, "en") == ()


def test_a_consent_taken_back_makes_none(coordinator: Desk, intake: RecordId, listed: str) -> None:
    shown = what_would_leave(coordinator, intake, listed)
    (held,) = read_consents(coordinator, intake)
    revoke(coordinator, held.consent.id, Revoking("oral"))
    assert what_would_leave(coordinator, intake, listed).said == ()
    with pytest.raises(ConsentRevoked):
        make_disclosure(coordinator, shown, intake)
    assert care_of(coordinator).about(intake, DISCLOSURE) == []


def test_a_consent_that_ended_makes_none(coordinator: Desk, intake: RecordId, listed: str) -> None:
    shown = what_would_leave(coordinator, intake, listed)
    clock = coordinator.clock
    clock.at = clock.at.replace(year=2027)  # type: ignore[attr-defined]
    with pytest.raises(ConsentExpired):
        make_disclosure(coordinator, shown, intake)


def test_a_consent_for_another_provider_or_purpose_is_none(coordinator: Desk, listed: str) -> None:
    other = {**INTAKE, "consent_recipient": {"id": "", "name": "Harbor House"}}
    intake = taken(coordinator, **other).record
    with pytest.raises(NoConsent):
        made(coordinator, intake, listed)
    intake = taken(coordinator, **INTAKE).record
    shown = what_would_leave(coordinator, intake, listed, "coordination")
    with pytest.raises(NoConsent):
        make_disclosure(coordinator, shown, intake, "coordination")


def test_nothing_leaves_about_who_wants_no_contact(
    coordinator: Desk, intake: RecordId, listed: str
) -> None:
    set_flag(coordinator, intake, "do_not_contact", on=True, note="said so")
    with pytest.raises(ContactStopped):
        made(coordinator, intake, listed)


def test_the_receipt_is_noted_with_what_it_answers(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    noted = receipt_came(coordinator, clinic.receipt(file.file.data) + "\n")
    assert (noted.recipient, noted.at) == (NORTH, OPENED)
    (entry,) = disclosures_of(coordinator, intake, "en")
    assert entry.received == OPENED
    paper = paper_bytes(coordinator, print_accounting(coordinator, intake))
    assert "received" in words_on(paper)


def test_a_receipt_is_noted_once(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    receipt_came(coordinator, clinic.receipt(file.file.data))
    for at in (OPENED, "2026-11-25T08:30:00-05:00"):
        with pytest.raises(ReceiptKnown):
            receipt_came(coordinator, clinic.receipt(file.file.data, at))


def test_a_forged_receipt_is_refused(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    good = clinic.receipt(file.file.data)
    head, _, tail = good.split(".")
    stranger = outsider("Nobody", RecipientKind.PROVIDER)
    letter = clinic.open(file.file.data)
    forged = (
        "", "x", "a.b.c", good[:-4] + "AAAA", f"{head}.{head}.{tail}",
        write_receipt(stranger.keys, letter, OPENED),
        write_receipt(clinic.keys, letter, "yesterday"),
    )  # fmt: skip
    for text in forged:
        with pytest.raises(BadReceipt):
            receipt_came(coordinator, text)
    (entry,) = disclosures_of(coordinator, intake, "en")
    assert entry.received == ""


def test_a_receipt_for_something_else_is_refused(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    """It was signed by the right hand, and answers another file."""
    one, two = made(coordinator, intake, listed), made(coordinator, intake, listed)
    letter = clinic.open(one.file.data)
    for wrong in (
        replace(letter, sha256=two.file.sha256),
        replace(letter, accounting=two.accounting),
        replace(letter, accounting=intake),
        replace(letter, accounting=RecordId("0" * 32)),
    ):
        with pytest.raises(ReceiptOfAnother):
            receipt_came(coordinator, write_receipt(clinic.keys, wrong, OPENED))


def test_what_left_is_shown_when_the_consent_is_taken_back(
    coordinator: Desk, intake: RecordId, listed: str
) -> None:
    file = made(coordinator, intake, listed)
    (held,) = read_consents(coordinator, intake)
    revoke(coordinator, held.consent.id, Revoking("letter"))
    (receiver,) = traces(coordinator, held.consent.id).receivers
    assert receiver.name == NORTH
    assert [one.id for one in receiver.got] == [file.accounting]


def test_nobody_else_opens_it(coordinator: Desk, intake: RecordId, listed: str) -> None:
    file = made(coordinator, intake, listed)
    with pytest.raises(NotForYou):
        outsider("Nobody", RecipientKind.PROVIDER).open(file.file.data)


def test_raw_bytes_name_nobody(
    coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    secrets = ("Whitfield", "Jordan", NORTH, coordinator.agency.name, clinic.keys.name, intake,
               clinic.card.seal["x"], "5550142")  # fmt: skip
    for secret in secrets:
        assert secret.encode() not in file.file.data
        assert secret not in file.file.name


def test_a_little_more_inside_is_no_longer_outside(
    coordinator: Desk, intake: RecordId, listed: str
) -> None:
    longer = taken(coordinator, **{**INTAKE, "safe_hours": "after six" * 20}).record
    sizes = {len(made(coordinator, one, listed).file.data) for one in (intake, longer)}
    assert len(sizes) == 1

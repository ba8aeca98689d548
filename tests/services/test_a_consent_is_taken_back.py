"""A consent taken back: nothing more leaves, all that was sent is found, and each is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pypdfium2
import pytest
from profiles import Desks, Profile
from walk_ins import CONSENT, READ, begun, care_of, seen, taken

from intake_app.domain.consent import ConsentKind, Party, State
from intake_app.domain.consent_errors import (
    ConsentExpired,
    ConsentRevoked,
    MouMissing,
    NoConsent,
    NotCovered,
    PersonDeceased,
    RevokedAlready,
)
from intake_app.domain.errors import (
    NotAllowed,
    NotFinished,
    NotYetHappened,
    PaperMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import Mou
from intake_app.domain.referral import SaidBy, Status, Visit
from intake_app.domain.roles import Role
from intake_app.services.consents.consents import (
    ask_consent,
    note_ended,
    read_consents,
    take_consent,
)
from intake_app.services.consents.disclosed import DISCLOSURE, Disclosed
from intake_app.services.consents.disclosures import leaving, note_disclosure
from intake_app.services.desk import Desk
from intake_app.services.drawing.leaving import Why
from intake_app.services.follow_up.follow_ups import follow_ups_of
from intake_app.services.intakes.intakes import amend_intake, finish_intake
from intake_app.services.papers.papers import (
    issue_papers,
    issued_papers,
    make_papers,
    note_printed,
    note_saved,
    paper_bytes,
    void_and_reissue,
)
from intake_app.services.papers.print_queue import NOT_COVERED, sheet_sets
from intake_app.services.people.persons import set_flag
from intake_app.services.records.writing import write
from intake_app.services.referrals.referrals import NewReferral, NewStep, make_referral, note_step
from intake_app.services.sharing.accounting import disclosures_of, print_accounting
from intake_app.services.sharing.revoking import Revoking, note_told, print_notice, revoke, traces

LETTER, FAX = "referral_letter_provider", "fax_cover"
NORTH = "New River Recovery Center"
ALL_OF_IT = {**CONSENT, "consent_information": ["name_contact", "wants"]}
REPORT_BACK: Answers = {
    "consent_name": "Jordan Whitfield",
    "consent_discloser": ["coordinator"],
    "consent_information": ["attended", "completed"],
    "consent_recipient": "County Attorney",
    "consent_purpose": "monitor",
    "consent_revocable": "any_time",
    "consent_expires_how": "case_ends",
    "consent_revoke": READ,
    "consent_refusal": READ,
    "consent_signature": {"how": "typed", "name": "J. W.", "strokes": [], "at": "2026-11-23"},
}


def words_on(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def consent_of(desk: Desk, intake: RecordId) -> RecordId:
    return read_consents(desk, intake)[0].consent.id


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    """A walk-in with a consent, signed on paper."""
    return taken(desk, **ALL_OF_IT).record


# --- what leaves ------------------------------------------------------------------------------


def test_what_leaves_is_what_the_paper_shows(desk: Desk, intake: RecordId) -> None:
    found = leaving(desk, intake, LETTER)
    assert found.is_covered
    assert found.people == ("Jordan Whitfield",)
    assert found.recipient.name == NORTH
    told = {one.field for one in found.told}
    assert {"consent_name", "wants", "may_contact"} <= told
    assert not {"substances", "medications", "insurance", "date_of_birth"} & told
    assert {one.consent for one in found.told} == {consent_of(desk, intake)}
    assert not leaving(desk, intake, "referral_letter_participant").discloses


def test_a_field_outside_of_the_consent_is_a_full_stop(desk: Desk, intake: RecordId) -> None:
    found = leaving(desk, intake, ["wants", "substances", "no_such_question"])
    assert found.why is Why.OUTSIDE
    assert {one.field for one in found.left_out} == {"substances", "no_such_question"}
    with pytest.raises(NotCovered):
        found.require()
    assert leaving(desk, intake, ["wants"], Party("Somebody else")).why is Why.NO_CONSENT


def test_a_copy_printed_or_saved_is_a_disclosure_in_the_same_act(
    desk: Desk, intake: RecordId
) -> None:
    letter, copy = issue_papers(desk, intake, [LETTER])
    assert (letter.consent, letter.recipient) == (consent_of(desk, intake), NORTH)
    note_printed(desk, letter, "Front desk")
    lines = desk.care_file.audit_of([letter.record])
    assert [line.act.what for line in lines] == ["issue paper", "print paper"]
    note_saved(desk, letter)
    note_printed(desk, copy, "Front desk")
    kept = [one.values for one in care_of(desk).about(intake, DISCLOSURE)]
    assert [one["how"] for one in kept] == ["printed", "saved"]
    assert kept[0]["sha256"] == letter.sha256
    assert {"wants", "consent_name"} <= set(kept[0]["fields"])


def test_a_letter_printed_before_finish_names_the_consent_that_finish_keeps(desk: Desk) -> None:
    draft = begun(desk, **ALL_OF_IT)
    letter, _ = make_papers(desk, draft, [LETTER])
    note_printed(desk, letter, "Front desk")
    done = finish_intake(desk, draft)
    found = traces(desk, consent_of(desk, done.record))
    assert [one.name for one in found.receivers] == [NORTH]


def test_without_an_agreement_it_warns_and_is_refused_where_the_department_says_so(
    desk: Desk, intake: RecordId
) -> None:
    assert leaving(desk, intake, LETTER).mou is Mou.NONE
    assert leaving(desk, intake, LETTER).is_covered
    strict = replace(desk, agency=replace(desk.agency, mou_required=True))
    with pytest.raises(MouMissing):
        issue_papers(strict, intake, [LETTER])


# --- taking back ------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["letter", "oral"])
def test_from_that_moment_nothing_leaves(desk: Desk, intake: RecordId, how: str) -> None:
    letter, _ = issue_papers(desk, intake, [LETTER])
    fax, _ = issue_papers(desk, intake, [FAX])
    note_printed(desk, letter, "Front desk")
    found = revoke(desk, consent_of(desk, intake), Revoking(how))
    assert found.held.state is State.REVOKED
    assert [one.paper for one in found.waiting] == [FAX]
    assert [one.name for one in found.owed] == [NORTH]
    with pytest.raises(ConsentRevoked):
        issue_papers(desk, intake, [LETTER])
    for paper in (letter, fax):
        with pytest.raises(ConsentRevoked):
            paper_bytes(desk, paper)
    with pytest.raises(ConsentRevoked):
        void_and_reissue(desk, letter, "wrong day")
    assert leaving(desk, intake, LETTER).why is Why.REVOKED
    assert len(disclosures_of(desk, intake, "en")) == 1


def test_another_draft_at_hand_opens_no_letter(desk: Desk, intake: RecordId) -> None:
    """Papers of a draft are not asked for a consent again; those of another record are."""
    letter, _ = issue_papers(desk, intake, [LETTER])
    revoke(desk, consent_of(desk, intake), Revoking("letter"))
    with pytest.raises(ConsentRevoked):
        paper_bytes(desk, letter, begun(desk))


def test_what_waits_for_the_printer_is_flagged(desk: Desk, intake: RecordId) -> None:
    issue_papers(desk, intake, [LETTER])
    (waiting,) = [one for one in sheet_sets(desk) if one.record == intake]
    assert not waiting.stop
    revoke(desk, consent_of(desk, intake), Revoking("oral"))
    (waiting,) = [one for one in sheet_sets(desk) if one.record == intake]
    assert waiting.stop == NOT_COVERED


def test_what_the_person_carries_is_not_touched(desk: Desk, intake: RecordId) -> None:
    revoke(desk, consent_of(desk, intake), Revoking("letter"))
    (own,) = issue_papers(desk, intake, ["referral_letter_participant"])
    assert paper_bytes(desk, own).startswith(b"%PDF")


def test_aloud_blocks_and_waits_for_the_letter(desk: Desk, intake: RecordId) -> None:
    consent = consent_of(desk, intake)
    assert not revoke(desk, consent, Revoking("oral")).held.is_confirmed
    with pytest.raises(RevokedAlready):
        revoke(desk, consent, Revoking("oral"))
    assert revoke(desk, consent, Revoking("letter")).held.is_confirmed
    with pytest.raises(RevokedAlready):
        revoke(desk, consent, Revoking("email"))


def test_it_is_not_taken_back_tomorrow_or_in_an_unknown_way(desk: Desk, intake: RecordId) -> None:
    consent = consent_of(desk, intake)
    with pytest.raises(NotYetHappened):
        revoke(desk, consent, Revoking("letter", at="2026-11-24T09:00:00+00:00"))
    with pytest.raises(UnknownCode):
        revoke(desk, consent, Revoking("shouted"))
    assert read_consents(desk, intake)[0].stands


def test_only_a_new_consent_allows_anew(desk: Desk, intake: RecordId) -> None:
    revoke(desk, consent_of(desk, intake), Revoking("letter"))
    asking = ask_consent(desk, intake, ConsentKind.HAND_OFF)
    assert asking.answers["consent_name"] == "Jordan Whitfield"
    take_consent(desk, intake, ConsentKind.HAND_OFF, {**asking.answers, **ALL_OF_IT})
    assert [one.state for one in read_consents(desk, intake)] == [State.STANDING, State.REVOKED]
    assert len(issue_papers(desk, intake, [LETTER])) == 2


def test_an_amendment_signs_nothing(desk: Desk, intake: RecordId) -> None:
    """Or a corrected word would allow what was taken back, and another name another recipient."""
    amend_intake(desk, intake, {"consent_recipient": {"id": "", "name": "Other House"}}, "Asked")
    assert [one.state for one in read_consents(desk, intake)] == [State.UNSIGNED, State.STANDING]
    assert leaving(desk, intake, LETTER).why is Why.UNSIGNED
    revoke(desk, read_consents(desk, intake)[1].consent.id, Revoking("letter"))
    back = {"consent_recipient": CONSENT["consent_recipient"]}
    amend_intake(desk, intake, back, "A word was wrong")
    assert not any(one.stands for one in read_consents(desk, intake))
    with pytest.raises(PaperMissing):
        issue_papers(desk, intake, [LETTER])
    signed = {**CONSENT["consent_signature"], "how": "typed", "name": "J. W."}
    amend_intake(desk, intake, {"consent_signature": signed}, "Signed anew")  # control
    assert issue_papers(desk, intake, [LETTER])


def test_who_shares_less_is_told_of_no_more_before_it_is_signed(
    desk: Desk, intake: RecordId
) -> None:
    amend_intake(desk, intake, {"consent_information": ["name_contact"]}, "Less is shared")
    assert [one.state for one in read_consents(desk, intake)] == [State.UNSIGNED, State.REPLACED]
    assert leaving(desk, intake, LETTER).why is Why.UNSIGNED


def test_the_notice_says_the_number_and_no_name(desk: Desk, intake: RecordId) -> None:
    letter, _ = issue_papers(desk, intake, [LETTER])
    note_printed(desk, letter, "Front desk")
    consent = consent_of(desk, intake)
    with pytest.raises(RecordMissing):
        print_notice(desk, consent, NORTH)
    revoke(desk, consent, Revoking("letter"))
    notice = print_notice(desk, consent, NORTH)
    said = words_on(paper_bytes(desk, notice))
    assert letter.number in said
    assert NORTH in said
    assert "Whitfield" not in said
    assert notice in issued_papers(desk, intake)
    note_told(desk, consent, NORTH, "fax")
    found = traces(desk, consent)
    assert (found.owed, found.receivers[0].told) == ((), "fax")
    with pytest.raises(UnknownCode):
        note_told(desk, consent, NORTH, "smoke")


def test_the_old_question_of_the_form_counts_as_taken_back(desk: Desk) -> None:
    done = taken(desk, **ALL_OF_IT)
    old: Any = {"consent_is_taken_back": "yes", "consent_revoked_on": "2026-11-23"}
    file = care_of(desk)
    file.apply([write(file, desk.person.id, "intake", done.record, old)], desk.act("old form"))
    assert read_consents(desk, done.record)[0].state is State.REVOKED
    with pytest.raises(ConsentRevoked):
        issue_papers(desk, done.record, [LETTER])


# --- ends, and who died -----------------------------------------------------------------------


def test_after_its_last_day_nothing_leaves(profile: Profile, desk: Desk, intake: RecordId) -> None:
    letter, _ = issue_papers(desk, intake, [LETTER])
    profile.clock.at += timedelta(days=91)
    with pytest.raises(ConsentExpired):
        paper_bytes(desk, letter)
    with pytest.raises(ConsentExpired):
        issue_papers(desk, intake, [LETTER])


def test_the_first_visit_ends_a_consent_until_the_first_visit(
    profile: Profile, desk: Desk, intake: RecordId
) -> None:
    for on in ("2026-11-24", ""):
        with pytest.raises(NotYetHappened):
            note_ended(desk, consent_of(desk, intake), on)
    note_ended(desk, consent_of(desk, intake), "2026-11-23")
    assert read_consents(desk, intake)[0].stands
    profile.clock.at += timedelta(days=1)
    assert read_consents(desk, intake)[0].state is State.EXPIRED


def test_the_visit_that_a_referral_notes_ends_it(
    profile: Profile, desk: Desk, intake: RecordId
) -> None:
    north = {"id": "", "name": NORTH}
    one = make_referral(desk, intake, NewReferral("detox", north, "fax"))
    for step in (
        NewStep(Status.REQUESTED),
        NewStep(Status.ACCEPTED, SaidBy.PROVIDER),
        NewStep(Status.IN_PROGRESS, SaidBy.PERSON, visit=Visit.CAME),
    ):
        note_step(desk, one, step)
    assert read_consents(desk, intake)[0].stands  # through the day of the visit
    profile.clock.at += timedelta(days=1)
    assert read_consents(desk, intake)[0].state is State.EXPIRED


def test_no_letter_goes_out_about_who_died(desk: Desk, intake: RecordId) -> None:
    set_flag(desk, intake, "deceased", on=True, note="the family called")
    with pytest.raises(PersonDeceased):
        issue_papers(desk, intake, [LETTER])


def test_what_waits_for_a_printer_about_who_died_stays_here(desk: Desk, intake: RecordId) -> None:
    letter, _ = issue_papers(desk, intake, [LETTER])
    assert paper_bytes(desk, letter)  # control
    set_flag(desk, intake, "deceased", on=True, note="Her sister called.")
    with pytest.raises(PersonDeceased):
        paper_bytes(desk, letter)


def test_its_end_is_a_task_until_it_is_taken_back(desk: Desk, intake: RecordId) -> None:
    def watching() -> list[str]:
        tasks = follow_ups_of(desk, intake)
        return [one.due for one in tasks if one.due and "consent" in one.label.said_in("en")]

    assert watching() == ["2027-01-22"]
    revoke(desk, consent_of(desk, intake), Revoking("letter"))
    assert watching() == []


# --- the other consents -----------------------------------------------------------------------


def test_report_back_covers_three_words_for_its_office_and_nothing_else(
    desk: Desk, intake: RecordId
) -> None:
    take_consent(desk, intake, ConsentKind.REPORT_BACK, REPORT_BACK)
    ident = newest(desk, intake)
    word = Disclosed("status", "County Attorney", consent=ident, fields=("word_attended",))
    note_disclosure(desk, intake, word)
    for fields, to in (
        (("word_compliant",), "County Attorney"),
        (("wants",), "County Attorney"),
        (("word_attended",), NORTH),
    ):
        said = Disclosed("status", to, consent=ident, fields=fields)
        with pytest.raises(NotCovered):
            note_disclosure(desk, intake, said)


def newest(desk: Desk, intake: RecordId) -> str:
    return read_consents(desk, intake)[0].consent.id


def test_a_consent_without_its_signature_is_not_kept(desk: Desk, intake: RecordId) -> None:
    bare = {k: v for k, v in REPORT_BACK.items() if k != "consent_signature"}
    with pytest.raises(NotFinished):
        take_consent(desk, intake, ConsentKind.REPORT_BACK, bare)


def test_without_a_consent_only_a_known_exception_is_noted(desk: Desk, intake: RecordId) -> None:
    ambulance = Disclosed("overdose", "County EMS", exception="emergency", how="said")
    note_disclosure(desk, intake, ambulance)
    with pytest.raises(NoConsent):
        note_disclosure(desk, intake, Disclosed("all of it", "a friend"))
    with pytest.raises(UnknownCode):
        note_disclosure(desk, intake, Disclosed("all", "a friend", exception="because"))


def test_the_accounting_names_all_of_it_also_after_it_was_taken_back(
    profile: Profile, desk: Desk, intake: RecordId
) -> None:
    letter, _ = issue_papers(desk, intake, [LETTER])
    note_printed(desk, letter, "Front desk")
    profile.clock.at += timedelta(hours=1)
    note_disclosure(desk, intake, Disclosed("call", "County EMS", exception="emergency"))
    revoke(desk, consent_of(desk, intake), Revoking("letter"))
    first, second = disclosures_of(desk, intake, "en")
    assert (first.recipient, first.purpose) == (NORTH, "To arrange a first visit or a bed")
    assert second.reason == "Medical emergency (42 CFR 2.51)"
    said = words_on(paper_bytes(desk, print_accounting(desk, intake)))
    assert letter.sha256[:12] in said
    assert "County EMS" in said
    nothing = taken(desk).record
    said = words_on(paper_bytes(desk, print_accounting(desk, nothing)))
    assert "Nothing was shared outside of this department." in said


def test_who_keeps_no_consents_reads_none(desks: Desks, intake: RecordId) -> None:
    officer = desks(Role.OFFICER)
    for act in (
        lambda: read_consents(officer, intake),
        lambda: revoke(officer, intake, Revoking("letter")),
        lambda: disclosures_of(officer, intake, "en"),
    ):
        with pytest.raises(NotAllowed):
            cast("Any", act)()


def test_the_consent_goes_into_the_history_of_the_intake(desk: Desk, intake: RecordId) -> None:
    assert seen(desk, intake).answers["consent_given"] == "yes"
    with pytest.raises(PaperMissing):
        issue_papers(desk, taken(desk).record, [LETTER])

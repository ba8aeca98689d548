"""Referrals of a walk-in: several providers, each with its letters; closed by their word alone."""

import pypdfium2 as pdfium
import pytest
from profiles import Desks
from providers_desk import read_provider
from walk_ins import CONSENT, care_of, taken

from intake_app.domain import facts
from intake_app.domain.errors import (
    CardIsNoReferral,
    ConsentMissing,
    ContactStopped,
    MailNotSafe,
    NotAllowed,
    NotFinished,
    NotYetHappened,
    ReasonMissing,
    StepNotAllowed,
    UnknownCode,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.referral import REFERRAL, STEP, SaidBy, Standing, Status, Visit, counted
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.papers.papers import paper_bytes
from intake_app.services.people.persons import FLAG
from intake_app.services.providers.providers import all_providers
from intake_app.services.records.writing import fact
from intake_app.services.referrals.bed_calls import BedCall, bed_calls, log_bed_call
from intake_app.services.referrals.letters import letters_of, reissue_letter, write_letters
from intake_app.services.referrals.overview import referral_overview
from intake_app.services.referrals.referrals import (
    NewReferral,
    NewStep,
    make_referral,
    note_step,
    offered_first,
    read_referral,
    referrals_in,
)
from intake_app.services.referrals.reply_slips import Answer, Slip, key_replies, waiting_for_word

YESTERDAY = "2026-11-22T10:30:00-05:00"
FIRST_VISIT = "2026-11-24T10:30:00-05:00"


def place(desk: Desk, n: int = 0) -> dict[str, str]:
    row = all_providers(desk)[n]
    return {"id": row.record, "name": row.name}


def a_referral(desk: Desk, intake: RecordId, n: int = 0, appointment: str = "") -> RecordId:
    new = NewReferral("detox", place(desk, n), "fax", appointment=appointment)
    return make_referral(desk, intake, new)


def standing(desk: Desk, referral: RecordId) -> Standing:
    return read_referral(care_of(desk), referral).standing


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def stop(desk: Desk, intake: RecordId, flag: str) -> None:
    file = care_of(desk)
    said = {"flag": flag, "on": True, **desk.entered()}
    file.apply([fact(file, desk.person.id, FLAG, RecordId("f1"), said, intake)], desk.act("flag"))


def test_from_asked_to_closed_by_the_providers_word(desk: Desk) -> None:
    intake = taken(desk).record
    one = a_referral(desk, intake)
    note_step(desk, one, NewStep(Status.REQUESTED, contact="Sam at intake"))
    note_step(
        desk,
        one,
        NewStep(Status.ACCEPTED, SaidBy.PROVIDER, appointment=YESTERDAY),
    )
    note_step(desk, one, NewStep(Status.IN_PROGRESS, SaidBy.PERSON, visit=Visit.CAME))
    assert not standing(desk, one).is_closed_loop
    assert [w.referral.id for w in waiting_for_word(desk)] == [one]
    note_step(desk, one, NewStep(Status.IN_PROGRESS, SaidBy.PROVIDER, visit=Visit.CAME))
    assert standing(desk, one).is_closed_loop
    assert waiting_for_word(desk) == []
    (row,) = (r for r in care_of(desk).lines([one]).values())
    assert (row.status, row.due) == ("in-progress", "")
    assert counted(referrals_in(care_of(desk), intake)).closed == 1


def test_what_we_say_alone_completes_it_and_closes_no_loop(desk: Desk) -> None:
    one = a_referral(desk, taken(desk).record)
    note_step(desk, one, NewStep(Status.REQUESTED))
    note_step(desk, one, NewStep(Status.COMPLETED))
    assert standing(desk, one).status is Status.COMPLETED
    assert not standing(desk, one).is_closed_loop


def test_the_first_referral_comes_from_the_answers_and_is_made_once(desk: Desk) -> None:
    chosen = place(desk)
    intake = taken(
        desk, provider=chosen, appointment=FIRST_VISIT, handoff_mode="three_way_call"
    ).record
    view = read_intake(desk, intake)
    offered = offered_first(desk, care_of(desk), intake, view.answers)
    assert offered is not None
    assert (offered.service, offered.mode, offered.provider) == ("detox", "three_way_call", chosen)
    first = make_referral(desk, intake, offered)
    assert standing(desk, first).status is Status.ACCEPTED
    assert standing(desk, first).appointment == FIRST_VISIT
    assert make_referral(desk, intake, offered) == first
    assert len(list(referrals_in(care_of(desk), intake))) == 1
    assert offered_first(desk, care_of(desk), intake, view.answers) is None


def test_a_card_takes_no_steps_and_gets_no_letters(desk: Desk) -> None:
    intake = taken(desk).record
    card = make_referral(desk, intake, NewReferral("detox", place(desk), "card"))
    with pytest.raises(CardIsNoReferral):
        note_step(desk, card, NewStep(Status.REQUESTED))
    with pytest.raises(CardIsNoReferral):
        write_letters(desk, card, ["referral_letter_participant"], "handed")
    assert counted(referrals_in(care_of(desk), intake)).referrals == 0
    assert waiting_for_word(desk) == []


def test_nobody_is_asked_called_or_written_to_about_somebody_who_wants_no_contact(
    desk: Desk,
) -> None:
    intake = taken(desk, **CONSENT).record
    one = a_referral(desk, intake)
    stop(desk, intake, "do_not_contact")
    for act in (
        lambda: a_referral(desk, intake),
        lambda: note_step(desk, one, NewStep(Status.REQUESTED)),
        lambda: write_letters(desk, one, ["referral_letter_participant"], "handed"),
        lambda: log_bed_call(desk, intake, BedCall(place(desk), answer="full")),
    ):
        with pytest.raises(ContactStopped):
            act()
    note_step(desk, one, NewStep(Status.ACCEPTED, SaidBy.PROVIDER))  # what they tell us is kept
    assert standing(desk, one).status is Status.ACCEPTED


def test_each_provider_gets_its_own_letter_under_the_consent_that_names_it(desk: Desk) -> None:
    first, second = place(desk, 0), place(desk, 3)
    intake = taken(desk, **CONSENT | {"consent_recipient": first}).record
    one, two = a_referral(desk, intake, 0), a_referral(desk, intake, 3)
    assert letters_of(desk, read_referral(care_of(desk), one)).has_consent
    with pytest.raises(ConsentMissing):
        write_letters(desk, two, ["referral_letter_provider"], "faxed")
    papers = write_letters(desk, one, ["fax_cover", "referral_letter_provider"], "faxed")
    assert [p.paper for p in papers] == [
        "fax_cover", "referral_letter_provider", "consent_hand_off"
    ]  # fmt: skip
    assert standing(desk, one).status is Status.REQUESTED
    record = care_of(desk).record(one)
    assert record is not None
    assert record.values["consent"] == care_of(desk).about(intake, "consent")[0].id
    carried = write_letters(desk, two, ["referral_letter_participant"], "handed")
    assert first["name"] in words_of(paper_bytes(desk, papers[1]))
    assert second["name"] in words_of(paper_bytes(desk, carried[0]))
    assert first["name"] not in words_of(paper_bytes(desk, carried[0]))
    told = letters_of(desk, read_referral(care_of(desk), two)).issued
    assert [p.record for p in told] == [carried[0].record]


def test_a_consent_signed_later_for_the_second_provider_covers_it_alone(desk: Desk) -> None:
    first, second = place(desk, 0), place(desk, 3)
    intake = taken(desk, **CONSENT | {"consent_recipient": first}).record
    one, two = a_referral(desk, intake, 0), a_referral(desk, intake, 3)
    later = {**CONSENT, "consent_recipient": second, **desk.entered()}
    file = care_of(desk)
    made = fact(file, desk.person.id, "consent", RecordId("c2"), later, about=intake)
    file.apply([made], desk.act("consent"))
    for referral, named in ((one, first), (two, second)):
        letter = write_letters(desk, referral, ["referral_letter_provider"], "mailed")[0]
        assert named["name"] in words_of(paper_bytes(desk, letter))


def test_a_revoked_consent_covers_nothing_from_that_moment(desk: Desk) -> None:
    intake = taken(desk, **CONSENT | {"consent_recipient": place(desk)}).record
    one = a_referral(desk, intake)
    file = care_of(desk)
    (consent,) = file.about(intake, "consent")
    gone = fact(
        file, desk.person.id, "consent.revoked", RecordId("x1"), {"how": "oral"}, about=consent.id
    )
    file.apply([gone], desk.act("revoke"))
    with pytest.raises(ConsentMissing):
        write_letters(desk, one, ["referral_letter_provider"], "mailed")


def test_a_wrong_letter_is_issued_anew_for_its_own_provider(desk: Desk) -> None:
    intake = taken(desk, provider=place(desk, 0)).record
    two = a_referral(desk, intake, 3)
    (letter,) = write_letters(desk, two, ["referral_letter_participant"], "handed")
    anew = reissue_letter(desk, letter, "wrong day")
    said = words_of(paper_bytes(desk, anew))
    assert place(desk, 3)["name"] in said
    assert place(desk, 0)["name"] not in said
    assert anew.referral == two


def test_a_letter_is_mailed_to_the_person_only_where_mail_is_safe(desk: Desk) -> None:
    unsafe = taken(desk).record
    with pytest.raises(MailNotSafe):
        write_letters(desk, a_referral(desk, unsafe), ["referral_letter_participant"], "mailed")
    safe = taken(
        desk, may_contact="yes", contact_ways=["letter"], mail_address="12 Hill Road, Pine Hollow"
    ).record
    one = a_referral(desk, safe)
    assert len(write_letters(desk, one, ["referral_letter_participant"], "mailed")) == 1


def test_why_not_is_asked_with_words_where_the_list_wants_them(desk: Desk) -> None:
    one = a_referral(desk, taken(desk).record)
    note_step(desk, one, NewStep(Status.REQUESTED))
    with pytest.raises(ReasonMissing):
        note_step(desk, one, NewStep(Status.REJECTED, SaidBy.PROVIDER))
    with pytest.raises(UnknownCode):
        note_step(desk, one, NewStep(Status.REJECTED, SaidBy.PROVIDER, reason="made up"))
    with pytest.raises(ReasonMissing):
        note_step(desk, one, NewStep(Status.FAILED, reason="other"))
    with pytest.raises(NotYetHappened):
        note_step(desk, one, NewStep(Status.ACCEPTED, at="2026-11-24T09:00:00-05:00"))
    note_step(desk, one, NewStep(Status.REJECTED, SaidBy.PROVIDER, reason="no_bed"))
    assert standing(desk, one).reason == "no_bed"
    with pytest.raises(StepNotAllowed):
        note_step(desk, one, NewStep(Status.ACCEPTED))
    note_step(desk, one, NewStep(Status.ACCEPTED, SaidBy.PROVIDER))


def test_a_missed_visit_keeps_the_place_until_somebody_gives_it_up(desk: Desk) -> None:
    one = a_referral(desk, taken(desk).record, appointment=YESTERDAY)
    note_step(
        desk, one,
        NewStep(
            Status.ACCEPTED, SaidBy.PROVIDER, reason="no_show", visit=Visit.MISSED,
            appointment=FIRST_VISIT,
        ),
    )  # fmt: skip
    assert (standing(desk, one).missed, standing(desk, one).appointment) == (1, FIRST_VISIT)


def test_several_reply_slips_are_keyed_at_once_and_one_bad_stops_no_other(desk: Desk) -> None:
    intakes = [taken(desk).record for _ in range(3)]
    ones = [a_referral(desk, intake) for intake in intakes]
    for one in ones:
        note_step(desk, one, NewStep(Status.REQUESTED))
    keyed = key_replies(
        desk,
        [
            Slip(ones[0], Answer.CAME, "2026-11-22"),
            Slip(ones[1], Answer.NOT_ACCEPTED),
            Slip(ones[2], Answer.WAIT_LIST, wait_days=12),
        ],
    )
    assert keyed.saved == 2
    assert list(keyed.refused) == [ones[1]]
    assert standing(desk, ones[0]).is_closed_loop
    assert standing(desk, ones[2]).wait_days == 12
    assert {w.referral.id for w in waiting_for_word(desk)} == {ones[1], ones[2]}


def test_the_bed_log_shows_calls_of_the_desk_and_later_ones(desk: Desk) -> None:
    early = {
        "call_provider": place(desk), "called_at": "2026-11-23T09:10:00+00:00",
        "spoke_to": "Ana", "bed": "no", "call_result": "full",
    }  # fmt: skip
    intake = taken(desk, placed="no", bridge_sleep="shelter", placement_calls=[early]).record
    log_bed_call(desk, intake, BedCall(place(desk), spoke_to="Ben", answer="accepted", bed="yes"))
    found = bed_calls(care_of(desk), intake)
    assert [(c.spoke_to, c.bed, c.answer) for c in found] == [
        ("Ana", "no", "full"), ("Ben", "yes", "accepted")
    ]  # fmt: skip
    entry = read_provider(desk, RecordId(place(desk)["id"])).provider
    assert entry.text("capacity") == "Accepted"
    assert entry.text("verified_by") == desk.person.id


def test_nobody_answering_vouches_for_no_entry(desk: Desk) -> None:
    before = read_provider(desk, RecordId(place(desk)["id"])).checked_on
    log_bed_call(desk, taken(desk).record, BedCall(place(desk), answer="no_answer"))
    assert read_provider(desk, RecordId(place(desk)["id"])).checked_on == before


def test_a_call_without_an_answer_is_not_logged(desk: Desk) -> None:
    with pytest.raises(NotFinished):
        log_bed_call(desk, taken(desk).record, BedCall(place(desk)))


def test_officers_do_not_see_referrals(desks: Desks) -> None:
    intake = taken(desks(Role.FRONT_DESK)).record
    with pytest.raises(NotAllowed):
        referral_overview(desks(Role.OFFICER), intake, "en")


def test_steps_are_facts_and_the_referral_shows_their_sum(desk: Desk) -> None:
    one = a_referral(desk, taken(desk).record)
    note_step(desk, one, NewStep(Status.REQUESTED))
    file = care_of(desk)
    assert [r.is_fact for r in file.about(one, STEP)] == [True]
    record = file.record(one)
    assert record is not None
    assert (record.kind, record.values[facts.STATUS]) == (REFERRAL, "requested")

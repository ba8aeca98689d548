"""The offer ledger: each contact ends as accepted, declined or not offered; never with a name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from held_cases import cases_of
from profiles import Desks, Profile

from intake_app.domain.act import Act
from intake_app.domain.change import Change
from intake_app.domain.errors import (
    FactIsFinal,
    NoGrant,
    NotAllowed,
    NotInLedger,
    ReasonMissing,
    RecordMissing,
    ShiftOver,
    UnknownCode,
)
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Role
from intake_app.services.case.offers import (
    DEMOGRAPHICS,
    OFFER,
    Gaps,
    OfferAbout,
    OfferOutcome,
    accepted_offer_change,
    add_demographics,
    gaps,
    note_declined,
    note_not_offered,
    offers,
    open_offers,
    reasons,
    take_back,
)
from intake_app.services.desk import Desk
from intake_app.services.records.writing import fact, hide

WHOLE = {"race_self": ["white"], "gender": "man", "age_band": "25_34"}
THEFT = OfferAbout("", "shoplifting", "23C", "W. Va. Code 61-3A-3", "N-4")


@pytest.fixture
def officer(desks: Desks) -> Desk:
    """D. Reyes, with an empty ledger: the made-up entries of training are out of the list."""
    desk = desks(Role.OFFICER)
    file, user = desk.cases_file, desk.person.id
    made_up = [hide(file, user, record, "training") for record in file.of_kind(OFFER)]
    file.apply(made_up, Act(user, "empty the ledger"))
    return desk


def test_a_contact_that_goes_no_further_is_one_entry_with_a_coded_reason(officer: Desk) -> None:
    kept = note_not_offered(officer, "weapon")
    again = note_declined(officer, "cost")
    first, second = offers(officer, "2026-11-23")
    assert [first, second] == [kept, again]
    assert (first.outcome, first.reason) == (OfferOutcome.NOT_OFFERED, "weapon")
    assert (second.outcome, second.by) == (OfferOutcome.DECLINED, officer.person.id)
    assert first.opened.startswith("2026-11-23T")


def test_text_is_required_where_the_code_asks_for_it_and_only_there(officer: Desk) -> None:
    asks = {reason.id for reason in reasons(officer, OfferOutcome.NOT_OFFERED) if reason.needs_text}
    assert "officer_decision" in asks
    with pytest.raises(ReasonMissing):
        note_not_offered(officer, "officer_decision", "  ")
    with pytest.raises(NotInLedger):
        note_not_offered(officer, "weapon", "Jordan Whitfield had one")
    with pytest.raises(NotInLedger):
        note_not_offered(officer, "officer_decision", "x" * 301)
    kept = note_not_offered(officer, "officer_decision", "left with a relative")
    assert offers(officer, "")[0].text == kept.text == "left with a relative"


def test_a_reason_that_is_not_on_the_list_is_refused(officer: Desk) -> None:
    for reason in ("", "Jordan", "not_interested"):
        with pytest.raises(UnknownCode):
            note_not_offered(officer, reason)
    assert offers(officer, "") == []


NAMES_ABOUT = (
    OfferAbout(program="whitfield"),
    OfferAbout(offense="Jordan Whitfield"),
    OfferAbout(offense_group="Whitfield"),
    OfferAbout(statute="Jordan Whitfield"),
    OfferAbout(zone="Whitfield"),
)
NAMES_IN_DETAILS: tuple[dict[str, object], ...] = (
    {"last_name": "Whitfield"},
    {"first_name": "Jordan", **WHOLE},
    {"born": "1991-04-17"},
    {"outcome": "accepted"},
    {"~by": "somebody"},
    {"gender": "Jordan Whitfield"},
    {"race_self": ["white", "Jordan"]},
    {"race_self": "Whitfield"},
    {"age_band": ["25_34"]},
    {"zone": "Jordan Whitfield"},
    {"zone": 4},
)


def test_no_name_can_enter_with_what_the_contact_was_about(officer: Desk) -> None:
    for about in NAMES_ABOUT:
        assert note_not_offered(officer, "weapon", about=about).about == OfferAbout()
    kept = [dict(record.values) for record in officer.cases_file.of_kind(OFFER)]
    assert len(kept) == len(NAMES_ABOUT)
    assert "whitfield" not in str(kept).casefold()


def test_an_offense_that_left_the_table_since_stops_nobody(officer: Desk) -> None:
    old = replace(THEFT, offense="repealed")
    assert note_declined(officer, "cost", about=old).about == replace(THEFT, offense="")


def test_what_another_station_wrote_may_be_anything(officer: Desk) -> None:
    file, user = officer.cases_file, officer.person.id
    for values in ({}, {"outcome": ["x"]}, {"outcome": "eaten", "~opened": "x", "~by": "y"}):
        broken = fact(file, user, OFFER, new_record_id(), values)
        file.apply([broken], Act(user, "take in"))
        with pytest.raises(RecordMissing):
            take_back(officer, broken.record)
    assert offers(officer, "") == []
    assert gaps(officer) == Gaps(0, 0)


def test_no_name_can_enter_with_the_details(officer: Desk) -> None:
    kept = note_not_offered(officer, "weapon")
    for answers in NAMES_IN_DETAILS:
        with pytest.raises(NotInLedger):
            add_demographics(officer, kept.id, answers)
    assert officer.cases_file.about(kept.id) == []


def test_details_may_follow_until_the_shift_ends(officer: Desk, profile: Profile) -> None:
    kept = note_not_offered(officer, "weapon", about=THEFT)
    assert [offer.id for offer in open_offers(officer)] == [kept.id]
    profile.clock.at += timedelta(hours=11)
    add_demographics(officer, kept.id, {"race_observed": ["black"], "zone": "Z12", "gender": ""})
    (half,) = open_offers(officer)
    assert half.demographics == {"race_observed": ["black"]}
    assert half.about == replace(THEFT, zone="Z12")
    add_demographics(officer, kept.id, {"race_self": ["white", "hispanic"], "gender": "woman",
                                        "age_band": "18_24"})  # fmt: skip
    assert open_offers(officer) == []
    (whole,) = offers(officer, "")
    assert whole.demographics["race_self"] == ["white", "hispanic"]
    assert whole.demographics["race_observed"] == ["black"], "self-report replaces nothing"
    profile.clock.at += timedelta(hours=1)
    with pytest.raises(ShiftOver):
        add_demographics(officer, kept.id, {"gender": "man"})


def test_the_length_of_a_shift_is_a_setting(officer: Desk, profile: Profile) -> None:
    short = replace(officer, agency=replace(officer.agency, shift_hours=8))
    kept = note_declined(short, "cost")
    profile.clock.at += timedelta(hours=9)
    assert open_offers(short) == []
    with pytest.raises(ShiftOver):
        add_demographics(short, kept.id, WHOLE)
    assert [offer.id for offer in open_offers(officer)] == [kept.id]


def test_gaps_are_counted(officer: Desk) -> None:
    assert gaps(officer) == Gaps(0, 0)
    whole = note_not_offered(officer, "weapon")
    add_demographics(officer, whole.id, WHOLE)
    half = note_declined(officer, "cost")
    add_demographics(officer, half.id, {"gender": "declined"})
    note_declined(officer, "lawyer_first")
    accept(officer)
    assert gaps(officer) == Gaps(3, 2)
    assert gaps(officer, "2026-11-23", "2026-11-23") == Gaps(3, 2)
    assert gaps(officer, "2026-11-24") == Gaps(0, 0)


def test_an_accepted_offer_is_about_its_case(officer: Desk) -> None:
    case = accept(officer).about
    (kept,) = offers(officer, "")
    assert (kept.outcome, kept.case, kept.reason) == (OfferOutcome.ACCEPTED, case, "")
    assert open_offers(officer) == []
    assert [record.kind for record in officer.cases_file.about(case)] == [OFFER]


def test_a_slip_of_the_finger_can_be_taken_back_in_the_same_shift(
    officer: Desk, desks: Desks, profile: Profile
) -> None:
    slip, stays = note_not_offered(officer, "gang"), note_not_offered(officer, "weapon")
    take_back(officer, slip.id)
    assert [offer.id for offer in offers(officer, "")] == [stays.id]
    assert len(officer.cases_file.history(slip.id)) == 2, "the log keeps both"
    with pytest.raises(RecordMissing):
        take_back(officer, slip.id)
    with pytest.raises(NotAllowed):
        take_back(desks(Role.SUPERVISOR), stays.id)
    accepted = accept(officer)
    with pytest.raises(FactIsFinal):
        take_back(officer, accepted.record)
    profile.clock.at += timedelta(hours=12)
    with pytest.raises(ShiftOver):
        take_back(officer, stays.id)


def test_only_who_noted_an_entry_adds_to_it_and_all_see_it_in_the_list(
    officer: Desk, desks: Desks
) -> None:
    kept, supervisor = note_not_offered(officer, "weapon"), desks(Role.SUPERVISOR)
    assert open_offers(supervisor) == []
    with pytest.raises(NotAllowed):
        add_demographics(supervisor, kept.id, WHOLE)
    with pytest.raises(RecordMissing):
        add_demographics(officer, new_record_id(), WHOLE)
    for role in (Role.SUPERVISOR, Role.COORDINATOR):
        assert [offer.id for offer in offers(desks(role), "")] == [kept.id]


def test_who_may_not_note_an_offer_is_turned_away(desks: Desks) -> None:
    for role in (Role.COORDINATOR, Role.FRONT_DESK, Role.RECEPTION, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            note_not_offered(desks(role), "weapon")
    with pytest.raises(NoGrant):
        note_not_offered(replace(desks(Role.OFFICER), cases=None), "weapon")


def test_the_audit_line_says_nothing_of_the_contact(officer: Desk) -> None:
    kept = note_not_offered(officer, "officer_decision", "left with a relative", THEFT)
    add_demographics(officer, kept.id, WHOLE)
    file = cases_of(officer)
    lines = file.database.conn.execute("SELECT act, record FROM audit WHERE record=?", (kept.id,))
    assert lines.fetchall() == [("note offer", kept.id), ("add offer details", kept.id)]
    assert [r.kind for r in file.about(kept.id)] == [DEMOGRAPHICS]


def accept(desk: Desk) -> Change:
    change = accepted_offer_change(desk, new_record_id(), THEFT)
    desk.cases_file.apply([change], Act(desk.person.id, "finish intake"))
    return change

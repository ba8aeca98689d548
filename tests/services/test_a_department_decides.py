"""What a department decides is a record with a history; its recovery cards are paper."""

from dataclasses import replace

import pytest
from profiles import Desks, Profile
from walk_ins import audit, station_of

from intake_app.domain.errors import NotAllowed
from intake_app.domain.roles import Role
from intake_app.pdf.press import Press
from intake_app.services.cards.sheets import CardWords, card_sheet
from intake_app.services.decisions.department import change_agency
from intake_app.services.signing.setting_up import (
    THE_AGENCY,
    add_entries,
    read_agency,
    registry_entries,
)
from intake_app.words import Words


def test_a_decision_is_changed_one_by_one_and_holds_at_the_next_sign_in(
    profile: Profile, desks: Desks
) -> None:
    admin = desks(Role.ADMINISTRATOR)
    new = replace(admin.agency, warrant_policy="asked", closed_days=("2026-12-24",))
    change_agency(admin, new)
    assert read_agency(admin.station) == new
    last = station_of(admin).history(THE_AGENCY)[-1]
    assert set(last.fields) == {"warrant_policy", "closed_days"}
    assert len(audit(station_of(admin), "change settings")) == 1
    assert profile.unlock(profile.gate(), Role.FRONT_DESK).agency == new
    with pytest.raises(NotAllowed):
        change_agency(desks(Role.FRONT_DESK), admin.agency)


def test_entries_of_the_registry_are_added_as_facts(desks: Desks) -> None:
    admin = desks(Role.ADMINISTRATOR)
    before = registry_entries(admin.station)
    add_entries(admin.station, admin.person.id, ["one more"], "add user")
    assert registry_entries(admin.station) == [*before, "one more"]


@pytest.mark.parametrize(("needed", "said"), [(1, "This card alone"), (2, "Two cards together")])
def test_a_recovery_card_says_how_many_it_takes_and_holds_all_its_words(
    needed: int, said: str
) -> None:
    words = tuple(f"word{n}" for n in range(24))
    sheet = card_sheet(CardWords(1, needed, words, ("oak", "tin")), "Pine Hollow", Words("en"))
    told = repr(sheet)
    assert said in told
    assert all(f"{place}. {word}" in told for place, word in enumerate(words, 1))
    assert Press().print(sheet).startswith(b"%PDF")

"""Everybody holds the key of `station`: what one of them leaves there must not end a sign-in."""

import pytest
from profiles import Profile

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change, Value
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Role
from intake_app.services.exchanging.carried_keys import INSIDE, TEXT, TRAVEL

ODD: list[Value] = [None, 7, True, [], {}, [None], {"x": None}, "x"]
KINDS = (
    INSIDE, TRAVEL, "registry", "agency", "holdings", "roster.entry", "hold", "hold.lifted",
    "purge.order", "purge.approval", "purge.done", "station.name",
)  # fmt: skip


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_records_that_make_no_sense_are_passed_over(profile: Profile, role: Role) -> None:
    gate = profile.gate()
    desk = profile.unlock(gate, Role.FRONT_DESK)
    fields = [{}, *({name: odd for name in (TEXT, "entry", "name", "at")} for odd in ODD)]
    noise = [
        Change(desk.station.stamp(), desk.person.id, act, kind, new_record_id(), dict(said))
        for kind in KINDS for act in (Action.FACT, Action.WRITE) for said in fields
    ]  # fmt: skip
    desk.station.apply(noise, Act(desk.person.id, "leave noise"))
    gate.lock()
    try:
        assert profile.unlock(profile.gate(), role).person.roles == {role}
    finally:
        gate.lock()

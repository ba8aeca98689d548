"""Two people ended a record, and it waits: nobody without its file can hasten that."""

import json

import pytest
from ending_world import later, ordered, planted
from profiles import Desks, Profile

from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.purging.acts import APPROVAL, DONE, ORDER, SIGNED, signed_fact
from intake_app.services.purging.carried_endings import CarriedEndings


def text_of(desk: Desk, kind: str) -> str:
    [found] = desk.station.of_kind(kind)
    return str(found.values[SIGNED])


@pytest.mark.parametrize(
    ("role", "is_believed"), [(Role.RECEPTION, False), (Role.FRONT_DESK, True)]
)
def test_a_word_that_it_is_done_counts_from_holders_of_its_file_alone(
    desks: Desks, profile: Profile, role: Role, *, is_believed: bool
) -> None:
    """Everybody can read the order, its approval and the ledger, and write what they like there.

    A holder of the file could end the record without any order: that is the negative control.
    """
    record = planted(desks(Role.COORDINATOR))
    order = ordered(desks, record)
    later(profile, hours=1)
    clerk = desks(role)
    assert clerk.ending is not None
    line = {"order": text_of(clerk, ORDER), "approval": text_of(clerk, APPROVAL), "at": "x"}
    CarriedEndings(clerk.ending).take_ledger(json.dumps(line).encode())
    said = {"files": ["care"], "unreached": [], "ledger": ""}
    clerk.station.apply([signed_fact(clerk, DONE, said, about=order)], clerk.act("lie"))
    gate = profile.gate()
    try:
        desk = profile.unlock(gate, Role.COORDINATOR)
        kept = desk.care_file.record(record)
        assert kept is not None
        assert kept.is_purged == is_believed
    finally:
        gate.lock()

"""Who took a stick where is written down, in the file that needs no key of records."""

import pytest
from profiles import Desks

from intake_app.domain.errors import NotAllowed
from intake_app.domain.exchange import QUIET
from intake_app.domain.ids import RecordId, StationId
from intake_app.domain.roles import Role
from intake_app.domain.roster import OnCallRole, RosterEntry
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carrying import (
    CARRY,
    Carriage,
    Way,
    carrier_log,
    note_carried,
    print_carrier_log,
    said_of,
    stick_name,
)
from intake_app.services.providers.roster import keep_roster_entry
from intake_app.words import Words

HUB = "3f2a91" + "0" * 26
BACK = StationId("back")
OUT = Carriage(Way.OUT, HUB, (BACK,), 12, 3, 48_000)


def add_to_roster(desk: Desk) -> None:
    entry = RosterEntry(RecordId(""), OnCallRole.GUIDE, "Pat R.", "304 555 0188", is_always=True)
    keep_roster_entry(desk, entry)


def test_an_administrator_keeps_it_and_reads_it_without_the_key_of_records(desks: Desks) -> None:
    admin = desks(Role.ADMINISTRATOR)
    assert admin.care is None
    assert admin.cases is None
    note_carried(admin, OUT)
    note_carried(admin, Carriage(Way.IN, HUB, (BACK,), 2, 1))
    back, out = carrier_log(admin)
    assert (out.carried, out.by) == (OUT, admin.person.id)
    assert back.carried.way is Way.IN
    assert print_carrier_log(admin).startswith(b"%PDF")


def test_it_says_from_where_and_to_where(desks: Desks) -> None:
    admin, en = desks(Role.ADMINISTRATOR), Words("en")
    note_carried(admin, OUT)
    note_carried(admin, Carriage(Way.IN, HUB, (BACK,), 2, 1))
    back, out = carrier_log(admin)
    names = {BACK: "Back Office", out.station: "Front Desk"}
    assert said_of(out, names, en) == ("Front Desk", "Back Office")
    assert said_of(back, names, en) == ("Back Office", "Front Desk")
    assert stick_name(HUB, en) == "Stick 3F2A91"


def test_who_carries_nothing_neither_writes_nor_reads_it(desks: Desks) -> None:
    front = desks(Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        note_carried(front, OUT)
    with pytest.raises(NotAllowed):
        carrier_log(front)


def test_a_line_causes_no_bundle_of_its_own(desks: Desks) -> None:
    """Or carrying would cause carrying: it goes along with the next change of anybody."""
    admin = desks(Role.ADMINISTRATOR)
    assert admin.exchange is not None
    assert CARRY in QUIET
    before = admin.exchange.state().waits
    note_carried(admin, OUT)
    assert admin.exchange.state().waits == before
    add_to_roster(admin)
    assert admin.exchange.state().waits == before + 1, "negative control"

"""When a page was turned, the old key is in no page of a file, nor in the log beside it."""

import re

from profiles import Profile

from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carried_keys import begin_generation, forget_generation

CARE = Compartment.CARE
FIRST_KEY = re.compile(rb'"generations":\{"1":"([A-Za-z0-9_-]{43})"')


def pages(desk: Desk) -> bytes:
    """All of a file, as a thief with its key would read it while somebody is signed in."""
    assert desk.ending is not None
    return b"".join(desk.ending.pages.pieces(CARE))


def test_a_destroyed_key_is_in_no_page(profile: Profile) -> None:
    gate = profile.gate()
    try:
        desk = profile.unlock(gate, Role.COORDINATOR)
        parts = desk.stations
        assert parts is not None
        [old] = set(FIRST_KEY.findall(pages(desk)))
        begin_generation(desk.station, desk.person.id, parts, CARE)
        forget_generation(desk.station, desk.person.id, parts, CARE, 1)
        assert old not in pages(desk)
        assert (profile.folder / "care.db-wal").stat().st_size == 0
    finally:
        gate.lock()

"""A second station that wrote of the same two things, without having heard of it: differences."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final, cast

from intake_app.domain.change import Action, Change, Value
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.record import replaced_by
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.providers.edits import edit_provider
from intake_app.services.providers.providers import ProviderQuery, search_providers
from intake_app.services.records.veil import unveiled
from intake_app.storage.compartment import Compartment

_LATER: Final = timedelta(minutes=1)
_PROVIDER: Final = "Laurel Notch"
_CHANGES: Final = "SELECT body FROM change WHERE body IS NOT NULL ORDER BY n"


def differ(desk: Desk, intake: RecordId, clock: FixedClock) -> None:
    """Leave two differences: a name, and how long people wait at a provider.

    Args:
        desk: Of somebody who may amend both.
        intake: Whose name was heard in two ways.
        clock: The one of this station.
    """
    place = search_providers(desk, ProviderQuery(text=_PROVIDER))[0].record
    care = cast("Compartment", unveiled(desk.care_file))
    with _annex(desk, care, clock) as there:
        _write(desk, there, intake, {"last_name": "Tamarind"}, "mhale")
        amend_intake(desk, intake, {"last_name": "Tamaryn"}, "misheard")
        _hear(desk, there, care)
    station = cast("Compartment", desk.station)
    with _annex(desk, station, clock) as there:
        _write(desk, there, place, {"wait_time": "Two weeks"}, "apruitt")
        edit_provider(desk, place, {"wait_time": "About three days"})
        _hear(desk, there, station)


@contextmanager
def _annex(desk: Desk, file: Compartment, clock: FixedClock) -> Generator[Compartment]:
    """The file of the other station, which holds all that this one wrote so far."""
    later = FixedClock(clock.at + _LATER)
    with tempfile.TemporaryDirectory(prefix="annex-") as folder:
        path, key = Path(folder) / "annex.db", os.urandom(32)
        made = Compartment.create(path, key, later, StationId("annex"), Epoch("abcdef"))
        try:
            _hear(desk, file, made)
            yield made
        finally:
            made.close()


def _hear(desk: Desk, said: Compartment, by: Compartment) -> None:
    """What one file holds comes into the other."""
    rows = said.database.conn.execute(_CHANGES)
    by.apply([Change.from_line(bytes(body)) for (body,) in rows], desk.act("hear of it"))


def _write(
    desk: Desk, there: Compartment, ident: RecordId, new: dict[str, Value], who: str
) -> None:
    """A colleague writes at the other station."""
    by = next(one.id for one in desk.colleagues if one.user_name == who)
    record = there.record(ident)
    if record is None:
        raise RecordMissing(ident)
    over, stamp = replaced_by(record, new), there.stamp()
    change = Change(stamp, by, Action.WRITE, record.kind, ident, new, over, record.about)
    there.apply([change], desk.act("save"))

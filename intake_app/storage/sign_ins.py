"""On which days who signed in here, from the audit trail of `station`."""

from datetime import UTC, datetime

from intake_app.domain.change import clock_of
from intake_app.domain.ids import ChangeId, UserId
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import translated


class SignIns:
    """Fits `services.needs.users.SignIns`.

    Args:
        station: The open file.
        others: Further open files, whose newest lines tell the time too.
    """

    def __init__(self, station: Compartment, others: tuple[Compartment, ...] = ()) -> None:
        self._station, self._all = station, (station, *others)

    def days(self, since: str) -> list[tuple[UserId, str]]:
        """Who signed in on which day (YYYY-MM-DD), from a day on; each pair once."""
        sql = (
            "SELECT DISTINCT user, substr(at, 1, 10) FROM audit"
            " WHERE act GLOB 'sign in as *' AND outcome='done' AND substr(at, 1, 10) >= ?"
        )
        with translated():
            rows = self._station.database.conn.execute(sql, (since,)).fetchall()
        return [(UserId(user), str(day)) for user, day in rows]

    def newest(self) -> list[str]:
        """The latest day of which the audit trail of each open file knows, and any station."""
        found = [self._newest_change()]
        for file in self._all:
            with translated():
                rows = file.database.conn.execute("SELECT max(substr(at, 1, 10)) FROM audit")
                found += [str(day) for (day,) in rows if day]
        return [day for day in found if day]

    def _newest_change(self) -> str:
        """By the clock of whichever station wrote it."""
        with translated():
            rows = self._station.database.conn.execute("SELECT max(id) FROM change").fetchall()
        newest = next((str(ident) for (ident,) in rows if ident), "")
        seconds = (clock_of(ChangeId(newest)) >> 16) / 1000 if newest else 0
        try:
            return datetime.fromtimestamp(seconds, UTC).date().isoformat() if newest else ""
        except (OverflowError, OSError, ValueError):
            return ""  # no clock shows such a time

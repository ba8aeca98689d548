"""Writes down that somebody searched: once for what is typed letter by letter, not for each letter.

What was searched for is not written: it is somebody's name.
"""

from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.act import AuditLine
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records

_ONE_SEARCH: Final = timedelta(minutes=1)


def note_search(desk: Desk, file: Records, compartment: Compartment, what: str) -> None:
    """Note a search, unless the newest line of the file tells of this very search."""
    last = _last_line(desk, compartment)
    if last is not None and (last.act.user, last.act.what) == (desk.person.id, what):
        at, now = datetime.fromisoformat(last.at), desk.clock.now()
        if at <= now < at + _ONE_SEARCH:
            return
    file.note(desk.act(what))


def _last_line(desk: Desk, compartment: Compartment) -> AuditLine | None:
    trail = desk.audit.trails.get(compartment) if desk.audit else None
    found = trail.after(trail.head().n - 1, 1) if trail else []
    return found[0] if found else None

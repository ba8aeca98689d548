"""Exports the audit trail as one signed file.

A privacy officer exports the lines of the whole department, an administrator those of this
computer's own file: who signed in, what was set, what went out. Neither holds what is in a record.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from intake_app.disk.atomic import write_whole
from intake_app.domain.audit_trail import Place, TrailLine, placed
from intake_app.domain.errors import NotAllowed
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.audit.batches import batches, open_batches, seal_now
from intake_app.services.audit.export_file import Run, write_export
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk


def export_trail(desk: Desk, first: date | None = None, last: date | None = None) -> bytes:
    """The trail as one signed file; that it was exported is written down before it is.

    Args:
        desk: Whose.
        first: From this day on; None: from the beginning.
        last: Up to this day; None: up to now.

    Raises:
        NotAllowed: This person may not export the trail.
    """
    desk.require(May.EXPORT_AUDIT)
    desk.station.note(desk.act("export audit trail"))
    days = (first.isoformat() if first else "", last.isoformat() if last else "9999")
    return write_export(desk, list(_runs(_lines(desk), days)), "export")


def save_trail(
    desk: Desk, path: Path, first: date | None = None, last: date | None = None
) -> tuple[str, ...]:
    """Save the trail outside the program, as `export_trail` makes it.

    Returns:
        Eight public words by which whoever checks it knows the department.

    Raises:
        NotAllowed: This person may not export the trail.
        DiskFull: There is no room where it was to go.
        StorageFailed: It cannot be written there.
    """
    data = export_trail(desk, first, last)
    desk.station.note(desk.act("save audit trail outside"))  # first: nothing leaves unseen
    write_whole(path, data)
    return parts_of(desk).proof.words


# --- inside ---------------------------------------------------------------------------------


def _lines(desk: Desk) -> list[TrailLine]:
    parts = parts_of(desk)
    if parts.oversight.opens and may(desk.person.roles, May.REVIEW_AUDIT):
        seal_now(desk)
        return open_batches(desk, batches(desk)).lines
    trail = parts.trails.get(Compartment.STATION)
    if trail is None:
        raise NotAllowed(May.EXPORT_AUDIT)
    where = (trail.station, trail.epoch, Compartment.STATION)
    begin = trail.anchor()
    return placed(where, begin, trail.after(begin.n))


def _runs(lines: Sequence[TrailLine], days: tuple[str, str]) -> Iterator[Run]:
    """The lines of some days, by chains, in runs that nothing interrupts."""
    chains = defaultdict[tuple[str, Compartment], list[TrailLine]](list)
    for line in lines:
        chains[line.station, line.file].append(line)
    for (_, file), chain in sorted(chains.items()):
        for run in _branches(chain):
            wanted = [n for n, x in enumerate(run) if days[0] <= x.line.at[:10] <= days[1]]
            if wanted:
                some = run[wanted[0] : wanted[-1] + 1]
                yield Run(some[-1].station, some[-1].epoch, file, some[0].begin, some)


def _branches(chain: Sequence[TrailLine]) -> list[list[TrailLine]]:
    """Runs in which each line is bound to the one before; after a backup there are two."""
    found: list[list[TrailLine]] = []
    ends: dict[Place, list[TrailLine]] = {}
    for line in sorted(chain, key=lambda one: one.line.n):
        run = ends.pop(line.begin, None)
        if run is None:
            run = list[TrailLine]()
            found.append(run)
        run.append(line)
        ends[Place(line.line.n, line.line.chain)] = run
    return found

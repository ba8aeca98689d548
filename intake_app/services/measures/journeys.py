"""Journeys are brought in step with the records, in spare time and before figures are asked for.

Whatever an intake is made of leaves a trace in the log of its file when it is written. From there
the journeys of that intake, of all intakes of its person and of its event are made anew. So it does
not matter whether a change was made here, came from another station, was undone, merged two people
or took a record away. When cuts, codes or holidays changed, or the program, all are made anew.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.folds.folding import journeys_of
from intake_app.services.folds.parts import Folding
from intake_app.services.needs.measures import JourneyFile
from intake_app.services.records.form_versions import FORM_TEXT
from intake_app.services.records.tries import RESULTS

FOLDS: Final = 5
"""Goes up when a fold changes: what older ones made is made anew."""

AT_ONCE: Final = 500
"""Changes that are looked through in one transaction: the worker is free again soon after."""

BEFORE_FIGURES: Final = 1500
"""Changes that somebody who asks for figures waits for; more are told of, and done meanwhile."""

_FILES: Final = (Compartment.CARE, Compartment.CASES)
"""A sealed case counts by what it left in `cases`, not by what only the privacy officer opens."""


def settle_journeys(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Bring journeys in step while nobody waits; whether all is done.

    Raises:
        DiskFull: Nothing of the last batch was kept; it goes on the next time.
    """
    for file in _files(desk):
        folding = _begun(desk, file)
        while _batch(folding, file):
            if is_wanted():
                return False
        _done(folding, file)
    return True


def bring_up(desk: Desk, most: int = BEFORE_FIGURES) -> int:
    """Bring journeys in step before figures are asked for; no role asked, nothing is shown.

    Args:
        desk: Whose files.
        most: How many changes are looked through at once, in each file.

    Returns:
        How many changes to records still wait; figures say so.

    Raises:
        DiskFull: Nothing of the last batch was kept.
    """
    waiting = 0
    for file in _files(desk):
        folding = _begun(desk, file)
        for _ in range(0, most, AT_ONCE):
            if not _batch(folding, file):
                _done(folding, file)
                break
        waiting += file.left()
    return waiting


# --- inside -----------------------------------------------------------------------------


def _files(desk: Desk) -> Iterator[JourneyFile]:
    if desk.measures is None:
        return
    for name in _FILES:
        if name in desk.measures.files:
            yield desk.measures.files[name]


def _begun(desk: Desk, file: JourneyFile) -> Folding:
    """A round; what was made with other rules is thrown away first."""
    folding = Folding.of(desk)
    digest = _digest(folding)
    made_with, until = file.made_with()
    if made_with != digest or file.lacks() not in {"", _forms(desk)}:
        file.forget(digest)
    elif until and until < folding.today:  # a visit whose day has passed was to be kept
        _make_anew(folding, file, file.visits_since(until, folding.today))
    return folding


def _forms(desk: Desk) -> str:
    """How many versions of forms are known here: one more may have come from another station."""
    return str(desk.station.counts([FORM_TEXT]).get(FORM_TEXT, 0))


def _done(folding: Folding, file: JourneyFile) -> None:
    if folding.lacks and file.lacks() != (forms := _forms(folding.desk)):
        file.lack(forms)
    if file.made_with()[1] != folding.today:
        file.until(folding.today)


def _batch(folding: Folding, file: JourneyFile) -> bool:
    """Make the journeys of a batch of changes anew; False: nothing was left."""
    changed, through = file.changed(AT_ONCE)
    if changed:
        _make_anew(folding, file, changed, through)
    return bool(changed)


def _make_anew(
    folding: Folding, file: JourneyFile, records: Collection[RecordId], through: int | None = None
) -> None:
    kins, wanted = file.kin(records)
    file.keep(journeys_of(folding, kins), {*wanted, *records}, through)


def _digest(folding: Folding) -> str:
    """Of all that decides about journeys besides the records and the forms they were taken with."""
    agency, told = folding.desk.agency, [str(FOLDS)]
    told += [repr((cut.id, cut.fields, cut.codes)) for cut in folding.cuts if cut.fields]
    tables = {name for cut in folding.cuts if cut.fields for name in cut.codes}
    for name in sorted(tables | {RESULTS}):
        told += [
            repr((name, one.id, one.measure, sorted(one.more.items())))
            for one in folding.codes(name)
        ]
    told.append(repr((agency.region, agency.closed_days, agency.open_days)))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

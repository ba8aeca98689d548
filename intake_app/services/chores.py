"""What is done by itself when nobody works, one after the other."""

from collections.abc import Callable
from typing import Final

from intake_app.services.aid.aid import settle_aid_rest
from intake_app.services.audit.batches import seal_batches
from intake_app.services.audit.checking import look_over_trails
from intake_app.services.audit.keeping import archive_old_lines
from intake_app.services.backup.keeping import settle_backups
from intake_app.services.desk import Desk
from intake_app.services.measures.complaints import settle_complaints
from intake_app.services.measures.journeys import settle_journeys
from intake_app.services.purging.proof import look_over
from intake_app.services.refolding import refold_rest
from intake_app.services.trust.files import look_over_files

Chore = Callable[[Desk, Callable[[], bool]], bool]
"""Does some of its work for a signed-in person's desk, on the worker. It asks again and again
whether somebody waits for the worker, and then stops. True: there is nothing left to do."""

CHORES: Final[tuple[Chore, ...]] = (
    look_over, refold_rest, settle_aid_rest, settle_backups, look_over_files, look_over_trails,
    seal_batches, archive_old_lines, settle_journeys, settle_complaints,
)  # fmt: skip


def do_chores(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Go on with what is due; whether all is done."""
    return all(chore(desk, is_wanted) for chore in CHORES)

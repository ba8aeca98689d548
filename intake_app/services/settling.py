"""What waited for a sign-in: crossings between files that a power cut held back, and the drop box.

Each of them may be done at any time and any number of times. What cannot be written now (a full
disk) waits for the next sign-in, and must not keep anybody from working.
"""

from contextlib import suppress

from intake_app.domain.errors import DiskFull, IntakeError, StorageFailed
from intake_app.domain.roles import May, may
from intake_app.services.aid.aid import settle_aid
from intake_app.services.cards.settling import settle_cards
from intake_app.services.case.treatment import settle_treatment
from intake_app.services.decisions.printers import settle_printers
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carried_keys import settle_keys
from intake_app.services.exchanging.stations import clear_answered
from intake_app.services.follow_up.follow_ups import settle_follow_ups
from intake_app.services.intakes.handed_in import settle_handed_in
from intake_app.services.purging.settling import settle_purges, sweep
from intake_app.services.records.drafts import settle_drafts
from intake_app.services.records.drop_box import take_in
from intake_app.services.refolding import refold
from intake_app.services.requests.holdings import count_holdings
from intake_app.services.sealing.sealing import settle_sealing
from intake_app.services.sealing.tokens import settle_tokens
from intake_app.services.updates.arriving import settle_version


def settle(desk: Desk) -> None:
    """Finish what was begun.

    Raises:
        DiskFull: An older copy of a file lies here, and what was purged could not be taken out of
            it: nobody may look at it.
    """
    if desk.ending is not None:
        sweep(desk)
    if desk.stations is not None:
        with suppress(DiskFull, StorageFailed):  # what others lack waits for the next sign-in
            settle_keys(desk.station, desk.person.id, desk.stations)
            clear_answered(desk)
    if desk.cards is not None:
        with suppress(DiskFull, StorageFailed):
            settle_cards(desk)
    with suppress(DiskFull, StorageFailed):
        settle_version(desk)
    settle_drafts(desk)
    with suppress(DiskFull, StorageFailed):  # it still waits; home says so
        settle_treatment(desk)
        if may(desk.person.roles, May.TAKE_IN):
            take_in(desk)
        settle_follow_ups(desk)
    settle_handed_in(desk)
    with suppress(IntakeError):  # the case stays as it is, shut; the next sign-in tries again
        settle_sealing(desk)
    with suppress(DiskFull, StorageFailed):
        refold(desk)
    with suppress(DiskFull, StorageFailed):
        settle_aid(desk)
    with suppress(DiskFull, StorageFailed):
        settle_tokens(desk)
        settle_printers(desk)
    with suppress(IntakeError):  # what waits to be destroyed waits on
        settle_purges(desk)
        count_holdings(desk)

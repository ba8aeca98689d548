"""Keying in an intake that was taken on paper while the computer did not work.

Both times are kept: when it was written counts as the time of contact, and what is owed counts
from there; when it was keyed in stands beside it.
"""

from intake_app.domain.clock import stamp, zone_of
from intake_app.domain.draft import ENTERED, Draft
from intake_app.domain.errors import NotAllowed, NotYetHappened
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.on_paper import moment


def key_in_intake(desk: Desk, form_id: str, written: str) -> Draft:
    """Begin an intake that stands on paper already.

    Args:
        desk: Whose.
        form_id: The form that was filled in; of a way into care. A held charge has its pad.
        written: When it was filled in: moment, with or without offset.

    Raises:
        NotAllowed: Not in this person's roles, or it is no way into care.
        NotYetHappened: That moment is still to come.
    """
    desk.require(CARE_ROOM.take)
    at = moment(desk, written)
    if at > desk.clock.now():
        raise NotYetHappened
    draft = begin_draft(desk, form_id)
    if room_of(draft.pathway) is not CARE_ROOM:
        raise NotAllowed("on paper")
    draft.started = at.astimezone(zone_of(desk.clock)).isoformat(timespec="seconds")
    draft.marks = {**draft.marks, ENTERED: stamp(desk.clock)}
    save_draft(desk, draft)
    return draft

"""Papers that belong to nobody: a sheet to point at and tick, with no number and no name."""

from typing import Final

from intake_app.domain.errors import PaperMissing
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.records.frames import frame_for

POINT_AND_TICK: Final = "point_and_tick"
"""The sheet for questions that one does not ask aloud in a lobby."""


def print_blank(desk: Desk, form_id: str, paper_id: str, language: str) -> bytes:
    """Draw an empty paper of a form; logged, without a record, because it is about nobody.

    Args:
        desk: Where.
        form_id: Form that the paper belongs to.
        paper_id: The paper.
        language: Language of the paper (ISO 639).

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: The form has no such paper.
    """
    desk.require(May.ISSUE_PAPER)
    guide = desk.library.guide(form_id)
    found = [one for one in desk.library.papers(guide, {}) if one.id == paper_id]
    if not found:
        raise PaperMissing(paper_id)
    frame = frame_for(desk, found[0], language, "", "")
    data = desk.press.print(desk.library.compose(paper_id, guide, {}, frame))
    desk.station.note(desk.act(f"print blank {paper_id}"))
    return data

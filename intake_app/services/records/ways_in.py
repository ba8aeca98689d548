"""The ways in that are open here: what the department turned on, and this person's role takes.

What is off cannot be begun. What was begun or finished before stays readable, and can be finished.
"""

from contextlib import suppress
from dataclasses import dataclass

from intake_app.domain.errors import FormMissing
from intake_app.domain.pathway import CARE_ROOM, Pathway, room_of
from intake_app.domain.roles import may
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Library
from intake_app.settings.agency import Agency


@dataclass(frozen=True, slots=True)
class WayIn:
    """A pathway of care that can be taken here.

    Attributes:
        pathway: Which.
        form: The form to begin: the department's program for it, or the plain form.
        title: Name of the form.
    """

    pathway: Pathway
    form: str
    title: Text


def may_take(desk: Desk, pathway: str) -> bool:
    """Whether a pathway is on, and this person's role takes it."""
    return pathway in desk.pathways and may(desk.person.roles, room_of(pathway).take)


def ways_in(desk: Desk) -> tuple[WayIn, ...]:
    """The ways into care that this person can take, in the order of the field.

    A way whose form is gone is left out; it keeps no other from being taken.
    """
    found: list[WayIn] = []
    for pathway in desk.pathways:
        if room_of(pathway) is CARE_ROOM and may_take(desk, pathway):
            form = form_of(desk, pathway)
            with suppress(FormMissing):
                found.append(WayIn(pathway, form, desk.library.guide(form).form.title))
    return tuple(found)


def form_of(desk: Desk, pathway: str) -> str:
    """The form of a pathway: the department's program, where it names one that is there."""
    return program_of(desk.agency, desk.library, pathway) or pathway


def program_of(agency: Agency, library: Library, pathway: str) -> str:
    """The program that a department lays over a pathway of care, or empty.

    `Agency.program` is that of walk-ins; those of the other pathways stand in `Agency.programs`.
    """
    known = {ident for ident, _ in library.programs(pathway)}
    return next((one for one in (agency.program, *agency.programs) if one in known), "")

"""The programs that a department may offer instead of a charge."""

from collections.abc import Iterator

from intake_app.domain.errors import FormMissing
from intake_app.domain.pathway import Pathway
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide


def case_programs(desk: Desk) -> tuple[tuple[str, Text], ...]:
    """Form id and name of each, the usual one first.

    They are the ones that the department named, as far as they are in force; where it named none,
    all that are in force; where there are none at all, the plain form.
    """
    in_force = dict(desk.library.programs(Pathway.OFFICER_INTERVENTION))
    if desk.agency.case_programs:
        return tuple((i, in_force[i]) for i in desk.agency.case_programs if i in in_force)
    return tuple(in_force.items()) or _plain(desk)


def program_guides(desk: Desk) -> Iterator[Guide]:
    """Their forms; a program whose file is broken or gone is left out."""
    for ident, _ in case_programs(desk):
        try:
            guide = desk.library.guide(ident)
        except FormMissing:
            continue
        yield guide


def _plain(desk: Desk) -> tuple[tuple[str, Text], ...]:
    try:
        form = desk.library.guide(Pathway.OFFICER_INTERVENTION).form
    except FormMissing:
        return ()
    return ((form.ref.id, form.title),)

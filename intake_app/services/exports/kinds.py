"""All exports that can be chosen: those of mappings, and those with rules of their own.

Another export is added to `OTHERS`: a function from a desk to its kinds (`exports.ask.ExportKind`).
"""

from collections.abc import Callable, Sequence

from intake_app.domain.export_errors import ExportMissing
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import ExportKind
from intake_app.services.exports.extract import research_kinds
from intake_app.services.exports.fhir import fhir_kinds
from intake_app.services.exports.figures import figure_kind
from intake_app.services.exports.mapped import mapped_kind

Offer = Callable[[Desk], Sequence[ExportKind]]

OTHERS: tuple[Offer, ...] = (research_kinds, fhir_kinds)


def kinds_for(desk: Desk) -> list[ExportKind]:
    """What this person could export: what takes from a file that is open here."""
    mapped = [
        figure_kind(one) if one.is_figures else mapped_kind(one) for one in desk.library.exports()
    ]
    found = [*mapped, *(kind for offered in OTHERS for kind in offered(desk))]
    return [one for one in found if any(desk.open_file(file) is not None for file in one.files)]


def kind_named(desk: Desk, ident: str) -> ExportKind:
    """One of them.

    Raises:
        ExportMissing: There is no such export here.
    """
    for one in kinds_for(desk):
        if one.id == ident:
            return one
    raise ExportMissing(ident)

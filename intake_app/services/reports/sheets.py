"""What writes tables for a desk."""

from intake_app.domain.errors import StorageFailed
from intake_app.services.desk import Desk
from intake_app.services.needs.measures import SheetWriter


def sheets_of(desk: Desk) -> SheetWriter:
    """What writes lines of CSV.

    Raises:
        StorageFailed: This desk has nothing that does.
    """
    if desk.measures is None or desk.measures.sheets is None:
        raise StorageFailed("no sheets")
    return desk.measures.sheets

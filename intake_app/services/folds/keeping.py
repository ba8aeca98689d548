"""What measures may go on counting of an intake that ends: its journey, told of nobody.

All days are moved by as many as put its first one on the first of its month: what lies between
two days stays true, and no day tells who it was. Ids, who took it and where they live stay out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.deidentified import JOURNEY, TRAITS
from intake_app.domain.journey import CODES, DAYS, MOMENTS, NUMBERS, Journey
from intake_app.domain.kin import Kin
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.folds.folding import journeys_of
from intake_app.services.folds.parts import Folding
from intake_app.services.needs.files import Reads
from intake_app.services.records.event_parts import event_of

_NOT_KEPT: Final = frozenset({"person", "by", "provider", "subject", "next_due", "visit_on"})
_TELLS_WHERE: Final = frozenset({"zone", "drive_band"})
_DAY: Final = len("2026-11-26")


def kept_journey(
    desk: Desk, file: Reads, intake: Record, parts: Sequence[Record]
) -> dict[str, Value]:
    """The fields of a statistic that measures read.

    Args:
        desk: Whose; for forms and code tables.
        file: Where its event is, if it has one.
        intake: The intake.
        parts: All that belongs to it.

    Returns:
        The fields; empty where nothing can be made of it.
    """
    event = event_of(file, intake)
    beside = Kin(event, tuple(file.about(event.id))) if event else None
    standing = tuple(one for one in parts if not one.is_deleted and one.id != intake.id)
    found = journeys_of(Folding.of(desk), [Kin(intake, standing, beside)])
    if not found:  # nobody can read it; pathway, status and month are kept all the same
        return {}
    made = found[0]
    shift = timedelta(days=date.fromisoformat(made.opened_on).day - 1 if made.opened_on else 0)
    traits = {cut: list(codes) for cut, codes in made.traits.items() if cut not in _TELLS_WHERE}
    return {JOURNEY: _columns(made, shift), TRAITS: traits}


def _columns(made: Journey, shift: timedelta) -> dict[str, Value]:
    told = {name: getattr(made, name) for name in (*CODES, *NUMBERS) if name not in _NOT_KEPT}
    moved = {
        name: _moved(getattr(made, name), shift)
        for name in (*DAYS, *MOMENTS)
        if name not in _NOT_KEPT
    }
    return {name: value for name, value in {**told, **moved}.items() if value not in ("", None)}


def _moved(day: str, shift: timedelta) -> str:
    if not day:
        return ""
    return (date.fromisoformat(day[:_DAY]) - shift).isoformat() + day[_DAY:]

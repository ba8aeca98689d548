"""How long records are kept: an administrator proposes, a privacy officer has to agree."""

from collections.abc import Mapping

from intake_app.domain.decision_errors import BadSetting, TextHasMistakes
from intake_app.domain.errors import BadForm, FormMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.retention import Schedule
from intake_app.domain.roles import May
from intake_app.services.decisions.history import require_reader
from intake_app.services.decisions.keeping import RETENTION, Made
from intake_app.services.decisions.printers import parts_of
from intake_app.services.decisions.texts import keep_texts
from intake_app.services.desk import Desk

OWN = "legal/retention_agency.toml"
SHIPPED = "legal/retention.toml"
MOST_DAYS, MOST_MONTHS = 36_500, 1200
"""How long anything may be kept, as it is typed: a hundred years."""


def schedule_now(desk: Desk) -> Schedule:
    """The schedule that holds today.

    Raises:
        NotAllowed: Not in one's roles.
        FormMissing: It is gone, or has a mistake.
    """
    require_reader(desk)
    return desk.library.retention()


def propose_times(desk: Desk, times: Mapping[str, tuple[int, int]], why: str) -> RecordId | None:
    """Propose other times, by rule: days and months; None where nothing differs.

    Args:
        desk: Whose.
        times: By the id of a rule.
        why: The authority: a records schedule, counsel's word.

    Raises:
        NotAllowed: Not in one's roles.
        BadSetting: A time is out of range, or there is no such rule.
        LaterChangeWaits: Another proposal waits for its approval.
        TextHasMistakes: The schedule could not be read with it.
    """
    desk.require(May.CHANGE_SETTINGS)
    files = parts_of(desk).files
    text = files.text(OWN) or files.text(SHIPPED)
    if text is None:
        raise FormMissing(SHIPPED)
    now = {rule.id: (rule.days, rule.months) for rule in desk.library.retention().rules}
    if not all(_is_good(ident, pair, now) for ident, pair in times.items()):
        raise BadSetting("retention")
    changed = {ident: pair for ident, pair in times.items() if pair != now[ident]}
    if not changed:
        return None
    try:
        new = files.with_times(text, changed)
        files.schedule(new)
    except BadForm as error:
        raise TextHasMistakes(str(error)) from error
    made = Made(RETENTION, label="retention", why=why, needs_approval=True)
    return keep_texts(desk, {OWN: new}, made)


def _is_good(ident: str, pair: tuple[int, int], now: Mapping[str, tuple[int, int]]) -> bool:
    """A rule that has a time keeps one: without any, it would be over at once."""
    days, months = pair
    is_in_range = 0 <= days <= MOST_DAYS and 0 <= months <= MOST_MONTHS
    return ident in now and is_in_range and (days + months > 0 or now[ident] == pair)

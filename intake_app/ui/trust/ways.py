"""Where something that the trust page names is put right, for those who may."""

from dataclasses import dataclass
from typing import Final

from intake_app.domain.roles import May, may
from intake_app.domain.trust import Check
from intake_app.services.desk import Desk
from intake_app.words import mark


@dataclass(frozen=True, slots=True)
class Way:
    """A page that helps.

    Attributes:
        acts: Who may do one of these is shown the button.
        label: Of the button, marked for translation.
        place: A place of the rail; empty: a page that opens over the trust page.
        page: Its signal, without "_asked"; empty: a place of the rail.
    """

    acts: tuple[May, ...]
    label: str
    place: str = ""
    page: str = ""


_EXCHANGE: Final = Way(
    (May.KEEP_STORES, May.CARRY_BUNDLES), mark("Open Exchange"), place="exchange"
)
_BACKUPS: Final = Way((May.KEEP_BACKUPS,), mark("Open Backups"), page="backups")
_CARDS: Final = Way((May.KEEP_CARDS, May.DRILL_CARD), mark("Open Recovery cards"), page="cards")
_USERS: Final = Way((May.MANAGE_USERS,), mark("Open Users"), place="users")
_AUDIT: Final = Way((May.REVIEW_AUDIT,), mark("Open Audit"), place="audit")
_SETTINGS: Final = Way((May.CHANGE_SETTINGS,), mark("Open Settings"), place="settings")
_SUPPORT: Final = Way((May.MAKE_SUPPORT_FILE,), mark("Make a support file"), page="support")

_UPDATE: Final = Way((May.UPDATE_PROGRAM,), mark("Open Update"), page="update")

WAYS: Final = {
    "exchange": _EXCHANGE,
    "backup": _BACKUPS,
    "backups": _BACKUPS,
    "disk": _BACKUPS,
    "cards": _CARDS,
    "keys": _CARDS,
    "users": _USERS,
    "audit": _AUDIT,
    "clock": _AUDIT,
    "directory": Way((May.IMPORT_PROVIDERS,), mark("Open Providers"), place="providers"),
    "second_factor": _SETTINGS,
    "settings": _SETTINGS,
    "integrity": _SUPPORT,
    "files": _BACKUPS,
    "program": _UPDATE,
}
"""By the subject of a check; see `Check.belongs_to`."""


def way_for(check: Check, desk: Desk) -> Way | None:
    """Where a check is put right; None: nowhere in this window, or not by this person."""
    way = next((way for subject, way in WAYS.items() if check.belongs_to(subject)), None)
    if way is None or not any(may(desk.person.roles, act) for act in way.acts):
        return None
    return way

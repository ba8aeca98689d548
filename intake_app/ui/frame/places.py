"""The places of the rail: which there are, who sees them, and how their pages are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from intake_app.domain.pathway import CASES_ROOM, ROOMS, Pathway
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import may_see_differences
from intake_app.services.sharing.evaluation import evaluators
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.frame.rail import Place
from intake_app.ui.pages.arrivals_page import ArrivalsPage
from intake_app.ui.pages.audit_page import AuditPage
from intake_app.ui.pages.differences_page import DifferencesPage
from intake_app.ui.pages.events_page import EventsPage
from intake_app.ui.pages.exchange_page import ExchangePage
from intake_app.ui.pages.logs_page import LogsPage
from intake_app.ui.pages.numbers_page import NumbersPage
from intake_app.ui.pages.pads_page import PadsPage
from intake_app.ui.pages.people_page import PeoplePage
from intake_app.ui.pages.print_queue_page import PrintQueuePage
from intake_app.ui.pages.providers_page import ProvidersPage
from intake_app.ui.pages.recipients_page import RecipientsPage
from intake_app.ui.pages.reports_page import ReportsPage
from intake_app.ui.pages.retention_page import RetentionPage
from intake_app.ui.pages.roster_page import RosterPage
from intake_app.ui.pages.sealed_page import SealedPage
from intake_app.ui.pages.stations_page import StationsPage
from intake_app.ui.pages.stock_page import StockPage
from intake_app.ui.pages.supervision_page import SupervisionPage
from intake_app.ui.pages.today_page import TodayPage
from intake_app.ui.pages.trust_page import TrustPage
from intake_app.ui.pages.users_page import UsersPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark


@dataclass(frozen=True, slots=True)
class Tools:
    """What every page of the workplace is built with.

    Attributes:
        desk: The signed-in person's desk.
        background: The door to the worker.
        words: Language of the window.
        theme: Look.
        names: Whether names are shown.
        exchange: Where the exchange is heard, and spoken to.
    """

    desk: Desk
    background: Background
    words: Words
    theme: Theme
    names: NameSwitch
    exchange: ExchangeLine

    @property
    def plain(self) -> tuple[Desk, Background, Words, Theme]:
        """What most pages ask for."""
        return self.desk, self.background, self.words, self.theme


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """One place of the rail. Its page has `refresh()`, and is read anew on each visit.

    Attributes:
        id: Stable name.
        icon: Icon file.
        label: Its words, marked for translation.
        is_open: Whether somebody sees it.
        make: Builds its page on the first visit; signals named `record_asked`, `draft_asked`,
            `draft_ready` and `folder_asked` are connected by the workplace.
    """

    id: str
    icon: str
    label: str
    is_open: Callable[[Desk], bool]
    make: Callable[[Tools], QWidget]


def _in_care(act: May) -> Callable[[Desk], bool]:
    return lambda desk: desk.care is not None and may(desk.person.roles, act)


def _in_cases(act: May) -> Callable[[Desk], bool]:
    return lambda desk: (
        desk.works_with_cases and desk.cases is not None and may(desk.person.roles, act)
    )


def _events(desk: Desk) -> bool:
    return Pathway.NALOXONE_PLUS in desk.pathways and _in_care(May.FIND_PEOPLE)(desk)


def _pads(desk: Desk) -> bool:
    """Pads are for new cases: where none are taken any more, there is nothing to key in."""
    is_on = Pathway.OFFICER_INTERVENTION in desk.pathways
    return is_on and _in_cases(May.KEEP_PADS)(desk)


def _sealed(desk: Desk) -> bool:
    holds_key = desk.sealed is not None and may(desk.person.roles, May.READ_SEALED)
    return desk.works_with_cases and holds_key


def _keeps_logs(desk: Desk) -> bool:
    return desk.sealed is not None and may(desk.person.roles, May.KEEP_LOGS)


def _audits(desk: Desk) -> bool:
    return desk.audit is not None and may(desk.person.roles, May.REVIEW_AUDIT)


def _keeps_users(desk: Desk) -> bool:
    return desk.users is not None and may(desk.person.roles, May.MANAGE_USERS)


def _anywhere(act: May) -> Callable[[Desk], bool]:
    return lambda desk: may(desk.person.roles, act)


def _ends_records(desk: Desk) -> bool:
    acts = (May.PROPOSE_PURGE, May.APPROVE_PURGE, May.HOLD_RECORDS)
    return desk.ending is not None and any(may(desk.person.roles, act) for act in acts)


def _enrols(desk: Desk) -> bool:
    return desk.stations is not None and may(desk.person.roles, May.ENROL_STATION)


def _exchanges(desk: Desk) -> bool:
    acts = (May.KEEP_STORES, May.CARRY_BUNDLES)
    return desk.exchange is not None and any(may(desk.person.roles, act) for act in acts)


def _outside(desk: Desk) -> bool:
    """Who keeps the list of recipients; who discloses too, where there is somebody to count for."""
    if desk.outsiders is None:
        return False
    counts = may(desk.person.roles, May.DISCLOSE) and bool(evaluators(desk))
    return counts or may(desk.person.roles, May.KEEP_RECIPIENTS)


def _sees_numbers(desk: Desk) -> bool:
    acts = (May.SEE_NUMBERS, May.SEE_RELEASED)
    return desk.measures is not None and any(may(desk.person.roles, act) for act in acts)


def _numbers_page(tools: Tools) -> QWidget:
    """Who reads no file of people sees what was released."""
    is_inside = may(tools.desk.person.roles, May.SEE_NUMBERS)
    return (NumbersPage if is_inside else ReportsPage)(*tools.plain)


def _prints(desk: Desk) -> bool:
    """Whether this person issues papers of records that they can open."""
    return any(
        may(desk.person.roles, room.issue) and desk.open_file(room.compartment) is not None
        for room in ROOMS
    )


def _settles(desk: Desk) -> bool:
    """With one station nothing differs; what an old copy left all the same, home tells."""
    return desk.exchange is not None and may_see_differences(desk)


PLACES: Final = (
    PlaceKind(
        "today", "calendar-clock", mark("Today"), _in_care(May.FOLLOW_UP),
        lambda tools: TodayPage(*tools.plain, tools.names),
    ),
    PlaceKind(
        "people", "users", mark("People"), _in_care(May.FIND_PEOPLE),
        lambda tools: PeoplePage(*tools.plain, tools.names),
    ),
    PlaceKind(
        "events", "hand-heart", mark("Overdoses"), _events,
        lambda tools: EventsPage(*tools.plain),
    ),
    PlaceKind(
        "cases", "shield", mark("Cases"), _in_cases(May.FIND_CASES),
        lambda tools: PeoplePage(*tools.plain, tools.names, CASES_ROOM),
    ),
    PlaceKind(
        "arrivals", "list-checks", mark("Arrivals"), _in_cases(May.RECORD_PROGRESS),
        lambda tools: ArrivalsPage(*tools.plain, tools.names),
    ),
    PlaceKind(
        "pads", "file-pen-line", mark("Pads"), _pads,
        lambda tools: PadsPage(*tools.plain),
    ),
    PlaceKind(
        "sealed", "archive-restore", mark("Sealed cases"), _sealed,
        lambda tools: SealedPage(*tools.plain),
    ),
    PlaceKind(
        "supervision", "user-check", mark("Supervision"), _in_cases(May.SEE_CASELOAD),
        lambda tools: SupervisionPage(*tools.plain),
    ),
    PlaceKind("numbers", "chart-column", mark("Numbers"), _sees_numbers, _numbers_page),
    PlaceKind(
        "logs", "file-text", mark("Requests"), _keeps_logs,
        lambda tools: LogsPage(*tools.plain),
    ),
    PlaceKind(
        "audit", "list-checks", mark("Audit"), _audits,
        lambda tools: AuditPage(*tools.plain),
    ),
    PlaceKind(
        "retention", "archive-restore", mark("Records"), _ends_records,
        lambda tools: RetentionPage(*tools.plain),
    ),
    PlaceKind(
        "differences", "users-round", mark("Differences"), _settles,
        lambda tools: DifferencesPage(*tools.plain, tools.names),
    ),
    PlaceKind(
        "print", "printer", mark("To print"), _prints,
        lambda tools: PrintQueuePage(*tools.plain),
    ),
    PlaceKind(
        "providers", "building-2", mark("Providers"), _anywhere(May.SEE_PROVIDERS),
        lambda tools: ProvidersPage(*tools.plain),
    ),
    PlaceKind(
        "roster", "phone-call", mark("Roster"), _anywhere(May.SEE_PROVIDERS),
        lambda tools: RosterPage(*tools.plain),
    ),
    PlaceKind(
        "users", "user", mark("Users"), _keeps_users,
        lambda tools: UsersPage(*tools.plain),
    ),
    PlaceKind(
        "exchange", "refresh-cw", mark("Exchange"), _exchanges,
        lambda tools: ExchangePage(*tools.plain, tools.exchange),
    ),
    PlaceKind(
        "stations", "hard-drive", mark("Stations"), _enrols,
        lambda tools: StationsPage(*tools.plain),
    ),
    PlaceKind(
        "recipients", "badge-check", mark("Recipients"), _outside,
        lambda tools: RecipientsPage(*tools.plain),
    ),
    PlaceKind(
        "stock", "package", mark("Stock"), _anywhere(May.KEEP_STOCK),
        lambda tools: StockPage(*tools.plain),
    ),
    PlaceKind(
        "trust", "shield-check", mark("Trust"), _anywhere(May.SEE_TRUST),
        lambda tools: TrustPage(*tools.plain),
    ),
)  # fmt: skip
"""In the order of the rail, between Home and Settings."""


def places_of(desk: Desk, words: Words) -> list[Place]:
    """The places that a person sees."""
    return [
        Place("home", "house", words.text("Home")),
        *(Place(one.id, one.icon, words.text(one.label)) for one in PLACES if one.is_open(desk)),
        Place("settings", "settings", words.text("Settings")),
    ]

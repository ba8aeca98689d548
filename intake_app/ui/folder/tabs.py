"""The tabs of a folder, in their order: which there are for care and cases, and who sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from intake_app.domain.pathway import CARE_ROOM, Room
from intake_app.domain.roles import May, Role, may
from intake_app.services.intakes.people import Folder
from intake_app.ui.folder.aid_tab import AidTab
from intake_app.ui.folder.consent_tab import ConsentTab
from intake_app.ui.folder.end_tab import EndTab
from intake_app.ui.folder.event_tab import EventTab
from intake_app.ui.folder.files_tab import FilesTab
from intake_app.ui.folder.follow_up_tab import FollowUpTab
from intake_app.ui.folder.person_tab import PersonTab
from intake_app.ui.folder.progress_tab import ProgressTab
from intake_app.ui.folder.referral_tab import ReferralTab
from intake_app.ui.folder.screening_tab import ScreeningTab
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.folder.timeline_tab import TimelineTab
from intake_app.words import mark


@dataclass(frozen=True, slots=True)
class TabKind:
    """One tab.

    Attributes:
        id: Stable name.
        label: Its words, marked for translation.
        make: Builds it when it is first opened.
        act: What a role must include to see it.
    """

    id: str
    label: str
    make: Callable[[FolderParts], FolderTab]
    act: May


CARE_TABS: Final[tuple[TabKind, ...]] = (
    TabKind("person", mark("Person"), PersonTab, May.READ_INTAKE),
    TabKind("progress", mark("Progress"), ProgressTab, May.READ_INTAKE),
    TabKind("follow_up", mark("Follow-up"), FollowUpTab, May.FOLLOW_UP),
    TabKind("referrals", mark("Referrals"), ReferralTab, May.MAKE_REFERRAL),
    TabKind("consents", mark("Consents"), ConsentTab, May.KEEP_CONSENT),
    TabKind("aid", mark("Aid"), AidTab, May.GIVE_AID),
    TabKind("screening", mark("Screening"), ScreeningTab, May.SCREEN),
    TabKind("files", mark("Files"), FilesTab, May.READ_INTAKE),
    TabKind("end", mark("End"), EndTab, May.PROPOSE_PURGE),
    TabKind("timeline", mark("Timeline"), TimelineTab, May.READ_INTAKE),
)
CASE_TABS: Final[tuple[TabKind, ...]] = (
    TabKind("person", mark("Person"), PersonTab, May.READ_CASE),
    TabKind("consents", mark("Consents"), ConsentTab, May.RECORD_TREATMENT),
    TabKind("files", mark("Files"), FilesTab, May.READ_CASE),
    TabKind("end", mark("End"), EndTab, May.PROPOSE_PURGE),
    TabKind("timeline", mark("Timeline"), TimelineTab, May.READ_CASE),
)


EVENT_TAB: Final = TabKind("event", mark("Overdose"), EventTab, May.READ_INTAKE)
"""Of an event, and of an intake that is of one."""


def tabs_for(room: Room, roles: frozenset[Role], folder: Folder = Folder.INTAKE) -> list[TabKind]:
    """The tabs that a person sees in the folders of a room."""
    kinds = CARE_TABS if room is CARE_ROOM else CASE_TABS
    if folder is Folder.OF_EVENT:
        kinds = (*kinds, EVENT_TAB)
    elif folder is Folder.EVENT:
        kinds = (EVENT_TAB,)
    return [kind for kind in kinds if may(roles, kind.act)]

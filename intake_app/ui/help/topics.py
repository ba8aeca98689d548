"""Which part of the guide tells of which page: by the class of the page, and its open part.

A value is a chapter, or "chapter#section". A test holds the two together in both languages.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from intake_app.services.help.book import FIRST
from intake_app.ui.parts.errors import TOLD

TOPICS: Final[Mapping[str, str]] = {
    "ArrivalsPage": "cases#arrivals",
    "AuditPage": "audit",
    "BackupsPage": "backups",
    "BringBackPage": "backups#bring-back",
    "CardsPage": "recovery-cards",
    "CaseIssuedPage": "cases#issue",
    "CasePage": "cases#one-case",
    "CaseReviewPage": "cases#review",
    "CountyPage": "numbers#county",
    "DifferencesPage": "exchange#differences",
    "EligibilityPage": "cases#eligibility",
    "EventsPage": "follow-up#overdoses",
    "ExchangePage": "exchange",
    "ExportPage": "numbers#files",
    "FinishedPage": "intake#finish",
    "FirstStartPage": "start",
    "FolderPage": "folder",
    "HandedInPage": "intake#handed-in",
    "HomePage": "home",
    "ImportPage": "numbers#old-lists",
    "IntakePage": "intake",
    "JoinPage": "start#join",
    "KeyingPage": "paper#keying-in",
    "LockPage": "sign-in",
    "LogsPage": "privacy#requests",
    "NumbersPage": "numbers",
    "PadsPage": "paper#pads",
    "PaperFormsPage": "paper",
    "PeoplePage": "home#find",
    "PrintQueuePage": "paper#to-print",
    "ProvidersPage": "providers",
    "RecipientsPage": "privacy#recipients",
    "RecordPage": "folder",
    "RecoveryPage": "recovery-cards#use-a-card",
    "RepliesPage": "providers#replies",
    "ReportsPage": "numbers#released",
    "RetentionPage": "privacy#end-of-records",
    "ReviewPage": "intake#review",
    "RosterPage": "providers#roster",
    "SealedPage": "cases#sealed",
    "SetUpPage": "start#set-up",
    "SettingsPage": "settings",
    "StationsPage": "exchange#stations",
    "StickPage": "exchange#stick",
    "StockPage": "providers#stock",
    "SupervisionPage": "cases#supervision",
    "SupportPage": "trust#support-file",
    "TodayPage": "follow-up",
    "TrustPage": "trust",
    "UpdatePage": "updates",
    "AboutPage": "updates#about",
    "UsersPage": "users",
}
"""By the class of a page."""

DIALOGS: Final[Mapping[str, str]] = {
    "ProviderDialog": "providers#directory",
    "ImportDialog": "providers#directory",
    "RosterDialog": "providers#roster",
    "OfferDialog": "cases#eligibility",
    "ProgramDialog": "cases",
    "StepsDialog": "paper#to-print",
    "QPrintDialog": "trouble#printer",
    "QMessageBox": "trouble",
}
"""By the class of a dialog; over others, as of files, nothing is opened."""

ERRORS: Final[Mapping[str, str]] = {
    "DiskFull": "trouble#disk",
    "Damaged": "trouble#damaged",
    "VaultDamaged": "trouble#damaged",
    "AuditBroken": "trouble#trail",
    "PrintFailed": "trouble#printer",
    "PrinterNotAllowed": "trouble#printer",
}
"""By the class of an error that a message box tells of; of others "When something happens"."""

TABS: Final[Mapping[str, str]] = {
    "person": "folder#person",
    "progress": "folder#progress",
    "follow_up": "folder#follow-up",
    "referrals": "folder#referrals",
    "consents": "folder#consents",
    "aid": "folder#aid",
    "screening": "folder#screening",
    "files": "folder#files",
    "end": "folder#end",
    "timeline": "folder#timeline",
    "event": "follow-up#overdoses",
}
"""By the id of a folder's tab."""


def topic_of(page: object, tab: str = "") -> tuple[str, str]:
    """Chapter and section that tell of a page.

    Args:
        page: It; one that nobody has written about leads to the first chapter.
        tab: The folder's tab that is open.
    """
    names = (kind.__name__ for kind in type(page).__mro__)
    found = next((TOPICS[name] for name in names if name in TOPICS), FIRST)
    chapter, _, section = TABS.get(tab, found).partition("#")
    return chapter, section


def topic_of_dialog(dialog: QWidget) -> tuple[str, str] | None:
    """Chapter and section that tell of a dialog; None: it is too small to be told of."""
    names = (kind.__name__ for kind in type(dialog).__mro__)
    found = next((DIALOGS[name] for name in names if name in DIALOGS), None)
    if found is None:
        return None
    found = ERRORS.get(str(dialog.property(TOLD) or ""), found)
    chapter, _, section = found.partition("#")
    return chapter, section

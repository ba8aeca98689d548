"""Loads the workplace while the lock screen waits: on the GUI thread, one module at a turn.

Modules that import Qt are not loaded by the worker: Qt for Python is not safe to be imported on
one thread while another draws (a crash at the lock screen, once in many starts). One module a
turn keeps keys alive in between.
"""

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

PARTS: Final = (
    "intake_app.words.dates",
    "intake_app.services.drafts",
    "intake_app.services.ledger",
    "intake_app.services.case_file",
    "intake_app.services.drop_box",
    "intake_app.services.handed_in",
    "intake_app.services.paper_drawing",
    "intake_app.services.papers",
    "intake_app.services.intakes",
    "intake_app.services.providers",
    "intake_app.services.roster",
    "intake_app.services.case_words",
    "intake_app.services.eligibility",
    "intake_app.services.overrides",
    "intake_app.services.participation",
    "intake_app.services.citing",
    "intake_app.services.after_issue",
    "intake_app.services.cases",
    "intake_app.services.case_acts",
    "intake_app.services.reminders",
    "intake_app.services.arrivals",
    "intake_app.services.pads",
    "intake_app.services.keying_in",
    "intake_app.services.supervision",
    "intake_app.services.sealed_cases",
    "rapidfuzz.distance",
    "intake_app.services.same_person",
    "intake_app.services.merging",
    "intake_app.services.person_view",
    "intake_app.services.other_side",
    "intake_app.services.purging",
    "intake_app.services.audit.review",
    "intake_app.services.retention",
    "intake_app.services.certificates",
    "pypdfium2",
    "PySide6.QtPrintSupport",
    "intake_app.ui.printing",
    "intake_app.ui.preview",
    "intake_app.ui.form.layouts",
    "intake_app.ui.form.choice_fields",
    "intake_app.ui.form.typed_fields",
    "intake_app.ui.form.fields",
    "intake_app.ui.form.form_view",
    "intake_app.ui.paper_desk",
    "intake_app.ui.form.review_base",
    "intake_app.ui.issuing_work",
    "intake_app.ui.offer_dialog",
    "intake_app.services.trust.gathering",
    "intake_app.ui.trust.home_line",
    "intake_app.ui.home_cards",
    "intake_app.ui.find_box",
    "intake_app.ui.pathway_words",
    "intake_app.ui.home_actions",
    "intake_app.ui.pages.home_page",
    "intake_app.ui.pages.people_page",
    "intake_app.ui.provider_pane",
    "intake_app.services.directory_sheet",
    "intake_app.services.provider_edits",
    "intake_app.ui.provider_dialog",
    "intake_app.ui.pages.providers_page",
    "intake_app.ui.roster_dialog",
    "intake_app.ui.retention_cards",
    "intake_app.ui.pages.retention_page",
    "intake_app.ui.pages.audit_page",
    "intake_app.ui.pages.roster_page",
    "intake_app.services.events",
    "intake_app.ui.pages.events_page",
    "intake_app.ui.ways_card",
    "intake_app.ui.department_form",
    "intake_app.ui.pages.settings_page",
    "intake_app.ui.case.actions",
    "intake_app.ui.case.conditions_card",
    "intake_app.ui.case.leaving_card",
    "intake_app.ui.case.reminder_card",
    "intake_app.ui.pages.case_page",
    "intake_app.ui.pages.case_review_page",
    "intake_app.ui.pages.case_issued_page",
    "intake_app.ui.pages.eligibility_page",
    "intake_app.ui.form.same_person",
    "intake_app.ui.folder.person_bar",
    "intake_app.ui.folder.person_tab",
    "intake_app.ui.pages.intake_page",
    "intake_app.ui.pages.keying_page",
    "intake_app.ui.pages.arrivals_page",
    "intake_app.ui.pages.pads_page",
    "intake_app.ui.pages.sealed_page",
    "intake_app.services.blank_forms",
    "intake_app.services.request_log",
    "intake_app.services.request_replies",
    "intake_app.ui.pages.logs_page",
    "intake_app.services.paper_intakes",
    "intake_app.ui.pages.paper_forms_page",
    "intake_app.services.print_queue",
    "intake_app.ui.pages.print_queue_page",
    "intake_app.ui.pages.supervision_page",
    "intake_app.services.referral_overview",
    "intake_app.services.reply_slips",
    "intake_app.ui.pages.replies_page",
    "intake_app.ui.folder.referral_tab",
    "intake_app.services.follow_up_list",
    "intake_app.ui.pages.today_page",
    "intake_app.services.stock",
    "intake_app.ui.pages.stock_page",
    "intake_app.services.exchange_words",
    "intake_app.services.stores",
    "intake_app.services.carrying",
    "intake_app.ui.exchange.source_card",
    "intake_app.ui.exchange.stores_card",
    "intake_app.ui.exchange.carrier_log_card",
    "intake_app.services.sticks",
    "intake_app.ui.exchange.stick_work",
    "intake_app.ui.pages.stick_page",
    "intake_app.ui.pages.exchange_page",
    "intake_app.services.users.checks",
    "intake_app.ui.users.keys_card",
    "intake_app.ui.pages.users_page",
    "intake_app.services.trust.report",
    "intake_app.services.trust.support",
    "intake_app.ui.pages.trust_page",
    "intake_app.ui.backup.places_card",
    "intake_app.ui.pages.backups_page",
    "intake_app.ui.pages.cards_page",
    "intake_app.ui.guests",
    "intake_app.ui.places",
    "intake_app.services.episodes",
    "intake_app.ui.folder.progress_tab",
    "intake_app.ui.folder.event_tab",
    "intake_app.ui.workplace",
    "intake_app.ui.case_ways",
    "intake_app.ui.pages.review_page",
    "intake_app.ui.pages.record_page",
    "intake_app.ui.session",
)
"""What leads to the workplace, the small before the large that needs it."""


class WarmUp(QObject):
    """Loads `PARTS`; a sign-in that comes first loads the rest by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = iter(PARTS)

    def begin(self) -> None:
        """Load the next part when the event loop has nothing else to do."""
        QTimer.singleShot(0, self, self._load_one)

    def _load_one(self) -> None:
        part = next(self._parts, "")
        if part:
            import_module(part)
            self.begin()

"""The ways through an officer intervention: begin, check, note an offer, issue, look at a case."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import CARE_ROOM, CASES_ROOM, Room
from intake_app.domain.text import Text
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.after_issue import same_incident
from intake_app.services.citing.citing import Issued
from intake_app.services.intakes.people import Folder
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import begin_draft, guide_of
from intake_app.ui.case.choose_program import ProgramDialog
from intake_app.ui.case.issuing_work import IssuingWork
from intake_app.ui.case.offer_dialog import DeclinedDialog, NotOfferedDialog
from intake_app.ui.folder.person_bar import PersonBar
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.folder.tabs import tabs_for
from intake_app.ui.form.review_base import ReviewBase
from intake_app.ui.form.setting import Setting
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.case_issued_page import CaseIssuedPage
from intake_app.ui.pages.case_page import CasePage
from intake_app.ui.pages.case_review_page import CaseReviewPage
from intake_app.ui.pages.eligibility_page import EligibilityPage
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.keying_page import KeyingPage
from intake_app.ui.screen.kept_place import Way, way_to

FormPage: TypeAlias = IntakePage | ReviewBase | KeyingPage
"""A page that is typed into: it is saved before it goes."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the session lets these pages do.

    Attributes:
        open_draft: Take a draft on the worker, and show its first page.
        show: Show a page, and how it is opened again; it goes when one leaves it.
        show_form: The same for a page that is typed into: it is saved before it goes.
        show_intake: Show all questions of a draft.
        go_home: Back to the home page.
        open_record: Open a record (id).
        resume_draft: Go on with a draft (id).
        setting: What form pages are built with.
    """

    open_draft: Callable[[Callable[[], Draft]], None]
    show: Callable[[QWidget, Way], None]
    show_form: Callable[[FormPage], None]
    show_intake: Callable[[Draft, Guide], None]
    go_home: Callable[[], None]
    open_record: Callable[[str], None]
    resume_draft: Callable[[str], None]
    setting: Callable[[], Setting]


class CaseWays(QObject):
    """Leads through a case, on behalf of the session."""

    def __init__(self, workplace: Workplace, ways: Ways) -> None:
        super().__init__(workplace)
        self._workplace, self._ways = workplace, ways
        self._tools = workplace.tools
        self._work = IssuingWork(self._tools.desk)
        workplace.case_asked.connect(self._on_case)
        workplace.eligibility_asked.connect(self._on_eligibility)
        workplace.not_offered_asked.connect(self._on_not_offered)
        workplace.declined_asked.connect(self._on_declined)
        workplace.keying_asked.connect(self.key_in)

    def review_page(self, draft: Draft, guide: Guide, setting: Setting) -> CaseReviewPage:
        """The last step of an officer intervention: issue, or end it without a case."""
        tools = self._tools
        page = CaseReviewPage(
            draft, guide, self._work, tools.background, setting, tools.desk.agency.printers
        )
        page.issued.connect(self._on_issued)
        page.ended.connect(self._ways.go_home)
        return page

    def key_in(self, draft: Draft) -> None:
        """Key in a citation of a pad."""
        desk, background = self._tools.desk, self._tools.background
        background.run(lambda: guide_of(desk, draft), lambda guide: self._show_keying(draft, guide))

    def _show_keying(self, draft: Draft, guide: Guide) -> None:
        tools = self._tools
        page = KeyingPage(draft, guide, tools.desk, tools.background, self._ways.setting())
        page.issued.connect(self._on_issued)
        page.closed.connect(self._ways.go_home)
        page.draft_asked.connect(partial(_show_all, self._ways.show_intake, guide))
        self._ways.show_form(page)

    def open_case(self, ident: str) -> None:
        """Show a case: its clock, its conditions, its papers."""
        tools = self._tools
        page = CasePage(
            RecordId(ident), tools.desk, tools.background, self._ways.setting(), tools.names,
            tools.desk.agency.printers,
        )  # fmt: skip
        page.closed.connect(self._ways.go_home)
        self.show_folder(page, ident, CASES_ROOM).first_aged.connect(page.refresh)

    def show_folder(
        self, first: QWidget, ident: str, room: Room, folder: Folder = Folder.INTAKE
    ) -> FolderPage:
        """Show an intake or case with all that came after, as tabs."""
        tools = self._tools
        say, desk = tools.words.text, tools.desk
        parts = FolderParts(
            RecordId(ident), desk, tools.background, self._ways.setting(), tools.names,
            desk.agency.printers,
        )  # fmt: skip
        title = say("Intake") if room is CARE_ROOM else say("Case")
        title = say("Event") if folder is Folder.EVENT else title
        tabs = tabs_for(room, desk.person.roles, folder)
        bar = None if folder is Folder.EVENT else PersonBar(parts)  # an event is nobody's
        page = FolderPage(first, title, tabs, parts, bar)
        page.record_asked.connect(self._ways.open_record)
        page.draft_asked.connect(self._ways.resume_draft)
        page.closed.connect(lambda: self._workplace.go("home"))  # what is typed in a tab is kept
        self._ways.show(page, ("folder", ident))
        return page

    # --- beginning --------------------------------------------------------------------------

    def _on_case(self) -> None:
        """Begin with the department's program; ask which where it has several."""
        desk = self._tools.desk
        self._tools.background.run(lambda: case_programs(desk), self._begin_one_of)

    def _begin_one_of(self, programs: tuple[tuple[str, Text], ...]) -> None:
        if len(programs) == 1:
            self._begin(programs[0][0])
            return
        dialog = ProgramDialog(programs, self._tools.words, self._workplace)
        dialog.chosen.connect(self._begin)
        _open(dialog)

    def _begin(self, form: str, answers: Answers | None = None) -> None:
        desk = self._tools.desk

        def take() -> Draft:
            draft = begin_draft(desk, form)
            draft.answers |= answers or {}
            return draft

        self._ways.open_draft(take)

    # --- without a record -------------------------------------------------------------------

    def _on_eligibility(self) -> None:
        tools = self._tools
        page = EligibilityPage(tools.desk, tools.background, tools.words, tools.theme)
        page.case_asked.connect(self._begin)
        page.closed.connect(self._ways.go_home)
        self._ways.show(page, ("eligibility",))
        page.refresh()

    def _on_not_offered(self) -> None:
        tools = self._tools
        _open(NotOfferedDialog(
            tools.desk, tools.background, tools.words, tools.theme, self._workplace
        ))  # fmt: skip

    def _on_declined(self) -> None:
        tools = self._tools
        _open(DeclinedDialog(
            tools.desk, tools.background, tools.words, tools.theme, self._workplace
        ))  # fmt: skip

    # --- after it was issued ----------------------------------------------------------------

    def _on_issued(self, issued: Issued) -> None:
        tools = self._tools
        page = CaseIssuedPage(
            issued, self._work, tools.background, self._ways.setting(), tools.desk.agency.printers
        )
        page.home_asked.connect(self._ways.go_home)
        page.record_asked.connect(self._ways.open_record)
        page.next_asked.connect(self._on_next_person)
        self._ways.show(page, way_to(issued.finished))

    def _on_next_person(self, case: str) -> None:
        desk = self._tools.desk
        self._ways.open_draft(lambda: same_incident(desk, RecordId(case)))


def _show_all(show: Callable[[Draft, Guide], None], guide: Guide, draft: Draft) -> None:
    show(draft, guide)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

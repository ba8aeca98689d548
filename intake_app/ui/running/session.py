"""What one person does between unlocking and locking: the workplace, and the pages of an intake."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import PERSON, Draft
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import CARE_ROOM, Pathway
from intake_app.services.backup.telling import backup_line
from intake_app.services.desk import Desk
from intake_app.services.drawing.blank_papers import POINT_AND_TICK, print_blank
from intake_app.services.intakes.events import begin_another_handed_in
from intake_app.services.intakes.intakes import Finished
from intake_app.services.intakes.people import Folder, folder_of
from intake_app.services.needs.everyday import Guide
from intake_app.services.people.same_person import may_suggest
from intake_app.services.providers.providers import ProviderQuery, search_providers
from intake_app.services.records.drafts import begin_draft, guide_of, resume_draft, unfinished
from intake_app.services.records.on_paper import on_paper_of
from intake_app.services.records.ways_in import form_of
from intake_app.ui.form.review_base import ReviewBase
from intake_app.ui.form.same_person import Look, SamePersonStrip
from intake_app.ui.form.setting import Setting, Suggestion
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.finished_page import FinishedPage
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.handed_in_page import HandedInPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.paper_forms_page import PaperFormsPage
from intake_app.ui.pages.record_page import RecordPage
from intake_app.ui.pages.review_page import ReviewPage
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.papers.desk_work import DeskWork, SenderWork
from intake_app.ui.parts.errors import note
from intake_app.ui.running.case_ways import CaseWays, FormPage, Ways
from intake_app.ui.running.conductor import Conductor
from intake_app.ui.running.spare_time import SpareTime
from intake_app.ui.screen.kept_place import KeptPlace, Return, Way, way_to
from intake_app.ui.screen.spot import Spot, read_spot

_SUGGESTIONS = 8


class DeskSession(QObject):
    """Leads a person through intakes. It goes when they lock or leave."""

    def __init__(self, desk: Desk, conductor: Conductor) -> None:
        super().__init__()
        self._desk, self._background = desk, conductor.background
        self._words, self._theme = conductor.words, conductor.theme
        self._work = DeskWork(desk)
        self._workplace = Workplace(
            desk, conductor.background, conductor.words, conductor.theme, conductor.look,
            conductor.exchange,
        )  # fmt: skip
        self._cases = CaseWays(self._workplace, Ways(
            self._open, self._show_guest, self._show, self._show_intake, self._go_home,
            self._on_record, self._on_draft,
            lambda: self._setting(None),
        ))  # fmt: skip
        self._page: FormPage | None = None
        self._spare = SpareTime(
            desk, conductor.background, partial(backup_line, desk, conductor.words)
        )  # fmt: skip
        self._spare.told.connect(partial(self._workplace.note_saved, ""))
        conductor.background.run_spare(
            partial(backup_line, desk, conductor.words),
            partial(self._workplace.note_saved, ""), note,
        )  # fmt: skip
        self._workplace.walk_in_asked.connect(partial(self._begin, Pathway.SELF_REFERRAL))
        self._workplace.way_asked.connect(self._begin)
        self._workplace.sheet_asked.connect(self._on_sheet)
        self._workplace.paper_forms_asked.connect(self._on_paper_forms)
        self._show_error = conductor.errors.show
        self._workplace.draft_asked.connect(self._on_draft)
        self._workplace.record_asked.connect(self._on_record)
        self._workplace.folder_asked.connect(self._on_folder)
        self._workplace.handed_in_asked.connect(self._on_handed_in)
        self._workplace.lock_asked.connect(conductor.lock)
        self._workplace.idle_lock_asked.connect(conductor.lock_now)
        self._workplace.log_out_asked.connect(conductor.leave)
        self._workplace.switch_user_asked.connect(conductor.leave)
        self._workplace.look_chosen.connect(conductor.dress)
        self._workplace.may_leave = self._may_leave
        self._ask = conductor.errors.ask

    @property
    def workplace(self) -> QWidget:
        """What the window shows."""
        return self._workplace

    def save(self) -> BaseException | None:
        """Save what is typed and wait; why that was not possible, or None."""
        folder = self._workplace.page
        page = folder if isinstance(folder, FolderPage) else self._page
        return page.save_at_once() if page else None

    def place(self) -> KeptPlace | None:
        """Where one is; ids and numbers only."""
        page = self._workplace.page
        if page is None:
            return None
        way = _way_of(self._page) if self._page else self._workplace.way
        return KeptPlace(way, read_spot(page)) if way else None

    def go_back(self, place: KeptPlace) -> None:
        """Show the page of before a lock; what is not there any more is not missed."""
        kind, ident, *more = (*place.way, "", "")
        to_spot = partial(self._return_to, place.spot)
        if kind == "draft":
            self._resume(ident, partial(self._show_step, more[0], to_spot))
        elif kind == "review":
            self._resume(ident, lambda draft, guide: (self._show_review(guide, draft), to_spot()))
        elif kind == "folder":
            self._look_up(ident, "", to_spot)
        elif kind == "handed_in":
            self._on_handed_in(ident, more[0])
            to_spot()
        elif kind == "paper_forms":
            self._on_paper_forms()
            to_spot()
        elif kind == "eligibility":
            self._workplace.eligibility_asked.emit()
            to_spot()
        elif self._workplace.go_back(place.way):
            to_spot()

    def end(self) -> None:
        """Stop; what is not saved by now is given up."""
        if self._page is not None:
            self._page.saver.stop()
        self._page = None
        self._spare.end()
        self._workplace.end()
        self.deleteLater()

    # --- an intake --------------------------------------------------------------------------

    def _begin(self, pathway: str) -> None:
        desk = self._desk
        self._open(lambda: begin_draft(desk, form_of(desk, pathway)))

    def _on_draft(self, ident: str) -> None:
        self._open(lambda: resume_draft(self._desk, RecordId(ident)))

    def _on_sheet(self, form: str = "") -> None:
        """Print the sheet of a form to point at and tick; it belongs to nobody."""
        desk = self._desk
        sheet = BlankSheet(
            self._workplace, self._words, self._desk.agency.printers, self._show_error
        )
        language = self._words.language

        def drawn() -> bytes:
            wanted = form or form_of(desk, Pathway.SELF_REFERRAL)
            return print_blank(desk, wanted, POINT_AND_TICK, language)

        self._background.run(drawn, sheet.give_out)

    def _on_paper_forms(self) -> None:
        page = PaperFormsPage(self._desk, self._background, self._setting(None))
        page.closed.connect(self._go_home)
        page.draft_ready.connect(self._on_draft_ready)
        self._show_guest(page, ("paper_forms",))
        page.refresh()

    def _on_draft_ready(self, draft: Draft) -> None:
        self._open(lambda: draft)

    def _resume(self, ident: str, show: Callable[[Draft, Guide], object]) -> None:
        """Open a draft again; one that is gone since (finished, taken over) stays gone."""

        def take() -> tuple[Draft, Guide]:
            desk = self._desk
            if not any(one.id == ident and one.is_mine for one in unfinished(desk)):
                raise RecordMissing(RecordId(ident))
            draft = resume_draft(desk, RecordId(ident))
            return draft, guide_of(desk, draft)

        self._background.run(take, lambda found: show(*found), note)

    def _show_step(self, step: str, then: Callable[[], object], draft: Draft, guide: Guide) -> None:
        draft.step = step or draft.step
        self._show_first(draft, guide)
        then()

    def _return_to(self, spot: Spot) -> None:
        Return(lambda: self._workplace.page, spot, self._background, self._workplace)

    def _open(self, take: Callable[[], Draft]) -> None:
        def with_guide() -> tuple[Draft, Guide]:
            draft = take()
            return draft, guide_of(self._desk, draft)

        self._background.run(with_guide, lambda found: self._show_first(*found))

    def _show_first(self, draft: Draft, guide: Guide) -> None:
        """A citation that is being keyed in has a page of its own."""
        if on_paper_of(draft) is None:
            self._show_intake(draft, guide)
        else:
            self._cases.key_in(draft)

    def _show_intake(self, draft: Draft, guide: Guide) -> None:
        page = IntakePage(
            draft, guide, self._work, self._background, self._setting(guide),
            self._strip(draft, guide),
        )  # fmt: skip
        page.review_asked.connect(partial(self._show_review, guide))
        page.finished.connect(self._show_finished)
        page.sheet_asked.connect(self._on_sheet)
        page.closed.connect(self._go_home)
        page.handed_over.connect(self._go_home)
        page.saver.saved.connect(self._workplace.note_saved)
        self._show(page)

    def _show_review(self, guide: Guide, draft: Draft) -> None:
        page = self._review_page(guide, draft)

        def go_back(step: str) -> None:
            again = page.draft
            again.step = step or again.step
            self._show_intake(again, guide)

        page.change_asked.connect(go_back)
        page.back_asked.connect(lambda: go_back(""))
        page.finished.connect(self._show_finished)
        page.closed.connect(self._go_home)
        self._show(page)

    def _review_page(self, guide: Guide, draft: Draft) -> ReviewBase:
        setting, printers = self._setting(guide), self._desk.agency.printers
        if guide.form.terms is None:
            return ReviewPage(draft, guide, self._work, self._background, setting, printers)
        return self._cases.review_page(draft, guide, setting)

    def _show_finished(self, finished: Finished) -> None:
        printers = self._desk.agency.printers
        page = FinishedPage(finished, self._work, self._background, self._setting(None), printers)
        page.home_asked.connect(self._go_home)
        page.record_asked.connect(self._on_record)
        self._show_guest(page, way_to(finished))

    def _on_record(self, ident: str) -> None:
        """Open a record: a case has a page of its own."""
        self._on_folder(ident, "")

    def _on_folder(self, ident: str, tab: str) -> None:
        """Open a record at one of its tabs; without one, at what was taken at first."""
        self._look_up(ident, tab)

    def _look_up(self, ident: str, tab: str, then: Callable[[], object] | None = None) -> None:
        def show(folder: Folder) -> None:
            if folder is Folder.CASE:
                self._cases.open_case(ident)
            else:
                page = self._show_record(ident, folder)
                if tab:
                    page.show_tab(tab)
            if then is not None:
                then()

        failed = note if then else None  # who comes back does not miss what is gone
        self._background.run(lambda: folder_of(self._desk, RecordId(ident)), show, failed)

    def _show_record(self, ident: str, folder: Folder) -> FolderPage:
        page = RecordPage(
            RecordId(ident), self._work, self._background, self._setting(None),
            self._workplace.names, self._desk.agency.printers,
        )  # fmt: skip
        page.closed.connect(self._go_home)
        shown = self._cases.show_folder(page, ident, CARE_ROOM, folder)
        shown.first_aged.connect(page.refresh)
        return shown

    def _on_handed_in(self, ident: str, where: str) -> None:
        page = HandedInPage(
            RecordId(ident), SenderWork(self._desk), self._background, self._setting(None),
            self._desk.agency.printers,
        )  # fmt: skip
        page.closed.connect(self._go_home)
        page.another_asked.connect(self._on_another)
        page.begin_with(where)
        self._show_guest(page, ("handed_in", ident, where))

    def _on_another(self, ident: str) -> None:
        """Another person of the event of what was handed in."""
        desk = self._desk
        self._open(lambda: begin_another_handed_in(desk, RecordId(ident)))

    def _show(self, page: FormPage) -> None:
        if self.save() is not None:
            page.save_soon()  # it holds the same answers, and tries again
        self._page = page
        self._workplace.show_guest(page)

    def _show_guest(self, page: QWidget, way: Way = ()) -> None:
        self.save()  # notes of a call, which are tried again as long as their folder is there
        self._page = None
        self._workplace.show_guest(page, way)

    def _go_home(self) -> None:
        self._page = None
        self._workplace.go("home")

    def _may_leave(self, go: Callable[[], object]) -> bool:
        """Whether the form may go from the screen; if not, the person is asked."""
        why = self.save()
        if why is None:
            self._page = None
            return True

        def leave() -> None:
            self._page = None
            go()

        self._ask(why, leave)
        return False

    def _strip(self, draft: Draft, guide: Guide) -> SamePersonStrip | None:
        """Suggests who may be the same person, to who may list the people of that file."""
        if not may_suggest(self._desk, draft.pathway):
            return None
        look = Look(self._desk, self._background, self._words, self._theme, self._workplace.names)
        return SamePersonStrip(look, guide.form, is_decided=PERSON in draft.marks)

    def _setting(self, guide: Guide | None) -> Setting:
        born = guide.form.facts.get("born", "") if guide else ""
        return Setting(self._words, self._theme, self._desk.clock, self._suggest, born)

    def _suggest(self, text: str, done: Callable[[list[Suggestion]], None]) -> None:
        def look() -> list[Suggestion]:
            found = search_providers(self._desk, ProviderQuery(text=text))
            return [Suggestion(row.record, row.name, row.city) for row in found[:_SUGGESTIONS]]

        self._background.run(look, done)


def _way_of(page: FormPage) -> Way:
    """How a page that is typed into is opened again."""
    if isinstance(page, ReviewBase):
        return "review", page.draft.id
    if not isinstance(page, IntakePage):
        return "draft", page.draft.id
    page.keep()
    return "draft", page.draft.id, page.step

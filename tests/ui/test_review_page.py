"""The review: answers, what is missing, papers and their preview, Finish."""

from collections.abc import Sequence

import pytest
from form_driver import find, press, shown
from form_fakes import CLOCK, EVERY_TYPE, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import PrinterNotAllowed
from intake_app.domain.form import Choice, Field, FieldType, Section
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.finished_page import FinishedPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.review_page import ReviewPage
from intake_app.ui.papers import paper_desk
from intake_app.ui.papers.printing import PrintOutcome
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

FORM = form_of(
    Section("start", both("What brings you in?"), (EVERY_TYPE.fields[5],)),
    Section("person", both("Who is the person?"), (
        Field("name", FieldType.TEXT, both("First name"), is_required=True),
        Field("hidden", FieldType.TEXT, both("Not asked")),
    )),
)  # fmt: skip
GUIDE = PlainGuide(FORM, {"hidden": lambda _: False})
WHOLE = {"way": "for_myself", "name": "Rosa", "hidden": "never shown"}


@pytest.fixture
def desk() -> WorkingDesk:
    return WorkingDesk(GUIDE)


@pytest.fixture
def setting(theme: Theme, words: Words) -> Setting:
    return Setting(words, theme, CLOCK)


def opened(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting,
    answers: dict[str, object],
) -> ReviewPage:  # fmt: skip
    page = ReviewPage(draft_of(FORM, answers), GUIDE, desk, background, setting)
    qtbot.addWidget(page)
    page.resize(1060, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and bool(page.ticks.ticks))
    qtbot.waitUntil(lambda: not background.is_busy)
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting) -> ReviewPage:
    return opened(qtbot, desk, background, setting, dict(WHOLE))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A printer that takes everything; job titles end up here."""
    jobs: list[str] = []

    def take(
        _page: object, _data: bytes, job: str, _words: Words, _allowed: Sequence[str]
    ) -> PrintOutcome:
        jobs.append(job)
        return PrintOutcome(is_printed=True, printer="Front desk")

    monkeypatch.setattr(paper_desk, "print_pdf", take)
    return jobs


ASKS = form_of(
    Section("start", both("Papers"), (
        Field("tongue", FieldType.CHOICE, both("Language for your papers"),
              choices=(Choice("en", both("English")), Choice("es", both("Spanish")))),
    )),
    facts={"language": "tongue"},
)  # fmt: skip


def test_the_language_of_the_papers_is_one_value_on_the_form_and_on_the_review(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting
) -> None:
    guide = PlainGuide(ASKS)
    page = ReviewPage(draft_of(ASKS, {"tongue": "es"}), guide, desk, background, setting)
    qtbot.addWidget(page)
    page.show()
    assert page.language.currentData() == "es"
    assert "Spanish" in words_on(page)
    qtbot.keyClick(page.language, Qt.Key.Key_Up)
    draft = page.draft
    assert (draft.language, draft.answers["tongue"]) == ("en", "en")
    assert "Spanish" not in words_on(page)
    again = IntakePage(draft, guide, desk, background, setting)
    qtbot.addWidget(again)
    again.show()
    press(again, "Spanish")
    assert again.draft.answers["tongue"] == "es"
    assert again.draft.language == ""  # so the answer decides
    qtbot.waitUntil(lambda: not background.is_busy)


def words_on(page: QWidget) -> str:
    return "\n".join(label.text() for label in shown(page) if isinstance(label, QLabel))


def test_it_shows_what_was_answered_and_nothing_that_is_not_asked(page: ReviewPage) -> None:
    shown = words_on(page)
    assert "For myself" in shown
    assert "Rosa" in shown
    assert "never shown" not in shown
    assert page.summary.text == ""


def test_a_section_is_changed_by_its_own_link(qtbot: QtBot, page: ReviewPage) -> None:
    with qtbot.waitSignal(page.change_asked) as told:
        press(page, "Change: Who is the person?")
    assert told.args == ["person"]


def test_what_is_missing_is_named_with_a_link_and_finish_waits_for_it(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting
) -> None:
    page = opened(qtbot, desk, background, setting, {"way": "for_myself"})
    assert page.summary.text == "1 answer is still missing or wrong"
    with qtbot.assertNotEmitted(page.finished):
        press(page, "Finish")
    assert desk.finished == []
    with qtbot.waitSignal(page.change_asked) as told:
        press(page, "Answer: First name")
    assert told.args == ["person"]


def test_the_first_paper_is_shown_with_its_words_for_a_screen_reader(
    qtbot: QtBot, page: ReviewPage
) -> None:
    qtbot.waitUntil(lambda: page.preview.isVisible())
    assert "Preview of referral_letter_participant, page 1" in page.preview.sheet.accessibleName()
    press(page, "Next page")
    assert page.preview.page == 1
    assert "page 2" in page.preview.sheet.accessibleName()
    before = page.preview.sheet.pixmap().width()
    press(page, "Larger")
    assert page.preview.sheet.pixmap().width() > before
    press(page, "Preview: Consent to share")
    qtbot.waitUntil(lambda: "consent" in page.preview.sheet.accessibleName())


def test_papers_are_printed_before_finish_once_each_and_counted(
    qtbot: QtBot, page: ReviewPage, desk: WorkingDesk, printed: list[str]
) -> None:
    assert find(page, "Wallet card").isChecked()  # pyright: ignore[reportAttributeAccessIssue]
    press(page, "Print")
    qtbot.waitUntil(lambda: len(desk.printed) == 2)
    assert printed == ["PH-26-A00017-K/1", "PH-26-A00017-K/2"]
    qtbot.waitUntil(lambda: page.print.isEnabled())
    press(page, "Print")
    qtbot.waitUntil(lambda: len(desk.printed) == 4)
    assert len(desk.papers) == 2  # a second print is a copy, not a second paper
    assert page.draft.number == "PH-26-A00017-K"
    assert desk.finished == []


def test_finish_issues_what_is_ticked_and_tells(
    qtbot: QtBot, page: ReviewPage, desk: WorkingDesk
) -> None:
    press(page, "Wallet card")
    with qtbot.waitSignal(page.finished) as told:
        press(page, "Finish")
    assert told.args is not None
    assert told.args[0].number == "PH-26-A00017-K"
    assert [paper.paper for paper in desk.papers] == ["referral_letter_participant"]
    assert desk.finished[0].number == "PH-26-A00017-K"


def test_a_printer_that_is_not_allowed_is_told_and_nothing_is_counted(
    qtbot: QtBot, page: ReviewPage, desk: WorkingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> PrintOutcome:
        raise PrinterNotAllowed

    monkeypatch.setattr(paper_desk, "print_pdf", refuse)
    press(page, "Print")
    qtbot.waitUntil(lambda: page.error.text == PrinterNotAllowed.sentence())
    assert desk.printed == []


def test_another_language_is_kept_with_the_draft(
    qtbot: QtBot, page: ReviewPage, desk: WorkingDesk
) -> None:
    page.language.setCurrentIndex(page.language.findData("es"))
    with qtbot.waitSignal(page.closed):
        press(page, "Save and close")
    assert desk.saved[-1].language == "es"


def test_the_last_page_shows_number_owed_and_papers_and_prints(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting, printed: list[str]
) -> None:
    draft = draft_of(FORM, dict(WHOLE))
    desk.make_papers(draft, ["wallet_card"])
    page = FinishedPage(desk.finish(draft), desk, background, setting)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.card.rows) and page.card.rows[0].isVisible())
    shown = words_on(page)
    assert "PH-26-A00017-K" in shown
    assert "72-hour follow-up" in shown
    assert "Thursday, November 26, 2026" in shown
    press(page, "Print")
    qtbot.waitUntil(lambda: bool(desk.printed))
    assert printed == ["PH-26-A00017-K/1"]
    with qtbot.waitSignal(page.home_asked):
        press(page, "Home")

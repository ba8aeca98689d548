"""The review grows card by card: order of Tab, and where the cursor is, are as on a whole page."""

from collections.abc import Iterator

import pytest
from form_fakes import CLOCK, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.form import Choice, Field, FieldType, Section
from intake_app.ui.form import growth
from intake_app.ui.form.answer_list import AnswerCard
from intake_app.ui.form.growth import is_growing
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.review_page import ReviewPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

MANY, EACH = 8, 4
FORM = form_of(
    Section("start", both("Papers"), (
        Field("tongue", FieldType.CHOICE, both("Language for your papers"),
              choices=(Choice("en", both("English")), Choice("es", both("Spanish")))),
    )),
    *(Section(f"s{n}", both(f"Part {n}"), tuple(
        Field(f"q{n}{m}", FieldType.TEXT, both(f"Question {m}")) for m in range(EACH)
    )) for n in range(MANY)),
    facts={"language": "tongue"},
)  # fmt: skip
ANSWERS = {"tongue": "es", **{f"q{n}{m}": "Rosa" for n in range(MANY) for m in range(EACH)}}


@pytest.fixture(autouse=True)
def one_card_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "TURN", 0.0)


@pytest.fixture
def large(qapp: QApplication, theme: Theme) -> Iterator[Theme]:
    """Text of 200 %: papers stand under the answers."""
    made = themes.make_theme(scale=2.0)
    themes.apply(qapp, made)
    yield made
    themes.apply(qapp, theme)


def a_review(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> ReviewPage:
    guide = PlainGuide(FORM)
    page = ReviewPage(draft_of(FORM, dict(ANSWERS)), guide, WorkingDesk(guide), background,
                      Setting(words, theme, CLOCK))  # fmt: skip
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    return page


def settled(qtbot: QtBot, page: ReviewPage, background: Background) -> None:
    qtbot.waitUntil(lambda: bool(page.ticks.ticks) and not background.is_busy)
    qtbot.waitUntil(lambda: not is_growing(page))


def tab_order(page: QWidget) -> list[str]:
    found, now = list[str](), page.nextInFocusChain()
    while now is not None and now is not page:
        if now.focusPolicy() & Qt.FocusPolicy.TabFocus and now.isVisibleTo(page):
            found.append(now.accessibleName())
        now = now.nextInFocusChain()
    return found


def is_seen(widget: QWidget | None) -> bool:
    return widget is not None and not widget.visibleRegion().isEmpty()


def test_tab_goes_through_answers_then_papers_then_the_buttons_that_end(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    page = a_review(qtbot, background, words, theme)
    settled(qtbot, page, background)
    qtbot.keyClick(page.language, Qt.Key.Key_Up)
    settled(qtbot, page, background)
    order = tab_order(page)
    changes = [name for name in order if name.startswith("Change: ")]
    assert changes == ["Change: Papers", *(f"Change: Part {n}" for n in range(MANY))]
    papers = [tick.accessibleName() for tick in page.ticks.ticks.values()]
    assert papers  # control
    wanted = [changes[-1], "Language of the papers", *papers, "Print", "Save PDF", "Back", "Finish"]
    assert [name for name in order if name in wanted] == wanted
    assert order[order.index(papers[0]) + 1] == f"Preview: {papers[0]}"


def test_with_large_text_the_cursor_stays_in_sight_while_cards_come_above_it(
    qtbot: QtBot, background: Background, words: Words, large: Theme
) -> None:
    page = a_review(qtbot, background, words, large)
    settled(qtbot, page, background)
    qtbot.waitUntil(lambda: page.print.hasFocus() and is_seen(page.print))
    assert not is_seen(page.findChildren(AnswerCard)[0])  # control: it does not all fit
    page.language.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.language, Qt.Key.Key_Up)
    settled(qtbot, page, background)
    qtbot.waitUntil(lambda: page.language.hasFocus() and is_seen(page.language))


def test_another_language_while_it_grows_shows_each_answer_once_and_the_new_one(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    page = a_review(qtbot, background, words, theme)
    assert is_growing(page)  # control
    qtbot.keyClick(page.language, Qt.Key.Key_Up)
    growth.make_whole(page)
    settled(qtbot, page, background)
    titles = [one.accessibleName() for one in page.findChildren(AnswerCard) if one.isVisible()]
    assert sorted(titles) == sorted(["Papers", *(f"Part {n}" for n in range(MANY))])
    assert page.draft.answers["tongue"] == "en"


def test_who_presses_change_while_it_grows_goes_where_it_says(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    page = a_review(qtbot, background, words, theme)
    qtbot.waitUntil(lambda: bool(page.findChildren(AnswerCard)))
    assert is_growing(page)  # control
    with qtbot.waitSignal(page.change_asked) as asked:
        page.findChildren(AnswerCard)[0].change.click()
    assert asked.args == ["start"]
    settled(qtbot, page, background)

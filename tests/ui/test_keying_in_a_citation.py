"""A citation of a pad becomes a case in at most 15 actions; what was written by hand binds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from form_driver import find, group
from pad_house import Hand, Station
from PySide6.QtWidgets import QComboBox, QRadioButton
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import FieldType
from intake_app.domain.ids import UserId
from intake_app.services.case.held import held_case
from intake_app.services.citing.citing import Issued
from intake_app.services.citing.keying_in import key_in
from intake_app.services.records.drafts import guide_of, resume_draft
from intake_app.services.records.ledger import Use, ledger
from intake_app.services.records.on_paper import OnPaper, on_paper_of
from intake_app.ui.case.issuing_work import IssuingWork
from intake_app.ui.form.rows_field import RowsField
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.keying_page import HANDED_OVER, WRITTEN, KeyingPage
from intake_app.ui.pages.pads_page import PadsPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

MOST = 15
FROM_HOME = 1
"""The button that opens the page of pads."""

SAID = {
    "last_name": "Quillfeather", "first_name": "Wren", "date_of_birth": "4/17/1991",
    "case_number": "26-118804", "offense_at": "11/23/2026 8:10 AM",
    "offense_place": "12 Mill Street",
}  # fmt: skip


@pytest.fixture
def station(tmp_path: Path, background: Background) -> Iterator[Station]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    made = Station(tmp_path, clock, background)
    yield made
    made.close()


class Window:
    """The page of pads, and the keying page as the window opens it."""

    def __init__(
        self, qtbot: QtBot, station: Station, background: Background, words: Words, theme: Theme
    ) -> None:
        self.qtbot, self.station, self.background = qtbot, station, background
        self.words, self.theme, self.hand = words, theme, Hand()
        self.pads = PadsPage(station.desk, background, words, theme)
        qtbot.addWidget(self.pads)
        self.pads.show()
        with qtbot.waitSignal(self.pads.refreshed):
            self.pads.refresh()
        self.hand.actions = FROM_HOME

    def key_in(self, number: str) -> KeyingPage:
        with self.qtbot.waitSignal(self.pads.draft_ready, timeout=20_000) as ready:
            self.hand.scan(self.pads.key_in.number, number)
        draft, desk = (ready.args or [])[0], self.station.desk
        guide = self.station.ask(lambda: guide_of(desk, draft))
        setting = Setting(self.words, self.theme, desk.clock)
        page = KeyingPage(draft, guide, desk, self.background, setting)
        self.qtbot.addWidget(page)
        page.resize(1100, 900)
        page.show()
        return page

    def say_times(self, page: KeyingPage, handed_over: str, report_by: str) -> None:
        for name, text in ((HANDED_OVER, handed_over), (WRITTEN, report_by)):
            label = page.fields[name].name
            self.hand.type(find(page, label), text)
        with self.qtbot.waitSignal(page.counted, timeout=20_000):
            page._count()

    def fill(self, page: KeyingPage) -> None:
        """Answer all that is open, as the paper says it."""
        for name, widget in page.fields.items():
            if widget.isHidden():
                continue
            if name in SAID:
                self.hand.type(find(page, widget.name), SAID[name])
            elif isinstance(widget, RowsField):
                picker = widget.cards[0].fields["offense"].findChildren(QComboBox)[0]
                self.hand.pick(picker, picker.itemText(2))
            elif widget.value() is None and widget.field.is_required:
                self._first(page, name)

    def _first(self, page: KeyingPage, name: str) -> None:
        """Says no to yes or no, and the first of a list."""
        widget = page.fields[name]
        buttons = group(page, widget.name).findChildren(QRadioButton)
        is_no = widget.field.type is FieldType.YES_NO
        self.hand.press(next(b for b in buttons if not is_no or b.text() == "No"))

    def keep(self, page: KeyingPage) -> Issued:
        with self.qtbot.waitSignal(page.issued, timeout=20_000) as issued:
            self.hand.press(page.keep)
        return (issued.args or [])[0]


@pytest.fixture
def window(
    qtbot: QtBot, station: Station, background: Background, words: Words, theme: Theme
) -> Window:
    return Window(qtbot, station, background, words, theme)


def test_a_citation_is_keyed_in_with_at_most_fifteen_actions(
    window: Window, station: Station
) -> None:
    pad = station.pad()
    page = window.key_in(pad.numbers[0])
    window.say_times(page, "11/23/2026 8:40 AM", "11/30/2026 4:00 PM")
    assert page.differs.text == ""
    window.fill(page)
    issued = window.keep(page)
    assert window.hand.actions <= MOST
    assert issued.finished.number == pad.numbers[0]
    assert not issued.is_paper_different
    held = station.ask(lambda: held_case(station.desk, issued.finished.record))
    assert held.record.values["transcribed"] == "yes"
    assert held.acts[0].at == datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
    assert held.acts[0].entered.startswith("2026-11-23T09:30")
    uses = station.ask(lambda: [entry.use for entry in ledger(station.desk, 2026)])
    assert uses == [Use.ISSUED, Use.ON_PAD, Use.ON_PAD]


def test_a_program_that_asks_for_more_costs_an_action_for_each(
    window: Window, station: Station
) -> None:
    """Where a program's file requires record check and admission, the paper proves neither."""
    plain = window.key_in(station.pad().numbers[0])
    city = window.key_in(station.pad("pembroke_pines", 1).numbers[0])
    asked = {name for name, field in city.fields.items() if field.field.is_required}
    before = {name for name, field in plain.fields.items() if field.field.is_required}
    assert asked - before == {"record_check", "admission"}


def test_the_window_says_before_it_is_kept_that_the_paper_binds(
    window: Window, station: Station
) -> None:
    page = window.key_in(station.pad().numbers[1])
    window.say_times(page, "11/23/2026 8:40 AM", "12/2/2026 12:00 PM")
    assert page.differs.text == (
        "The paper says Wednesday, December 2, 2026, 12:00 PM. "
        "The program counts Monday, November 30, 2026, 4:00 PM. The paper binds."
    )
    window.fill(page)
    issued = window.keep(page)
    assert issued.is_paper_different
    assert issued.report_by
    assert issued.report_by.moment == datetime(2026, 12, 2, 12, 0, tzinfo=UTC)


def test_what_is_missing_stands_at_its_question(window: Window, station: Station) -> None:
    page = window.key_in(station.pad().numbers[0])
    page.keep.click()
    handed = page.fields[HANDED_OVER]
    assert handed.shown_problem == "Enter the date and time that stand on the paper."
    assert page.fields["last_name"].shown_problem
    assert page.fields["decision"].shown_problem == ""
    assert page.error.text == ""


def test_times_that_cannot_be_are_a_sentence(window: Window, station: Station) -> None:
    page = window.key_in(station.pad().numbers[0])
    window.say_times(page, "11/23/2026 8:40 AM", "11/23/2026 8:00 AM")
    window.fill(page)
    window.hand.press(page.keep)
    window.qtbot.waitUntil(lambda: bool(page.error.text))
    assert page.error.text.startswith("The report-by on the paper is not after")
    assert page.keep.isEnabled()


def test_leaving_keeps_both_times_and_scanning_again_goes_on(
    window: Window, station: Station
) -> None:
    number = station.pad().numbers[0]
    page = window.key_in(number)
    window.say_times(page, "11/23/2026 8:40 AM", "11/30/2026 4:00 PM")
    window.hand.type(find(page, page.fields["last_name"].name), "Quillfeather")
    with window.qtbot.waitSignal(page.closed):
        page.save.click()
    draft = station.ask(lambda: resume_draft(station.desk, page.draft.id))
    by_hand = OnPaper("2026-11-23T08:40:00+00:00", "2026-11-30T16:00:00+00:00", UserId("u1"))
    assert on_paper_of(draft) == by_hand
    again = window.key_in(number)
    assert again.fields["last_name"].value() == "Quillfeather"
    assert again.fields[WRITTEN].value() == "2026-11-30T16:00:00+00:00"
    assert station.ask(lambda: key_in(station.desk, number)).id == page.draft.id


def test_what_another_answer_opens_is_asked_too(window: Window, station: Station) -> None:
    page = window.key_in(station.pad().numbers[0])
    assert page.fields["injury"].isHidden()
    risk = group(page, page.fields["has_risk"].name).findChildren(QRadioButton)
    window.hand.press(risk[0])
    assert not page.fields["injury"].isHidden()
    with window.qtbot.waitSignal(page.draft_asked) as asked:
        page.all.click()
    assert (asked.args or [])[0].answers["has_risk"] == "yes"


def test_the_long_way_prints_nothing_anew_either(window: Window, station: Station) -> None:
    """On the page of all questions no paper is ticked: the person has it."""
    page = window.key_in(station.pad().numbers[0])
    window.say_times(page, "11/23/2026 8:40 AM", "12/2/2026 12:00 PM")
    window.fill(page)
    draft = page.draft
    look = station.ask(lambda: IssuingWork(station.desk).look(draft))
    assert look.offers
    assert not any(offer.is_default for offer in look.offers)
    assert look.clock.report_by.moment == datetime(2026, 12, 2, 12, 0, tzinfo=UTC)

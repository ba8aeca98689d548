"""What a department decides of its numbers: the threshold, the fiscal year, its own unit costs."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import AGENCY, desk_of
from form_driver import find, press, words_on, write
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import UserId
from intake_app.makers import LatePress
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import read_agency, record_department
from intake_app.settings import resources
from intake_app.settings.look import Look
from intake_app.ui.pages.settings_page import SettingsPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.settings.agency_subject import AgencySubject
from intake_app.ui.settings.measure_cards import TellingCard
from intake_app.wiring.decisions import take_decisions
from intake_app.words import Words

BOOKING = "Cost of one booking, in dollars"
JAIL = "Cost of one day in jail, in dollars"
DAYS = "Days in jail that one arrest means, for example 1.5"
MINUTES = "An officer's minutes for one arrest and booking"
LEAST = "Smallest number above 0 that is shown in released numbers"


class Opened:
    """The settings, at the subject of numbers."""

    def __init__(self, page: SettingsPage, qtbot: QtBot, background: Background) -> None:
        self.page, self._qtbot, self._background = page, qtbot, background
        self.show("measures")

    def show(self, ident: str) -> None:
        self.page.open_subject(ident)
        self._qtbot.waitUntil(lambda: not self._background.is_busy)

    @property
    def subject(self) -> AgencySubject:
        made = self.page.made["measures"]
        assert isinstance(made, AgencySubject)
        return made

    def field(self, name: str) -> QLineEdit:
        found = find(self.page, name)
        assert isinstance(found, QLineEdit)
        return found

    def rewrite(self, name: str, text: str) -> None:
        self.field(name).clear()
        if text.isascii():
            write(self.page, name, text)
        else:
            self.field(name).setText(text)  # as it is pasted: no key types it

    def save(self) -> None:
        press(self.page, "Save settings")
        self._qtbot.waitUntil(lambda: not self._background.is_busy)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = desk_of("admin")
    record_department(made.station, UserId("u5"), replace(AGENCY, booking_cents=9_000), [])
    decided = take_decisions(tmp_path, made.station, made.clock, "front", is_training=False)
    library = FormLibrary(
        resources.path("forms"), resources.path("resources"),
        Setting.of(AGENCY, made.clock), decided.own,
    )  # fmt: skip
    return replace(made, decisions=decided.parts, library=library, press=LatePress())


@pytest.fixture
def on(
    desk: Desk, qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> Opened:  # fmt: skip
    made = SettingsPage(desk, background, words, theme, Look())
    qtbot.addWidget(made)
    made.resize(1100, 768)
    made.show()
    made.activateWindow()
    return Opened(made, qtbot, background)


def test_costs_are_typed_as_money_and_kept_in_cents(on: Opened, desk: Desk) -> None:
    assert on.field(BOOKING).text() == "90"
    for name, typed in (
        (BOOKING, "$1,085.50"), (JAIL, "92"), (DAYS, "1.5"), (MINUTES, "150"), (LEAST, "6"),
    ):  # fmt: skip
        on.rewrite(name, typed)
    on.save()
    kept = read_agency(desk.station)
    assert (kept.booking_cents, kept.jail_day_cents) == (108_550, 9_200)
    assert (kept.jail_days_tenths, kept.arrest_minutes, kept.small_cell) == (15, 150, 6)
    assert on.field(BOOKING).text() == "1085.50"
    on.show("history")
    assert "Cost of one booking: $90.00 → $1,085.50" in words_on(on.page)
    assert "Days in jail that one arrest means: 0 → 1.5" in words_on(on.page)


def test_a_cost_that_is_emptied_is_not_reckoned_any_more(on: Opened, desk: Desk) -> None:
    on.rewrite(BOOKING, "")
    on.save()
    assert read_agency(desk.station).booking_cents == 0


@pytest.mark.parametrize(
    "typed", ["ninety", "9.505", "1.2.3", "-4", "९०", "99999999", "12,5", "1,23,456"]
)
def test_what_is_no_amount_is_named_and_nothing_is_kept(
    on: Opened, desk: Desk, typed: str
) -> None:  # fmt: skip
    on.rewrite(JAIL, typed)
    on.save()
    assert on.subject.error.text == "1 thing to fix before you continue"
    assert read_agency(desk.station).jail_day_cents == 0


@pytest.mark.parametrize("typed", ["1", "101", "eleven", ""])
def test_the_threshold_stays_within_its_limits(on: Opened, desk: Desk, typed: str) -> None:
    on.rewrite(LEAST, typed)
    on.save()
    assert f"{LEAST}: enter 2 to 100." in words_on(on.page)
    assert read_agency(desk.station).small_cell == 11


def test_the_fiscal_year_begins_in_a_month_that_has_a_name(on: Opened, desk: Desk) -> None:
    card = on.subject.cards[0]
    assert isinstance(card, TellingCard)
    assert card.fiscal_month.currentText() == "July"
    card.fiscal_month.setCurrentIndex(card.fiscal_month.findText("October"))
    on.save()
    assert read_agency(desk.station).fiscal_month == 10

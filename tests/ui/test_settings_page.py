"""Settings: subjects, the department's decisions with undo, and releasing a locked sign-in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from fakes import AGENCY, GivenRows, desk_of
from form_driver import NotThere, find, press, words_on, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DiskFull
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Role
from intake_app.makers import LatePress
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.decisions.history import history
from intake_app.services.decisions.printers import printers_here
from intake_app.services.decisions.schedule import propose_times
from intake_app.services.decisions.wording import wording
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import read_agency, record_department
from intake_app.settings import resources
from intake_app.settings.look import Look
from intake_app.ui.help.button import HelpButton
from intake_app.ui.pages.settings_page import SettingsPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.logo import MOST_PIXELS, fitting_logo
from intake_app.ui.parts.theme import Theme
from intake_app.ui.settings.agency_subject import AgencySubject
from intake_app.ui.settings.cases_card import CaseSettings
from intake_app.ui.settings.codes_subject import CodesSubject
from intake_app.ui.settings.days_card import DaysCard
from intake_app.ui.settings.department_card import DepartmentCard
from intake_app.ui.settings.history_subject import HistorySubject
from intake_app.ui.settings.pack_subject import PackSubject
from intake_app.ui.settings.retention_subject import RetentionSubject
from intake_app.ui.settings.words_subject import WordsSubject
from intake_app.wiring.decisions import take_decisions
from intake_app.words import Words

Part = TypeVar("Part")
CARD = "papers/tonight_card.toml"
SAVED = "Saved."


class Opened:
    """The page on the screen, driven by its subjects."""

    def __init__(self, page: SettingsPage, qtbot: QtBot, background: Background) -> None:
        self.page, self._qtbot, self._background = page, qtbot, background

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._background.is_busy)

    def subject(self, ident: str, kind: type[Part] = QWidget) -> Part:
        self.page.open_subject(ident)
        self.settle()
        made = self.page.made[ident]
        assert isinstance(made, kind)
        return made

    def save(self, ident: str) -> AgencySubject:
        made = self.subject(ident, AgencySubject)
        press(self.page, "Save settings")
        self.settle()
        return made

    def rewrite(self, name: str, text: str) -> None:
        field = find(self.page, name)
        assert isinstance(field, QLineEdit)
        field.clear()
        write(self.page, name, text)


Open = Callable[[Desk], Opened]


@pytest.fixture
def opened(
    qtbot: QtBot, background: Background, words: Words, theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> Open:  # fmt: skip
    names = staticmethod(lambda: ["Front desk", "Lobby"])
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", names)

    def make(desk: Desk) -> Opened:
        made = SettingsPage(desk, background, words, theme, Look())
        qtbot.addWidget(made)
        made.resize(1100, 768)
        made.show()
        made.activateWindow()
        made.refresh()
        found = Opened(made, qtbot, background)
        found.settle()
        return found

    return make


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """K. Ames, who decides; with the files that ship."""
    made = desk_of("admin")
    record_department(made.station, UserId("u5"), AGENCY, [])
    decided = take_decisions(tmp_path, made.station, made.clock, "front", is_training=False)
    library = FormLibrary(
        resources.path("forms"), resources.path("resources"),
        Setting.of(AGENCY, made.clock), decided.own,
    )  # fmt: skip
    return replace(made, decisions=decided.parts, library=library, press=LatePress())


def test_each_changed_decision_is_kept_and_nothing_else(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    on.subject("department")
    on.rewrite("Phone", "(304) 555-0123")
    assert on.save("department").good.text.startswith(SAVED)
    assert find(on.page, "Phone").property("text") == "(304) 555-0123"
    on.subject("ways")
    on.rewrite("Signed on (month/day/year; empty: not signed yet)", "11/2/2026")
    QTest.keyClick(find(on.page, "Warrant checks"), Qt.Key.Key_Down)
    on.save("ways")
    on.subject("limits")
    on.rewrite("Idle seconds until the window shows nothing", "60")
    on.rewrite("Days until a backup expires", "60")
    on.save("limits")
    assert read_agency(desk.station) == replace(
        AGENCY, phone="(304) 555-0123", blur_seconds=60, no_arrest_signed="2026-11-02",
        warrant_policy="asked", backup_days=60,
    )  # fmt: skip
    assert isinstance(desk.station, GivenRows)
    assert desk.station.acts[-1].what == "change settings"
    assert len(history(desk)) == 3


def test_saving_what_was_not_touched_changes_nothing(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    for ident in ("department", "ways", "days", "limits"):
        assert on.save(ident).good.text
    assert read_agency(desk.station) == AGENCY
    assert history(desk) == []


@pytest.mark.parametrize(
    ("subject", "name", "typed"),
    [
        ("department", "Name of the department", " "), ("department", "ORI", "123"),
        ("department", "Letters of receipt numbers", "P1"),
        ("ways", "Signed on (month/day/year; empty: not signed yet)", "soon"),
        ("days", "State, for holidays (two letters)", "West"),
        ("limits", "Idle seconds until the window shows nothing", "3"),
        ("limits", "Idle seconds until the files are locked", "1801"),
        ("limits", "Idle seconds until the files are locked", "90"),
        ("limits", "Years that the audit trail is kept", "0"),
        ("limits", "Days until a provider's entry is called old", "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_kept(
    opened: Open, desk: Desk, subject: str, name: str, typed: str
) -> None:
    on = opened(desk)
    on.subject(subject)
    on.rewrite(name, typed)
    made = on.save(subject)
    assert made.error.text == "1 thing to fix before you continue"
    assert find(on.page, name).hasFocus()
    assert read_agency(desk.station) == AGENCY


def test_a_second_factor_that_is_off_needs_a_reason(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    on.subject("limits")
    assert "does not meet the CJIS rules" not in words_on(on.page)
    QTest.keyClick(find(on.page, "Second proof"), Qt.Key.Key_Down)
    assert "does not meet the CJIS rules" in words_on(on.page)
    assert on.save("limits").error.text
    write(on.page, "Why there is no code, in your own words", "Phones are banned")
    on.save("limits")
    now = read_agency(desk.station)
    assert (now.second_factor, now.second_factor_reason) == ("off", "Phones are banned")


def test_a_save_that_fails_says_why_and_keeps_what_was_typed(
    opened: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = opened(desk)
    on.subject("department")
    on.rewrite("Phone", "911")

    def full(*_: object) -> int:
        raise DiskFull

    monkeypatch.setattr(desk.station, "apply", full)
    assert on.save("department").error.text == DiskFull.sentence()
    assert find(on.page, "Phone").property("text") == "911"


@pytest.mark.parametrize("user", ["mhale", "dreyes", "rlowe"])
def test_others_see_only_how_the_window_looks(opened: Open, user: str) -> None:
    page = opened(desk_of(user)).page
    assert not page.subjects.isVisible()
    assert not page.findChildren(QLineEdit)


@pytest.mark.qt_log_ignore("libpng|PNG|IHDR")
def test_a_logo_is_scaled_and_what_is_no_picture_is_refused(
    opened: Open, desk: Desk, tmp_path: Path
) -> None:
    on = opened(desk)
    (card,) = on.subject("department", AgencySubject).cards
    assert isinstance(card, DepartmentCard)
    file = tmp_path / "logo.png"
    file.write_bytes(b"no picture")
    card.take_logo(file)
    assert card.put_into(AGENCY).logo == ""
    QImage(2000, 1000, QImage.Format.Format_RGB32).save(str(file))
    card.take_logo(file)
    assert card.put_into(AGENCY).logo
    assert card.put_into(AGENCY).logo_alt == f"Logo of {AGENCY.name}"
    kept = QImage.fromData(fitting_logo(file.read_bytes()))
    assert (kept.width(), kept.height()) == (MOST_PIXELS, MOST_PIXELS // 2)
    press(on.page, "Take the logo away")
    assert card.put_into(AGENCY).logo_alt == ""


def test_deputy_and_shift_are_kept(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    cards = on.subject("ways", AgencySubject).cards
    cases = next(card for card in cards if isinstance(card, CaseSettings))
    on.rewrite("Hours of a shift", "10")
    cases.deputy.setCurrentIndex(cases.deputy.findText("R. Lowe"))
    on.save("ways")
    kept = read_agency(desk.station)
    assert kept.shift_hours == 10
    assert kept.deputy == next(one.id for one in desk.colleagues if one.shown_name == "R. Lowe")


def test_closed_days_are_typed_and_a_holiday_is_unticked(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    (card,) = on.subject("days", AgencySubject).cards
    assert isinstance(card, DaysCard)
    card.closed.setPlainText("sometime")
    assert on.save("days").error.text
    assert [said for said, _ in card.problems()] == [
        "Enter each date as month/day/year, for example 11/27/2026."
    ]
    card.closed.setPlainText("12/24/2026\n11/27/2026\n")
    card.holidays[date(2026, 11, 26)].setChecked(False)
    on.save("days")
    kept = read_agency(desk.station)
    assert kept.closed_days == ("2026-11-27", "2026-12-24")
    assert kept.open_days == ("2026-11-26",)
    (again,) = on.subject("days", AgencySubject).cards
    assert isinstance(again, DaysCard)
    assert not again.holidays[date(2026, 11, 26)].isChecked()


def test_printers_are_those_of_this_computer(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    on.subject("printers")
    press(on.page, "Lobby")
    press(on.page, "Save printers")
    on.settle()
    assert printers_here(desk) == ("Lobby",)
    assert read_agency(desk.station).printers == ()


# --- undo -----------------------------------------------------------------------------------


def test_a_change_is_listed_and_taken_back(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    on.subject("department")
    on.rewrite("Phone", "(304) 555-0123")
    on.save("department")
    shown = on.subject("history", HistorySubject)
    said = words_on(on.page)
    assert "Phone: (304) 555-0100 → (304) 555-0123" in said
    assert "K. Ames, " in said
    (button,) = shown.buttons.values()
    assert button.accessibleName() == "Take back"
    press(on.page, "Take back")
    on.settle()
    assert read_agency(desk.station).phone == AGENCY.phone
    assert "Taken back: Settings of the department" in words_on(on.page)
    on.subject("department")
    assert find(on.page, "Phone").property("text") == AGENCY.phone


# --- words, forms, lists --------------------------------------------------------------------


def choose(shown: WordsSubject, title: str) -> None:
    for n in range(shown.papers.count()):
        if shown.papers.item(n).text().startswith(title):
            shown.papers.setCurrentRow(n)
            return
    raise NotThere(title)


def test_words_of_a_paper_are_changed_looked_at_and_kept(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    shown = on.subject("words", WordsSubject)
    choose(shown, "Tonight")
    on.settle()
    field = shown.fields["blocks/0/text", "en"]
    field.setPlainText("You are at the Elm Street door.")
    press(on.page, "Look at the paper")
    on.settle()
    assert "Elm Street door" in shown.preview.sheet.accessibleName()
    press(on.page, "Keep these words")
    on.settle()
    assert shown.good.text.startswith(SAVED)
    assert wording(desk, CARD).spoken[1].words["en"] == "You are at the Elm Street door."
    assert shown.papers.currentItem().text() == "Tonight: your own words"
    shown.fields["blocks/0/text", "en"].setPlainText("A brace { alone")
    press(on.page, "Keep these words")
    on.settle()
    assert "papers/tonight_card.toml" in shown.error.text
    press(on.page, "Use the program's words again")
    on.settle()
    assert wording(desk, CARD).version == "2026-11-1"


def test_words_are_found_and_shown_in_each_language(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    shown = on.subject("words", WordsSubject)
    write(on.page, "Find a paper", "arrest legal")
    seen = [shown.papers.item(n) for n in range(shown.papers.count())]
    assert {one.text() for one in seen if not one.isHidden()} >= {
        "Nobody is arrested for asking for help, with six limits (legal text)"
    }
    choose(shown, "Tonight")
    on.settle()
    assert shown.fields["paper/title", "en"].isVisible()
    shown.language.setCurrentIndex(shown.language.findData("es"))
    assert shown.fields["paper/title", "es"].isVisible()
    assert not shown.fields["paper/title", "en"].isVisible()


def test_a_pack_is_looked_at_and_brought_into_force(
    opened: Open, desk: Desk, tmp_path: Path
) -> None:
    on = opened(desk)
    shown = on.subject("forms", PackSubject)
    pack = tmp_path / "Elm Harbor"
    (pack / "programs").mkdir(parents=True)
    text = resources.path("forms", "programs", "safe_passages.toml").read_text("utf-8")
    new = text.replace('id = "safe_passages"', 'id = "elm_harbor"', 1)
    (pack / "programs" / "elm_harbor.toml").write_text(new, "utf-8")
    shown.open_pack(pack)
    on.settle()
    assert "elm_harbor" in words_on(on.page)
    press(on.page, "Try it in training")
    on.settle()
    assert shown.trial.text() == "Training tries this pack now: Elm Harbor"
    press(on.page, "End the trial")
    on.settle()
    press(on.page, "Bring it into force")
    on.settle()
    assert shown.good.text.startswith(SAVED)
    assert "elm_harbor" in {ident for ident, _ in desk.library.programs("self_referral")}
    (pack / "programs" / "elm_harbor.toml").write_text("[program", "utf-8")
    shown.open_pack(pack)
    on.settle()
    assert "programs/elm_harbor.toml:1:" in shown.error.text
    assert not shown.accept.isEnabled()


def test_a_choice_is_added_and_retired_in_the_window(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    shown = on.subject("codes", CodesSubject)
    shown.which.setCurrentIndex(shown.which.findData("housing"))
    on.rewrite("Words of the choice, English", "Tiny house")
    press(on.page, "Add as a new choice")
    on.settle()
    assert "tiny_house" in {one.id for one in desk.library.codes("housing")}
    shown.rows.setCurrentRow(shown.rows.count() - 1)
    on.rewrite("From this day on, or the last day (month/day/year; empty: today)", "11/22/2026")
    press(on.page, "Retire the chosen one")
    on.settle()
    assert next(one for one in desk.library.codes("housing") if one.id == "tiny_house").is_retired


def test_other_times_wait_for_a_privacy_officer(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    shown = on.subject("retention", RetentionSubject)
    shown.months["care_episode"].setText("24")
    press(on.page, "Propose these times")
    assert shown.error.text == "Please say why, in a few words."
    write(on.page, "Law or decision that these times come from", "State rule 7")
    press(on.page, "Propose these times")
    on.settle()
    assert shown.good.text.startswith("Proposed.")
    assert "Waits for a privacy officer" in words_on(on.page)
    assert not shown.waiting


def test_a_privacy_officer_agrees(opened: Open, desk: Desk) -> None:
    propose_times(desk, {"care_episode": (0, 24)}, "State rule 7")
    officer = replace(desk.person, id=UserId("u9"), roles=frozenset({Role.PRIVACY_OFFICER}))
    on = opened(replace(desk, person=officer))
    shown = on.subject("retention", RetentionSubject)
    assert not shown.months["care_episode"].isEnabled()
    press(on.page, "I agree")
    on.settle()
    assert shown.months["care_episode"].text() == "24"
    assert [on.page.subjects.item(n).text() for n in range(on.page.subjects.count())] == [
        "This window", "How long records are kept", "What was changed",
    ]  # fmt: skip


def test_what_has_a_place_of_its_own_is_named(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    asked: list[str] = []
    on.page.place_asked.connect(asked.append)
    for name in ("Users", "Roster", "Stores"):
        press(on.page, name)
    assert asked == ["users", "roster", "exchange"]


def test_how_the_window_looks_fits_beside_the_bar_in_large_spanish(
    qapp: QApplication, qtbot: QtBot, background: Background, desk: Desk
) -> None:
    theme = themes.make_theme(scale=2.0)
    themes.apply(qapp, theme)
    page = SettingsPage(desk, background, Words("es"), theme, Look())
    qtbot.addWidget(page)
    page.resize(1366 - 112, 768)  # the bar on the left is a strip of signs by then
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: not background.is_busy)
    for _ in range(20):
        QApplication.processEvents()
    areas = [one for one in page.findChildren(QScrollArea) if one.isVisible()]
    assert areas
    assert [one.horizontalScrollBar().maximum() for one in areas] == [0] * len(areas)
    assert not page.findChildren(HelpButton)  # that of the bar is enough


def test_every_subject_opens_and_each_control_has_a_name(opened: Open, desk: Desk) -> None:
    on = opened(desk)
    for n in range(on.page.subjects.count()):
        on.page.subjects.setCurrentRow(n)
        on.settle()
        for field in on.page.findChildren(QLineEdit) + on.page.findChildren(QPlainTextEdit):
            if field.isVisible() and field.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert field.accessibleName(), on.page.subjects.item(n).text()

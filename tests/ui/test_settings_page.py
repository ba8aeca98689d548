"""Settings: the department's decisions, and releasing a locked sign-in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import AGENCY, MemoryRecords, desk_of
from form_driver import find, press, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DiskFull, WrongPassphrase
from intake_app.domain.ids import UserId
from intake_app.services.desk import Desk
from intake_app.services.setting_up import read_agency, record_department
from intake_app.settings.look import Look
from intake_app.ui.background import Background
from intake_app.ui.logo import MOST_PIXELS, fitting_logo
from intake_app.ui.pages.settings_page import SettingsPage
from intake_app.ui.theme import Theme
from intake_app.words import Words

Open = Callable[[Desk], SettingsPage]


@pytest.fixture
def released() -> list[str]:
    return []


@pytest.fixture
def opened(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, released: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Open:  # fmt: skip
    names = staticmethod(lambda: ["Front desk", "Lobby"])
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", names)

    def release(name: str) -> None:
        if name == "nobody":
            raise WrongPassphrase
        released.append(name)

    def make(desk: Desk) -> SettingsPage:
        made = SettingsPage(desk, background, words, theme, Look(), release)
        qtbot.addWidget(made)
        made.resize(1100, 768)
        made.show()
        made.activateWindow()
        made.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)
        return made

    return make


@pytest.fixture
def desk() -> Desk:
    made = desk_of("admin")
    record_department(made.station, UserId("u5"), AGENCY, [])
    return made


def rewrite(page: SettingsPage, name: str, text: str) -> None:
    field = find(page, name)
    assert isinstance(field, QLineEdit)
    field.clear()
    write(page, name, text)


def test_each_changed_decision_is_kept_and_nothing_else(
    qtbot: QtBot, opened: Open, desk: Desk
) -> None:
    page = opened(desk)
    rewrite(page, "Phone", "(304) 555-0123")
    rewrite(page, "Idle seconds until the window shows nothing", "60")
    rewrite(page, "Signed on (month/day/year; empty: not signed yet)", "11/2/2026")
    for name in ("Program over the walk-in form", "“No arrest” statement", "Warrant checks"):
        QTest.keyClick(find(page, name), Qt.Key.Key_Down)
    press(page, "Lobby")
    press(page, "Save settings")
    qtbot.waitUntil(lambda: page.good.text.startswith("Saved."))
    assert read_agency(desk.station) == replace(
        AGENCY, phone="(304) 555-0123", blur_seconds=60, no_arrest_signed="2026-11-02",
        program="safe_passages", no_arrest_text="plain", warrant_policy="asked",
        printers=("Lobby",),
    )  # fmt: skip
    assert isinstance(desk.station, MemoryRecords)
    assert desk.station.acts[-1].what == "change settings"
    assert find(page, "Phone").property("text") == "(304) 555-0123"


def test_saving_what_was_not_touched_changes_nothing(
    qtbot: QtBot, opened: Open, desk: Desk
) -> None:
    page = opened(desk)
    press(page, "Save settings")
    qtbot.waitUntil(lambda: bool(page.good.text))
    assert read_agency(desk.station) == AGENCY


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Name of the department", " "), ("ORI", "123"), ("Letters of receipt numbers", "P1"),
        ("Signed on (month/day/year; empty: not signed yet)", "soon"),
        ("State, for holidays (two letters)", "West"),
        ("Idle seconds until the window shows nothing", "3"),
        ("Days until a provider's entry is called old", "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_kept(
    opened: Open, desk: Desk, name: str, typed: str
) -> None:
    page = opened(desk)
    rewrite(page, name, typed)
    press(page, "Save settings")
    assert page.error.text == "1 thing to fix before you continue"
    assert find(page, name).hasFocus()
    assert read_agency(desk.station) == AGENCY


def test_a_save_that_fails_says_why_and_keeps_what_was_typed(
    qtbot: QtBot, opened: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(desk)
    rewrite(page, "Phone", "911")

    def full(*_: object) -> int:
        raise DiskFull

    monkeypatch.setattr(desk.station, "apply", full)
    press(page, "Save settings")
    qtbot.waitUntil(lambda: page.error.text == DiskFull.sentence())
    assert find(page, "Phone").property("text") == "911"


@pytest.mark.parametrize("user", ["mhale", "dreyes", "rlowe"])
def test_others_see_only_how_the_window_looks(opened: Open, user: str) -> None:
    page = opened(desk_of(user))
    assert page.form is None
    assert not page.findChildren(QLineEdit)


@pytest.mark.parametrize("user", ["tpike", "admin"])
def test_a_locked_sign_in_is_released_by_those_who_may(
    qtbot: QtBot, opened: Open, released: list[str], user: str
) -> None:
    page = opened(desk_of(user))
    press(page, "Release")
    assert page.release.error.text == "Enter the user name."
    write(page, "User name", "mhale")
    press(page, "Release")
    qtbot.waitUntil(lambda: page.release.good.text.startswith("Released."))
    assert released == ["mhale"]
    write(page, "User name", "nobody")
    QTest.keyClick(page.release.user_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.release.error.text == "Nobody here has this user name.")


@pytest.mark.qt_log_ignore("libpng|PNG|IHDR")
def test_a_logo_is_scaled_and_what_is_no_picture_is_refused(
    opened: Open, desk: Desk, tmp_path: Path
) -> None:
    page = opened(desk)
    assert page.form is not None
    file = tmp_path / "logo.png"
    file.write_bytes(b"no picture")
    page.form.take_logo(file)
    assert page.form.agency().logo == ""
    QImage(2000, 1000, QImage.Format.Format_RGB32).save(str(file))
    page.form.take_logo(file)
    assert page.form.agency().logo
    assert page.form.agency().logo_alt == f"Logo of {AGENCY.name}"
    kept = QImage.fromData(fitting_logo(file.read_bytes()))
    assert (kept.width(), kept.height()) == (MOST_PIXELS, MOST_PIXELS // 2)
    press(page, "Take the logo away")
    assert page.form.agency().logo_alt == ""


def test_closed_days_deputy_and_shift_are_kept(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    page = opened(desk)
    closed = find(page, "More days on which offices are closed, a line each (month/day/year)")
    assert isinstance(closed, QPlainTextEdit)
    closed.setPlainText("12/24/2026\n11/27/2026\n")
    rewrite(page, "Hours of a shift", "10")
    assert page.form is not None
    page.form.cases.deputy.setCurrentIndex(page.form.cases.deputy.findText("R. Lowe"))
    press(page, "Save settings")
    qtbot.waitUntil(lambda: page.good.text.startswith("Saved."))
    kept = read_agency(desk.station)
    assert kept.closed_days == ("2026-11-27", "2026-12-24")
    assert kept.shift_hours == 10
    assert kept.deputy == next(one.id for one in desk.colleagues if one.shown_name == "R. Lowe")


def test_a_day_that_is_none_is_told_at_the_field(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    page = opened(desk)
    assert page.form is not None
    page.form.cases.closed.setPlainText("sometime")
    rewrite(page, "Hours until that person is told", "0")
    press(page, "Save settings")
    told = [said for said, _ in page.form.problems()]
    assert told == [
        "Enter each date as month/day/year, for example 11/27/2026.", "Enter 1 to 168 hours.",
    ]  # fmt: skip
    assert read_agency(desk.station).closed_days == ()

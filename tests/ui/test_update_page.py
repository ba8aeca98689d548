"""The update page and About, as an administrator meets them."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shlex import quote

import pytest
from fake_backups import PlainDrive, with_backups
from fakes import furnished
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from update_world import HERE, Publisher, deb, with_updates

from intake_app.domain.errors import IntakeError
from intake_app.domain.update import Here
from intake_app.services.updates.preparing import prepared
from intake_app.settings import shipped
from intake_app.settings.look import Look
from intake_app.settings.shipped import libraries, own_text
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.about_page import AboutPage
from intake_app.ui.pages.update_page import UpdatePage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cursor import has_cursor
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., UpdatePage]


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def stick(tmp_path: Path, publisher: Publisher) -> Path:
    publisher.publish(tmp_path / "usb", "0.2.0", schema=8)
    return tmp_path / "usb"


@pytest.fixture
def opened(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path,
    publisher: Publisher,
) -> Open:  # fmt: skip
    def make(here: Here = HERE, **more: object) -> UpdatePage:
        drive = PlainDrive(tmp_path / "usb", "CITY")
        plain = with_backups(tmp_path / "profile")
        parts = {"drives": lambda: [drive], **more}
        desk = with_updates(plain, tmp_path / "profile", publisher, here, **parts)
        page = UpdatePage(desk, background, words, theme)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)
        return page

    return make


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    """As soon as it is there: Qt shows what was just added when it comes to it."""

    def found() -> list[QPushButton]:
        buttons = page.findChildren(QPushButton)
        return [one for one in buttons if one.accessibleName() == name and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    found()[0].click()


def test_from_the_stick_to_the_one_command(
    opened: Open, qtbot: QtBot, stick: Path, tmp_path: Path
) -> None:
    page = opened()
    with qtbot.waitSignal(page.offered):
        press(qtbot, page, "Look at “CITY”")
    assert page.offer.isVisible()
    with qtbot.waitSignal(page.prepared):
        page.go_on.click()
    folder = tmp_path / "profile" / "updates" / "0.2.0"
    wanted = f"sudo /opt/intake-app/intake-app update install {quote(str(folder))}"
    assert page.ready.command.text() == wanted
    assert not page.ready.install.isVisible()
    press(qtbot, page, "Copy the command")
    assert QApplication.clipboard().text() == page.ready.command.text()


def test_what_does_not_hold_is_said_and_nothing_can_be_gone_on_with(
    opened: Open, qtbot: QtBot, background: Background, stick: Path
) -> None:
    page = opened()
    with qtbot.waitSignal(page.offered):
        page.look(stick)
    deb(stick, "0.2.0").write_bytes(b"something else")
    page.look(stick)
    qtbot.waitUntil(lambda: not background.is_busy)
    assert page.error.text.startswith("The package is not the one that the publisher signed.")
    assert not page.go_on.isEnabled()
    assert not page.offer.isVisible()


def test_a_folder_is_chosen_by_hand(
    opened: Open, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(*_words: object) -> str:
        return str(stick)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    page = opened()
    with qtbot.waitSignal(page.offered):
        page.source.folder.click()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "The system has the new version. Log out now: the next sign-in runs it."),
        (126, "The administrator of this computer did not agree. Nothing was installed."),
        (1, "The system did not install the package."),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="pkexec is of Linux")
def test_the_system_asks_for_its_administrator(
    opened: Open, qtbot: QtBot, stick: Path, tmp_path: Path, code: int, said: str
) -> None:
    """A made-up pkexec writes down what it was given, and ends as it was told."""
    asks = tmp_path / "pkexec"
    asks.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/given"\nexit {code}\n')
    asks.chmod(0o755)
    page = opened(asks_by=str(asks))
    with qtbot.waitSignal(page.offered):
        page.look(stick)
    with qtbot.waitSignal(page.prepared):
        page.go_on.click()
    page.ready.install.click()
    qtbot.waitUntil(lambda: bool(page.good.text or page.error.text))
    assert (page.good.text or page.error.text).startswith(said)
    assert page.ready.command.isVisible() is (code == 126), "it can be typed instead"
    folder = tmp_path / "profile" / "updates" / "0.2.0"
    assert (tmp_path / "given").read_text().splitlines() == [
        "/opt/intake-app/intake-app", "update", "install", str(folder),
    ]  # fmt: skip


def test_a_copy_that_was_changed_since_is_not_handed_to_the_system(
    opened: Open, qtbot: QtBot, stick: Path, tmp_path: Path
) -> None:
    page = opened(asks_by="/bin/false")
    with qtbot.waitSignal(page.offered):
        page.look(stick)
    with qtbot.waitSignal(page.prepared):
        page.go_on.click()
    deb(tmp_path / "profile" / "updates" / "0.2.0", "0.2.0").write_bytes(b"swapped")
    page.ready.install.click()
    qtbot.waitUntil(lambda: bool(page.error.text))
    assert page.error.text.startswith("The package is not the one that the publisher signed.")
    with pytest.raises(IntakeError):
        prepared(page._desk)


def test_about_is_reached_from_the_settings_by_everybody(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    for user in ("lbrandt", "admin"):
        place = Workplace(furnished(user), background, words, theme, Look())
        qtbot.addWidget(place, before_close_func=lambda made: made.end())
        place.go("settings")
        place.page.about.click()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        page = place.page
        assert isinstance(page, AboutPage)
        qtbot.waitUntil(lambda page=page: page.list.count() > 0)
        assert page.text.toPlainText()
        press_at_rest = [b.text() for b in page.findChildren(QPushButton)]
        assert ("Trust: updates and support file" in press_at_rest) is (user == "admin")


def test_about_begins_with_the_version_in_large_text_too(
    qapp: QApplication, qtbot: QtBot, background: Background
) -> None:
    theme = themes.make_theme(scale=2.0)
    themes.apply(qapp, theme)
    words = Words("es")
    place = Workplace(furnished("admin"), background, words, theme, Look())
    qtbot.addWidget(place, before_close_func=lambda made: made.end())
    place.resize(1366, 768)
    place.show()
    place.activateWindow()
    place.go("settings")
    place.page.about.click()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    page = place.page
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: page.list.count() > 0 and not background.is_busy)
    qtbot.waitUntil(lambda: has_cursor(page))
    said = next(one for one in page.findChildren(QLabel) if "0." in one.text())
    assert said.visibleRegion().boundingRect() == said.rect()
    held = QApplication.focusWidget()
    assert held is not None
    assert held.visibleRegion().boundingRect().height() * 4 > held.height() * 3


def test_each_library_that_the_program_imports_is_on_the_list() -> None:
    names = {one.name.casefold().replace("_", "-") for one in libraries()}
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "cryptography", "reportlab",
            "opendal", "duckdb", "pillow", "pikepdf", "babel"} <= names  # fmt: skip
    assert not names & {"pytest", "ruff", "mkdocs"}
    assert "Apache License" in own_text("LICENSE")


def test_a_package_brings_its_own_list_and_only_texts_from_it_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "licenses"
    (place / "texts").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("not for you")
    (place / "texts" / "001.txt").write_text("May be used.")
    one = '{"name":"Qt","version":"6","license":"LGPL-3.0","home":"","source":"","texts":[%s]}'
    (place / "licenses.json").write_text(
        '{"made":"2026-11-26","shipped":[' + one % '"001.txt","../../secret.txt"' + "]}"
    )

    def here(*parts: str) -> Path:
        return tmp_path.joinpath(*parts)

    monkeypatch.setattr(shipped, "path", here)
    (found,) = libraries()
    assert replace(found, texts=()) == shipped.Library("Qt", "6", "LGPL-3.0", "", "", ())
    assert found.read_texts() == "May be used."
    assert shipped.made() == date(2026, 11, 26)


def test_in_large_text_cursor_and_command_are_seen_whole(
    qapp: QApplication, opened: Open, qtbot: QtBot, stick: Path
) -> None:
    themes.apply(qapp, themes.make_theme(scale=2.0))
    page = opened()
    page.resize(1254, 768)
    page.setFocus()
    folder = page.source.folder
    qtbot.waitUntil(folder.hasFocus)
    page.refresh()
    qtbot.waitUntil(lambda: folder.visibleRegion().boundingRect() == folder.rect())
    with qtbot.waitSignal(page.offered):
        page.look(stick)
    with qtbot.waitSignal(page.prepared):
        page.go_on.click()
    command = page.ready.command
    assert command.text().startswith("sudo ")
    qtbot.waitUntil(command.isVisible)

    def end() -> QRect:
        cursor = command.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return command.cursorRect(cursor)

    qtbot.waitUntil(lambda: command.viewport().rect().contains(end().center()))
    command.setText(f"{command.text()}/a_folder_with_a_long_name" * 3)
    qtbot.waitUntil(lambda: command.viewport().rect().contains(end().center()))

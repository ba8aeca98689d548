"""Stores on the page: each kind asks for its own fields; a real folder is tried and made ready."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_exchange import FakeExchange
from fake_stores import Keyring, Readers
from fakes import desk_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake_app.services.needs.stores import StoreParts
from intake_app.settings.stores import StoreEntry, keep_stores, read_stores
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.exchange.stores_card import StoresCard
from intake_app.ui.pages.exchange_page import ExchangePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

HUB = "a" * 32
DAV = StoreEntry(HUB, "webdav", "https://dav.example/sync", "County", marker="m")

Open = Callable[..., StoresCard]


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def line(qapp: object) -> ExchangeLine:
    return ExchangeLine()


@pytest.fixture
def open_card(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path,
    keyring: Keyring, line: ExchangeLine,
) -> Open:  # fmt: skip
    pages: list[ExchangePage] = []

    def opened(*stores: StoreEntry) -> StoresCard:
        if stores:
            keep_stores(tmp_path, stores)
        desk = replace(
            desk_of("admin"), exchange=FakeExchange(),
            stores=StoreParts(tmp_path, keyring, Readers()),
        )  # fmt: skip
        page = ExchangePage(desk, background, words, theme, line)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1000, 900)
        page.show()
        card = page.stores
        assert card is not None
        with qtbot.waitSignal(card.refreshed):
            page.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)
        return card

    return opened


def shown(card: StoresCard) -> set[str]:
    return {name for name, field in card.form.fields.items() if field.isVisible()}


@pytest.mark.parametrize(("kind", "fields"), [
    ("folder", {"name", "place"}),
    ("webdav", {"name", "place", "root", "user", "password"}),
    ("s3", {"name", "place", "region", "bucket", "root", "user", "password"}),
    ("azure", {"name", "place", "bucket", "root", "user", "password"}),
])  # fmt: skip
def test_each_kind_asks_for_its_own_fields(open_card: Open, kind: str, fields: set[str]) -> None:
    card = open_card()
    card.add.click()
    card.form.kind.setCurrentIndex(card.form.kind.findData(kind))
    assert shown(card) == fields
    assert all(card.form.fields[name].accessibleName() for name in fields)


def test_an_empty_folder_is_made_ready_and_added_by_keyboard(
    qtbot: QtBot, open_card: Open, tmp_path: Path, line: ExchangeLine
) -> None:
    card, share = open_card(), tmp_path / "share"
    share.mkdir()
    card.add.click()
    card.form.kind.setCurrentIndex(card.form.kind.findData("folder"))
    qtbot.keyClicks(card.form.fields["name"], "Share")
    qtbot.keyClicks(card.form.fields["place"], str(share))
    card.form.fields["place"].setFocus()
    qtbot.keyClick(card.form.fields["place"], Qt.Key.Key_Return)
    qtbot.waitUntil(card.form.prepare.isVisible)
    assert not (share / "hub.json").exists(), "nothing is written before it is asked for"
    with qtbot.waitSignals([line.sync_asked, card.refreshed]):
        card.form.prepare.click()
    (one,) = read_stores(tmp_path)
    assert (one.name, one.place, one.issue) == ("Share", str(share), 7)
    assert (share / "hub.json").read_text() == f"folder {one.hub}"
    assert not card.form.isVisible()
    assert card.good.text == "The store is added. Bundles go there from now on."


def test_a_store_that_cannot_be_used_is_said_and_what_was_typed_stays(
    qtbot: QtBot, open_card: Open, tmp_path: Path
) -> None:
    card = open_card()
    card.add.click()
    card.form.kind.setCurrentIndex(card.form.kind.findData("folder"))
    card.form.act.click()
    assert card.form._error.text == "Please fill in: Folder."
    card.form.fields["place"].setText(str(tmp_path / "gone"))
    card.form.act.click()
    qtbot.waitUntil(lambda: "is not there" in card.form._error.text)
    assert card.form.fields["place"].text() == str(tmp_path / "gone")
    assert read_stores(tmp_path) == ()


def test_an_emptied_store_is_not_taken_for_a_new_one(
    qtbot: QtBot, open_card: Open, tmp_path: Path
) -> None:
    (tmp_path / "share" / "r").mkdir(parents=True)
    (tmp_path / "share" / "r" / "front.abc.1").write_text("x")
    card = open_card()
    card.add.click()
    card.form.kind.setCurrentIndex(card.form.kind.findData("folder"))
    card.form.fields["place"].setText(str(tmp_path / "share"))
    card.form.act.click()
    qtbot.waitUntil(lambda: "There is no marker" in card.form._error.text)
    assert not card.form.prepare.isVisible()


def test_a_password_is_not_sent_in_the_clear(open_card: Open) -> None:
    card = open_card()
    card.add.click()
    card.form.kind.setCurrentIndex(card.form.kind.findData("webdav"))
    for name, text in (("place", "http://dav.example"), ("user", "u"), ("password", "p")):
        card.form.fields[name].setText(text)
    card.form.act.click()
    assert "in the clear" in card.form._error.text


def test_a_store_is_paused_and_removed_with_a_question(
    qtbot: QtBot, open_card: Open, tmp_path: Path, keyring: Keyring
) -> None:
    keyring.kept[HUB] = {"user": "u"}
    card = open_card(DAV)
    with qtbot.waitSignal(card.refreshed):
        card.buttons[HUB]["pause"].click()
    assert read_stores(tmp_path)[0].is_paused
    card.buttons[HUB]["remove"].click()
    assert card.ask.isVisible()
    assert read_stores(tmp_path) != ()
    with qtbot.waitSignal(card.refreshed):
        card.ask.act.click()
    assert read_stores(tmp_path) == ()
    assert keyring.kept == {}


def test_what_a_store_answered_last_is_said_below_it(
    open_card: Open, line: ExchangeLine, keyring: Keyring
) -> None:
    keyring.kept[HUB] = {"user": "u"}
    card = open_card(DAV)
    line.move(Carried(troubles={HUB: "StoreRefused"}))
    assert "does not let this computer in" in card._troubles(card._known[0])[0]


def test_a_missing_password_is_said(open_card: Open) -> None:
    card = open_card(DAV)
    assert card._troubles(card._known[0]) == [
        "This computer has no password for it. Enter it again."
    ]
    card.buttons[HUB]["renew"].click()
    assert shown(card) == {"user", "password"}

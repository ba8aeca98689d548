"""Stores of a computer: added with a checked marker, paused, removed; no password is listed."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_exchange import FakeExchange
from fake_stores import Keyring, Readers
from profiles import Desks

from intake_app.domain.carrying_errors import NothingIsExchanged
from intake_app.domain.errors import NotAllowed
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.roles import Role
from intake_app.domain.store_errors import StoresUnreadable, StoreUnknown
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stores import (
    NewStore,
    add_store,
    marker_for,
    missing_fields,
    pause_store,
    remove_store,
    renew_secret,
    stores,
)
from intake_app.services.needs.stores import StoreParts
from intake_app.settings.stores import NAME, StoreEntry

HUB = "a" * 32
SECRET = {"user": "sync", "password": "correct horse"}
NEW = NewStore(StoreEntry("", "webdav", "https://dav.example/sync", "County"), SECRET)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def admin(desks: Desks, keyring: Keyring, tmp_path: Path) -> Desk:
    parts = StoreParts(tmp_path, keyring, Readers())
    return replace(desks(Role.ADMINISTRATOR), exchange=FakeExchange(), stores=parts)


def test_a_store_is_added_with_the_marker_that_was_read_back(
    admin: Desk, keyring: Keyring, tmp_path: Path
) -> None:
    add_store(admin, NEW, f"webdav {HUB}")
    (one,) = stores(admin)
    assert (one.entry.hub, one.entry.name, one.entry.issue) == (HUB, "County", 7)
    assert one.has_secret
    assert keyring.kept == {HUB: {**SECRET, "place": NEW.entry.place}}
    assert b"correct horse" not in (tmp_path / NAME).read_bytes()


def test_a_store_of_somebody_else_or_of_another_kind_is_refused(
    admin: Desk, keyring: Keyring
) -> None:
    for marker in ("nonsense", f"folder {HUB}"):
        with pytest.raises(MarkerRefused):
            add_store(admin, NEW, marker)
    with pytest.raises(MarkerRefused):
        add_store(admin, replace(NEW, entry=replace(NEW.entry, hub="b" * 32)), f"webdav {HUB}")
    assert stores(admin) == []
    assert keyring.kept == {}


def test_an_empty_store_gets_a_signed_marker_with_an_id_of_its_own(admin: Desk) -> None:
    named, marker = marker_for(admin, NEW)
    assert marker == f"webdav {named.entry.hub}"
    assert len(named.entry.hub) == 32


def test_it_is_paused_renewed_and_removed(admin: Desk, keyring: Keyring) -> None:
    add_store(admin, NEW, f"webdav {HUB}")
    pause_store(admin, HUB, is_paused=True)
    assert stores(admin)[0].entry.is_paused
    renew_secret(admin, HUB, {"user": "sync", "password": "another"})
    kept = {"user": "sync", "password": "another", "place": NEW.entry.place}
    assert keyring.kept[HUB] == kept
    remove_store(admin, HUB)
    assert stores(admin) == []
    assert keyring.kept == {}
    with pytest.raises(StoreUnknown):
        remove_store(admin, HUB)


def test_a_list_that_cannot_be_read_is_said_and_not_made_anew(admin: Desk, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("{")
    with pytest.raises(StoresUnreadable):
        add_store(admin, NEW, f"webdav {HUB}")
    assert (tmp_path / NAME).read_text() == "{"


def test_what_must_be_answered_is_asked_by_kind() -> None:
    assert missing_fields(NEW) == []
    assert missing_fields(NewStore(StoreEntry("", "s3", "https://s3.example"))) == [
        "bucket", "user", "password",
    ]  # fmt: skip
    assert missing_fields(NewStore(StoreEntry("", "folder", ""))) == ["place"]


def test_only_who_keeps_stores_may(desks: Desks) -> None:
    for role in (Role.COORDINATOR, Role.FRONT_DESK):
        with pytest.raises(NotAllowed):
            stores(desks(role))


def test_where_nothing_is_exchanged_there_are_none(desks: Desks) -> None:
    with pytest.raises(NothingIsExchanged):
        stores(replace(desks(Role.ADMINISTRATOR), stores=None))

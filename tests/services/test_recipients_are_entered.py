"""Recipients: entered by an administrator after a call, and taken back for good."""

import json
from dataclasses import replace

import pytest
from outside import Outsider, as_heard, entered, outsider
from profiles import Desks
from test_a_sealed_file_for_a_provider import INTAKE, NORTH, made
from walk_ins import taken

from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.disclosure_errors import (
    BadCard,
    BadReceipt,
    CardKnown,
    KeysTakenBack,
    RecipientGone,
    WordsDiffer,
)
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.sharing.accounting import disclosures_of
from intake_app.services.sharing.recipients import (
    add_recipient,
    read_card,
    recipients,
    take_back_recipient,
    words_of_station,
)
from intake_app.services.sharing.sealed_bundles import (
    make_disclosure,
    receipt_came,
    recipients_for,
    what_would_leave,
)
from intake_app.vault.recipient_card import write_card


@pytest.fixture
def clinic() -> Outsider:
    return outsider(NORTH, RecipientKind.PROVIDER)


@pytest.fixture
def listed(desks: Desks, clinic: Outsider) -> str:
    """The clinic stands in the signed list; colleagues sign in after that."""
    return entered(desks(Role.ADMINISTRATOR), clinic)


@pytest.fixture
def coordinator(desks: Desks, listed: str) -> Desk:
    return desks(Role.COORDINATOR)


@pytest.fixture
def intake(coordinator: Desk) -> RecordId:
    return taken(coordinator, **INTAKE).record


def test_with_real_keys_it_goes_there_and_back(
    desks: Desks, coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    letter = clinic.open(file.file.data)
    assert letter.words == words_of_station(desks(Role.ADMINISTRATOR))
    assert receipt_came(coordinator, clinic.receipt(file.file.data)).recipient == NORTH
    (entry,) = disclosures_of(coordinator, intake, "en")
    assert entry.received


def test_a_recipient_is_entered_after_a_call_only(desks: Desks, clinic: Outsider) -> None:
    administrator = desks(Role.ADMINISTRATOR)
    shown = read_card(administrator, write_card(clinic.card))
    assert shown.shown.count("") == 2
    first, second = shown.places
    right = as_heard(shown)
    for wrong in ({}, {first: right[first]}, {first: right[second], second: right[first]}):
        with pytest.raises(WordsDiffer):
            add_recipient(administrator, shown, wrong)
    assert recipients(administrator) == ()
    add_recipient(administrator, shown, {p: f" {w.upper()} " for p, w in right.items()})
    (one,) = recipients(administrator)
    assert (one.name, one.words, one.is_taken_back) == (NORTH, clinic.card.words, False)
    with pytest.raises(CardKnown):
        add_recipient(administrator, shown, right)
    take_back_recipient(administrator, one.id)
    with pytest.raises(KeysTakenBack):
        add_recipient(administrator, shown, right)


def test_a_card_may_not_borrow_the_keys_of_another(desks: Desks, clinic: Outsider) -> None:
    """Whoever writes another name around the clinic's key to sign would sign its receipts."""
    administrator = desks(Role.ADMINISTRATOR)
    entered(administrator, clinic)
    stranger = outsider("Nobody", RecipientKind.PROVIDER)
    for card in (
        replace(stranger.card, sign=clinic.card.sign),
        replace(stranger.card, seal=clinic.card.seal),
        replace(clinic.card, name="Harbor House"),
    ):
        shown = read_card(administrator, write_card(card))
        with pytest.raises(CardKnown):
            add_recipient(administrator, shown, as_heard(shown))


def test_what_is_no_card_is_refused(desks: Desks, clinic: Outsider) -> None:
    good = json.loads(write_card(clinic.card))
    private = json.loads(clinic.key_file)
    for raw in (
        {**good, "kind": "friend"}, {**good, "name": ""}, {**good, "name": "two\nlines"},
        {**good, "seal": good["sign"]}, {**good, "v": 2}, {**good, "more": 1}, private, [], None,
        {**good, "seal": {**good["seal"], "x": "AAAA"}}, {**good, "name": "x" * 9000},
    ):  # fmt: skip
        with pytest.raises(BadCard):
            read_card(desks(Role.ADMINISTRATOR), json.dumps(raw).encode())
    assert read_card(desks(Role.ADMINISTRATOR), json.dumps(good).encode()).card == clinic.card


def test_a_recipient_taken_back_receives_nothing(
    desks: Desks, coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    file = made(coordinator, intake, listed)
    administrator = desks(Role.ADMINISTRATOR)
    take_back_recipient(administrator, listed)
    with pytest.raises(RecipientGone):
        take_back_recipient(administrator, listed)
    later = desks_anew(desks)
    assert list(recipients_for(later, intake)) == []
    with pytest.raises(RecipientGone):
        what_would_leave(later, intake, listed)
    with pytest.raises(BadReceipt):
        receipt_came(later, clinic.receipt(file.file.data))


def desks_anew(desks: Desks) -> Desk:
    """The coordinator signs in again, on the newer list."""
    desk = desks(Role.COORDINATOR)
    fresh = desks(Role.ADMINISTRATOR).outsiders
    return replace(desk, outsiders=fresh)


def test_only_the_right_roles_do_it(
    desks: Desks, coordinator: Desk, intake: RecordId, listed: str, clinic: Outsider
) -> None:
    shown = what_would_leave(coordinator, intake, listed)
    for act in (
        lambda: recipients_for(desks(Role.FRONT_DESK), intake),
        lambda: what_would_leave(desks(Role.FRONT_DESK), intake, listed),
        lambda: make_disclosure(desks(Role.FRONT_DESK), shown, intake),
        lambda: recipients(coordinator),
        lambda: read_card(coordinator, write_card(clinic.card)),
        lambda: take_back_recipient(coordinator, listed),
    ):
        with pytest.raises(NotAllowed):
            act()

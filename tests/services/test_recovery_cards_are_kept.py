"""Recovery cards: who keeps them, the check of one card, and new ones with an old one on the table.

A real profile: real key derivation, real files, and the words as they were printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from profiles import Profile

from intake_app.app import ProfileGate
from intake_app.domain.card_errors import NoNewCards
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadRecoveryCard, DiskFull, NotAllowed
from intake_app.domain.recovery_card import CardHolder
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.trust import Light
from intake_app.services.cards.checks import check_cards, check_keys, drill_is_due
from intake_app.services.cards.keeping import drill_card, kept_cards, name_holder, report_lost
from intake_app.services.cards.renewing import begin_new_cards, finish_new_cards, give_up_new_cards
from intake_app.services.cards.settling import settle_cards
from intake_app.services.desk import Desk
from intake_app.services.training.training import fictional_department
from intake_app.storage.compartment import Compartment as File
from intake_app.vault.cards import Card
from intake_app.words import Words

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WORDS = Words("en")
HOLDERS = {1: CardHolder("R. Chief", "safe at city hall"), 2: CardHolder("County clerk", "vault")}


@dataclass(frozen=True)
class Department(Profile):
    """A profile whose cards lie on the table."""

    cards: Sequence[Card] = ()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Department:
    folder, clock = tmp_path_factory.mktemp("cards") / "profile", FixedClock(MADE)
    asked = fictional_department(1)
    agency = replace(asked.agency, second_factor="off", second_factor_reason="Test")
    cards = ProfileGate(folder, clock).found(replace(asked, agency=agency), use_keyring=False)
    return Department(folder, clock, tuple(asked.people), cards)


@pytest.fixture
def department(made: Department, tmp_path: Path) -> Department:
    copy = made.copy_to(tmp_path / "profile")
    return Department(copy.folder, copy.clock, copy.people, made.cards)


@pytest.fixture
def gate(department: Department) -> Iterator[ProfileGate]:
    gate = department.gate()
    yield gate
    gate.lock()


@pytest.fixture
def admin(department: Department, gate: ProfileGate) -> Desk:
    return department.unlock(gate, Role.ADMINISTRATOR)


def typed(card: Card) -> str:
    return " ".join(card.words)


def last_rows(desk: Desk) -> dict[int, str]:
    """What somebody reads from the paper that was just printed."""
    assert desk.cards is not None
    begun = desk.cards.desk._begun  # pyright: ignore[reportAttributeAccessIssue]
    return {card.number: " ".join(card.words[-4:]) for card in begun.printed}


def new_words(desk: Desk) -> list[str]:
    assert desk.cards is not None
    begun = desk.cards.desk._begun  # pyright: ignore[reportAttributeAccessIssue]
    return [typed(card) for card in begun.printed]


def renewed(desk: Desk, table: Card, plan: str = "either") -> list[str]:
    begin_new_cards(desk, typed(table), plan, HOLDERS)
    words = new_words(desk)
    finish_new_cards(desk, last_rows(desk), HOLDERS)
    return words


def comes_in(department: Department, words: str, *, at: Role = Role.FRONT_DESK) -> bool:
    """Whether a card opens this station and gives somebody a new passphrase."""
    gate = department.gate()
    person = department.person(at)
    try:
        gate.recover(words, person.user_name, "lantern copper meadow drum")
        desk = gate.unlock(person.user_name, "lantern copper meadow drum")
        return desk.care is not None
    finally:
        gate.lock()


# --- who keeps them ---------------------------------------------------------------------------


def test_nobody_is_named_until_an_administrator_writes_it_down(admin: Desk) -> None:
    cards = kept_cards(admin)
    assert [card.number for card in cards] == [1, 2]
    [told] = check_cards(admin, WORDS)
    assert (told.light, "card 1, card 2" in told.found) == (Light.AMBER, True)
    for card in cards:
        name_holder(admin, card.id, HOLDERS[card.number])
    assert [card.holder for card in kept_cards(admin)] == [HOLDERS[1], HOLDERS[2]]
    [told] = check_cards(admin, WORDS)
    assert told.light is Light.GREEN
    assert "Chief" not in f"{told}"


def test_only_an_administrator_names_holders_and_makes_cards(
    department: Department, gate: ProfileGate
) -> None:
    desk = department.unlock(gate, Role.COORDINATOR)
    card = kept_cards(desk)[0]
    for act in (
        lambda: name_holder(desk, card.id, CardHolder("me")),
        lambda: report_lost(desk, card.id),
        lambda: begin_new_cards(desk, typed(department.cards[0]), "either", {}),
        lambda: finish_new_cards(desk, {}, {}),
        lambda: give_up_new_cards(desk),
    ):
        with pytest.raises(NotAllowed):
            act()
    clerk = department.unlock(gate, Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        drill_card(clerk, typed(department.cards[0]))


# --- the drill --------------------------------------------------------------------------------


def test_a_check_is_remembered_with_card_person_and_day_and_joins_nothing(
    department: Department, gate: ProfileGate
) -> None:
    desk = department.unlock(gate, Role.COORDINATOR)
    card = drill_card(desk, typed(department.cards[1]))
    assert (card.number, card.checked, card.checked_by) == (2, MADE.date(), desk.person.shown_name)
    assert kept_cards(desk)[0].checked is None
    station = desk.station
    assert isinstance(station, File)
    rows = station.database.conn.execute("SELECT CAST(body AS TEXT) FROM change").fetchall()
    rows += station.database.conn.execute("SELECT act || record FROM audit").fetchall()
    kept = " ".join(str(row[0]) for row in rows)
    pairs = [" ".join(department.cards[1].words[n : n + 2]) for n in range(15)]
    assert "recovery.drill" in kept
    assert not any(pair in kept for pair in pairs)


def test_a_wrong_word_is_named_and_the_try_is_logged(department: Department, admin: Desk) -> None:
    words = list(department.cards[0].words)
    words[6] = "zebra" if words[6] != "zebra" else "zero"
    with pytest.raises(BadRecoveryCard, match="word 7"):
        drill_card(admin, " ".join(words))
    station = admin.station
    assert isinstance(station, File)
    [line] = station.database.conn.execute(
        "SELECT outcome FROM audit WHERE act='check recovery card'"
    ).fetchall()
    assert line[0] == "refused"
    assert kept_cards(admin)[0].checked is None


def test_a_quarter_later_it_is_the_turn_of_the_other_card(
    department: Department, admin: Desk
) -> None:
    for card in kept_cards(admin):
        name_holder(admin, card.id, HOLDERS[card.number])
    drill_card(admin, typed(department.cards[0]))
    assert drill_is_due(admin) is None
    department.clock.at += timedelta(days=admin.agency.drill_days + 1)
    due = drill_is_due(admin)
    assert due is not None
    assert due.number == 2
    [told] = check_cards(admin, WORDS)
    assert (told.light, "card 2" in told.to_do) == (Light.AMBER, True)
    drill_card(admin, typed(department.cards[1]))
    assert drill_is_due(admin) is None
    [told] = check_cards(admin, WORDS)
    assert told.light is Light.GREEN


# --- lost, and new ones -----------------------------------------------------------------------


def test_a_lost_card_is_red_until_there_are_new_ones(department: Department, admin: Desk) -> None:
    report_lost(admin, kept_cards(admin)[0].id)
    [told] = check_cards(admin, WORDS)
    assert (told.light, "Lost: card 1" in told.found) == (Light.RED, True)
    renewed(admin, department.cards[1])
    [told] = check_cards(admin, WORDS)
    assert told.light is Light.GREEN
    assert [card.lost for card in kept_cards(admin)] == [None, None]


def test_with_all_cards_lost_it_says_what_that_means(admin: Desk) -> None:
    for card in kept_cards(admin):
        report_lost(admin, card.id)
    [told] = check_cards(admin, WORDS)
    assert (told.light, "Too few" in told.found) == (Light.RED, True)


def test_new_cards_open_everything_and_the_old_ones_nothing(
    department: Department, gate: ProfileGate, admin: Desk
) -> None:
    before = admin.cards and tuple(admin.cards.desk.department_words)
    new = renewed(admin, department.cards[0])
    assert admin.cards is not None
    assert tuple(admin.cards.desk.department_words) == before  # the pinned beginning stays
    assert [card.holder for card in kept_cards(admin)] == [HOLDERS[1], HOLDERS[2]]
    for card in department.cards:
        with pytest.raises(BadRecoveryCard):
            drill_card(admin, typed(card))
    gate.lock()
    for card in department.cards:
        with pytest.raises(BadRecoveryCard):
            comes_in(department, typed(card))
    assert comes_in(department, new[0])
    assert comes_in(department, new[1], at=Role.COORDINATOR)


def test_two_of_three_can_replace_either_of_two_and_one_is_not_enough(
    department: Department, gate: ProfileGate, admin: Desk
) -> None:
    new = renewed(admin, department.cards[1], "pairs")
    assert [card.number for card in kept_cards(admin)] == [1, 2, 3]
    assert drill_card(admin, new[2]).number == 3
    with pytest.raises(BadRecoveryCard, match="another card is needed"):
        begin_new_cards(admin, new[0], "either", {})
    gate.lock()
    assert comes_in(department, f"{new[2]} {new[0]}")


def test_until_a_row_of_each_was_read_back_nothing_changes(
    department: Department, gate: ProfileGate, admin: Desk
) -> None:
    begin_new_cards(admin, typed(department.cards[0]), "either", HOLDERS)
    new, rows = new_words(admin), last_rows(admin)
    with pytest.raises(BadRecoveryCard, match="card 2"):
        finish_new_cards(admin, {**rows, 2: "these are not the"}, HOLDERS)
    with pytest.raises(BadRecoveryCard):
        drill_card(admin, new[0])
    give_up_new_cards(admin)
    with pytest.raises(NoNewCards):
        finish_new_cards(admin, rows, HOLDERS)
    gate.lock()
    assert comes_in(department, typed(department.cards[1]))


def test_a_full_disk_leaves_the_old_cards_and_it_may_be_tried_again(
    department: Department, gate: ProfileGate, admin: Desk
) -> None:
    begin_new_cards(admin, typed(department.cards[0]), "either", HOLDERS)
    new, rows, station = new_words(admin), last_rows(admin), admin.station
    assert isinstance(station, File)
    conn = station.database.conn
    conn.execute(f"PRAGMA max_page_count = {conn.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(DiskFull):
        finish_new_cards(admin, rows, HOLDERS)
    assert drill_card_is_refused(admin, new[0])
    conn.execute("PRAGMA max_page_count = 1000000")
    gate.lock()
    assert comes_in(department, typed(department.cards[0]))
    gate = department.gate()
    admin = department.unlock(gate, Role.ADMINISTRATOR)  # what was half made is gone
    again = renewed(admin, department.cards[0])
    gate.lock()
    assert comes_in(department, again[0])


def drill_card_is_refused(desk: Desk, words: str) -> bool:
    try:
        drill_card(desk, words)
    except BadRecoveryCard:
        return True
    return False


def test_after_new_cards_each_file_gets_a_new_key_at_its_holders_next_sign_in(
    department: Department, gate: ProfileGate, admin: Desk
) -> None:
    """Whoever kept an old card, and a copy of the folder, opens nothing of what comes later."""
    new = renewed(admin, department.cards[0])
    [told] = check_keys(admin, WORDS)
    assert told.light is Light.AMBER
    gate.lock()
    before = {name: (department.folder / f"{name}.db").stat().st_ino for name in Compartment}
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.PRIVACY_OFFICER):
        desk = department.unlock(gate, role)
        settle_cards(desk)
        gate.lock()
    after = {name: (department.folder / f"{name}.db").stat().st_ino for name in Compartment}
    assert all(before[name] != after[name] for name in Compartment)
    desk = department.unlock(gate, Role.ADMINISTRATOR)
    [told] = check_keys(desk, WORDS)
    assert (told.light, "A file last got a new key" in told.found) == (Light.GREEN, True)
    gate.lock()
    assert comes_in(department, new[1])

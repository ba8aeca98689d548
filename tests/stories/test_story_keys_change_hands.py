"""Somebody leaves, cards are replaced: at two computers nobody of before opens what comes later.

The keys of each file are renewed by whoever holds them next, at each computer for itself; new cards
come with the exchange, and work at the other computer once a holder has signed in there.
"""

from pathlib import Path

import pytest
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.trust import Light
from intake_app.services.cards.checks import check_keys
from intake_app.services.cards.renewing import begin_new_cards, finish_new_cards
from intake_app.services.signing.setting_up import registry_entries
from intake_app.services.training.training import fictional_department
from intake_app.services.users.changing import user_left
from intake_app.storage.compartment import Compartment as File
from intake_app.storage.rekey import FileSwap
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault
from intake_app.words import Words

WORDS = Words("en")
ADMIN, COORDINATOR, CLERK = Role.ADMINISTRATOR, Role.COORDINATOR, Role.FRONT_DESK
CARE, STATION = Compartment.CARE, Compartment.STATION


class House(TwoComputers):
    """Two computers, and the recovery cards on the table."""

    cards: tuple[str, ...] = ()

    def keys(self, folder: Path, role: Role) -> Keys:
        """Somebody's keys after they have signed in: what they would carry away."""
        gate, who = ProfileGate(folder, self.clock), self.person(role)
        try:
            gate.unlock(who.user_name, who.passphrase)
            vault = Vault.load(folder, self.clock)
            keys = vault.unlock(who.user_name, who.passphrase)
            station = gate._files[STATION]
            keys.take_registry(registry_entries(station))
            if keys.holds(CARE):
                keys.file_key(CARE)
                keys.take_inside(CARE, gate._files[CARE].meta("keys inside"))
            keys.file_key(STATION)
            return keys
        finally:
            gate.lock()

    def opens(self, folder: Path, name: Compartment, key: bytes) -> bool:
        return FileSwap(folder, self.clock).opens(name, key)

    def card_opens(self, folder: Path, words: str) -> set[Compartment]:
        """What a card opens at a computer."""
        found: set[Compartment] = set()
        try:
            keys = Vault.load(folder, self.clock).unlock_with_card(words)
            station = File.open(folder / "station.db", keys.file_key(STATION), self.clock)
            keys.take_registry(registry_entries(station))
            station.close()
        except IntakeError:
            return found
        return {name for name in (STATION, CARE) if keys.holds(name)
                and self.opens(folder, name, keys.file_key(name))}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> House:
    """Everybody has worked at both computers."""
    for name in ("stick", "by hand"):
        (tmp_path / name).mkdir()
    asked = fictional_department(1)
    gate = ProfileGate(tmp_path / "profile", clock)
    cards = gate.found(asked, use_keyring=False, is_training=True)
    staff = {one.user_name: one for one in asked.people}
    made = House(gate.folder, tmp_path / "back", tmp_path / "stick", clock, staff)
    made.cards = tuple(" ".join(card.words) for card in cards)
    made.enrolled()
    for role in (COORDINATOR, CLERK, ADMIN):
        made.sync(made.front, role)
    for role in (ADMIN, COORDINATOR):
        made.sync(made.back, role)
    return made


def test_who_left_opens_nothing_of_what_comes_later_at_either_computer(house: House) -> None:
    gone = house.keys(house.front, CLERK)
    generation = gone.opened(CARE).newest
    with house.at(house.front, ADMIN) as desk:
        user = next(p.id for p in desk.colleagues if CLERK in p.roles)
        user_left(desk, user)
        [told] = check_keys(desk, WORDS)
        assert told.light is Light.AMBER
        assert "care records" in told.found
    assert house.opens(house.front, CARE, gone.file_key(CARE))
    house.sync(house.front, ADMIN)
    house.sync(house.front, COORDINATOR)
    assert not house.opens(house.front, CARE, gone.file_key(CARE))
    assert not house.opens(house.front, STATION, gone.file_key(STATION))
    with house.at(house.front, ADMIN) as desk:
        assert check_keys(desk, WORDS)[0].light is Light.GREEN
    before = {name: (house.back / f"{name}.db").stat().st_ino for name in (STATION, CARE)}
    for role in (ADMIN, COORDINATOR, ADMIN, COORDINATOR):
        house.sync(house.back, role)
    after = {name: (house.back / f"{name}.db").stat().st_ino for name in (STATION, CARE)}
    assert all(before[name] != after[name] for name in after)
    for folder in (house.front, house.back):
        kept = house.keys(folder, COORDINATOR).opened(CARE)
        assert kept.newest > generation
        assert kept.newest not in gone.opened(CARE).generations


def test_new_cards_work_at_the_other_computer_once_holders_have_signed_in(house: House) -> None:
    with house.at(house.front, ADMIN) as desk:
        begin_new_cards(desk, house.cards[0], "either", {})
        assert desk.cards is not None
        printed = desk.cards.desk._begun.printed  # pyright: ignore[reportAttributeAccessIssue]
        new = tuple(" ".join(card.words) for card in printed)
        rows = {card.number: " ".join(card.words[-4:]) for card in printed}
        finish_new_cards(desk, rows, {})
    both = {STATION, CARE}
    for words in new:
        assert house.card_opens(house.front, words) == both
    for words in house.cards:
        assert house.card_opens(house.front, words) == set()
        assert house.card_opens(house.back, words) == both, "the news has not come yet"
    house.sync(house.front, ADMIN)
    for role in (ADMIN, ADMIN, COORDINATOR):
        house.sync(house.back, role)
    for words in new:
        assert house.card_opens(house.back, words) == both
    for words in house.cards:
        assert house.card_opens(house.back, words) == set()

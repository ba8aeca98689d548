"""Recovery cards in memory: their words are known, and the next ones are as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fakes import NOW, furnished

from intake_app.domain.card_errors import NoNewCards
from intake_app.domain.clock import stamp_at
from intake_app.domain.errors import BadRecoveryCard
from intake_app.domain.ids import StationId
from intake_app.domain.paper import Sheet
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.cards import CardParts

DEPARTMENT = ("acid", "barn", "calm", "dawn", "edge", "farm", "gold", "hill")


@dataclass(frozen=True)
class FakeCard:
    id: str
    number: int
    needed: int = 1
    at: str = stamp_at(NOW)


@dataclass(frozen=True)
class Paper:
    number: int
    needed: int
    words: Sequence[str]
    department: Sequence[str] = DEPARTMENT


@dataclass
class FakeCards:
    """Two cards; card 1 says "one one …"."""

    cards: dict[str, FakeCard] = field(
        default_factory=lambda: {n * 16: FakeCard(f"id {i}", i) for i, n in ((1, "a"), (2, "b"))}
    )
    begun: list[Paper] = field(default_factory=list[Paper])
    given_up: int = 0

    @property
    def department_words(self) -> Sequence[str]:
        return DEPARTMENT

    def all(self) -> Sequence[FakeCard]:
        return sorted(self.cards.values(), key=lambda card: card.number)

    def check(self, words: str) -> FakeCard:
        if words not in self.cards:
            raise BadRecoveryCard("word 7")
        return self.cards[words]

    def begin(self, words: str, plan: str) -> Sequence[Paper]:
        self.check(words)
        count = {"either": 2, "pairs": 3}[plan]
        self.begun = [
            Paper(n, count - 1, [f"w{n}x{place}" for place in range(16)])
            for n in range(1, count + 1)
        ]
        return self.begun

    def give_up(self) -> None:
        self.begun = []
        self.given_up += 1

    def finish(self, rows: Mapping[int, str], store: Callable[[Sequence[str]], object]) -> None:
        if not self.begun:
            raise NoNewCards
        for card in self.begun:
            if rows.get(card.number, "") != " ".join(card.words[-4:]):
                raise BadRecoveryCard(f"card {card.number}")
        store(["entry"])
        self.cards = {
            " ".join(card.words): FakeCard(f"new {card.number}", card.number, card.needed)
            for card in self.begun
        }
        self.begun = []

    def settle(self) -> int:
        return 0


class NoBook:
    """Nobody has left."""

    def is_begun(self, name: Compartment) -> bool:
        return False

    def present(self, name: Compartment) -> bytes | None:
        return None

    def waiting(self, name: Compartment) -> bytes | None:
        return None

    def is_waiting(self, name: Compartment, key: bytes) -> bool:
        return False

    def hold(self, name: Compartment, key: bytes) -> None: ...

    def cuts(self, name: Compartment) -> Mapping[str, str]:
        return {}

    def new_key(self) -> bytes:
        return bytes(32)

    def propose(self, name: Compartment, key: bytes) -> None: ...

    def accept(self, name: Compartment) -> None: ...

    def give_up(self, name: Compartment) -> None: ...


class WordPress:
    """A sheet is its words."""

    def print(self, sheet: Sheet) -> bytes:
        return repr(sheet).encode()

    def pad(self, sheet: Sheet, numbers: Sequence[str]) -> bytes:
        return b""

    def packet(self, cover: Sheet, parts: Sequence[Sheet]) -> bytes:
        return b""


def with_cards(user: str, cards: FakeCards) -> Desk:
    """Somebody's desk with these cards."""
    parts = CardParts(cards, NoBook(), StationId("front"), {})
    return replace(furnished(user), cards=parts, press=WordPress())  # pyright: ignore[reportArgumentType]

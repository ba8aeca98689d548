"""An exchange for window tests: a post room in memory that says what a test tells it to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from intake_app.domain.exchange import Receipt
from intake_app.domain.exchange_state import ExchangeState, StationState
from intake_app.domain.ids import RecordId, StationId
from intake_app.domain.roles import Compartment

HERE, BACK = StationId("front"), StationId("back")


def station(ident: StationId, **said: object) -> StationState:
    """A station that has spoken and lacks nothing."""
    plain = StationState(
        ident, is_here=ident == HERE, is_struck=False, has_spoken=True, seen_at="", confirmed=0
    )
    return replace(plain, **said)  # pyright: ignore[reportArgumentType]


ALONE = ExchangeState(0, 0, "", StationId(""), stations=(station(HERE),))
TWO = replace(ALONE, stations=(station(HERE), station(BACK)))


@dataclass
class FakeExchange:
    """Does nothing but count; the state is given.

    Attributes:
        told: The state.
        rounds: Of each round, whether it cut at once.
        on_round: Called in each round with the question whether somebody waits.
    """

    told: ExchangeState = TWO
    rounds: list[bool] = field(default_factory=list[bool])
    acts: list[str] = field(default_factory=list[str])
    on_round: Callable[[Callable[[], bool]], object] = lambda _: None

    def state(self) -> ExchangeState:
        return self.told

    def round(
        self, *, cut_now: bool = False, is_wanted: Callable[[], bool] = lambda: False
    ) -> ExchangeState:
        self.rounds.append(cut_now)
        self.on_round(is_wanted)
        return self.told

    def begin_anew(self) -> ExchangeState:
        self.acts.append("begin anew")
        self.told = replace(self.told, stopped=None)
        return self.told

    def receipts(self) -> Mapping[StationId, tuple[Receipt, ...]]:
        return {}

    def lost_heads(self) -> Mapping[Compartment, bool]:
        return {}

    def executed(self, order: RecordId) -> Mapping[StationId, bool]:
        return {}

    def new_marker(self, kind: str, hub: str = "") -> tuple[str, bytes]:
        self.acts.append(f"marker {kind}")
        ident = hub or "f" * 32
        return ident, f"{kind} {ident}".encode()

    def trust_snapshot(self) -> ExchangeState:
        self.acts.append("trust snapshot")
        return self.told

    def turn_page(self) -> ExchangeState:
        self.acts.append("turn page")
        return self.told

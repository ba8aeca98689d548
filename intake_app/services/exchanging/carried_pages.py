"""Generations of keys, as the post room turns them; fits `exchange.fittings.Pages`."""

from dataclasses import dataclass

from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment
from intake_app.services.exchanging.carried_keys import begin_generation, forget_generation
from intake_app.services.needs.files import Records
from intake_app.services.needs.stations import StationParts


@dataclass(frozen=True, slots=True)
class CarriedPages:
    """Of one profile whose files are open.

    Attributes:
        station: Where keys for others are written.
        user: Who is signed in.
        parts: Keys and who may have them.
    """

    station: Records
    user: UserId
    parts: StationParts

    def begin(self, compartment: Compartment) -> int:
        """Begin a new generation of an open file, given to all who shall have it; its number."""
        return begin_generation(self.station, self.user, self.parts, compartment)

    def forget(self, compartment: Compartment, generation: int) -> None:
        """Destroy a generation of an open file and all before it; what is gone is gone."""
        forget_generation(self.station, self.user, self.parts, compartment, generation)

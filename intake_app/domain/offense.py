"""An offense of a state's table: `resources/offenses/<state>.csv`."""

from dataclasses import dataclass

from intake_app.domain.days import is_in_force
from intake_app.domain.text import Text

OFFENSES = "offenses"
"""The folder of these tables."""

OFFENSE_AT = "offense_at"
"""Name under `[facts]` of a form's question for when the offense was."""


@dataclass(frozen=True, slots=True)
class Offense:
    """One offense, as a state's law names it.

    Attributes:
        id: Stable name; what an answer keeps.
        label: Plain description.
        statute: Section of the law.
        degree: Its degree in that state ("M1", "M2", "infraction", "ordinance").
        nibrs: Code of the FBI's incident reporting system ("35A").
        starts: First day in force (YYYY-MM-DD), or empty.
        ends: Last day in force, or empty.
    """

    id: str
    label: Text
    statute: str = ""
    degree: str = ""
    nibrs: str = ""
    starts: str = ""
    ends: str = ""

    def is_in_force(self, day: str) -> bool:
        """Whether the law was in force on a day (YYYY-MM-DD)."""
        return is_in_force(self.starts, self.ends, day)


def is_table_of_offenses(codes: str) -> bool:
    """Whether a question takes its choices from a state's table of offenses."""
    return codes.startswith(f"{OFFENSES}/")

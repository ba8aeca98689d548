"""An offense of a state's table: `resources/offenses/<state>.csv`."""

from dataclasses import dataclass

from intake_app.domain.text import Text


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
        return (not self.starts or self.starts <= day) and (not self.ends or day <= self.ends)

"""What every part of a form is given: words, look, time, and where providers are looked up."""

from collections.abc import Callable
from dataclasses import dataclass

from intake_app.domain.clock import Clock
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A provider to choose while typing.

    Attributes:
        id: Its record.
        name: What is shown and stored.
        note: A second line: town, or that its entry is stale.
    """

    id: str
    name: str
    note: str = ""


Suggest = Callable[[str, Callable[[list[Suggestion]], None]], None]
"""Looks up providers by what was typed and hands them to the second argument on the GUI thread."""


def no_suggestions(_text: str, done: Callable[[list[Suggestion]], None]) -> None:
    """Where there is no directory: nothing is suggested, free text is taken."""
    done([])


@dataclass(frozen=True, slots=True)
class Setting:
    """What every widget of a form is given.

    Attributes:
        words: Language of the window.
        theme: Look and text size.
        clock: For "Now", and for dates in the future.
        suggest: Looks up providers.
        born: Id of the question for the birth date, which is never in the future.
    """

    words: Words
    theme: Theme
    clock: Clock
    suggest: Suggest = no_suggestions
    born: str = ""

    @property
    def today(self) -> str:
        """The day on the wall, YYYY-MM-DD."""
        return f"{self.clock.local():%Y-%m-%d}"

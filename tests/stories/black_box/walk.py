"""Walks through every page of a person, and says what a screen reader would miss.

How it is run says `stage.py`. As `drive.py`, it knows nothing of the program's code: only names
that are told to it.
"""

# pyright: reportMissingModuleSource=false

from collections import Counter
from typing import TYPE_CHECKING, Any

from ears import Ears
from screen_reader import Reader, press_key
from stage import play, see_lock_screen, unlock
from stops import Stops
from troubles import troubles_of

if TYPE_CHECKING:
    from hidden_screen import Screen
    from screen_reader import Sight

ESCAPE = 0xFF1B
RAIL, HERE, OUT = "Places", "You are here", "Hide all"


class Walk:
    """One person, from the lock screen through all that the rail and its pages lead to."""

    def __init__(self, told: "dict[str, Any]", screen: "Screen") -> None:
        self.told, self.screen = told, screen
        self.ears = Ears()
        self.program = screen.start()
        self.window = Reader(screen, self.program.pid)
        self.pages: dict[str, dict[str, Any]] = {}

    def go(self) -> "dict[str, Any]":
        """Every page. Returns what was wrong on each, by name of place and button."""
        self._sign_in()
        for place in self._places():
            self._enter(place)
            self._examine(place)
            for button in self.told["ways"].get(place, ()):
                self._follow(place, button)
        return self.pages

    def _sign_in(self) -> None:
        window = self.window
        see_lock_screen(window)
        self._examine("lock screen")
        unlock(window, self.told["user_name"], self.told["passphrase"])
        window.until(lambda: window.button("Log out"), "the home page")

    def _places(self) -> "list[str]":
        """The entries of the rail, down to the first way out."""
        names = [one.name for one in self._rail() if one.role == "push button"]
        first = next(at for at, name in enumerate(names) if name == "Home")
        return names[first : names.index(OUT)]

    def _rail(self) -> "list[Sight]":
        return [one for one in self.window.look() if RAIL in one.inside]

    def _enter(self, place: str) -> None:
        self.window.press(place, inside=RAIL)
        self.window.until(lambda: self._is_at(place), f"the page '{place}'")

    def _is_at(self, place: str) -> bool:
        """The rail says so, and the page has a heading."""
        here = [one.name for one in self._rail() if one.node.get_description() == HERE]
        return here == [place] and bool(self._headings())

    def _headings(self) -> "list[str]":
        return [one.name for one in self.window.look() if one.role == "heading" and one.name]

    def _follow(self, place: str, button: str) -> None:
        """A page that a button leads to, and back by the rail."""
        if self.window.button(button) is None:
            return  # not for this person, or there is nothing there
        before = self._headings()
        self.window.press(button)
        self.window.until(
            lambda: self._dialogs() or self._headings() not in ([], before),
            f"what '{button}' opens",
        )
        self._examine(f"{place}: {button}")
        if self._dialogs():
            press_key(ESCAPE)
            self.window.until(lambda: not self._dialogs(), f"Escape to leave '{button}'")
        self._enter(place)

    def _dialogs(self) -> "list[str]":
        return [one.name for one in self.window.look() if one.role == "dialog"]

    def _examine(self, page: str) -> None:
        """Look when it stands still: two looks that see the same."""
        seen: list[Sight] = []

        def at_rest() -> "tuple[list[Sight], list[str]] | None":
            nonlocal seen
            before, seen = seen, self.window.look()
            is_still = [one[1:3] for one in before] == [one[1:3] for one in seen]
            return (seen, troubles_of(seen)) if is_still else None

        seen, wrong = self.window.until(at_rest, f"rest on '{page}'")
        if self.told["tabs"]:
            wrong += Stops(self.window, self.ears, seen).troubles()
        self.pages[page] = {"wrong": wrong, "roles": dict(Counter(one.role for one in seen))}


if __name__ == "__main__":
    play("walk", lambda told, screen: Walk(told, screen).go())

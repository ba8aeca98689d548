"""What is said without the cursor moving: errors at once, states in their turn.

How it is run says `stage.py`.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from ears import Ears
from screen_reader import Reader, press_key
from stage import play, see_lock_screen, unlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from hidden_screen import Screen

POLITE, URGENT = 1, 2
"""As AT-SPI counts it."""

F12, SPACE = 0xFFC9, 0x20


class News:
    """A walk-in that is begun with a mistake, typed, hidden and found."""

    def __init__(self, told: "dict[str, Any]", screen: "Screen") -> None:
        self._told = told
        self._ears = Ears()
        self._window = Reader(screen, screen.start().pid)

    def hear(self) -> "dict[str, list[tuple[str, int]]]":
        """What was said after each step: words, and how pressing."""
        window = self._window
        see_lock_screen(window)
        wrong = partial(unlock, window, self._told["user_name"], "wrong")
        heard = {"wrong passphrase": self._after(wrong, URGENT)}
        window.write("Passphrase", self._told["passphrase"])
        window.press("Unlock")
        window.until(lambda: window.button("Walk-in self-referral"), "the home page")
        heard["find"] = self._after(lambda: window.write("Find", "zzz"))
        window.press("Walk-in self-referral")
        window.until(lambda: window.button("Continue"), "the form")
        heard["nothing answered"] = self._after(lambda: window.press("Continue"), URGENT)
        told = window.until(lambda: self._described("Error:"), "an error at its question")
        heard["error at its question"] = [(told, 0)]
        window.choose("For myself")
        heard["saved"] = window.until(self._saved, "that it is saved")
        heard["hidden"] = self._after(lambda: press_key(F12), URGENT)
        press_key(SPACE)
        window.until(lambda: window.button("Continue"), "the form again")
        return heard

    def _after(self, act: "Callable[[], object]", how: int = POLITE) -> "list[tuple[str, int]]":
        """What was said from here on, when one of at least this urgency has come."""
        before = len(self._ears.announced(self._window))
        act()
        return self._window.until(
            lambda: [one for one in self._said()[before:] if one[1] >= how], "something said"
        )

    def _said(self) -> "list[tuple[str, int]]":
        return [(one.words, one.detail) for one in self._ears.announced(self._window)]

    def _saved(self) -> "list[tuple[str, int]]":
        """It may have come with another act: what is saved is said once a minute."""
        return [one for one in self._said() if one[0].startswith("Saved on")]

    def _described(self, words: str) -> str:
        """What has the cursor, where its description tells of an error."""
        self._ears.listen()
        node = self._ears.focused
        told = (node.get_description() or "") if node else ""
        return f"{node.get_name()}: {told}" if node and words in told else ""


if __name__ == "__main__":
    play("news", lambda told, screen: News(told, screen).hear())

"""What is said without the cursor moving: errors at once, states in their turn.

`dbus-run-session -- /usr/bin/python3 news.py <python> < told.json`; prints what was heard as JSON.
"""

import json
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from ears import Ears
from hidden_screen import Failed, Screen
from screen_reader import Reader, begin, press_key

if TYPE_CHECKING:
    from collections.abc import Callable

POLITE, URGENT = 1, 2
"""As AT-SPI counts it."""

F12, SPACE = 0xFFC9, 0x20


class News:
    """A walk-in that is begun with a mistake, typed, hidden and found."""

    def __init__(self, told: "dict[str, Any]", screen: Screen) -> None:
        self._told = told
        self._ears = Ears()
        self._window = Reader(screen, screen.start().pid)

    def hear(self) -> "dict[str, list[tuple[str, int]]]":
        """What was said after each step: words, and how pressing."""
        window = self._window
        window.until(lambda: window.button("Unlock"), "the lock screen")
        window.press("I understand")
        window.write("User name", self._told["user_name"])
        window.write("Passphrase", "wrong")
        heard = {"wrong passphrase": self._after(lambda: window.press("Unlock"), URGENT)}
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


def run(told: "dict[str, Any]") -> None:
    """Prints before the screen goes: its end may be ours."""
    with (
        tempfile.TemporaryDirectory(prefix="news-") as home,
        Screen(told["profile"], told["root"], home) as screen,
    ):
        begin()
        try:
            heard: object = News(told, screen).hear()
        except Failed as failure:
            heard = {"failed": str(failure)}
        print(json.dumps(heard), flush=True)


if __name__ == "__main__":
    run(json.load(sys.stdin))

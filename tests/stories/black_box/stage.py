"""Where each of these programs begins and ends: a screen, the lock screen, and what was seen.

`dbus-run-session -- /usr/bin/python3 <program> <python> < told.json`: with the system's Python,
which has the bindings of AT-SPI, on a bus of its own. What was seen is printed as JSON.
"""

import json
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from hidden_screen import Failed, Screen
from screen_reader import Reader, begin

if TYPE_CHECKING:
    from collections.abc import Callable


def play(name: str, story: "Callable[[dict[str, Any], Screen], object]") -> None:
    """A story by what is told on standard input.

    Prints before the screen goes: its end may be ours.
    """
    told = json.load(sys.stdin)
    with (
        tempfile.TemporaryDirectory(prefix=f"{name}-") as home,
        Screen(told["profile"], told["root"], home) as screen,
    ):
        begin()
        try:
            seen = story(told, screen)
        except Failed as failure:
            seen = {"failed": str(failure)}
        print(json.dumps(seen), flush=True)


def see_lock_screen(window: Reader) -> None:
    """Wait for it."""
    window.until(lambda: window.button("Unlock"), "the lock screen")


def unlock(window: Reader, user_name: str, passphrase: str) -> None:
    """Sign in, as far as the press on Unlock."""
    window.press("I understand")
    window.write("User name", user_name)
    window.write("Passphrase", passphrase)
    window.press("Unlock")

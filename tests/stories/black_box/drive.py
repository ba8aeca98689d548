"""Drives the real program from outside, by the names that a screen reader says.

How it is run says `stage.py`. It knows nothing of the program's code: only fixed names, and the
questions of the form file.
"""

import time
from pathlib import Path
from typing import Any

from hidden_screen import PATIENCE, Screen, end
from screen_reader import Reader, Sight, act_of, hold_alt, press_node, put
from stage import play, see_lock_screen, unlock

F4 = 0xFFC1
AGAIN = 5.0
"""Seconds after which a person presses keys again that did nothing."""


class Story:
    """A person at the front desk takes a walk-in and saves the letter."""

    def __init__(self, told: "dict[str, Any]", screen: Screen) -> None:
        self.told, self.screen = told, screen
        self.first = screen.start()
        self.window = Reader(screen, self.first.pid)
        self.seen: dict[str, list[str]] = {}
        self.answered: list[str] = []

    def sign_in(self) -> None:
        """From the lock screen to the home page, and once around."""
        window = self.window
        see_lock_screen(window)
        self._examine("lock screen")
        unlock(window, self.told["user_name"], self.told["passphrase"])
        self.screen.patience = self.told.get("patience", PATIENCE)
        window.until(lambda: window.button("Walk-in self-referral"), "the home page")
        self._examine("Home")
        for place in ("People", "Providers", "Roster", "Settings"):
            window.press(place)
            window.until(lambda place=place: self._has_heading(place), f"the page '{place}'")
            self._examine(place)
        window.press("Home")

    def take_walk_in(self) -> None:
        """Answer what must be answered, page by page, to the page with all answers."""
        window = self.window
        window.press("Walk-in self-referral")
        window.until(self._asked, "the first question")
        while window.button("Save PDF") is None:
            self._answer_page()
            shown = list(self._asked())
            self._examine(f"form: {shown[0]}")
            window.press("Continue")
            window.until(
                lambda shown=shown: list(self._asked()) != shown and "Back" in window.names(),
                f"the page after '{shown[0]}'",
            )
        self._examine("review")

    def finish_and_save(self) -> str:
        """Finish, then save the first paper. Returns the name that the program proposed."""
        window = self.window
        window.press("Finish")
        window.until(lambda: window.button("Open this intake"), "the end of the intake")
        self._examine("finished")
        window.press("Save PDF")
        proposed = window.text("File name")
        self._examine("file dialog")
        window.write("File name", str(Path(self.told["folder"]) / proposed))
        window.press("Save")
        window.until(lambda: window.edit("File name") is None, "the end of the dialog")
        window.until((Path(self.told["folder"]) / proposed).exists, "the PDF")
        return proposed

    def start_again(self) -> "dict[str, Any]":
        """A second start brings the first window forward, also from behind another one."""
        other = self.screen.start(self.told["other_profile"])
        self._bring_forward(Reader(self.screen, other.pid), self.window)
        status = self.screen.start().wait(PATIENCE)
        self.screen.until(self.window.is_active, "the first window in front")
        end(other)
        return {"status": status, "running": len(self.screen.running())}

    def log_out(self) -> "dict[str, Any]":
        """Log out: another process shows the lock screen. Then close its window."""
        self.window.press("Log out")
        status = self.first.wait(PATIENCE)
        new = self.screen.until(self.screen.running, "a new process").pop()
        self.window = Reader(self.screen, new)
        see_lock_screen(self.window)
        self._bring_forward(self.window)
        self._close_window()
        return {"old": self.first.pid, "old_status": status, "new": new}

    def _bring_forward(self, window: Reader, before: "Reader | None" = None) -> None:
        """As a person does in a taskbar; a program that begins may not count on being in front."""

        def is_in_front() -> bool:
            is_so = window.is_active() and not (before and before.is_active())
            if not is_so:
                self.screen.taskbar.ask_for(window.pid)
            return is_so

        self.screen.until(is_in_front, f"process {window.pid} in front")

    def _close_window(self) -> None:
        """By the keys of the desktop; pressed again where its keeper was too busy to hear them."""
        pressed = 0.0

        def has_ended() -> bool:
            nonlocal pressed
            if not self.screen.running():
                return True
            if time.monotonic() - pressed > AGAIN and self.window.is_active():
                pressed = time.monotonic()
                hold_alt(F4)
            return False

        self.window.until(has_ended, "the end of the program")

    def _examine(self, page: str) -> None:
        self.seen[page] = self.window.unnamed()

    def _has_heading(self, words: str) -> bool:
        return any(one.name == words and one.role == "heading" for one in self.window.look())

    def _asked(self) -> "dict[str, Sight]":
        """The questions that stand on the page, with what takes the answer."""
        found = {one.name: one for one in reversed(self.window.look()) if one.role != "label"}
        labels = (question["label"] for question in self.told["questions"])
        return {label: found[label] for label in labels if label in found}

    def _answer_page(self) -> None:
        """Answers may bring new questions: look again until nothing is open."""
        while True:
            asked = self._asked()
            todo = [q for q in self.told["questions"] if q["is_wanted"] and q["label"] in asked]
            todo = [q for q in todo if q["label"] not in self.answered]
            if not todo:
                return
            self._answer(todo[0], asked[todo[0]["label"]])
            self.answered.append(todo[0]["label"])

    def _answer(self, question: "dict[str, Any]", at: Sight) -> None:
        if question["typed"]:
            put(at.node, question["typed"])
        elif at.role == "check box":
            self.window.choose(question["label"])
        elif act_of(at.node) is not None:  # a list that opens
            press_node(at.node)
        for choice in question["chosen"]:
            self.window.choose(choice, inside=question["label"])


def run(told: "dict[str, Any]", screen: Screen) -> "dict[str, Any]":
    """The whole story. Returns what was seen."""
    story = Story(told, screen)
    story.sign_in()
    story.take_walk_in()
    saved = story.finish_and_save()
    again = story.start_again()
    out = story.log_out()
    return {
        "answered": story.answered, "saved": saved, "again": again, "log_out": out,
        "unnamed": {page: names for page, names in story.seen.items() if names},
        "pages": list(story.seen),
    }  # fmt: skip


if __name__ == "__main__":
    play("black-box", run)

"""Drives the real program from outside, by the names that a screen reader says.

It runs on its own, with the system's Python (which has the bindings of AT-SPI) on a bus of its own:
`dbus-run-session -- /usr/bin/python3 drive.py < story.json`. What it saw it prints as JSON. It
knows nothing of the program's code: only fixed names, and the questions of the form file.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds to wait for a condition before giving up, unless the story says otherwise."""

CONTROLS = {
    "button", "check box", "combo box", "link", "list", "menu item", "page tab", "password text",
    "push button", "radio button", "spin button", "table", "text", "toggle button", "tree",
    "tree table",
}  # fmt: skip
"""Roles of what a person acts on: each must have a name."""

LEAVES = CONTROLS - {"list", "combo box"} | {"icon", "image", "label", "scroll bar", "separator"}
"""Roles whose inside is not looked at; of tables that is much."""

ACTS = ("press", "toggle", "click")
ALT_CODE, F4 = 64, 0xFFC1


class Failed(Exception):
    """The program did not do what the story says."""


class Screen:
    """A screen that nobody sees, with a window keeper; all that is started ends with it."""

    def __init__(self, profile: str, root: str, home: str, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.command = [sys.argv[1], "-m", "intake_app", "--profile", profile]
        self._stack = ExitStack()
        self._root = root
        reading, writing = os.pipe()
        self._pace = self._keep(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            dict(os.environ), pass_fds=(writing,),
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        self.environment = {
            **os.environ, "DISPLAY": f":{number}", "HOME": home, "XDG_RUNTIME_DIR": home,
            "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8", "TZ": "America/New_York",
        }  # fmt: skip
        os.environ.update({key: self.environment[key] for key in ("DISPLAY", "XDG_RUNTIME_DIR")})
        subprocess.run(["dbus-update-activation-environment", "DISPLAY"], check=True)
        self._keep(["openbox"], self.environment)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.running():
            os.kill(pid, signal.SIGKILL)
        self._stack.close()

    def start(self, profile: str = "") -> "subprocess.Popen[bytes]":
        """Start the program, on another profile if one is named."""
        command = [*self.command[:-1], profile] if profile else self.command
        return self._keep(command, self.environment, cwd=self._root)

    def running(self) -> set[int]:
        """The processes of the program on this profile, also those that it started itself."""
        found: set[int] = set()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if words[1:5] == self.command[1:] and state != "Z":
                found.add(int(entry.name))
        return found

    def until(self, test: "Callable[[], T | None]", what: str) -> T:
        """Wait until a condition holds; returns what it gave.

        Raises:
            Failed: It never did.
        """
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                if found := test():
                    return found
                self._pace.wait(0.04)  # the screen does not end: this is the pace of looking
            except (GLib.Error, subprocess.TimeoutExpired):
                continue
        raise Failed(f"waited {self.patience:.0f} seconds for {what}")

    def _keep(
        self, command: "list[str]", environment: "dict[str, str]", **more: Any
    ) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        made = subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, **more)
        self._stack.callback(_end, made)
        return made


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    process.wait(5)


class Sight(NamedTuple):
    """One thing that is showing."""

    node: "Atspi.Accessible"
    name: str
    role: str
    inside: "tuple[int, ...]"
    """Places in the look of what it stands in, outermost first."""


class Reader:
    """What a screen reader finds in the windows of one process."""

    def __init__(self, screen: Screen, pid: int) -> None:
        self.screen, self.pid = screen, pid
        self.app = screen.until(self._find, f"process {pid} on the bus of screen readers")

    def look(self) -> "list[Sight]":
        """All that is showing now, in order; cells of tables left out."""
        found: list[Sight] = []
        self._look_at(self.app, (), found)
        return found

    def button(self, name: str, inside: str = "") -> "Atspi.Accessible | None":
        """What can be pressed and has this name."""
        seen = self.look()
        for one in seen:
            if one.name == name and (not inside or inside in {seen[at].name for at in one.inside}):
                is_on = one.node.get_state_set().contains(Atspi.StateType.ENABLED)
                if is_on and _act_of(one.node) is not None:
                    return one.node
        return None

    def edit(self, name: str) -> "Atspi.Accessible | None":
        """What can be typed into and has this name."""
        return next((one.node for one in self.look() if one.name == name and _is_edit(one)), None)

    def names(self) -> "set[str]":
        """All names that are showing."""
        return {one.name for one in self.look()} - {""}

    def press(self, name: str, inside: str = "") -> None:
        """Press a button, when it is there and can be pressed."""
        node = self.until(lambda: self.button(name, inside), f"the button '{name}'")
        _press(node)

    def write(self, name: str, text: str) -> None:
        """Put words into a field, as a screen reader or a voice does."""
        node = self.until(lambda: self.edit(name), f"the field '{name}'")
        Atspi.EditableText.set_text_contents(node, text)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return Atspi.Text.get_text(self.until(lambda: self.edit(name), f"'{name}'"), 0, -1)

    def until(self, test: "Callable[[], T | None]", what: str) -> T:
        """Wait as the screen does; a failure says what was showing instead."""
        try:
            return self.screen.until(test, what)
        except Failed as failure:
            shown = ", ".join(sorted(self.names())) if self.pid in self.screen.running() else ""
            raise Failed(f"{failure}; showing: {shown[:2000]}") from None

    def is_active(self) -> bool:
        """Whether a window of this process is the one that keys go to."""
        frames = [self.app.get_child_at_index(i) for i in range(self.app.get_child_count())]
        return any(_is(frame, Atspi.StateType.ACTIVE) for frame in frames)

    def unnamed(self) -> "list[str]":
        """Controls that a screen reader cannot tell apart."""
        seen = self.look()
        return [
            f"{one.role} in {next((seen[i].name for i in one.inside[::-1] if seen[i].name), '?')}"
            for one in seen
            if one.role in CONTROLS
            and not one.name.strip()
            or one.role == "combo box"
            and not _question_of(one.node, one.role)
        ]

    def _look_at(
        self, node: "Atspi.Accessible", inside: "tuple[int, ...]", found: "list[Sight]"
    ) -> None:
        if inside and not _is(node, Atspi.StateType.SHOWING):
            return
        role = node.get_role_name()
        sight = Sight(node, _question_of(node, role) or node.get_name() or "", role, inside)
        inside = (*inside, len(found))
        found.append(sight)
        if role in LEAVES:
            return
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                self._look_at(child, inside, found)

    def _find(self) -> "Atspi.Accessible | None":
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(at)
            if app and app.get_process_id() == self.pid and app.get_child_count():
                return app
        return None


def _question_of(node: "Atspi.Accessible", role: str) -> str:
    """A list that opens has its answer as its name; its question is the label that it points to."""
    if role != "combo box":
        return ""
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return relation.get_target(0).get_name()
    return ""


def _is(node: "Atspi.Accessible | None", state: int) -> bool:
    return node is not None and node.get_state_set().contains(state)


def _is_edit(one: Sight) -> bool:
    return _is(one.node, Atspi.StateType.EDITABLE)


def _act_of(node: "Atspi.Accessible") -> "int | None":
    if "Action" not in node.get_interfaces():
        return None
    names = [
        Atspi.Action.get_action_name(node, i).lower()
        for i in range(Atspi.Action.get_n_actions(node))
    ]
    return next((names.index(act) for act in ACTS if act in names), None)


def _press(node: "Atspi.Accessible") -> None:
    Atspi.Action.do_action(node, _act_of(node) or 0)


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
        window.until(lambda: window.button("Unlock"), "the lock screen")
        self._examine("lock screen")
        window.press("I understand")
        window.write("User name", self.told["user_name"])
        window.write("Passphrase", self.told["passphrase"])
        window.press("Unlock")
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
        self.screen.until(Reader(self.screen, other.pid).is_active, "another window in front")
        was_behind = not self.window.is_active()
        status = self.screen.start().wait(PATIENCE)
        self.screen.until(self.window.is_active, "the first window in front")
        _end(other)
        return {"was_behind": was_behind, "status": status, "running": len(self.screen.running())}

    def log_out(self) -> "dict[str, Any]":
        """Log out: another process shows the lock screen. Then close its window."""
        self.window.press("Log out")
        status = self.first.wait(PATIENCE)
        new = self.screen.until(self.screen.running, "a new process").pop()
        self.window = Reader(self.screen, new)
        self.window.until(lambda: self.window.button("Unlock"), "the lock screen")
        self.screen.until(self.window.is_active, "the lock screen in front")
        _hold_alt(F4)
        self.screen.until(lambda: not self.screen.running(), "the end of the program")
        return {"old": self.first.pid, "old_status": status, "new": new}

    def _examine(self, page: str) -> None:
        self.seen[page] = self.window.unnamed()

    def _has_heading(self, words: str) -> bool:
        return any(one.name == words and one.role == "label" for one in self.window.look())

    def _asked(self) -> "dict[str, Sight]":
        """The questions that stand on the page, with what takes the answer."""
        found = {one.name: one for one in self.window.look()[::-1] if one.role != "label"}
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
            Atspi.EditableText.set_text_contents(at.node, question["typed"])
        elif _act_of(at.node) is not None:  # a tick, or a list that opens
            _press(at.node)
        for choice in question["chosen"]:
            self.window.press(choice, inside=question["label"])


def _hold_alt(key: int) -> None:
    """Press a key while Alt is held, as a hand does."""
    Atspi.generate_keyboard_event(ALT_CODE, None, Atspi.KeySynthType.PRESS)
    Atspi.generate_keyboard_event(key, None, Atspi.KeySynthType.SYM)
    Atspi.generate_keyboard_event(ALT_CODE, None, Atspi.KeySynthType.RELEASE)


def run(told: "dict[str, Any]") -> "dict[str, Any]":
    """The whole story. Returns what was seen."""
    with (
        tempfile.TemporaryDirectory(prefix="black-box-") as home,
        Screen(told["profile"], told["root"], home, told.get("patience", PATIENCE)) as screen,
    ):
        Atspi.init()
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
    try:
        print(json.dumps(run(json.load(sys.stdin))))
    except Failed as failure:
        sys.exit(str(failure))

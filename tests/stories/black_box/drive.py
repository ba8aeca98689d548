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
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds to wait for a condition before giving up."""

CONTROLS = {
    "button", "check box", "combo box", "link", "list", "menu item", "page tab", "password text",
    "push button", "radio button", "spin button", "table", "text", "toggle button", "tree",
    "tree table",
}  # fmt: skip
"""Roles of what a person acts on: each must have a name."""

ACTS = ("press", "toggle", "click")
ALT, F4, DOWN = 0xFFE9, 0xFFC1, 0xFF54


class Failed(Exception):
    """The program did not do what the story says."""


class Screen:
    """A screen that nobody sees, with a window keeper; all that is started ends with it."""

    def __init__(self, profile: str, root: str, home: str) -> None:
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

    def until(self, test: Callable[[], T], what: str) -> T:
        """Wait until a condition holds; returns what it gave.

        Raises:
            Failed: It never did.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if found := test():
                    return found
                self._pace.wait(0.04)  # the screen does not end: this is the pace of looking
            except (GLib.Error, subprocess.TimeoutExpired):
                continue
        raise Failed(f"waited {PATIENCE:.0f} seconds for {what}")

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


class Reader:
    """What a screen reader finds in the windows of one process."""

    def __init__(self, screen: Screen, pid: int) -> None:
        self.screen, self.pid = screen, pid
        self.app = screen.until(self._find, f"process {pid} on the bus of screen readers")

    def nodes(self, top: "Atspi.Accessible | None" = None) -> "Iterator[Atspi.Accessible]":
        """All that is showing, in order."""
        todo = [top or self.app]
        while todo:
            node = todo.pop()
            if node is not self.app and not node.get_state_set().contains(Atspi.StateType.SHOWING):
                continue
            yield node
            children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
            todo += [child for child in reversed(children) if child is not None]

    def named(
        self, name: str, top: "Atspi.Accessible | None" = None
    ) -> "Iterator[Atspi.Accessible]":
        """What has this name."""
        return (node for node in self.nodes(top) if node.get_name() == name)

    def button(self, name: str, top: "Atspi.Accessible | None" = None) -> "Atspi.Action | None":
        """What can be pressed and has this name."""
        for node in self.named(name, top):
            acts = node.get_action_iface()
            is_on = node.get_state_set().contains(Atspi.StateType.ENABLED)
            if is_on and acts is not None and _act_of(acts) is not None:
                return acts
        return None

    def edit(self, name: str) -> "Atspi.Accessible | None":
        """What can be typed into and has this name."""
        for node in self.named(name):
            if node.get_state_set().contains(Atspi.StateType.EDITABLE):
                return node
        return None

    def group(self, name: str) -> "Atspi.Accessible | None":
        """What holds the choices of a question of this name."""
        return next((node for node in self.named(name) if node.get_child_count() > 1), None)

    def press(self, name: str) -> None:
        """Press a button, when it is there and can be pressed."""
        acts = self.screen.until(lambda: self.button(name), f"the button '{name}'{self.says()}")
        acts.do_action(_act_of(acts) or 0)

    def write(self, name: str, text: str) -> None:
        """Put words into a field, as a screen reader or a voice does."""
        node = self.screen.until(lambda: self.edit(name), f"the field '{name}'{self.says()}")
        node.get_editable_text_iface().set_text_contents(text)

    def text(self, name: str) -> str:
        """What stands in a field."""
        node = self.screen.until(lambda: self.edit(name), f"the field '{name}'{self.says()}")
        return Atspi.Text.get_text(node, 0, -1)

    def is_active(self) -> bool:
        """Whether a window of this process is the one that keys go to."""
        frames = [self.app.get_child_at_index(i) for i in range(self.app.get_child_count())]
        return any(f and f.get_state_set().contains(Atspi.StateType.ACTIVE) for f in frames)

    def unnamed(self) -> "list[str]":
        """Controls that a screen reader cannot tell apart."""
        return [
            f"{node.get_role_name()} in {_above(node)}"
            for node in self.nodes()
            if node.get_role_name() in CONTROLS and not (node.get_name() or "").strip()
        ]

    def says(self) -> str:
        """All names that are showing, for the words of a failure."""
        return "; showing: " + ", ".join(sorted({n.get_name() for n in self.nodes()} - {""}))[:1500]

    def _find(self) -> "Atspi.Accessible | None":
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(at)
            if app and app.get_process_id() == self.pid and app.get_child_count():
                return app
        return None


def _act_of(acts: "Atspi.Action") -> "int | None":
    names = [acts.get_action_name(i).lower() for i in range(acts.get_n_actions())]
    return next((names.index(act) for act in ACTS if act in names), None)


def _above(node: "Atspi.Accessible") -> str:
    parent = node.get_parent()
    while parent is not None and not parent.get_name():
        parent = parent.get_parent()
    return parent.get_name() if parent is not None else "nothing"


class Story:
    """A person at the front desk takes a walk-in and saves the letter."""

    def __init__(self, told: "dict[str, Any]", screen: Screen) -> None:
        self.told, self.screen = told, screen
        self.first = screen.start()
        self.window = Reader(screen, self.first.pid)
        self.seen: dict[str, list[str]] = {}
        self.answered: list[str] = []

    def look(self, page: str) -> None:
        """Remember which controls of this page have no name."""
        self.seen[page] = self.window.unnamed()

    def sign_in(self) -> None:
        """From the lock screen to the home page, and once around."""
        window = self.window
        self.look("lock screen")
        window.press("I understand")
        window.write("User name", self.told["user_name"])
        window.write("Passphrase", self.told["passphrase"])
        window.press("Unlock")
        self.screen.until(lambda: window.button("Walk-in self-referral"), "home" + window.says())
        self.look("Home")
        for place in ("People", "Providers", "Roster", "Settings", "Home"):
            window.press(place)
            self.look(place)

    def take_walk_in(self) -> None:
        """Answer what must be answered, page by page, to the page with all answers."""
        window = self.window
        window.press("Walk-in self-referral")
        self.screen.until(self._asked, "the first question")
        while window.button("Save PDF") is None:
            before = self._asked()
            self._answer_page()
            self.look(f"form: {before[0]}" if before else "form")
            shown = self._asked()
            window.press("Continue")
            self.screen.until(
                lambda shown=shown: window.button("Save PDF") or self._asked() != shown,
                "the next page" + window.says(),
            )
        self.look("review")

    def finish_and_save(self) -> str:
        """Finish, then save the first paper. Returns the name that the program proposed."""
        window = self.window
        window.press("Finish")
        self.screen.until(lambda: window.button("Open this intake"), "the end" + window.says())
        self.look("finished")
        window.press("Save PDF")
        proposed = window.text("File name")
        self.look("file dialog")
        window.write("File name", str(Path(self.told["folder"]) / proposed))
        window.press("Save")
        self.screen.until(lambda: window.edit("File name") is None, "the end of the dialog")
        self.screen.until((Path(self.told["folder"]) / proposed).exists, "the PDF")
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
        self.window.press("Home")
        self.window.press("Log out")
        status = self.first.wait(PATIENCE)
        new = self.screen.until(self.screen.running, "a new process").pop()
        self.window = Reader(self.screen, new)
        self.screen.until(lambda: self.window.button("Unlock"), "the lock screen")
        self.screen.until(self.window.is_active, "the lock screen in front")
        _hold(ALT, F4)
        self.screen.until(lambda: not self.screen.running(), "the end of the program")
        return {"old": self.first.pid, "old_status": status, "new": new}

    def _asked(self) -> "list[str]":
        names = {node.get_name() for node in self.window.nodes()}
        asked = (q["label"] for q in self.told["questions"] if q["label"] in names)
        return [label for label in asked if self._is_control(label)]

    def _is_control(self, label: str) -> bool:
        window = self.window
        return bool(window.edit(label) or window.button(label) or window.group(label))

    def _answer_page(self) -> None:
        """Answers may bring new questions: look again until nothing is open."""
        todo = self._open_questions()
        while todo:
            self._answer(todo[0])
            self.answered.append(todo[0]["label"])
            todo = self._open_questions()

    def _open_questions(self) -> "list[dict[str, Any]]":
        asked = self._asked()
        return [
            q
            for q in self.told["questions"]
            if q["is_wanted"] and q["label"] in asked and q["label"] not in self.answered
        ]

    def _answer(self, question: "dict[str, Any]") -> None:
        window, label = self.window, question["label"]
        if question["typed"]:
            window.write(label, question["typed"])
        elif group := window.group(label):
            acts = window.button(question["first"], group)
            if acts is None:
                raise Failed(f"'{question['first']}' is not among the choices of '{label}'")
            acts.do_action(_act_of(acts) or 0)
        else:
            window.press(label)
            if question["first"]:  # a list that has opened
                _hold(DOWN)


def _hold(*keys: int) -> None:
    """Press keys together, as a hand does."""
    held, last = keys[:-1], keys[-1]
    for key in held:
        Atspi.generate_keyboard_event(_code(key), None, Atspi.KeySynthType.PRESS)
    Atspi.generate_keyboard_event(last, None, Atspi.KeySynthType.SYM)
    for key in held:
        Atspi.generate_keyboard_event(_code(key), None, Atspi.KeySynthType.RELEASE)


def _code(key: int) -> int:
    return {ALT: 64}[key]


def run(told: "dict[str, Any]") -> "dict[str, Any]":
    """The whole story. Returns what was seen."""
    with tempfile.TemporaryDirectory(prefix="black-box-") as home, Screen(
        told["profile"], told["root"], home
    ) as screen:
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

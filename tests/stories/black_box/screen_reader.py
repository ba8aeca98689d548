"""What a screen reader finds in the windows of a program, by way of AT-SPI; see `drive.py`."""

# pyright: reportMissingModuleSource=false

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import gi
from hidden_screen import Failed, Screen

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
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


class Sight(NamedTuple):
    """One thing that is showing."""

    node: "Atspi.Accessible"
    name: str
    role: str
    inside: "tuple[str, ...]"
    """Names of what it stands in, outermost first."""


class Reader:
    """What a screen reader finds in the windows of one process."""

    def __init__(self, screen: Screen, pid: int) -> None:
        self.screen, self.pid = screen, pid
        self.app = screen.until(self._find, f"process {pid} on the bus of screen readers")

    def look(self) -> "list[Sight]":
        """All that is showing now, in order; cells of tables left out."""
        return self._read(lambda: [*self._look_at(self.app, ())])

    def button(self, name: str, inside: str = "") -> "Atspi.Accessible | None":
        """What can be pressed and has this name."""
        return self._first(
            lambda one: one.name == name and (not inside or inside in one.inside) and _acts(one)
        )

    def edit(self, name: str) -> "Atspi.Accessible | None":
        """What can be typed into and has this name."""
        return self._first(lambda one: one.name == name and _is_edit(one))

    def names(self) -> "set[str]":
        """All names that are showing."""
        return {one.name for one in self.look()} - {""}

    def press(self, name: str, inside: str = "") -> None:
        """Press a button, when it is there and can be pressed."""
        node = self.until(lambda: self.button(name, inside), f"the button '{name}'")
        press_node(node)

    def choose(self, name: str, inside: str = "") -> None:
        """Press a choice, and wait until it is chosen: a pressed button acts a moment later."""
        node = self.until(lambda: self.button(name, inside), f"the choice '{name}'")
        press_node(node)
        if _is(node, Atspi.StateType.CHECKABLE):
            self.until(lambda: _is(node, Atspi.StateType.CHECKED), f"the tick at '{name}'")
        else:
            self.until(lambda: self.button(name, inside) is None, f"the end of the list '{inside}'")

    def write(self, name: str, text: str) -> None:
        """Put words into a field, as a screen reader or a voice does."""
        node = self.until(lambda: self.edit(name), f"the field '{name}'")
        put(node, text)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return Atspi.Text.get_text(self.until(lambda: self.edit(name), f"'{name}'"), 0, -1)

    def until(self, test: "Callable[[], T | None]", what: str) -> T:
        """Wait as the screen does; a failure says what was showing instead."""
        try:
            return self.screen.until(test, what)
        except Failed as failure:
            if self.pid not in self.screen.running():
                raise Failed(f"{failure}; the program has ended") from None
            shown = ", ".join(sorted(self.names()))
            raise Failed(f"{failure}; showing: {shown[:2000]}") from None

    def is_active(self) -> bool:
        """Whether a window of this process is the one that keys go to."""
        frames = [self.app.get_child_at_index(i) for i in range(self.app.get_child_count())]
        return any(_is(frame, Atspi.StateType.ACTIVE) for frame in frames)

    def unnamed(self) -> "list[str]":
        """Controls that a screen reader cannot tell apart."""
        return [
            f"{one.role} in {next(filter(None, reversed(one.inside)), '?')}"
            for one in self.look()
            if one.role in CONTROLS and not one.name.strip()
        ]

    def _first(self, is_meant: "Callable[[Sight], bool]") -> "Atspi.Accessible | None":
        seen = self._read(lambda: next(filter(is_meant, self._look_at(self.app, ())), None))
        return seen.node if seen else None

    def _read(self, read: "Callable[[], T]") -> T:
        """Read the window while it lives: where a part goes away meanwhile, from the beginning."""
        [found] = self.screen.until(lambda: [read()], "a window that stands still")
        return found

    def _look_at(self, node: "Atspi.Accessible", inside: "tuple[str, ...]") -> "Iterator[Sight]":
        if inside and not _is(node, Atspi.StateType.SHOWING):
            return
        sight = Sight(node, node.get_name() or "", node.get_role_name(), inside)
        yield sight
        if sight.role in LEAVES:
            return
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                yield from self._look_at(child, (*inside, sight.name))

    def _find(self) -> "Atspi.Accessible | None":
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(at)
            if app and app.get_process_id() == self.pid and app.get_child_count():
                return app
        return None


def _is(node: "Atspi.Accessible | None", state: int) -> bool:
    return node is not None and node.get_state_set().contains(state)


def _acts(one: Sight) -> bool:
    return _is(one.node, Atspi.StateType.ENABLED) and act_of(one.node) is not None


def _is_edit(one: Sight) -> bool:
    return _is(one.node, Atspi.StateType.EDITABLE)


def act_of(node: "Atspi.Accessible") -> "int | None":
    """Which of its actions presses it; None if nothing does."""
    if "Action" not in node.get_interfaces():
        return None
    names = [
        Atspi.Action.get_action_name(node, i).lower()
        for i in range(Atspi.Action.get_n_actions(node))
    ]
    return next((names.index(act) for act in ACTS if act in names), None)


def press_node(node: "Atspi.Accessible") -> None:
    """Press something that is in sight."""
    Atspi.Action.do_action(node, act_of(node) or 0)


def put(node: "Atspi.Accessible", text: str) -> None:
    """Put words into a field that is in sight."""
    Atspi.EditableText.set_text_contents(node, text)


def begin() -> None:
    """Come to the bus of screen readers."""
    Atspi.init()


def press_key(key: int) -> None:
    """Press a key, as a hand does."""
    Atspi.generate_keyboard_event(key, None, Atspi.KeySynthType.SYM)


def hold_alt(key: int) -> None:
    """Press a key while Alt is held, as a hand does."""
    Atspi.generate_keyboard_event(ALT_CODE, None, Atspi.KeySynthType.PRESS)
    Atspi.generate_keyboard_event(key, None, Atspi.KeySynthType.SYM)
    Atspi.generate_keyboard_event(ALT_CODE, None, Atspi.KeySynthType.RELEASE)

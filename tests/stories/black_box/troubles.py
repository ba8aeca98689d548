"""What is wrong with what a screen reader finds on a page, a sentence each."""

# pyright: reportMissingModuleSource=false

from collections import Counter
from typing import TYPE_CHECKING

import gi
from screen_reader import CONTROLS, act_of

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

if TYPE_CHECKING:
    from screen_reader import Sight

FOCUS_ROLES = CONTROLS | {
    "chart", "list item", "page tab list", "scroll pane", "slider", "table cell", "document web",
}  # fmt: skip
"""What may take the cursor: roles that say what can be done."""

NAMED_INSIDE = {"page tab list"}
"""Roles whose parts have the names."""


def troubles_of(seen: "list[Sight]") -> "list[str]":
    """All that is wrong on one page.

    Names and roles (WCAG 2.2, 4.1.2), headings (2.4.6, 1.3.1), keys (2.1.1), and buttons that
    cannot be told apart (2.4.6).
    """
    return [
        *_unnamed(seen), *_roles(seen), *_stateless(seen), *_by_mouse_alone(seen),
        *_headings(seen), *_alike(seen),
    ]  # fmt: skip


def _unnamed(seen: "list[Sight]") -> "list[str]":
    return [
        f"no name: {one.role} in {_where(one)}"
        for one in seen
        if (one.role in CONTROLS or takes_cursor(one)) and one.role not in NAMED_INSIDE
        if not one.name.strip()
    ]


def _roles(seen: "list[Sight]") -> "list[str]":
    return [
        f"takes the cursor as {one.role}: {one.name}"
        for one in seen
        if takes_cursor(one) and one.role not in FOCUS_ROLES
    ]


def _stateless(seen: "list[Sight]") -> "list[str]":
    """What opens or is ticked says so."""
    states = {
        "combo box": Atspi.StateType.EXPANDABLE,
        "check box": Atspi.StateType.CHECKABLE,
        "radio button": Atspi.StateType.CHECKABLE,
    }
    return [
        f"does not say its state: {one.role} {one.name}"
        for one in seen
        if one.role in states and not one.node.get_state_set().contains(states[one.role])
    ]


def _by_mouse_alone(seen: "list[Sight]") -> "list[str]":
    return [
        f"cannot take the cursor: {one.role} {one.name}"
        for one in seen
        if one.role in CONTROLS - {"list", "page tab", "table", "tree", "tree table"}
        if is_on(one) and not takes_cursor(one) and act_of(one.node) is not None
    ]


def _headings(seen: "list[Sight]") -> "list[str]":
    named = [one for one in seen if one.role == "heading" and one.name.strip()]
    empty = [one for one in seen if one.role == "heading" and not one.name.strip()]
    return [*([] if named else ["no heading"]), *("an empty heading" for _ in empty)]


def _alike(seen: "list[Sight]") -> "list[str]":
    """Buttons of one name that no box, group or description tells apart."""
    told = Counter(
        (one.name, _where(one), one.node.get_description() or "")
        for one in seen
        if one.role == "push button" and one.name
    )
    return [f"{count} buttons '{name}'" for (name, _in, _told), count in told.items() if count > 1]


def takes_cursor(one: "Sight") -> bool:
    """Whether the cursor can come to it."""
    return is_on(one) and one.node.get_state_set().contains(Atspi.StateType.FOCUSABLE)


def is_on(one: "Sight") -> bool:
    """Whether it can be worked with."""
    return one.node.get_state_set().contains(Atspi.StateType.ENABLED)


def _where(one: "Sight") -> str:
    return next(filter(None, reversed(one.inside)), "?")

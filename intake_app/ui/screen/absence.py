"""Who has locked and is away: their place waits for them, and for nobody else.

A colleague who types another name at the lock screen gets a new process (`ui.running.restart`),
before their passphrase is typed: nothing that the first person's process ever held is there for
them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from intake_app.ui.screen.kept_place import Absent, ComesBack

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit

    from intake_app.services.desk import Desk

_NEXT: Final = "INTAKE_NEXT_USER"
"""Tells the next process which user name was typed; taken out as soon as it is read."""


class Absence:
    """Remembers who locked, until somebody signs in.

    Attributes:
        is_unsaved: Something of theirs waits, sealed, in this process: the disk refused it.
    """

    def __init__(self) -> None:
        self._who: Absent | None = None
        self.is_unsaved = False

    def begin(self, desk: Desk | None, session: object) -> None:
        """Somebody locks; call it before their session ends.

        Whoever was not back at their place yet keeps it: what was made was not shown.
        """
        if desk is None or self._who is not None:
            return
        place = session.place() if isinstance(session, ComesBack) else None
        person = desk.person
        self._who = Absent(person.id, person.user_name, person.roles, place)

    def watch_name(self, field: QLineEdit, on_other: Callable[[str], object]) -> None:
        """Offer the name of who locked, and tell when another one was typed in this field."""
        if self._who is None:
            return
        field.setText(self._who.user_name)
        field.selectAll()

        def look(_text: str = "") -> None:
            typed = field.text()
            if self._who and not self.is_unsaved and not self._who.is_called(typed):
                self.forget()
                on_other(typed.strip())

        def look_if_put(text: str) -> None:
            if not field.isModified():  # a colleague was chosen beside it; nobody typed
                look(text)

        field.editingFinished.connect(look)
        field.textChanged.connect(look_if_put)

    def is_other(self, desk: Desk) -> bool:
        """Whether somebody else came in than who locked."""
        return self._who is not None and self._who.user != desk.person.id

    def bring_back(self, desk: Desk, session: object) -> None:
        """Whoever locked is here again, in the same role: go to where they were."""
        who = self._who
        self.forget()
        if who and who.place and who.hats == desk.person.roles and isinstance(session, ComesBack):
            session.go_back(who.place)

    def forget(self) -> None:
        """Nobody is away any more."""
        self._who, self.is_unsaved = None, False


def tell_next(user_name: str) -> Callable[[], None]:
    """Let the process that is started now offer this name; call what is returned afterwards."""
    os.environ[_NEXT] = user_name

    def done() -> None:
        os.environ.pop(_NEXT, None)

    return done


def who_is_next() -> str:
    """The user name that was typed in the process before; once."""
    return os.environ.pop(_NEXT, "")

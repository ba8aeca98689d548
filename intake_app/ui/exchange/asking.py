"""Asks a store, in a process of its own, what lies there; the window goes on meanwhile."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from PySide6.QtCore import QObject

from intake_app.domain.error_names import error_named
from intake_app.services.exchanging.stores import NewStore
from intake_app.settings.program import TRY_STORE
from intake_app.ui.exchange.child import Child

_SILENCE_MS: Final = 60_000
"""A store may be silent for 20 seconds, and is asked three things at most."""

Answered = Callable[[dict[str, Any]], object]
Failed = Callable[[BaseException], object]


class StoreAsk(QObject):
    """One question at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = Child(self, _SILENCE_MS)
        self._child.said.connect(self._on_said)
        self._child.ended.connect(self._on_ended)
        self._said: dict[str, Any] = {}
        self._then: tuple[Answered, Failed] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._child.is_running

    def ask(self, new: NewStore, answered: Answered, failed: Failed, write: str = "") -> None:
        """Look what lies there.

        Args:
            new: Where, and what opens it.
            answered: Told {"marker": ..., "is_empty": ...}.
            failed: Told the error.
            write: A marker to be put there first.
        """
        self.ask_for({"entry": asdict(new.entry), **new.secret, "write": write}, answered, failed)

    def ask_for(self, asked: Mapping[str, Any], answered: Answered, failed: Failed) -> None:
        """Ask a question that was made elsewhere; an older one is given up."""
        self._child.stop()
        self._said, self._then = {}, (answered, failed)
        whole = {"user": "", "password": "", **asked}
        self._child.start([TRY_STORE], json.dumps(whole).encode() + b"\n")

    def stop(self) -> None:
        """Wait no longer."""
        self._then = None
        self._child.stop()

    def _on_said(self, said: dict[str, Any]) -> None:
        self._said = said

    def _on_ended(self, _code: int) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        answered, failed = then
        if "marker" in self._said:
            answered(self._said)
        else:
            failed(error_named(str(self._said.get("error", "StoreUnreachable"))))

"""Looks at a store that somebody is about to add, in a process of its own: it may not answer.

It is asked by one line of JSON on its standard input, so that no password stands in a list of
processes, and answers by one line. It believes nothing: who asked checks the marker.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, TextIO

from intake_app.domain.errors import IntakeError
from intake_app.exchange import names
from intake_app.exchange.marker import MOST
from intake_app.exchange.stores import OpenedStore, StorePassword
from intake_app.settings.stores import StoreEntry

COMMAND: Final = "try-store"
"""The hidden command."""


def main(asked: TextIO, told: TextIO) -> int:
    """Answer what is asked; returns the exit code."""
    try:
        said = _answer(json.loads(asked.readline()))
    except IntakeError as error:
        said = {"error": type(error).__name__}
    except (ValueError, KeyError, TypeError):
        said = {"error": "StoreFailing"}
    told.write(json.dumps(said) + "\n")
    told.flush()
    return 1 if "error" in said else 0


def _answer(asked: Mapping[str, Any]) -> dict[str, object]:
    """What lies there now; with "write", after a marker was put there.

    Raises:
        IntakeError: The store cannot be used.
    """
    entry = StoreEntry(**asked["entry"])
    password = StorePassword(asked["user"], asked["password"]) if asked.get("user") else None
    store = OpenedStore(entry, password)
    if marker := asked.get("write"):
        store.found(marker.encode())
    data = store.get(names.MARKER, MOST)
    if data is not None:
        return {"marker": data.decode()}
    is_empty = not store.names(names.RECEIPTS) and not store.names(names.STREAMS)
    return {"marker": "", "is_empty": is_empty}

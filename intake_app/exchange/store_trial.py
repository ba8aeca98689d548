"""Looks at a store that somebody is about to add, in a process of its own: it may not answer.

It is asked by one line of JSON on its standard input, so that no password stands in a list of
processes, and answers by one line. It believes nothing: who asked checks the marker.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import StationId
from intake_app.exchange import names
from intake_app.exchange.carried import Carried, Tally
from intake_app.exchange.giving import Giving
from intake_app.exchange.marker import MOST, peek_marker
from intake_app.exchange.receipt_list import ReceiptList
from intake_app.exchange.round_notes import RoundNotes
from intake_app.exchange.stores import OpenedStore, StorePassword
from intake_app.exchange.trays import Trays
from intake_app.settings.stores import StoreEntry


def main(asked: TextIO, told: TextIO) -> int:
    """Answer what is asked; returns the exit code."""
    try:
        said = _answer(json.loads(asked.readline()))
    except IntakeError as error:
        said = {"error": type(error).__name__}
    except OSError:
        said = {"error": "StoreVanished"}
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
        return {"marker": data.decode(), **_room(entry, store, asked)}
    is_empty = not store.names(names.RECEIPTS) and not store.names(names.STREAMS)
    return {"marker": "", "is_empty": is_empty}


def _room(entry: StoreEntry, store: OpenedStore, asked: Mapping[str, Any]) -> dict[str, object]:
    """Of a stick: what would go on it now, and what is free there, in bytes."""
    if not asked.get("profile"):
        return {}
    profile, here = Path(asked["profile"]), StationId(asked["station"])
    marker = peek_marker((store.get(names.MARKER, MOST) or b"").decode())
    trays = Trays.of(profile, marker.agency, here)
    notes = RoundNotes(trays.notes, marker.hub)
    giving = Giving(trays, store, Tally(Carried(marker.hub)), notes)
    to = tuple(map(StationId, asked.get("to", ())))
    plan = giving.plan(ReceiptList.of(store.names(names.RECEIPTS)), to, ())
    free = shutil.disk_usage(Path(entry.place) / entry.root).free
    return {"needs": plan.size, "objects": plan.objects, "free": free}

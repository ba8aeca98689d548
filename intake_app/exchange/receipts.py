"""A receipt: what a station says it wrote, received and applied, signed by it.

It is a compact JWS of one JSON object. Whoever carries it may look at what it claims (`peek`);
whoever acts on it reads it with the keys of the registry.
"""

from collections.abc import Mapping
from typing import Any, Final

from intake_app.domain.exchange import FORMAT, FileState, Mark, Receipt, Stream, Wanted
from intake_app.domain.exchange_errors import Altered, Misplaced, Oversized, TooNew
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import shapes
from intake_app.exchange.needs import Sealing
from intake_app.exchange.parcels import REFUSED, read_signed
from intake_app.exchange.peeking import claims

KIND: Final = "receipt"

MOST: Final = 2 * 1024 * 1024
"""Bytes of a receipt."""

MOST_PURGED: Final = 10_000
MOST_NEED: Final = 1_000

_MEMBERS: Final = {
    "v", "type", "agency", "station", "epoch", "counter", "wrote", "received", "files", "need",
    "snapshot", "heads", "program",
}  # fmt: skip
_OF_FILE: Final = {"generation", "applied", "digest", "aside", "purged", "audit"}


def write_receipt(sealing: Sealing, receipt: Receipt) -> str:
    """Sign a receipt.

    Raises:
        Oversized: It says more than anybody would read.
    """
    token = sealing.sign(canonical(_said(receipt)))
    if len(token) > MOST:
        raise Oversized(KIND)
    return token


def read_receipt(sealing: Sealing, text: str, name: str = "") -> Receipt:
    """A receipt that its own station signed.

    Args:
        sealing: Knows the stations.
        text: From anywhere.
        name: The name under which it lay (without `r/`); empty: any.

    Raises:
        Altered: The station that it names did not sign it, or it is no receipt.
        Misplaced: It lay under another receipt's name.
        Oversized: It is larger than it may be.
        TooNew: A newer program wrote it.
        AnotherDepartment: It says so.
        StationUnknown: Its station is not in the registry yet.
    """
    claimed = claims(text, MOST)
    try:
        station = shapes.stream(claimed["station"], claimed["epoch"]).station
    except REFUSED as error:
        raise Altered(KIND) from error
    receipt = _receipt(read_signed(sealing, station, text, KIND, MOST))
    if name and name != receipt.name:
        raise Misplaced(KIND)
    return receipt


def peek_receipt(text: str) -> Receipt:
    """What a receipt claims, of whoever; only good enough for carrying.

    Raises:
        Altered: It is no receipt.
        Oversized: It is larger than it may be.
        TooNew: A newer program wrote it.
    """
    said = claims(text, MOST)
    if said.get("type") == KIND and type(said.get("v")) is int and said["v"] > FORMAT:
        raise TooNew(KIND)
    return _receipt(said)


def _said(receipt: Receipt) -> dict[str, object]:
    stream = receipt.stream
    return {
        "v": FORMAT, "type": KIND, "agency": receipt.agency, "station": stream.station,
        "epoch": stream.epoch, "counter": receipt.counter, "wrote": _marks_said(receipt.wrote),
        "received": _marks_said(receipt.received),
        "files": {str(c): _file_said(state) for c, state in receipt.files.items()},
        "need": [[one.stream, one.n] for one in receipt.need], "snapshot": receipt.snapshot,
        "heads": sorted(receipt.heads), "program": receipt.program,
    }  # fmt: skip


def _marks_said(marks: Mapping[str, Mark]) -> dict[str, list[str | int]]:
    return {stream: [mark.n, mark.sha256] for stream, mark in marks.items()}


def _file_said(state: FileState) -> dict[str, object]:
    return {
        "generation": state.generation, "applied": dict(state.applied), "digest": state.digest,
        "aside": state.aside, "purged": sorted(state.purged), "audit": state.audit,
    }  # fmt: skip


def _receipt(raw: Mapping[str, Any]) -> Receipt:
    try:
        shapes.kind(raw, KIND)
        said = shapes.members(raw, _MEMBERS)
        if said["v"] != FORMAT:
            raise ValueError("version")
        return _read(said)
    except REFUSED as error:
        raise Altered(KIND) from error


def _read(said: Mapping[str, Any]) -> Receipt:
    stream = shapes.stream(said["station"], said["epoch"])
    wrote = shapes.by_name(said["wrote"], shapes.stream_name, shapes.mark)
    if any(Stream.named(name).station != stream.station for name in wrote):
        raise ValueError("wrote for another station")
    return Receipt(
        shapes.label(said["agency"]), stream, shapes.number(said["counter"], 1), wrote,
        shapes.by_name(said["received"], shapes.stream_name, shapes.mark),
        {Compartment(name): _file(one) for name, one in said["files"].items()},
        shapes.items(said["need"], MOST_NEED, _wanted),
        shapes.name(said["snapshot"]) if said["snapshot"] != "" else "",
        shapes.heads(said["heads"]),
        shapes.label(said["program"]) if said["program"] != "" else "",
    )  # fmt: skip


def _file(raw: object) -> FileState:
    said = shapes.members(raw, _OF_FILE)
    return FileState(
        shapes.number(said["generation"]),
        shapes.by_name(said["applied"], shapes.stream_name, shapes.number),
        shapes.hash_or_none(said["digest"]), shapes.number(said["aside"]),
        shapes.items(said["purged"], MOST_PURGED, shapes.label),
        shapes.hash_or_none(said["audit"]),
    )  # fmt: skip


def _wanted(raw: object) -> Wanted:
    stream, n = shapes.items(raw, 2, lambda one: one)
    return Wanted(shapes.stream_name(stream), shapes.number(n, 1))

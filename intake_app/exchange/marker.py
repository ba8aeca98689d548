"""hub.json: whose store this is, signed by an administrator. Without it nothing is written there.

A stick that was swapped, a share that was wiped or put back, a folder of another department: each
shows here first, before a byte is written.
"""

from collections.abc import Mapping
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.exchange import FORMAT, Marker
from intake_app.domain.exchange_errors import (
    Altered,
    MarkerOld,
    MarkerRefused,
    MarkerTooNew,
    Oversized,
)
from intake_app.domain.plain_json import canonical, read_canonical
from intake_app.exchange import shapes
from intake_app.exchange.needs import Sealing
from intake_app.exchange.parcels import REFUSED
from intake_app.exchange.peeking import claims
from intake_app.settings.stores import KINDS

MOST: Final = 128 * 1024
"""Bytes of a marker."""

_ACT: Final = "marker"
_MEMBERS: Final = {
    "v", "act", "agency", "by", "head", "format", "hub", "kind", "minimum", "heads", "issue",
}  # fmt: skip


def write_marker(sealing: Sealing, marker: Marker) -> str:
    """Sign a marker as the administrator at this desk.

    Raises:
        CannotOpen: This person has left.
    """
    return sealing.sign_marker(canonical({
        "format": FORMAT, "hub": marker.hub, "kind": marker.kind, "minimum": marker.minimum,
        "heads": sorted(marker.heads), "issue": marker.issue,
    }))  # fmt: skip


def read_marker(sealing: Sealing, text: str) -> Marker:
    """A marker that an administrator of this department signed.

    Raises:
        MarkerRefused: No administrator known here signed it as it stands.
        MarkerTooNew: A newer program wrote it.
    """
    if len(text) > MOST:
        raise MarkerRefused("size")
    try:
        said = read_canonical(sealing.verify_marker(text), MOST)
    except (BadRegistry, CannotOpen, *REFUSED) as error:
        raise MarkerRefused("signature") from error
    return _marker(said)


def peek_marker(text: str) -> Marker:
    """What a marker claims, of whoever; compare it with what is remembered before any use.

    Raises:
        MarkerRefused: It is no marker.
        MarkerTooNew: A newer program wrote it.
    """
    try:
        said = claims(text, MOST)
    except (Altered, Oversized) as error:
        raise MarkerRefused("shape") from error
    return _marker(said)


def check_marker(marker: Marker, agency: str, known: Marker | None) -> None:
    """Refuse a store that is not ours, not the one we knew, or was put back.

    Args:
        marker: As it was read now.
        agency: This department.
        known: As it was when this station was there last; None: never.

    Raises:
        MarkerRefused: Another department, another store, or two markers of one issue.
        MarkerOld: An older one.
        MarkerTooNew: The store asks for a newer format.
    """
    if marker.agency != agency:
        raise MarkerRefused("agency")
    if marker.minimum > FORMAT:
        raise MarkerTooNew("minimum")
    if known is None:
        return
    if (marker.hub, marker.kind) != (known.hub, known.kind):
        raise MarkerRefused("another store")
    if marker.issue < known.issue:
        raise MarkerOld("issue")
    if marker.issue == known.issue and marker != known:
        raise MarkerRefused("two of one issue")


def _marker(raw: Mapping[str, Any]) -> Marker:
    if raw.get("act") == _ACT and type(raw.get("format")) is int and raw["format"] > FORMAT:
        raise MarkerTooNew("format")
    try:
        said = shapes.members(raw, _MEMBERS)
        if (said["act"], said["format"], said["v"]) != (_ACT, FORMAT, 1):
            raise ValueError("act")
        if said["kind"] not in KINDS:
            raise ValueError("kind")
        shapes.label(said["by"])
        shapes.hash_of(said["head"])
        return Marker(
            shapes.label(said["agency"]), shapes.name(said["hub"]), said["kind"],
            shapes.number(said["minimum"], 1), shapes.heads(said["heads"]),
            shapes.number(said["issue"], 1),
        )  # fmt: skip
    except REFUSED as error:
        raise MarkerRefused("shape") from error

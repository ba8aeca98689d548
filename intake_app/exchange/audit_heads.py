"""Compares the audit chain of this station with what its own receipts told of it.

A receipt names the head of each chain, under a key of its file. It lies in the store and at every
other station, so who writes the past anew here cannot take it back: a head that was told, and lies
in the chain no more, is a sign that lines were changed or taken out.
"""

from collections.abc import Iterator, Mapping

from intake_app.domain.errors import NoGrant
from intake_app.domain.exchange import FileState, Receipt
from intake_app.domain.roles import Compartment
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.needs import ExchangeFile
from intake_app.exchange.outgoing import Outgoing, tagged
from intake_app.exchange.peers import Peers


def lost_heads(room: Fittings, peers: Peers, outgoing: Outgoing) -> Mapping[Compartment, bool]:
    """Of open files that lack a head that was told.

    Returns:
        True where it was told in the present run of numbers, False in an earlier one: then an
        older copy of the file may have been put back.
    """
    found: dict[Compartment, bool] = {}
    for receipt in _own(peers, outgoing):
        for compartment, state in receipt.files.items():
            file = room.files.get(compartment)
            if file is not None and not _holds(room, compartment, file, state):
                is_now = receipt.stream == room.own.stream
                found[compartment] = found.get(compartment, False) or is_now
    return found


def _own(peers: Peers, outgoing: Outgoing) -> Iterator[Receipt]:
    yield from peers.of(peers.here)
    last = outgoing.last_receipt()
    if last is not None:
        yield last


def _holds(room: Fittings, compartment: Compartment, file: ExchangeFile, state: FileState) -> bool:
    """Whether the head that a receipt tells of lies in the chain; where it can be known at all."""
    if not state.audit:
        return True
    try:
        return any(
            room.sealing.tag(
                compartment, state.generation, tagged(state.applied, "audit", head)
            ) == state.audit
            for head in file.audit_heads()
        )  # fmt: skip
    except NoGrant:  # that generation of keys was destroyed when the page was turned
        return True

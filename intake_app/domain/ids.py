"""Identifiers as types, so that one kind is never passed for another."""

import secrets
from typing import NewType

ChangeId = NewType("ChangeId", str)
RecordId = NewType("RecordId", str)
StationId = NewType("StationId", str)
Epoch = NewType("Epoch", str)
UserId = NewType("UserId", str)


def new_record_id() -> RecordId:
    """A random id of 16 bytes; it says nothing about when or where the record began."""
    return RecordId(secrets.token_hex(16))


def new_station_id() -> StationId:
    """A random id of 4 bytes."""
    return StationId(secrets.token_hex(4))


def new_epoch() -> Epoch:
    """A random id of 3 bytes; a counter would come back with a restored backup."""
    return Epoch(secrets.token_hex(3))


def new_user_id() -> UserId:
    """A random id of 4 bytes; user names live in the registry only."""
    return UserId(secrets.token_hex(4))

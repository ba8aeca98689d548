"""Identifiers as types, so that one kind is never passed for another."""

import hashlib
import os
from typing import NewType

ChangeId = NewType("ChangeId", str)
RecordId = NewType("RecordId", str)
StationId = NewType("StationId", str)
Epoch = NewType("Epoch", str)
UserId = NewType("UserId", str)


def new_record_id() -> RecordId:
    """A random id of 16 bytes; it says nothing about when or where the record began."""
    return RecordId(os.urandom(16).hex())


def record_id_of(record: RecordId, part: str) -> RecordId:
    """The id of the one part of a record that has this name, known before either is written."""
    return RecordId(hashlib.sha256(f"{record}/{part}".encode()).hexdigest()[:32])


def new_station_id() -> StationId:
    """A random id of 4 bytes."""
    return StationId(os.urandom(4).hex())


def new_epoch() -> Epoch:
    """A random id of 3 bytes; a counter would come back with a restored backup."""
    return Epoch(os.urandom(3).hex())


def new_user_id() -> UserId:
    """A random id of 4 bytes; user names live in the registry only."""
    return UserId(os.urandom(4).hex())

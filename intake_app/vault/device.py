"""This computer's own secret, cached in the keyring of the operating system.

A passphrase alone does not open a copied key file where the keyring kept this secret. It is a
cache and never the only way in: where the keyring is absent, locked or loses values, slots are
made without it, and recovery cards open the files either way.
"""

import contextlib
import os
from enum import StrEnum
from typing import Final

import keyring
from keyring.errors import KeyringError, KeyringLocked

from intake_app.domain.errors import DeviceSecretMissing

SERVICE: Final = "intake-app"
_BYTES = 32
_BROKEN: Final = (KeyringError, RuntimeError, OSError)  # backends let some of their own through


class DeviceState(StrEnum):
    """What the keyring does with a value; a word for `doctor`."""

    KEPT = "kept"
    NO_KEYRING = "no keyring"
    LOCKED = "locked"
    DROPS_VALUES = "drops values"


def keep_secret(profile: str) -> tuple[bytes | None, DeviceState]:
    """This profile's device secret, made if there is none; None where it cannot be kept."""
    try:
        known = _read(profile)
        secret = known or os.urandom(_BYTES)
        state = _try(profile, secret.hex())
    except KeyringLocked:
        return None, DeviceState.LOCKED
    except _BROKEN:
        return None, DeviceState.NO_KEYRING
    return (secret if state is DeviceState.KEPT else None), state


def recall_secret(profile: str) -> bytes:
    """The device secret that a slot was made with.

    Raises:
        DeviceSecretMissing: The keyring has it no more, or does not open.
    """
    try:
        known = _read(profile)
    except KeyringLocked as error:
        raise DeviceSecretMissing(DeviceState.LOCKED) from error
    except _BROKEN as error:
        raise DeviceSecretMissing(DeviceState.NO_KEYRING) from error
    if not known:
        raise DeviceSecretMissing(DeviceState.DROPS_VALUES)
    return known


def probe(profile: str) -> DeviceState:
    """Try the keyring with a worthless value."""
    name = f"{profile} probe"
    try:
        state = _try(name, os.urandom(_BYTES).hex())
        with contextlib.suppress(*_BROKEN):
            keyring.delete_password(SERVICE, name)
    except KeyringLocked:
        return DeviceState.LOCKED
    except _BROKEN:
        return DeviceState.NO_KEYRING
    return state


def _read(profile: str) -> bytes:
    try:
        known = bytes.fromhex(keyring.get_password(SERVICE, profile) or "")
    except ValueError:
        return b""
    return known if len(known) == _BYTES else b""


def _try(name: str, value: str) -> DeviceState:
    keyring.set_password(SERVICE, name, value)
    kept = keyring.get_password(SERVICE, name) == value  # some backends take and forget
    return DeviceState.KEPT if kept else DeviceState.DROPS_VALUES

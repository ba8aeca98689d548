"""The key of a file is renewed when somebody lost it: who left, lost a role, or had other keys.

The order of the steps is all that stands here. At every one of them there is one key, sealed to
its holders, that opens the file in its place; who is killed in between goes on with `find_key` and
`finish_key` at the next sign-in.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from intake_app.domain.act import Act
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment
from intake_app.services.needs.cards import FileSwap, KeyBook, OpenFile

WITHOUT: Final = "key without"
"""Meta line of a file: ids of the revocations that its key is newer than (JSON)."""

RENEWED: Final = "renew file key"
"""Audit line of a new key."""


def find_key(name: Compartment, book: KeyBook, swap: FileSwap) -> None:
    """Before a file is opened: hold the key that opens it, where a change was cut short."""
    if not book.is_begun(name):
        return
    waiting = book.waiting(name)
    if waiting is not None and swap.opens(name, waiting):
        book.hold(name, waiting)


def finish_key(name: Compartment, book: KeyBook, swap: FileSwap) -> None:
    """Once the registry is known: end a change that was cut short, to one side or the other.

    Raises:
        BadRegistry: The key that opened the file was sealed by nobody who may.
    """
    if book.is_begun(name):
        key = book.present(name)
        if key is None or not swap.opens(name, key):
            return  # another holder ends it
        with suppress(DiskFull, StorageFailed):  # both keys wait for the next sign-in
            if book.is_waiting(name, key):
                book.accept(name)
            else:
                book.give_up(name)
    if not book.is_begun(name):
        with suppress(DiskFull, StorageFailed):
            swap.sweep(name)


def lost_since(file: OpenFile, cuts: Mapping[str, str]) -> str:
    """Since when somebody who may no more could know the key of a file; empty: nobody does."""
    known = known_cuts(file)
    return min((at for ident, at in cuts.items() if ident not in known), default="")


def known_cuts(file: OpenFile) -> frozenset[str]:
    """The revocations that the key of a file is newer than."""
    try:
        said: list[str] = json.loads(file.meta(WITHOUT) or "[]")
        return frozenset(said)
    except (ValueError, TypeError):
        return frozenset()


def mark_of(cuts: Mapping[str, str]) -> dict[str, str]:
    """The line that a file with a new key carries."""
    return {WITHOUT: json.dumps(sorted(cuts))}


def renew_key(name: Compartment, user: UserId, book: KeyBook, swap: FileSwap) -> None:
    """Write a file anew under a new key; it is closed before, and may be opened after.

    Raises:
        BadRegistry: Not this person's to do.
        NoGrant: They hold no key of it.
        DiskFull: No room: the old key holds.
        StorageFailed: The old key holds.
    """
    old, fresh = book.present(name), book.new_key()
    if old is None:
        return
    try:
        swap.copy(name, (old, fresh), mark_of(book.cuts(name)), Act(user, RENEWED))
        book.propose(name, fresh)
        swap.swap(name)
    except BaseException:
        _back(name, book, swap, old)
        raise
    book.hold(name, fresh)
    finish_key(name, book, swap)


def _back(name: Compartment, book: KeyBook, swap: FileSwap, old: bytes) -> None:
    """The old key holds, unless the file has the new one already: then the next sign-in ends it."""
    with suppress(DiskFull, StorageFailed):
        if swap.opens(name, old):
            book.give_up(name)
            swap.sweep(name)

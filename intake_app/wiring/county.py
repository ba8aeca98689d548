"""Joins what several departments need; called by `wiring.measures`. No rules."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from intake_app.domain.county import Taken
    from intake_app.exchange.disclosure import OpenedLetter
    from intake_app.services.needs.county import CountyParts, CountyRows, Inbox
    from intake_app.vault.disclosure_seal import RecipientKeys
    from intake_app.vault.known_senders import KnownSenders


class OpenedInbox:
    """The merger's key, open; fits `services.needs.county.Inbox`.

    Args:
        keys: Opened with a passphrase.
        known: Senders whose words were compared.
    """

    def __init__(self, keys: RecipientKeys, known: KnownSenders) -> None:
        self._keys, self._known = keys, known

    def read(self, data: bytes) -> OpenedLetter:
        """Open a file that may come from anywhere."""
        from intake_app.exchange.disclosure import open_letter

        return open_letter(self._keys, data)

    def is_known(self, words: Sequence[str]) -> bool:
        """Whether the words of a sender were compared by phone."""
        return self._known.has(tuple(words))

    def know(self, words: Sequence[str]) -> None:
        """Note that they were."""
        if not self._known.has(tuple(words)):
            self._known.add(tuple(words))


def make_county(place: Path | None) -> CountyParts:
    """What extracts and merges need; the heavy parts are loaded when they are asked.

    Args:
        place: Where folders for a moment are made; see `disk.passing`.
    """
    from intake_app.services.needs.county import CountyParts
    from intake_app.vault.county_key import CountyKeys

    return CountyParts(
        CountyKeys(), _columns, partial(_parquet, place), partial(_table, place), _open_inbox
    )


def _columns(cuts: Sequence[str]) -> list[tuple[str, str]]:
    from intake_app.tables.county_merge import county_columns

    return county_columns(cuts)


def _parquet(
    place: Path | None, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]
) -> bytes:  # fmt: skip
    from intake_app.tables.parquet_out import as_parquet

    return as_parquet(columns, rows, place)


def _table(
    place: Path | None, found: Taken, cuts: Sequence[str]
) -> AbstractContextManager[CountyRows]:
    from intake_app.tables.county_merge import county_table

    return county_table(found, cuts, place=place)


def _open_inbox(key_file: bytes, passphrase: str, beside: str) -> Inbox:
    from intake_app.vault.known_senders import KnownSenders
    from intake_app.vault.recipient_card import open_key_file

    return OpenedInbox(open_key_file(key_file, passphrase), KnownSenders(Path(beside)))

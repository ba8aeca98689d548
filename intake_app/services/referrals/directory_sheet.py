"""The directory on paper, by need, in a language of the papers; each entry says how old it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from intake_app.domain.entry import show_phone_or_words
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.providers.providers import ProviderQuery, ProviderRow, search_providers
from intake_app.services.referrals.referrals import SERVICES
from intake_app.words import Words
from intake_app.words.dates import short_date

SHEET: Final = "provider_directory"
INSURANCE: Final = "insurance"
"""The paper, and the code table of kinds of insurance."""


def print_directory(desk: Desk, language: str, need: str = "") -> bytes:
    """Draw the directory; that it was printed is logged.

    Args:
        desk: Where.
        language: Of the paper (ISO 639).
        need: A service type; empty: all, one after the other.

    Raises:
        NotAllowed: The role does not see providers.
        PaperMissing, FormMissing: A file is gone.
    """
    desk.require(May.SEE_PROVIDERS)
    rows = list(_rows(desk, search_providers(desk, ProviderQuery(need=need)), need, language))
    data = draw_sheet(desk, HouseSheet(SHEET, language, {}, {"providers": rows}))
    desk.station.note(desk.act("print directory"))
    return data


def _rows(
    desk: Desk, found: Sequence[ProviderRow], need: str, language: str
) -> Iterator[tuple[str, ...]]:
    words = Words(language)
    labels = {one.id: one.label.said_in(language) for one in desk.library.codes(SERVICES)}
    insured = {one.id: one.label.said_in(language) for one in desk.library.codes(INSURANCE)}
    needs = (
        [need]
        if need
        else sorted({t for row in found for t in row.types}, key=lambda t: labels.get(t, t))
    )
    for one in needs:
        label = labels.get(one) or one.replace("_", " ").capitalize()
        for row in (row for row in found if one in row.types):
            yield (label, *_cells(row, insured, words))
            label = ""  # said once


def _cells(row: ProviderRow, insured: Mapping[str, str], words: Words) -> tuple[str, ...]:
    address = row.provider.text("address")
    place = address if row.city in address else f"{address}, {row.city}".strip(", ")
    takes = ", ".join(insured.get(code, code) for code in row.provider.texts("insurance"))
    who = "\n".join(part for part in (row.name, row.organization, place) if part)
    hours = row.hours.said_in(words.language) or words.text("Call first")
    reach = "\n".join(part for part in (show_phone_or_words(row.phone), hours) if part)
    return who, reach, takes, _checked(row, words)


def _checked(row: ProviderRow, words: Words) -> str:
    if not row.checked_on:
        return words.text("never: old, call first")
    day = _short(date.fromisoformat(row.checked_on), words.language)
    return words.text("{day}: old, call first", day=day) if row.is_stale else day


def _short(day: date, language: str) -> str:
    """Digits in English; elsewhere the month is a word, since the day would stand first."""
    if language == FALLBACK:
        return f"{day.month}/{day.day}/{day.year}"
    return short_date(day, language)

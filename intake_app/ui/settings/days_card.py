"""Holidays of the state, holidays on which offices are open, and closed days of one's own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.services.decisions.open_days import OfficeDay
from intake_app.settings.agency import Agency
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend, as_typed, typed_day
from intake_app.ui.settings.fields import FieldCard, lines_in
from intake_app.words import Words
from intake_app.words.dates import short_date
from intake_app.words.holidays import holiday_in_words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QCheckBox


class DaysCard(FieldCard):
    """On which days offices are open; deadlines in business days are counted with them.

    Attributes:
        holidays: A tick for each holiday of this year and the next: offices are closed.
    """

    def __init__(
        self, agency: Agency, days: Sequence[OfficeDay], words: Words, theme: Theme
    ) -> None:
        super().__init__(words.text("Holidays and closed days"), theme)
        self._words = words
        region = words.text("State, for holidays (two letters)")
        self.region = self.line(region, agency.region)
        self.closed = self.lines_of(
            words.text("More days on which offices are closed, a line each (month/day/year)"),
            [as_typed(day) for day in agency.closed_days],
        )  # fmt: skip
        told = words.text(
            "Ticked: offices are closed, and the day does not count. Untick a holiday on which you "
            "work."
        )
        self.box.addWidget(muted(told))
        self.holidays: dict[date, QCheckBox] = {}
        for one in days:
            if one.name and (not one.is_own or one.is_open):
                name = holiday_in_words(one.name, words)
                said = f"{short_date(one.day, words.language)}  {name}"
                self.holidays[one.day] = self.tick(said, is_on=not one.is_open)

    def problems(self) -> list[ToMend]:
        """What is wrong, from the top."""
        words, region = self._words, self.region.text().strip()
        days = words.text("Enter each date as month/day/year, for example 11/27/2026.")
        asked = (
            (bool(region) and not (len(region) == 2 and region.isalpha()),
             words.text("Enter the state as two letters, for example WV."), self.region),
            (any(typed_day(line) is None for line in lines_in(self.closed)), days, self.closed),
        )  # fmt: skip
        return [(told, field) for is_wrong, told, field in asked if is_wrong]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        read = (typed_day(line) for line in lines_in(self.closed))
        shown = {day.isoformat() for day in self.holidays}
        opened = {day.isoformat() for day, box in self.holidays.items() if not box.isChecked()}
        return replace(
            agency,
            region=self.region.text().strip().upper(),
            closed_days=tuple(sorted({day.isoformat() for day in read if day is not None})),
            open_days=tuple(sorted(opened | (set(agency.open_days) - shown))),
        )

"""What the department decided about its numbers: what others see, and its own unit costs."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intake_app.services.records.field_labels import LABELS
from intake_app.services.signing.setting_up import AGENCY
from intake_app.settings.agency import Agency
from intake_app.settings.bounds import read_bounds
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.settings.fields import FieldCard, is_within
from intake_app.words import Words
from intake_app.words.dates import month_names

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{3})+(\.|$)")

_PARTS: Final = {"booking_cents": 100, "jail_day_cents": 100, "jail_days_tenths": 10,
                 "arrest_minutes": 1}  # fmt: skip
"""The department's own numbers, and how many parts of each are kept."""


class TellingCard(FieldCard):
    """From which number on others see it, and when the fiscal year begins."""

    def __init__(self, agency: Agency, words: Words, theme: Theme) -> None:
        super().__init__(words.text("What others see"), theme)
        self._words = words
        self.small_cell = self.line(
            words.text(LABELS[AGENCY]["small_cell"]), str(agency.small_cell)
        )  # fmt: skip
        self.box.addWidget(muted(words.text(
            "Smaller numbers are left blank on pages, papers and files for others, and so is what "
            "would give them away. 0 is shown. The usual rule of federal health programs is 11."
        )))  # fmt: skip
        months = list(enumerate(month_names(words.language), 1))
        self.fiscal_month = self.picker(
            words.text(LABELS[AGENCY]["fiscal_month"]), str(agency.fiscal_month),
            [(str(number), name) for number, name in months],
        )  # fmt: skip

    def problems(self) -> list[ToMend]:
        """What is out of bounds."""
        least, most = read_bounds().numbers["small_cell"]
        if is_within(self.small_cell.text(), least, most):
            return []
        label = self._words.text(LABELS[AGENCY]["small_cell"])
        told = self._words.text(
            "{name}: enter {least} to {most}.", name=label, least=least, most=most
        )
        return [(told, self.small_cell)]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        return replace(
            agency,
            small_cell=int(self.small_cell.text()),
            fiscal_month=int(self.fiscal_month.currentData()),
        )


class CostsCard(FieldCard):
    """What a booking and a day in jail cost here; empty where nobody has said.

    Attributes:
        fields: By the name of the setting.
    """

    def __init__(self, agency: Agency, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Your own costs and times"), theme)
        self._words = words
        self.box.addWidget(muted(words.text(
            "Money and time saved are reckoned with these numbers, and they are printed beside "
            "the result. Ask the sheriff or the county for them. What is empty is not reckoned."
        )))  # fmt: skip
        labels = {
            "booking_cents": words.text("Cost of one booking, in dollars"),
            "jail_day_cents": words.text("Cost of one day in jail, in dollars"),
            "jail_days_tenths": words.text("Days in jail that one arrest means, for example 1.5"),
            "arrest_minutes": words.text("An officer's minutes for one arrest and booking"),
        }
        self.fields: dict[str, QLineEdit] = {
            name: self.line(label, _typed(int(getattr(agency, name)), _PARTS[name]))
            for name, label in labels.items()
        }

    def problems(self) -> list[ToMend]:
        """What is no number, or out of bounds, from the top."""
        found: list[ToMend] = []
        for name, field in self.fields.items():
            least, most = read_bounds().numbers[name]
            number = _read(field.text(), _PARTS[name])
            if number is None or not least <= number <= most:
                told = self._words.text(
                    "{name}: enter a number up to {most}, or nothing.",
                    name=field.accessibleName(), most=f"{most // _PARTS[name]:,}",
                )  # fmt: skip
                found.append((told, field))
        return found

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        numbers = {
            name: _read(field.text(), _PARTS[name]) or 0 for name, field in self.fields.items()
        }
        return replace(agency, **numbers)


def _typed(number: int, parts: int) -> str:
    """A kept number as people type it: 8550 cents is 85.50; nothing where nobody has said."""
    if not number:
        return ""
    whole, rest = divmod(number, parts)
    return f"{whole}.{rest:0{len(str(parts)) - 1}d}" if rest else str(whole)


def _read(text: str, parts: int) -> int | None:
    """What was typed, in parts; 0 for nothing, None for what is no such number."""
    plain = text.strip().removeprefix("$").strip()
    if "," in plain and not _THOUSANDS.match(plain):
        return None  # "12,5" is no 125
    whole, _, rest = plain.replace(",", "").partition(".")
    digits = len(str(parts)) - 1
    if len(rest) > digits or not (whole + rest or "0").isdecimal() or not plain.isascii():
        return None
    return int(whole or 0) * parts + int(rest.ljust(digits, "0") or 0)

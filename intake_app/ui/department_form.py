"""What a department decided, as fields that its administrator can change."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.text import Text
from intake_app.settings.agency import Agency
from intake_app.ui.cards import Card, named_button, on_press
from intake_app.ui.case_settings import CaseChoices, CaseSettings
from intake_app.ui.labels import field_label, muted
from intake_app.ui.logo import FILE_BYTES, fitting_logo
from intake_app.ui.picker import Picker
from intake_app.ui.set_up_steps import IS_ORI, IS_PREFIX, Problem, read_date
from intake_app.ui.theme import Theme
from intake_app.ui.ways_card import Programs, WaysCard
from intake_app.words import Words, mark

WARRANT_POLICIES = {
    "never": mark("Never: nobody is checked for warrants"),
    "asked": mark("Only when the person says yes, after being told what may follow"),
    "told": mark("Always, and the person is told before anything is asked"),
}
LEAST_BLUR, MOST_BLUR, MOST_STALE = 15, 900, 3650
MOST_SCAN = 12
"""Megabytes: a larger one would not fit through the drop box when its case is sealed."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from.

    Attributes:
        agency: What was decided so far.
        programs: Programs that can be laid over the forms of ways into care, by pathway.
        texts: "No arrest" texts: name and title.
        cases: What there is to choose for held charges.
    """

    agency: Agency
    programs: Programs
    texts: Sequence[tuple[str, Text]]
    cases: CaseChoices


class DepartmentForm(QWidget):
    """Cards of fields: who we are, what we decided, held charges, how this station works."""

    def __init__(self, offered: Offered, words: Words, theme: Theme) -> None:
        super().__init__()
        self._offered, self._words, self._theme = offered, words, theme
        agency = offered.agency
        lines = self._lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        self._logo = base64.b64decode(agency.logo)
        self._add_department(agency)
        self.ways = WaysCard(agency, words, theme, offered.programs)
        lines.addWidget(self.ways)
        self._add_policies(agency)
        self.cases = CaseSettings(agency, offered.cases, words, theme)
        lines.addWidget(self.cases)
        self._add_station(agency)

    # --- making ---------------------------------------------------------------------------

    def _add_department(self, agency: Agency) -> None:
        words, card = self._words, self._card(self._words.text("The department"))
        self.name = self._line(card, words.text("Name of the department"), agency.name)
        self.address = self._lines_of(card, words.text("Street address"), agency.address)
        self.phone = self._line(card, words.text("Phone"), agency.phone)
        self.ori = self._line(card, words.text("ORI"), agency.ori)
        self.prefix = self._line(card, words.text("Letters of receipt numbers"), agency.prefix)
        neutral = words.text("Neutral name, for letters and cards")
        self.neutral_name = self._line(card, neutral, agency.neutral_name)
        there = words.text("Return address on those letters")
        self.neutral_address = self._lines_of(card, there, agency.neutral_address)
        self.neutral_phone = self._line(
            card, words.text("Phone on those letters"), agency.neutral_phone
        )
        row = QHBoxLayout()
        for text, act in (
            (words.text("Choose a logo…"), self._on_choose),
            (words.text("Take the logo away"), self._on_take_away),
        ):
            button = named_button(text)
            on_press(button, act)
            row.addWidget(button)
        self.logo_state = muted("")
        row.addStretch()
        card.box.addLayout(row)
        card.box.addWidget(self.logo_state)
        self.logo_alt = self._line(card, words.text("What the logo shows"), agency.logo_alt)
        self._say_logo()

    def _add_policies(self, agency: Agency) -> None:
        words, card = self._words, self._card(self._words.text("Policies"))
        language = words.language
        self.warrants = self._picker(
            card, words.text("Warrant checks"), agency.warrant_policy,
            [(code, words.text(said)) for code, said in WARRANT_POLICIES.items()],
        )  # fmt: skip
        texts = [(name, title.said_in(language)) for name, title in self._offered.texts]
        if agency.no_arrest_text not in {name for name, _ in texts}:
            texts.append((agency.no_arrest_text, agency.no_arrest_text))
        statement = words.text("“No arrest” statement")
        self.statement = self._picker(card, statement, agency.no_arrest_text, texts)
        day = words.text("Signed on (month/day/year; empty: not signed yet)")
        self.signed = self._line(card, day, _as_typed(agency.no_arrest_signed))
        region = words.text("State, for holidays (two letters)")
        self.region = self._line(card, region, agency.region)
        told = words.text("Refuse letters to providers without an agreement (MOU) in force")
        self.mou = QCheckBox(told)
        self.mou.setAccessibleName(told)
        self.mou.setChecked(agency.mou_required)
        card.box.addWidget(self.mou)

    def _add_station(self, agency: Agency) -> None:
        words, card = self._words, self._card(self._words.text("This station"))
        told = words.text("Printers for papers about people; none ticked: all, with a warning")
        card.box.addWidget(muted(told))
        known = [name for name in QPrinterInfo.availablePrinterNames() if name]
        self.printers: dict[str, QCheckBox] = {}
        for name in sorted({*known, *agency.printers}):
            box = self.printers[name] = QCheckBox(name)
            box.setAccessibleName(name)
            box.setChecked(name in agency.printers)
            card.box.addWidget(box)
        if not self.printers:
            card.box.addWidget(muted(words.text("This computer knows no printer yet.")))
        blur = words.text("Idle seconds until the window shows nothing")
        self.blur = self._line(card, blur, str(agency.blur_seconds))
        stale = words.text("Days until a provider's entry is called old")
        self.stale = self._line(card, stale, str(agency.stale_days))
        scan = words.text("How large a scan or photo may be, in megabytes")
        self.scan = self._line(card, scan, str(agency.attachment_mb))

    def _card(self, title: str) -> Card:
        card = Card(title)
        card.box.setSpacing(10)
        self._lines.addWidget(card)
        return card

    def _ask(self, card: Card, label: str, field: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field_label(label, field))
        column.addWidget(field)
        card.box.addLayout(column)

    def _line(self, card: Card, label: str, value: str) -> QLineEdit:
        field = QLineEdit(value)
        self._ask(card, label, field)
        return field

    def _lines_of(self, card: Card, label: str, value: Sequence[str]) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(value))
        field.setTabChangesFocus(True)
        field.setFixedHeight(self._theme.px(84))
        self._ask(card, label, field)
        return field

    def _picker(
        self, card: Card, label: str, value: str, choices: Sequence[tuple[str, str]]
    ) -> Picker:
        field = Picker()
        field.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(8)  # a long choice must not widen the page
        for code, said in choices:
            field.addItem(said, code)
        field.setCurrentIndex(max(field.findData(value), 0))
        self._ask(card, label, field)
        return field

    # --- the logo -------------------------------------------------------------------------

    def take_logo(self, file: Path) -> None:
        """Read a picture; what is none is refused in words."""
        data = fitting_logo(file.read_bytes() if file.stat().st_size <= FILE_BYTES else b"")
        if not data:
            self.logo_state.setText(self._words.text("Choose a picture: PNG or JPEG."))
            return
        self._logo = data
        if not self.logo_alt.text().strip():
            self.logo_alt.setText(self._words.text("Logo of {name}", name=self.name.text()))
        self._say_logo()

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._words.text("Choose a logo…"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.take_logo(Path(chosen))

    def _on_take_away(self) -> None:
        self._logo = b""
        self._say_logo()

    def _say_logo(self) -> None:
        words = self._words
        said = words.text("No logo chosen; letters go without one.")
        self.logo_state.setText(words.text("There is a logo.") if self._logo else said)

    # --- reading --------------------------------------------------------------------------

    def problems(self) -> list[Problem]:
        """What is missing or wrong, from the top."""
        words = self._words
        ori, region = self.ori.text().strip().upper(), self.region.text().strip()
        signed = self.signed.text().strip()
        asked = (
            (not self.name.text().strip(), words.text("Enter the name of the department."),
             self.name),
            (bool(ori) and not IS_ORI(ori), words.text("The ORI has nine letters and digits."),
             self.ori),
            (not IS_PREFIX(self.prefix.text().strip().upper()),
             words.text("Enter one to six letters for receipt numbers."), self.prefix),
            (bool(signed) and read_date(signed) is None,
             words.text("Enter the date as month/day/year, for example 11/2/2026."), self.signed),
            (bool(region) and not (len(region) == 2 and region.isalpha()),
             words.text("Enter the state as two letters, for example WV."), self.region),
            (not _is_within(self.blur.text(), LEAST_BLUR, MOST_BLUR),
             words.text("Enter {least} to {most} seconds.", least=LEAST_BLUR, most=MOST_BLUR),
             self.blur),
            (not _is_within(self.stale.text(), 1, MOST_STALE),
             words.text("Enter 1 to {most} days.", most=MOST_STALE), self.stale),
            (not _is_within(self.scan.text(), 1, MOST_SCAN),
             words.text("Enter 1 to {most} megabytes.", most=MOST_SCAN), self.scan),
        )  # fmt: skip
        own = [(told, field) for is_wrong, told, field in asked if is_wrong]
        return own + self.ways.problems() + self.cases.problems()

    def agency(self) -> Agency:
        """What is decided now; call it without `problems` only."""
        return replace(
            self.cases.put_into(self.ways.put_into(self._offered.agency)),
            name=self.name.text().strip(),
            address=_lines_in(self.address),
            phone=self.phone.text().strip(),
            ori=self.ori.text().strip().upper(),
            prefix=self.prefix.text().strip().upper(),
            neutral_name=self.neutral_name.text().strip(),
            neutral_address=_lines_in(self.neutral_address),
            neutral_phone=self.neutral_phone.text().strip(),
            logo=base64.b64encode(self._logo).decode(),
            logo_alt=self.logo_alt.text().strip() if self._logo else "",
            warrant_policy=str(self.warrants.currentData()),
            mou_required=self.mou.isChecked(),
            no_arrest_text=str(self.statement.currentData()),
            no_arrest_signed=str(read_date(self.signed.text()) or ""),
            printers=tuple(name for name, box in self.printers.items() if box.isChecked()),
            region=self.region.text().strip().upper(),
            blur_seconds=int(self.blur.text()),
            stale_days=int(self.stale.text()),
            attachment_mb=int(self.scan.text()),
        )


def _lines_in(field: QPlainTextEdit) -> tuple[str, ...]:
    lines = (line.strip() for line in field.toPlainText().splitlines())
    return tuple(line for line in lines if line)


def _is_within(text: str, least: int, most: int) -> bool:
    return text.strip().isdecimal() and least <= int(text) <= most


def _as_typed(day: str) -> str:
    """An ISO date as people type it: 10/5/2026."""
    found = read_date(day)
    return f"{found.month}/{found.day}/{found.year}" if found else ""

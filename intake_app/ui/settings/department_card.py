"""Who the department is, as its letters say it: names, addresses, and the logo."""

import base64
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from intake_app.settings.agency import Agency
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.logo import FILE_BYTES, fitting_logo
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import IS_ORI, IS_PREFIX, ToMend
from intake_app.ui.settings.fields import FieldCard, lines_in
from intake_app.words import Words


class DepartmentCard(FieldCard):
    """The letterhead, and the neutral one of what is mailed or handed over."""

    def __init__(self, agency: Agency, words: Words, theme: Theme) -> None:
        super().__init__(words.text("The department"), theme)
        self._words, self._logo = words, base64.b64decode(agency.logo)
        self.name = self.line(words.text("Name of the department"), agency.name)
        self.address = self.lines_of(words.text("Street address"), agency.address)
        self.phone = self.line(words.text("Phone"), agency.phone)
        self.ori = self.line(words.text("ORI"), agency.ori)
        self.prefix = self.line(words.text("Letters of receipt numbers"), agency.prefix)
        neutral = words.text("Neutral name, for letters and cards")
        self.neutral_name = self.line(neutral, agency.neutral_name)
        there = words.text("Return address on those letters")
        self.neutral_address = self.lines_of(there, agency.neutral_address)
        self.neutral_phone = self.line(words.text("Phone on those letters"), agency.neutral_phone)
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
        self.box.addLayout(row)
        self.box.addWidget(self.logo_state)
        self.logo_alt = self.line(words.text("What the logo shows"), agency.logo_alt)
        self._say_logo()

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

    def problems(self) -> list[ToMend]:
        """What is missing or wrong, from the top."""
        words, ori = self._words, self.ori.text().strip().upper()
        asked = (
            (not self.name.text().strip(), words.text("Enter the name of the department."),
             self.name),
            (bool(ori) and not IS_ORI(ori), words.text("The ORI has nine letters and digits."),
             self.ori),
            (not IS_PREFIX(self.prefix.text().strip().upper()),
             words.text("Enter one to six letters for receipt numbers."), self.prefix),
        )  # fmt: skip
        return [(told, field) for is_wrong, told, field in asked if is_wrong]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        return replace(
            agency,
            name=self.name.text().strip(),
            address=lines_in(self.address),
            phone=self.phone.text().strip(),
            ori=self.ori.text().strip().upper(),
            prefix=self.prefix.text().strip().upper(),
            neutral_name=self.neutral_name.text().strip(),
            neutral_address=lines_in(self.neutral_address),
            neutral_phone=self.neutral_phone.text().strip(),
            logo=base64.b64encode(self._logo).decode(),
            logo_alt=self.logo_alt.text().strip() if self._logo else "",
        )

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

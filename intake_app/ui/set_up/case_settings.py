"""Settings of held charges and of the drop box: programs, the deputy, the shift."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.pathway import Pathway, pathways_on
from intake_app.domain.text import Text
from intake_app.settings.agency import Agency
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.set_up.steps import Problem
from intake_app.words import Words

LEAST_HOURS, MOST_HOURS = 1, 168


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """What there is to choose from.

    Attributes:
        programs: Programs that hold a charge: id and name.
        colleagues: Who can be the deputy: user id and shown name.
    """

    programs: Sequence[tuple[str, Text]]
    colleagues: Sequence[tuple[str, str]]


class CaseSettings(Card):
    """One card of the settings page."""

    def __init__(self, agency: Agency, choices: CaseChoices, words: Words, theme: Theme) -> None:
        has_cases = Pathway.OFFICER_INTERVENTION in pathways_on(agency.kind, agency.pathways)
        both = words.text("Officer intervention and handed-in intakes")
        super().__init__(both if has_cases else words.text("Handed-in intakes"))
        self._has_cases = has_cases
        self._words, self._agency, self._theme = words, agency, theme
        self.box.setSpacing(10)
        if has_cases:
            self._add_programs(choices.programs)
        self.deputy = Picker()
        self.deputy.addItem(words.text("Nobody"), "")
        for ident, name in choices.colleagues:
            self.deputy.addItem(name, ident)
        self.deputy.setCurrentIndex(max(self.deputy.findData(agency.deputy), 0))
        self._ask(words.text("Who is told when handed-in intakes wait too long"), self.deputy)
        self.deputy_hours = QLineEdit(str(agency.deputy_hours))
        self._ask(words.text("Hours until that person is told"), self.deputy_hours)
        self.shift_hours = QLineEdit(str(agency.shift_hours))
        self._ask(words.text("Hours of a shift"), self.shift_hours)

    def problems(self) -> list[Problem]:
        """What is wrong, from the top."""
        words = self._words
        hours = words.text("Enter {least} to {most} hours.", least=LEAST_HOURS, most=MOST_HOURS)
        asked = (
            (not _are_hours(self.deputy_hours.text()), hours, self.deputy_hours),
            (not _are_hours(self.shift_hours.text()), hours, self.shift_hours),
        )
        return [(told, field) for is_wrong, told, field in asked if is_wrong]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here; call it without `problems` only."""
        return replace(
            agency,
            case_programs=self._programs_in_order() if self._has_cases else agency.case_programs,
            deputy=str(self.deputy.currentData()),
            deputy_hours=int(self.deputy_hours.text()),
            shift_hours=int(self.shift_hours.text()),
        )

    def _add_programs(self, programs: Sequence[tuple[str, Text]]) -> None:
        words, language = self._words, self._words.language
        self.box.addWidget(muted(words.text("Programs for officer interventions")))
        self.programs: dict[str, QCheckBox] = {}
        chosen = self._agency.case_programs
        known = {ident: name.said_in(language) for ident, name in programs}
        for ident, name in {**known, **{i: i for i in chosen if i not in known}}.items():
            box = self.programs[ident] = QCheckBox(name)
            box.setAccessibleName(name)
            box.setChecked(ident in chosen)
            self.box.addWidget(box)
        usual = Picker()
        usual.addItem(words.text("The first one ticked"), "")
        for ident, name in known.items():
            usual.addItem(name, ident)
        usual.setCurrentIndex(max(usual.findData(next(iter(chosen), "")), 0))
        self.usual = usual
        self._ask(words.text("The usual program"), usual)

    def _programs_in_order(self) -> tuple[str, ...]:
        """The usual one first; without any tick the department uses all that are in force."""
        ticked = [ident for ident, box in self.programs.items() if box.isChecked()]
        usual = str(self.usual.currentData())
        return tuple(sorted(ticked, key=lambda ident: ident != usual))

    def _ask(self, label: str, field: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field_label(label, field))
        column.addWidget(field)
        self.box.addLayout(column)


def _are_hours(text: str) -> bool:
    return text.strip().isdecimal() and LEAST_HOURS <= int(text) <= MOST_HOURS

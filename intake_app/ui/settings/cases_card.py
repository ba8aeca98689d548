"""Settings of held charges and of the drop box: programs, the deputy, the shift."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QCheckBox

from intake_app.domain.pathway import Pathway, pathways_on
from intake_app.domain.text import Text
from intake_app.settings.agency import Agency
from intake_app.settings.bounds import read_bounds
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.settings.fields import FieldCard, is_within
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """What there is to choose from.

    Attributes:
        programs: Programs that hold a charge: id and name.
        colleagues: Who can be the deputy: user id and shown name.
    """

    programs: Sequence[tuple[str, Text]]
    colleagues: Sequence[tuple[str, str]]


class CaseSettings(FieldCard):
    """Which programs hold a charge, and who is told when; hours within `resources/limits`."""

    def __init__(self, agency: Agency, choices: CaseChoices, words: Words, theme: Theme) -> None:
        has_cases = Pathway.OFFICER_INTERVENTION in pathways_on(agency.kind, agency.pathways)
        both = words.text("Officer intervention and handed-in intakes")
        super().__init__(both if has_cases else words.text("Handed-in intakes"), theme)
        self._has_cases = has_cases
        self._words, self._agency = words, agency
        if has_cases:
            self._add_programs(choices.programs)
        self.deputy = Picker()
        self.deputy.addItem(words.text("Nobody"), "")
        for ident, name in choices.colleagues:
            self.deputy.addItem(name, ident)
        self.deputy.setCurrentIndex(max(self.deputy.findData(agency.deputy), 0))
        self.ask(words.text("Who is told when handed-in intakes wait too long"), self.deputy)
        told = words.text("Hours until that person is told")
        self.deputy_hours = self.line(told, str(agency.deputy_hours))
        self.shift_hours = self.line(words.text("Hours of a shift"), str(agency.shift_hours))

    def problems(self) -> list[ToMend]:
        """What is wrong, from the top."""
        asked = {"deputy_hours": self.deputy_hours, "shift_hours": self.shift_hours}
        found: list[ToMend] = []
        for name, field in asked.items():
            least, most = read_bounds().numbers[name]
            if not is_within(field.text(), least, most):
                told = self._words.text("Enter {least} to {most} hours.", least=least, most=most)
                found.append((told, field))
        return found

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
        self.ask(words.text("The usual program"), usual)

    def _programs_in_order(self) -> tuple[str, ...]:
        """The usual one first; without any tick the department uses all that are in force."""
        ticked = [ident for ident, box in self.programs.items() if box.isChecked()]
        usual = str(self.usual.currentData())
        return tuple(sorted(ticked, key=lambda ident: ident != usual))

"""Which questions for the numbers the department asks besides; none of them by itself."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intake_app.settings.agency import Agency
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.settings.fields import FieldCard
from intake_app.words import Words, mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox

QUESTIONS: Final = {
    "disability": mark("Disability"),
    "religion": mark("Religion or belief"),
    "sexual_orientation": mark("Sexual orientation"),
    "zone": mark("Beat or zone"),
}
"""Questions of the forms that are asked only where the department chose them."""


class QuestionsCard(FieldCard):
    """The questions, each to be turned on; what was answered before stays where it is.

    Attributes:
        questions: By the id of the question.
    """

    def __init__(self, agency: Agency, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Questions for the numbers"), theme)
        self.box.addWidget(muted(words.text(
            "Some departments must show that they treat everybody alike in these too. Nobody has "
            "to answer. Ask counsel before you turn one on."
        )))  # fmt: skip
        self.questions: dict[str, QCheckBox] = {
            name: self.tick(words.text(said), is_on=name in agency.also_asks)
            for name, said in QUESTIONS.items()
        }

    def problems(self) -> list[ToMend]:
        """Nothing can be wrong here."""
        return []

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here; what a newer program knows stays."""
        others = [name for name in agency.also_asks if name not in QUESTIONS]
        chosen = [name for name, box in self.questions.items() if box.isChecked()]
        return replace(agency, also_asks=(*chosen, *others))

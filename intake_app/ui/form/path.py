"""The way through a form: which steps there are now, which comes next."""

from intake_app.domain.form import Answers, Section
from intake_app.services.needs.everyday import Guide
from intake_app.ui.form.form_view import PROGRAM
from intake_app.ui.form.step_list import Step, StepState
from intake_app.words import Words

REVIEW = ""
"""Stands for the review, where a section's id could stand."""


class FormPath:
    """The steps of one intake, as the answers are now."""

    def __init__(self, guide: Guide, answers: Answers, *, shares_event: bool = False) -> None:
        """Look at the answers; make a new path when they have changed.

        Args:
            guide: The form.
            answers: What was answered so far.
            shares_event: Its event was taken with another person: it is not asked again.
        """
        self._guide, self._answers, self._shares = guide, answers, shares_event
        self.visible = guide.visible(answers)
        asked = [s for s in guide.form.sections if s.id in self.visible and self._is_asked(s)]
        self.short: tuple[Section, ...] = tuple(s for s in asked if not s.is_later)
        self.later: tuple[Section, ...] = tuple(s for s in asked if s.is_later)

    @property
    def ids(self) -> tuple[str, ...]:
        """All steps, the later ones at the end, without the review."""
        return tuple(section.id for section in (*self.short, *self.later))

    def section(self, ident: str) -> Section:
        """A step by id; the first one where it is not asked any more."""
        known = {section.id: section for section in (*self.short, *self.later)}
        return known.get(ident) or next(iter(known.values()), self._guide.form.sections[0])

    def after(self, ident: str) -> str:
        """What comes after a step on the short path; after one of the later steps, the next."""
        for way in (self.short, self.later):
            ids = [section.id for section in way]
            if ident in ids[:-1]:
                return ids[ids.index(ident) + 1]
        return REVIEW

    def before(self, ident: str) -> str:
        """What comes before a step; "" before the first."""
        ids = self.ids
        at = ids.index(ident) if ident in ids else 0
        return ids[at - 1] if at > 0 else ""

    def place(self, ident: str) -> tuple[int, int]:
        """Number of a step and how many there are, the review included; 0 for a later step."""
        ids = [section.id for section in self.short]
        number = ids.index(ident) + 1 if ident in ids else 0
        return (len(ids) + 1 if ident == REVIEW else number), len(ids) + 1

    def steps(self, now: str, words: Words) -> list[Step]:
        """The column of steps."""
        language, listed = words.language, list[Step]()
        open_in = {problem.section for problem in self._guide.problems(self._answers)}
        for section in (*self.short, *self.later):
            is_begun = any(f.id in self._answers for f in section.fields)
            state = StepState.DONE if is_begun and section.id not in open_in else StepState.AHEAD
            state = StepState.NOW if section.id == now else state
            title = section.title.said_in(language)
            listed.append(Step(section.id, title, state, self.place(section.id)[0]))
        state = StepState.NOW if now == REVIEW else StepState.AHEAD
        review = Step(REVIEW, words.text("Review and print"), state, len(self.short) + 1)
        listed.insert(len(self.short), review)
        return listed

    def _is_asked(self, section: Section) -> bool:
        if section.is_event and self._shares:
            return False
        fields = [f for f in section.fields if f.who != PROGRAM]
        return any(f.id in self.visible for f in fields)

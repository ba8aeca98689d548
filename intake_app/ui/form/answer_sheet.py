"""What has been answered so far, shared by all steps of one intake on the screen."""

from dataclasses import dataclass, field, replace

from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers

TYPED = "~typed"
"""Key in a draft's answers under which unreadable entries lie; it is in no form and no record."""


@dataclass(slots=True)
class AnswerSheet:
    """Answers by question, and what was typed but could not be read.

    Attributes:
        answers: By field id; an unanswered question is absent.
        typed: By field id: text that is no answer yet, kept so that nothing typed is lost.
    """

    answers: Answers = field(default_factory=dict[str, object])
    typed: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, draft: Draft) -> "AnswerSheet":
        """The sheet of a draft."""
        answers = dict(draft.answers)
        typed = answers.pop(TYPED, None) or {}
        return cls(answers, dict(typed))

    def put(self, ident: str, value: object, typed: str) -> None:
        """Keep an answer; None takes it away."""
        self.answers.pop(ident, None)
        self.typed.pop(ident, None)
        if value is not None:
            self.answers[ident] = value
        if typed:
            self.typed[ident] = typed

    def to_save(self, draft: Draft) -> Draft:
        """The draft with all that is on the screen, for the worker: a copy that stands still."""
        answers = dict(self.answers)
        if self.typed:
            answers[TYPED] = dict(self.typed)
        return replace(draft, answers=answers)

    def to_finish(self, draft: Draft) -> Draft:
        """The draft with real answers only."""
        return replace(draft, answers=dict(self.answers))

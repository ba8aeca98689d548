"""Eligibility: each rule of a program on the answers so far, and what stands against it.

The program never denies. It says what a rule says, or which answer is missing; a person decides.
A presumptive rule gives way to a supervisor, a hard one to the prosecutor's office alone; each
with a name and a reason. Of record checks only the result is an answer of the form.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from intake_app.domain.change import Change, Value
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Finding, Force, FormRef
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import May
from intake_app.domain.text import NOTHING, Text
from intake_app.services.case.programs import program_guides
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.writing import fact
from intake_app.words import Words

ELIGIBILITY: Final = "eligibility"
"""Kind of the fact that keeps, with a case, the rule set and how each rule came out."""


class Verdict(StrEnum):
    """All rules of a program together; advice does not count."""

    FITS = "fits"
    AGAINST = "speaks against"  # a presumptive rule holds
    HARD = "hard"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that a rule would need.

    Attributes:
        field: The question, or "rows.column".
        label: Its words.
    """

    field: str
    label: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rule came out.

    Attributes:
        rule: Id of the rule.
        force: Hard, presumptive or advisory.
        holds: True: it speaks against the program; None: answers are missing.
        missing: The answers that it would need.
        message: Why, in words.
        authority: The law, order or policy that it comes from.
    """

    rule: str
    force: Force
    holds: bool | None
    missing: tuple[Missing, ...]
    message: Text
    authority: Text = NOTHING

    def said(self, words: Words) -> str:
        """The outcome as a sentence; "" where there is nothing to say; advice waits for nobody."""
        if not self.holds and (self.holds is False or self.force is Force.ADVISORY):
            return ""
        if self.holds is None:
            labels = [one.label.said_in(words.language) for one in self.missing]
            return words.text("Cannot tell yet: missing {what}", what="; ".join(labels))
        why = _inside(self.message.said_in(words.language))
        if self.force is Force.PRESUMPTIVE:
            return words.text("Presumptively ineligible because {why}", why=why)
        if self.force is Force.HARD:
            return words.text("The program's rules exclude it because {why}", why=why)
        return words.text("Please note: {why}", why=why)


@dataclass(frozen=True, slots=True)
class Check:
    """A program's rules on some answers.

    Attributes:
        ruleset: Exactly which file said so.
        program: Its name.
        on: The day whose rules were asked (YYYY-MM-DD).
        outcomes: How each rule in force came out, in the order of the file.
        missing: The answers that rules wait for, each once, in the order of the form; advice
            waits for nobody.
        asked: Ids of what the form asks, given these answers.
    """

    ruleset: FormRef
    program: Text
    on: str
    outcomes: tuple[Outcome, ...]
    missing: tuple[Missing, ...] = ()
    asked: frozenset[str] = frozenset()

    @property
    def verdict(self) -> Verdict:
        """All rules together."""
        holding = {outcome.force for outcome in self.outcomes if outcome.holds}
        if Force.HARD in holding:
            return Verdict.HARD
        if Force.PRESUMPTIVE in holding:
            return Verdict.AGAINST
        waits = any(o.holds is None and o.force is not Force.ADVISORY for o in self.outcomes)
        return Verdict.CANNOT_TELL if waits else Verdict.FITS

    @property
    def against(self) -> tuple[Outcome, ...]:
        """The rules that speak against the program; advice does not."""
        return tuple(o for o in self.outcomes if o.holds and o.force is not Force.ADVISORY)

    def said(self, words: Words, label: Callable[[Missing], str] | None = None) -> str:
        """The verdict as a sentence.

        Args:
            words: Language.
            label: What a missing answer is called; None: as the form calls it.
        """
        names = [label(one) if label else one.label.said_in(words.language) for one in self.missing]
        labels = "; ".join(dict.fromkeys(names))
        return {
            Verdict.FITS: words.text("Nothing speaks against it so far."),
            Verdict.AGAINST: words.text("Presumptively ineligible: a supervisor can decide."),
            Verdict.HARD: words.text("Excluded by the rules: the prosecutor's office can decide."),
            Verdict.CANNOT_TELL: words.text("Cannot tell yet: missing {what}", what=labels),
        }[self.verdict]


def check(desk: Desk, form_id: str, answers: Answers) -> Check:
    """How the rules of a program come out on some answers, today; they may be few.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: There is no such program.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    return _check(desk, desk.library.guide(form_id), answers)


def check_all(desk: Desk, answers: Answers) -> tuple[Check, ...]:
    """The same for each program of the department; one whose file is broken is left out.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    return tuple(_check(desk, guide, answers) for guide in program_guides(desk))


def check_draft(desk: Desk, draft: Draft) -> Check:
    """How the rules come out that a draft began with.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: Neither the file nor a kept text is there.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    return _check(desk, guide_of(desk, draft), draft.answers)


def outcome_fields(check: Check) -> dict[str, Value]:
    """What is kept with a case: the rule set, and how each of its rules came out."""
    return {
        "ruleset": asdict(check.ruleset),
        "on": check.on,
        "verdict": check.verdict.value,
        "outcomes": [
            {
                "rule": outcome.rule,
                "force": outcome.force.value,
                "holds": outcome.holds,
                "missing": [one.field for one in outcome.missing],
            }
            for outcome in check.outcomes
        ],
    }


def eligibility_change(desk: Desk, draft: Draft) -> Change:
    """The result as a fact about the case, for the transaction that finishes it."""
    desk.require(May.TAKE_CASE)
    fields = {**outcome_fields(check_draft(desk, draft)), **desk.entered()}
    to = desk.cases_file
    return fact(to, desk.person.id, ELIGIBILITY, new_record_id(), fields, about=draft.id)


def _check(desk: Desk, guide: Guide, answers: Answers) -> Check:
    on = desk.clock.local().date().isoformat()
    form = guide.form
    labels, asked = _labels(guide), guide.visible(answers)
    outcomes = [_outcome(found, labels, asked) for found in guide.findings(answers, on)]
    deciding = [o for o in outcomes if o.holds is None and o.force is not Force.ADVISORY]
    missing = {one.field for outcome in deciding for one in outcome.missing}
    return Check(
        ruleset=form.ref,
        program=form.program or form.title,
        on=on,
        outcomes=tuple(outcomes),
        missing=tuple(Missing(name, label) for name, label in labels.items() if name in missing),
        asked=asked,
    )


def _outcome(found: Finding, labels: Mapping[str, Text], asked: Container[str]) -> Outcome:
    """With what is missing and can be answered now; what is asked only after that can wait."""
    rule = found.rule
    names = [name for name in found.missing if name in labels]
    now = [name for name in names if name.partition(".")[0] in asked]
    missing = tuple(Missing(name, labels[name]) for name in now or names)
    return Outcome(rule.id, rule.force, found.holds, missing, rule.message, rule.authority)


def _labels(guide: Guide) -> dict[str, Text]:
    labels: dict[str, Text] = {}
    for field in guide.form.fields():
        labels[field.id] = field.label
        labels |= {f"{field.id}.{column.id}": column.label for column in field.columns}
    return labels


def _inside(sentence: str) -> str:
    """A sentence inside another: its first letter is small, but not that of "DUI"."""
    is_word = len(sentence) < 2 or not sentence[1].isupper()
    return sentence[:1].lower() + sentence[1:] if is_word else sentence

"""A screening tool as data, and what comes of it: a number and a few words, never a diagnosis.

The files in `forms/screenings/` say all of it: questions, points, bands, license. A result is kept
beside an intake in `care`; no eligibility rule can read it, and a case never holds one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from intake_app.domain.text import NOTHING, Text

SEXES: Final = ("male", "female")
"""Codes of `resources/codes/sex.csv` by which a tool may draw its line differently."""

ScreeningAnswers: TypeAlias = Mapping[str, str | list[str]]
"""The chosen answer by question; a list where several may be chosen."""


class Outcome(StrEnum):
    """What a screening came to."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    DEPENDS = "depends"  # the tool draws its line by sex, and the sex is not known
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ScreeningChoice:
    """One answer and its points."""

    id: str
    label: Text
    points: int


@dataclass(frozen=True, slots=True)
class ScreeningItem:
    """One question, in the tool's own words.

    Attributes:
        id: Stable name; the scoring reads its points under it.
        text: The question.
        choices: The answers.
        is_many: Several answers may be chosen.
    """

    id: str
    text: Text
    choices: tuple[ScreeningChoice, ...]
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What some scores mean.

    Attributes:
        outcome: Positive or negative.
        words: Said with the number.
        when: CEL over `score` and the points of the questions; empty: always.
        sex: Holds for this sex only, or empty.
    """

    outcome: Outcome
    words: Text
    when: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """One tool.

    Attributes:
        id: Stable name: "audit_c".
        version: Of the file.
        date: Day of the version (YYYY-MM-DD).
        title: Its name.
        items: Questions in order.
        score: CEL over the points of the questions: the number.
        most: The highest number.
        bands: In order; the first that holds counts.
        source: Where its words come from.
        license: Why it may be used.
        credit: The line that goes with each use, or nothing.
        intro: Read aloud first.
        translations: What is to be known about its words in a language.
        is_pack: It ships switched off.
    """

    id: str
    version: str
    date: str
    title: Text
    items: tuple[ScreeningItem, ...]
    score: str
    most: int
    bands: tuple[Band, ...]
    source: str
    license: Text
    credit: Text = NOTHING
    intro: Text = NOTHING
    translations: Mapping[str, Text] = field(default_factory=dict[str, Text], compare=False)
    is_pack: bool = False

    @property
    def asks_sex(self) -> bool:
        """Whether the line is drawn by sex."""
        return any(band.sex for band in self.bands)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What a number means, for one sex or for everybody (empty)."""

    sex: str
    outcome: Outcome
    words: Text


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """What a screening came to.

    Attributes:
        outcome: In one word.
        score: The number.
        lines: Its meaning; two where the tool asks for a sex that is not known.
    """

    outcome: Outcome
    score: int
    lines: tuple[ResultLine, ...]


def points_of(tool: Screening, answers: ScreeningAnswers) -> dict[str, int]:
    """The points of each question.

    Raises:
        ValueError: A question has no answer, or one that the tool does not know.
    """
    return {item.id: _points(item, answers.get(item.id)) for item in tool.items}


def _points(item: ScreeningItem, answer: str | list[str] | None) -> int:
    chosen = answer if isinstance(answer, list) else [answer]
    known = {choice.id: choice.points for choice in item.choices}
    if not chosen or (len(chosen) > 1 and not item.is_many):
        raise ValueError(item.id)
    if len(set(chosen)) < len(chosen) or any(one not in known for one in chosen):
        raise ValueError(item.id)
    return sum(known[str(one)] for one in chosen)


def overall(lines: tuple[ResultLine, ...]) -> Outcome:
    """One word for all lines: theirs, where they agree."""
    outcomes = {line.outcome for line in lines}
    return outcomes.pop() if len(outcomes) == 1 else Outcome.DEPENDS

"""A decision in words: what it is about, what held before, what holds since."""

from collections.abc import Mapping
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.decision import GONE, Decision
from intake_app.domain.dispute import AGENCY
from intake_app.services.decisions.keeping import (
    CODES,
    DEPARTMENT,
    PACK,
    PRINTERS,
    RETENTION,
    WORDS,
)
from intake_app.services.dispute_labels import LABELS
from intake_app.words import Words, mark
from intake_app.words.dates import short_date

TOPICS: Final[Mapping[str, str]] = {
    DEPARTMENT: mark("Settings of the department"),
    WORDS: mark("Words on papers"),
    PACK: mark("Programs and forms"),
    CODES: mark("Lists of choices"),
    RETENTION: mark("How long records are kept"),
    PRINTERS: mark("Printers of a computer"),
}
_LONG: Final = 60
_SHOWN: Final = 6


def title_of(decision: Decision, words: Words) -> str:
    """What it is about: "Words on papers: Tonight"."""
    topic = words.text(TOPICS.get(decision.topic, TOPICS[DEPARTMENT]))
    if decision.topic in {DEPARTMENT, PRINTERS, RETENTION} or not decision.label:
        return topic
    return f"{topic}: {decision.label}"


def lines_of(decision: Decision, words: Words) -> list[str]:
    """Each setting before and after, or the texts that were changed."""
    names = LABELS[AGENCY]
    found: list[str] = []
    for name, (before, after) in decision.fields.items():
        label = words.text(names[name]) if name in names else name
        old, new = _value(name, before, words), _value(name, after, words)
        found.append(words.text("{name}: {before} → {after}", name=label, before=old, after=new))
    found += [_text(name, digest, words) for name, digest in list(decision.texts.items())[:_SHOWN]]
    if (rest := len(decision.texts) - _SHOWN) > 0:
        found.append(words.plural("and {n} more", "and {n} more", rest))
    if decision.texts and decision.starts:
        day = short_date(decision.starts, words.language)
        found.append(words.text("In force from {day}", day=day))
    return found


def _text(name: str, digest: str, words: Words) -> str:
    if digest == GONE:
        return words.text("{name}: as the program ships it", name=name)
    return words.text("{name}: other text", name=name)


def _value(name: str, value: Value, words: Words) -> str:
    if name == "logo":  # a picture is no words
        return words.text("a picture") if value else words.text("none")
    if isinstance(value, bool):
        return words.text("yes") if value else words.text("no")
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, cast("list[object]", value)))
    said = " ".join(str("" if value is None else value).split())
    if not said:
        return words.text("none")
    return said if len(said) <= _LONG else f"{said[: _LONG - 1]}…"

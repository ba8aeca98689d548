"""A decision in words: what it is about, what held before, what holds since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.decision import GONE, Decision
from intake_app.domain.dispute import AGENCY
from intake_app.services.decisions.history import Line, history
from intake_app.services.decisions.keeping import (
    CODES,
    DEPARTMENT,
    PACK,
    PRINTERS,
    RETENTION,
    WORDS,
    read_texts,
)
from intake_app.services.desk import Desk
from intake_app.services.records.field_labels import LABELS
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
_SCHEDULE: Final = "legal/retention.toml"
_LONG: Final = 90
_SHOWN: Final = 6


def title_of(decision: Decision, words: Words) -> str:
    """What it is about: "Words on papers: Tonight"."""
    topic = words.text(TOPICS.get(decision.topic, TOPICS[DEPARTMENT]))
    if decision.topic in {DEPARTMENT, PRINTERS, RETENTION} or not decision.label:
        return topic
    return f"{topic}: {decision.label}"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list, in words.

    Attributes:
        line: What it tells of.
        title: What it is about.
        parts: What held before and what holds since, a part each.
    """

    line: Line
    title: str
    parts: tuple[str, ...]


def history_told(desk: Desk, words: Words, topic: str = "", limit: int = 60) -> list[Told]:
    """What was decided, the newest first, with before and after in words.

    Raises:
        NotAllowed: Not in one's roles.
    """
    lines = history(desk, topic, limit)
    texts = read_texts(desk.station)
    return [
        Told(one, title_of(one.decision, words), tuple(_parts(desk, one.decision, texts, words)))
        for one in lines
    ]


def _parts(desk: Desk, decision: Decision, texts: Mapping[str, str], words: Words) -> Iterator[str]:
    names = LABELS[AGENCY]
    for name, (before, after) in decision.fields.items():
        label = words.text(names[name]) if name in names else name
        old, new = _value(name, before, words), _value(name, after, words)
        yield words.text("{name}: {before} → {after}", name=label, before=old, after=new)
    for name, digest in list(decision.texts.items())[:_SHOWN]:
        yield from _of_text(desk, decision, (name, digest), texts, words)
    if (rest := len(decision.texts) - _SHOWN) > 0:
        yield words.plural("and {n} more", "and {n} more", rest)
    if decision.texts and decision.starts:
        yield words.text("In force from {day}", day=short_date(decision.starts, words.language))


def _of_text(
    desk: Desk, decision: Decision, text: tuple[str, str], texts: Mapping[str, str], words: Words
) -> Iterator[str]:
    """What differs in a text; of one that was not here before, its name."""
    name, digest = text
    if digest == GONE:
        yield words.text("{name}: as the program ships it", name=name)
        return
    files = desk.decisions.files if desk.decisions else None
    earlier = decision.before.get(name, GONE)
    before = texts.get(earlier)
    if earlier == GONE and files is not None:  # of schedules, the first one's own replaces this
        before = files.shipped(_SCHEDULE if decision.topic == RETENTION else name)
    told = None
    if files is not None:
        told = files.difference(name, before, texts.get(digest), words.language)
    if told is None or told.is_new or not told.parts:
        yield words.text("{name}: new", name=told.title if told else name)
        return
    for part in told.parts[:_SHOWN]:
        old, new = _value("", part.before, words), _value("", part.after, words)
        if old == new:  # it was not there, or is there no more
            yield words.text("{name}: added or taken away", name=part.part)
            continue
        yield words.text("{name}: {before} → {after}", name=part.part, before=old, after=new)
    if (rest := len(told.parts) - _SHOWN) > 0:
        yield words.plural("and {n} more", "and {n} more", rest)


def _value(name: str, value: Value, words: Words) -> str:
    if name == "logo":  # a picture is no words
        return words.text("a picture") if value else words.text("none")
    if isinstance(value, int) and name.endswith(("_cents", "_tenths")):
        return f"${value / 100:,.2f}" if name.endswith("_cents") else f"{value / 10:g}"
    if isinstance(value, bool):
        return words.text("yes") if value else words.text("no")
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, cast("list[object]", value)))
    said = " ".join(str("" if value is None else value).split())
    if not said:
        return words.text("none")
    return said if len(said) <= _LONG else f"{said[: _LONG - 1]}…"

"""How a person may be reached: what they said themselves, read from the answers of their intake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.form import YES, Answers, Field, FieldType, Section, Sensitivity
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_of_record

CONTACT_WAYS: Final = "contact_ways"
"""Name under `[facts]` of the question which ways are safe; without it, the question's id."""

SAY_WHO: Final = "say_who_ok"
VOICEMAIL: Final = "voicemail_ok"
"""Questions whether one may say who is calling, and leave a voicemail."""

_NOT_OURS: Final = frozenset({"in_person"})
"""Ways in which the person comes by and nobody goes to them."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One thing that the person said about how to reach them.

    Attributes:
        label: The question.
        words: The answer in words.
        field: Id of the question.
        is_identity: It tells who they are or where: hidden until names are shown.
    """

    label: Text
    words: str = field(repr=False)
    field: str = ""
    is_identity: bool = False


@dataclass(frozen=True, slots=True)
class SafeContact:
    """The plan.

    Attributes:
        means: The safe means that are ours to use (codes).
        lines: All that was said, in the order of the form.
        may_say_who: One may say who is calling.
        may_leave_voicemail: One may leave a voicemail.
    """

    means: tuple[str, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    may_say_who: bool = False
    may_leave_voicemail: bool = False


def safe_means(file: Records, intake: RecordId) -> tuple[str, ...]:
    """The safe means that are ours to use; none where nobody said any."""
    record = file.record(intake)
    return means_in(record) if record is not None else ()


def means_in(record: Record) -> tuple[str, ...]:
    """The same of a record that was read already."""
    said: object = record.values.get(_question(record))
    ways = cast("list[str]", said) if isinstance(said, list) else []
    return tuple(str(way) for way in ways if way not in _NOT_OURS)


def safe_contact(desk: Desk, file: Records, intake: RecordId, language: str) -> SafeContact:
    """The plan in words; a part of the acts that asked for the role and leave a trace.

    Args:
        desk: Whose.
        file: Where the intake is.
        intake: Whose plan.
        language: Of the answers' words.
    """
    record = file.record(intake)
    if record is None or record.is_purged:
        return SafeContact()
    guide = guide_of_record(desk, record)
    answers = answers_of(file, record, guide)
    section = _section(guide, _question(record))
    asked = section.fields if section else ()
    whom = [one for one in guide.form.fields() if one.sensitivity is Sensitivity.IDENTITY]
    lines = [*_lines(guide, answers, asked, language)] or [*_lines(guide, answers, whom, language)]
    return SafeContact(
        means_in(record), tuple(lines),
        answers.get(SAY_WHO) == YES, answers.get(VOICEMAIL) == YES,
    )  # fmt: skip


def _lines(
    guide: Guide, answers: Answers, asked: Iterable[Field], language: str
) -> Iterator[PlanLine]:
    """What was said; of somebody who was not met yet, what is known about where they are."""
    for one in asked:
        value = answers.get(one.id)
        if value not in (None, "", []) and one.type is not FieldType.STATEMENT:
            words = guide.shown(one.id, value, language)
            is_identity = one.sensitivity is Sensitivity.IDENTITY
            yield PlanLine(one.label, words, one.id, is_identity)


def _question(record: Record) -> str:
    """The question which ways are safe, as the intake itself says; no form need be read for it."""
    named = cast("dict[str, str]", record.values.get(facts.FACTS) or {})
    return named.get(CONTACT_WAYS, CONTACT_WAYS)


def _section(guide: Guide, question: str) -> Section | None:
    """The part of the form in which the safe ways are asked for."""
    asked = guide.form.field(question)
    found = (one for one in guide.form.sections if asked is not None and one.id == asked.section)
    return next(found, None)

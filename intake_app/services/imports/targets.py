"""What the columns of a table can fill in intakes of one form.

Not everything can: what was signed, read out or kept apart here cannot come from a table, nor
what moves the shelf; and no form of care takes a number of a police case.
"""

from collections.abc import Iterator
from typing import Final

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import CHARGES, CLOSINGS
from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Choice, Field, FieldType, Form
from intake_app.domain.import_target import Past, Target, TargetKind, Targets
from intake_app.domain.offer import OfferOutcome
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.domain.text import Text
from intake_app.services.case.labels import ACT as ACT_LABELS
from intake_app.services.case.labels import REASONS
from intake_app.services.case.offers import DECLINED_REASONS, NOT_OFFERED_REASONS
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.words import LANGUAGES, Words, in_all_languages, mark

IN_ERROR: Final = "entered_in_error"
OPEN: Final = "open"
"""Outcome of a case that goes on."""

PROGRESS: Final = (CaseActKind.REPORTED, CaseActKind.ASSESSED, CaseActKind.PLAN_AGREED)
"""Acts of a case between its paper and its end, in order."""

LEDGER: Final = (OfferOutcome.DECLINED, OfferOutcome.NOT_OFFERED)
"""Outcomes after which there is no case, but a line of the offer ledger."""

_KINDS: Final = {
    FieldType.TEXT: TargetKind.TEXT, FieldType.LONG_TEXT: TargetKind.TEXT,
    FieldType.CHOICE: TargetKind.CODE, FieldType.CHOICES: TargetKind.CODES,
    FieldType.RANKED: TargetKind.CODES, FieldType.DATE: TargetKind.DAY,
    FieldType.DATE_TIME: TargetKind.MOMENT, FieldType.NUMBER: TargetKind.NUMBER,
    FieldType.MONEY: TargetKind.MONEY, FieldType.PHONE: TargetKind.PHONE,
    FieldType.YES_NO: TargetKind.CODE,
}  # fmt: skip
_NOT_FROM_A_TABLE: Final = ("aid_", "left_", "tried_", "contact_stop", "signed", "officer_signed",
                            "transcribed")  # fmt: skip
"""Beginnings of names under [facts]: what happens when such an answer is given happens here."""

_TEXTS: Final = {
    Past.OPENED: mark("Day of the first contact"),
    Past.OLD_NUMBER: mark("Number in the old list"),
    Past.SAME_PERSON: mark("Number of the person in the old list"),
    Past.NAME: mark("Last name, first name (in one column)"),
    Past.OFFENSE: mark("Offense (code, section of law or words)"),
    Past.OUTCOME: mark("How it ended, or where it stands"),
    Past.REASON: mark("Reason why it ended"),
    Past.CLOSED: mark("Day on which it ended"),
    Past.CHARGE: mark("What became of the charge"),
    Past.REACHED: mark("Day on which the person was first reached"),
    Past.ENGAGED: mark("Day of the first visit to a service"),
    Past.REPORT_BY: mark("Day by which the person had to report"),
}
_STEP_DAY: Final = mark("Day of: {step}")
_YES_NO: Final = (
    (YES, mark("Yes"), "y;true;1;x;si;sí;t"), (NO, mark("No"), "n;false;0;f"),
    (UNKNOWN, mark("Do not know"), "unk;u;unknown"),
    (DECLINED, mark("Would rather not say"), "refused;declined;rf"),
)  # fmt: skip


def targets_of(desk: Desk, guide: Guide) -> Targets:
    """What a table can fill in intakes of a form."""
    form = guide.form
    is_care = room_of(form.pathway) is CARE_ROOM
    opened = _named(Past.OPENED, TargetKind.MOMENT, is_needed=True)
    first = (opened, _named(Past.OLD_NUMBER), _named(Past.SAME_PERSON))
    names = (_named(Past.NAME),) if {"last_name", "first_name"} <= form.facts.keys() else ()
    steps = _of_care(desk, form) if is_care else _of_cases(desk, guide)
    return Targets.of((*first, *names, *_questions(form), *steps))


def reasons_of(desk: Desk, form: Form, outcome: str) -> tuple[Choice, ...]:
    """The reasons that an outcome takes; none: it asks for none."""
    if room_of(form.pathway) is CARE_ROOM:
        status = next((one for one in form.statuses if one.id == outcome), None)
        return desk.library.codes(status.reasons) if status and status.reasons else ()
    tables = {
        **{str(kind): table for kind, table in REASONS.items()},
        str(OfferOutcome.DECLINED): DECLINED_REASONS,
        str(OfferOutcome.NOT_OFFERED): NOT_OFFERED_REASONS,
    }
    return desk.library.codes(tables[outcome]) if outcome in tables else ()


def _questions(form: Form) -> Iterator[Target]:
    named = form.facts
    apart = {q for name, q in named.items() if name.startswith(_NOT_FROM_A_TABLE)}
    for section in form.sections:
        for one in section.fields:
            if section.fact or one.id in apart or one.is_apart or one.type not in _KINDS:
                continue
            needed = one.id == named.get("last_name") and form.terms is not None
            yield Target(
                one.id, one.label, _KINDS[one.type], _choices(one), needed, one.units,
                one.unit_words,
            )  # fmt: skip


def _choices(field: Field) -> tuple[Choice, ...]:
    if field.type is not FieldType.YES_NO:
        return field.choices  # retired ones too: they were chosen then
    return tuple(Choice(i, _said(label), more={"words": more}) for i, label, more in _YES_NO)


def _of_care(desk: Desk, form: Form) -> Iterator[Target]:
    statuses = [one for one in form.statuses if one.id != IN_ERROR]
    yield _named(Past.REACHED, TargetKind.DAY)
    yield _named(Past.ENGAGED, TargetKind.DAY)
    for one in statuses:
        if one.after and not one.closes:
            yield _step(f"{Past.STEP}{one.id}", one.label)
    if statuses:
        yield _coded(Past.OUTCOME, tuple(Choice(one.id, one.label) for one in statuses))
        yield _named(Past.CLOSED, TargetKind.DAY)
        yield _coded(Past.REASON, _every_reason(desk, form, [one.id for one in statuses]))


def _of_cases(desk: Desk, guide: Guide) -> Iterator[Target]:
    form = guide.form
    if form.facts.get("offenses"):
        labels = tuple(
            Choice(one.id, one.label, more={"words": f"{one.statute};{one.nibrs}"})
            for one in guide.offenses()
        )
        yield _coded(Past.OFFENSE, labels)
    yield _named(Past.REPORT_BY, TargetKind.MOMENT)
    for kind in PROGRESS:
        yield _step(f"{Past.ACT}{kind}", _said(ACT_LABELS[kind]))
    kinds = [kind for kind in CaseActKind if kind in CLOSINGS and kind != IN_ERROR]
    ends = [(str(kind), _said(ACT_LABELS[kind]), _words(str(kind))) for kind in kinds]
    ends += [
        (OPEN, _said(mark("It goes on")), "active;pending;in progress;ongoing"),
        (str(OfferOutcome.DECLINED), _said(mark("Offered, and the person said no")), "refused"),
        (str(OfferOutcome.NOT_OFFERED), _said(mark("Eligible, and not offered")), "not offered"),
    ]
    yield _coded(Past.OUTCOME, tuple(Choice(i, text, more={"words": w}) for i, text, w in ends))
    yield _named(Past.CLOSED, TargetKind.DAY)
    yield _coded(Past.REASON, _every_reason(desk, form, [ident for ident, _, _ in ends]))
    charges = [kind for kind in CaseActKind if kind in CHARGES]
    yield _coded(Past.CHARGE, tuple(
        Choice(str(kind), _said(ACT_LABELS[kind]), more={"words": _words(str(kind))})
        for kind in charges
    ))  # fmt: skip


def _words(ident: str) -> str:
    return ident.replace("_", " ")


def _every_reason(desk: Desk, form: Form, outcomes: list[str]) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for outcome in outcomes:
        for one in reasons_of(desk, form, outcome):
            found.setdefault(one.id, one)
    return tuple(found.values())


def _named(ident: Past, kind: TargetKind = TargetKind.TEXT, *, is_needed: bool = False) -> Target:
    return Target(ident, _said(_TEXTS[ident]), kind, (), is_needed, is_step=True)


def _coded(ident: Past, choices: tuple[Choice, ...]) -> Target:
    return Target(ident, _said(_TEXTS[ident]), TargetKind.CODE, choices, is_step=True)


def _step(ident: str, label: Text) -> Target:
    said = {
        language: Words(language).text(_STEP_DAY, step=label.said_in(language))
        for language in LANGUAGES
    }
    return Target(ident, Text(said), TargetKind.DAY, is_step=True)


def _said(text: str) -> Text:
    return Text(in_all_languages(text))

"""Consents: taken at any time, each a signed act of its own, read into one shape.

They lie in `care` alone. Those of a held charge (report back, proceedings) are about its case, and
only a coordinator, who holds both keys, sees and keeps them; nothing of them crosses to `cases`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.clock import stamp
from intake_app.domain.consent import (
    REACHES,
    Consent,
    ConsentKind,
    Held,
    Known,
    Limits,
    Party,
    Revocation,
    held_on,
)
from intake_app.domain.consent_errors import NotYet
from intake_app.domain.errors import EnteredInError, NotFinished, RecordMissing
from intake_app.domain.form import YES, Answers, FormRef, Section
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.answers import answers_of
from intake_app.services.desk import Desk
from intake_app.services.drafts import guide_for
from intake_app.services.needs import Guide, Records
from intake_app.services.writing import fact

REVOKED: Final = "consent.revoked"
"""Kind of a fact about a consent: it was taken back."""

ENDED: Final = "consent.ended"
"""Kind of a fact about a consent: the event came that ends it ("after the first visit")."""

ENDS_TABLE, SOON = "consent_ends", "soon"
"""How consents end, in days; and how early one is told that one ends soon."""

FORMS: Final = {
    ConsentKind.REPORT_BACK: "consent_report_back",
    ConsentKind.PROCEEDINGS: "consent_proceedings",
}
"""The forms of consents that no intake asks for; the others are sections of the intake's form."""

_OLD_FORM: Final = {"letter": True, "email": True, "oral": True}
"""What forms up to 2026-11-1 asked about taking back; "oral" there was "then written down"."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for a new consent.

    Attributes:
        kind: Which.
        guide: The form.
        section: Its questions.
        answers: What is known already.
    """

    kind: ConsentKind
    guide: Guide
    section: Section
    answers: Answers


def read_consents(desk: Desk, subject: RecordId) -> tuple[Held, ...]:
    """Where the consents of an intake, or of a case, stand today; the newest first.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: The key of `care` is missing.
        RecordMissing: There is no such record among those that this person may read.
    """
    desk.require(May.KEEP_CONSENT)
    desk.care_file.note(desk.act("read consents", subject))
    return held_of(desk, subject_of(desk, subject))


def held_of(desk: Desk, record: Record) -> tuple[Held, ...]:
    """Where the consents about a record stand today; whoever calls has asked for the role."""
    return held_on(known_of(desk.care_file, record), today(desk), limits_of(desk))


def held_in(desk: Desk, answers: Answers, ids: Mapping[ConsentKind, RecordId]) -> tuple[Held, ...]:
    """Where the consents in the answers of a draft stand; nobody took them back yet.

    Args:
        desk: Where.
        answers: Of the draft.
        ids: The ids that these consents will have.
    """
    at = stamp(desk.clock)
    read = (consent_in(ids[kind], kind, {**answers, facts.OPENED: at}, answers) for kind in ids)
    known = Known(tuple(one for one in read if one is not None))
    return held_on(known, today(desk), limits_of(desk))


def ask_consent(desk: Desk, subject: RecordId, kind: ConsentKind) -> Asking:
    """The questions of a new consent, with the answers that are known.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such record, or its form knows no consent of this kind.
        EnteredInError: The intake is out of all lists.
    """
    desk.require(May.KEEP_CONSENT)
    return _asking(desk, _standing(desk, subject), kind)


def take_consent(desk: Desk, subject: RecordId, kind: ConsentKind, answers: Answers) -> RecordId:
    """Keep a consent that was signed, or refused, just now; it never changes one before it.

    Raises:
        NotAllowed: Not in one's roles.
        NotFinished: Something is missing or wrong.
        RecordMissing, EnteredInError: As for `ask_consent`.
    """
    desk.require(May.KEEP_CONSENT)
    asking = _asking(desk, _standing(desk, subject), kind)
    if problems := asking.guide.problems(answers, asking.section.id):
        raise NotFinished(problems[0].field)
    kept, names = asking.guide.kept(answers), {field.id for field in asking.section.fields}
    given = {name: value for name, value in kept.items() if name in names}
    more: dict[str, Value] = {facts.FORM: asdict(asking.guide.form.ref), **desk.entered()}
    file, ident = desk.care_file, new_record_id()
    change = fact(file, desk.person.id, kind, ident, {**given, **more}, about=subject)
    file.apply([change], desk.act("take consent", ident))
    return ident


def note_ended(desk: Desk, consent: RecordId, on: str) -> None:
    """Note that the event came that ends a consent: the first visit, the end of the case.

    Args:
        desk: Whose.
        consent: Which.
        on: The last day on which it held (YYYY-MM-DD).

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent.
        NotYet: The day is still to come.
    """
    desk.require(May.KEEP_CONSENT)
    if on > today(desk):
        raise NotYet
    file = desk.care_file
    _ = consent_record(file, consent)
    said: dict[str, Value] = {"on": on, **desk.entered()}
    change = fact(file, desk.person.id, ENDED, new_record_id(), said, about=consent)
    file.apply([change], desk.act("note end of consent", consent))


def answers_under(desk: Desk, consent: RecordId) -> Answers:
    """What a consent says, as answers: papers that name its recipient are made of them."""
    record = consent_record(desk.care_file, consent)
    return {name: value for name, value in record.values.items() if not name.startswith("~")}


# --- reading ----------------------------------------------------------------------------


def subject_of(desk: Desk, ident: RecordId) -> Record:
    """The intake or case that consents are about, where this person may read it.

    Raises:
        NotAllowed, RecordMissing: They may not, or there is none.
    """
    record = desk.file_with(ident, "read").record(ident)
    if record is None or facts.FORM not in record.values:
        raise RecordMissing(ident)
    return record


def consent_record(file: Records, ident: RecordId) -> Record:
    """A consent as it was kept.

    Raises:
        RecordMissing: There is none.
    """
    record = file.record(ident)
    if record is None or record.kind not in set(ConsentKind):
        raise RecordMissing(ident)
    return record


def known_of(file: Records, record: Record) -> Known:
    """All that is known of the consents about an intake or case."""
    read = (
        consent_in(one.id, ConsentKind(one.kind), one.values, record.values)
        for kind in ConsentKind
        for one in file.about(record.id, kind)
    )
    consents = tuple(one for one in read if one is not None)
    back = tuple(r for one in consents for r in _revocations(file, one, record))
    ended = {
        one.id: min(str(said.values["on"]) for said in found)
        for one in consents
        if (found := file.about(one.id, ENDED))
    }
    return Known(consents, back, ended)


def limits_of(desk: Desk) -> Limits:
    """How long consents run, as the department's table says."""
    days = {c.id: int(c.measure) for c in desk.library.codes(ENDS_TABLE) if c.measure.isdecimal()}
    return Limits(days, days.pop(SOON, 0))


def today(desk: Desk) -> str:
    """The day on the wall, YYYY-MM-DD."""
    return desk.clock.local().date().isoformat()


def consent_in(
    ident: RecordId, kind: ConsentKind, said: Mapping[str, Value], around: Mapping[str, Value]
) -> Consent | None:
    """The consent in what was answered; None where it was not asked for.

    Args:
        ident: Its record.
        kind: Which.
        said: Its own answers.
        around: Those of the intake.
    """
    if kind is ConsentKind.ALL_CARE:
        return _all_care(ident, said, around)
    given = said.get("consent_given")
    if given is None and kind is ConsentKind.HAND_OFF:
        return None
    how, on = _signed(said.get("consent_signature"))
    return Consent(
        id=ident,
        kind=kind,
        entered=str(said.get(facts.OPENED) or ""),
        is_given=kind is not ConsentKind.HAND_OFF or given == YES,
        name=str(said.get("consent_name") or ""),
        disclosers=_texts(said.get("consent_discloser")),
        information=frozenset(_texts(said.get("consent_information"))),
        recipient=party_of(said.get("consent_recipient"), kind),
        recipient_class=str(said.get("consent_recipient_class") or ""),
        purpose=str(said.get("consent_purpose") or ""),
        is_told=bool(said.get("consent_revoke")),
        ends=str(said.get("consent_expires_how") or ""),
        ends_on=str(said.get("consent_expires_on") or ""),
        signed=how,
        signed_on=on,
        is_deferred=around.get("capacity") == "deferred",
    )


def party_of(said: Value, kind: ConsentKind = ConsentKind.HAND_OFF) -> Party:
    """The recipient in an answer: a provider of the directory, or a name."""
    side = REACHES[kind]
    if isinstance(said, Mapping):
        known = cast("Mapping[str, Any]", said)
        return Party(str(known.get("name") or ""), str(known.get("id") or ""), side)
    return Party(str(said or ""), side=side)


def _all_care(
    ident: RecordId, said: Mapping[str, Value], around: Mapping[str, Value]
) -> Consent | None:
    """The consent for all care; what its section says in fixed words, every one of them has."""
    given = said.get("tpo_given")
    if given is None:
        return None
    how, on = _signed(said.get("tpo_signature"))
    named = cast("Mapping[str, str]", around.get(facts.FACTS) or {})
    names = [str(around.get(named.get(part, part)) or "") for part in ("first_name", "last_name")]
    return Consent(
        id=ident,
        kind=ConsentKind.ALL_CARE,
        entered=str(said.get(facts.OPENED) or ""),
        is_given=given == YES,
        name=" ".join(filter(None, names)),
        disclosers=("desk", "coordinator"),
        information=None,
        recipient_class=str(ConsentKind.ALL_CARE),
        purpose="care",
        is_told=True,
        ends=str(said.get("tpo_expires") or ""),
        signed=how,
        signed_on=on,
        is_deferred=around.get("capacity") == "deferred",
    )


def _revocations(file: Records, consent: Consent, record: Record) -> list[Revocation]:
    found = [
        Revocation(
            consent.id,
            str(one.values.get("at") or one.values.get(facts.OPENED) or ""),
            str(one.values.get("how") or ""),
            bool(one.values.get("confirmed")),
        )
        for one in file.about(consent.id, REVOKED)
    ]
    on = str(record.values.get("consent_revoked_on") or "")
    if record.values.get("consent_is_taken_back") == YES and (not on or consent.entered[:10] <= on):
        how = str(record.values.get("consent_revoked_how") or "letter")
        found.append(Revocation(consent.id, on, how, _OLD_FORM.get(how, True)))
    return found


def _asking(desk: Desk, record: Record, kind: ConsentKind) -> Asking:
    is_case = desk.care is None or desk.care.record(record.id) is None
    if kind in FORMS:
        guide = desk.library.guide(FORMS[kind])
        known = {**guide.defaults(), "consent_name": _name(record)}
    else:
        guide = guide_for(desk, FormRef(**record.values[facts.FORM]))
        known = {} if is_case else answers_of(desk.care_file, record, guide)
    section = next((one for one in guide.form.sections if one.fact == kind), None)
    if section is None:
        raise RecordMissing(record.id)
    if kind not in FORMS:
        known = {k: v for k, v in known.items() if k not in {f.id for f in section.fields}}
        known.setdefault("consent_name", _name(record))
    return Asking(kind, guide, section, {k: v for k, v in known.items() if v})


def _standing(desk: Desk, ident: RecordId) -> Record:
    record = subject_of(desk, ident)
    if record.is_deleted:
        raise EnteredInError(ident)
    return record


def _name(record: Record) -> str:
    last, _, first = facts.facts_of(record).name.partition(", ")
    return f"{first} {last}".strip()


def _signed(said: Value) -> tuple[str, str]:
    """How a signature was given, and on which day; both empty without one."""
    if not isinstance(said, Mapping):
        return "", ""
    signature = cast("Mapping[str, Any]", said)
    return str(signature.get("how") or ""), str(signature.get("at") or "")[:10]


def _texts(said: Value) -> tuple[str, ...]:
    return tuple(map(str, cast("list[Any]", said))) if isinstance(said, list | tuple) else ()

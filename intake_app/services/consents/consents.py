"""Consents: taken at any time, each a signed act of its own, read into one shape.

They lie in `care` alone. Those of a held charge (report back, proceedings) are about its case, and
only a coordinator, who holds both keys, sees and keeps them; nothing of them crosses to `cases`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.consent import Consent, ConsentKind, Held, Known, Party, Revocation, held_on
from intake_app.domain.errors import EnteredInError, NotFinished, NotYetHappened, RecordMissing
from intake_app.domain.form import YES, Answers, Section
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.consents.report_back import allow, block
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.records.answers import answers_of
from intake_app.services.records.consent_reading import consent_in
from intake_app.services.records.consent_watch import limits_of, watch_changes
from intake_app.services.records.form_versions import guide_of_record, keep_form
from intake_app.services.records.writing import fact

REVOKED: Final = "consent.revoked"
"""Kind of a fact about a consent: it was taken back."""

ENDED: Final = "consent.ended"
"""Kind of a fact about a consent: the event came that ends it ("after the first visit")."""

FIRST_VISIT: Final = "first_visit"
"""How a consent ends that is for one hand-off alone: a code of `consent_ends`."""

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
    more = {facts.FORM: asdict(asking.guide.form.ref), **desk.entered()}
    file, ident = desk.care_file, new_record_id()
    keep_form(desk, asking.guide)
    changes = [fact(file, desk.person.id, kind, ident, {**given, **more}, about=subject)]
    if file.record(subject) is not None:
        changes += watch_changes(desk, file, changes[0])
    file.apply(changes, desk.act("take consent", ident))
    allow(desk, subject, held_one(desk, consent_record(file, ident)))
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
        NotYetHappened: The day is still to come.
    """
    desk.require(May.KEEP_CONSENT)
    if not on or on > today(desk):
        raise NotYetHappened
    file = desk.care_file
    held = held_one(desk, consent_record(file, consent))
    block(desk, consent_record(file, consent).about, held)
    said = {"on": on, **desk.entered()}
    change = fact(file, desk.person.id, ENDED, new_record_id(), said, about=consent)
    file.apply([change], desk.act("note end of consent", consent))


def ended_by_visit(desk: Desk, intake: RecordId, to: Party, on: str) -> list[Change]:
    """What ends the consents until the first visit, for the act that notes that visit.

    Args:
        desk: Whose.
        intake: About whom.
        to: Where the person came.
        on: The day (YYYY-MM-DD); it is the last on which they hold.
    """
    file, said = desk.care_file, {"on": on, **desk.entered()}
    return [
        fact(file, desk.person.id, ENDED, new_record_id(), said, about=one.consent.id)
        for one in held_of(desk, subject_of(desk, intake))
        if one.stands and one.consent.ends == FIRST_VISIT and one.consent.recipient.is_same(to)
    ]


def held_one(desk: Desk, record: Record) -> Held:
    """Where one consent stands, among those about the same intake or case."""
    held = held_of(desk, subject_of(desk, record.about))
    return next(one for one in held if one.consent.id == record.id)


def answers_under(desk: Desk, consent: RecordId) -> Answers:
    """What a consent says, as answers: papers that name its recipient are made of them.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent.
    """
    desk.require(May.KEEP_CONSENT)
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
    read = (_kept(one, record) for kind in ConsentKind for one in file.about(record.id, kind))
    consents = tuple(one for one in read if one is not None)
    back = tuple(r for one in consents for r in _revocations(file, one, record))
    ended = {
        one.id: min(str(said.values["on"]) for said in found)
        for one in consents
        if (found := file.about(one.id, ENDED))
    }
    return Known(consents, back, ended)


def _kept(one: Record, record: Record) -> Consent | None:
    found = consent_in(one.id, ConsentKind(one.kind), one.values, record.values)
    return replace(found, order=one.base) if found else None


def today(desk: Desk) -> str:
    """The day on the wall, YYYY-MM-DD."""
    return desk.clock.local().date().isoformat()


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
        known = {**guide.defaults(), "consent_name": facts.name_of(record)}
    else:
        guide = guide_of_record(desk, record)
        known = {} if is_case else answers_of(desk.care_file, record, guide)
    section = next((one for one in guide.form.sections if one.fact == kind), None)
    if section is None:
        raise RecordMissing(record.id)
    if kind not in FORMS:
        known = {k: v for k, v in known.items() if k not in {f.id for f in section.fields}}
        known.setdefault("consent_name", facts.name_of(record))
    return Asking(kind, guide, section, {k: v for k, v in known.items() if v})


def _standing(desk: Desk, ident: RecordId) -> Record:
    record = subject_of(desk, ident)
    if record.is_deleted:
        raise EnteredInError(ident)
    return record

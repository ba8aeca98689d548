"""What may leave this computer, for whom, under which consent; and noting that it left.

Papers, print jobs, files and bundles ask here. What a paper tells is read from the sheet itself
(`Sheet.answers`), and held against the consents that stand at that moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from intake_app.domain.consent import (
    ALWAYS,
    REACHES,
    ConsentKind,
    Held,
    Party,
    Side,
    State,
    coverage,
    covers,
)
from intake_app.domain.consent_errors import NoConsent
from intake_app.domain.draft import Draft
from intake_app.domain.errors import RecordMissing
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, record_id_of
from intake_app.domain.paper import Paper, Sheet
from intake_app.domain.pathway import room_of
from intake_app.domain.provider import Mou, Provider, mou_state
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.open_conflict import refuse_open_conflict, why_no_paper
from intake_app.services.consents.consents import held_in, held_of, subject_of
from intake_app.services.consents.disclosed import Disclosed, disclosure_fact
from intake_app.services.desk import Desk
from intake_app.services.drawing.leaving import ERRORS, NOTHING_LEAVES, Leaving, Told, Why, together
from intake_app.services.drawing.making import (
    NOTHING_MORE,
    Around,
    Basis,
    Marks,
    basis_in,
    basis_of,
    sheet_of,
)
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import DECEASED, contact_stop
from intake_app.services.providers.providers import service_entry
from intake_app.services.records.apart import linked
from intake_app.services.records.choices import require_choice
from intake_app.services.records.consent_reading import party_of
from intake_app.services.records.frames import paper_language

SCOPE: Final = "consent_scope"
"""The code table that says which information a question belongs to."""

EXCEPTIONS: Final = "disclosure_exceptions"
"""The code table of what may leave without a consent, and by which law."""

IN_FORM: Final = (ConsentKind.HAND_OFF, ConsentKind.ALL_CARE)
"""The consents that an intake's own form asks for."""


_BY_STATE: Final = {
    State.REVOKED: Why.REVOKED,
    State.EXPIRED: Why.EXPIRED,
    State.UNSIGNED: Why.UNSIGNED,
    State.DEFERRED: Why.UNSIGNED,
}


def leaving(
    desk: Desk, subject: RecordId, what: str | Sequence[str], recipient: Party | None = None,
    around: Around = NOTHING_MORE,
) -> Leaving:  # fmt: skip
    """What would leave with a paper (its id), or with some answers, of a finished intake.

    Args:
        desk: Where.
        subject: The intake.
        what: Id of a paper file, or the questions whose answers would leave.
        recipient: To whom; None: whom the newest consent names, as its papers do.
        around: What the paper shows beside answers.

    Raises:
        NotAllowed, RecordMissing: This person may not read the intake.
        PaperMissing: There is no such paper.
    """
    record = subject_of(desk, subject)
    file = desk.file_with(subject, "read")
    basis = basis_in(desk, file, record, around)
    if isinstance(what, str):
        paper = desk.library.paper(what)
        if not paper.discloses:
            return NOTHING_LEAVES
        sheet = sheet_of(desk, basis, paper, Marks(paper_language(desk, paper, basis.language)))
        return leaving_sheet(desk, record, basis, sheet, recipient)
    found = _leaving(desk, basis, what, _consents(desk, record), recipient)
    return _unless_open(file, record, found)


def leaving_sheet(
    desk: Desk, record: Record, basis: Basis, sheet: Sheet, recipient: Party | None = None
) -> Leaving:
    """The same for a sheet that was made of a finished intake."""
    found = _leaving(desk, basis, sheet.answers, _consents(desk, record), recipient)
    file = desk.care
    is_here = file is not None and file.record(record.id) is not None
    if file is not None and is_here and contact_stop(file, record.id) == DECEASED:
        return Leaving(True, found.people, found.recipient, found.told, (), Why.DECEASED)
    return _unless_open(file, record, found) if file is not None and is_here else found


def leaving_draft(desk: Desk, draft: Draft, basis: Basis, sheet: Sheet) -> Leaving:
    """The same for a sheet of a draft: its consents are among its answers, and not kept yet."""
    ids = {kind: record_id_of(draft.id, kind) for kind in IN_FORM}
    return _leaving(desk, basis, sheet.answers, held_in(desk, basis.answers, ids), None)


def papers_leaving(desk: Desk, subject: RecordId, paper_ids: Sequence[str]) -> Leaving:
    """What would leave with several papers of a finished intake; see `leaving`."""
    desk.rooms_for("read")
    return together(leaving(desk, subject, ident) for ident in paper_ids)


def draft_leaving(desk: Desk, draft: Draft, paper_ids: Sequence[str]) -> Leaving:
    """What would leave with some papers of a draft.

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: There is no such paper.
    """
    desk.rooms_for("issue")
    desk.require(room_of(draft.pathway).issue)
    telling = [paper for ident in paper_ids if (paper := desk.library.paper(ident)).discloses]
    if not telling:
        return NOTHING_LEAVES
    basis = basis_of(desk, draft)
    return together(_of_draft(desk, draft, basis, paper) for paper in telling)


def _of_draft(desk: Desk, draft: Draft, basis: Basis, paper: Paper) -> Leaving:
    language = paper_language(desk, paper, basis.language)
    return leaving_draft(desk, draft, basis, sheet_of(desk, basis, paper, Marks(language)))


def require_standing(desk: Desk, subject: RecordId, consent: str) -> None:
    """Refuse what was made under a consent, unless that stands now: a print job asks here.

    Raises:
        NotCovered: It does not; which of its kinds says why.
    """
    why = standing_now(desk, subject, consent)
    if why is not Why.COVERED:
        raise ERRORS[why]


def standing_now(desk: Desk, subject: RecordId, consent: str) -> Why:
    """Why what was made under a consent may not leave now; `COVERED`: it may."""
    if desk.care is None or desk.care.record(subject) is None:
        return Why.COVERED  # who handed it in holds no consents; who took it in asks here
    if contact_stop(desk.care, subject) == DECEASED:
        return Why.DECEASED
    record = subject_of(desk, subject)
    if why_no_paper(desk.care, record):
        return Why.CONFLICT
    mine = next((one for one in _consents(desk, record) if one.consent.id == consent), None)
    if mine is None or mine.stands:
        return Why.COVERED if mine else Why.NO_CONSENT
    return _BY_STATE.get(mine.state, Why.NO_CONSENT)


def leaving_covered(
    desk: Desk, record: Record, basis: Basis, to: Party, purpose: str = ""
) -> Leaving:
    """What one consent lets go to somebody: the answers that it covers, and no others.

    Args:
        desk: Where.
        record: The intake.
        basis: Its form and answers.
        to: Who would receive it.
        purpose: What for, by code: a consent for something else counts for nothing here. Empty:
            whatever the newest consent is for.
    """
    held = [one for one in _consents(desk, record) if not purpose or one.consent.purpose == purpose]
    mine = next((one for one in held if one.stands and _reaches(one, to)), None)
    scope, answers = scope_of(desk), linked(basis.guide.form, basis.answers)
    asked = {field.id for field in basis.guide.form.fields()}
    fields = [
        name for name, said in answers.items()
        if mine and name in asked and said and covers(mine, scope.get(name, ""), to)
    ]  # fmt: skip
    found = _leaving(desk, basis, fields, [mine] if mine else held, to)
    if desk.care is not None and contact_stop(desk.care, record.id) == DECEASED:
        return replace(found, told=(), why=Why.DECEASED)
    return _unless_open(desk.file_with(record.id, "read"), record, found)


def note_disclosure(
    desk: Desk, subject: RecordId, said: Disclosed, ident: RecordId | None = None
) -> RecordId:
    """Note that something left, or was said: a file, a bundle, a call in an emergency.

    Args:
        desk: Whose.
        subject: The intake or case.
        said: What left.
        ident: Its record, where that was drawn before: it stands inside the file that leaves.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
        UnknownCode: It names an exception that there is not.
        NoConsent: It names neither a consent nor an exception.
        NotCovered: Its consent does not cover it (which of its kinds says why).
    """
    desk.require(May.KEEP_CONSENT)
    record = subject_of(desk, subject)
    _require_reason(desk, record, said)
    file = desk.care_file  # beside the consent, also where it is about a held case
    change = disclosure_fact(desk, file, subject, said, ident)
    file.apply([change], desk.act("note disclosure", change.record))
    return change.record


def _require_reason(desk: Desk, record: Record, said: Disclosed) -> None:
    if said.exception:
        require_choice(desk, EXCEPTIONS, said.exception)
        return  # it was said already: that it was is kept, whatever is open
    refuse_open_conflict(desk.file_with(record.id, "read"), record)
    own = [one for one in _consents(desk, record) if one.consent.id == said.consent]
    if not own:
        raise NoConsent
    party = Party(said.recipient, said.party, REACHES[own[0].consent.kind])
    why = _why(own, coverage(own, said.fields, scope_of(desk), party).values(), party)
    if why is not Why.COVERED:
        raise ERRORS[why]


def scope_of(desk: Desk) -> dict[str, str]:
    """The information that each question belongs to."""
    return {code.id: code.group for code in desk.library.codes(SCOPE)}


# --- working it out ---------------------------------------------------------------------


def _unless_open(file: Records, record: Record, found: Leaving) -> Leaving:
    """The same, refused while people disagree about how far it has come."""
    return replace(found, why=Why.CONFLICT) if why_no_paper(file, record) else found


def _consents(desk: Desk, record: Record) -> tuple[Held, ...]:
    return held_of(desk, record) if desk.care is not None else ()


def _leaving(
    desk: Desk, basis: Basis, fields: Iterable[str], held: Sequence[Held], to: Party | None
) -> Leaving:
    party = to or _named(basis.answers)
    scope = scope_of(desk)
    covered = coverage(held, sorted(fields), scope, party)
    told = tuple(
        Told(name, _label(basis, name), by, scope.get(name) == ALWAYS)
        for name, by in covered.items()
    )
    used, mou = {ident for ident in covered.values() if ident}, _mou(desk, party)
    why = _why(held, covered.values(), party)
    if why is Why.COVERED and desk.agency.mou_required and mou in {Mou.NONE, Mou.EXPIRED}:
        why = Why.MOU
    theirs = [one for one in held if one.stands and _reaches(one, party)]
    return Leaving(
        discloses=True,
        people=tuple(filter(None, [_person(basis)])),
        recipient=party,
        told=told,
        consents=tuple(one for one in theirs if one.consent.id in used) or tuple(theirs[:1]),
        why=why,
        mou=mou,
    )


def _mou(desk: Desk, party: Party) -> Mou | None:
    """How the agreement with a provider stands; one that the directory does not know has none."""
    if party.side is not Side.PROVIDER:
        return None
    try:
        record = service_entry(desk.station, RecordId(party.id or "-"))
    except RecordMissing:
        return Mou.NONE
    return mou_state(Provider(record.id, record.values), desk.clock.local().date())


def _why(held: Sequence[Held], covered: Iterable[RecordId | None], party: Party) -> Why:
    """Why not all of it is covered: the newest consent for this recipient says it."""
    theirs = [one for one in held if _reaches(one, party)]
    if any(one.stands for one in theirs):
        return Why.OUTSIDE if None in set(covered) else Why.COVERED
    found = (_BY_STATE[one.state] for one in theirs if one.state in _BY_STATE)
    return next(found, Why.NO_CONSENT)


def _reaches(held: Held, party: Party) -> bool:
    consent = held.consent
    if REACHES[consent.kind] is not party.side:
        return False
    return consent.kind is ConsentKind.ALL_CARE or consent.recipient.is_same(party)


def _named(answers: Answers) -> Party:
    return party_of(answers.get("consent_recipient"))


def _person(basis: Basis) -> str:
    names = basis.guide.form.facts
    parts = (basis.answers.get(names.get(part, "")) for part in ("first_name", "last_name"))
    return " ".join(str(part) for part in parts if part)


def _label(basis: Basis, name: str) -> Text:
    question = basis.guide.form.field(name)
    return question.label if question else Text({"en": name})

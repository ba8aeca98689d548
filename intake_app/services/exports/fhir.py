"""Referrals as a file of FHIR R4, for a provider or platform that each person's consent names.

Who is in it is decided by consent alone, referral by referral: the consent must name who receives,
stand today, and cover the service that is asked for. Of the person only those answers are told that
it covers. It is prepared, shown, noted and saved like every export (`exporting`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from intake_app.domain import fhir
from intake_app.domain.clock import stamp
from intake_app.domain.consent import Held, Party, covers
from intake_app.domain.errors import FormMissing, RecordMissing
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import NothingToExport, ReasonNeeded
from intake_app.domain.fhir_facts import (
    FhirConsent,
    FhirOrganization,
    FhirPerson,
    FhirReferral,
    FhirService,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.provider import Provider
from intake_app.domain.referral import STEP, Referral, Status, referral_of
from intake_app.domain.roles import Compartment
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.case.open_conflict import why_no_paper
from intake_app.services.consents.consents import held_of
from intake_app.services.consents.disclosures import scope_of
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import require_agreement
from intake_app.services.exports.ask import (
    CONSENT,
    KEPT_APART,
    NO_CONSENT,
    ExportAsk,
    ExportFile,
    ExportKind,
    ExportPart,
    LeftOut,
    Prepared,
    Step,
    Steps,
)
from intake_app.services.exports.ids import DrawnIds
from intake_app.services.exports.lines import standing_consent
from intake_app.services.measures.journeys import bring_up
from intake_app.services.people.persons import DECEASED, contact_stop
from intake_app.services.providers.providers import service_entry
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_of_record
from intake_app.words import Words, in_all_languages, mark

if TYPE_CHECKING:
    from intake_app.domain.form import Answers

KIND: Final = "fhir_referrals"
_VERSION: Final = "2026-11-1"
_AT_ONCE: Final = 100
_SERVICE: Final = "services"
_URGENCY: Final = "referral_urgency"
"""Questions whose groups of information a referral belongs to."""

_NOT_ASKED: Final = frozenset({Status.DRAFT, Status.ENTERED_IN_ERROR})
_TITLE: Final = mark("Referrals as FHIR R4 (JSON)")
_ABOUT: Final = mark(
    "For a provider's or a community's system. Shaped after the profiles of Gravity's SDOH Clinical"
    " Care guide; it does not claim to conform to them. Only whose consent names who receives it is"
    " in it."
)
_COLUMNS: Final = (
    ("Patient", mark("Name, birth date, gender and safe phone, as far as the consent covers them")),
    ("ServiceRequest", mark("The service that is asked for, when, and how soon")),
    ("Task", mark("How far the referral has come")),
    ("Consent", mark("What may be told, to whom, until when")),
    ("HealthcareService", mark("The provider's service; it tells of nobody")),
)  # fmt: skip


def fhir_kinds(desk: Desk) -> Sequence[ExportKind]:
    """This export, where files of care are open."""
    if desk.care is None:
        return ()
    return (ExportKind(
        KIND, _text(_TITLE), Reach.NAMED, _prepare, _text(_ABOUT), ".json",
        Text({FALLBACK: "HL7 FHIR R4 (4.0.1); Gravity SDOH Clinical Care STU 3"}), _VERSION,
        is_text=False, files=(Compartment.CARE,),
    ),)  # fmt: skip


def _text(message: str) -> Text:
    return Text(in_all_languages(message))


def _prepare(desk: Desk, ask: ExportAsk) -> Steps:
    """Prepare it in steps.

    Raises:
        ReasonNeeded: Another reason than each person's consent.
        AgreementNeeded: No agreement with who receives it.
        NothingToExport: Nobody's consent names them in these days.
    """
    if ask.reason != CONSENT:
        raise ReasonNeeded
    to = require_agreement(desk, ask.agreement)
    while bring_up(desk):
        yield Step(0, 0)
    made = _Made(desk, to.party, f"{KIND}\n{to.id}")
    waiting = _asked_in(desk, ask)
    for n, journey in enumerate(waiting):
        made.add(journey)
        if n % _AT_ONCE == 0:
            yield Step(n, len(waiting))
    if not made.consents and not made.left_out:
        raise NothingToExport
    return _prepared(desk, ask, made)


def _asked_in(desk: Desk, ask: ExportAsk) -> list[Journey]:
    parts = desk.measures
    file = parts.files.get(Compartment.CARE) if parts is not None else None
    if file is None:
        return []
    return [one for one in file.each(ask.since, ask.until) if one.subject is Subject.REFERRAL]


def _prepared(desk: Desk, ask: ExportAsk, made: "_Made") -> Prepared:
    whole = fhir.bundle(
        made.ids.of("bundle", f"{ask.since}\n{ask.until}"), stamp(desk.clock), made.resources(),
        is_test=desk.is_training,
    )  # fmt: skip
    part = ExportPart(made.rows, len(made.people), tuple(made.consents), dict(made.consents))
    return Prepared(
        ask, _text(_TITLE), _VERSION, Reach.NAMED,
        tuple((name, _text(words)) for name, words in _COLUMNS),
        (ExportFile(".json", fhir.as_json(whole)),),
        {Compartment.CARE: part} if made.rows else {}, made.rows,
        left_out=tuple(LeftOut(why, n) for why, n in sorted(made.left_out.items())),
        fields=tuple(sorted(made.told)),
    )  # fmt: skip


class _Ids:
    """Ids as FHIR wants them: drawn, and the same in each export under one agreement."""

    def __init__(self, desk: Desk, series: str) -> None:
        self._drawn = DrawnIds(desk, desk.care_file, series)

    def of(self, what: str, ident: str) -> str:
        digest = sha256(self._drawn.drawn(what, ident).encode()).digest()
        return str(UUID(bytes=digest[:16], version=5))


@dataclass(slots=True)
class _Known:
    """An intake whose consent lets something go."""

    held: Held
    answers: "Answers" = field(repr=False)
    facts: dict[str, str]
    is_reachable: bool = True


class _Made:
    """What has been made so far."""

    def __init__(self, desk: Desk, party: Party, series: str) -> None:
        self._desk, self._party, self.ids = desk, party, _Ids(desk, series)
        self._scope, self._language = scope_of(desk), desk.own_language
        self._codes = {one.id: one for one in desk.library.codes(_SERVICE)}
        self._asked: dict[RecordId, _Known | None] = {}
        self._found: dict[str, fhir.Resource] = {}
        self.consents: dict[RecordId, RecordId] = {}
        self.people: set[str] = set()
        self.told: set[str] = set()
        self.left_out = Counter[str]()
        self.rows = 0
        self._sender = self._own()

    def resources(self) -> list[fhir.Resource]:
        """All that is in the bundle, each once."""
        return list(self._found.values()) if self.rows else []

    def add(self, journey: Journey) -> None:
        """Add a referral, where a consent covers it."""
        file = self._desk.care_file
        if journey.intake not in file.lines([journey.intake]):
            self.left_out[KEPT_APART] += 1
            return
        record = file.record(journey.record)
        if record is None or record.is_deleted:
            return
        referral = referral_of(record, file.about(record.id, STEP))
        if referral.is_card or referral.standing.status in _NOT_ASKED:
            return
        known = self._known(journey.intake)
        if known is None or not self._covers(known.held, _SERVICE):
            self.left_out[NO_CONSENT] += 1
            return
        self._put(known, referral, journey)

    # --- who is in it -----------------------------------------------------------------------

    def _known(self, intake: RecordId) -> _Known | None:
        if intake not in self._asked:
            self._asked[intake] = self._look(intake)
        return self._asked[intake]

    def _look(self, intake: RecordId) -> _Known | None:
        desk, file = self._desk, self._desk.care_file
        record = file.record(intake)
        stop = contact_stop(file, intake)
        if record is None or record.is_deleted or stop == DECEASED or why_no_paper(file, record):
            return None
        held = standing_consent(held_of(desk, record), self._party)
        if held is None:
            return None
        try:
            guide = guide_of_record(desk, record)
        except FormMissing:
            return None
        answers = answers_of(file, record, guide)
        return _Known(held, answers, dict(guide.form.facts), is_reachable=not stop)

    def _covers(self, held: Held, question: str) -> bool:
        return covers(held, self._scope.get(question, ""), self._party)

    def _said(self, known: _Known, fact: str) -> str:
        """An answer that the consent covers, by the form's [facts] or its own name; or empty."""
        question = known.facts.get(fact, fact)
        said = known.answers.get(question)
        if isinstance(said, list):
            several = cast("list[str]", said)
            said = several[0] if len(several) == 1 else None  # of several nobody guesses one
        if not isinstance(said, str) or not said or not self._covers(known.held, question):
            return ""
        self.told.add(question)
        return said

    # --- resources --------------------------------------------------------------------------

    def _put(self, known: _Known, referral: Referral, journey: Journey) -> None:
        person = self._person(known, journey)
        consent = self._consent(known, person)
        to, owner = self._provider(referral)
        is_told = bool(referral.urgency) and self._covers(known.held, _URGENCY)
        priority = self._fhir("urgency", referral.urgency) if is_told else ""
        code, standing = self._codes.get(referral.service), referral.standing
        words = code.label.said_in(self._language) if code else referral.service
        made = FhirReferral(
            id=self.ids.of("referral", referral.id), task=self.ids.of("task", referral.id),
            person=person, sender=self._sender, status=standing.status,
            service=(referral.service, words, code.more.get("gravity", "") if code else ""),
            asked_on=standing.asked_at or referral.opened, consent=consent,
            changed_at=max((step.at for step in referral.steps), default=""), priority=priority,
            to=to, owner=owner,
        )  # fmt: skip
        self._keep(fhir.service_request(made), fhir.task(made))
        self.told |= {_SERVICE, *([_URGENCY] if is_told else [])}
        self.consents[journey.intake] = known.held.consent.id
        self.people.add(journey.person or journey.intake)
        self.rows += 1

    def _keep(self, *resources: fhir.Resource) -> None:
        for one in resources:
            self._found.setdefault(one["id"], one)

    def _person(self, known: _Known, journey: Journey) -> str:
        """One Patient for each consent: what one covers must not come by another."""
        ident = self.ids.of("person", f"{journey.intake}")
        self._keep(fhir.patient(FhirPerson(
            ident, self._said(known, "last_name"), self._said(known, "first_name"),
            self._said(known, "preferred_name"), self._said(known, "born"),
            self._fhir("gender", self._said(known, "gender")),
            self._said(known, "phone") if known.is_reachable else "",
            self._said(known, "language"),
        )))  # fmt: skip
        return ident

    def _consent(self, known: _Known, person: str) -> str:
        consent = known.held.consent
        ident = self.ids.of("consent", consent.id)
        self._keep(fhir.consent(FhirConsent(
            ident, person, self._sender, consent.recipient.name, consent.signed_on,
            known.held.until, tuple(self._information(consent.information)), consent.purpose,
        )))  # fmt: skip
        return ident

    def _information(self, groups: frozenset[str] | None) -> Iterator[str]:
        if groups is None:
            yield Words(self._language).text("All that care needs")
        yield from sorted(groups or ())

    def _provider(self, referral: Referral) -> tuple[str, str]:
        """Ids of the service and its organization; empty where the directory knows neither."""
        try:
            entry = service_entry(self._desk.station, referral.provider or RecordId("-"))
        except RecordMissing:
            return "", self._named(referral.provider_name)
        found = Provider(entry.id, entry.values)
        phones = tuple((one.number, one.kind) for one in found.phones)
        owner = self.ids.of("organization", found.text("organization_id") or entry.id)
        name = found.text("organization") or found.text("name")
        self._keep(fhir.organization(FhirOrganization(owner, name, phones)))
        ident = self.ids.of("service", entry.id)
        types = tuple((code, self._label(code)) for code in found.texts("types"))
        self._keep(fhir.healthcare_service(
            FhirService(ident, found.text("name"), owner, types, phones)
        ))  # fmt: skip
        return ident, owner

    def _named(self, name: str) -> str:
        if not name:
            return ""
        ident = self.ids.of("organization", name)
        self._keep(fhir.organization(FhirOrganization(ident, name)))
        return ident

    def _fhir(self, table: str, code: str) -> str:
        """The code of FHIR that a code table gives beside one of its own, or empty."""
        known = (one for one in self._desk.library.codes(table) if one.id == code)
        return next((one.more.get("fhir", "") for one in known), "")

    def _label(self, code: str) -> str:
        known = self._codes.get(code)
        return known.label.said_in(self._language) if known else code

    def _own(self) -> str:
        """Who asks: by the name that does not tell of police, where the department has one."""
        agency = self._desk.agency
        ident = self.ids.of("organization", "own")
        name = agency.neutral_name or agency.name
        phone = agency.neutral_phone or agency.phone
        phones = ((phone, "voice"),) if phone else ()
        self._keep(fhir.organization(FhirOrganization(ident, name, phones)))
        return ident

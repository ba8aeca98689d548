"""What a file of FHIR is told of people, consents, services and referrals; ids are drawn for it."""

from dataclasses import dataclass, field

from intake_app.domain.referral import Status


@dataclass(frozen=True, slots=True)
class FhirOrganization:
    """Who asks, or who serves.

    Attributes:
        id: Drawn for this export.
        name: As it calls itself.
        phones: Numbers with their kind ("voice", "fax").
    """

    id: str
    name: str
    phones: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FhirService:
    """A service of a provider.

    Attributes:
        id: Drawn for this export.
        name: Its name.
        organization: Whose: id.
        types: Codes of services with their words.
        phones: Numbers with their kind.
    """

    id: str
    name: str
    organization: str
    types: tuple[tuple[str, str], ...] = ()
    phones: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FhirPerson:
    """Somebody, with what their consent lets go; the rest is empty.

    Attributes:
        id: Drawn for this export.
        family: Last name.
        given: First name.
        called: What they want to be called.
        born: YYYY-MM-DD.
        gender: Administrative gender (administrative-gender), or empty.
        phone: Safe number.
        language: ISO 639.
    """

    id: str
    family: str = field(default="", repr=False)
    given: str = field(default="", repr=False)
    called: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    gender: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class FhirConsent:
    """The consent under which it leaves.

    Attributes:
        id: Drawn for this export.
        person: Whose: id.
        discloser: Organization who may disclose: id.
        recipient: Who may receive, as the consent names them.
        signed_on: YYYY-MM-DD.
        until: Last day, or empty.
        information: What may be told, in words.
        purpose: What for: code of the consent's form.
    """

    id: str
    person: str
    discloser: str
    recipient: str
    signed_on: str
    until: str = ""
    information: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class FhirReferral:
    """A referral.

    Attributes:
        id: Drawn for this export; that of its task is made of it.
        task: Id of its task.
        person: Whose: id.
        sender: Organization who asks: id.
        service: Code of the service, its words, and its Gravity category or empty.
        status: Where it stands.
        asked_on: When it was asked: moment with offset, or day.
        changed_at: When it was changed last, or empty.
        priority: How soon (request-priority), or empty.
        reason: Why it stands so, in words, or empty.
        to: Service of the provider: id, or empty.
        owner: Organization of the provider: id, or empty.
        consent: Under which it leaves: id.
    """

    id: str
    task: str
    person: str
    sender: str
    service: tuple[str, str, str]
    status: Status
    asked_on: str
    consent: str
    changed_at: str = ""
    priority: str = ""
    reason: str = ""
    to: str = ""
    owner: str = ""

"""Referrals as resources of FHIR R4 (HL7 FHIR 4.0.1), as dictionaries that become JSON.

They are shaped after the profiles of Gravity's SDOH Clinical Care guide (STU 3), and say so in a
tag; none claims to conform, so `meta.profile` is not written. Ids are drawn for each export and
lead back to nobody. What the law attaches to a disclosure (42 CFR 2.32) stands as security labels
on each resource that tells of somebody.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from intake_app.domain.fhir_facts import (
    FhirConsent,
    FhirOrganization,
    FhirPerson,
    FhirReferral,
    FhirService,
)
from intake_app.domain.referral import Status

Resource = dict[str, Any]

_GRAVITY: Final = "http://hl7.org/fhir/us/sdoh-clinicalcare"
_GRAVITY_CODES: Final = f"{_GRAVITY}/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
_US_CORE_CATEGORY: Final = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category"
_TERMS: Final = "http://terminology.hl7.org/CodeSystem"
_URI: Final = "urn:ietf:rfc:3986"
_PART_2: Final = "https://www.ecfr.gov/current/title-42/chapter-I/subchapter-A/part-2"
_NOT_CLAIMED: Final = "Shaped after this profile; conformance is not claimed and was not validated"
_DAY: Final = len("2026-11-26")
SERVICES: Final = "urn:intake-app:codes:services"
"""Our own codes of services, as a system of codes."""

LABELS: Final = (
    {"system": f"{_TERMS}/v3-Confidentiality", "code": "R", "display": "restricted"},
    {"system": f"{_TERMS}/v3-ActCode", "code": "42CFRPart2", "display": "42 CFR Part2"},
    {"system": f"{_TERMS}/v3-ActCode", "code": "NORDSCLCD",
     "display": "no redisclosure without consent directive"},
)  # fmt: skip
"""Security labels: what it is, and that it may not be passed on."""

_TEST: Final = {
    "system": f"{_TERMS}/v3-ActReason", "code": "HTEST", "display": "test health data",
}  # fmt: skip

REQUEST_STATUS: Final[Mapping[Status, str]] = {
    Status.DRAFT: "draft",
    Status.REQUESTED: "active",
    Status.ACCEPTED: "active",
    Status.REJECTED: "revoked",
    Status.ON_HOLD: "on-hold",
    Status.IN_PROGRESS: "active",
    Status.COMPLETED: "completed",
    Status.CANCELLED: "revoked",
    Status.FAILED: "revoked",
    Status.ENTERED_IN_ERROR: "entered-in-error",
}
"""Where a request stands (request-status); the status of a Task is that of a referral itself."""

GENDERS: Final = frozenset({"female", "male", "other", "unknown"})
"""administrative-gender; what else a list of codes says beside its own is not told."""

PRIORITIES: Final = frozenset({"routine", "urgent", "asap", "stat"})
"""request-priority; the same."""

_PURPOSE: Final[Mapping[str, Resource]] = {
    "at_request": {"system": f"{_TERMS}/v3-ActReason", "code": "PATRQT",
                   "display": "patient requested"},
    "referral": {"system": f"{_TERMS}/v3-ActReason", "code": "COC",
                 "display": "coordination of care"},
    "care": {"system": f"{_TERMS}/v3-ActReason", "code": "COC",
             "display": "coordination of care"},
}  # fmt: skip
"""What our consents are for, as purposes of use."""


def place(ident: str) -> str:
    """How a resource of the bundle is named in it."""
    return f"urn:uuid:{ident}"


def reference(ident: str) -> Resource:
    """A reference to a resource of the same bundle."""
    return {"reference": place(ident)}


def moment(text: str) -> str:
    """A day, or a moment to the second with its offset, as FHIR writes them; empty: neither."""
    if len(text) <= _DAY:
        return text
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if read.tzinfo is None:
        return text[:_DAY]  # without an offset FHIR allows no time
    return read.replace(microsecond=0).isoformat()


def patient(one: FhirPerson) -> Resource:
    """Patient (after US Core)."""
    names: list[Resource] = []
    if one.family or one.given:
        given = [one.given] if one.given else []
        names.append(_bare({"use": "official", "family": one.family, "given": given}))
    if one.called:
        names.append({"use": "usual", "text": one.called})
    made = _resource("Patient", one.id, "us-core-patient", identifier=[_identifier(one.id)])
    made |= _bare({
        "name": names,
        "telecom": [_phone(one.phone, "voice")] if one.phone else [],
        "gender": one.gender if one.gender in GENDERS else "",
        "birthDate": one.born,
    })  # fmt: skip
    if one.language:
        spoken = {"coding": [{"system": "urn:ietf:bcp:47", "code": one.language}]}
        made["communication"] = [{"language": spoken}]
    return made


def organization(one: FhirOrganization) -> Resource:
    """Organization."""
    made = _resource("Organization", one.id, "us-core-organization", is_of_somebody=False)
    phones = [_phone(number, kind) for number, kind in one.phones]
    return made | _bare({"active": True, "name": one.name, "telecom": phones})


def healthcare_service(one: FhirService) -> Resource:
    """HealthcareService (after Gravity's)."""
    made = _resource("HealthcareService", one.id, "SDOHCC-HealthcareService", is_of_somebody=False)
    return made | _bare({
        "active": True,
        "providedBy": reference(one.organization),
        "type": [_coded(SERVICES, code, said) for code, said in one.types],
        "name": one.name,
        "telecom": [_phone(number, kind) for number, kind in one.phones],
    })  # fmt: skip


def consent(one: FhirConsent) -> Resource:
    """Consent (after Gravity's): what may be told, to whom, until when."""
    provision = _bare({
        "type": "permit",
        "period": _bare({"start": one.signed_on, "end": one.until}),
        "actor": [{
            "role": _coded(f"{_TERMS}/v3-ParticipationType", "IRCP", "information recipient"),
            "reference": {"display": one.recipient},
        }],
        "action": [_coded(f"{_TERMS}/consentaction", "disclose", "Disclose")],
        "purpose": [_PURPOSE[one.purpose]] if one.purpose in _PURPOSE else [],
        "code": [{"text": said} for said in one.information],
    })  # fmt: skip
    made = _resource("Consent", one.id, "SDOHCC-Consent")
    return made | {
        "status": "active",
        "scope": _coded(f"{_TERMS}/consentscope", "patient-privacy", "Privacy Consent"),
        "category": [_coded(f"{_TERMS}/v3-ActCode", "IDSCL", "information disclosure")],
        "patient": reference(one.person),
        "dateTime": one.signed_on,
        "performer": [reference(one.person)],
        "organization": [reference(one.discloser)],
        "policy": [{"authority": "https://www.hhs.gov", "uri": _PART_2}],
        "provision": provision,
    }


def service_request(one: FhirReferral) -> Resource:
    """ServiceRequest (after Gravity's)."""
    code, said, category = one.service
    categories = [_coded(_US_CORE_CATEGORY, "sdoh", "SDOH")] if category else []
    if category:
        categories.append(_coded(_GRAVITY_CODES, category, category.replace("-", " ").title()))
    made = _resource("ServiceRequest", one.id, "SDOHCC-ServiceRequest")
    return made | _bare({
        "identifier": [_identifier(one.id)],
        "status": REQUEST_STATUS[one.status],
        "intent": "order",
        "category": categories,
        "priority": one.priority if one.priority in PRIORITIES else "",
        "code": _coded(SERVICES, code, said),
        "subject": reference(one.person),
        "authoredOn": moment(one.asked_on),
        "requester": reference(one.sender),
        "performer": [reference(ident) for ident in (one.owner, one.to) if ident],
        "supportingInfo": [reference(one.consent)],
    })  # fmt: skip


def task(one: FhirReferral) -> Resource:
    """Task (after Gravity's for referral management): how far the referral has come."""
    made = _resource("Task", one.task, "SDOHCC-TaskForReferralManagement")
    return made | _bare({
        "identifier": [_identifier(one.task)],
        "status": str(one.status),
        "statusReason": {"text": one.reason} if one.reason else {},
        "intent": "order",
        "priority": one.priority if one.priority in PRIORITIES else "",
        "code": _coded("http://hl7.org/fhir/CodeSystem/task-code", "fulfill",
                       "Fulfill the focal request"),
        "focus": reference(one.id),
        "for": reference(one.person),
        "authoredOn": moment(one.asked_on),
        "lastModified": moment(one.changed_at),
        "requester": reference(one.sender),
        "owner": reference(one.owner) if one.owner else {},
    })  # fmt: skip


def bundle(
    ident: str, made_at: str, resources: Sequence[Resource], *, is_test: bool = False
) -> Resource:
    """A collection of resources.

    Args:
        ident: Drawn for this export.
        made_at: Moment with offset.
        resources: What is in it; each refers to others of them alone.
        is_test: Nobody in it is real.
    """
    tags = [_TEST] if is_test else []
    return {
        "resourceType": "Bundle",
        "id": ident,
        "meta": _bare({"security": list(LABELS), "tag": tags}),
        "identifier": _identifier(ident),
        "type": "collection",
        "timestamp": moment(made_at),
        "entry": [{"fullUrl": place(one["id"]), "resource": one} for one in resources],
    }


def as_json(resource: Resource) -> bytes:
    """A resource as a file: UTF-8 without a mark (RFC 8259), the same bytes each time."""
    return (json.dumps(resource, ensure_ascii=False, indent=1) + "\n").encode()


# --- pieces ---------------------------------------------------------------------------------


def _resource(
    kind: str, ident: str, profile: str, *, is_of_somebody: bool = True, **more: object
) -> Resource:
    tag = {"system": _GRAVITY, "code": profile, "display": _NOT_CLAIMED}
    security = list(LABELS) if is_of_somebody else []
    return {
        "resourceType": kind,
        "id": ident,
        "meta": _bare({"security": security, "tag": [tag]}),
        **more,
    }


def _identifier(ident: str) -> Resource:
    return {"system": _URI, "value": place(ident)}


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _phone(number: str, kind: str) -> Resource:
    return {"system": "fax" if kind == "fax" else "phone", "value": number}


def _bare(said: Mapping[str, Any]) -> Resource:
    """Without what is empty: FHIR has no empty values."""
    return {name: value for name, value in said.items() if value not in ("", [], {}, None)}

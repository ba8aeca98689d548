"""A FHIR R4 bundle of referrals: consent decides who is in it, R4 what each resource is."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fhirclient.models.bundle import Bundle
from fhirclient.models.fhirabstractbase import FHIRValidationError
from walk_ins import CONSENT, care_of, taken

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.export_errors import AgreementNeeded, ChangedSince, ReasonNeeded
from intake_app.domain.ids import RecordId
from intake_app.domain.referral import SaidBy, Status
from intake_app.domain.roles import Compartment
from intake_app.services.consents.consents import read_consents
from intake_app.services.consents.disclosed import disclosures_about
from intake_app.services.desk import Desk
from intake_app.services.exports import ask as export_ask
from intake_app.services.exports.agreements import enter_agreement
from intake_app.services.exports.ask import ExportAsk, Prepared, prepared_at_once
from intake_app.services.exports.exporting import exports_of, prepare_export, save_export
from intake_app.services.exports.fhir import KIND
from intake_app.services.people.persons import set_flag
from intake_app.services.providers.edits import add_provider
from intake_app.services.referrals.referrals import NewReferral, NewStep, make_referral, note_step
from intake_app.services.sharing.revoking import Revoking, revoke

NORTH = "New River Recovery Center"
WIDE = {
    **CONSENT,
    "consent_information": ["name_contact", "wants", "needs"],
    "date_of_birth": "1988-03-09",
    "own_words": "I am afraid of my brother",
}
STATUSES = {
    "ServiceRequest": {
        "draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown",
    },
    "Task": {
        "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled",
        "in-progress", "on-hold", "failed", "completed", "entered-in-error",
    },
    "Consent": {"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"},
}  # fmt: skip
NEEDED = {
    "Patient": set[str](),
    "Organization": {"name"},
    "HealthcareService": {"name", "providedBy"},
    "ServiceRequest": {"status", "intent", "subject", "code", "authoredOn"},
    "Task": {"status", "intent", "focus", "for", "code", "authoredOn"},
    "Consent": {"status", "scope", "category", "patient", "policy", "provision"},
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z))?")


@pytest.fixture
def agreement(coordinator: Desk) -> str:
    return enter_agreement(coordinator, NORTH, "MOU 2026-3", "2026-01-01")


@pytest.fixture
def provider(coordinator: Desk) -> dict[str, str]:
    fields: dict[str, Any] = {
        "organization": NORTH, "name": "Detox unit", "types": ["detox"],
        "phones": [{"number": "+13045550177", "kind": "voice", "note": ""}],
    }  # fmt: skip
    return {"id": add_provider(coordinator, fields), "name": NORTH}


def referred(desk: Desk, provider: dict[str, str], **answers: Value) -> tuple[RecordId, RecordId]:
    """An intake with a referral that was asked for."""
    intake = taken(desk, **{**WIDE, **answers}).record
    referral = make_referral(desk, intake, NewReferral("detox", provider, "fax"))
    note_step(desk, referral, NewStep(Status.REQUESTED, contact="Sam at intake"))
    return intake, referral


def prepared(desk: Desk, agreement: str, reason: str = export_ask.CONSENT) -> Prepared:
    ask = ExportAsk(KIND, "2026-11-01", "2026-11-30", agreement, reason)
    return prepared_at_once(prepare_export(desk, ask))


def bundle_of(found: Prepared) -> dict[str, Any]:
    return json.loads(found.files[0].data)


def by_type(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


# --- structure ------------------------------------------------------------------------------


def faults(bundle: dict[str, Any]) -> list[str]:
    """What is wrong with a bundle, beside what fhirclient's models of R4 refuse."""
    try:
        Bundle(bundle)
    except FHIRValidationError as error:
        return [str(error)]
    known = {entry["fullUrl"] for entry in bundle["entry"]}
    found = [] if len(known) == len(bundle["entry"]) else ["one fullUrl twice"]
    for entry in bundle["entry"]:
        resource = entry["resource"]
        kind = resource["resourceType"]
        if entry["fullUrl"] != f"urn:uuid:{resource['id']}":
            found.append(f"{kind}: fullUrl is not its id")
        found += [f"{kind}: {name} is missing" for name in NEEDED[kind] if name not in resource]
        if resource.get("status") not in STATUSES.get(kind, {None}):
            found.append(f"{kind}: status {resource.get('status')}")
        found += [f"{kind}: {to} is nowhere" for to in references(resource) if to not in known]
        found += [f"{kind}: {name} is empty" for name, value in leaves(resource)
                  if value in ("", [], {}, None)]  # fmt: skip
        found += [f"{kind}: {value} is no moment" for name, value in leaves(resource)
                  if name in {"authoredOn", "lastModified", "dateTime", "start", "end"}
                  and not MOMENT.fullmatch(str(value))]  # fmt: skip
    return found


def references(value: object) -> Iterator[str]:
    for name, leaf in leaves(value):
        if name == "reference" and isinstance(leaf, str):
            yield leaf


def leaves(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value:
        for key, inner in cast("dict[str, object]", value).items():
            yield from leaves(inner, key)
    elif isinstance(value, list) and value:
        for inner in cast("list[object]", value):
            yield from leaves(inner, name)
    else:
        yield name, value


def test_the_bundle_is_sound(coordinator: Desk, agreement: str, provider: dict[str, str]) -> None:
    _, referral = referred(coordinator, provider)
    referred(coordinator, provider, first_name="Casey")
    note_step(coordinator, referral, NewStep(Status.ON_HOLD, SaidBy.PROVIDER, wait_days=4))
    bundle = bundle_of(prepared(coordinator, agreement))
    assert faults(bundle) == []
    kinds = {e["resource"]["resourceType"] for e in bundle["entry"]}
    assert kinds == set(NEEDED)
    assert sorted(one["status"] for one in by_type(bundle, "Task")) == ["on-hold", "requested"]
    assert sorted(one["status"] for one in by_type(bundle, "ServiceRequest")) == [
        "active", "on-hold",
    ]  # fmt: skip
    assert len(by_type(bundle, "HealthcareService")) == 1


SPOILS: list[Callable[[dict[str, Any]], object]] = [
    lambda b: b["entry"][0]["resource"].update(id="another"),
    lambda b: by_type(b, "Task")[0].update(status="closed"),
    lambda b: by_type(b, "Task")[0].update(status=7),
    lambda b: by_type(b, "ServiceRequest")[0].pop("subject"),
    lambda b: by_type(b, "ServiceRequest")[0].update(authoredOn="last week"),
    lambda b: by_type(b, "Consent")[0].pop("scope"),
    lambda b: by_type(b, "Consent")[0]["patient"].update(reference="urn:uuid:nobody"),
    lambda b: by_type(b, "Patient")[0].update(gender=""),
    lambda b: by_type(b, "Patient")[0].update(birthDate={"day": 9}),
    lambda b: b["entry"].append(b["entry"][0]),
    lambda b: by_type(b, "HealthcareService")[0].update(openWhenever=True),
]


def test_a_spoiled_bundle_is_refused(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    sound = bundle_of(prepared(coordinator, agreement))
    for n, spoil in enumerate(SPOILS):
        bundle = deepcopy(sound)
        spoil(bundle)
        assert faults(bundle), f"spoil {n} was let through"


def test_it_claims_no_conformance_and_says_what_may_not_be_passed_on(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    bundle = bundle_of(prepared(coordinator, agreement))
    for entry in bundle["entry"]:
        meta = entry["resource"]["meta"]
        assert "profile" not in meta
        assert "conformance is not claimed" in meta["tag"][0]["display"]
        is_of_somebody = entry["resource"]["resourceType"] not in {
            "Organization", "HealthcareService",
        }  # fmt: skip
        labels = {one["code"] for one in meta.get("security", ())}
        assert labels == ({"R", "42CFRPart2", "NORDSCLCD"} if is_of_somebody else set())
    assert {one["code"] for one in bundle["meta"]["security"]} >= {"NORDSCLCD"}


# --- who is in it ---------------------------------------------------------------------------


def test_consent_decides_who_is_in_it(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    mine, _ = referred(coordinator, provider)
    other = {"consent_recipient": {"id": "", "name": "Somebody Else, Inc."}}
    referred(coordinator, provider, first_name="Casey", **other)
    referred(coordinator, provider, first_name="Robin", consent_given="no")
    narrow = {"consent_information": ["name_contact"]}
    referred(coordinator, provider, first_name="Sasha", **narrow)
    found = prepared(coordinator, agreement)
    bundle = bundle_of(found)
    assert [one["name"][0]["given"] for one in by_type(bundle, "Patient")] == [["Jordan"]]
    assert len(by_type(bundle, "Task")) == found.rows == found.people == 1
    assert {one.why: one.number for one in found.left_out} == {export_ask.NO_CONSENT: 3}
    assert list(found.parts[Compartment.CARE].consents) == [mine]
    text = found.files[0].data.decode()
    for secret in ("Casey", "Robin", "Sasha", "brother", mine, "u3", "Whitfield, "):
        assert secret not in text


def test_only_what_the_consent_covers_is_told_of_somebody(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider, consent_information=["wants"])
    (patient,) = by_type(bundle_of(prepared(coordinator, agreement)), "Patient")
    assert not {"name", "birthDate", "telecom", "gender"} & patient.keys()
    (task,) = by_type(bundle_of(prepared(coordinator, agreement)), "Task")
    assert "priority" not in task


@pytest.mark.parametrize(
    ("said", "told"), [(["transgender_woman"], "female"), (["man"], "male"), ([], None)]
)
def test_gender_is_told_as_it_was_said(
    coordinator: Desk, agreement: str, provider: dict[str, str], said: list[str], told: str | None
) -> None:
    groups = [code.group for code in coordinator.library.codes("consent_scope")
              if code.id == "gender"]  # fmt: skip
    information = sorted({"name_contact", "wants", *groups})
    referred(coordinator, provider, gender=said, consent_information=information)
    (patient,) = by_type(bundle_of(prepared(coordinator, agreement)), "Patient")
    assert patient.get("gender") == (told if groups else None)


def test_nothing_leaves_by_another_reason_or_without_an_agreement(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    with pytest.raises(ReasonNeeded):
        prepared(coordinator, agreement, "audit")
    with pytest.raises(AgreementNeeded):
        prepared(coordinator, "")


def test_a_consent_that_was_taken_back_meanwhile_stops_it(
    coordinator: Desk, agreement: str, provider: dict[str, str], tmp_path: Path
) -> None:
    intake, _ = referred(coordinator, provider)
    found = prepared(coordinator, agreement)
    (held,) = read_consents(coordinator, intake)
    revoke(coordinator, held.consent.id, Revoking("letter"))
    with pytest.raises(ChangedSince):
        save_export(coordinator, found, tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()
    assert {one.why for one in prepared(coordinator, agreement).left_out} == {export_ask.NO_CONSENT}


def test_who_died_is_not_in_it_and_who_wants_no_contact_has_no_number_in_it(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    reach = {"may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142",
             "safe_hours": "after six"}  # fmt: skip
    intake, _ = referred(coordinator, provider, **reach)
    assert "+13045550142" in prepared(coordinator, agreement).files[0].data.decode()
    set_flag(coordinator, intake, "do_not_contact", on=True, note="Asked by phone")
    found = prepared(coordinator, agreement)
    assert found.rows == 1
    assert "+13045550142" not in found.files[0].data.decode()
    set_flag(coordinator, intake, "deceased", on=True, note="Told by the family")
    found = prepared(coordinator, agreement)
    assert (found.rows, bundle_of(found)["entry"]) == (0, [])


def test_cards_drafts_and_those_entered_in_error_are_no_referrals(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    intake, wrong = referred(coordinator, provider)
    note_step(coordinator, wrong, NewStep(Status.ENTERED_IN_ERROR, note="Was another person"))
    make_referral(coordinator, intake, NewReferral("detox", provider, "card"))
    referred(coordinator, provider, first_name="Casey")
    assert len(by_type(bundle_of(prepared(coordinator, agreement)), "Task")) == 1


def test_it_leaves_like_every_export_and_is_noted_with_each_person(
    coordinator: Desk, agreement: str, provider: dict[str, str], tmp_path: Path
) -> None:
    intake, _ = referred(coordinator, provider)
    assert KIND in {one.id for one in exports_of(coordinator)}
    found = prepared(coordinator, agreement)
    (path,) = save_export(coordinator, found, tmp_path / "out.json")
    assert faults(json.loads(path.read_text("utf-8"))) == []
    (left,) = disclosures_about(care_of(coordinator), [intake])
    (held,) = read_consents(coordinator, intake)
    assert (left.said.recipient, left.said.consent) == (NORTH, held.consent.id)
    assert {"first_name", "last_name", "services"} <= set(left.said.fields)


def test_the_same_referral_has_the_same_id_under_one_agreement_and_another_under_another(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    first, again = (bundle_of(prepared(coordinator, agreement)) for _ in range(2))
    assert first == again
    second = enter_agreement(coordinator, NORTH, "MOU 2027-1", "2026-01-01")
    other = bundle_of(prepared(coordinator, second))
    assert by_type(first, "Task")[0]["id"] != by_type(other, "Task")[0]["id"]


def test_training_says_that_nobody_is_real(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    bundle = bundle_of(prepared(replace(coordinator, is_training=True), agreement))
    assert [one["code"] for one in bundle["meta"]["tag"]] == ["HTEST"]
    assert faults(bundle) == []


def test_the_name_that_tells_of_police_is_not_in_it(
    coordinator: Desk, agreement: str, provider: dict[str, str]
) -> None:
    referred(coordinator, provider)
    text = prepared(coordinator, agreement).files[0].data.decode()
    assert "Pine Hollow Pathways" in text
    assert "Police" not in text
    assert facts.BY not in text

"""Reads a consent out of what was answered: of an intake's own form, or of a form of its own."""

from collections.abc import Mapping
from typing import Any, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.consent import REACHES, Consent, ConsentKind, Party
from intake_app.domain.form import YES
from intake_app.domain.ids import RecordId


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


def _signed(said: Value) -> tuple[str, str]:
    """How a signature was given, and on which day; both empty without one."""
    if not isinstance(said, Mapping):
        return "", ""
    signature = cast("Mapping[str, Any]", said)
    return str(signature.get("how") or ""), str(signature.get("at") or "")[:10]


def _texts(said: Value) -> tuple[str, ...]:
    return tuple(map(str, cast("list[Any]", said))) if isinstance(said, list | tuple) else ()

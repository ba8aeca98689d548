"""All that a folder shows of consents: where each stands, who must be told, and what left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.consent import ConsentKind, Held, State
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import Choice, FormRef
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.consents.consents import FORMS, read_consents, subject_of
from intake_app.services.consents.disclosures import EXCEPTIONS
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import IssuedPaper
from intake_app.services.records.form_versions import guide_for
from intake_app.services.sharing.accounting import Entry, disclosures_of
from intake_app.services.sharing.consent_papers import consent_papers
from intake_app.services.sharing.revoking import HOW, TOLD_HOW, Traces, traces


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent in words.

    Attributes:
        held: Where it stands.
        said: Question and answer, in the language of the window.
        has_event: It ends by an event, which somebody has to note.
    """

    held: Held
    said: tuple[tuple[str, str], ...]
    has_event: bool


@dataclass(frozen=True, slots=True)
class ConsentOverview:
    """All of it.

    Attributes:
        lines: The consents, the newest first.
        kinds: Which can be taken here.
        revoked: What exists under those that were taken back.
        papers: Consents, notices and accountings that were issued.
        entries: What left, the oldest first.
        codes: Code tables that are asked from, by name.
        is_open: Something can be done; false: entered in error.
    """

    lines: tuple[ConsentLine, ...]
    kinds: tuple[ConsentKind, ...]
    revoked: tuple[Traces, ...]
    papers: tuple[IssuedPaper, ...]
    entries: tuple[Entry, ...]
    codes: Mapping[str, Sequence[Choice]]
    is_open: bool


_SAID = (
    "consent_discloser", "consent_information", "consent_purpose", "consent_proceeding",
    "consent_revocable", "consent_expires_how", "consent_expires_on", "tpo_expires",
    "consent_signature", "tpo_signature",
)  # fmt: skip


def consent_overview(desk: Desk, subject: RecordId, language: str) -> ConsentOverview:
    """All that the tab shows, in the language of the window.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
    """
    desk.require(May.KEEP_CONSENT)
    record = subject_of(desk, subject)
    held = read_consents(desk, subject)
    revoked = [one for one in held if one.state is State.REVOKED]
    return ConsentOverview(
        lines=tuple(_line(desk, record, one, language) for one in held),
        kinds=tuple(_kinds(desk, record)),
        revoked=tuple(traces(desk, one.consent.id) for one in revoked),
        papers=tuple(consent_papers(desk, subject)),
        entries=disclosures_of(desk, subject, language),
        codes={name: desk.library.codes(name) for name in (HOW, TOLD_HOW, EXCEPTIONS)},
        is_open=not record.is_deleted,
    )


def _kinds(desk: Desk, record: Record) -> list[ConsentKind]:
    guide = _guide(desk, record.values[facts.FORM])
    asked = {section.fact for section in guide.form.sections} if guide else set[str]()
    return [kind for kind in ConsentKind if kind in asked or kind in FORMS]


def _line(desk: Desk, record: Record, held: Held, language: str) -> ConsentLine:
    kept = desk.care_file.record(held.consent.id)
    values = kept.values if kept else {}
    guide = _guide(desk, values.get(facts.FORM) or record.values[facts.FORM])
    said: list[tuple[str, str]] = []
    for name in _SAID if guide else ():
        question = guide.form.field(name) if guide else None
        if guide and question and values.get(name) is not None:
            label = question.label.said_in(language)
            said.append((label, guide.shown(name, _without_name(values[name]), language)))
    return ConsentLine(held, tuple(said), has_event=held.stands)


def _guide(desk: Desk, ref: Mapping[str, str]) -> Guide | None:
    try:
        return guide_for(desk, FormRef(**ref))
    except FormMissing:
        return None


def _without_name(value: Value) -> Value:
    """How it was signed; who signed is a name, and names stay covered on a page."""
    if not isinstance(value, Mapping):
        return value
    return {**cast("Mapping[str, Value]", value), "name": ""}

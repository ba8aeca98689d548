"""What goes into a sealed file, worked out in one place: for the panel before, and for the file.

From care: the answers that one consent covers, papers that were issued under it, and its copy. From
a held charge: the packet; of treatment one word, and only under a consent to report back that names
this very office. Nothing of one side goes into a file of the other.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.consent import ConsentKind, Held, Party, covers
from intake_app.domain.deidentified import CODED
from intake_app.domain.disclosure import SIDE_OF, Recipient, RecipientKind
from intake_app.domain.entry import show_date
from intake_app.domain.form import Answers, FormRef
from intake_app.domain.paper import BlockType, Sheet
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.citing.packets import make_packet, packet_facts
from intake_app.services.consents.consents import answers_under, consent_record, held_of, subject_of
from intake_app.services.consents.disclosures import leaving_covered, scope_of
from intake_app.services.consents.report_back import may_tell_treatment
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, composed
from intake_app.services.drawing.leaving import NOTHING_LEAVES, Leaving
from intake_app.services.drawing.making import Basis, Marks, basis_in, draw
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import IssuedPaper, issued_in
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_for
from intake_app.services.sharing.consent_papers import PAPER_OF
from intake_app.words import Words

COVER: Final = "disclosure_cover"
"""Id of the first sheet inside."""

LIMITS, OPEN_WITHIN = "disclosure_limits", "open_within"
TREATMENT_WORDS: Final = ("word_compliant", "word_completed")
"""What the status word of treatment tells, as a consent to report back names it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer, as the file says them."""

    id: str
    question: str
    answer: str = field(repr=False)
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A paper that goes with it."""

    title: str
    number: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WouldLeave:
    """What would leave in a file for somebody outside.

    Attributes:
        recipient: Who would receive it.
        leaving: What a consent covers, for the panel; of a case that tells nothing of treatment it
            discloses nothing.
        said: Each answer that is in it.
        papers: Papers from the archive that are in it.
        under: The consent that allows it, or None: a held charge goes without one.
        expires: The last day (YYYY-MM-DD) on which it may be opened.
        number: Receipt number of the intake or case.
    """

    recipient: Recipient
    leaving: Leaving
    said: tuple[Said, ...]
    papers: tuple[IssuedPaper, ...] = ()
    under: Held | None = None
    expires: str = ""
    number: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The questions whose answers a consent lets go."""
        return tuple(one.field for one in self.leaving.told)

    @property
    def seen(self) -> tuple[tuple[str, str], ...]:
        """What a person was shown, to be compared with what leaves a moment later."""
        papers = tuple(("paper", one.sha256) for one in self.papers)
        return (*((one.id, one.answer) for one in self.said), *papers)


def party_of_recipient(recipient: Recipient) -> Party:
    """A recipient as consents name somebody."""
    return Party(recipient.name, recipient.party, SIDE_OF[recipient.kind])


def from_care(desk: Desk, record: Record, recipient: Recipient, purpose: str = "") -> WouldLeave:
    """What would leave of an intake.

    Raises:
        ContactStopped: The person asked not to be contacted.
    """
    file = desk.care_file
    basis = basis_in(desk, file, record)
    leaving = leaving_covered(desk, record, basis, party_of_recipient(recipient), purpose)
    if not leaving.is_covered:
        return WouldLeave(recipient, leaving, ())
    refuse_stopped(file, record.id)
    (under,) = leaving.consents
    told = replace(leaving, told=tuple(one for one in leaving.told if not one.is_own))
    names = tuple(one.field for one in told.told)
    return WouldLeave(
        recipient, told, tuple(_answers(desk, basis, names)),
        tuple(_papers(desk, record, under, leaving)), under, expires_on(desk, under.until),
        str(record.values.get(facts.NUMBER) or ""),
    )  # fmt: skip


def from_case(desk: Desk, record: Record, recipient: Recipient) -> WouldLeave:
    """What would leave of a held charge.

    Raises:
        EnteredInError, CaseRefused: As for a packet.
    """
    under = _report_back(desk, record, recipient)
    rows = packet_facts(desk, record.id, tells_treatment=under is not None)
    said = tuple(Said("", question, answer) for question, answer in rows)
    leaving = NOTHING_LEAVES
    if under is not None:
        leaving = Leaving(True, recipient=party_of_recipient(recipient), consents=(under,))
    return WouldLeave(
        recipient, leaving, said, (), under, expires_on(desk, under.until if under else ""),
        str(record.values.get(facts.NUMBER) or ""),
    )  # fmt: skip


def words_told(desk: Desk, would: WouldLeave) -> tuple[str, ...]:
    """Of a held charge: what the consent to report back lets go."""
    if would.under is None:
        return ()
    scope, party = scope_of(desk), party_of_recipient(would.recipient)
    return tuple(one for one in TREATMENT_WORDS if covers(would.under, scope.get(one, ""), party))


def expires_on(desk: Desk, until: str) -> str:
    """The last day on which a file made now may be opened: not after its consent ends."""
    days = next(int(c.measure) for c in desk.library.codes(LIMITS) if c.id == OPEN_WITHIN)
    last = (desk.clock.local().date() + timedelta(days=days)).isoformat()
    return min(filter(None, (last, until)))


# --- documents --------------------------------------------------------------------------


def documents_of(
    desk: Desk, record: Record, would: WouldLeave, request: str = ""
) -> list[dict[str, Any]]:
    """All that goes into the file: what it says first, then its papers.

    Of a held charge the packet is made and archived now, as it would be for printing.

    Raises:
        PacketNeedsRequest: The case did not go back, and no request was given.
    """
    enclosed = list(_enclosed(desk, record, would, request))
    copy = _copy_of(desk, would.under)
    shown = [(one.title, one.number) for one in enclosed]
    sheet = _cover(desk, would, copy, shown)
    cover = Enclosed(sheet.title, "", desk.press.print(sheet))
    notice = next((p.text for p in sheet.parts if p.type is BlockType.LEGAL), "")
    first: dict[str, Any] = {
        "type": "content", "v": 1, "language": desk.own_language, "number": would.number,
        "notice": notice, "consent": copy,
        "answers": [
            {"id": one.id, "question": one.question, "answer": one.answer, "codes": list(one.codes)}
            for one in would.said
        ],
    }  # fmt: skip
    return [first, *(paper_document(one) for one in (cover, *enclosed))]


def paper_document(paper: Enclosed) -> dict[str, Any]:
    """A paper as a document of the file."""
    return {"type": "paper", "v": 1, "title": paper.title, "number": paper.number,
            "pdf": base64.b64encode(paper.data).decode()}  # fmt: skip


def purpose_of(desk: Desk, would: WouldLeave) -> str:
    """What for, in words of the consent's form."""
    if would.under is None:
        return ""
    guide, _ = _form_of(desk, would.under)
    code = would.under.consent.purpose
    return guide.shown("consent_purpose", code, desk.own_language) or code


def _enclosed(desk: Desk, record: Record, would: WouldLeave, request: str) -> list[Enclosed]:
    if would.recipient.kind is RecipientKind.PROSECUTOR:
        told = bool(words_told(desk, would))
        papers = [make_packet(desk, record.id, request, tells_treatment=told)]
        file = desk.cases_file
    else:
        papers, file = list(would.papers), desk.care_file
    found = [Enclosed(one.title, one.number, file.blob(one.sha256) or b"") for one in papers]
    return [*found, *_consent_paper(desk, record, would.under)]


def _consent_paper(desk: Desk, record: Record, under: Held | None) -> list[Enclosed]:
    """The copy of the consent as its paper looks; the one for all care has no paper of its own."""
    if under is None or under.consent.kind not in PAPER_OF:
        return []
    desk.require(May.KEEP_CONSENT)
    guide, answers = _form_of(desk, under)
    paper, language = desk.library.paper(PAPER_OF[under.consent.kind]), desk.own_language
    if under.consent.kind is ConsentKind.HAND_OFF:
        answers = {**answers_of(desk.care_file, record, guide), **answers}
    marks = Marks(language, str(record.values.get(facts.NUMBER) or ""))
    data = draw(desk, Basis(guide, answers, language), paper, marks)
    return [Enclosed(paper.title.said_in(language), "", data)]


def _copy_of(desk: Desk, under: Held | None) -> dict[str, Any] | None:
    """What the consent says, question by question."""
    if under is None:
        return None
    guide, answers = _form_of(desk, under)
    language, kind = desk.own_language, under.consent.kind
    said = [
        [asked.label.said_in(language), shown]
        for section in guide.form.sections if section.fact == kind
        for asked in section.fields
        if (shown := guide.shown(asked.id, answers.get(asked.id), language))
    ]  # fmt: skip
    return {"kind": str(kind), "signed_on": under.consent.signed_on, "until": under.until,
            "said": said}  # fmt: skip


def _form_of(desk: Desk, under: Held) -> tuple[Guide, Answers]:
    record = consent_record(desk.care_file, under.consent.id)
    kept = record.values.get(facts.FORM) or subject_of(desk, record.about).values[facts.FORM]
    return guide_for(desk, FormRef(**kept)), answers_under(desk, under.consent.id)


def _cover(
    desk: Desk, would: WouldLeave, copy: Mapping[str, Any] | None,
    enclosed: Sequence[tuple[str, str]],
) -> Sheet:  # fmt: skip
    language = desk.own_language
    words = {
        "sent_to": would.recipient.name,
        "sent_for": purpose_of(desk, would),
        "sent_under": _allowed_by(would.under, language),
        "intake_number": would.number,
        "file_expires": show_date(would.expires, language),
    }
    rows = {
        "told": [(one.question, one.answer) for one in would.said],
        "consent_copy": [tuple(row) for row in copy["said"]] if copy else [],
        "enclosed": list(enclosed),
    }
    return composed(desk, HouseSheet(COVER, language, words, rows))


def _allowed_by(under: Held | None, language: str) -> str:
    if under is None:
        return ""
    day, words = show_date(under.consent.signed_on, language), Words(language)
    return words.text("Consent of the person, signed {day}", day=day)


# --- finding ----------------------------------------------------------------------------


def _report_back(desk: Desk, record: Record, recipient: Recipient) -> Held | None:
    """The consent by which this office may be told how treatment stands, where there is one."""
    if desk.care is None or not may_tell_treatment(desk, record.id):
        return None
    party = party_of_recipient(recipient)
    for held in held_of(desk, record):
        is_theirs = held.consent.recipient.is_same(party)
        if held.consent.kind is ConsentKind.REPORT_BACK and held.stands and is_theirs:
            return held
    return None


def _answers(desk: Desk, basis: Basis, names: Sequence[str]) -> Iterator[Said]:
    """Those of some questions, in the order in which the form asks them."""
    language, wanted = desk.own_language, frozenset(names)
    for asked in basis.guide.form.fields():
        value = basis.answers.get(asked.id)
        if asked.id in wanted and (shown := basis.guide.shown(asked.id, value, language)):
            chosen = cast("list[Any]", value) if isinstance(value, list) else [value]
            codes = tuple(map(str, chosen)) if asked.type in CODED else ()
            yield Said(asked.id, asked.label.said_in(language), shown, codes)


def _papers(desk: Desk, record: Record, under: Held, leaving: Leaving) -> list[IssuedPaper]:
    """What was issued under the consent and tells no more than it covers today; the newest each."""
    covered = {one.field for one in leaving.told if one.consent}
    found = {
        one.paper: one
        for one in issued_in(desk.care_file, record.id)
        if one.consent == under.consent.id and not one.replaced_by and covered >= set(one.fields)
    }
    return list(found.values())

"""Letters of one referral: each to its own provider, under the consent that names that provider.

An intake may have several referrals. Its papers speak of the provider that the intake's answers
name; around a referral they speak of the referral's own, and are offered only under a signed
consent that names it. The letter that the person carries needs none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.consent import ConsentKind, Party
from intake_app.domain.errors import CardIsNoReferral, ConsentMissing, MailNotSafe, PaperMissing
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.paper import Audience, Paper
from intake_app.domain.record import Record
from intake_app.domain.referral import REFERRAL, Referral, Status
from intake_app.domain.roles import May
from intake_app.services.consents.consents import held_of
from intake_app.services.consents.disclosures import leaving
from intake_app.services.desk import Desk
from intake_app.services.drawing.leaving import Leaving, together
from intake_app.services.drawing.making import NOTHING_MORE, Around, basis_in, offered_papers
from intake_app.services.needs.files import Records
from intake_app.services.papers.papers import (
    IssuedPaper,
    issue_papers,
    issued_papers,
    void_and_reissue,
)
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.safe_contact import safe_means
from intake_app.services.records.writing import write
from intake_app.services.referrals.referrals import NewStep, note_step, read_referral

LETTERS: Final = (
    "referral_letter_participant", "referral_letter_provider", "reply_slip", "fax_cover",
)  # fmt: skip
"""Papers that speak of one provider, in the order in which they are offered."""

HANDED, MAILED, FAXED = "handed", "mailed", "faxed"
WAYS: Final = (HANDED, MAILED, FAXED)
"""How letters go."""

_BY_MAIL: Final = "letter"
"""The safe way of contact that lets a letter go to the person."""


@dataclass(frozen=True, slots=True)
class AroundReferral:
    """What a paper of a referral shows instead of the intake's own answers.

    Attributes:
        referral: Its record.
        answers: Provider, appointment and consent of this referral alone.
    """

    referral: str
    answers: Answers
    instrument: str = ""
    stage: tuple[str, ...] = ()

    def words(self, language: str) -> Mapping[str, str]:
        """None beside those of its provider."""
        return {}

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """None."""
        return {}


@dataclass(frozen=True, slots=True)
class Letters:
    """What can go out for a referral.

    Attributes:
        offered: The papers.
        issued: Those that were issued for it already.
        has_consent: A signed consent names its provider.
        is_mail_safe: A letter may be mailed to the person.
    """

    offered: tuple[Paper, ...]
    issued: tuple[IssuedPaper, ...]
    has_consent: bool
    is_mail_safe: bool


def letters_of(desk: Desk, referral: Referral) -> Letters:
    """What can go out for a referral, and what did; a part of acts that asked for the role."""
    file = desk.care_file
    record = intake_in(file, referral.intake)
    around = around_referral(desk, referral)
    found = offered_papers(desk, basis_in(desk, file, record, around))
    issued = issued_papers(desk, referral.intake)
    return Letters(
        offered=tuple(found[ident] for ident in LETTERS if ident in found),
        issued=tuple(one for one in issued if one.referral == referral.id),
        has_consent=covering_consent(desk, referral) is not None,
        is_mail_safe=_BY_MAIL in safe_means(file, referral.intake),
    )


def letters_leaving(desk: Desk, referral: RecordId, paper_ids: Sequence[str]) -> Leaving:
    """What would leave with some letters of a referral, and the consents that cover it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such referral here.
    """
    desk.require(May.MAKE_REFERRAL)
    one = read_referral(desk.care_file, referral)
    around, party = around_referral(desk, one), Party(one.provider_name, one.provider)
    return together(leaving(desk, one.intake, ident, party, around) for ident in paper_ids)


def write_letters(
    desk: Desk, referral: RecordId, paper_ids: Sequence[str], way: str
) -> list[IssuedPaper]:
    """Issue letters of a referral; one that was a draft counts as asked from then on.

    Args:
        desk: Whose.
        referral: Which.
        paper_ids: Among `LETTERS`.
        way: How they go: one of `WAYS`.

    Raises:
        NotAllowed: Not in this person's roles.
        CardIsNoReferral: Only a card was handed over.
        ContactStopped: The person has died, or wants no contact.
        MailNotSafe: It is to be mailed to the person, who did not call that safe.
        ConsentMissing: It discloses, and no signed consent names this provider.
        PaperMissing: It is not offered, or is never sent this way.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    one = read_referral(file, referral)
    intake_in(file, one.intake, to_change=True)
    refuse_stopped(file, one.intake)
    if one.is_card:
        raise CardIsNoReferral
    offered = {paper.id: paper for paper in letters_of(desk, one).offered}
    for ident in paper_ids:
        _check(desk, file, one, offered.get(ident) or desk.library.paper(ident), way)
    if missing := set(paper_ids) - offered.keys():
        raise PaperMissing(min(missing))
    issued = issue_papers(desk, one.intake, paper_ids, around_referral(desk, one))
    _note_consent(desk, one)
    if one.standing.status is Status.DRAFT and issued:
        note_step(desk, referral, NewStep(Status.REQUESTED))
    return issued


def reissue_letter(desk: Desk, issued: IssuedPaper, reason: str) -> IssuedPaper:
    """Void a wrong paper of an intake and issue it anew, around its referral where it has one.

    Raises: see `papers.void_and_reissue`.
    """
    around: Around = NOTHING_MORE
    if issued.referral and desk.care is not None:
        file = desk.care_file
        around = around_referral(desk, read_referral(file, RecordId(issued.referral)))
    return void_and_reissue(desk, issued, reason, around)


def around_referral(desk: Desk, referral: Referral) -> AroundReferral:
    """What papers of a referral are drawn with.

    Without a consent that names its provider they are drawn as if none was given: what discloses
    is then not offered.
    """
    provider = {"id": str(referral.provider), "name": referral.provider_name}
    consent = covering_consent(desk, referral)
    said: Answers = {"consent_given": "no"}
    if consent is not None:
        said = {k: v for k, v in consent.values.items() if not k.startswith("~")}
        said["consent_recipient"] = provider
    own: Answers = {"provider": provider, "referral_urgency": referral.urgency}
    if referral.standing.appointment:
        own["appointment"] = referral.standing.appointment
    return AroundReferral(referral.id, {**said, **own})


def covering_consent(desk: Desk, referral: Referral) -> Record | None:
    """The newest consent that stands and names the provider of a referral."""
    file = desk.care_file
    party = Party(referral.provider_name, referral.provider)
    for held in held_of(desk, intake_in(file, referral.intake)):
        is_hand_off = held.consent.kind is ConsentKind.HAND_OFF and held.stands
        if is_hand_off and held.consent.recipient.is_same(party):
            return file.record(held.consent.id)
    return None


def _note_consent(desk: Desk, one: Referral) -> None:
    """Keep with the referral which consent covered what was sent."""
    file, consent = desk.care_file, covering_consent(desk, one)
    record = file.record(one.id)
    if consent is not None and record and record.values.get("consent") != consent.id:
        change = write(file, desk.person.id, REFERRAL, one.id, {"consent": consent.id})
        file.apply([change], desk.act("note consent of referral", one.id))


def _check(desk: Desk, file: Records, one: Referral, paper: Paper, way: str) -> None:
    if paper.id not in LETTERS or way not in WAYS:
        raise PaperMissing(paper.id)
    if paper.discloses and covering_consent(desk, one) is None:
        raise ConsentMissing
    if way != MAILED:
        return
    if not paper.is_mailed:
        raise PaperMissing(paper.id)
    if paper.audience is Audience.PARTICIPANT and _BY_MAIL not in safe_means(file, one.intake):
        raise MailNotSafe

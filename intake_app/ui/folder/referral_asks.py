"""What can be noted of a referral: the words of each button, its questions, and the step made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from intake_app.domain.form import Answers, Choice, Field, FieldType
from intake_app.domain.referral import Referral, SaidBy, Status, Visit
from intake_app.services.referrals.bed_calls import ANSWERS, BedCall
from intake_app.services.referrals.letters import FAXED, HANDED, MAILED, Letters
from intake_app.services.referrals.overview import Overview
from intake_app.services.referrals.referrals import (
    MODES,
    NOT_COME,
    REASONS,
    REFUSALS,
    SERVICES,
    URGENCY,
    NewReferral,
    NewStep,
)
from intake_app.ui.folder.referral_words import SAID_BY
from intake_app.ui.form.questions import Questions
from intake_app.words import mark

_VISITABLE: Final = frozenset({Status.REQUESTED, Status.ACCEPTED, Status.ON_HOLD})
_WAYS: Final = {
    HANDED: mark("Handed to the person"),
    MAILED: mark("Mailed"),
    FAXED: mark("Faxed by hand"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can happen to a referral.

    Attributes:
        key: Stable name.
        label: The words on its button.
        status: Where the referral stands then.
        asks: What is asked besides when, and a note.
        is_missed: The person did not come; without a new time the referral ends.
    """

    key: str
    label: str
    status: Status
    asks: tuple[str, ...] = ()
    is_missed: bool = False

    def is_offered(self, one: Referral) -> bool:
        """Whether it can be noted now, on anybody's word."""
        if self.is_missed:
            return not one.is_card and one.standing.status in _VISITABLE
        return any(one.may_follow(self.status, word) for word in SaidBy)


ACTS: Final = (
    Act("asked", mark("We asked the provider"), Status.REQUESTED, ("contact",)),
    Act("accepted", mark("Provider said yes"), Status.ACCEPTED,
        ("said_by", "contact", "appointment")),
    Act("waitlist", mark("Wait list"), Status.ON_HOLD, ("said_by", "wait_days")),
    Act("rejected", mark("Provider said no"), Status.REJECTED, ("reason", "said_by", "contact")),
    Act("came", mark("Came to the visit"), Status.IN_PROGRESS, ("said_by", "welcomed")),
    Act("missed", mark("Did not come"), Status.ACCEPTED, ("reason", "said_by", "appointment"),
        is_missed=True),
    Act("completed", mark("Service completed"), Status.COMPLETED, ("said_by",)),
    Act("cancelled", mark("Person took it back"), Status.CANCELLED, ("reason",)),
    Act("failed", mark("Did not come about"), Status.FAILED, ("reason",)),
    Act("error", mark("Entered in error"), Status.ENTERED_IN_ERROR),
)  # fmt: skip


def ask_step(act: Act, found: Overview, q: Questions) -> list[Field]:
    """The questions of an act."""
    text = q.words.text
    table = NOT_COME if act.is_missed else REASONS.get(act.status, "")
    words = [Choice(str(word), q.text(text(said))) for word, said in SAID_BY.items()]
    makers: dict[str, Callable[[], Field]] = {
        "said_by": lambda: q.choice("said_by", text("On whose word?"), words),
        "reason": lambda: q.reason(_open(found, table)),
        "contact": lambda: q.note(text("Whom did you speak with?"), name="contact"),
        "welcomed": lambda: q.note(text("Who welcomed the person there?"), name="contact"),
        "appointment": lambda: q.moment(
            text("New time, if there is one") if act.is_missed else text("First visit"),
            name="appointment",
        ),
        "wait_days": lambda: q.number("wait_days", text("Days to wait, as they said")),
    }
    is_error = act.status is Status.ENTERED_IN_ERROR
    return [*(makers[name]() for name in act.asks), q.moment(), q.note(is_required=is_error)]


def step_said(act: Act, said: Answers) -> NewStep:
    """The step that the answers make."""
    days = cast("dict[str, float] | None", said.get("wait_days"))
    appointment = _text(said, "appointment")
    is_over = act.is_missed and not appointment
    visit = Visit.CAME if act.status is Status.IN_PROGRESS else ""
    return NewStep(
        status=Status.FAILED if is_over else act.status,
        said_by=SaidBy(_text(said, "said_by") or SaidBy.STAFF),
        at=_text(said, "at"),
        reason=_text(said, "reason"),
        note=_text(said, "note"),
        contact=_text(said, "contact"),
        appointment=appointment,
        visit=Visit.MISSED if act.is_missed else visit,
        wait_days=int(days["amount"]) if days else None,
    )


# --- a new one, a call, letters ------------------------------------------------------------


def ask_referral(found: Overview, q: Questions) -> list[Field]:
    """What a new referral is."""
    text = q.words.text
    return [
        _provider(text("Provider"), q),
        q.choice("service", text("What is asked for"), _open(found, SERVICES)),
        q.choice("mode", text("How the referral is made"), _open(found, MODES)),
        q.choice("urgency", text("How soon"), _open(found, URGENCY), is_required=False),
        q.moment(text("First visit, if one is agreed"), name="appointment"),
        q.note(),
    ]


def referral_said(said: Answers, *, is_first: bool) -> NewReferral:
    """The referral that the answers make."""
    return NewReferral(
        service=_text(said, "service"),
        provider=_named(said),
        mode=_text(said, "mode"),
        urgency=_text(said, "urgency"),
        appointment=_text(said, "appointment"),
        note=_text(said, "note"),
        is_first=is_first,
    )


def filled(offer: NewReferral) -> Answers:
    """A referral that the intake tells of, as the answers that would make it."""
    return {
        "provider": dict(offer.provider), "service": offer.service, "mode": offer.mode,
        "urgency": offer.urgency or None, "appointment": offer.appointment or None,
    }  # fmt: skip


def ask_call(found: Overview, q: Questions) -> list[Field]:
    """What a call to find a bed was."""
    text = q.words.text
    return [
        _provider(text("Provider called"), q),
        q.note(text("Whom did you speak with?"), name="spoke_to"),
        q.choice("answer", text("What did they say?"), _open(found, ANSWERS)),
        Field("bed", FieldType.YES_NO, q.text(text("Is there a bed?"))),
        q.choice("reason", text("Reason, if no"), _open(found, REFUSALS), is_required=False),
        q.moment(),
        q.note(),
    ]


def call_said(said: Answers) -> BedCall:
    """The call that the answers make."""
    return BedCall(
        provider=_named(said),
        at=_text(said, "at"),
        spoke_to=_text(said, "spoke_to"),
        answer=_text(said, "answer"),
        bed=_text(said, "bed"),
        reason=_text(said, "reason"),
        note=_text(said, "note"),
    )


def ask_letters(letters: Letters, q: Questions) -> list[Field]:
    """Which papers, and how they go."""
    papers = tuple(Choice(paper.id, paper.title) for paper in letters.offered)
    ways = [Choice(way, q.text(q.words.text(said))) for way, said in _WAYS.items()]
    which = q.text(q.words.text("Which papers"))
    return [
        Field("papers", FieldType.CHOICES, which, is_required=True, choices=papers),
        q.choice("way", q.words.text("How they go"), ways),
    ]


def _provider(label: str, q: Questions) -> Field:
    return Field("provider", FieldType.PROVIDER, q.text(label), is_required=True)


def _open(found: Overview, table: str) -> Sequence[Choice]:
    return [choice for choice in found.tables.get(table, ()) if not choice.is_retired]


def _named(said: Answers) -> dict[str, str]:
    named = cast("dict[str, str]", said.get("provider") or {})
    return {"id": str(named.get("id") or ""), "name": str(named.get("name") or "")}


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")

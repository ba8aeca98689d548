"""What can be done with a case: each act with its words, its questions and its service."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import CHARGES, CLOSINGS
from intake_app.domain.form import Answers, Choice, Field
from intake_app.domain.ids import RecordId
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.case.labels import ACT
from intake_app.services.citing.cases import CaseView
from intake_app.services.desk import Desk
from intake_app.ui.form.questions import Questions
from intake_app.words import Words, mark

Do: TypeAlias = Callable[[Desk, RecordId, Answers], object]
Ask: TypeAlias = Callable[[CaseView, Questions], list[Field]]


def _always(_case: CaseView) -> bool:
    return True


def _why_not(kind: CaseActKind) -> Callable[[CaseView], Refusal | None]:
    return lambda case: case.not_allowed.get(kind)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done.

    Attributes:
        label: The words on its button.
        why_not: Why it may not be done now; empty: it may; None: the role does not include it.
        ask: What is asked before.
        do: The service that does it.
        is_shown: Whether its button stands there at all.
        done: What is said once it is saved; empty: only that it is.
    """

    label: str
    why_not: Callable[[CaseView], Refusal | None]
    ask: Ask
    do: Do
    is_shown: Callable[[CaseView], bool] = field(default=_always)
    done: str = ""


def _at_and_note(_case: CaseView, q: Questions) -> list[Field]:
    return [q.moment(), q.note()]


def _note(_case: CaseView, q: Questions) -> list[Field]:
    return [q.note()]


def _needed_note(_case: CaseView, q: Questions) -> list[Field]:
    return [q.note(is_required=True)]


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")


def _why(answers: Answers) -> Why:
    return Why(_text(answers, "reason"), _text(answers, "note"))


def _simple(act: Callable[[Desk, RecordId, str, str], object]) -> Do:
    """An act with a moment and a note."""
    return lambda desk, case, said: act(desk, case, _text(said, "at"), _text(said, "note"))


def _plain(act: Callable[[Desk, RecordId, str], object]) -> Do:
    """An act with a note alone."""
    return lambda desk, case, said: act(desk, case, _text(said, "note"))


# --- more than a note -------------------------------------------------------------------


def _ask_new_report_by(_case: CaseView, q: Questions) -> list[Field]:
    return [q.moment(q.words.text("New report-by"), is_required=True, name="by"), q.note()]


def _ask_extension(case: CaseView, q: Questions) -> list[Field]:
    return [q.reason(case.reasons[CaseActKind.EXTENDED]), q.note()]


def _ask_stop(case: CaseView, q: Questions) -> list[Field]:
    return [q.reason(case.reasons[CaseActKind.TOLL_STARTED]), q.moment(), q.note()]


def _ask_limitation(_case: CaseView, q: Questions) -> list[Field]:
    return [q.day(q.words.text("Day named by the prosecutor's office"), is_required=True)]


def _ask_closing(case: CaseView, q: Questions) -> list[Field]:
    offered = [one for one in case.outcomes if _may(case, one.id)]
    outcome = q.choice("outcome", q.words.text("How it ended"), offered)
    reasons = case.reasons[CaseActKind.NOT_COMPLETED]
    why = q.words.text("Reason, where it was not completed or is given back")
    return [outcome, q.choice("reason", why, reasons, is_required=False), q.moment(), q.note()]


def _ask_charge(case: CaseView, q: Questions) -> list[Field]:
    offered = [one for one in case.charge_actions if _may(case, one.id)]
    label = q.words.text("What became of the charge")
    return [q.choice("outcome", label, offered), q.moment(), q.note()]


def _ask_settling(case: CaseView, q: Questions) -> list[Field]:
    choices = [
        Choice(act.id, q.text(q.words.text(ACT[act.kind])))
        for act in case.acts if act.id in case.status.conflicting
    ]  # fmt: skip
    return [q.choice("outcome", q.words.text("Which one holds"), choices), q.note(is_required=True)]


def _may(case: CaseView, code: str) -> bool:
    known = {str(kind): why for kind, why in case.not_allowed.items()}
    return known.get(code) == Refusal.ALLOWED


def _first_of(kinds: frozenset[CaseActKind]) -> Callable[[CaseView], Refusal | None]:
    """Allowed where one of some acts is; otherwise the reason of one of them."""

    def why_not(case: CaseView) -> Refusal | None:
        found = [case.not_allowed[kind] for kind in sorted(kinds) if kind in case.not_allowed]
        return min(found, default=None)  # an empty one, which allows, comes first

    return why_not


_LETTER: Final = mark("Saved. Press “New paper…” for the letter that tells of it.")


def _is_stopped(case: CaseView) -> bool:
    return case.status.is_tolled


def _may_contact(case: CaseView) -> bool:
    return not case.status.letters_stopped


ACTIONS: Final[Mapping[str, Action]] = {
    "reported": Action(
        mark("Did report"), _why_not(CaseActKind.REPORTED), _at_and_note,
        _simple(acts.note_reported),
    ),
    "no_show": Action(
        mark("Did not report"), _why_not(CaseActKind.NO_SHOW), _at_and_note,
        _simple(acts.note_no_show),
    ),
    "reschedule": Action(
        mark("New report-by"), _why_not(CaseActKind.RESCHEDULED), _ask_new_report_by,
        lambda desk, case, said: acts.reschedule(desk, case, _text(said, "by"), _why(said)),
    ),
    "assessed": Action(
        mark("Was assessed"), _why_not(CaseActKind.ASSESSED), _at_and_note,
        _simple(acts.note_assessed),
    ),
    "plan": Action(
        mark("Plan agreed"), _why_not(CaseActKind.PLAN_AGREED), _at_and_note,
        _simple(acts.agree_plan),
    ),
    "extend": Action(
        mark("Extend"), _why_not(CaseActKind.EXTENDED), _ask_extension,
        lambda desk, case, said: acts.extend_case(desk, case, _why(said)), done=_LETTER,
    ),
    "stop": Action(
        mark("Stop the clock"), _why_not(CaseActKind.TOLL_STARTED), _ask_stop,
        lambda desk, case, said: acts.toll_case(desk, case, _why(said), _text(said, "at")),
        lambda case: not _is_stopped(case),
    ),
    "start": Action(
        mark("Start the clock"), _why_not(CaseActKind.TOLL_ENDED),
        lambda _case, q: [q.moment()],
        lambda desk, case, said: acts.end_tolling(desk, case, _text(said, "at")),
        _is_stopped,
    ),
    "limitation": Action(
        mark("Limitation date"), _why_not(CaseActKind.LIMITATION_SET), _ask_limitation,
        lambda desk, case, said: acts.set_limitation(desk, case, _text(said, "day")),
    ),
    "silence": Action(
        mark("Do not contact"), _why_not(CaseActKind.DO_NOT_CONTACT), _note,
        _plain(acts.note_do_not_contact), _may_contact,
    ),
    "resume": Action(
        mark("Contact is allowed again"), _why_not(CaseActKind.CONTACT_RESUMED), _needed_note,
        _plain(acts.resume_contact), lambda case: not _may_contact(case),
    ),
    "close": Action(
        mark("Close case"), _first_of(CLOSINGS - {CaseActKind.ENTERED_IN_ERROR}), _ask_closing,
        lambda desk, case, said: acts.close_case(
            desk, case, _text(said, "outcome"), _why(said), _text(said, "at")
        ),
        lambda case: case.status.is_open, _LETTER,
    ),
    "charge": Action(
        mark("What became of the charge"), _first_of(CHARGES), _ask_charge,
        lambda desk, case, said: acts.charge_action(
            desk, case, _text(said, "outcome"), _text(said, "at"), _text(said, "note")
        ),
        lambda case: not case.status.is_open,
    ),
    "reopen": Action(
        mark("Reopen"), _why_not(CaseActKind.REOPENED), _needed_note, _plain(acts.reopen_case),
        lambda case: not case.status.is_open,
    ),
    "settle": Action(
        mark("Settle"), _why_not(CaseActKind.SETTLED), _ask_settling,
        lambda desk, case, said: acts.settle_conflict(
            desk, case, RecordId(_text(said, "outcome")), _text(said, "note")
        ),
        lambda case: case.status.has_conflict,
    ),
}  # fmt: skip


def shown_actions(case: CaseView) -> Iterator[tuple[str, Action, Refusal]]:
    """What stands on the page: key, action, and why it may not be done now (or empty)."""
    for key, action in ACTIONS.items():
        why = action.why_not(case)
        if why is not None and action.is_shown(case):
            yield key, action, why


def closing_note(case: CaseView, words: Words) -> str:
    """Why "completed" is not among the ways to close, where it is not."""
    why = case.not_allowed.get(CaseActKind.COMPLETED)
    told = words.text(why) if why else ""
    open_ones = [one for one in case.conditions if one.word in ("pending", "not_met")]
    left = words.plural("{n} condition is not met.", "{n} conditions are not met.", len(open_ones))
    return " ".join(part for part in (told, left if open_ones else "") if part)

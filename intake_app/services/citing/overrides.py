"""Overrides and approvals: who decided otherwise, or agreed, with a name, a reason and a time.

Until Finish they are notes of the draft; Finish makes facts of them. A word that was given by
phone waits for the supervisor who is said to have given it, until their next sign-in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.draft import Draft
from intake_app.domain.entry import read_moment
from intake_app.domain.errors import (
    BadEntry,
    CannotOverride,
    FactIsFinal,
    NotAllowed,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.form import Force
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.text import Text
from intake_app.services.citing.eligibility import Outcome, check_draft
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of, save_draft
from intake_app.services.records.writing import fact
from intake_app.words import LANGUAGES, Words, mark

OVERRIDE: Final = "override"
APPROVAL: Final = "approval"
CONFIRMED: Final = "override.confirmed"
"""Kinds of facts: about the case, and (confirmed or refused) about the override or approval."""

OVERRIDES, APPROVALS = "overrides", "approvals"
"""Where they stand in `Draft.marks`."""

APPROVAL_RULE: Final = "~approval"
"""Stands for a rule's id in what blocks a draft: an approval is missing."""

OPEN: Final = "open"
"""State of a decision that nobody has confirmed yet."""

_NEEDED: Final = {
    "supervisor": mark("A supervisor must approve this."),
    "prosecutor": mark("The prosecutor's office must approve this."),
}


class Mode(StrEnum):
    """How a word was given."""

    HERE = "here"  # by the signed-in supervisor
    PHONE = "phone"  # by a supervisor who is not here; they confirm it at their next sign-in
    PROSECUTOR = "prosecutor"  # by the prosecutor's office; a supervisor confirms it


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave their word, and how.

    Attributes:
        mode: How.
        by: By phone: user id of the supervisor. Of the prosecutor's office: a name. Here: empty.
        at: When: "02:14", or a moment; empty: now.
    """

    mode: Mode = Mode.HERE
    by: str = ""
    at: str = ""


HERE: Final = Given()


@dataclass(frozen=True, slots=True)
class Decision:
    """An override or an approval, as it was kept.

    Attributes:
        id: Its record.
        kind: "override" or "approval".
        case: The case it is about.
        number: Receipt number of the case.
        rules: The rules that were set aside; none for an approval.
        reason: Why; empty for an approval.
        mode: How the word was given.
        by: User id of the supervisor, or the name given at the prosecutor's office.
        at: When it was given: local time with offset.
        noted_by: Who wrote it down.
        state: "confirmed", "refused", `OPEN`, or "" where nobody has to confirm it.
        note: What the supervisor said when confirming or refusing.
    """

    id: RecordId
    kind: str
    case: RecordId
    number: str
    rules: tuple[str, ...]
    reason: str
    mode: Mode
    by: str
    at: str
    noted_by: UserId
    state: str = ""
    note: str = ""


def override(
    desk: Desk, draft: Draft, rules: Sequence[str], reason: str, given: Given = HERE
) -> None:
    """Set rules aside that speak against the program; noted with the draft until Finish.

    Args:
        desk: Whose.
        draft: The officer intervention; its marks are changed and saved.
        rules: Ids of the rules.
        reason: Why, in words.
        given: Who decided, and how.

    Raises:
        NotAllowed: Nobody with the right to override is here, or is named.
        ReasonMissing: No reason.
        BadEntry: The time of the call cannot be read.
        CannotOverride: A rule does not hold; or it is hard, and the prosecutor did not decide.
    """
    desk.require(May.TAKE_CASE)
    if not reason.strip():
        raise ReasonMissing
    checked = _checked(desk, given, May.OVERRIDE)
    forces = {outcome.rule: outcome.force for outcome in check_draft(desk, draft).against}
    for rule in rules:
        if rule not in forces or not _may_set_aside(forces[rule], given.mode):
            raise CannotOverride(rule)
    if not rules:
        raise CannotOverride
    _mark(desk, draft, OVERRIDES, {"rules": list(rules), "reason": reason.strip(), **checked})


def note_approval(desk: Desk, draft: Draft, given: Given = HERE) -> None:
    """Note that the program's approval was given; kept with the draft until Finish.

    Raises:
        NotAllowed: Nobody with the right to approve is here, or is named.
        BadEntry: The time of the call cannot be read.
    """
    desk.require(May.TAKE_CASE)
    _mark(desk, draft, APPROVALS, _checked(desk, given, May.APPROVE))


def blocking(desk: Desk, draft: Draft) -> list[Outcome]:
    """What stands against issuing: rules that hold and were not set aside, a missing approval."""
    against = check_draft(desk, draft).against
    aside = {rule for kept in _marks(draft, OVERRIDES) for rule in kept["rules"]}
    left = [outcome for outcome in against if outcome.rule not in aside]
    terms = guide_of(desk, draft).form.terms
    needed = terms.approval if terms else "none"
    if needed in _NEEDED and not _is_approved(draft, needed):
        message = Text({code: Words(code).text(_NEEDED[needed]) for code in LANGUAGES})
        left.append(Outcome(APPROVAL_RULE, Force.HARD, True, (), message))
    return left


def override_changes(desk: Desk, draft: Draft) -> list[Change]:
    """The draft's overrides and approvals as facts about the case, for the same transaction."""
    desk.require(May.TAKE_CASE)
    ruleset = {"id": draft.form.id, "version": draft.form.version, "digest": draft.form.digest}
    changes: list[Change] = []
    for kind, name in ((OVERRIDE, OVERRIDES), (APPROVAL, APPROVALS)):
        for kept in _marks(draft, name):
            fields: dict[str, Value] = {**kept, "ruleset": ruleset}
            ident = RecordId(fields.pop("id"))
            to, user = desk.cases_file, desk.person.id
            changes.append(fact(to, user, kind, ident, fields, about=draft.id))
    return changes


def overrides_to_confirm(desk: Desk) -> list[Decision]:
    """Words that this supervisor is said to have given by phone, and the prosecutor's.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.OVERRIDE)
    return [decision for decision in _decisions(desk) if _waits_for(desk, decision)]


def confirm_override(desk: Desk, ident: RecordId, confirmed: bool, note: str = "") -> None:
    """Say whether one gave one's word; it can be said once.

    Args:
        desk: Whose.
        ident: The override or approval.
        confirmed: False: this word was never given.
        note: More, in words; asked for where it is refused.

    Raises:
        NotAllowed: It is another supervisor's word, or not in one's roles.
        ReasonMissing: Refused without a word.
        FactIsFinal: It was said already, or nobody has to.
        RecordMissing: There is no such override or approval.
    """
    desk.require(May.OVERRIDE)
    to = desk.cases_file
    decision = next((one for one in _decisions(desk) if one.id == ident), None)
    if decision is None:
        raise RecordMissing(ident)
    if decision.state != OPEN:
        raise FactIsFinal(ident)
    if not _waits_for(desk, decision):
        raise NotAllowed(OVERRIDE)
    if not confirmed and not note.strip():
        raise ReasonMissing
    fields: dict[str, Value] = {
        "confirmed": confirmed, "note": note.strip(), **desk.entered(),
    }  # fmt: skip
    change = fact(to, desk.person.id, CONFIRMED, new_record_id(), fields, about=ident)
    to.apply([change], desk.act("confirm override" if confirmed else "refuse override", ident))


def decisions(desk: Desk) -> list[Decision]:
    """All overrides and approvals with what became of them, oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_CASELOAD)
    return _decisions(desk)


# --- a word, and whether it counts --------------------------------------------------------


def _may_set_aside(force: Force, mode: Mode) -> bool:
    return force is Force.PRESUMPTIVE or mode is Mode.PROSECUTOR


def _checked(desk: Desk, given: Given, act: May) -> dict[str, Value]:
    """Who gave their word, checked.

    Raises:
        NotAllowed: They may not give it.
        BadEntry: The time cannot be read, or nobody is named.
    """
    by: str = given.by.strip()
    if given.mode is Mode.HERE:
        desk.require(act)
        by = desk.person.id
    elif given.mode is Mode.PHONE:
        named = next((one for one in desk.colleagues if one.id == by), None)
        if named is None or named.id == desk.person.id or not may(named.roles, act):
            raise NotAllowed(act)
    elif not by:
        raise BadEntry("by")
    return {
        "mode": given.mode.value, "by": by, "at": _moment(desk, given.at),
        **desk.entered(),
    }  # fmt: skip


def _moment(desk: Desk, at: str) -> str:
    """The latest moment that a time of day can mean ("02:14", "2:14 AM"); a moment as it is.

    Raises:
        BadEntry: It is neither, or still to come.
    """
    now = desk.clock.local()
    if not at.strip():
        return now.isoformat(timespec="minutes")
    try:
        bases = (now, now - timedelta(days=1))
        read = [at] if "T" in at else [read_moment(at, base) for base in bases]
        moments = [datetime.fromisoformat(one) for one in read]
    except ValueError:
        raise BadEntry("at") from None
    for moment in moments:
        if moment.utcoffset() is not None and moment <= now:
            return moment.isoformat(timespec="minutes")
    raise BadEntry("at")


def _mark(desk: Desk, draft: Draft, name: str, kept: Mapping[str, Value]) -> None:
    """Note something with a draft; only once it is saved does the draft in hand know it."""
    marks = [*_marks(draft, name), {"id": new_record_id(), **kept}]
    save_draft(desk, replace(draft, marks={**draft.marks, name: marks}))
    draft.marks[name] = marks


def _marks(draft: Draft, name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", draft.marks.get(name, []))


def _is_approved(draft: Draft, needed: str) -> bool:
    modes = {kept["mode"] for kept in _marks(draft, APPROVALS)}
    wanted = {Mode.PROSECUTOR} if needed == "prosecutor" else {Mode.HERE, Mode.PHONE}
    return bool(modes & {mode.value for mode in wanted})


# --- what is in the file ------------------------------------------------------------------


def _decisions(desk: Desk) -> list[Decision]:
    file = desk.cases_file
    found = [*file.of_kind(OVERRIDE), *file.of_kind(APPROVAL)]
    whole = [record for record in found if _is_whole(record)]
    return [_decision(desk, record) for record in sorted(whole, key=lambda one: one.base)]


def _is_whole(record: Record) -> bool:
    """What another station wrote may be anything; the list must stand all the same."""
    mode, texts = record.values.get("mode"), ("by", "at", facts.BY)
    is_said = all(isinstance(record.values.get(name), str) for name in texts)
    return isinstance(mode, str) and mode in set(Mode) and is_said


def _decision(desk: Desk, record: Record) -> Decision:
    file, values = desk.cases_file, record.values
    case = file.record(record.about)
    mode = Mode(values["mode"])
    answers = file.about(record.id, CONFIRMED)
    refused = [one for one in answers if one.values.get("confirmed") is not True]
    last = (refused or answers)[-1:]  # of two stations that answered apart, the refusal is shown
    state = "" if mode is Mode.HERE else OPEN
    if last:
        state = "refused" if refused else "confirmed"
    return Decision(
        id=record.id,
        kind=record.kind,
        case=record.about,
        number=str(case.values.get(facts.NUMBER, "")) if case else "",
        rules=tuple(map(str, values.get("rules") or ())),
        reason=str(values.get("reason", "")),
        mode=mode,
        by=str(values["by"]),
        at=str(values["at"]),
        noted_by=UserId(values[facts.BY]),
        state=state,
        note=str(last[0].values.get("note", "")) if last else "",
    )


def _waits_for(desk: Desk, decision: Decision) -> bool:
    if decision.state != OPEN:
        return False
    is_own = decision.by == desk.person.id
    is_prosecutors = decision.mode is Mode.PROSECUTOR and decision.noted_by != desk.person.id
    return is_own or is_prosecutors

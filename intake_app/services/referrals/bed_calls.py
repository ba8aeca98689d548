"""The log of calls to find a bed: who was called when, who said what.

Calls taken down at the desk during the intake are rows of the intake; later ones are facts about
it. The log shows both. What a provider says about room is kept with its entry in the directory
too, without a word about the person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadEntry, NotFinished, NotYetHappened, UnknownCode
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.providers.providers import verify_provider
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.on_paper import moment
from intake_app.services.records.rows import rows_of
from intake_app.services.records.writing import fact

BED_CALL: Final = "bed_call"
"""Kind of a fact about an intake."""

CALLS: Final = "placement_calls"
"""The table of an intake in which the calls of the first hour stand."""

ANSWERS: Final = "placement_results"
REASONS: Final = "placement_reasons"
"""Code tables: what they said, and why not."""

NOBODY_SPOKE: Final = "no_answer"
"""The answer that vouches for nothing."""


@dataclass(frozen=True, slots=True)
class BedCall:
    """One call.

    Attributes:
        provider: {"id": record or "", "name": as chosen or typed}.
        at: When: local time with offset; empty: now, or not written down.
        spoke_to: Whom, at the provider.
        answer: Code of `placement_results`.
        bed: "yes", "no", or empty.
        reason: Code of `placement_reasons`, or empty.
        note: Words; never printed.
        by: Who called; empty in the rows of the intake itself.
    """

    provider: Mapping[str, str]
    at: str = ""
    spoke_to: str = field(default="", repr=False)
    answer: str = ""
    bed: str = ""
    reason: str = ""
    note: str = field(default="", repr=False)
    by: UserId = UserId("")  # noqa: RUF009 (a plain text)

    @property
    def name(self) -> str:
        """The provider's name."""
        return str(self.provider.get("name") or "")


def log_bed_call(desk: Desk, intake: RecordId, call: BedCall) -> None:
    """Note a call, and keep what was said about room with the provider's entry.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
        EnteredInError: It is out of all lists.
        ContactStopped: The person has died, or wants no contact.
        NotFinished: The provider or the answer is missing.
        UnknownCode: The answer or the reason is on no list.
        NotYetHappened: The call is still to come.
        BadEntry: The moment cannot be read.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    intake_in(file, intake, to_change=True)
    refuse_stopped(file, intake)
    words = _check(desk, call)
    fields: dict[str, Value] = {
        "provider": dict(call.provider), "at": call.at or stamp(desk.clock),
        "spoke_to": call.spoke_to.strip(), "answer": call.answer, "bed": call.bed,
        "reason": call.reason, "note": call.note.strip(), **desk.entered(),
    }  # fmt: skip
    change = fact(file, desk.person.id, BED_CALL, new_record_id(), fields, about=intake)
    file.apply([change], desk.act("log bed call", intake))
    entry = RecordId(call.provider.get("id") or "")
    if entry and call.answer != NOBODY_SPOKE and desk.station.record(entry) is not None:
        verify_provider(desk, entry, words)


def bed_calls(file: Records, intake: RecordId) -> list[BedCall]:
    """All calls of an intake, the oldest first; those without a time stand first."""
    return sorted((*_of_desk(file, intake), *_later(file, intake)), key=lambda call: call.at)


def _of_desk(file: Records, intake: RecordId) -> Iterator[BedCall]:
    for row in rows_of(file, intake, CALLS):
        yield BedCall(
            _named(row.get("call_provider")), _text(row, "called_at"), _text(row, "spoke_to"),
            _text(row, "call_result"), _text(row, "bed"), _text(row, "refused_reason"),
        )  # fmt: skip


def _later(file: Records, intake: RecordId) -> Iterator[BedCall]:
    for record in file.about(intake, BED_CALL):
        said = record.values
        yield BedCall(
            _named(said.get("provider")), _text(said, "at"), _text(said, "spoke_to"),
            _text(said, "answer"), _text(said, "bed"), _text(said, "reason"), _text(said, "note"),
            UserId(_text(said, facts.BY)),
        )  # fmt: skip


def _check(desk: Desk, call: BedCall) -> str:
    """What they said about room, in the department's language."""
    if not call.name.strip() or not call.answer:
        raise NotFinished("provider" if call.answer else "answer")
    answers = {one.id: one for one in desk.library.codes(ANSWERS)}
    reasons = {one.id: one for one in desk.library.codes(REASONS)}
    if call.answer not in answers or (call.reason and call.reason not in reasons):
        raise UnknownCode(ANSWERS)
    if call.at and _moment_is_to_come(desk, call.at):
        raise NotYetHappened
    said = [answers[call.answer]] + ([reasons[call.reason]] if call.reason else [])
    return ": ".join(one.label.said_in(desk.own_language) for one in said)


def _moment_is_to_come(desk: Desk, at: str) -> bool:
    try:
        return moment(desk, at) > desk.clock.now()
    except ValueError:
        raise BadEntry("moment") from None


def _named(value: Value) -> Mapping[str, str]:
    said = cast("Mapping[str, Value]", value if isinstance(value, Mapping) else {})
    return {name: str(said.get(name) or "") for name in ("id", "name")}


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""

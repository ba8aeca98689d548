"""The tries to reach a person, as they were noted: facts about the intake, never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.follow_up import Reach, Try
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Reads, Records

ATTEMPT: Final = "attempt"
"""Kind of a try: {"follow_up", "at", "means", "result", "note", "snapshot"}."""

MEANS: Final = "attempt_means"
RESULTS: Final = "attempt_results"
"""Code tables; the `measure` of a result is a `Reach`."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try, as the folder shows it.

    Attributes:
        record: Its own record.
        follow_up: The task it was for, or empty.
        at: When: local time with offset.
        by: Who tried.
        means: A code of `attempt_means.csv`.
        result: A code of `attempt_results.csv`.
        note: Words about it.
        snapshot: How the person is: {"use", "housing", "engagement", "consent"}.
    """

    record: RecordId
    follow_up: str
    at: str
    by: UserId
    means: str
    result: str
    note: str = field(default="", repr=False)
    snapshot: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


def reach_of(desk: Desk, result: str) -> Reach:
    """What a result means; one that the table no longer knows is a try."""
    found = next((one.measure for one in desk.library.codes(RESULTS) if one.id == result), "")
    return Reach(found) if found in set(Reach) else Reach.TRIED


def attempts_in(file: Reads, intake: RecordId) -> list[Attempt]:
    """All tries of an intake, the oldest first."""
    return sorted(map(_shown, file.about(intake, ATTEMPT)), key=lambda one: _moment(one.at))


def tries_of(desk: Desk, file: Records, intake: RecordId, task: RecordId) -> list[Try]:
    """The tries for one task, for the rule of "unable to contact"."""
    return list(_tries(desk, file, intake, task))


def _tries(desk: Desk, file: Records, intake: RecordId, task: RecordId) -> Iterator[Try]:
    for one in attempts_in(file, intake):
        if one.follow_up == task:
            reached = reach_of(desk, one.result) is not Reach.TRIED
            yield Try(datetime.fromisoformat(one.at), one.means, reached)


def _shown(record: Record) -> Attempt:
    values = record.values
    said = cast("dict[str, str]", values.get("snapshot") or {})
    texts = {name: str(values.get(name, "")) for name in ("means", "result", "note")}
    return Attempt(
        record=record.id,
        follow_up=str(values.get("follow_up", "")),
        at=str(values.get("at", "")),
        by=UserId(str(values.get(facts.BY, ""))),
        snapshot=dict(said),
        **texts,
    )


def _moment(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()

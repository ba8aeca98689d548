"""The audit line of an act: who did what to which record, and how it ended."""

from dataclasses import dataclass

from intake_app.domain.ids import RecordId, UserId


@dataclass(frozen=True, slots=True)
class Act:
    """No names and no answers (CJIS AU-3); the time is added where it is written.

    Attributes:
        user: Who.
        what: A short fixed verb: "finish intake", "read intake", "print paper".
        record: Which record; empty for acts on none.
        outcome: "done", "refused", "failed".
    """

    user: UserId
    what: str
    record: RecordId = RecordId("")
    outcome: str = "done"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An act as the trail keeps it.

    Attributes:
        n: Its place in the chain of its file, from 1.
        at: When: local time with offset.
        act: What.
        chain: Binds it to the line before (SHA-256, hex).
    """

    n: int
    at: str
    act: Act
    chain: str

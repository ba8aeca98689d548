"""The first try to reach somebody, where the form of the intake asks for it: noted as any other.

`[facts]` names its three questions: `tried_at`, `tried_means` and `tried_result`. It counts for
the first task of the schedule that asks for several tries.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.form import Answers, Deadline, Form
from intake_app.domain.ids import RecordId, UserId, record_id_of
from intake_app.services.needs.files import Stamps
from intake_app.services.records.follow_up_changes import task_id
from intake_app.services.records.tries import ATTEMPT
from intake_app.services.records.writing import fact

TRIED_AT: Final = "tried_at"
TRIED_MEANS: Final = "tried_means"
TRIED_RESULT: Final = "tried_result"


def first_try(
    to: Stamps, user: UserId, intake: RecordId, said: tuple[Form, Answers],
    owed: Iterable[tuple[Deadline, str]], opened: str,
) -> Iterator[Change]:  # fmt: skip
    """The try as a fact about the intake; nothing where the form was not told of one.

    Args:
        to: Where it goes.
        user: Who finishes the intake.
        intake: The intake.
        said: Its form, and what was answered.
        owed: Its schedule: what is to be done by when.
        opened: When it was finished: local time with offset.
    """
    form, answers = said
    at, means, result = (
        answers.get(form.facts.get(name, "")) for name in (TRIED_AT, TRIED_MEANS, TRIED_RESULT)
    )
    if not means or not result:
        return
    task = next((task_id(intake, due.id) for due, _ in owed if due.attempts), "")
    fields: dict[str, Value] = {
        "follow_up": task, "at": str(at or opened), "means": means, "result": result, "note": "",
        "snapshot": {}, facts.OPENED: opened, facts.BY: user,
    }  # fmt: skip
    yield fact(to, user, ATTEMPT, record_id_of(intake, ATTEMPT), fields, about=intake)

"""Earlier participation as a form counts it: cases here, and sealed ones by their tokens."""

from typing import Final

from intake_app.domain.days import add_months
from intake_app.domain.draft import Draft
from intake_app.domain.errors import AskSupervisor
from intake_app.domain.form import Answers
from intake_app.services.case.held import terms_of
from intake_app.services.citing.earlier_cases import earlier_cases
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of
from intake_app.services.sealing.tokens import Earlier, earlier, told
from intake_app.words import Words
from intake_app.words.dates import month_in_words

UNASKED: Final = "tokens_unasked"
"""In `Draft.marks`: the sealed cases were not asked, because a supervisor must ask."""

_FIELD: Final = "earlier_here"


def with_earlier(desk: Desk, draft: Draft) -> Answers:
    """The answers of a draft, with the count of earlier cases where the form wants to know it.

    Only exact names count; who is possibly the same is told beside it (`sealed_before`), and a
    person looks. Slow the first time for each name: on the worker only.

    Raises:
        NotAllowed: Not in this person's roles, or somebody else's draft.
    """
    guide, answers = guide_of(desk, draft), draft.answers
    named = guide.form.facts
    field = guide.form.field(named.get(_FIELD, ""))
    if field is None:
        return answers
    last, first, born = (
        str(answers.get(named.get(name, ""), "")) for name in ("last_name", "first_name", "born")
    )
    months = terms_of(guide).participation_months
    since = add_months(desk.clock.local().date(), -months).isoformat() if months else ""
    count = earlier_cases(desk, last, first, born, since)
    sealed = sealed_before(desk, draft, (last, first, born), since)
    return {**answers, field.id: {"amount": count + sealed.exact, "unit": ""}}


def sealed_before(desk: Desk, draft: Draft, who: tuple[str, str, str], since: str = "") -> Earlier:
    """What the tokens say of a saved draft's person; nothing where a supervisor must ask.

    Args:
        desk: Whose.
        draft: An officer intervention.
        who: Last name, first name, birth date (YYYY-MM-DD).
        since: Only participation from the month of this day on; empty: all.

    Raises:
        NotAllowed: Not in this person's roles, or somebody else's draft.
    """
    if desk.tokens is None or desk.drafts.get(draft.id) is None:
        return Earlier()
    draft.marks.pop(UNASKED, None)
    try:
        return earlier(desk, draft, *who).since(since)
    except AskSupervisor:  # an officer at the roadside must not be stopped; the review says it
        draft.marks[UNASKED] = True
        return Earlier()


def sealed_in_words(draft: Draft, words: Words) -> str:
    """What the review says of sealed cases besides the count: who is possibly the same."""
    if draft.marks.get(UNASKED):
        return words.text(
            "Sealed cases were not counted: you asked many times today. Ask a supervisor to look."
        )
    months = [
        month_in_words(f"{one.month}-01T00:00", words.language)
        for one in told(draft).by
        for _ in range(one.possible)
    ]
    if not months:
        return ""
    return words.text("Possibly the same person, sealed: {months}", months=", ".join(months))

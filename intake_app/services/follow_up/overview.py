"""All that the follow-up tab of a folder shows, read in one job."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.domain.draft import Draft
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import May
from intake_app.services.desk import Desk, Person
from intake_app.services.follow_up.attempts import SNAPSHOT, attempts_of
from intake_app.services.follow_up.call_notes import kept_call
from intake_app.services.follow_up.follow_ups import (
    REASONS,
    FollowUp,
    follow_ups_of,
    who_follows_up,
)
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.tries import MEANS, RESULTS, Attempt


@dataclass(frozen=True, slots=True)
class Tables:
    """The lists to choose from, retired codes left out.

    Attributes:
        means, results, reasons: Of tries, and of dropping a task.
        snapshot: By what is asked; none for yes or no.
    """

    means: tuple[Choice, ...]
    results: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    snapshot: Mapping[str, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the tab shows.

    Attributes:
        tasks: Open ones by day, then those that are over.
        tries: The oldest first.
        stop: Why nobody may contact the person, or empty.
        people: Who may be given a task.
        names: Shown names of those who work here.
        tables: The lists to choose from.
        words: What codes are called, retired ones too, by table and code.
        kept: Notes of a call that was interrupted.
    """

    tasks: tuple[FollowUp, ...]
    tries: tuple[Attempt, ...]
    stop: str
    people: tuple[Person, ...]
    names: Mapping[UserId, str]
    tables: Tables
    words: Mapping[tuple[str, str], Choice]
    kept: Draft | None


def follow_up_overview(desk: Desk, intake: RecordId) -> Overview:
    """Read it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    desk.require(May.FOLLOW_UP)
    used = {*(table for table in SNAPSHOT.values() if table), MEANS, RESULTS, REASONS}
    codes = {table: desk.library.codes(table) for table in used}

    def active(table: str) -> tuple[Choice, ...]:
        return tuple(one for one in codes.get(table, ()) if not one.is_retired)

    return Overview(
        tasks=tuple(follow_ups_of(desk, intake)),
        tries=tuple(attempts_of(desk, intake)),
        stop=contact_stop(desk.care_file, intake),
        people=tuple(who_follows_up(desk)),
        names={one.id: one.shown_name for one in (*desk.colleagues, desk.person)},
        tables=Tables(
            active(MEANS), active(RESULTS), active(REASONS),
            {name: active(table) for name, table in SNAPSHOT.items()},
        ),
        words={(table, one.id): one for table, all_of_it in codes.items() for one in all_of_it},
        kept=kept_call(desk, intake),
    )  # fmt: skip

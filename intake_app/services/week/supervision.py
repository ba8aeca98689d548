"""What a supervisor looks at: words to confirm, the caseload, the override log, open conflicts.

Counts are of cases, never of people; nobody's name but a colleague's is in them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intake_app.domain import facts
from intake_app.domain.case_status import CaseStatus
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.held import HeldCase, held_case
from intake_app.services.case.open_cases import open_cases, open_conflicts, program_of
from intake_app.services.citing.overrides import OPEN, Decision, decisions
from intake_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Load:
    """The open cases of one officer, or of one program.

    Attributes:
        id: User id, or form id.
        open: How many are open.
        overdue: In how many what is due has passed.
        no_show: In how many the person did not report.
        tolled: In how many the clock stands still.
        conflict: About how many people disagree.
    """

    id: str
    open: int = 0
    overdue: int = 0
    no_show: int = 0
    tolled: int = 0
    conflict: int = 0


@dataclass(frozen=True, slots=True)
class Caseload:
    """Who holds how many open cases.

    Attributes:
        officers: By who took the case, the most first.
        programs: By program.
        names: Names of the programs, by id.
    """

    officers: tuple[Load, ...]
    programs: tuple[Load, ...]
    names: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A case about which people noted different things.

    Attributes:
        case: The case.
        number: Its receipt number.
        acts: What contradicts, as kinds of acts, with who noted it.
    """

    case: RecordId
    number: str
    acts: tuple[tuple[str, UserId], ...]


def approvals_waiting(desk: Desk) -> list[Decision]:
    """Overrides and approvals that nobody has confirmed yet, of all supervisors, oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_CASELOAD)
    return [one for one in decisions(desk) if one.state == OPEN]


def override_log(desk: Desk, since: str = "") -> list[Decision]:
    """Overrides and approvals since a day or moment, the newest first, with what became of them.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_CASELOAD)
    found = [one for one in decisions(desk) if one.at >= since]
    return sorted(found, key=lambda one: one.at, reverse=True)


def rules_set_aside(desk: Desk, decision: Decision) -> tuple[Text, ...]:
    """What the rules said that an override set aside, as the case's program says it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The case is not here.
    """
    desk.require(May.SEE_CASELOAD)
    rules = held_case(desk, decision.case).guide.form.rules
    return tuple(rule.message for rule in rules if rule.id in decision.rules)


def caseload(desk: Desk) -> Caseload:
    """The open cases by officer and by program.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_CASELOAD)
    cases = list(open_cases(desk))
    names = {_program(case): program_of(case) for case in cases}
    return Caseload(
        _loads(cases, lambda case: str(case.record.values.get(facts.BY, ""))),
        _loads(cases, _program),
        tuple(names.items()),
    )


def conflicts_to_settle(desk: Desk) -> list[Conflict]:
    """The cases that wait for a supervisor to say which act holds.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SETTLE_CONFLICT)
    return [_conflict(case) for case in open_conflicts(desk)]


# --- inside -----------------------------------------------------------------------------


def _program(case: HeldCase) -> str:
    return case.guide.form.ref.id


def _loads(cases: Iterable[HeldCase], key: Callable[[HeldCase], str]) -> tuple[Load, ...]:
    groups: dict[str, list[HeldCase]] = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    found = [_load(ident, group) for ident, group in groups.items()]
    return tuple(sorted(found, key=lambda load: (-load.open, load.id)))


def _load(ident: str, cases: list[HeldCase]) -> Load:
    statuses = [case.standing.status for case in cases]
    return Load(
        id=ident,
        open=len(cases),
        overdue=sum(case.standing.clock.is_overdue for case in cases),
        no_show=sum(status.status is CaseStatus.NO_SHOW for status in statuses),
        tolled=sum(status.is_tolled for status in statuses),
        conflict=sum(status.has_conflict for status in statuses),
    )


def _conflict(case: HeldCase) -> Conflict:
    named = set(case.standing.status.conflicting)
    acts = tuple((str(act.kind), act.by) for act in case.acts if act.id in named)
    return Conflict(case.record.id, str(case.record.values.get(facts.NUMBER, "")), acts)

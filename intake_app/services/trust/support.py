"""The support file: what helps who looks after the program, and nothing of anybody.

It is written from a list of what may be in it, never by taking things out: ids of checks with
their light and not what they found, kinds of errors that the program knows and not what stands in
the log, orders of magnitude and not counts.
"""

import builtins
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from intake_app.disk.bounded import read_bounded
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment, May
from intake_app.services.desk import Desk
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.trust.gathering import looked_at, subjects
from intake_app.services.trust.machine import versions_of
from intake_app.words import Words

LOG: Final = "program.log"
"""See `logs.program_log`."""

_MOST_LOG: Final = 1024 * 1024
_LINE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d,\d{3} (?:INFO|ERROR) "
    r"(told|unexpected): (\w+)(?: at (\w+\.py):(\d+))?"
)
"""A line as `ui.parts.errors.note` writes it; others are counted and not shown."""

_KINDS: Final = (
    INTAKE,
    "consent",
    "referral",
    "follow_up",
    "paper",
    "provider.service",
    "submission",
)

_PARTS: Final = frozenset({*map(str, Compartment), "waiting", "review", "elsewhere", "place"})
"""What may stand in an id after its subject; anything else is left out."""

_PACKAGE: Final = Path(__file__).resolve().parents[2]


def support_text(desk: Desk, words: Words) -> str:
    """All of the file, to be read before it is saved.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MAKE_SUPPORT_FILE)
    parts = (
        (words.text("Support file"), _head(desk, words)),
        (words.text("Versions"), _versions(desk)),
        (words.text("Settings"), _settings(desk)),
        (words.text("Checks"), _checks(desk, words)),
        (words.text("Files"), _files(desk, words)),
        (words.text("Errors of the program"), _errors(desk, words)),
    )
    return (
        "\n\n".join("\n".join((title, "=" * len(title), *lines)) for title, lines in parts) + "\n"
    )


def support_was_saved(desk: Desk) -> None:
    """Note that the file was saved.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MAKE_SUPPORT_FILE)
    desk.station.note(desk.act("save support file"))


def support_name(desk: Desk) -> str:
    """A name for the file: it says the day and nothing else."""
    return f"intake-support-{desk.clock.local().date().isoformat()}.txt"


def _head(desk: Desk, words: Words) -> Iterator[str]:
    yield words.text(
        "It holds no name, no address, no answer and no number of anybody, and not the name of "
        "the department. Read it before you send it."
    )
    yield desk.clock.local().date().isoformat()


def _versions(desk: Desk) -> Iterator[str]:
    versions = versions_of(desk)
    yield from (f"{name}: {version or '?'}" for name, version in sorted(versions.items()))


def _settings(desk: Desk) -> Iterator[str]:
    """Policies that are words of a list; whatever a person typed is left out."""
    agency = desk.agency
    for name, value, known in (
        ("sign_in_policy", agency.sign_in_policy, re.compile(r"cjis_[0-9_]+")),
        ("second_factor", agency.second_factor, re.compile(r"required|off")),
        ("kind", agency.kind, re.compile(r"police|fire|ems")),
    ):
        yield f"{name}: {value if known.fullmatch(value) else '?'}"
    for name in ("blur_seconds", "lock_seconds", "backup_days", "drill_days", "audit_years",
                 "stale_days", "shift_hours"):  # fmt: skip
        value = getattr(agency, name)
        yield f"{name}: {value if isinstance(value, int) else '?'}"
    yield f"pathways: {' '.join(desk.pathways)}"
    yield f"training: {'yes' if desk.is_training else 'no'}"
    yield f"stations: {_stations(desk)}"


def _stations(desk: Desk) -> int:
    state = desk.exchange.state() if desk.exchange is not None else None
    return sum(not one.is_struck for one in state.stations) if state is not None else 1


def _checks(desk: Desk, words: Words) -> Iterator[str]:
    """Ids and lights. What a check found may name a computer or a colleague."""
    seen: Counter[str] = Counter()
    known = subjects()
    for check in looked_at(desk, words):
        ident = _plain_id(check.id, known)
        seen[ident] += 1
        yield f"{check.light:<6} {ident}{f' {seen[ident]}' if seen[ident] > 1 else ''}"


def _plain_id(ident: str, known: Collection[str]) -> str:
    """As much of an id as the program wrote itself: a part may name a computer or a place."""
    first, *parts = re.split(r"[:._]", ident)
    for subject in (ident, first, f"{first}s"):
        if subject in known:
            more = [part for part in parts if part in _PARTS and subject != ident]
            return " ".join((subject, *more))
    return "?"


def _files(desk: Desk, words: Words) -> Iterator[str]:
    """Sizes in whole megabytes, and how many records there are, by orders of magnitude."""
    if desk.trust is None:
        return
    least = desk.agency.small_cell
    for name in Compartment:
        size = _size(desk.trust.folder / f"{name}.db")
        yield f"{name}.db: {size}"
        if (file := desk.trust.files.get(name)) is None:
            continue
        counts = file.counts(list(_KINDS))
        told = [f"{kind} {magnitude(n, least, words)}" for kind, n in counts.items() if n]
        yield from (f"  {one}" for one in told)
    yield f"{LOG}: {_size(desk.trust.folder / LOG)}"


def magnitude(count: int, least: int, words: Words) -> str:
    """A count told so that two support files cannot be subtracted from one another.

    Args:
        count: 1 or more.
        least: The smallest count that may be told at all.
        words: Language.
    """
    if count < least:
        return words.text("fewer than {n}", n=least)
    top = 100
    while top <= count:
        top *= 10
    return words.text("fewer than {n}", n=f"{top:,}")


def _size(path: Path) -> str:
    try:
        return f"{-(-path.stat().st_size // (1024 * 1024))} MiB"
    except OSError:
        return "-"


# --- the log ----------------------------------------------------------------------------------


def _errors(desk: Desk, words: Words) -> Iterator[str]:
    """What happened how often on which day: kinds of errors that the program knows by name."""
    lines: Sequence[str] = _log_lines(desk.trust.folder) if desk.trust is not None else ()
    seen: Counter[tuple[str, str]] = Counter()
    left_out = 0
    known, modules = known_errors(), frozenset(file.name for file in _PACKAGE.rglob("*.py"))
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            left_out += 1
            continue
        day, what, name, file, place = found.groups()
        name = name if name in known else "?"
        at = f" {file}:{place}" if file in modules else ""
        seen[day, f"{what} {name}{at}"] += 1
    for (day, what), times in sorted(seen.items()):
        yield f"{day} {times} x {what}"
    if left_out:
        yield words.plural("{n} line was left out.", "{n} lines were left out.", left_out)
    if not lines:
        yield words.text("None.")


def _log_lines(folder: Path) -> Sequence[str]:
    try:
        data = read_bounded(folder / LOG, _MOST_LOG) or b""
    except OSError:
        return []
    return data.decode("ascii", "replace").splitlines()


def known_errors() -> frozenset[str]:
    """Names of errors: the program's own, and Python's."""
    found = {name for name, one in vars(builtins).items() if isinstance(one, type)}
    waiting: list[type] = [IntakeError]
    while waiting:
        one = waiting.pop()
        found.add(one.__name__)
        waiting += one.__subclasses__()
    return frozenset(found)

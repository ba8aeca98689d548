"""The file of a signed export: JSON lines, and a signature of the station over all of them.

First a line that says what it is, then the lines of the trail by runs of one chain, then the
registry's signed entries as evidence, at last the signature. Whoever has the department's eight
public words can check it without a profile (`check_export`; docs/adr/0028-audit.md).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.audit_errors import BadExport
from intake_app.domain.audit_trail import Place, TrailLine, follow, placed
from intake_app.domain.clock import stamp
from intake_app.domain.errors import AuditBroken, BadRegistry, CannotOpen
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.settings.audit_policy import read_audit_policy

FORMAT: Final = 1
MOST_BYTES: Final = 512 * 1024 * 1024
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one chain that follow one another.

    Attributes:
        station: Whose.
        epoch: In which run of that station.
        file: Of which file.
        begin: The place before the first.
        lines: Not empty.
    """

    station: StationId
    epoch: Epoch
    file: Compartment
    begin: Place
    lines: Sequence[TrailLine]


class Proved(Protocol):
    """What a signature says, once it was checked: `vault.audit_proof.Proved`."""

    @property
    def said(self) -> Mapping[str, Any]:
        """What was signed."""
        ...

    @property
    def station(self) -> StationId:
        """The station that signed."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that stand for the department."""
        ...

    @property
    def people(self) -> Mapping[str, str]:
        """Shown names by user id."""
        ...


Prove = Callable[[str, Sequence[str]], Proved]
"""Checks a signature with the registry's entries: `vault.audit_proof.prove`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an export is, once it was checked.

    Attributes:
        department: Its name, as the export says it.
        words: Eight words that stand for it; a person compares them.
        at: When it was made (`stamp`).
        by: Shown name of who made it; empty: a name that its registry does not know.
        lines: How many lines.
        runs: Of each run: station, file, first and last number, first and last moment.
    """

    department: str
    words: tuple[str, ...]
    at: str
    by: str
    lines: int
    runs: tuple[tuple[str, str, int, int, str, str], ...]


def write_export(desk: Desk, runs: Iterable[Run], purpose: str) -> bytes:
    """Lines as one signed file.

    Args:
        desk: Whose.
        runs: The lines.
        purpose: "export" or "archive".
    """
    parts, runs = parts_of(desk), list(runs)
    whole = hashlib.sha256()
    out: list[bytes] = []

    def add(said: Mapping[str, object]) -> None:
        line = canonical(said) + b"\n"
        whole.update(line)
        out.append(line)

    told = [
        {"station": run.station, "epoch": run.epoch, "file": str(run.file),
         "begin": run.begin.text, "lines": len(run.lines)} for run in runs
    ]  # fmt: skip
    add({
        "v": FORMAT, "type": "audit trail", "marking": read_audit_policy().marking,
        "purpose": purpose, "department": desk.agency.name, "ori": desk.agency.ori,
        "at": stamp(desk.clock),
        "by": desk.person.id, "runs": told, "people": _people(desk),
    })  # fmt: skip
    for number, run in enumerate(runs):
        for one in run.lines:
            add({"run": number, **_line_said(one.line)})
    for text in parts.proof.evidence():
        add({"registry": text})
    count = sum(len(run.lines) for run in runs)
    signature = parts.proof.sign({
        "sha256": whole.hexdigest(), "lines": count, "at": stamp(desk.clock),
        "by": desk.person.id,
    })  # fmt: skip
    add({"signature": signature})
    return b"".join(out)


def check_export(data: bytes, prove: Prove) -> Checked:
    """Check an export, which may come from anywhere.

    Raises:
        BadExport: It was altered, is cut short, or its chains do not hold.
    """
    try:
        return _checked(data, prove)
    except (CannotOpen, BadRegistry, AuditBroken, *_FAILED) as error:
        raise BadExport(type(error).__name__) from error


def lines_in(data: bytes) -> list[TrailLine]:
    """The lines of an export that was checked."""
    head, *rest = (json.loads(one) for one in data.splitlines())
    return [one for run in _runs(head, rest) for one in run.lines]


# --- inside ---------------------------------------------------------------------------------


def _checked(data: bytes, prove: Prove) -> Checked:
    if len(data) > MOST_BYTES or not data.endswith(b"\n"):
        raise ValueError("length")
    body, _, last = data[:-1].rpartition(b"\n")
    body += b"\n"
    said = [json.loads(one) for one in body.splitlines()]
    evidence = [str(one["registry"]) for one in said[1:] if "registry" in one]
    proved = prove(str(json.loads(last)["signature"]), evidence)
    if proved.said["sha256"] != hashlib.sha256(body).hexdigest():
        raise ValueError("altered")
    head = said[0]
    if (head["v"], head["type"]) != (FORMAT, "audit trail"):
        raise ValueError("format")
    runs = _runs(head, said[1:])
    for run in runs:
        follow(run.begin, [one.line for one in run.lines])
    count = sum(len(run.lines) for run in runs)
    if count != proved.said["lines"] or count != sum("run" in one for one in said[1:]):
        raise ValueError("lines")
    return Checked(
        str(head["department"]), proved.words, str(proved.said["at"]),
        proved.people.get(str(proved.said["by"]), ""), count,
        tuple(
            (run.station, str(run.file), run.lines[0].line.n, run.lines[-1].line.n,
             run.lines[0].line.at, run.lines[-1].line.at) for run in runs
        ),
    )  # fmt: skip


def _runs(head: Mapping[str, Any], rest: Iterable[Mapping[str, Any]]) -> list[Run]:
    lines: dict[int, list[AuditLine]] = defaultdict(list)
    for one in rest:
        if "run" in one:
            lines[int(one["run"])].append(_line(one))
    found: list[Run] = []
    for number, run in enumerate(head["runs"]):
        place = (StationId(run["station"]), Epoch(run["epoch"]), Compartment(run["file"]))
        begin = Place.of_text(str(run["begin"]))
        mine = placed(place, begin, lines[number])
        if not mine or len(mine) != run["lines"]:
            raise ValueError("run")
        found.append(Run(*place, begin, mine))
    return found


def _line_said(line: AuditLine) -> dict[str, object]:
    act = line.act
    return {
        "n": line.n, "at": line.at, "user": act.user, "act": act.what, "record": act.record,
        "outcome": act.outcome, "chain": line.chain,
    }  # fmt: skip


def _line(said: Mapping[str, Any]) -> AuditLine:
    act = Act(
        UserId(str(said["user"])), str(said["act"]), RecordId(str(said["record"])),
        str(said["outcome"]),
    )  # fmt: skip
    return AuditLine(int(said["n"]), str(said["at"]), act, str(said["chain"]))


def _people(desk: Desk) -> dict[str, str]:
    return {one.id: one.shown_name for one in (*desk.colleagues, desk.person)}

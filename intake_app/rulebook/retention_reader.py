"""Reads the retention schedule: `resources/legal/retention.toml`, or the agency's own beside it."""

from typing import Final

from intake_app.domain.pathway import Pathway
from intake_app.domain.purge import Waits
from intake_app.domain.retention import Basis, Does, Rule, Schedule, Since
from intake_app.domain.roles import Compartment
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID, day
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import TomlSource

RETENTION_FILES: Final = ("legal/retention_agency.toml", "legal/retention.toml")
"""A department's own file goes before the one that ships with the program."""

_NO_ROOM: Final = "none"
_ROOMS: Final = (*(str(one) for one in Compartment if one is not Compartment.STATION), _NO_ROOM)


def read_retention(source: TomlSource, mistakes: list[Mistake]) -> Schedule:
    """Read a file; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    bases = tuple(_basis(node) for node in top.tables("bases"))
    at_once = frozenset(one.id for one in bases if one.at_once)
    wait = top.table("purge", is_needed=True)
    schedule = Schedule(
        version=top.text("version", is_needed=True),
        date=day(top, "date"),
        source=top.words_or_text("source", is_needed=True),
        status=top.words_or_text("status", is_needed=True),
        rules=tuple(_rule(node) for node in top.tables("rules")),
        bases=bases,
        waits=Waits(
            wait.count("wait_hours", 72), wait.count("mass_count", 20), wait.count("mass_days", 7),
            at_once,
        ),
    )  # fmt: skip
    wait.finish()
    for said, nodes in (("rules", schedule.rules), ("bases", schedule.bases)):
        if not nodes:
            top.wrong(f"there are no [[{said}]]")
        if len({one.id for one in nodes}) < len(nodes):
            top.wrong(f"two of [[{said}]] have the same id", said)
    top.finish()
    return schedule


def _rule(node: EntryNode) -> Rule:
    room = node.one_of("room", _ROOMS)
    rule = Rule(
        id=_id(node),
        label=node.words("label", is_needed=True),
        does=Does(node.one_of("does", tuple(Does))),
        room=None if room == _NO_ROOM else Compartment(room),
        since=Since(node.one_of("since", tuple(Since))),
        pathways=node.texts("pathways"),
        outcomes=node.texts("outcomes"),
        without_consent=node.flag("without_consent"),
        days=node.count("days", most=36_500),
        months=12 * node.count("years", most=100) + node.count("months", most=1200),
        authority=node.words_or_text("authority"),
    )
    for pathway in rule.pathways:
        if pathway not in tuple(Pathway):
            node.wrong(f'there is no pathway "{pathway}"', "pathways")
    node.finish()
    return rule


def _basis(node: EntryNode) -> Basis:
    basis = Basis(
        id=_id(node),
        label=node.words("label", is_needed=True),
        at_once=node.flag("at_once"),
        drops_token=node.flag("drops_token"),
        authority=node.words_or_text("authority"),
    )
    node.finish()
    return basis


def _id(node: EntryNode) -> str:
    ident = node.text("id", is_needed=True)
    if ident and not IS_ID(ident):
        node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
    return ident

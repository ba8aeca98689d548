"""Reads `resources/legal/cjis_controls.toml`: what the auditor's report says of each control."""

from typing import Final

from intake_app.domain.control import Control, Controls
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID, day
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import TomlSource

CONTROLS_FILES: Final = ("legal/cjis_controls_agency.toml", "legal/cjis_controls.toml")
"""A department's own file goes before the one that ships with the program."""


def read_controls(source: TomlSource, mistakes: list[Mistake]) -> Controls:
    """Read a file; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    _ = top.text("name", is_needed=True)
    said = {
        key: top.text(key, is_needed=True)
        for key in ("version", "status", "policy", "source", "scope", "modules")
    }
    read = Controls(
        date=day(top, "date"), controls=tuple(_control(one) for one in top.tables("controls")),
        **said,
    )  # fmt: skip
    top.finish()
    if not read.controls:
        top.wrong("there are no [[controls]]")
    if len({one.id for one in read.controls}) < len(read.controls):
        top.wrong("two of [[controls]] have the same id", "controls")
    return read


def _control(node: EntryNode) -> Control:
    read = Control(
        id=node.text("id", is_needed=True),
        title=node.text("title", is_needed=True),
        program=node.text("program", is_needed=True),
        department=node.text("department", is_needed=True),
        evidence=node.texts("evidence"),
    )
    for ident in read.evidence:
        if not IS_ID(ident):
            node.wrong(f'"{ident}" is no id of a check', "evidence")
    node.finish()
    return read

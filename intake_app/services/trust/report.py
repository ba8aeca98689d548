"""The trust page on paper, for an auditor: each control with what shows it.

The words about controls are in English, as the policy is, so the whole report is.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from intake_app.domain.control import Control
from intake_app.domain.entry import show_moment
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK
from intake_app.domain.trust import Check, Light, worst
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.trust.gathering import TrustTold, trust
from intake_app.services.trust.machine import PROGRAM, versions_of
from intake_app.words import Words, mark

PAPER: Final = "trust_report"

LIGHTS: Final[Mapping[Light, str]] = {
    Light.GREEN: mark("Green"),
    Light.AMBER: mark("Amber"),
    Light.RED: mark("Red"),
}
"""What a light is called: never a color alone."""


def auditor_report(desk: Desk) -> bytes:
    """Draw the report, as all stands now; that it was drawn is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: The file of controls is gone, or has a mistake.
        PaperMissing: The paper's file is gone.
    """
    words = Words(FALLBACK)
    told, controls = trust(desk, words), desk.library.controls()
    versions = versions_of(desk)
    said = {
        "trust_at": show_moment(told.at.isoformat(), FALLBACK),
        "trust_program": " ".join((PROGRAM, versions.get(PROGRAM, ""))).strip(),
        "trust_summary": summary(told, words),
        "controls_policy": controls.policy,
        "controls_scope": controls.scope,
        "controls_modules": controls.modules,
        "controls_source": f"{controls.source} Version {controls.version}: {controls.status}.",
    }
    tables = {
        "trust_checks": [_line(one, words) for one in told.checks],
        "controls": [_control(one, told.checks, words) for one in controls.controls],
    }
    data = draw_sheet(desk, HouseSheet(PAPER, FALLBACK, said, tables))
    desk.station.note(desk.act("draw auditor's report"))
    return data


def summary(told: TrustTold, words: Words) -> str:
    """How many lines are green, amber and red."""
    return words.text(
        "{green} green, {amber} amber, {red} red",
        green=told.count(Light.GREEN), amber=told.count(Light.AMBER), red=told.count(Light.RED),
    )  # fmt: skip


def report_was_used(desk: Desk, how: str) -> None:
    """Note that the report was printed or saved.

    Args:
        desk: Whose.
        how: "print" or "save".

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_TRUST)
    desk.station.note(desk.act(f"{how} auditor's report"))


def _line(check: Check, words: Words) -> Sequence[str]:
    return words.text(LIGHTS[check.light]), check.title, check.found, check.to_do


def _control(control: Control, checks: Sequence[Check], words: Words) -> Sequence[str]:
    shown = [one for one in checks if any(map(one.belongs_to, control.evidence))]
    program = f"{control.title}. {control.program}"
    return control.id, program, control.department, _as_found(shown, words)


def _as_found(shown: Sequence[Check], words: Words) -> str:
    """The worst light of what shows a control, and which lines have it."""
    if not shown:
        return words.text("No check of its own")
    light = worst(shown)
    if light is Light.GREEN:
        return words.text(LIGHTS[light])
    named = ", ".join(one.title for one in shown if one.light is light)
    return f"{words.text(LIGHTS[light])}: {named}"

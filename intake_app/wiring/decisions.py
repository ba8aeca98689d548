"""Joins what a department decided: its settings at this station, its forms, its calendar.

Like `wiring`, it may import inside functions, and has no rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.business_time import Calendar
    from intake_app.domain.clock import Clock
    from intake_app.rulebook.own_texts import OwnTexts
    from intake_app.services.needs.decisions import DecisionParts
    from intake_app.services.needs.files import Records
    from intake_app.settings.agency import Agency


@dataclass(frozen=True, slots=True)
class Decided:
    """What a desk has of it.

    Attributes:
        agency: The department, with what this station decided for itself.
        own: The department's own texts, over those that ship.
        calendar: Its open days.
        parts: What changing it needs.
    """

    agency: Agency
    own: OwnTexts
    calendar: Calendar
    parts: DecisionParts


def take_decisions(
    folder: Path, station: Records, clock: Clock, name: str, *, is_training: bool
) -> Decided:
    """Read what holds today.

    Args:
        folder: The profile.
        station: Its `station` file.
        clock: Its clock.
        name: This computer, as changes name it.
        is_training: Fictional people only: a pack that is tried lies over all else.
    """
    from intake_app.rulebook.business_days import BusinessCalendar
    from intake_app.rulebook.department_files import DepartmentFiles
    from intake_app.rulebook.own_texts import OwnTexts
    from intake_app.rulebook.setting import Setting
    from intake_app.services.decisions.keeping import read_decisions, read_texts
    from intake_app.services.decisions.printers import at_station
    from intake_app.services.needs.decisions import DecisionParts
    from intake_app.services.signing.setting_up import read_agency
    from intake_app.settings import resources
    from intake_app.settings.trial import TrialPack

    agency = at_station(station, read_agency(station), name)
    setting = Setting.of(agency, clock)
    forms, shared = resources.path("forms"), resources.path("resources")
    trial = TrialPack(folder)
    own = OwnTexts(setting.today, trial.texts() if is_training else {})
    own.renew(read_decisions(station), read_texts(station))
    return Decided(
        agency,
        own,
        BusinessCalendar(agency.region, setting.closed_days, open_days=setting.open_days),
        DecisionParts(DepartmentFiles(forms, shared, setting, own), trial, name),
    )

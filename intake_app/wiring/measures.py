"""Joins what the numbers need; called by `wiring.desk` when a desk is made. No rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import RECORDS, Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.services.needs.measures import MeasureParts
    from intake_app.storage.compartment import Compartment as File


def make_measures(files: Mapping[str, File], folder: Path | None = None) -> MeasureParts:
    """What the numbers need, of a profile whose files are open; what a kill left there goes."""
    from intake_app.disk.passing import NAME, clear_passing
    from intake_app.services.needs.measures import MeasureParts
    from intake_app.storage.journeys import Journeys
    from intake_app.tables.csv_lines import CsvLines
    from intake_app.wiring.county import make_county

    people = {name: file for name, file in files.items() if name in RECORDS}
    files_of_people = {Compartment(name): Journeys(file) for name, file in people.items()}
    place = folder and folder / NAME
    if place is not None:
        clear_passing(place)
    return MeasureParts(files_of_people, CsvLines(), make_county(place))

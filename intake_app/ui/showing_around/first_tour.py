"""Shows the tour to who signs in here for the first time, and remembers that they have seen it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from intake_app.settings.seen import has_seen_tour, keep_seen_tour
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.showing_around.tour import show_tour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake_app.services.desk import Desk
    from intake_app.ui.running.conductor import Conductor


def begin_tour(workplace: QWidget, desk: Desk, conductor: Conductor) -> None:
    """Show it, unless this person has seen it on this computer."""
    profile, who = conductor.gate.folder, desk.person.id
    if not isinstance(workplace, Workplace) or has_seen_tour(profile, who):
        return
    tour = show_tour(workplace, conductor.words, conductor.theme)
    tour.card.ended.connect(partial(keep_seen_tour, profile, who))

"""Run at the top of a copy of the tree: tells as JSON what a person would see there."""

import json
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
TREE = Path.cwd()
sys.path[:0] = [str(TREE), str(TREE / "build")]

from pictures.department import FRONT_DESK, clock, walk_in  # noqa: E402
from pictures.tour import Tour  # noqa: E402
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox  # noqa: E402

import intake_app  # noqa: E402
from intake_app.app import ProfileGate  # noqa: E402
from intake_app.services.intakes.intakes import finish_intake, read_intake  # noqa: E402
from intake_app.services.papers.papers import make_papers, paper_bytes  # noqa: E402
from intake_app.settings.look import Look  # noqa: E402
from intake_app.ui.exchange.store_form import StoreForm  # noqa: E402
from intake_app.ui.parts.theme import Theme  # noqa: E402
from intake_app.words import Words  # noqa: E402


def taken(gate: ProfileGate, passphrase: str, to: Path) -> dict[str, object]:
    """An intake with an answer to the new question, and its two papers, written to a folder."""
    desk = gate.unlock(FRONT_DESK, passphrase)
    draft = walk_in(desk, "Ana", "Ruiz")
    draft.answers["pet_care"] = "Tom, next door"
    draft.language = "es"
    papers = make_papers(desk, draft, ("tonight_card", "thank_you"))
    view = read_intake(desk, finish_intake(desk, draft).record)
    for paper in papers:
        (to / f"{paper.paper}.pdf").write_bytes(paper_bytes(desk, paper))
    form = desk.library.guide("self_referral").form
    label = next(one.label for one in form.fields() if one.id == "pet_care")
    gate.lock()
    return {
        "label": {language: label.said_in(language) for language in ("en", "es")},
        "kept": view.answers["pet_care"],
    }


def rail(profile: Path, passphrase: str, language: str) -> list[str]:
    """What the buttons of the rail say in the real window."""
    tour = Tour(profile, clock(), Look(language))
    tour.sign_in(FRONT_DESK, passphrase)
    said = [one.text() for one in tour.place.rail.findChildren(QAbstractButton)]
    tour.end()
    return said


def stores(language: str) -> list[str]:
    """Which kinds of stores the window offers."""
    form = StoreForm(Words(language), Theme())
    kinds = form.findChildren(QComboBox)[0]
    return [kinds.itemText(row) for row in range(kinds.count())]


def main(to: Path) -> None:
    """Look at all of it."""
    QApplication([sys.argv[0], "-style", "fusion"])
    profile = to / "profile"
    gate = ProfileGate(profile, clock())
    passphrases = {p.user_name: p.passphrase for p in gate.make_training(profile, 0, seed=1)}
    hers = passphrases[FRONT_DESK]
    seen = {
        "from": str(Path(intake_app.__file__).parent.parent),
        "field": taken(gate, hers, to),
        "rail": {language: rail(profile, hers, language) for language in ("en", "es")},
        "stores": stores("en"),
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

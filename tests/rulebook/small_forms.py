"""Small forms, papers and code tables for the stories of the rulebook; nothing real in them."""

from datetime import UTC, datetime
from pathlib import Path

from intake_app.domain.clock import FixedClock
from intake_app.rulebook.builder import build_guide
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings.agency import Agency
from intake_app.settings.resources import path

NOW = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
AGENCY = Agency(
    name="Pine Hollow Police Department", phone="(304) 555-0100", region="WV",
    neutral_name="Pine Hollow Help Desk", neutral_phone="(304) 555-0199",
)  # fmt: skip
SETTING = Setting.of(AGENCY, FixedClock(NOW))
WORDS = FixedWords.read(path("resources", "words", "rulebook.toml").read_text("utf-8"))

IN_RESOURCES = {"codes", "legal", "offenses", "words"}

HEAD = """[form]
id = "walk"
pathway = "walk"
version = "1"
title = { en = "Walk" }
"""

SHED = """id,en,es,standard,active_from,active_to
red,Red,Rojo,,,
blue,Blue,Azul,,,2026-01-31
green,"Green, and more",Verde,,2027-01-01,
"""


def form(body: str, top: str = "") -> str:
    """A form file with one section that holds these questions."""
    section = '[[sections]]\nid = "one"\ntitle = { en = "One" }\n'
    return f"{HEAD}{top}{section}{body}"


def question(ident: str, kind: str = "text", more: str = "") -> str:
    """A question as TOML."""
    return (
        f'[[sections.fields]]\nid = "{ident}"\ntype = "{kind}"\n'
        f'label = {{ en = "The {ident}", es = "El {ident}" }}\n{more}\n'
    )


def guide_of(text: str, more: dict[str, str] | None = None, ident: str = "walk") -> FormGuide:
    """The guide of a form given as text, with code tables and programs by name."""
    texts = {"walk.toml": text, "codes/shed.csv": SHED, **(more or {})}
    guide = build_guide(ident, texts.get, WORDS, SETTING)
    assert guide is not None
    return guide


def write_all(folder: Path, texts: dict[str, str]) -> None:
    """Write texts to forms/ and resources/ inside a folder, and the fixed words."""
    words = path("resources", "words", "rulebook.toml").read_text("utf-8")
    for name, text in {"words/rulebook.toml": words, **texts}.items():
        room = "resources" if name.split("/")[0] in IN_RESOURCES else "forms"
        place = folder / room / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def library_in(folder: Path, texts: dict[str, str], setting: Setting = SETTING) -> FormLibrary:
    """A library over these texts."""
    write_all(folder, texts)
    return FormLibrary(folder / "forms", folder / "resources", setting)

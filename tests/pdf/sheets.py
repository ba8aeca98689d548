"""Finished sheets as the composer makes them, from `sheets.toml`: eight papers, two languages."""

import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from PIL import Image, ImageDraw

from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet, SignatureLine

LANGUAGES = ("en", "es")
NUMBER = "PH-2026-000147"
PAGE_WORDS = {"en": "page {page} of {pages}", "es": "página {page} de {pages}"}
STROKES = (
    ((0.02, 0.7), (0.08, 0.2), (0.12, 0.85), (0.2, 0.4), (0.26, 0.62), (0.33, 0.5), (0.4, 0.66)),
    ((0.45, 0.3), (0.47, 0.7), (0.55, 0.45), (0.62, 0.68), (0.75, 0.4), (0.95, 0.6)),
    ((0.5, 0.15),),
)

Said: TypeAlias = str | dict[str, str]


@cache
def _papers() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def logo() -> bytes:
    """A made-up mark: a navy disk with a white triangle, on a clear ground."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((4, 4, 236, 236), fill=(20, 48, 77, 255))
    pen.polygon(((120, 40), (200, 180), (40, 180)), fill=(255, 255, 255, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _letterhead(language: str, is_department: bool) -> Letterhead:
    if is_department:
        return Letterhead(
            "Pine Hollow Police Department",
            ("12 Court Square, Pine Hollow, WV 26298", "(304) 555-0100"),
            logo(),
            "Emblem of the Pine Hollow Police Department: a white mountain on a dark disk",
        )
    name = {"en": "Court Square Services", "es": "Servicios de Court Square"}[language]
    return Letterhead(name, ("45 Court Square, Suite 4", "Pine Hollow, WV 26298", "(304) 555-0133"))


class _Reader:
    """Says everything of a file in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, said: Said) -> str:
        return said if isinstance(said, str) else said[self._language]

    def each(self, many: list[Said]) -> tuple[str, ...]:
        return tuple(self.say(said) for said in many)

    def part(self, block: dict[str, Any]) -> Part:
        kind = BlockType(block["type"])
        text = self.say(block.get("text", ""))
        ticked = block.get("ticked", [])
        return Part(
            kind,
            self.say(_papers()["legal"][text]) if kind is BlockType.LEGAL else text,
            bullets=self.each(block.get("bullets", [])),
            rows=tuple(self.each(row) for row in block.get("rows", [])),
            header=self.each(block.get("header", [])),
            boxes=tuple(
                (text, n in ticked) for n, text in enumerate(self.each(block.get("boxes", [])))
            ),
            signatures=tuple(self.signature(line) for line in block.get("signatures", [])),
            style=block.get("style", "plain"),
            lines=block.get("lines", 0),
            level=block.get("level", 2),
        )

    def signature(self, line: dict[str, Any]) -> SignatureLine:
        return SignatureLine(
            self.say(line["label"]),
            self.say(line.get("name", "")),
            STROKES if line.get("is_drawn") else (),
            self.say(line.get("at", "")),
        )


def sheet(name: str, language: str = "en") -> Sheet:
    """One paper, for example sheet("consent", "es")."""
    read = _Reader(language)
    paper = _papers()[name]
    return Sheet(
        title=read.say(paper["title"]),
        language=language,
        letterhead=_letterhead(language, paper.get("is_department", False)),
        parts=tuple(read.part(block) for block in paper["parts"]),
        number=paper.get("number", NUMBER),
        form_note=paper["form_note"],
        page_words=PAGE_WORDS[language],
        replaces=read.say(paper.get("replaces", "")),
        sample_words=read.say(paper.get("sample_words", "")),
        has_barcode=paper.get("has_barcode", False),
        size=paper.get("size", "letter"),
    )


def every_sheet() -> dict[str, Sheet]:
    """All of them by name, for example "consent-es"."""
    names = [name for name in _papers() if name != "legal"]
    return {f"{name}-{language}": sheet(name, language) for name in names for language in LANGUAGES}


def provider_letter(language: str = "en") -> Sheet:
    """Goes to the provider, from the department, with the notice of 42 CFR 2.32."""
    return sheet("provider_letter", language)


def participant_letter(language: str = "en") -> Sheet:
    """Goes with the person, neutral, with a part to tear off."""
    return sheet("participant_letter", language)


def consent(language: str = "en") -> Sheet:
    """Two pages, signed on the screen."""
    return sheet("consent", language)


def wallet_card(language: str = "en") -> Sheet:
    """A card of one panel."""
    return sheet("wallet_card", language)


def tonight_card(language: str = "en") -> Sheet:
    """A card of two panels, to fold."""
    return sheet("tonight_card", language)


def point_and_tick(language: str = "en") -> Sheet:
    """Questions that one does not ask aloud; here in a training profile."""
    return sheet("point_and_tick", language)

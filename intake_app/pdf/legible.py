"""What can be drawn of a text that somebody typed.

Text from answers may hold anything: control characters, letters that the typeface lacks, emoji,
markup. Nothing is read as markup. What cannot be drawn is drawn as its nearest form, or as an
empty box, and the PDF keeps the original beside it (ActualText) for search and screen readers.
"""

import unicodedata
from dataclasses import dataclass

from intake_app.pdf.fonts import has

BOX = "□"
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Sk"})
_BREAKS = frozenset({"Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is drawn otherwise than it was written.

    Attributes:
        start: First character of the drawn text.
        end: One after the last.
        meant: What was written.
    """

    start: int
    end: int
    meant: str


@dataclass(frozen=True, slots=True)
class Legible:
    """A text as it can be drawn.

    Attributes:
        shown: Only characters that the typeface has, and line ends.
        spans: Where it differs from what was written, in order.
    """

    shown: str
    spans: tuple[Span, ...] = ()


class _Writer:
    """Collects drawn characters; one stretch of foreign ones becomes one span."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.spans: list[Span] = []
        self._start = 0
        self._meant: list[str] = []
        self._is_joined = False

    def plain(self, character: str) -> None:
        self.close()
        self.shown.append(character)

    def foreign(self, character: str) -> None:
        """A character the typeface lacks: its nearest form, or a box."""
        is_mark = unicodedata.category(character) in _MARKS
        if not self._meant:
            self._open(is_mark)
        near = _nearest(character)
        if not (self._meant and (is_mark or self._is_joined)):
            self.shown.extend(near or BOX)
        self._meant.append(character)
        self._is_joined = False
        if near:
            self.close()

    def unseen(self, character: str) -> None:
        """A joiner or direction mark: kept inside a foreign stretch, else left out."""
        if self._meant:
            self._meant.append(character)
            self._is_joined = character == _JOINER

    def close(self) -> None:
        if self._meant:
            self.spans.append(Span(self._start, len(self.shown), "".join(self._meant)))
            self._meant = []
            self._is_joined = False

    def _open(self, is_mark: bool) -> None:
        """Begin a span; a mark takes the letter that it stands on with it."""
        self._start = len(self.shown)
        if not is_mark or not self.shown or self.shown[-1].isspace():
            return
        if self.spans and self.spans[-1].end == len(self.shown):
            before = self.spans.pop()
            self._start, self._meant = before.start, [before.meant]
        else:
            self._start, self._meant = len(self.shown) - 1, [self.shown[-1]]


def _nearest(character: str) -> str:
    """The letters that a character comes apart into, as far as the typeface has them."""
    apart = unicodedata.normalize("NFKD", character)
    return "".join(c for c in apart if has(c) and not unicodedata.combining(c))


def legible(text: str) -> Legible:
    """What can be drawn of a text; line ends stay, other control characters go."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if plain.isascii() and plain.replace("\n", "").isprintable():
        return Legible(plain)
    out = _Writer()
    for character in unicodedata.normalize("NFC", plain):
        if character == "\n" or (has(character) and character.isprintable()):
            out.plain(character)
            continue
        _place(out, character)
    out.close()
    return Legible("".join(out.shown), tuple(out.spans))


def _place(out: _Writer, character: str) -> None:
    """Put down a character that cannot be drawn as it is."""
    category = unicodedata.category(character)
    if _is_no_text(character, category):
        return
    if category == "Cf":
        out.unseen(character)
    elif category == "Zs":
        is_fixed = "<noBreak>" in unicodedata.decomposition(character)
        out.plain("\u00a0" if is_fixed else " ")
    elif category in _BREAKS:
        out.plain("\n")
    else:
        out.foreign(character)


def _is_no_text(character: str, category: str) -> bool:
    """Control characters, halves of surrogate pairs, and what Unicode calls noncharacters."""
    point = ord(character)
    is_noncharacter = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE
    return is_noncharacter or category in {"Cc", "Cs"}


def spoken(text: str) -> str:
    """A text for metadata and alternative words: one line, no control characters."""
    kept = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or not _is_no_text(c, unicodedata.category(c))
    )
    return " ".join(kept.split())

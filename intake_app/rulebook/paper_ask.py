"""What filling a paper asks of others, by shape: of a guide, of the frame around the answers."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from intake_app.domain.change import Value
from intake_app.domain.form import Answers, Form
from intake_app.domain.paper import Letterhead, Part


class PaperGuide(Protocol):
    """What a paper asks of a guide: `services.needs.everyday.Guide`."""

    @property
    def form(self) -> Form:
        """The form as data."""
        ...

    def kept(self, answers: Answers) -> Answers:
        """The answers that count."""
        ...

    def shown(self, field: str, value: Value, language: str) -> str:
        """An answer in words."""
        ...


class PaperFrame(Protocol):
    """What a paper shows besides answers: `services.needs.everyday.Frame`."""

    @property
    def language(self) -> str:
        """Language of the paper."""
        ...

    @property
    def letterhead(self) -> Letterhead:
        """Top of the sheet."""
        ...

    @property
    def number(self) -> str:
        """Receipt number."""
        ...

    @property
    def day(self) -> str:
        """Date of the paper (YYYY-MM-DD)."""
        ...

    @property
    def staff(self) -> str:
        """Who gives it out."""
        ...

    @property
    def replaces(self) -> str:
        """Number of the paper that this one replaces, or empty."""
        ...

    @property
    def is_sample(self) -> bool:
        """Whether this is a training profile."""
        ...

    @property
    def extra(self) -> Mapping[str, str]:
        """More {words} for the texts."""
        ...

    @property
    def tables(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """Rows that are no answers, by the name that a block gives as `source`."""
        ...

    @property
    def figures(self) -> Mapping[str, Sequence[Part]]:
        """Charts and tables of numbers, by the name that a block gives as `source`."""
        ...

    @property
    def is_kept(self) -> bool:
        """Whether it stays in the house: "Not for release" on each page."""
        ...

    @property
    def is_blank(self) -> bool:
        """Whether this is a sheet to fill in by hand: facts without an answer are kept."""
        ...

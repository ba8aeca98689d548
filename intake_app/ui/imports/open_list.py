"""The list that is open on the page of imports: its columns, and what would come of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from intake_app.domain.import_mapping import ImportMapping
from intake_app.domain.import_table import TableFile
from intake_app.services.desk import Desk
from intake_app.services.imports.earlier_list import EarlierList, read_list, suggested_list
from intake_app.services.imports.importing import read_table
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.plan import imports_of, suggested
from intake_app.services.imports.shape import Shape, ShownRows, shape_of, shown_rows
from intake_app.ui.parts.background import Background


class OpenList(QObject):
    """Nothing is open at first; an answer about columns that were chosen before is not heard.

    Signals:
        shaped: Its columns are read (the `Shape`).
        listed: It is a list of who took part, and was read (the `EarlierList`).
        looked: It was looked through (the `LookThrough`, the `ShownRows`).
        failed: Something could not be done (the error).

    Attributes:
        is_earlier: It is a list of who took part, and not of cases.
        file: The table, or None.
        shape: Its columns as they are chosen, or None.
        look: What would come of it, once it was looked through.
        people: Who took part, once the list was read.
    """

    shaped = Signal(object)
    listed = Signal(object)
    looked = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._asked = 0
        self.is_earlier = False
        self.file: TableFile | None = None
        self.shape: Shape | None = None
        self.look: LookThrough | None = None
        self.people: EarlierList | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every column is known that is needed."""
        plan = self.shape and self.shape.plan
        return plan is not None and not plan.missing() and not plan.is_order_open

    @property
    def good(self) -> int:
        """How many rows can be brought in."""
        if self.look is not None:
            return self.look.found.good
        return self.people.left if self.people is not None else 0

    def forget(self) -> None:
        """Nothing is open any more."""
        self.file = self.shape = self.look = self.people = None
        self._asked += 1

    # --- its columns --------------------------------------------------------------------------

    def open(self, path: Path, form: str, *, is_earlier: bool) -> None:
        """Read a table, and suggest what its columns say."""
        self.forget()
        self.is_earlier = is_earlier
        desk, guess = self._desk, self._guess()

        def read() -> tuple[TableFile, Shape]:
            table = read_table(desk, path)
            return table, shape_of(desk, table, guess(desk, table, form))

        self._run(read, partial(self._on_read, self._asked))

    def guess(self, form: str, *, is_earlier: bool) -> None:
        """Suggest anew what the columns say: another form asks other questions."""
        self.is_earlier = is_earlier
        file, desk, guess = self.file, self._desk, self._guess()
        if file is not None:
            self._run(lambda: guess(desk, file, form), self.reshape)

    def take_mapping(self, path: Path) -> None:
        """Read the columns as a saved mapping says."""
        desk = self._desk
        self._run(lambda: imports_of(desk).mappings.read(path), self.reshape)

    def reshape(self, mapping: ImportMapping) -> None:
        """Read the columns as somebody chose them."""
        file, desk = self.file, self._desk
        if file is None:
            return
        self.look = self.people = None
        self._asked += 1
        self._run(lambda: shape_of(desk, file, mapping), partial(self._on_shaped, self._asked))

    def _guess(self) -> Callable[[Desk, TableFile, str], ImportMapping]:
        return suggested_list if self.is_earlier else suggested

    def _on_read(self, asked: int, read: tuple[TableFile, Shape]) -> None:
        if asked == self._asked:
            self.file = read[0]
            self._on_shaped(asked, read[1])

    def _on_shaped(self, asked: int, shape: Shape) -> None:
        if asked == self._asked:
            self.shape = shape
            self.shaped.emit(shape)

    # --- what would come of it ----------------------------------------------------------------

    def read_people(self) -> None:
        """Read who took part."""
        desk, shape = self._desk, self.shape
        if shape is not None:
            self._run(lambda: read_list(desk, shape.plan.file, shape.plan.mapping), self._on_people)

    def keep_look(self, look: LookThrough, language: str) -> None:
        """Show what was found when it was looked through.

        Args:
            look: What was found.
            language: Of the rows that are shown (ISO 639).
        """
        shape = self.shape
        if shape is None:
            return
        self.look = look
        self._run(
            lambda: shown_rows(shape.plan, look.found, language), partial(self._on_shown, look)
        )

    def _on_people(self, people: EarlierList) -> None:
        self.people = people
        self.listed.emit(people)

    def _on_shown(self, look: LookThrough, shown: ShownRows) -> None:
        self.looked.emit(look, shown)

    def _run(self, job: Callable[[], object], then: Callable[..., object]) -> None:
        self._background.run(job, then, self.failed.emit)

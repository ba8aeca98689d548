"""Where forms and what goes with them lie on disk; each text has one name on all computers.

A department's own texts are no files: they are records, and lie over the files by their names.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from intake_app.rulebook.mistake import Mistake, Mistaken

_IN_RESOURCES = ("codes", "offenses", "legal", "words", "measures", "exports", "imports")


class Shelf:
    """The folder of forms, and the folders of code tables, legal texts and words."""

    def __init__(self, forms: Path, resources: Path) -> None:
        self._forms, self._resources = forms, resources

    def folders(self) -> tuple[Path, ...]:
        """Where anything of it can lie."""
        return self._forms, *(self._resources / name for name in _IN_RESOURCES)

    def with_forms(self, forms: Path) -> "Shelf":
        """Another folder of forms, with the same code tables, legal texts and words."""
        return Shelf(forms, self._resources)

    def with_file(self, name: str, file: Path) -> "Shelf":
        """The same, with one file that lies elsewhere under a name."""
        return _ShelfAndFile(self._forms, self._resources, name, file)

    def with_texts(self, texts: Callable[[], Mapping[str, str]]) -> "Shelf":
        """The same with other texts over it, by name; it is asked for them again and again."""
        return _ShelfAndTexts(self._forms, self._resources, texts)

    def has(self, name: str) -> bool:
        """Whether there is a text of this name."""
        return self.path(name).is_file()

    def path(self, name: str) -> Path:
        """The place of a text."""
        base = self._resources if name.split("/")[0] in _IN_RESOURCES else self._forms
        return base / name

    def text(self, name: str) -> str | None:
        """A text by its name; None where there is none.

        Raises:
            Mistaken: The file cannot be read as text.
        """
        try:
            return self.path(name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise Mistaken(Mistake(name, line, "this letter is not UTF-8")) from error
        except OSError:
            return None

    def names(self, folder: str, ending: str = ".toml") -> list[str]:
        """The names of the texts in a folder ("" for the forms themselves), in order."""
        place = self.path(f"{folder}/x").parent if folder else self._forms
        before = f"{folder}/" if folder else ""
        return sorted(f"{before}{p.name}" for p in place.glob(f"*{ending}") if p.is_file())


class _ShelfAndFile(Shelf):
    """A shelf on which one file lies that is not in its folders."""

    def __init__(self, forms: Path, resources: Path, name: str, file: Path) -> None:
        super().__init__(forms, resources)
        self._name, self._file = name, file

    def path(self, name: str) -> Path:
        """The place of a text."""
        return self._file if name == self._name else super().path(name)

    def names(self, folder: str, ending: str = ".toml") -> list[str]:
        """The names of the texts in a folder, in order."""
        found = set(super().names(folder, ending))
        before, _, last = self._name.rpartition("/")
        mine = {self._name} if before == folder and last.endswith(ending) else set[str]()
        return sorted(found | mine)


class _ShelfAndTexts(Shelf):
    """A shelf over which texts lie that are in no folder."""

    def __init__(
        self, forms: Path, resources: Path, texts: Callable[[], Mapping[str, str]]
    ) -> None:
        super().__init__(forms, resources)
        self._texts = texts

    def with_texts(self, texts: Callable[[], Mapping[str, str]]) -> Shelf:
        """The same with more texts over it."""
        below = self._texts
        return Shelf.with_texts(self, lambda: {**below(), **texts()})

    def has(self, name: str) -> bool:
        """Whether there is a text of this name."""
        return name in self._texts() or super().has(name)

    def text(self, name: str) -> str | None:
        """A text by its name; None where there is none."""
        own = self._texts().get(name)
        return super().text(name) if own is None else own

    def names(self, folder: str, ending: str = ".toml") -> list[str]:
        """The names of the texts in a folder, in order."""
        mine = {
            name
            for name in self._texts()
            if name.rpartition("/")[0] == folder and name.endswith(ending)
        }
        return sorted({*super().names(folder, ending), *mine})

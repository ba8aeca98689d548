"""Where forms and what goes with them lie on disk; each text has one name on all computers."""

from pathlib import Path

from intake_app.rulebook.mistake import Mistake, Mistaken

_IN_RESOURCES = ("codes", "offenses", "legal", "words")


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

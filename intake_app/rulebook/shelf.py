"""Where forms and what goes with them lie on disk; each text has one name on all computers."""

from pathlib import Path

from intake_app.rulebook.mistake import Mistake, Mistaken

_IN_RESOURCES = ("codes", "legal", "words")


class Shelf:
    """The folder of forms, and the folders of code tables, legal texts and words."""

    def __init__(self, forms: Path, resources: Path) -> None:
        self._forms, self._resources = forms, resources

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

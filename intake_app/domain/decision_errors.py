"""Errors of settings and form packs; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class BadSetting(IntakeError):
    """A setting is outside of what is allowed. Nothing was changed. Look at its limits."""


class ChangedSince(IntakeError):
    """This was changed again since then. Undo the later change first."""


class LaterChangeWaits(IntakeError):
    """Another change of this waits for its day or its approval. Undo that one first."""


class StartsInThePast(IntakeError):
    """A change starts today or later: papers of the past stay as they were."""


class UndoneAlready(IntakeError):
    """This change does not hold any more: it was undone. Look at the list again."""


class OneChoiceLeft(IntakeError):
    """A question needs at least one choice. Add another one first, then retire this one."""


class CodeTaken(IntakeError):
    """This choice is in the list already, perhaps retired. Each one is there once."""


class BadPack(IntakeError):
    """This pack could not be read. Ask for a folder or a zip file of form files."""


class PackPointsOutside(BadPack):
    """A file in this pack points outside of the pack. Nothing was taken. Do not use it."""


class PackTooLarge(BadPack):
    """This pack is larger than forms can be. Nothing was taken. Ask for a smaller one."""


class PackHasStrangers(BadPack):
    """Some files of this pack are no forms, papers, lists or texts. Nothing was taken."""


class TextHasMistakes(IntakeError):
    """The new text has mistakes, and was not kept. Mend what is named, then try again."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes

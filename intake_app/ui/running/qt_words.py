"""Qt's own words (buttons of its dialogs, menus of text fields, days of a calendar) in a language.

Their catalogs come with PySide6 (`qtbase_es.qm`), also in the package. Where Qt has none for a
language, its own words stay English.
"""

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from intake_app.words import ENGLISH

_NAME: Final = "words of Qt"


def speak(app: QApplication, language: str) -> bool:
    """Let Qt speak a language (ISO 639) from now on.

    Days and numbers of Qt's own parts follow it, as spoken in the United States.

    Returns:
        Whether Qt has words for it; English needs none.
    """
    QLocale.setDefault(QLocale(f"{language}_US"))
    old = app.findChild(QTranslator, _NAME)
    if old is not None:
        app.removeTranslator(old)
        old.setParent(None)
    if language == ENGLISH:
        return True
    made = QTranslator(app)
    made.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return made.load(f"qtbase_{language}", folder) and app.installTranslator(made)

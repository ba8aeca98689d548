"""What a session would leave to the next person outside our windows: copied words, visited folders.

The clipboard and the selection of X11 belong to the desktop, the history of file dialogs to the
settings that all Qt programs share. Neither ends with this process, so both are emptied.
"""

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QSettings, Slot
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_VISITED: Final = ("FileDialog/history", "FileDialog/lastVisited")

_PRIVATE: Final = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
"""What tells Windows, and clipboard managers, to keep no copy of what was copied."""

_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class PrivateClipboard(QObject):
    """Marks what is copied here as private, and takes it back.

    The marks keep it out of the clipboard history of Windows (which may go to other computers) and
    of clipboard managers that heed them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_own = [False, False]
        QApplication.clipboard().dataChanged.connect(self._on_copied)
        QApplication.clipboard().selectionChanged.connect(self._on_selected)

    @Slot()
    def clear_own(self) -> None:
        """At a pause: take back what was copied in this program, and nothing of others."""
        board = QApplication.clipboard()
        own, self._is_own = self._is_own, [False, False]
        owned = (own[0] or board.ownsClipboard(), own[1] or board.ownsSelection())
        for mode, is_own in zip(_modes(board), owned, strict=False):
            if is_own:
                _empty(board, mode)

    @Slot()
    def _on_copied(self) -> None:
        board = QApplication.clipboard()
        self._is_own[0] = _is_here()
        copied = board.mimeData()
        is_ours = board.ownsClipboard() and bool(copied) and bool(copied.formats())
        if not is_ours or all(copied.hasFormat(mark) for mark in _PRIVATE):
            return
        marked = QMimeData()
        for name in copied.formats():
            marked.setData(name, copied.data(name))
        for mark, value in _PRIVATE.items():
            marked.setData(mark, value)
        board.setMimeData(marked)

    @Slot()
    def _on_selected(self) -> None:
        self._is_own[1] = _is_here()


def _is_here() -> bool:
    """Whether somebody works in this program now: not every system tells whose a clipboard is."""
    return bool(QApplication.focusWindow())


def _modes(board: QClipboard) -> tuple[QClipboard.Mode, ...]:
    return _MODES if board.supportsSelection() else _MODES[:1]


def _empty(board: QClipboard, mode: QClipboard.Mode) -> None:
    """Nothing is put in its place first: some clipboard managers keep what only goes."""
    board.setMimeData(QMimeData(), mode)
    board.clear(mode)


def forget_traces() -> None:
    """At the end: what was copied, wherever, and which folders were visited (AC-11).

    The clipboard is emptied whatever it holds: a name may have been copied from a paper that was
    opened elsewhere.
    """
    board = QApplication.clipboard()
    for mode in _modes(board):
        _empty(board, mode)
    forget_folders()


def forget_folders() -> None:
    """Which folders were visited in file dialogs."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in _VISITED:
        kept.remove(name)
    kept.sync()


def close_dialogs() -> bool:
    """Close what is open over the window, as its Cancel would; whether there was anything."""
    open_ones = [w for w in QApplication.topLevelWidgets() if _is_open_dialog(w)]
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        following = QApplication.activePopupWidget()
        popup = following if following is not popup else None
    for dialog in reversed(open_ones):
        if isinstance(dialog, QDialog):
            dialog.reject()
    return bool(open_ones)


def _is_open_dialog(widget: QWidget) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()

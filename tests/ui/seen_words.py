"""What a window shows and says: all its texts, and those that have no room."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

Seen = tuple[str, str]
"""Kind of widget with the way it speaks, and what it says."""

SLACK = 4
"""Pixels of height: letters of another font, which pseudo words need, stand in a higher line."""

MOST_ROWS = 12
"""Of a table: its rows are alike."""

_BLOCKS = re.compile(r"<[^>]+>")


def texts(window: QWidget) -> Iterator[Seen]:
    """All that a window shows now, and says to a screen reader."""
    for one in (window, *window.findChildren(QWidget)):
        if not one.isVisible():  # what is only scrolled out of sight is
            continue
        name = type(one).__name__
        for way, said in _said_by(one):
            if said.strip():
                yield f"{name} {way}", plain(said)


def plain(said: str) -> str:
    """Words without marks of HTML and without the sign of a shortcut."""
    return _BLOCKS.sub(" ", said) if "<" in said else said.replace("&&", "\0").replace("&", "")


def _said_by(one: QWidget) -> Iterator[Seen]:
    yield "name", one.accessibleName()
    yield "description", one.accessibleDescription()
    yield "tip", one.toolTip()
    yield from _shown_on(one)


def _shown_on(one: QWidget) -> Iterator[Seen]:
    match one:
        case QLabel() | QAbstractButton():
            yield "text", one.text()
        case QLineEdit() | QPlainTextEdit():
            yield "placeholder", one.placeholderText()
        case QGroupBox():
            yield "title", one.title()
        case QComboBox():
            for n in range(min(one.count(), 3 * MOST_ROWS)):
                yield "choice", one.itemText(n)
        case QAbstractItemView() if not isinstance(one, QHeaderView):
            yield from _cells(one)
        case _:
            pass


def _cells(view: QAbstractItemView) -> Iterator[Seen]:
    model = view.model()
    if not _has(view) or isinstance(view.parentWidget(), QComboBox):
        return
    for column in range(_columns(model)):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        yield "head", str(head or "")
        for row in range(min(model.rowCount(), MOST_ROWS)):
            yield "cell", str(model.index(row, column).data() or "")


def _columns(model: QAbstractItemModel) -> int:
    """A list has one column, and does not let itself be asked."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def _has(view: QAbstractItemView) -> bool:
    """Qt may say None, though its types do not."""
    return bool(view.model())


# --- without room ---------------------------------------------------------------------------


def cut(window: QWidget) -> Iterator[Seen]:
    """Texts that are cut off where they stand, and that nothing else shows whole."""
    for one in window.findChildren(QWidget):
        if one.isVisible() and (why := _why_cut(one)):
            yield f"{type(one).__name__} {why}", _first_words(one)


def _first_words(one: QWidget) -> str:
    said = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    return plain(said)[:70]


def _why_cut(one: QWidget) -> str:
    match one:
        case QLabel():
            return _label_cut(one)
        case QComboBox():
            return _combo_cut(one)
        case QAbstractButton():
            return _button_cut(one)
        case QTableView():
            return _heads_cut(one)
        case _:
            return ""


def _label_cut(one: QLabel) -> str:
    if not one.text() or not one.pixmap().isNull():
        return ""
    if type(one).__name__ == "ElidedLabel":  # it shows the whole in its tool tip
        wide = one.fontMetrics().horizontalAdvance(one.text()) > one.contentsRect().width()
        return "elided without a tip" if wide and one.toolTip() != one.text() else ""
    if one.wordWrap():
        needs = one.heightForWidth(one.width())
        return f"needs {needs} of {one.height()} high" if needs > one.height() + SLACK else ""
    hint = one.sizeHint()
    if hint.width() > one.width() + 1 and not _said_whole(one, one.text()):
        return f"needs {hint.width()} of {one.width()} wide"
    return f"needs {hint.height()} of {one.height()} high" if _is_flat(one) else ""


def _is_flat(one: QLabel) -> bool:
    return one.fontMetrics().height() > one.height() + 1


def _said_whole(one: QWidget, text: str) -> bool:
    return bool(text) and text in one.toolTip()


def _button_cut(one: QAbstractButton) -> str:
    if not one.text():
        return ""
    least = one.minimumSizeHint() if one.minimumSizeHint().isValid() else one.sizeHint()
    if least.width() > one.width() + 1 and not _said_whole(one, one.text()):
        return f"needs {least.width()} of {one.width()} wide"
    if least.height() > one.height() + SLACK:
        return f"needs {least.height()} of {one.height()} high"
    return ""


def _combo_cut(one: QComboBox) -> str:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    field = one.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one
    )
    needs = one.fontMetrics().horizontalAdvance(one.currentText())
    if needs > field.width() + 1 and not _said_whole(one, one.currentText()):
        return f"“{one.currentText()[:40]}” needs {needs} of {field.width()} wide"
    return ""


def _heads_cut(one: QTableView) -> str:
    model, heads = one.model(), one.horizontalHeader()
    if not _has(one) or heads.isHidden():
        return ""
    short: list[str] = []
    for column in range(_columns(model)):
        if one.isColumnHidden(column):
            continue
        text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        tip = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
                  or "")  # fmt: skip
        if heads.sectionSizeHint(column) > heads.sectionSize(column) + 1 and tip != text:
            short.append(f"{text} ({heads.sectionSize(column)})")
    return f"heads cut: {', '.join(short)}" if short else ""

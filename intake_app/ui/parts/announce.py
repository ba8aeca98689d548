"""What a screen reader says at once, without the cursor moving: news, errors, states.

The words stand on the screen as well; nothing is only announced.
"""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget


def announce(at: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Let a screen reader say words (WCAG 2.2, 4.1.3).

    Args:
        at: What they are about.
        text: The words; empty: nothing is said.
        is_urgent: It breaks into what is being said; else it waits for its turn.
    """
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(at, text)
    kinds = QAccessible.AnnouncementPoliteness
    event.setPoliteness(kinds.Assertive if is_urgent else kinds.Polite)
    QAccessible.updateAccessibility(event)


def tell(label: QLabel, text: str) -> None:
    """Show words that say how something stands now; said in their turn, where they are other ones.

    For what changes while the cursor is elsewhere: how many were found, how far something is.
    """
    if text != label.text():
        label.setText(text)
        if label.isVisible():
            announce(label, text)


def give_cursor(page: QWidget) -> None:
    """Give a page the cursor, and let a screen reader follow it to where the page hands it on.

    Qt tells of the page last, so a reader would stay at the page while its first field is typed in.
    """
    page.setFocus()
    now = QApplication.focusWidget()
    if now is not None and now is not page and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(now, QAccessible.Event.Focus))

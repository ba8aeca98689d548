"""Linux and its kin: who locks and sleeps is told by D-Bus.

- logind (system bus): `Lock` of a session; its `Active` and `LockedHint`, which change when another
  user's session is shown or a screen locker comes; `PrepareForSleep`. A delay inhibitor is held, so
  that the system waits for our files to close before it sleeps.
- Screen lockers (session bus): `ActiveChanged(true)`, under the names that desktops gave it.

Whatever else comes over the bus can only make the program lock once more.
"""

import os
from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

LOGIND: Final = "org.freedesktop.login1"
MANAGER_PATH: Final = "/org/freedesktop/login1"
_MANAGER, _SESSION = f"{LOGIND}.Manager", f"{LOGIND}.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
"""Interface (and name) of the screen lockers that we know, and their place."""


def make_watch(parent: QObject) -> "BusWatch":
    """A watch on the buses of this session."""
    return BusWatch(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), parent)


class BusWatch(QObject):
    """Hears the system.

    Signals:
        lock_asked: Lock at once.
    """

    lock_asked = Signal()

    def __init__(self, system: QDBusConnection, session: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._system, self._session = system, session
        self._own_path = ""
        self._delay = -1
        self._asked: list[QDBusPendingCallWatcher] = []

    @property
    def holds_sleep(self) -> bool:
        """Whether the system would wait for us before it sleeps."""
        return self._delay >= 0

    def begin(self) -> None:
        """Listen. A bus that is not there is not missed."""
        system, session = self._system, self._session
        if system.isConnected():
            on_message = _slot("_on_message(QDBusMessage)")
            system.connect(LOGIND, MANAGER_PATH, _MANAGER, "PrepareForSleep", self,
                           _slot("_on_sleep(bool)"))  # fmt: skip
            system.connect(LOGIND, "", _SESSION, "Lock", self, on_message)
            system.connect(LOGIND, "", _PROPERTIES, "PropertiesChanged", self, on_message)
            self._ask("GetSessionByPID", [os.getpid()], self._on_own_session)
            self._hold_sleep()
        if session.isConnected():
            for name, place in SAVERS:
                session.connect(name, place, name, "ActiveChanged", self, _slot("_on_saver(bool)"))

    def locked(self) -> None:
        """The files are closed: the system may sleep."""
        held, self._delay = self._delay, -1
        if held >= 0:
            os.close(held)

    def end(self) -> None:
        """Listen no more."""
        self.locked()
        self.blockSignals(True)

    @Slot(bool)
    def _on_sleep(self, begins: bool) -> None:
        if begins:
            self.lock_asked.emit()
            self.locked()  # also where nobody was signed in
        else:
            self._hold_sleep()

    @Slot(bool)
    def _on_saver(self, is_active: bool) -> None:
        if is_active:
            self.lock_asked.emit()

    @Slot(QDBusMessage)
    def _on_message(self, message: QDBusMessage) -> None:
        if self._own_path and message.path() != self._own_path:
            return  # somebody else's session
        if message.member() == "Lock":
            self.lock_asked.emit()
        elif message.path() == self._own_path and message.arguments()[:1] == [_SESSION]:
            for name, is_lock in (("Active", False), ("LockedHint", True)):
                self._ask_property(name, is_lock)

    def _on_own_session(self, message: QDBusMessage) -> None:
        path = next(iter(message.arguments()), None)
        if isinstance(path, QDBusObjectPath):
            self._own_path = path.path()

    def _on_held(self, message: QDBusMessage) -> None:
        held = next(iter(message.arguments()), None)
        if isinstance(held, QDBusUnixFileDescriptor) and held.isValid():
            self.locked()
            self._delay = os.dup(held.fileDescriptor())  # ours: closed when we say so

    def _hold_sleep(self) -> None:
        why: list[object] = ["sleep", "Intake", "Closes its files first", "delay"]
        self._ask("Inhibit", why, self._on_held)

    def _ask(self, member: str, arguments: list[object], then: object) -> None:
        call = QDBusMessage.createMethodCall(LOGIND, MANAGER_PATH, _MANAGER, member)
        self._call(call, arguments, then)

    def _ask_property(self, name: str, locks_if: bool) -> None:
        def look(message: QDBusMessage) -> None:
            found = next(iter(message.arguments()), None)
            value = found.variant() if isinstance(found, QDBusVariant) else None
            if value is locks_if:
                self.lock_asked.emit()

        call = QDBusMessage.createMethodCall(LOGIND, self._own_path, _PROPERTIES, "Get")
        self._call(call, [_SESSION, name], look)

    def _call(self, call: QDBusMessage, arguments: list[object], then: object) -> None:
        call.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(call))
        self._asked.append(watcher)

        def done(ended: QDBusPendingCallWatcher) -> None:
            self._asked.remove(watcher)
            watcher.deleteLater()  # and the reply with it, and what came in it
            reply = ended.reply()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and callable(then):
                then(reply)

        watcher.finished.connect(done)


def _slot(signature: str) -> bytes:
    """A slot's name as Qt wants it: a text, whatever its stub says."""
    return cast("bytes", SLOT(signature))

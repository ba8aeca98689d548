"""One window per profile: a second start brings the first window to the front and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000
_SHOW = b"show\n"


class OneInstance(QObject):
    """Holds the lock of a profile and listens for a second start.

    Signals:
        show_asked: Somebody started the program again; come to the front.
    """

    show_asked = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(profile)
        self._lock = QLockFile(str(profile.with_name(f".{profile.name}.lock")))
        self._lock.setStaleLockTime(0)  # a lock of a process that is gone is taken over at once
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def take(self) -> bool:
        """Become the one instance; False if there is one, which was asked to show itself."""
        if not self._lock.tryLock(0):
            ask_to_show(self._name)
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let the next process take its place."""
        self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(lambda s=socket: self._on_words(s))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._on_words(socket)

    def _on_words(self, socket: QLocalSocket) -> None:
        if socket.readAll().data() == _SHOW:
            self.show_asked.emit()
        socket.disconnectFromServer()


def server_name(profile: Path) -> str:
    """A name that says nothing of the folder and is the same for each start on it."""
    digest = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()
    return f"intake-{digest[:24]}"


def ask_to_show(name: str) -> bool:
    """Ask a running program to come to the front; whether one was there."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(_SHOW)
    socket.waitForBytesWritten(_PATIENCE_MS)
    return True

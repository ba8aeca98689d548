"""How a second start asks the first one to come to the front.

It stands apart from `instance.py`, because the network part of Qt is loaded only after the first
paint; what keeps a second process out is the lock file, which is there before.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000
_SHOW = b"show\n"


class Doorbell(QObject):
    """The bell of one profile: the first process listens, a second one rings.

    Signals:
        show_asked: Somebody started the program again; come to the front.
    """

    show_asked = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(profile)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> None:
        """Hear those who ring; for the process that holds the lock."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def ring(self) -> bool:
        """Ask a running program to come to the front; whether one was there."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(_SHOW)
        socket.waitForBytesWritten(_PATIENCE_MS)
        return True

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

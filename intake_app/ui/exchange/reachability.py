"""Whether the network came back, as the operating system says it: a hint, never a promise."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation


class Reachability(QObject):
    """Tells when the network becomes reachable; where Qt has no way to know, it never does.

    Args:
        came_back: Called each time.
    """

    def __init__(self, came_back: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._came_back = came_back
        wanted = QNetworkInformation.Feature.Reachability
        is_known = QNetworkInformation.loadBackendByFeatures(wanted)
        if is_known and (information := QNetworkInformation.instance()):
            information.reachabilityChanged.connect(self._on_changed)

    def _on_changed(self, now: QNetworkInformation.Reachability) -> None:
        if now in {QNetworkInformation.Reachability.Online, QNetworkInformation.Reachability.Site,
                   QNetworkInformation.Reachability.Local}:  # fmt: skip
            self._came_back()

"""Qt's file dialogs write down which folders were opened; their names may tell of a patient."""

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

SOON_MS = 500


class Forgetful(QObject):
    """Has it forgotten soon after a dialog is gone; at the start, too, what a killed program left.

    What the system's own dialogs remember beside that is the system's.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.forget)
        app.focusWindowChanged.connect(self._on_other_window)
        app.aboutToQuit.connect(self.forget)
        self.forget()

    def forget(self) -> None:
        QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")

    def _on_other_window(self) -> None:
        self._soon.start()

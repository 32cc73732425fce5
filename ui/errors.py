"""What a person is told when something fails, and what the log may keep of it."""

import html
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from models.bugs import as_told, frames
from models.errors import ClinicError


def show_error(parent: QWidget | None, error: ClinicError) -> None:
    """What happened, what was not lost, and what to do next."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QApplication.applicationName())
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(f"<b>{html.escape(error.happened)}</b>")
    rest = [html.escape(text) for text in (error.kept, error.next_step) if text]
    box.setInformativeText("<br><br>".join(rest))
    box.exec()


class Teller(QObject):
    """Tells each bug once, on the thread of the window, after the event that met it is over."""

    met = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: set[str] = set()
        self.met.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """For `sys.excepthook`, from any thread."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        self.met.emit(error)

    def _tell(self, error: Exception) -> None:
        place = frames(error)
        if place not in self._told:
            self._told.add(place)
            show_error(QApplication.activeWindow(), as_told(error))


def install_hook() -> None:
    """The window survives a bug: it is logged without any value and told once."""
    sys.excepthook = Teller(QApplication.instance()).hook

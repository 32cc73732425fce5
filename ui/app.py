"""The program with its window: what is set up once, and what is told where no window can open."""

import logging
import os
import socket
import sys
from pathlib import Path

from models.errors import ClinicError
from models.store.folder import is_clinic, usual_folder
from models.words import _

FIRST_X_PORT = 6000


def run(folder: Path | None) -> None:
    """Open the window on a clinic's folder, the last one where none is named, and stay.

    Where this user has it open already, that window comes to the front instead.
    """
    check_display()
    try:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - a clear sentence where it fails
    except ImportError as error:
        raise no_window(_("a system library is missing ({name})").format(name=error)) from error
    from ui.plain_imports import import_plainly  # noqa: PLC0415

    import_plainly()
    from ui.only_one import call_window  # noqa: PLC0415

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("CTCL Follow-up")
    app.setOrganizationName("CTCL Follow-up")
    folder = folder or last_folder()
    if call_window(folder):
        print(_("This clinic is open already: its window comes to the front."))  # noqa: T201
        return
    from ui import errors, theme  # noqa: PLC0415
    from ui.forgetful import Forgetful  # noqa: PLC0415
    from ui.garbage import Garbage  # noqa: PLC0415
    from ui.main_window import MainWindow  # noqa: PLC0415

    theme.follow_system(app)
    errors.install_hook()
    Forgetful(app)
    window = MainWindow(folder)
    Garbage(window)
    window.show()
    app.exec()
    window.shut_down()


def last_folder() -> Path:
    """The folder of the clinic that was open last, while one lies there."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415

    named = str(QSettings().value("folder", ""))
    return Path(named) if named and is_clinic(Path(named)) else usual_folder()


def check_display() -> None:
    """On Linux Qt gives up without a word to the person where there is no display."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if answers_on_wayland(os.environ.get("WAYLAND_DISPLAY", "")):
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise no_window(_("no display is set"))
    if not answers_on_x(display):
        raise no_window(_("the display {name} does not answer").format(name=display))


def answers_on_wayland(name: str) -> bool:
    """Whether a Wayland display is there: a socket in the user's run-time folder."""
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def answers_on_x(display: str) -> bool:
    """Whether an X display is there: a socket of this machine, or a port of another."""
    host, _colon, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdecimal():
        return False
    if host in {"", "unix"}:
        return Path(f"/tmp/.X11-unix/X{number}").exists()  # noqa: S108 - X's own place
    try:
        socket.create_connection((host, FIRST_X_PORT + int(number)), timeout=3).close()
    except (OSError, OverflowError):
        return False
    return True


def no_window(why: str) -> ClinicError:
    return ClinicError(
        _("The window cannot be opened: {why}.").format(why=why),
        _("The clinic's records are not touched."),
        _("Start the program at a screen, or use a command: main.py --help lists them."),
    )

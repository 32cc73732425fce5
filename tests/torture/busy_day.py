"""A busy day at the window, in a process of its own, which is killed in the end.

What is typed comes by standard input, so that no command line and no environment has it; what
others could see meanwhile (titles of windows, commands that were started) goes into a file.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import main
from models.attachment import Attachment
from models.visit import Visit
from tests.ui.person import Person
from tests.ui.print_dialog import set_up
from tests.ui.print_server import QUEUE
from ui.batch_page import BatchPage
from ui.files_tab import FilesTab
from ui.main_window import MainWindow

PATIENCE_S = 10
LOOK_MS = 20


class Patience:
    """What `Person` needs of pytest-qt; and of a window manager: after a dialog the window is
    active again.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def waitUntil(self, condition: Callable[[], object], timeout: int = 0) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it does not come"
            QTest.qWait(LOOK_MS)
        if QApplication.activeWindow() is None:
            self._window.activateWindow()
            QTest.qWaitForWindowActive(self._window)


class Onlooker(QObject):
    """Writes down what anybody near the screen or at the machine could see."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def see(self, what: str) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{what}\n")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        titled = (QEvent.Type.WindowTitleChange, QEvent.Type.Show)
        if event.type() in titled and isinstance(watched, QWidget) and watched.isWindow():
            self.see(watched.windowTitle())
        return False

    def hear(self, event: str, what: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            _program, command, _folder, environment = what
            self.see(f"{command} {environment}")


class Answers(QObject):
    """Answers the dialogs that come up: the printer, the suggested name, the photograph."""

    def __init__(self, photograph: Path) -> None:
        super().__init__()
        self._photograph = photograph
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> None:
        match QApplication.activeModalWidget():
            case QPrintDialog() as dialog:
                set_up(dialog, printers=QUEUE)
                dialog.accept()
            case QFileDialog() as dialog:
                if dialog.fileMode() is QFileDialog.FileMode.ExistingFiles:
                    dialog.setDirectory(str(self._photograph.parent))
                    dialog.findChildren(QLineEdit)[0].setText(self._photograph.name)
                dialog.accept()
            case QMessageBox() as box:
                box.accept()


class Day:
    def __init__(self, plan: dict[str, str], window: MainWindow) -> None:
        self.plan, self.window = plan, window
        self.person = Person(cast(QtBot, Patience(window)), window)
        self.wait = self.person.qtbot.waitUntil
        self.answers = Answers(Path(plan["photograph"]))

    def sign_in(self) -> None:
        self.person.write(self.plan["password"])
        self.person.press("Return")
        self.wait(lambda: self.window.clinic is not None)

    def mistype_the_password(self) -> None:
        page = self.person.page
        self.person.write(self.plan["wrong password"])
        self.person.press("Return")
        self.wait(lambda: page is not None and "do not open" in _texts(page))
        self.person.press("Ctrl+A")

    def enter_a_patient(self) -> None:
        """With a visit, a photograph, and what is only half typed."""
        self.person.choose("New patient")
        form = self.window.new_patient.form
        typed = {name: self.plan[name] for name in ("mrn", "family_name", "given_name")}
        self.person.fill(form, **typed, birth_date="1950-03-07", address=self.plan["address"])
        self.person.pick(form, "sex", "Female")
        self.person.press("Ctrl+Return")
        self.wait(lambda: self.person.page is self.window.patient)
        tab = self.person.add(Visit)
        self.person.fill(tab.form, date="2020-03-07", notes=self.plan["note"])
        self.person.pick(tab.form, "kind", "Follow-up")
        self.person.pick(tab.form, "status", "Done")
        self.person.press("Ctrl+Return")
        assert self.person.history.of(Visit)

    def add_a_photograph(self) -> None:
        tab = self.person.add(Attachment)
        assert isinstance(tab, FilesTab)
        self.wait(lambda: not tab._awaits and tab.form.values()["title"])
        tab.form.editors["title"].setFocus()
        self.person.press("Ctrl+Return")
        self.wait(lambda: bool(self.person.history.of(Attachment)))

    def print_and_save(self) -> None:
        preview = self.window.preview
        self.person.press("Ctrl+P")
        self.wait(preview.print_button.isEnabled)
        preview.print()
        self.wait(lambda: "Sent to" in preview.pages.said.text())
        preview.save()
        self.wait(lambda: "Saved as" in preview.pages.said.text())
        self.person.press("Escape")

    def find(self) -> None:
        self.person.press("Ctrl+K")
        self.person.write(self.plan["family_name"])
        self.person.press("Return")
        self.wait(lambda: self.person.page is self.window.patient)

    def print_for_all(self) -> None:
        self.person.press("Ctrl+2")
        patients = self.window.patients
        self.wait(lambda: patients.table.rowCount() > 0)
        patients.view.setFocus()
        self.person.press("Ctrl+A", "Ctrl+P")
        batch = self.person.page
        assert isinstance(batch, BatchPage)
        self.wait(batch.save_button.isEnabled)
        batch.save_button.click()
        self.wait(lambda: not batch.running)
        self.person.press("Escape")

    def meet_bugs(self) -> None:
        """In a slot and on the worker; each has what was typed in its words and its variables."""
        QTimer.singleShot(0, self._fail)
        self.window.tasks.run(self._fail, print, self.window.tell_error)
        QTest.qWait(20 * LOOK_MS)

    def _fail(self) -> None:
        words = dict(self.plan)
        raise KeyError(words)

    def back_up(self) -> None:
        self.person.choose("Backups and lock")
        pane = self.window.own.backups.pane
        self.person.click("Back up now")
        self.wait(lambda: not pane.strip.running and "Backed up" in pane.strip.said.text())
        self.person.press("Escape")

    def lock_and_come_back(self) -> None:
        self.find()
        tab = self.person.add(Visit)
        self.person.fill(tab.form, notes=self.plan["note"])
        QApplication.clipboard().setText(self.plan["family_name"])
        self.person.press("Ctrl+L")
        assert not QApplication.clipboard().text()
        self.wait(lambda: self.window.locking.being_closed is None)
        self.sign_in()
        self.wait(lambda: self.person.page is self.window.patient)

    def spend(self) -> None:
        self.mistype_the_password()
        self.sign_in()
        for deed in (
            self.enter_a_patient,
            self.print_and_save,
            self.find,
            self.print_for_all,
            self.meet_bugs,
            self.back_up,
            self.find,
            self.add_a_photograph,
            self.lock_and_come_back,
        ):
            deed()


def _texts(page: QWidget) -> str:
    return " ".join(each.text() for each in page.findChildren(QLabel))


def _main() -> None:
    plan = json.load(sys.stdin)
    onlooker = Onlooker(Path(plan.pop("seen")))
    folder = plan.pop("folder")
    sys.addaudithook(onlooker.hear)

    def live(_app: object) -> int:
        app = cast(QApplication, QApplication.instance())
        app.installEventFilter(onlooker)
        (window,) = (each for each in app.topLevelWidgets() if isinstance(each, MainWindow))
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        Day(plan, window).spend()
        for name in ("environ", "cmdline"):
            onlooker.see(Path(f"/proc/self/{name}").read_text())
        onlooker.see("the day is over")
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    QApplication.exec = live  # type: ignore[method-assign, assignment]
    sys.exit(main.main(["--clinic", folder]))


if __name__ == "__main__":
    _main()

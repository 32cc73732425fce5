"""A process of its own: signs in, types half a visit, and stays until it is killed.

python -m tests.ui.typist FOLDER PASSWORD WORDS
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.visit import Visit
from ui.main_window import MainWindow


def keys(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or QWidget(), text)


def main(folder: str, password: str, words: str) -> None:
    app = QApplication(sys.argv[:1])
    window = MainWindow(Path(folder))
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    keys(password)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    while window.clinic is None:
        app.processEvents()
    window.open_patient(window.clinic.patient("004711").id)
    window.patient.add(Visit)
    keys("-3")
    window.patient.record_tabs[Visit].form.editors["plan"].setFocus()
    keys(words)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])

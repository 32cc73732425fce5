"""How long it takes from Enter in the password field until what is due today is painted.

Each time in a program that has just been started, where all that is behind the sign-in page was
loaded while the password was typed. The work of the password itself (Argon2id, which is to take
long) is measured alone and subtracted.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from models.store.folder import keyring_of
from tests.bench.clinics import AS_OF, PASSWORD, USER, copied
from tests.bench.figures import Figure, in_turns, median
from tests.bench.start import HERE, a_home

SIZES = (1_000, 100_000)
QUICK = (1_000,)
PROGRAM = """
import datetime as dt, os, sys, time
import main
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from ui import main_window
from ui.loading import Loading

folder, password, today = sys.argv[1:]
main_window.today = lambda: dt.date.fromisoformat(today)

def sign_in(window):
    line = window.focusWidget()
    QTest.keyClicks(line, password)
    began = time.perf_counter()
    QTest.keyClick(line, Qt.Key.Key_Return)
    watch = QTimer(window, interval=5)
    watch.timeout.connect(lambda: look(window, began))
    watch.start()

def look(window, began):
    if window.clinic is not None and window.today_page.worklist is not None:
        window.repaint()
        print(1000 * (time.perf_counter() - began), flush=True)
        os._exit(0)

start = Loading.start
def started(self):
    if not self._begun:
        self.done.connect(lambda: QTimer.singleShot(200, self, lambda: sign_in(self.parent())))
    start(self)
Loading.start = started
main.main(["--clinic", folder])
"""


def figures(quick: bool) -> Iterator[Figure]:
    """For each size: the work of the password, and what comes on top of it."""
    for size in QUICK if quick else SIZES:
        at = f"{size:,} patients"
        with copied(size) as folder:
            taken = [signed_in(folder) for _run in range(1 if quick else 7)]
            alone = in_turns({"": lambda folder=folder: by_password(folder)}, 3)[""]
        yield median("the work of the password alone", at, alone)
        beyond = [each - min(alone) for each in taken]
        yield median("sign-in to painted Today, beyond that", at, beyond, at_most=500)


def by_password(folder: Path) -> None:
    keyring_of(folder).key_for(USER, PASSWORD)


def signed_in(folder: Path) -> float:
    """Milliseconds, told by the program itself."""
    with a_home() as environment:
        words = [sys.executable, "-c", PROGRAM, str(folder), PASSWORD, AS_OF.isoformat()]
        told = subprocess.run(
            words, cwd=HERE, env=environment, check=True, capture_output=True, text=True, timeout=60
        )
    return float(told.stdout)

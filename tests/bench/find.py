"""How long one key in Find takes until the list is painted, in clinics of several sizes.

And what the list of all patients and the audit log keep the window waiting for.
"""

import datetime as dt
import random
import time
from collections.abc import Iterator
from itertools import cycle, islice

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from models.patient import Patient
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from tests.bench.clinics import copied, opened, people
from tests.bench.figures import Figure, in_turns, median, percentile
from ui import theme
from ui.find_box import FindBox
from ui.patients_page import PatientsPage

SIZES = (100, 1_000, 100_000)
QUICK = (100, 1_000)
ASKED, QUICK_ASKED = 20, 3
AMONG, LISTED = 1_000, 12
TODAY = dt.date(2020, 4, 30)


def figures(quick: bool) -> Iterator[Figure]:
    """One key until the list is painted: for names, MRNs, dates and misspelled names."""
    former: float | None = None
    for size in QUICK if quick else SIZES:
        with copied(size) as folder, opened(folder) as clinic:
            taken = measured(clinic, texts_of(size, QUICK_ASKED if quick else ASKED))
            listed = [*lists(clinic, f"{size:,} patients")]
        figure = percentile(
            "one key in Find, painted",
            f"{size:,} patients",
            taken,
            beside="a hundredth of the patients" if size == SIZES[-1] else "",
            reference=former if size == SIZES[-1] else None,
            at_most=16,
            times=2 if size == SIZES[-1] else None,
        )
        former = figure.value
        yield figure
        yield from listed


def texts_of(size: int, asked: int) -> list[str]:
    """What somebody types who looks for so many of the first patients, in no order."""
    dice = random.Random(size)  # noqa: S311 - no secret is made of it
    some = [*islice(people(size), AMONG)]
    texts = [text for each in dice.sample(some, asked) for text in typed(each, dice)]
    return dice.sample(texts, len(texts))


def typed(patient: Patient, dice: random.Random) -> list[str]:
    born, name = patient.birth_date, patient.family_name
    place = dice.randrange(len(name) - 1)
    swapped = name[:place] + name[place : place + 2][::-1] + name[place + 2 :]
    return [
        f"{name} {patient.given_name}",
        f"{patient.given_name} {name}",
        patient.mrn,
        f"{born}",
        f"{born.day}.{born.month}.{born.year}",
        f"{name} {born.year}",
        swapped,
    ]


def measured(clinic: Clinic, texts: list[str]) -> list[float]:
    app = QApplication.instance() or QApplication([])
    window = QMainWindow()
    box = FindBox(lambda text: clinic.look_up(text, TODAY), list, window)
    window.menuBar().setCornerWidget(box)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    theme.load_fonts()
    taken = []
    for text in texts:
        box.start()
        box.clear()
        for letter in text:
            began = time.perf_counter()
            QTest.keyClicks(box, letter)
            app.processEvents()
            taken.append(1000 * (time.perf_counter() - began))
    assert box.list.isVisible()
    return taken


def lists(clinic: Clinic, at: str) -> Iterator[Figure]:
    """On the window's thread; the audit log is read beside it, a page at a time."""
    app = QApplication.instance() or QApplication([])
    page = PatientsPage()
    page.matching = lambda text: clinic.matching(text, TODAY)
    page.resize(1366, 700)
    page.show()
    everybody = clinic.listed(TODAY)
    texts = cycle(text[:length] for text in ("Mannus", "Beton", "Rulhe") for length in (1, 2, 3, 4))

    def shown() -> None:
        page.set_patients(everybody)
        app.processEvents()

    def key() -> None:
        page.search.setText(next(texts))
        app.processEvents()

    work = {
        "all patients shown, painted": shown,
        "one key in the list of patients, painted": key,
        "the first page of the audit log, read": lambda: clinic.trail.search(Asked()),
    }
    for what, taken in in_turns(work, LISTED).items():
        yield median(what, at, taken, at_most=50)
    page.close()

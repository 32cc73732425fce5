"""How long one key in Find takes until the list is painted, in clinics of several sizes."""

import datetime as dt
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from models.patient import Patient, Sex
from models.store import search
from models.store.clinic import Clinic
from ui import theme
from ui.find_box import FindBox

SIZES = (1_000, 20_000)
ASKED = 40
TODAY = dt.date(2020, 4, 30)
CONSONANTS, VOWELS = "bdfghklmnprstvwz", "aeiou"


def main() -> None:
    most = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            taken = keys_in(Path(folder) / "clinic", size)
        most[size] = statistics.quantiles(taken, n=100)[94]
        middle = statistics.median(taken)
        words = f"one key in Find among {size} patients"
        print(f"{words:52} {middle:8.1f} ms   (95 of 100 within {most[size]:.1f})")
    print(f"{'growth of the 95th percentile':52} {most[SIZES[-1]] / most[SIZES[0]]:8.1f} times")


def keys_in(folder: Path, size: int) -> list[float]:
    """Milliseconds of each key, for names, MRNs, dates and misspelled names."""
    dice = random.Random(size)  # noqa: S311 - no secret is made of it
    clinic, _key = Clinic.create(folder, name="Clinic", user="bench", password="lamp river cotton")
    with clinic:
        people = fill(clinic, size, dice)
        texts = [text for each in dice.sample(people, ASKED) for text in typed(each, dice)]
        return measured(clinic, texts)


def fill(clinic: Clinic, size: int, dice: random.Random) -> list[Patient]:
    """Patients as they are saved, without what the audit trail would cost."""
    families = ["".join(syllables(dice)).capitalize() for _ in range(size)]
    given = ["".join(syllables(dice)).capitalize() for _ in range(400)]
    people = [made_up(number, families, given, dice) for number in range(size)]
    with clinic._store.writing() as session:
        for each in people:
            session.add(each)
            search.index(session, each)
    return people


def made_up(number: int, families: list[str], given: list[str], dice: random.Random) -> Patient:
    """A few names are many people's, as everywhere."""
    return Patient(
        id=uuid.UUID(int=dice.getrandbits(128), version=4),
        mrn=f"{number:06d}",
        family_name=families[int(len(families) * dice.random() ** 3)],
        given_name=given[int(len(given) * dice.random() ** 2)],
        birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=dice.randrange(25_000)),
        sex=Sex.UNKNOWN,
        version=1,
        recorded_by="bench",
        recorded_at=dt.datetime(2020, 4, 30, tzinfo=dt.UTC),
        changed_by="",
    )


def syllables(dice: random.Random) -> Iterator[str]:
    for _number in range(dice.choice((2, 2, 3))):
        yield dice.choice(CONSONANTS) + dice.choice(VOWELS) + dice.choice(("", *"nrlst"))


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
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
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


if __name__ == "__main__":
    main()

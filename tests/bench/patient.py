"""Opening a patient: from Enter in Find until the page is painted, in a small and a large clinic.

The parts of it stand below: reading the records beside bare cursors that fetch the same rows.
"""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget
from sqlalchemy import select, text

from models.records import OF_A_PATIENT
from models.store.clinic import Clinic
from models.store.tables import METADATA
from models.summary import as_of
from tests.bench.clinics import AS_OF, copied, mrn_of, opened
from tests.bench.figures import Figure, Work, in_turns, median
from ui import main_window, theme
from ui.garbage import Garbage
from ui.main_window import MainWindow

SIZES, QUICK = (1_000, 100_000), (100, 1_000)
PAINTED_WITHIN = {"of 600 records": 100, "of 5,000 records": 400}
AS_MANY_MORE = 1.3
"""A clinic may grow a hundredfold, and a patient opens in about the same time."""


def figures(quick: bool) -> Iterator[Figure]:
    small: dict[str, float] = {}
    for size in QUICK if quick else SIZES:
        with copied(size) as folder, opened(folder) as clinic:
            for words in [*PAINTED_WITHIN][: 1 if quick else None]:
                for figure in _window(clinic, words, times=3 if quick else 15):
                    yield _beside(figure, size, small.get(f"{figure.what} {words}"))
                    small[f"{figure.what} {words}"] = figure.value
            if size == QUICK[-1]:
                yield from _parts(clinic, times=3 if quick else 25)


def _beside(figure: Figure, size: int, small: float | None) -> Figure:
    """Named with the size of its clinic, beside the same in the smaller one."""
    at = f"{figure.at}, {size:,} patients"
    compared = {"beside": "fewer patients", "reference": small, "times": AS_MANY_MORE}
    return Figure(**{**vars(figure), "at": at, **(compared if small else {})})


# The window


def _window(clinic: Clinic, words: str, times: int) -> Iterator[Figure]:
    with signed_in(clinic) as window:
        patient = clinic.patient(mrn_of(words)).id
        taken = [_opening(window, words) for _turn in range(times + 1)]
        aim = PAINTED_WITHIN[words]
        yield median("a patient opened from Find, painted", words, taken[1:], at_most=aim)
        yield median("the first since the window was opened", words, taken[:1])
        taken = [_again(window, partial(window.open_patient, patient)) for _turn in range(times)]
        yield median("read by the same user a short while ago", words, taken)
        name, slowest = _slowest_tab(window, patient, max(times // 5, 1))
        yield median(f"the slowest tab at first sight: {name}", words, slowest)


@contextmanager
def signed_in(clinic: Clinic) -> Iterator[MainWindow]:
    """The window, with this clinic open and nothing going on beside."""
    app = QApplication.instance() or QApplication([])
    main_window.today = lambda: AS_OF
    with TemporaryDirectory() as aside:
        user = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.NativeFormat, user, aside)
        assert isinstance(app, QApplication)
        theme.apply(app, dark=False)
        window = MainWindow(Path(aside) / "none")
        Garbage(window)
        window.at_hand.clinic = clinic
        window._allow(clinic)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        window.show_page(window.patients)
        QApplication.processEvents()
        try:
            yield window
        finally:
            window.at_hand.let_go()
            window.shut_down()
            window.deleteLater()
            QApplication.processEvents()


def _opening(window: MainWindow, words: str) -> float:
    """Enter in Find."""
    box = window.find_box
    box.start()
    box.setText(mrn_of(words))
    QApplication.processEvents()
    return _again(window, lambda: QTest.keyClick(box, Qt.Key.Key_Return), anew=True)


def _again(window: MainWindow, ask: Callable[[], object], *, anew: bool = False) -> float:
    """Milliseconds until the page is painted, from another page; `anew`: it goes on record."""
    if anew and window.clinic is not None:
        window.clinic.sitting._noted.clear()
    taken = until_painted(ask)
    assert window.shows_patient
    _leave(window)
    return taken


def _leave(window: MainWindow) -> None:
    window.show_page(window.patients)
    QApplication.processEvents()


def until_painted(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - began)


def _slowest_tab(window: MainWindow, patient: Any, times: int) -> tuple[str, list[float]]:
    """Its name, and how long it takes until it is painted for a patient who was just opened."""
    taken: dict[str, list[float]] = {}
    for turn in range(-1, times):
        window.open_patient(patient)
        QApplication.processEvents()
        for name, show in _tabs(window.patient.tabs):
            took = until_painted(show)
            if turn >= 0:
                taken.setdefault(name, []).append(took)
    _leave(window)
    return max(taken.items(), key=lambda each: statistics.median(each[1]))


def _tabs(tabs: QTabWidget) -> Iterator[tuple[str, Callable[[], object]]]:
    for at in range(tabs.count()):
        held = tabs.widget(at)
        if not isinstance(held, QTabWidget):
            yield tabs.tabText(at), partial(tabs.setCurrentIndex, at)
            continue
        for inner in range(held.count()):
            yield held.tabText(inner), partial(_show, tabs, at, held, inner)


def _show(tabs: QTabWidget, at: int, held: QTabWidget, inner: int) -> None:
    held.setCurrentIndex(inner)
    tabs.setCurrentIndex(at)


# Its parts, without a window


def _parts(clinic: Clinic, times: int) -> Iterator[Figure]:
    """What is read and worked out, beside cursors that fetch the same rows."""
    for words in PAINTED_WITHIN:
        patient = clinic.patient(mrn_of(words)).id
        history = clinic.history(patient)
        work: dict[str, Work] = {
            "a bare cursor": partial(_bare_rows, clinic, patient),
            "SQLAlchemy's rows": partial(_rows, clinic, patient),
            "history": partial(clinic.history, patient),
            "as of a day": partial(as_of, history, AS_OF),
        }
        taken = in_turns(work, times)
        for name in ("SQLAlchemy's rows", "a bare cursor"):
            yield median(
                "Clinic.history",
                words,
                taken["history"],
                beside=name,
                reference=statistics.median(taken[name]),
            )
        yield median("the history as of a day", words, taken["as of a day"])
    taken = in_turns({"histories": clinic.histories}, max(times // 8, 2))
    yield median("Clinic.histories", f"{QUICK[-1]:,} patients", taken["histories"])


def _bare_rows(clinic: Clinic, patient: uuid.UUID) -> None:
    with clinic._store.reading() as session:
        cursor = session.connection().connection.cursor()
        for kind in OF_A_PATIENT:
            asked = f"SELECT * FROM {kind.table_name()} WHERE patient = ? AND removed_at IS NULL"  # noqa: S608 - a table of ours
            cursor.execute(f"{asked} ORDER BY rowid", (patient.hex,))
            cursor.fetchall()


def _rows(clinic: Clinic, patient: uuid.UUID) -> None:
    with clinic._store.reading() as session:
        for kind in OF_A_PATIENT:
            table = METADATA.tables[kind.table_name()]
            own = (table.c.patient == patient, table.c.removed_at.is_(None))
            session.execute(select(table).where(*own).order_by(text("rowid"))).all()

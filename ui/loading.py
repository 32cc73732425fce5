"""Loads what is behind the sign-in page while somebody types the password."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import ClinicError
from ui.tasks import Tasks

RECORDS = (
    "models.store.clinic",
    "models.store.drawing_up",
    "models.store.restoring",
    "models.figures",
    "models.explaining",
    "models.treatment_day",
    "models.cohort.selection",
    "models.exchange.formats",
    "models.exchange.tables.template",
    "reports.timeline_chart",
    "reports.body_figure",
    "reports.handover",
)
"""What knows no Qt may be loaded beside the window's thread."""
PAGES = (
    "ui.form",
    "ui.record_tab",
    "ui.today_page",
    "ui.patients_page",
    "ui.files_tab",
    "ui.batch_page",
    "ui.import_page",
    "ui.print_preview",
    "ui.locking",
    "ui.backing_up",
    "ui.clinic_pages",
    "ui.patient_page",
    "ui.patient_pages",
)
"""In this order none takes more than a moment longer than those before it."""


class Loading(QObject):
    """First the records on the worker, where signing in waits behind them. Then the pages, one
    between one key and the next: Qt's own classes are made on the window's thread alone. `done`:
    they are there, and `furnish` was called. What fails keeps nothing else from being loaded, and
    is told in the end, as one bug.
    """

    done = Signal()

    def __init__(self, tasks: Tasks, furnish: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._furnish = tasks, furnish
        self._pages = iter(PAGES)
        self._between_keys = QTimer(self)
        self._between_keys.timeout.connect(self._load_page)
        self._begun = False
        self._failed: Exception | None = None

    def start(self) -> None:
        """Once, when what is shown has been painted."""
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._load_records)

    def stop(self) -> None:
        self._between_keys.stop()

    def _load_records(self) -> None:
        self._tasks.run(_load_records, self._load_pages, self._load_pages)

    def _load_pages(self, failed: ClinicError | None) -> None:
        self._failed = failed
        self._between_keys.start()

    def _load_page(self) -> None:
        page = next(self._pages, None)
        if page is not None:
            self._attempt(partial(import_module, page))
            return
        self.stop()
        self._attempt(self._furnish)
        self.done.emit()
        if self._failed is not None:
            raise self._failed

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # the first is told: it brings on others
            self._failed = self._failed or error


def _load_records() -> None:
    for name in RECORDS:
        import_module(name)
    from models.records import map_all  # noqa: PLC0415 - not before the page is painted

    map_all()

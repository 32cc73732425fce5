"""The pages of several patients: what is due and everybody, worked out anew whenever shown."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.progress import Progress
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.store.drawing_up import DrawnUp
from models.store.roll import Roll
from ui.long_work import LongWork
from ui.open_clinic import of_records, unsaved, what_is_due
from ui.patients_page import PatientsPage
from ui.today_page import TodayPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


T = TypeVar("T")


class Lists:
    """All of them read beside whatever else is done, and for one page at a time: what the page
    before was to show is not waited for any more.
    """

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._home: QWidget | None = None
        self._reading: LongWork | None = None
        self._asked_again = False

    @property
    def home(self) -> QWidget:
        """The page to which the way back from a patient leads."""
        return self._home or self._window.today_page

    @property
    def pages(self) -> set[QWidget | None]:
        """Those that there are by now."""
        return {self._window.pages.get(name) for name in ("today", "patients", "cohort")}

    def forget(self) -> None:
        self._home = None

    def stop(self) -> None:
        """Nothing is heard any more of what is being read."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.stop()
            reading.blockSignals(True)
            reading.deleteLater()

    @property
    def _cohort(self) -> QWidget | None:
        return self._window.own.made.get("cohort")

    def show_home(self) -> None:
        """Where the patient was chosen."""
        if self.home is self._window.today_page:
            self.show_today()
        elif self.home is self._cohort:
            self.show_cohort()
        else:
            self.show_patients()

    def show_today(self) -> None:
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        self._go_to(window.today_page)
        self._focus_on(window.today_page)
        self._asked_again = self._reading is not None
        if not self._asked_again:
            self._draw_up(window.clinic)

    def _draw_up(self, clinic: Clinic) -> None:
        at_hand, page = self._window.at_hand, self._window.today_page
        work = partial(what_is_due, clinic, at_hand.today(), at_hand.due)
        reading = self._read(page, work, self._list_due, self._due_failed)
        reading.advanced.connect(page.tell_how_far)

    def show_patients(self) -> None:
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        self._go_to(window.patients)
        work = partial(window.clinic.listed, window.at_hand.today())
        self._read(window.patients, work, self._list, self._list_failed)

    def show_cohort(self) -> None:
        """As it was left, with what changed since."""
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        page = window.own.cohort
        focused = page.focusWidget() or page
        self._go_to(page)
        page.open(window.clinic)
        focused.setFocus()

    def _read(
        self,
        page: QWidget,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[ClinicError], None],
    ) -> LongWork:
        self.stop()
        self._reading = LongWork(self._window.own.reader, work, page)
        self._reading.done.connect(done)
        self._reading.failed.connect(failed)
        self._reading.start()
        return self._reading

    def _go_to(self, page: QWidget) -> None:
        window = self._window
        if self._reading is not None and self._reading.parent() is not page:
            self.stop()
        if window.history is not None:
            window.patient.close_patient()
        self._home = page
        window.show_page(page)
        window.find_box.clearFocus()
        if window.clinic is not None:
            work = partial(unsaved, window.clinic, window.at_hand.today())
            window.tasks.run(work, self._tell_unsaved, window.mention_error)

    def _tell_unsaved(self, found: tuple[list[Draft], str]) -> None:
        window = self._window
        if window.clinic is not None and window.stack.currentWidget() is self.home:
            window.unsaved.show_drafts(*found)

    def _list_due(self, found: DrawnUp) -> None:
        """Where it was asked for meanwhile, what has changed since it was begun follows."""
        window = self._window
        self.stop()
        if window.clinic is None:
            return
        window.at_hand.due = found
        window.today_page.set_worklist(found.worklist)
        self._focus_on(window.today_page)
        try:
            window.today_page.go_on(window.clinic)
        except ClinicError as error:
            window.mention_error(error)
        if self._asked_again:
            self._asked_again = False
            self._draw_up(window.clinic)

    def _list(self, everybody: Roll) -> None:
        self.stop()
        if self._window.clinic is not None:
            self._window.patients.set_patients(everybody)
            self._focus_on(self._window.patients)

    def tell_of_records(self, patients: Sequence[uuid.UUID]) -> None:
        """What the list of patients shows of the records of a few."""
        window = self._window
        if window.clinic is not None:
            work = partial(of_records, window.clinic, window.at_hand.today(), patients)
            page = window.patients
            window.own.reader.run(work, page.tell, page.say_records_failed)

    def _due_failed(self, error: ClinicError) -> None:
        self.stop()
        if self._window.clinic is not None:
            self._window.today_page.tell(error)

    def _list_failed(self, error: ClinicError) -> None:
        self.stop()
        window = self._window
        if window.clinic is not None:
            patients = window.patients
            (window.tell_error if patients.has_list else patients.say_failed)(error)

    def _focus_on(self, page: TodayPage | PatientsPage) -> None:
        """What is listed gets the focus, unless somebody is there by now, searches or finds."""
        window = self._window
        there = window.focusWidget() in {page.search, page.view, window.find_box}
        if window.stack.currentWidget() is page and not there:
            page.setFocus()

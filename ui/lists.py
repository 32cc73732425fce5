"""The pages of several patients: what is due and everybody, worked out anew whenever shown."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.store.drafts import Draft
from models.store.drawing_up import DrawnUp
from models.store.roll import Roll
from ui.open_clinic import everybody, of_records, unsaved, what_is_due
from ui.patients_page import PatientsPage
from ui.today_page import TodayPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Lists:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._home: QWidget | None = None

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
        at_hand = window.at_hand
        work = partial(what_is_due, window.clinic, at_hand.today(), at_hand.due, self._tell_how_far)
        window.tasks.run(work, self._list_due, self._due_failed)

    def _tell_how_far(self, done: int, whole: int) -> None:
        """On the worker's thread; a small clinic is done at once."""
        if done:
            self._window.tasks.tell(self._window.today_page.tell_how_far, (done, whole))

    def show_patients(self) -> None:
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        self._go_to(window.patients)
        work = partial(everybody, window.clinic, window.at_hand.today())
        window.tasks.run(work, self._list, self._list_failed)

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

    def _go_to(self, page: QWidget) -> None:
        window = self._window
        if window.history is not None:
            window.patient.close_patient()
        self._home = page
        window.show_page(page)
        if window.clinic is not None:
            work = partial(unsaved, window.clinic, window.at_hand.today())
            window.tasks.run(work, self._tell_unsaved, window.mention_error)

    def _tell_unsaved(self, found: tuple[list[Draft], str]) -> None:
        window = self._window
        if window.clinic is not None and window.stack.currentWidget() is self.home:
            window.unsaved.show_drafts(*found)

    def _list_due(self, found: DrawnUp) -> None:
        """What was read before somebody signed out is not shown after."""
        window = self._window
        if window.clinic is None:
            return
        window.at_hand.due = found
        window.today_page.set_worklist(found.worklist)
        self._focus_on(window.today_page)
        try:
            window.today_page.go_on(window.clinic)
        except ClinicError as error:
            window.mention_error(error)

    def _list(self, everybody: Roll) -> None:
        if self._window.clinic is not None:
            self._window.patients.set_patients(everybody)
            self._focus_on(self._window.patients)

    def tell_of_records(self, patients: Sequence[uuid.UUID]) -> None:
        """What the list of patients shows of the records of a few."""
        window = self._window
        if window.clinic is not None:
            work = partial(of_records, window.clinic, window.at_hand.today(), patients)
            window.tasks.run(work, window.patients.tell, self._records_failed)

    def _due_failed(self, error: ClinicError) -> None:
        if self._window.clinic is not None:
            self._window.today_page.tell(error)

    def _list_failed(self, error: ClinicError) -> None:
        if self._window.clinic is not None:
            self._window.tell_error(error)

    def _records_failed(self, error: ClinicError) -> None:
        self._window.patients.stop()
        self._list_failed(error)

    def _focus_on(self, page: TodayPage | PatientsPage) -> None:
        """What is listed gets the focus, unless somebody is there by now, or searches."""
        window = self._window
        there = window.focusWidget() in {page.search, page.view}
        if window.stack.currentWidget() is page and not there:
            page.setFocus()

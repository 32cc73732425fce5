"""The window: which page is shown, the menu with its shortcuts, and the status bar."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import ClinicError
from models.roles import May
from models.words import _
from ui import allowed, errors
from ui.doors import Doors
from ui.find_box import FindBox
from ui.loading import Loading
from ui.main_menu import fill_menu_bar
from ui.menus import Where
from ui.notices_strip import NoticesStrip
from ui.scheme_menu import scheme
from ui.shortcuts import show_shortcuts
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks

if TYPE_CHECKING:
    from models.due import Due
    from models.history import History
    from models.store.clinic import Clinic
    from models.store.drafts import Draft
    from ui.batch_page import BatchPage
    from ui.closing_page import ClosingPage
    from ui.merge_page import MergePage
    from ui.new_patient_page import NewPatientPage
    from ui.patient_page import PatientPage
    from ui.patients_page import PatientsPage
    from ui.print_preview import PrintPreview
    from ui.today_page import TodayPage

SMALLEST = (1024, 600)
USUAL = (1366, 768)
PASSING_MS, LONG_MS = 4000, 20_000
LAST_FOLDER = "folder"


def today() -> dt.date:
    return dt.datetime.now().astimezone().date()


class MainWindow(QMainWindow):
    """Painted with the sign-in page alone; what is behind it is made meanwhile (`furnish`)."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QGuiApplication.applicationDisplayName() or "CTCL Follow-up")
        self.setMinimumSize(*SMALLEST)
        self.tasks = Tasks(self)
        self.loading = Loading(self.tasks, self.furnish, self)
        self._furnished = False
        self.notices = NoticesStrip(self)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self._who = QLabel(self)
        self.statusBar().addPermanentWidget(self._who)
        self.find_box = FindBox(
            lambda text: self.at_hand.look_up(text), lambda: self.at_hand.opened_lately(), self
        )
        self.find_box.chosen.connect(self._open_found)
        self.find_box.all_asked.connect(self._show_found)
        self.find_box.new_asked.connect(self.start_patient)
        self._doors = Doors(folder, self.tasks, self)
        self._doors.page_asked.connect(self.show_door)
        self._doors.entered.connect(self._enter)
        self._doors.failed.connect(self.tell_error)
        self._menus, self._navigation = fill_menu_bar(self)
        self._restore_place()
        self.knock()

    def furnish(self) -> None:
        """Make what is behind the sign-in page, at the latest when somebody comes in; only once."""
        if self._furnished:
            return
        from ui.at_work import AtWork
        from ui.backing_up import BackingUp
        from ui.clinic_pages import ClinicPages
        from ui.lists import Lists
        from ui.locking import Locking
        from ui.open_clinic import OpenClinic
        from ui.patient_pages import PatientPages
        from ui.printing import Prints
        from ui.undoing import Undoing
        from ui.unsaved_strip import UnsavedStrip

        self._furnished = True
        self.at_hand = OpenClinic(lambda: today())
        self.locking = Locking(self)
        self.unsaved = UnsavedStrip(self)
        self.unsaved.go_on_asked.connect(self._go_on)
        self.backing_up = BackingUp(self)
        self._column.insertWidget(1, self.backing_up.warning)
        self._column.insertWidget(2, self.unsaved)
        self.of_patients, self.own = PatientPages(self), ClinicPages(self)
        self.locking.idle.ticked.connect(self.backing_up.tick)
        self.undoing, self.at_work = Undoing(self), AtWork(self)
        self.prints, self.lists = Prints(self), Lists(self)

    @property
    def clinic(self) -> "Clinic | None":
        """The clinic that is open."""
        return self.at_hand.clinic if self._furnished else None

    # Coming in and going out

    def knock(self) -> None:
        """Before the clinic: whoever locked it is the likely one to come back."""
        left = self.locking.left if self._furnished else None
        self._doors.knock(left.user if left and left.folder == self._doors.folder else "")

    def create_clinic(self) -> None:
        if self.clinic is None and self.may_leave():
            self._doors.create_clinic()

    def show_door(self, page: QWidget) -> None:
        """A page that is none of those inside; it goes when another is shown."""
        if not isinstance(page, SignInPage):
            self.furnish()
        self.stack.addWidget(page)
        self.show_page(page)
        self._drop_door(page)
        if self._furnished:
            self.locking.watch_door(page)

    def _drop_door(self, *but: QWidget) -> None:
        shown = [self.stack.widget(place) for place in range(self.stack.count())]
        self.drop({*filter(None, shown)} - {*self.pages.values(), *but})

    def drop(self, pages: Iterable[QWidget]) -> None:
        for page in pages:
            getattr(page, "close_unclaimed", lambda: None)()
            self.stack.removeWidget(page)
            page.deleteLater()

    def _enter(self, clinic: "Clinic") -> None:
        """Come in; where somebody already has, the second clinic is closed again."""
        self.furnish()
        if self.clinic is not None:
            clinic.close()
            return
        self.at_hand.clinic = clinic
        self._doors.come_in(clinic.folder)
        if not clinic.demo:
            QSettings().setValue(LAST_FOLDER, str(clinic.folder))
        self._who.setText(f"{clinic.name} · {clinic.user}, {_(clinic.role.value)}")
        self.notices.say(clinic.notices)
        self.locking.watch()
        self._allow(clinic)
        self.backing_up.begin(clinic)
        if clinic.new_password_due:
            self.own.show_own_password()
        else:
            self._arrive(clinic)
        self._drop_door()

    def _arrive(self, clinic: "Clinic") -> None:
        """Where the same person left, or else at what is due."""
        if not self.locking.go_back(clinic):
            self.lists.show_today()

    def password_changed(self) -> None:
        """On to where somebody was going who first had to choose one, or back."""
        if self.clinic is not None and self.locking.left is not None:
            self._arrive(self.clinic)
        else:
            self.go_back()
        self.tell(_("The new password holds"))

    def _allow(self, clinic: "Clinic") -> None:
        """What the role does not allow goes from the menus and from the pages."""
        what = {what for what in May if clinic.role.may(what)}
        self._menus.allow(what)
        self._navigation.allow(what)
        allowed.confine(self, what)

    def lock(self) -> None:
        self.locking.lock()

    def forget(self) -> None:
        """Whatever stands around the pages and tells of a patient or of who was here."""
        for each in (self.find_box, self.unsaved, self.notices):
            each.forget()
        self._who.clear()

    # Pages

    def _go_on(self, draft: "Draft") -> None:
        """Back to a form in which something is not saved."""
        from models.store.drafts import NOBODY

        if draft.patient != NOBODY:
            self.open_patient(draft.patient)
            self.patient.go_on(draft.form)
        else:
            (self.own.way_to_draft(draft.form) or self.start_patient)()

    def open_patient(self, patient: uuid.UUID) -> None:
        if self.clinic is not None:
            self.at_hand.opened(patient)
            self.open_page(self.patient, partial(self.patient.open, self.clinic, patient))

    def take_up(self, patient: uuid.UUID, due: "Due") -> None:
        """Open the form in which something that is due is recorded."""
        self.open_patient(patient)
        if self.shows_patient:
            self.patient.take_up(due)

    def start_patient(self) -> None:
        if self.clinic is not None and self.may_leave():
            self.open_page(self.new_patient, partial(self._start_patient, self.clinic))

    def _start_patient(self, clinic: "Clinic") -> None:
        self.new_patient.start()
        self.new_patient.go_on(clinic)

    # Find

    def _open_found(self, patient: uuid.UUID) -> None:
        if self.may_leave():
            self.open_patient(patient)

    def _show_found(self, text: str) -> None:
        """All who are found, on the page of all patients."""
        if self.may_leave():
            self.lists.show_patients()
            self.patients.look_for(text)

    def leave_users(self) -> None:
        """Whoever was an administrator may have given that up there."""
        if self.clinic is not None:
            self._allow(self.clinic)
        self.go_back()

    def show_closing(self, page: "ClosingPage") -> None:
        """While the window waits to be closed nothing else can be chosen."""
        page.stay_asked.connect(partial(self.stay, self.stack.currentWidget()))
        self.show_door(page)

    def stay(self, page: QWidget | None) -> None:
        """On this page, after all."""
        self.show_page(page if page and self.name_of(page) else self.lists.home)
        self._drop_door()

    def open_page(self, page: QWidget, fill: Callable[[], object]) -> None:
        """Show a page with what is on file; where that cannot be read, the page stays away."""
        try:
            fill()
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self.show_page(page)

    def merge_patient(self, duplicate: uuid.UUID | None = None) -> None:
        if self._furnished:
            self.of_patients.merge_patient(duplicate)

    def go_back(self) -> None:
        """To the patient, worked out anew, or to where patients are chosen."""
        if self.history is None:
            self.lists.show_home()
        else:
            self.open_patient(self.history.patient.id)

    def show_preview(self) -> None:
        self.show_page(self.preview)

    def show_batch(self) -> None:
        self.show_page(self.batch)

    def say_saved(self) -> None:
        self.locking.watch()
        self.tell(_("Saved"))

    def show_anew(self) -> None:
        """The page that is shown, with what is on file now."""
        self.locking.watch()
        self.ways.get(self.name_of(self.stack.currentWidget()), lambda: None)()

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """How each page that is no patient's is shown, by its name."""
        lists = self.lists
        of_patients = {
            "today": lists.show_today,
            "patients": lists.show_patients,
            "cohort": lists.show_cohort,
        }
        return {**of_patients, **self.own.ways}

    @property
    def pages(self) -> dict[str, QWidget]:
        """Those inside, by name."""
        return {**self.of_patients.made, **self.own.made} if self._furnished else {}

    def name_of(self, page: QWidget | None) -> str:
        """Of a page inside; empty for one before the clinic is open."""
        return next((name for name, each in self.pages.items() if each is page), "")

    def leave_removed_patient(self) -> None:
        """The entry of the open patient is gone: what was typed for it stays on file."""
        self.patient.drafts.end()
        self.patient.close_patient()
        self.lists.show_home()

    def may_leave(self) -> bool:
        """Whether the page shown can be left without losing what was typed."""
        if self.shows_patient:
            return self.history is None or self.patient.may_leave()
        return bool(getattr(self.stack.currentWidget(), "may_leave", lambda: True)())

    def show_page(self, page: QWidget) -> None:
        name = self.name_of(page)
        if self._furnished:
            self.unsaved.hide()
        self._menus.enable(self._here(page))
        inside = Where.INSIDE in self._here(page)
        self._navigation.show_page(self.own.within(name) if name else "", inside=inside)
        self.find_box.setEnabled(inside)
        self.stack.setCurrentWidget(page)
        self.statusBar().clearMessage()

    def _here(self, page: QWidget) -> set[Where]:
        if isinstance(page, SignInPage):
            return {Where.EVERYWHERE, Where.OUTSIDE}
        from ui.at_work import WorkPage
        from ui.closing_page import ClosingPage
        from ui.restore_page import RestorePage

        if self.clinic is None:
            here = {Where.EVERYWHERE, Where.OUTSIDE}
            return here | {Where.SIGNED_IN} if isinstance(page, RestorePage) else here
        if isinstance(page, ClosingPage):
            return {Where.EVERYWHERE}
        if isinstance(page, WorkPage):
            return {Where.EVERYWHERE, Where.SIGNED_IN}
        here = {Where.EVERYWHERE, Where.SIGNED_IN}
        if self.clinic.new_password_due:
            return here
        here.add(Where.INSIDE)
        of_clinic = page in {*self.own.made.values()} - self.lists.pages
        if of_clinic or self.of_patients.leads_back(page):
            here.add(Where.WITH_WAY_BACK)
        return here | {Where.WITH_PATIENT} if self.of_patients.is_patient(page) else here

    def tell(self, words: str) -> None:
        self.statusBar().showMessage(words, PASSING_MS)

    def mention_error(self, error: ClinicError) -> None:
        """What is not worth a question; nothing is said of what failed because of a lock."""
        if self.clinic is not None:
            self.tell(str(error))

    def tell_long(self, words: str) -> None:
        """For what takes longer to read."""
        self.statusBar().showMessage(words, LONG_MS)

    def not_kept(self, error: ClinicError) -> None:
        """What is typed cannot be put on file at the moment."""
        self.tell_long(_("Not kept yet: {error}").format(error=error))

    def tell_error(self, error: ClinicError) -> None:
        self.statusBar().clearMessage()
        errors.show_error(self, error)

    # What the menu asks of the open patient

    def start_treatment_day(self) -> None:
        self.patient.start_treatment_day()

    def add_record(self) -> None:
        self.patient.add()

    def show_shortcuts(self) -> None:
        show_shortcuts(self, self._menus.actions, allowed.all_of(self))

    # The pages inside

    @property
    def today_page(self) -> "TodayPage":
        return self.of_patients.today

    @property
    def patients(self) -> "PatientsPage":
        return self.of_patients.patients

    @property
    def batch(self) -> "BatchPage":
        return self.of_patients.batch

    @property
    def patient(self) -> "PatientPage":
        return self.of_patients.patient

    @property
    def new_patient(self) -> "NewPatientPage":
        return self.of_patients.new_patient

    @property
    def preview(self) -> "PrintPreview":
        return self.of_patients.preview

    @property
    def merge_page(self) -> "MergePage":
        return self.of_patients.merge

    @property
    def history(self) -> "History | None":
        """Of the patient who is open."""
        return self.of_patients.history if self._furnished else None

    @property
    def shows_patient(self) -> bool:
        return self._furnished and self.of_patients.is_patient(self.stack.currentWidget())

    def forget_pages(self) -> None:
        """Whoever dropped them gets new ones when they are asked for."""
        for each in (self.of_patients, self.own, self.lists):
            each.forget()

    def take_in(self, page: QWidget) -> None:
        """A page that was made after somebody had come in."""
        self.stack.addWidget(page)
        self.hear(page)
        allowed.confine(page, allowed.all_of(self))

    def hear(self, page: QWidget) -> None:
        """What the forms of a page cannot keep is told."""
        from ui.draft_keeper import DraftKeeper

        for keeper in page.findChildren(DraftKeeper):
            keeper.failed.connect(self.not_kept)

    # Place on the screen

    def _lay_out(self) -> None:
        whole = QWidget(self)
        column = self._column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(whole)

    def _restore_place(self) -> None:
        place = QSettings().value("geometry")
        if not (isinstance(place, QByteArray) and self.restoreGeometry(place)):
            self.resize(*USUAL)
        QGuiApplication.styleHints().setColorScheme(scheme())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.find_box.fit(event.size().width())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.loading.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        inside = self.clinic is not None
        if not self.may_leave() or (inside and self.backing_up.keeps_open()):
            event.ignore()
            return
        QSettings().setValue("geometry", self.saveGeometry())
        event.accept()

    def shut_down(self) -> None:
        """Wait for what is running, then close the store."""
        self.loading.stop()
        if self._furnished:
            self.locking.idle.rest()
            self.backing_up.shut_down()
            self.lists.stop()
            self.own.shut_down()
        self.tasks.shutdown()
        self._drop_door()
        if self._furnished:
            for clinic in (self.at_hand.let_go(), self.locking.being_closed):
                if clinic is not None:
                    clinic.close()
        self._doors.let_go()

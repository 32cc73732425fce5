"""The window: which page is shown, the menu with its shortcuts, and the status bar."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QMenu, QStackedWidget, QWidget

from models.base import ClinicError, R
from models.patient import Patient
from models.store.clinic import Clinic, is_clinic
from models.store.places import default_folder, demo_folder
from models.summary import Summary, as_of
from models.words import _
from ui import errors, theme
from ui.new_patient_page import NewPatientPage
from ui.patient_columns import worked_out
from ui.patient_page import PatientPage
from ui.patients_page import PatientsPage
from ui.practice_page import PracticePage
from ui.print_preview import PrintPreview
from ui.rules_page import RulesPage
from ui.scheme_menu import fill_scheme_menu, scheme
from ui.shortcuts import show_shortcuts
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks

SMALLEST = (1024, 600)
USUAL = (1366, 768)
PASSING_MS = 4000
LAST_FOLDER = "folder"
WITH_PATIENT, ALWAYS = {"add", "print"}, {"shortcuts", "quit"}


def today() -> dt.date:
    return dt.datetime.now().astimezone().date()


class MainWindow(QMainWindow):
    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QGuiApplication.applicationDisplayName() or "CTCL Follow-up")
        self.setMinimumSize(*SMALLEST)
        self.tasks = Tasks(self)
        self.clinic: Clinic | None = None
        self._folder = folder
        self.stack = QStackedWidget(self)
        self.setCentralWidget(self.stack)
        self._who = QLabel(self)
        self.statusBar().addPermanentWidget(self._who)
        self._actions: dict[str, QAction] = {}
        self._make_pages()
        self._make_menu()
        self._restore_place()
        self._knock()

    # Coming in and going out

    def _knock(self) -> None:
        """Sign in where there is a clinic, else create one."""
        try:
            known = is_clinic(self._folder)
        except ClinicError as error:
            self._show_door(self._cannot_open(error))
            return
        self._show_door(self._sign_in_page() if known else self._first_run_page(self._folder))

    def _sign_in_page(self) -> QWidget:
        page = SignInPage(self._folder, self.tasks, self)
        page.opened.connect(self._enter)
        page.other_folder_asked.connect(self._ask_folder)
        return page

    def _first_run_page(self, folder: Path) -> QWidget:
        from ui.first_run_page import FirstRunPage  # noqa: PLC0415 - it brings ReportLab along

        page = FirstRunPage(folder, self.tasks, self)
        page.created.connect(self._enter)
        page.demo_asked.connect(self._open_demo)
        page.clinic_found.connect(self._go_to)
        return page

    def create_clinic(self) -> None:
        """A new clinic of one's own, beside the demo or another one."""
        if self.clinic is None and self.may_leave():
            self._show_door(self._first_run_page(default_folder()))

    def _cannot_open(self, error: ClinicError) -> QWidget:
        label = QLabel(str(error), self)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMargin(4 * theme.MARGIN)
        theme.dress(label, "problems")
        return label

    def _show_door(self, page: QWidget) -> None:
        """A page before the clinic is open; it goes when somebody has come in."""
        self._drop_door()
        self.stack.addWidget(page)
        self._show(page)

    def _drop_door(self) -> None:
        pages = [self.stack.widget(place) for place in range(self.stack.count())]
        self._drop({*filter(None, pages)} - {*self._inside})

    def _drop(self, pages: Iterable[QWidget]) -> None:
        for page in pages:
            getattr(page, "close_unclaimed", lambda: None)()
            self.stack.removeWidget(page)
            page.deleteLater()

    def _enter(self, clinic: Clinic) -> None:
        """Come in; where somebody already has, the second clinic is closed again."""
        if self.clinic is not None:
            clinic.close()
            return
        self.clinic, self._folder = clinic, clinic.folder
        if not clinic.demo:
            QSettings().setValue(LAST_FOLDER, str(clinic.folder))
        self._who.setText(f"{clinic.name} · {clinic.user}")
        self.show_patients()
        self._drop_door()

    def _open_demo(self) -> None:
        if is_clinic(demo_folder()):
            self._go_to(demo_folder())
            return
        self.stack.setEnabled(False)
        self.statusBar().showMessage(_("Building the demo clinic …"))
        self.tasks.run(partial(_make_demo, demo_folder()), self._demo_made, self._demo_failed)

    def _demo_made(self, clinic: Clinic) -> None:
        self.stack.setEnabled(True)
        self.statusBar().clearMessage()
        self._enter(clinic)

    def _demo_failed(self, error: ClinicError) -> None:
        self.stack.setEnabled(True)
        self._failed(error)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("The clinic's folder"))
        if chosen:
            from ui.first_run_page import own_folder  # noqa: PLC0415 - it brings ReportLab along

            self._go_to(own_folder(Path(chosen)))

    def _go_to(self, folder: Path) -> None:
        self._folder = folder
        self._knock()

    def sign_out(self) -> None:
        """Close the clinic; the pages go with all they held of a patient."""
        if self.clinic is None or not self.may_leave():
            return
        self.clinic.close()
        self.clinic = None
        self._drop(self._inside)
        self._make_pages()
        self._who.clear()
        QGuiApplication.clipboard().clear()
        self._knock()

    # Pages

    def show_patients(self) -> None:
        if self.clinic is None or not self.may_leave():
            return
        self.patient.close_patient()
        self._show(self.patients)
        self.tasks.run(partial(_summaries, self.clinic), self._list, self._list_failed)

    def _list(self, summaries: list[Summary]) -> None:
        """What was read before somebody signed out is not shown after."""
        if self.clinic is None:
            return
        self.patients.set_summaries(summaries)
        if self.stack.currentWidget() is self.patients and self.focusWidget() is None:
            self.patients.setFocus()

    def _list_failed(self, error: ClinicError) -> None:
        if self.clinic is not None:
            self._failed(error)

    def open_patient(self, patient: uuid.UUID) -> None:
        if self.clinic is not None:
            self._open(self.patient, partial(self.patient.open, self.clinic, patient))

    def start_patient(self) -> None:
        if self.clinic is not None and self.may_leave():
            self._show(self.new_patient)
            self.new_patient.start()

    def find_patient(self) -> None:
        if self.clinic is None or not self.may_leave():
            return
        if self.stack.currentWidget() is not self.patients:
            self.show_patients()
        self.patients.focus_search()

    def show_rules(self, name: str = "") -> None:
        """The clinical rules, the named one chosen."""
        if self.clinic is not None and self.may_leave():
            self._open(self.rules, partial(self.rules.open, self.clinic, name))

    def show_settings(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.settings, lambda: self.settings.start(clinic.practice()))

    def _open(self, page: QWidget, fill: Callable[[], object]) -> None:
        """Show a page with what is on file; where that cannot be read, the page stays away."""
        try:
            fill()
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self._show(page)

    def _go_back(self) -> None:
        """To the patient, worked out anew, or to all of them."""
        history = self.patient.history
        if history is None:
            self.show_patients()
        else:
            self.open_patient(history.patient.id)

    def print_timeline(self) -> None:
        """Preview the open patient's timeline; what is half typed is asked about first."""
        history = self.patient.history
        if self.clinic is None or history is None or not self.patient.may_leave():
            return
        from reports.kit import Printing  # noqa: PLC0415 - ReportLab only when a page is wanted
        from reports.timeline import build_timeline  # noqa: PLC0415

        now = dt.datetime.now().astimezone()
        printing = Printing(self.clinic.name, self.clinic.user, now)
        build = partial(build_timeline, self.patient.history or history, today(), printing)
        self._show(self.preview)
        self.preview.show_report(build, _("Patient timeline"), f"timeline-{now:%Y-%m-%d}.pdf")

    def _preview_closed(self) -> None:
        self._show(self.patient if self.patient.history else self.patients)

    def _save(self, record: R) -> R:
        if self.clinic is None:
            raise RuntimeError("no clinic is open")
        return self.clinic.save(record)

    def _patient_saved(self, patient: Patient) -> None:
        self.open_patient(patient.id)
        self._say_saved()

    def _say_saved(self) -> None:
        self._told(_("Saved"))

    def may_leave(self) -> bool:
        """Whether the page shown can be left without losing what was typed."""
        page = self.stack.currentWidget()
        if page is self.patient:
            return self.patient.history is None or self.patient.may_leave()
        return bool(getattr(page, "may_leave", lambda: True)())

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        inside = self.clinic is not None
        with_patient = page is self.patient
        with_way_back = page in {self.patient, self.rules, self.settings}
        for name, action in self._actions.items():
            needed = with_patient if name in WITH_PATIENT else inside is not (name == "create")
            needed = with_way_back if name == "back" else needed
            action.setEnabled(needed or name in ALWAYS)
        self.statusBar().clearMessage()

    def _told(self, words: str) -> None:
        self.statusBar().showMessage(words, PASSING_MS)

    def _failed(self, error: ClinicError) -> None:
        self.statusBar().clearMessage()
        errors.show_error(self, error)

    # Menu

    def _make_menu(self) -> None:
        patient = self.menuBar().addMenu(_("&Patient"))
        self._action(patient, "new", _("&New patient"), "Ctrl+Shift+N", self.start_patient)
        self._action(patient, "find", _("&Find patient"), "Ctrl+K", self.find_patient)
        self._action(patient, "back", _("All &patients"), "Alt+Left", self.show_patients)
        patient.addSeparator()
        self._action(patient, "add", _("&Add a record"), "Ctrl+N", self._add)
        self._action(patient, "print", _("P&rint timeline"), "Ctrl+P", self.print_timeline)
        patient.addSeparator()
        self._action(patient, "create", _("&Create a clinic"), "", self.create_clinic)
        self._action(patient, "out", _("&Sign out"), "Ctrl+L", self.sign_out)
        self._action(patient, "quit", _("&Quit"), "Ctrl+Q", self.close)
        clinic = self.menuBar().addMenu(_("&Clinic"))
        self._action(clinic, "rules", _("&Rules"), "Ctrl+R", self.show_rules)
        self._action(clinic, "settings", _("&Settings"), "Ctrl+,", self.show_settings)
        fill_scheme_menu(self.menuBar().addMenu(_("&View")))
        helping = self.menuBar().addMenu(_("&Help"))
        self._action(helping, "shortcuts", _("&Shortcuts"), "F1", self._show_shortcuts)

    def _action(
        self, menu: QMenu, name: str, words: str, keys: str, done: Callable[[], object]
    ) -> None:
        action = menu.addAction(words)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: done())  # noqa: PLW0108 - without what Qt sends along
        self._actions[name] = action

    def _add(self) -> None:
        self.patient.add()

    def _show_shortcuts(self) -> None:
        show_shortcuts(self, list(self._actions.values()))

    # The pages inside

    def _make_pages(self) -> None:
        self.patients = PatientsPage(self)
        self.patient = PatientPage(today, self)
        self.new_patient = NewPatientPage(today, self._save, self)
        self.preview = PrintPreview(self.tasks, self)
        self.rules = RulesPage(today, self)
        self.settings = PracticePage(today, self._save, self)
        of_patients = (self.patients, self.patient, self.new_patient, self.preview)
        self._inside: tuple[QWidget, ...] = (*of_patients, self.rules, self.settings)
        for page in self._inside:
            self.stack.addWidget(page)
        self._connect()

    def _connect(self) -> None:
        self.patients.opened.connect(self.open_patient)
        self.patients.new_asked.connect(self.start_patient)
        self.new_patient.saved.connect(self._patient_saved)
        self.new_patient.cancelled.connect(self.show_patients)
        self.patient.print_asked.connect(self.print_timeline)
        self.patient.back_asked.connect(self.show_patients)
        self.patient.told.connect(self._told)
        self.patient.figures.rule_asked.connect(self.show_rules)
        self.preview.closed.connect(self._preview_closed)
        for page in (self.rules, self.settings):
            page.saved.connect(self._say_saved)
            page.closed.connect(self._go_back)

    # Place on the screen

    def _restore_place(self) -> None:
        place = QSettings().value("geometry")
        if not (isinstance(place, QByteArray) and self.restoreGeometry(place)):
            self.resize(*USUAL)
        QGuiApplication.styleHints().setColorScheme(scheme())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave():
            event.ignore()
            return
        QSettings().setValue("geometry", self.saveGeometry())
        event.accept()

    def shut_down(self) -> None:
        """Wait for what is running, then close the store."""
        self.tasks.shutdown()
        self._drop_door()
        if self.clinic is not None:
            self.clinic.close()
            self.clinic = None


def _summaries(clinic: Clinic) -> list[Summary]:
    return [worked_out(as_of(history, today())) for history in clinic.histories()]


def _make_demo(folder: Path) -> Clinic:
    from models.demo.clinic import create_demo  # noqa: PLC0415 - only where it is wanted

    return create_demo(folder, patients=30).clinic

"""The window: which page is shown, the menu with its shortcuts, and the status bar."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError
from models.due import Due
from models.likeness import Likeness
from models.patient import Patient
from models.roles import May
from models.safekeeping import usual_safekeeping
from models.store.backup_files import Backup
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.summary import Summary
from models.words import _
from models.worklist import Worklist
from ui import allowed, errors, rule_pane
from ui.audit_page import AuditPage
from ui.backing_up import BackingUp
from ui.backups_page import BackupsPage
from ui.batch_page import BatchPage
from ui.closing_page import ClosingPage
from ui.curtain import Curtain, forget_copied
from ui.doors import Doors
from ui.draft_keeper import DraftKeeper
from ui.files_tab import FilesTab
from ui.find_box import FindBox
from ui.idle import Idle
from ui.letterhead_page import LetterheadPage
from ui.main_menu import fill_menu_bar
from ui.menus import Where
from ui.merge_page import MergePage
from ui.new_patient_page import NewPatientPage
from ui.notices_strip import NoticesStrip
from ui.open_clinic import OpenClinic, summaries, unsaved, what_is_due
from ui.own_password_page import OwnPasswordPage
from ui.patient_page import PatientPage
from ui.patients_page import PatientsPage
from ui.place import Place
from ui.practice_page import PracticePage
from ui.print_preview import PrintPreview
from ui.printing import Prints
from ui.putting_away import PuttingAway, Typed
from ui.recovery_key_page import RecoveryKeyPage
from ui.restore_page import RestorePage
from ui.rules_page import RulesPage
from ui.scheme_menu import scheme
from ui.shortcuts import show_shortcuts
from ui.tasks import Tasks
from ui.today_page import TodayPage
from ui.undoing import Undoing
from ui.unsaved_strip import UnsavedStrip
from ui.users_page import UsersPage

SMALLEST = (1024, 600)
USUAL = (1366, 768)
PASSING_MS, LONG_MS = 4000, 20_000
LAST_FOLDER = "folder"


def today() -> dt.date:
    return dt.datetime.now().astimezone().date()


class MainWindow(QMainWindow):
    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QGuiApplication.applicationDisplayName() or "CTCL Follow-up")
        self.setMinimumSize(*SMALLEST)
        self.tasks = Tasks(self)
        self.at_hand = OpenClinic(lambda: today())  # noqa: PLW0108 - the day it is when asked
        self._left: Place | None = None
        self._putting_away = PuttingAway()
        self._curtain = Curtain(self)
        self._being_closed: Clinic | None = None
        self.idle = Idle(self)
        self.idle.expired.connect(self.lock)
        self.idle.postpone_while(lambda: self.batch.running)
        self.notices = NoticesStrip(self)
        self.stack = QStackedWidget(self)
        self.unsaved = UnsavedStrip(self)
        self.unsaved.go_on_asked.connect(self._go_on)
        self.backing_up = BackingUp(self)
        self.idle.ticked.connect(self.backing_up.tick)
        self._lay_out()
        self._who = QLabel(self)
        self.statusBar().addPermanentWidget(self._who)
        self.find_box = FindBox(self.at_hand.look_up, self.at_hand.opened_lately, self)
        self.find_box.chosen.connect(self._open_found)
        self.find_box.all_asked.connect(self._show_found)
        self.find_box.new_asked.connect(self.start_patient)
        self.undoing = Undoing(self)
        self.prints = Prints(self)
        self._doors = Doors(folder, self.tasks, self)
        self._doors.page_asked.connect(self._show_door)
        self._doors.entered.connect(self._enter)
        self._doors.failed.connect(self.tell_error)
        self._make_pages()
        self._menus, self._navigation = fill_menu_bar(self)
        self._restore_place()
        self._knock()

    @property
    def lists(self) -> set[QWidget | None]:
        """The pages of several patients."""
        return {self.today_page, self.patients}

    @property
    def clinic(self) -> Clinic | None:
        """The clinic that is open."""
        return self.at_hand.clinic

    # Coming in and going out

    def _knock(self) -> None:
        """Before the clinic: whoever locked it is the likely one to come back."""
        left = self._left
        self._doors.knock(left.user if left and left.folder == self._doors.folder else "")

    def create_clinic(self) -> None:
        if self.clinic is None and self.may_leave():
            self._doors.create_clinic()

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
        self.at_hand.clinic = clinic
        self._doors.come_in(clinic.folder)
        if not clinic.demo:
            QSettings().setValue(LAST_FOLDER, str(clinic.folder))
        self._who.setText(f"{clinic.name} · {clinic.user}, {_(clinic.role.value)}")
        self.notices.say(clinic.notices)
        self.watch_idleness()
        self._allow({what for what in May if clinic.role.may(what)})
        self.backing_up.begin(clinic)
        if clinic.new_password_due:
            self.show_own_password()
        else:
            self._arrive(clinic)
        self._drop_door()

    def _arrive(self, clinic: Clinic) -> None:
        """Where the same person left, or else at what is due."""
        left, self._left = self._left, None
        self._put_back(clinic)
        if left and (left.folder, left.user) == (clinic.folder, clinic.user):
            self._return_to(left)
        else:
            self.show_today()

    def _password_changed(self) -> None:
        """On to where somebody was going who first had to choose one, or back."""
        if self.clinic is not None and self._left is not None:
            self._arrive(self.clinic)
        else:
            self._go_back()
        self.tell(_("The new password holds"))

    def _allow(self, what: set[May]) -> None:
        """What the role does not allow goes from the menus and from the pages."""
        self._menus.allow(what)
        allowed.confine(self, what)

    def lock(self) -> None:
        """Hide everything and close the clinic, asking nothing.

        What is typed is kept; the pages go with all they held of a patient, as soon as no question
        waits for its answer there. Whatever the worker is at ends first.
        """
        clinic = self.clinic
        if clinic is None:
            return
        if not clinic.new_password_due:
            self._left = self._place(clinic)
        self._go_out(clinic, self._knock)

    def _go_out(self, clinic: Clinic, show: Callable[[], object]) -> None:
        """`show`: what is to be seen instead."""
        self.idle.rest()
        self._putting_away.put_away(clinic, self._typed_in())
        self.batch.cancel()
        self.backing_up.end()
        self._being_closed = self.at_hand.let_go()
        for each in (self.find_box, self.unsaved, self.notices):
            each.forget()
        forget_copied()
        self._who.clear()
        self._take_pages_away(show)
        self.tasks.run(clinic.close, self._on_closed, self._on_closed)

    def _take_pages_away(self, show: Callable[[], object]) -> None:
        """The one that is shown goes last, so that no other is; new ones take more time."""
        pages, shown = self._inside, self.stack.currentWidget()
        for page in sorted(pages, key=lambda page: page is shown):
            self.stack.removeWidget(page)
        show()
        self._curtain.fall(partial(self._drop, pages))
        self.repaint()
        self._make_pages()

    def _on_closed(self, _result: object) -> None:
        self._being_closed = None

    def _typed_in(self) -> list[Typed]:
        """Whatever a person can type in and go on with after a lock."""
        keepers = [each for page in self._inside for each in page.findChildren(DraftKeeper)]
        files = self.patient.findChildren(FilesTab)
        return [*keepers, *files, self.rules.pane, self.today_page.panel]

    def _put_back(self, clinic: Clinic) -> None:
        try:
            self._putting_away.put_back(clinic)
        except ClinicError as error:
            self._not_kept(error)

    def watch_idleness(self) -> None:
        """Lock after as many minutes as the clinic wants now."""
        clinic = self.clinic
        if clinic is None:
            return
        kept = usual_safekeeping()
        with suppress(ClinicError):
            kept = clinic.safekeeping()
        self.idle.watch(kept.lock_after_minutes)

    def _place(self, clinic: Clinic) -> Place:
        history = self.patient.history
        patient = history.patient.id if history else None
        pages = [*self._inside, self.stack.currentWidget()]  # the last: the one before closing
        shown = [page is self.stack.currentWidget() for page in pages].index(True)
        return Place(
            clinic.folder, clinic.user, shown, patient, self.patient.place(), self.batch.tally
        )

    def _return_to(self, place: Place) -> None:
        """Show again what was left, with what was typed in it."""
        if place.patient is not None:
            self.open_patient(place.patient)
            self.patient.return_to(place.tabs)
        ways = {**self._ways(), self.new_patient: self.start_patient}
        for page in self._inside[place.page : place.page + 1]:
            ways.get(page, lambda: None)()
        if self.stack.currentWidget() not in self._inside:
            self.show_today()
        if place.run is not None:
            self.statusBar().showMessage(place.run.words, LONG_MS)

    # Pages

    def show_today(self) -> None:
        """What is due, worked out anew."""
        if self.clinic is None or not self.may_leave():
            return
        self._go_home(self.today_page)
        work = partial(what_is_due, self.clinic, today())
        self.tasks.run(work, self._list_due, self._due_failed)

    def _list_due(self, worklist: Worklist) -> None:
        if self.clinic is None:
            return
        self.today_page.set_worklist(worklist)
        self._focus_on(self.today_page)
        try:
            self.today_page.go_on(self.clinic)
        except ClinicError as error:
            self._told_error(error)

    def _due_failed(self, error: ClinicError) -> None:
        if self.clinic is not None:
            self.today_page.tell(error)

    def show_patients(self) -> None:
        if self.clinic is None or not self.may_leave():
            return
        self._go_home(self.patients)
        work = partial(summaries, self.clinic, today())
        self.tasks.run(work, self._list, self._list_failed)

    def _go_home(self, page: QWidget) -> None:
        """Show a page of several patients; the way back from a patient leads there."""
        self.patient.close_patient()
        self._home = page
        self._show(page)
        if self.clinic is not None:
            self.tasks.run(partial(unsaved, self.clinic), self._tell_unsaved, self._told_error)

    def _tell_unsaved(self, found: tuple[list[Draft], str]) -> None:
        if self.clinic is not None and self.stack.currentWidget() is self._home:
            self.unsaved.show_drafts(*found)

    def _go_on(self, draft: Draft) -> None:
        """Back to a form in which something is not saved."""
        if draft.patient != NOBODY:
            self.open_patient(draft.patient)
            self.patient.go_on(draft.form)
        elif draft.form == self.settings.keeper.name:
            self.show_settings()
        elif draft.form == self.letterhead.keeper.name:
            self.show_letterhead()
        elif draft.form == self.backups.keeper.name:
            self.show_backups()
        elif draft.form == rule_pane.DRAFT:
            self.show_rules()
        else:
            self.start_patient()

    def leave_patient(self) -> None:
        """Back to where the patient was chosen."""
        if self._home is self.today_page:
            self.show_today()
        else:
            self.show_patients()

    def _list(self, summaries: list[Summary]) -> None:
        """What was read before somebody signed out is not shown after."""
        if self.clinic is None:
            return
        self.patients.set_summaries(summaries)
        self._focus_on(self.patients)

    def _focus_on(self, page: TodayPage | PatientsPage) -> None:
        """What is listed gets the focus, unless somebody is there by now, or searches."""
        there = self.focusWidget() in {page.search, page.view}
        if self.stack.currentWidget() is page and not there:
            page.setFocus()

    def _list_failed(self, error: ClinicError) -> None:
        if self.clinic is not None:
            self.tell_error(error)

    def open_patient(self, patient: uuid.UUID) -> None:
        if self.clinic is not None:
            self.at_hand.opened(patient)
            self._open(self.patient, partial(self.patient.open, self.clinic, patient))

    def take_up(self, patient: uuid.UUID, due: Due) -> None:
        """Open the form in which something that is due is recorded."""
        self.open_patient(patient)
        if self.stack.currentWidget() is self.patient:
            self.patient.take_up(due)

    def start_patient(self) -> None:
        if self.clinic is not None and self.may_leave():
            self._open(self.new_patient, partial(self._start_patient, self.clinic))

    def _start_patient(self, clinic: Clinic) -> None:
        self.new_patient.start()
        self.new_patient.go_on(clinic)

    # Find

    def _open_found(self, patient: uuid.UUID) -> None:
        if self.may_leave():
            self.open_patient(patient)

    def _show_found(self, text: str) -> None:
        """All who are found, on the page of all patients."""
        if self.may_leave():
            self.show_patients()
            self.patients.look_for(text)

    # The clinic's own pages, and merging

    def show_rules(self, name: str = "") -> None:
        """The clinical rules, the named one chosen."""
        if self.clinic is not None and self.may_leave():
            self._open(self.rules, partial(self.rules.open, self.clinic, name))

    def show_settings(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.settings, partial(self._start_settings, clinic))

    def _start_settings(self, clinic: Clinic) -> None:
        self.settings.start(clinic.practice())
        self.settings.go_on(clinic)

    def show_letterhead(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.letterhead, partial(self.letterhead.open, clinic))

    def show_users(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.users, partial(self.users.open, clinic))

    def show_audit(self, patient: uuid.UUID | None = None) -> None:
        """Who did what; or who has read this patient."""
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.audit, partial(self.audit.open, clinic, patient))

    def _show_readers(self) -> None:
        if self.patient.history is not None:
            self.show_audit(self.patient.history.patient.id)

    def show_recovery_key(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.recovery_key, partial(self.recovery_key.open, clinic))

    def show_own_password(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.own_password, partial(self.own_password.open, clinic))

    def show_backups(self) -> None:
        clinic = self.clinic
        if clinic is not None and self.may_leave():
            self._open(self.backups, partial(self.backups.open, clinic))

    def show_restore(self, backup: Backup | None = None) -> None:
        """Put a backup, this one if it is known, in the place of the clinic that is open."""
        clinic = self.clinic
        if clinic is None or not clinic.may(May.ADMINISTER) or not self.may_leave():
            return
        page = RestorePage(clinic.folder, self.tasks, self, present=clinic)
        page.way_asked.connect(partial(self._make_way, clinic, page))
        page.closed.connect(self._restore_left)
        page.restored.connect(self._knock)
        self._show_door(page)
        if backup is not None:
            page.list_sources(backup.path)

    def _make_way(self, clinic: Clinic, page: QWidget) -> None:
        """The backup takes the place of the clinic, which must be closed then."""
        self._go_out(clinic, partial(self._show, page))

    def _restore_left(self) -> None:
        if self.clinic is None:
            self._knock()
        else:
            self._stay(self.backups)

    def show_closing(self, page: ClosingPage) -> None:
        """While the window waits to be closed nothing else can be chosen."""
        page.stay_asked.connect(partial(self._stay, self.stack.currentWidget()))
        self._show_door(page)

    def _stay(self, page: QWidget | None) -> None:
        self._show(page if page and page in self._inside else self._home)
        self._drop_door()

    def _users_left(self) -> None:
        """Whoever was an administrator may have given that up there."""
        if self.clinic is not None:
            self._allow({what for what in May if self.clinic.role.may(what)})
        self._go_back()

    def _key_renewed(self) -> None:
        self.show_users()
        self.tell(_("The new recovery key holds"))

    @property
    def _of_the_clinic(self) -> tuple[QWidget, ...]:
        of_users = (self.users, self.own_password, self.audit, self.backups)
        return self.rules, self.settings, self.letterhead, *of_users

    def _open(self, page: QWidget, fill: Callable[[], object]) -> None:
        """Show a page with what is on file; where that cannot be read, the page stays away."""
        try:
            fill()
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self._show(page)

    def merge_patient(self, duplicate: uuid.UUID | None = None) -> None:
        """Merge the open patient with this one, or with one to be chosen."""
        clinic, history = self.clinic, self.patient.history
        if clinic is not None and history is not None and self.may_leave():
            kept = history.patient.id
            self._open(self.merge_page, lambda: self.merge_page.open(clinic, kept, duplicate))

    def _merged(self, patient: Patient) -> None:
        self.open_patient(patient.id)
        self.tell(_("Merged. Undo with Ctrl+Z"))

    def _open_like(self, likeness: Likeness) -> None:
        if self.may_leave():
            self.open_patient(likeness.patient.id)

    def _go_back(self) -> None:
        """To the patient, worked out anew, or to where patients are chosen."""
        history = self.patient.history
        if history is None:
            self.leave_patient()
        else:
            self.open_patient(history.patient.id)

    def show_preview(self) -> None:
        self._show(self.preview)

    def show_batch(self) -> None:
        self._show(self.batch)

    def _batch_closed(self) -> None:
        self._show(self._home)

    def _preview_closed(self) -> None:
        self._show(self.patient if self.patient.history else self._home)

    def _patient_saved(self, patient: Patient) -> None:
        self.open_patient(patient.id)
        self._say_saved()

    def _say_saved(self) -> None:
        self.watch_idleness()
        self.tell(_("Saved"))

    def show_anew(self) -> None:
        """The page that is shown, with what is on file now."""
        self.watch_idleness()
        self._ways().get(self.stack.currentWidget(), lambda: None)()

    def _ways(self) -> dict[QWidget | None, Callable[[], None]]:
        """How each page that is no patient's is shown."""
        return {
            self.today_page: self.show_today,
            self.patients: self.show_patients,
            self.rules: self.show_rules,
            self.settings: self.show_settings,
            self.letterhead: self.show_letterhead,
            self.users: self.show_users,
            self.audit: self.show_audit,
            self.backups: self.show_backups,
            self.recovery_key: self.show_recovery_key,
        }

    def leave_removed_patient(self) -> None:
        """The entry of the open patient is gone: what was typed for it stays on file."""
        self.patient.drafts.end()
        self.patient.close_patient()
        self.leave_patient()

    def may_leave(self) -> bool:
        """Whether the page shown can be left without losing what was typed."""
        page = self.stack.currentWidget()
        if page is self.patient:
            return self.patient.history is None or self.patient.may_leave()
        return bool(getattr(page, "may_leave", lambda: True)())

    def _show(self, page: QWidget) -> None:
        self.unsaved.hide()
        self._menus.enable(self._here(page))
        names = {self.today_page: "today", self.patients: "patients"}
        inside = Where.INSIDE in self._here(page)
        self._navigation.show_page(names.get(page, ""), inside=inside)
        self.find_box.setEnabled(inside)
        self.stack.setCurrentWidget(page)
        self.statusBar().clearMessage()

    def _here(self, page: QWidget) -> set[Where]:
        if self.clinic is None:
            return {Where.EVERYWHERE, Where.OUTSIDE}
        if isinstance(page, ClosingPage):
            return {Where.EVERYWHERE}
        here = {Where.EVERYWHERE, Where.SIGNED_IN}
        if self.clinic.new_password_due:
            return here
        here.add(Where.INSIDE)
        if page in {self.patient, self.merge_page, *self._of_the_clinic}:
            here.add(Where.WITH_WAY_BACK)
        return here | {Where.WITH_PATIENT} if page is self.patient else here

    def tell(self, words: str) -> None:
        self.statusBar().showMessage(words, PASSING_MS)

    def _told_error(self, error: ClinicError) -> None:
        """What is not worth a question; nothing is said of what failed because of a lock."""
        if self.clinic is not None:
            self.tell(str(error))

    def _not_kept(self, error: ClinicError) -> None:
        """What is typed cannot be put on file at the moment."""
        self.statusBar().showMessage(_("Not kept yet: {error}").format(error=error), LONG_MS)

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

    def _make_pages(self) -> None:
        self.today_page = TodayPage(today, self.at_hand.save, self.at_hand.remove, self)
        self.patients = PatientsPage(self)
        self.patients.matching = self.at_hand.matching
        self.patient = PatientPage(today, self.tasks, self)
        self.new_patient = NewPatientPage(today, self.at_hand.save, self.at_hand.likely, self)
        self.preview = PrintPreview(self.tasks, self)
        self.batch = BatchPage(self.tasks, today, self)
        self.rules = RulesPage(today, self)
        self.settings = PracticePage(today, self.at_hand.save, self)
        self.letterhead = LetterheadPage(today, self.at_hand.save, self.tasks, self)
        self.merge_page = MergePage(today, self)
        self.users = UsersPage(self.tasks, self)
        self.audit = AuditPage(self.tasks, today, self)
        backup_tasks = self.backing_up.automatic.tasks
        self.backups = BackupsPage(today, self.at_hand.save, self.tasks, backup_tasks, self)
        self.own_password = OwnPasswordPage(self.tasks, self)
        self.recovery_key = RecoveryKeyPage(self.tasks, self)
        self._home = self.today_page
        of_patients = (self.today_page, self.patients, self.patient, self.new_patient, self.preview)
        self._inside: tuple[QWidget, ...] = (
            *of_patients,
            self.batch,
            self.merge_page,
            self.rules,
            self.settings,
            self.letterhead,
            self.users,
            self.audit,
            self.backups,
            self.own_password,
            self.recovery_key,
        )
        for page in self._inside:
            self.stack.addWidget(page)
        self._connect()

    def _connect(self) -> None:
        self.today_page.open_asked.connect(self.take_up)
        self.today_page.rule_asked.connect(self.show_rules)
        self.today_page.new_asked.connect(self.start_patient)
        self.today_page.print_asked.connect(self.prints.day_list)
        self.today_page.pages_asked.connect(self.prints.many)
        self.today_page.again_asked.connect(self.show_today)
        self.today_page.told.connect(self.tell)
        self.patients.opened.connect(self.open_patient)
        self.patients.new_asked.connect(self.start_patient)
        self.patients.print_asked.connect(self.prints.many)
        self.new_patient.saved.connect(self._patient_saved)
        self.new_patient.open_asked.connect(self.open_patient)
        self.merge_page.merged.connect(self._merged)
        self.merge_page.closed.connect(self._go_back)
        self.users.told.connect(self.tell)
        self.users.key_asked.connect(self.show_recovery_key)
        self.users.closed.connect(self._users_left)
        self.audit.closed.connect(self._go_back)
        self.patient.changes.readers_asked.connect(self._show_readers)
        self.recovery_key.renewed.connect(self._key_renewed)
        self.recovery_key.closed.connect(self.show_users)
        self.own_password.changed.connect(self._password_changed)
        self.own_password.closed.connect(self._go_back)
        card = self.patient.details.card
        card.open_asked.connect(self._open_like)
        card.merge_asked.connect(lambda likeness: self.merge_patient(likeness.patient.id))
        self.new_patient.cancelled.connect(self.leave_patient)
        self.patient.print_asked.connect(self.prints.report)
        self.patient.back_asked.connect(self.leave_patient)
        self.patient.told.connect(self.tell)
        self.patient.figures.rule_asked.connect(self.show_rules)
        self.preview.closed.connect(self._preview_closed)
        self.batch.closed.connect(self._batch_closed)
        self.backups.restore_asked.connect(self.show_restore)
        self.backups.pane.told.connect(self.backing_up.say_health)
        forms = (self.new_patient, self.settings, self.letterhead, self.backups)
        for keeper in (*self.patient.drafts.keepers(), *(form.keeper for form in forms)):
            keeper.failed.connect(self._not_kept)
        for page in (self.rules, self.settings, self.letterhead, self.backups):
            page.saved.connect(self._say_saved)
            page.closed.connect(self._go_back)

    # Place on the screen

    def _lay_out(self) -> None:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.backing_up.warning)
        column.addWidget(self.unsaved)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(whole)

    def _restore_place(self) -> None:
        place = QSettings().value("geometry")
        if not (isinstance(place, QByteArray) and self.restoreGeometry(place)):
            self.resize(*USUAL)
        QGuiApplication.styleHints().setColorScheme(scheme())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave() or self.backing_up.keeps_open():
            event.ignore()
            return
        QSettings().setValue("geometry", self.saveGeometry())
        event.accept()

    def shut_down(self) -> None:
        """Wait for what is running, then close the store."""
        self.idle.rest()
        self.backing_up.shut_down()
        self.tasks.shutdown()
        self._drop_door()
        for clinic in (self.at_hand.let_go(), self._being_closed):
            if clinic is not None:
                clinic.close()
        self._doors.let_go()

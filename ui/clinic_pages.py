"""The clinic's own pages: rules, settings, letterhead, users, audit log, backups, passwords."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.drug import Drug
from models.letterhead import Letterhead
from models.practice import Practice, RuleConfirmation
from models.roles import May
from models.safekeeping import Safekeeping
from models.store.backup_files import Backup
from models.words import _
from ui.audit_page import AuditPage
from ui.backups_page import BackupsPage
from ui.exchange_page import ExchangePage
from ui.export_page import ExportPage
from ui.handover_page import HandoverPage
from ui.import_page import ImportPage
from ui.letterhead_page import LetterheadPage
from ui.made_pages import MadePages, W
from ui.own_password_page import OwnPasswordPage
from ui.practice_page import PracticePage
from ui.recovery_key_page import RecoveryKeyPage
from ui.registry_page import RegistryPage
from ui.restore_page import RestorePage
from ui.rules_page import RulesPage
from ui.tasks import Tasks
from ui.users_page import UsersPage
from ui.vocabularies_page import VocabulariesPage

if TYPE_CHECKING:
    from ui.cohort_page import CohortPage
    from ui.main_window import MainWindow


class ClinicPages(MadePages):
    """`reader`: a worker for what is read of all patients, so that nothing else waits for it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.reader = Tasks(self)

    def shut_down(self) -> None:
        """Nobody is read any more."""
        if "cohort" in self.made:
            self.cohort.close_unclaimed()
        self.reader.shutdown()

    # Each page

    @property
    def rules(self) -> RulesPage:
        return self._page("rules", lambda: self._holding(RulesPage(self._today, self._window)))

    @property
    def settings(self) -> PracticePage:
        window = self._window
        made = partial(PracticePage, self._today, self._save, window)
        return self._page("settings", lambda: self._holding(made()))

    @property
    def letterhead(self) -> LetterheadPage:
        window = self._window
        made = partial(LetterheadPage, self._today, self._save, window.tasks, window)
        return self._page("letterhead", lambda: self._holding(made()))

    @property
    def users(self) -> UsersPage:
        return self._page("users", self._users)

    @property
    def recovery_key(self) -> RecoveryKeyPage:
        return self._page("recovery key", self._recovery_key)

    @property
    def own_password(self) -> OwnPasswordPage:
        return self._page("own password", self._own_password)

    @property
    def audit(self) -> AuditPage:
        return self._page("audit", self._audit)

    @property
    def backups(self) -> BackupsPage:
        return self._page("backups", self._backups)

    @property
    def handover(self) -> HandoverPage:
        return self._page("handover", self._handover)

    def _handover(self) -> HandoverPage:
        page = HandoverPage(self._window.tasks, self._window)
        page.closed.connect(self._window.go_back)
        return page

    @property
    def cohort(self) -> "CohortPage":
        return self._page("cohort", self._make_cohort)

    def _make_cohort(self) -> "CohortPage":
        from ui.cohort_page import CohortPage  # noqa: PLC0415 - its figures need NumPy

        page = CohortPage(self._today, self._window.tasks, self.reader, self._window)
        page.opened.connect(self._window.open_patient)
        page.told.connect(self._window.tell)
        page.output.print_asked.connect(self._window.prints.cohort)
        return page

    @property
    def exchange(self) -> ExchangePage:
        return self._page("exchange", self._exchange)

    @property
    def importing(self) -> ImportPage:
        return self._page("import", self._import)

    @property
    def exporting(self) -> ExportPage:
        return self._page("export", self._export)

    @property
    def vocabularies(self) -> VocabulariesPage:
        window = self._window
        made = partial(VocabulariesPage, self._today, window.tasks, window)
        return self._page("vocabularies", lambda: self._holding(made()))

    @property
    def registry(self) -> RegistryPage:
        return self._page("registry", self._registry)

    def _registry(self) -> RegistryPage:
        page = RegistryPage(self._today, self._window.tasks, self._window)
        page.patient_asked.connect(self._window.open_patient)
        page.closed.connect(self.show_exchange)
        return page

    def _exchange(self) -> ExchangePage:
        page = ExchangePage(self._window)
        page.import_asked.connect(self.show_import)
        page.export_asked.connect(self.show_export)
        page.registry_asked.connect(self.show_registry)
        page.vocabularies_asked.connect(self.show_vocabularies)
        page.closed.connect(self._window.go_back)
        return page

    def _import(self) -> ImportPage:
        page = ImportPage(self._window.tasks, self._window.at_work.run, self._window)
        page.undo_asked.connect(self._window.undoing.undo)
        page.patients_asked.connect(self._window.lists.show_patients)
        page.vocabulary_asked.connect(self._bring_terms)
        page.closed.connect(self.show_exchange)
        return page

    def _export(self) -> ExportPage:
        page = ExportPage(self._today, self._window.tasks, self._window)
        page.closed.connect(self.show_exchange)
        return page

    def _users(self) -> UsersPage:
        page = UsersPage(self._window.tasks, self._window)
        page.told.connect(self._window.tell)
        page.key_asked.connect(self.show_recovery_key)
        page.closed.connect(self._window.leave_users)
        return page

    def _recovery_key(self) -> RecoveryKeyPage:
        page = RecoveryKeyPage(self._window.tasks, self._window)
        page.renewed.connect(self._key_renewed)
        page.closed.connect(self.show_users)
        return page

    def _own_password(self) -> OwnPasswordPage:
        page = OwnPasswordPage(self._window.tasks, self._window)
        page.changed.connect(self._window.password_changed)
        page.closed.connect(self._window.go_back)
        return page

    def _audit(self) -> AuditPage:
        page = AuditPage(self._window.tasks, self._today, self._window)
        page.closed.connect(self._window.go_back)
        return page

    def _backups(self) -> BackupsPage:
        window = self._window
        own_worker = window.backing_up.automatic.tasks
        page = BackupsPage(self._today, self._save, window.tasks, own_worker, window)
        page.restore_asked.connect(self.show_restore)
        page.pane.told.connect(window.backing_up.say_health)
        return self._holding(page)

    def _holding(self, page: W) -> W:
        """What is saved there holds for the whole clinic."""
        page.saved.connect(self._window.say_saved)  # type: ignore[attr-defined]
        page.closed.connect(self._window.go_back)  # type: ignore[attr-defined]
        return page

    # The ways there

    def show_rules(self, name: str = "") -> None:
        """The clinical rules, the named one chosen."""
        self._show(lambda: self.rules, name)

    def show_settings(self) -> None:
        self._show(lambda: self.settings)

    def show_letterhead(self) -> None:
        self._show(lambda: self.letterhead)

    def show_exchange(self) -> None:
        self._show(lambda: self.exchange)

    def show_import(self) -> None:
        self._show(lambda: self.importing)

    def show_export(self, patients: Sequence[uuid.UUID] = ()) -> None:
        """Of everybody, or of these patients."""
        self._show(lambda: self.exporting, patients)

    def show_vocabularies(self) -> None:
        self._show(lambda: self.vocabularies)

    def show_registry(self) -> None:
        self._show(lambda: self.registry)

    def show_users(self) -> None:
        self._show(lambda: self.users)

    def show_recovery_key(self) -> None:
        self._show(lambda: self.recovery_key)

    def show_own_password(self) -> None:
        self._show(lambda: self.own_password)

    def show_audit(self, patient: uuid.UUID | None = None) -> None:
        """Who did what; or who has read this patient."""
        self._show(lambda: self.audit, patient)

    def show_handover(self) -> None:
        """Give the open patient's records to a colleague."""
        history = self._window.history
        if history is not None:
            self._show(lambda: self.handover, history.patient.id)

    def show_backups(self) -> None:
        self._show(lambda: self.backups)

    def show_restore(self, backup: Backup | None = None) -> None:
        """Put a backup, this one if it is known, in the place of the clinic that is open."""
        window, clinic = self._window, self._window.clinic
        if clinic is None or not clinic.may(May.ADMINISTER) or not window.may_leave():
            return
        page = RestorePage(clinic.folder, window.tasks, window, present=clinic)
        page.way_asked.connect(partial(window.locking.make_way, page))
        page.closed.connect(self._restore_left)
        page.restored.connect(window.knock)
        window.show_door(page)
        if backup is not None:
            page.list_sources(backup.path)

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """How each page is shown anew, by its name."""
        return {
            "rules": self.show_rules,
            "settings": self.show_settings,
            "letterhead": self.show_letterhead,
            "exchange": self.show_exchange,
            "import": self.show_import,
            "export": self.show_export,
            "registry": self.show_registry,
            "vocabularies": self.show_vocabularies,
            "users": self.show_users,
            "recovery key": self.show_recovery_key,
            "audit": self.show_audit,
            "backups": self.show_backups,
        }

    def within(self, name: str) -> str:
        """The page under whose name another one stands in the navigation."""
        return "exchange" if name in {"import", "export", "vocabularies", "registry"} else name

    def way_to_draft(self, form: str) -> Callable[[], None] | None:
        """To the page where something of this form was typed; None where it is another's."""
        forms: dict[str, Callable[[], None]] = {
            RuleConfirmation.table_name(): self.show_rules,
            Practice.table_name(): self.show_settings,
            Letterhead.table_name(): self.show_letterhead,
            Safekeeping.table_name(): self.show_backups,
            Drug.table_name(): self.show_vocabularies,
        }
        return forms.get(form)

    def _show(self, page: Callable[[], QWidget], *about: object) -> None:
        """Open a page of the clinic, unless something typed elsewhere is not to be left."""
        window, clinic = self._window, self._window.clinic
        if clinic is not None and window.may_leave():
            shown = page()
            window.open_page(shown, partial(shown.open, clinic, *about))  # type: ignore[attr-defined]

    def _key_renewed(self) -> None:
        self.show_users()
        self._window.tell(_("The new recovery key holds"))

    def _bring_terms(self, path: Path) -> None:
        """What was to be imported tells of no patient: the NCI's terms, which come in there."""
        self.show_vocabularies()
        self.vocabularies.tabs.setCurrentWidget(self.vocabularies.terms)
        self.vocabularies.terms.bring(path)

    def _restore_left(self) -> None:
        if self._window.clinic is None:
            self._window.knock()
        else:
            self._window.stay(self.backups)

"""The clinic's own pages: rules, settings, letterhead, users, audit log, backups, passwords.

Each is made when it is first asked for, and all of them go when the window is locked.
"""

import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.letterhead import Letterhead
from models.practice import Practice, RuleConfirmation
from models.roles import May
from models.safekeeping import Safekeeping
from models.store.backup_files import Backup
from models.words import _
from ui.audit_page import AuditPage
from ui.backups_page import BackupsPage
from ui.letterhead_page import LetterheadPage
from ui.own_password_page import OwnPasswordPage
from ui.practice_page import PracticePage
from ui.recovery_key_page import RecoveryKeyPage
from ui.restore_page import RestorePage
from ui.rules_page import RulesPage
from ui.users_page import UsersPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow

W = TypeVar("W", bound=QWidget)


class ClinicPages(QObject):
    """`made`: those that were asked for, by name."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._today, self._save = window.at_hand.today, window.at_hand.save
        self.made: dict[str, QWidget] = {}

    def forget(self) -> None:
        """Whoever dropped the pages gets new ones when they are asked for."""
        self.made.clear()

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

    def _page(self, name: str, make: Callable[[], W]) -> W:
        if name not in self.made:
            self.made[name] = make()
            self._window.take_in(self.made[name])
        return cast(W, self.made[name])

    # The ways there

    def show_rules(self, name: str = "") -> None:
        """The clinical rules, the named one chosen."""
        self._show(lambda: self.rules, name)

    def show_settings(self) -> None:
        self._show(lambda: self.settings)

    def show_letterhead(self) -> None:
        self._show(lambda: self.letterhead)

    def show_users(self) -> None:
        self._show(lambda: self.users)

    def show_recovery_key(self) -> None:
        self._show(lambda: self.recovery_key)

    def show_own_password(self) -> None:
        self._show(lambda: self.own_password)

    def show_audit(self, patient: uuid.UUID | None = None) -> None:
        """Who did what; or who has read this patient."""
        self._show(lambda: self.audit, patient)

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
            "users": self.show_users,
            "recovery key": self.show_recovery_key,
            "audit": self.show_audit,
            "backups": self.show_backups,
        }

    def way_to_draft(self, form: str) -> Callable[[], None] | None:
        """To the page where something of this form was typed; None where it is another's."""
        forms: dict[str, Callable[[], None]] = {
            RuleConfirmation.table_name(): self.show_rules,
            Practice.table_name(): self.show_settings,
            Letterhead.table_name(): self.show_letterhead,
            Safekeeping.table_name(): self.show_backups,
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

    def _restore_left(self) -> None:
        if self._window.clinic is None:
            self._window.knock()
        else:
            self._window.stay(self.backups)

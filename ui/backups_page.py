"""The clinic's backups: how they stand, which there are, and where they go; and the lock."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.store.clinic import Clinic
from models.words import _
from ui.backups_pane import BackupsPane
from ui.buttons import button, on_keys
from ui.date_editor import Today
from ui.safekeeping_form import SafekeepingForm
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN

FORM_WIDTH = 376


class BackupsPage(QWidget):
    """`saved`: the form; `closed`: back; `restore_asked`: with the `Backup` chosen, or None."""

    saved = Signal()
    closed = Signal()
    restore_asked = Signal(object)

    def __init__(
        self,
        today: Today,
        save: Callable[..., Any],
        tasks: Tasks,
        backup_tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.pane = BackupsPane(backup_tasks, self)
        self.form = SafekeepingForm(today, save, tasks, self)
        self.form.setFixedWidth(FORM_WIDTH)
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self._on_escape)
        self.pane.restore_asked.connect(self._on_restore)
        self.pane.told.connect(self.form.folder.look_again)
        self.form.pane.add(button(_("Close"), self.close_page, self, tip=_("Escape")))
        on_keys("Escape", self._on_escape, self.pane)
        self._lay_out()

    @property
    def keeper(self) -> Any:
        return self.form.keeper

    def open(self, clinic: Clinic) -> None:
        """How the backups stand, and what was typed in the form and not saved."""
        self.form.start(clinic.safekeeping(), clinic.folder)
        self.form.go_on(clinic)
        self.pane.open(clinic)
        self.pane.back_up_button.setFocus()

    def may_leave(self) -> bool:
        return self.form.may_leave()

    def stop(self) -> None:
        """What is under way: the clinic is going to be closed."""
        self.pane.strip.cancel()

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _on_escape(self) -> None:
        """First what is under way, then the page."""
        self.pane.strip.stop_or(self.close_page)

    def _on_saved(self) -> None:
        """Backups may go elsewhere from now on."""
        self.saved.emit()
        self.pane.read()

    def _on_restore(self, backup: object) -> None:
        if self.may_leave():
            self.restore_asked.emit(backup)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, MARGIN, 0, MARGIN)
        left.setSpacing(GAP)
        left.addWidget(label(_("Backups and lock"), "heading", self))
        left.addWidget(self.pane, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(MARGIN, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.form)

"""The clinic's vocabularies: CTCAE's terms, and the catalogue of drugs and procedures."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from models.store.clinic import Clinic
from models.words import _
from ui.date_editor import Today
from ui.drugs_pane import DrugsPane
from ui.sheet import label
from ui.tasks import Tasks
from ui.terms_pane import TermsPane
from ui.theme import GAP, MARGIN


class VocabulariesPage(QWidget):
    """`saved`: something holds otherwise for the whole clinic; `closed`: back."""

    saved = Signal()
    closed = Signal()

    def __init__(self, today: Today, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.terms = TermsPane(tasks, self)
        self.drugs = DrugsPane(today, self)
        self.title = label(_("Vocabularies"), "title", self)
        self.title.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.terms, _("CTCAE terms"))
        self.tabs.addTab(self.drugs, _("Drugs and procedures"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.title)
        whole.addWidget(self.tabs, 1)
        self.terms.changed.connect(self.saved)
        self.drugs.saved.connect(self.saved)
        for part in (self.terms, self.drugs):
            part.closed.connect(self.close_page)

    @property
    def keeper(self) -> Any:
        return self.drugs.form.keeper

    def open(self, clinic: Clinic) -> None:
        """What is half typed about a drug is shown again."""
        self.terms.open(clinic)
        self.drugs.open(clinic)
        if self.drugs.is_dirty():
            self.tabs.setCurrentWidget(self.drugs)

    def may_leave(self) -> bool:
        return self.drugs.may_leave()

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

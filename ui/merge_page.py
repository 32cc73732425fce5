"""Merging two entries of one person, all that it changes shown before it happens."""

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError, InvalidRecord
from models.history import History
from models.merge_proposal import MergeProposal
from models.store.clinic import Clinic
from models.words import _
from ui import errors
from ui.buttons import button, on_keys
from ui.choose_patient import ChoosePatient
from ui.date_editor import Today
from ui.merge_details import MergeDetails
from ui.merge_person import PersonCard
from ui.sheet import entry, filled, label, row_of
from ui.theme import MARGIN, dress

WIDEST = 1040


class MergePage(QWidget):
    """`merged`: the patient who was kept; `closed`: a person wants to go back."""

    merged = Signal(object)
    closed = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._clinic: Clinic | None = None
        self._kept: History | None = None
        self.proposal: MergeProposal | None = None
        self.kept_card = PersonCard(_("Kept"), _("Stays: {records}"), self)
        self.duplicate_card = PersonCard(_("Duplicate"), _("Moves: {records}"), self)
        self.swap_button = button(
            _("⇄ Swap"), self.swap, self, tip=_("Keep the other one of the two")
        )
        self.choose = ChoosePatient(today, self)
        self.other_button = button(_("Choose another"), self.choose_another, self, "link")
        self.heading = label(_("Personal details that differ"), "heading", self)
        self.details = MergeDetails(self)
        self.warnings = label("", "warning", self)
        self.problem = label("", "problems", self)
        self.reason = entry(_("Reason"), self)
        self.merge_button = button(_("Merge"), self.merge, self, "primary", _("Ctrl+Enter"))
        self.cancel_button = button(_("Cancel"), self.closed.emit, self, tip=_("Escape"))
        self._lay_out()
        self.choose.chosen.connect(self._choose)
        self.details.changed.connect(self._preview)
        self.reason.line.returnPressed.connect(self.merge)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_keys(keys, self.merge, self)
        on_keys("Escape", self.closed.emit, self)

    def open(self, clinic: Clinic, kept: uuid.UUID, duplicate: uuid.UUID | None = None) -> None:
        """The patient who is kept, and the duplicate where it is known; raises `ClinicError`."""
        self._clinic, self._kept = clinic, clinic.history(kept)
        self.reason.set_value(_("the same person, entered twice"))
        self._propose(clinic.history(duplicate) if duplicate else None)

    def swap(self) -> None:
        """Keep the other one, with what usually stands then."""
        if self.proposal:
            self._kept, duplicate = self.proposal.duplicate, self.proposal.kept
            self._propose(duplicate)

    def choose_another(self) -> None:
        self._propose(None)

    def merge(self) -> bool:
        """Whether the two are one now."""
        if self._clinic is None or self.proposal is None or not filled(self.reason):
            return False
        try:
            kept = self.proposal.patient(self.details.chosen())
            duplicate = self.proposal.duplicate.patient
            merged = self._clinic.merge(kept, duplicate, reason=self.reason.line.text())
        except InvalidRecord as error:
            self._say_problem(error)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        self.proposal = None
        self.merged.emit(merged)
        return True

    def _choose(self, duplicate: uuid.UUID) -> None:
        if self._clinic is None:
            return
        try:
            self._propose(self._clinic.history(duplicate))
        except ClinicError as error:
            errors.show_error(self, error)

    def _propose(self, duplicate: History | None) -> None:
        """Show the two, and what becomes of them; without a duplicate, let one be chosen."""
        if self._clinic is None or self._kept is None:
            return
        self.proposal = MergeProposal(self._kept, duplicate) if duplicate else None
        self.kept_card.show_person(self._kept, self._today())
        self.duplicate_card.show_person(duplicate, self._today())
        self.choose.setVisible(duplicate is None)
        for part in (self.other_button, self.heading, self.details, self.reason):
            part.setVisible(duplicate is not None)
        for each in (self.swap_button, self.merge_button):
            each.setEnabled(duplicate is not None)
        if self.proposal is None:
            self.choose.start(self._clinic, self._kept.patient)
            self.choose.setFocus()
        else:
            self._show(self.proposal)
        self._preview()

    def _show(self, proposal: MergeProposal) -> None:
        differing = proposal.differences
        self.details.set_differences(differing)
        self.details.setVisible(bool(differing))
        title = _("Personal details that differ")
        self.heading.setText(title if differing else _("No personal detail differs."))
        first = next(iter(self.details.choices.values()), self.merge_button)
        first.setFocus()

    def _preview(self) -> None:
        """What would not go together with the details as they are chosen."""
        self.problem.hide()
        found: list[str] = []
        if self.proposal:
            try:
                patient = self.proposal.patient(self.details.chosen())
                found = self.proposal.warnings(patient)
            except InvalidRecord as error:
                self._say_problem(error)
        self.warnings.setText("\n".join(found))
        self.warnings.setVisible(bool(found))

    def _say_problem(self, error: InvalidRecord) -> None:
        self.problem.setText(str(error))
        self.problem.show()

    def _lay_out(self) -> None:
        heads = QGridLayout()
        heads.setHorizontalSpacing(MARGIN)
        heads.addWidget(self.kept_card, 0, 0)
        heads.addWidget(self.swap_button, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        heads.addWidget(self.duplicate_card, 0, 2)
        heads.setColumnStretch(0, 1)
        heads.setColumnStretch(2, 1)
        self.duplicate_card.column.addWidget(self.choose)
        self.duplicate_card.column.addLayout(row_of(self.other_button))
        for card in (self.kept_card, self.duplicate_card):
            card.column.addStretch(1)
        nothing_lost = _(
            "For one person who was entered twice. All records move to the patient who is kept, "
            "whom both MRNs find. Nothing is deleted, and Ctrl+Z undoes it."
        )
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_("Merge two patients"), "title", self))
        column.addWidget(label(nothing_lost, "quiet", self))
        column.addLayout(heads)
        for part in (self.warnings, self.problem, self.heading, self.details):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(scroll, "form")
        scroll.setWidget(inside)
        buttons = row_of(self.merge_button, self.cancel_button)
        buttons.insertWidget(0, self.reason, 1)
        buttons.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        for each in (self.merge_button, self.cancel_button):
            buttons.setAlignment(each, Qt.AlignmentFlag.AlignBottom)
        narrow = QWidget(self)
        narrow.setMaximumWidth(WIDEST)
        middle = QVBoxLayout(narrow)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(MARGIN)
        middle.addWidget(scroll, 1)
        middle.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(narrow, 100)
        whole.addStretch(1)

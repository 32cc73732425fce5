"""Confirming a rule and withdrawing its confirmation, each in a part of its own below the rule."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError, InvalidRecord
from models.practice import RuleConfirmation
from models.rules import Rule
from models.words import _
from ui import errors
from ui.buttons import button
from ui.date_editor import Today
from ui.editor import LineEditor
from ui.form import Form
from ui.record_pane import RecordPane
from ui.sheet import Part, entry, filled, row_of
from ui.text_editor import suggest
from ui.theme import MARGIN

FORM_HEIGHT = 248


class Confirming(RecordPane):
    """A clinician's name, a day and notes; `save` raises `ClinicError`, which is told."""

    def __init__(self, today: Today, save: Callable[[Any], object], parent: QWidget) -> None:
        hidden = {"rule", "statement"}
        super().__init__(
            lambda pane: Form(RuleConfirmation, today, parent=pane, hidden=hidden), None, parent
        )
        self._today, self._save = today, save
        self.save_button.setText(_("Confirm"))
        self.form.setFixedHeight(FORM_HEIGHT)

    def start(self, rule: Rule, names: Sequence[str]) -> None:
        """`names`: of clinicians who have confirmed rules before, offered while one is typed."""
        what = {"rule": rule.name, "statement": rule.statement}
        self.form.load(None, {**what, "confirmed_on": self._today()})
        name = self.form.editors["confirmed_by"]
        if isinstance(name, LineEditor):
            suggest(name.line, names)
        self.show_record(_("Confirm this rule as it is worded"))
        self.show()
        self.form.focus_first()

    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def typed(self) -> dict[str, Any]:
        """As JSON."""
        return self.form.typed()

    def resume(self, typed: Mapping[str, Any]) -> None:
        self.form.resume(typed)

    def submit(self) -> bool:
        """Whether the rule is confirmed now."""
        try:
            self._save(self.form.build())
        except InvalidRecord as error:
            self.form.show_problems(error.problems)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        return True


class Withdrawing(Part):
    """The reason, without which nothing is withdrawn; `remove` raises `ClinicError`."""

    cancel_asked = Signal()

    def __init__(self, remove: Callable[[Any, str], object], parent: QWidget) -> None:
        super().__init__(_("Withdraw"), parent)
        self._remove = remove
        self._confirmation: RuleConfirmation | None = None
        kept = _("The confirmation stays in the audit log, with the reason.")
        self.reason = entry(_("Why is the confirmation withdrawn?"), self, help=kept)
        self.cancel_button = button(_("Cancel"), self.cancel_asked.emit, self, tip=_("Escape"))
        self.main_button.setToolTip(_("Ctrl+Enter"))
        self.add(self.reason, row_of(self.main_button, self.cancel_button))
        self.enter_here(self.reason)
        self.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)

    def start(self, confirmation: RuleConfirmation) -> None:
        self._confirmation = confirmation
        self.reason.line.clear()
        self.reason.set_problem("")
        self.show()
        self.reason.setFocus()

    def is_dirty(self) -> bool:
        return bool(self.reason.line.text().strip())

    def typed(self) -> dict[str, Any]:
        """As JSON."""
        return {"reason": self.reason.state()}

    def resume(self, typed: Mapping[str, Any]) -> None:
        self.reason.restore(typed["reason"])

    def submit(self) -> bool:
        """Whether the confirmation is withdrawn now."""
        if self._confirmation is None or not filled(self.reason):
            return False
        try:
            self._remove(self._confirmation, self.reason.line.text())
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        return True

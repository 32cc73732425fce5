"""A rule beside the list: its text, and what a clinician can do about it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.practice import RuleConfirmation
from models.rule_book import as_worded_now
from models.rules import Rule, Standing
from models.store.drafts import NOBODY, Draft
from models.words import _
from ui import questions
from ui.allowed import needs
from ui.buttons import button
from ui.confirming import Confirming, Withdrawing
from ui.date_editor import Today
from ui.questions import Leaving
from ui.rule_reader import RuleReader
from ui.sheet import row_of
from ui.theme import GAP

DRAFT = RuleConfirmation.table_name()


class RulePane(QWidget):
    """`done`: the rule was confirmed, or its confirmation withdrawn."""

    done = Signal()

    def __init__(
        self,
        today: Today,
        save: Callable[[Any], object],
        remove: Callable[[Any, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rule: Rule | None = None
        self._standing: RuleConfirmation | None = None
        self._names: Sequence[str] = ()
        self.reader = RuleReader(self)
        read = _("A clinician has read this rule and stands for it")
        fallen = _("The confirmation no longer stands; the rule awaits another one")
        self.confirm_button = button(_("Confirm…"), self.confirm, self, "primary", read)
        self.withdraw_button = button(_("Withdraw…"), self.withdraw, self, tip=fallen)
        for each in (self.confirm_button, self.withdraw_button):
            needs(RuleConfirmation.changed_with, each)
        self.confirming = Confirming(today, save, self)
        self.withdrawing = Withdrawing(remove, self)
        self.confirming.save_asked.connect(self.submit)
        self.confirming.cancel_asked.connect(self.cancel)
        self.withdrawing.asked.connect(self.submit)
        self.withdrawing.cancel_asked.connect(self.cancel)
        self._lay_out()
        self._open(None)

    def show_rule(self, rule: Rule, confirmations: Sequence[RuleConfirmation]) -> None:
        """`confirmations`: those of every rule, the latest last."""
        own = [each for each in confirmations if each.rule == rule.name]
        self._rule = rule
        self._standing = next(filter(as_worded_now, reversed(own)), None)
        self._names = sorted({each.confirmed_by for each in confirmations})
        self.reader.show_rule(rule, own)
        self._open(None)

    def confirm(self) -> None:
        """Ask for a clinician's name and the day."""
        if self._rule is not None:
            self._open(self.confirming)
            self.confirming.start(self._rule, self._names)

    def withdraw(self) -> None:
        """Ask for the reason."""
        if self._standing is not None:
            self._open(self.withdrawing)
            self.withdrawing.start(self._standing)

    @property
    def opened(self) -> Confirming | Withdrawing | None:
        """The part in which something can be typed."""
        parts = (self.confirming, self.withdrawing)
        return next((part for part in parts if not part.isHidden()), None)

    def is_dirty(self) -> bool:
        return self.opened is not None and self.opened.is_dirty()

    def unsaved(self) -> Draft | None:
        """What is typed about the rule that is shown; None where nothing is."""
        if self._rule is None or self.opened is None or not self.opened.is_dirty():
            return None
        typed = {"rule": self._rule.name, "withdrawn": self.opened is self.withdrawing}
        now = dt.datetime.now(dt.UTC)
        return Draft(DRAFT, NOBODY, None, 0, typed | self.opened.typed(), now)

    def resume(self, draft: Draft) -> None:
        """Show again what was typed about this rule and not saved."""
        if draft.typed["withdrawn"]:
            self.withdraw()
        else:
            self.confirm()
        if self.opened is not None:
            self.opened.resume(draft.typed)

    def submit(self) -> bool:
        """Whether what is open is done now."""
        if self.opened is None or not self.opened.submit():
            return False
        self._open(None)
        self.done.emit()
        return True

    def cancel(self) -> None:
        if self.may_leave():
            self.focus_first()

    def focus_first(self) -> None:
        """To what can be done about the rule, or to its text."""
        buttons = (self.confirm_button, self.withdraw_button)
        offered = [each for each in buttons if not each.isHidden()]
        (*offered, self.reader)[0].setFocus()

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        answer = self.ask_to_leave() if self.is_dirty() else Leaving.DISCARD
        if answer is Leaving.SAVE:
            return self.submit()
        if answer is Leaving.DISCARD:
            self._open(None)
        return answer is Leaving.DISCARD

    def ask_to_leave(self) -> Leaving:
        return questions.ask_to_leave(self, _(RuleConfirmation.singular))

    def _open(self, part: QWidget | None) -> None:
        """Show one of the parts, or else the button that opens it."""
        self.confirming.setVisible(part is self.confirming)
        self.withdrawing.setVisible(part is self.withdrawing)
        from_memory = self._rule is not None and self._rule.standing is Standing.UNVERIFIED
        stands = self._standing is not None
        offered = from_memory and part is None
        self.confirm_button.setVisible(offered and not stands)
        self.withdraw_button.setVisible(offered and stands)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.reader, 1)
        column.addLayout(row_of(self.confirm_button, self.withdraw_button))
        column.addWidget(self.confirming)
        column.addWidget(self.withdrawing)

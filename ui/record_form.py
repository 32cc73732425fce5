"""A record that has a page of its own in a form, new or to be corrected."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord, Record
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.words import _
from ui import errors, questions
from ui.allowed import needs
from ui.buttons import on_keys
from ui.date_editor import Today
from ui.draft_keeper import DraftKeeper, show_again
from ui.drafts_in_words import not_saved_title
from ui.form import Form, OwnEditors
from ui.questions import Leaving
from ui.record_pane import RecordPane

WIDEST = 720


class RecordForm(QWidget):
    """`save` answers the record as saved or raises `ClinicError`, said beside the fields.

    `on_file`: the record as it is on file; None where it is to be made. `hidden`: fields that have
    no editor here.
    """

    saved = Signal(object)
    record_class: ClassVar[type[Record]]
    hidden: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        today: Today,
        save: Callable[..., Any],
        parent: QWidget | None = None,
        own: OwnEditors | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.on_file: Any = None
        self.pane = RecordPane(
            lambda pane: Form(self.record_class, today, parent=pane, own=own, hidden=self.hidden),
            self.explain,
            self,
        )
        self.form = self.pane.form
        self.keeper = DraftKeeper(self.form, self.record_class.table_name(), self)
        self.pane.setMaximumWidth(WIDEST)
        self.pane.save_asked.connect(self.save)
        self.pane.cancel_asked.connect(self.cancel)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.pane, 100)
        row.addStretch(1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            needs(self.record_class.changed_with, on_keys(keys, self.save, self))
        on_keys("Escape", self.cancel, self)

    def explain(self, values: dict[str, Any]) -> str:
        """What is worked out from what stands in the form."""
        return ""

    def put_beside(self, widget: QWidget) -> None:
        """Something of its own width to the right of the form."""
        self._row.insertWidget(self._row.indexOf(self.pane) + 1, widget)

    def title(self, record: Any) -> str:
        """What stands over the form."""
        raise NotImplementedError

    def show_after(self, saved: Any) -> None:
        """What stands in the form once the record is saved: an empty one."""
        self.form.load(None)

    def revert(self) -> None:
        """What stands in the form once what was typed is discarded."""
        self.form.load(self.form.record)

    def save(self) -> bool:
        """Whether the record is saved now."""
        try:
            saved = self._save(self.form.build(), reason=self.pane.reason.line.text())
        except InvalidRecord as error:
            self.form.show_problems(error.problems)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        self.show_after(saved)
        self.saved.emit(saved)
        return True

    def go_on(self, clinic: Clinic) -> None:
        """Show again what was typed here and not saved, and keep what is typed from now on."""
        own = (self.keeper.name, NOBODY)
        found = [each for each in clinic.drafts() if (each.form, each.patient) == own]
        for draft in found:
            self.resume(draft)
        self.keeper.begin(clinic, NOBODY, next(iter(found), None))

    def resume(self, draft: Draft) -> None:
        """Show again what was typed and not saved."""
        show_again(self.form, draft, self.on_file)
        if self.form.is_dirty():
            self.pane.show_record(not_saved_title(self.title(self.on_file), draft))

    def cancel(self) -> None:
        self.leave()

    def may_leave(self, later: bool = True) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        return self.leave(later) is not Leaving.KEEP_EDITING

    def leave(self, later: bool = False) -> Leaving:
        """What became of what was typed; discarded where nothing was.

        `later`: the page is left; what is typed may wait until the next time.
        """
        if not self.form.is_dirty():
            return Leaving.DISCARD
        later = later and self.keeper.can_keep()
        rests = later and self.keeper.rests()
        answer = Leaving.KEEP_FOR_LATER if rests else self.ask_to_leave(later)
        if answer is Leaving.SAVE and not self.save():
            return Leaving.KEEP_EDITING
        if answer is Leaving.KEEP_FOR_LATER and not self.keeper.keep_for_later():
            return Leaving.KEEP_EDITING
        if answer is Leaving.DISCARD:
            self.revert()
        return answer

    def ask_to_leave(self, later: bool) -> Leaving:
        return questions.ask_to_leave(self, _(self.record_class.singular), later)


class CorrectionForm(RecordForm):
    """A record that is on file: it stays in the form, saved or not."""

    def save(self) -> bool:
        """Whether what stands in the form is saved now."""
        return not self.form.is_dirty() or super().save()

    def show_after(self, saved: Any) -> None:
        self.on_file = saved
        self.form.load(saved)
        self.pane.show_record(self.title(saved))
        self.pane.remove_button.hide()

    def revert(self) -> None:
        self.show_after(self.on_file)

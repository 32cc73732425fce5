"""A record that has a page of its own in a form, new or to be corrected."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord, Record
from models.words import _
from ui import errors, questions
from ui.buttons import on_keys
from ui.date_editor import Today
from ui.form import Form
from ui.questions import Leaving
from ui.record_pane import RecordPane

WIDEST = 720


class RecordForm(QWidget):
    """`save` answers the record as saved or raises `ClinicError`, said beside the fields."""

    saved = Signal(object)
    record_class: ClassVar[type[Record]]

    def __init__(
        self, today: Today, save: Callable[[Any], Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.form = Form(self.record_class, today, parent=self)
        self.pane = RecordPane(self.form, self.explain, self)
        self.pane.setMaximumWidth(WIDEST)
        self.pane.save_asked.connect(self.save)
        self.pane.cancel_asked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.pane, 100)
        row.addStretch(1)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self.cancel),
        ):
            on_keys(keys, slot, self)

    def explain(self, values: dict[str, Any]) -> str:
        """What is worked out from what stands in the form."""
        return ""

    def show_after(self, saved: Any) -> None:
        """What stands in the form once the record is saved: an empty one."""
        self.form.load(None)

    def revert(self) -> None:
        """What stands in the form once what was typed is discarded."""
        self.form.load(self.form.record)

    def save(self) -> bool:
        """Whether the record is saved now."""
        try:
            saved = self._save(self.form.build())
        except InvalidRecord as error:
            self.form.show_problems(error.problems)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        self.show_after(saved)
        self.saved.emit(saved)
        return True

    def cancel(self) -> None:
        self.leave()

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        return self.leave() is not Leaving.KEEP_EDITING

    def leave(self) -> Leaving:
        """What became of what was typed; discarded where nothing was."""
        if not self.form.is_dirty():
            return Leaving.DISCARD
        answer = self.ask_to_leave()
        if answer is Leaving.SAVE and not self.save():
            return Leaving.KEEP_EDITING
        if answer is Leaving.DISCARD:
            self.revert()
        return answer

    def ask_to_leave(self) -> Leaving:
        return questions.ask_to_leave(self, _(self.record_class.singular))


class CorrectionForm(RecordForm):
    """A record that is on file: it stays in the form, saved or not."""

    def title(self, record: Any) -> str:
        raise NotImplementedError

    def save(self) -> bool:
        """Whether what stands in the form is saved now."""
        return not self.form.is_dirty() or super().save()

    def show_after(self, saved: Any) -> None:
        self.form.load(saved)
        self.pane.show_record(self.title(saved))
        self.pane.remove_button.hide()

    def revert(self) -> None:
        self.show_after(self.form.record)

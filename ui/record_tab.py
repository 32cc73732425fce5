"""A table and a form beside it, for any kind of a patient's records."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError, InvalidRecord, PatientRecord
from models.history import History
from models.store.drafts import Draft
from models.told import told
from models.words import _, capitalised
from ui import errors, questions
from ui.allowed import may, needs
from ui.buttons import button, on_keys
from ui.date_editor import Today
from ui.draft_keeper import DraftKeeper, show_again
from ui.drafts_in_words import not_saved_title
from ui.editors import References
from ui.form import Form, OwnEditors
from ui.questions import Leaving
from ui.record_list import RecordList
from ui.record_pane import Explain, RecordPane
from ui.references import known
from ui.theme import GAP, MARGIN, dress

TABLE_WIDTH, FORM_WIDTH, WIDEST_FORM = 500, 600, 720


def no_references(history: History) -> References:
    return {}


class RecordTab(QWidget):
    """Add, correct and remove the records of one kind.

    `save` is told the `reason` of a correction and answers the record as it now stands; it and
    `remove` raise `ClinicError`; what is wrong is said beside the fields. `references` names the
    records to which fields may point; `explain` words what is worked out from what stands in the
    form. `form_shown`: the form, or none again.
    """

    saved = Signal(object)
    removed = Signal(object)
    selected = Signal(object)
    left = Signal()
    history_asked = Signal(object)
    form_shown = Signal()

    def __init__(
        self,
        record_class: type[PatientRecord],
        today: Today,
        save: Callable[..., Any],
        remove: Callable[[Any, str], object],
        *,
        columns: Sequence[str] | None = None,
        references: Callable[[History], References] = no_references,
        explain: Explain | None = None,
        own: OwnEditors | None = None,
        hidden: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.record_class = record_class
        self._today = today
        self._save, self._remove = save, remove
        self._references = references
        self._history: History | None = None
        self._splitter = QSplitter(self)
        self.list = RecordList(record_class, columns, self._splitter)
        self._stack = QStackedWidget(self._splitter)
        self._pane = RecordPane(
            lambda pane: Form(record_class, today, parent=pane, own=own, hidden=hidden),
            explain,
            self._stack,
        )
        self.form = self._pane.form
        self.keeper = DraftKeeper(self.form, record_class.table_name(), self, self._can_wait)
        tip = _("Who entered and changed this, when, with old and new values")
        self.history_button = button(_("History"), self._ask_history, self, tip=tip)
        self._empty = QLabel(self._stack)
        self._lay_out()
        self._connect()
        self._show_nothing()

    @property
    def in_use(self) -> bool:
        """Whether a form is open."""
        return self._is_open()

    @property
    def kind(self) -> str:
        return _(self.record_class.singular)

    def set_history(self, history: History) -> None:
        """Show a patient's records; what is being typed for the same patient stays."""
        same = self._history is not None and self._history.patient.id == history.patient.id
        self._history = history
        references = self._references(history)
        names = {key: name for options in references.values() for key, name in options}
        beside = told(history, self.record_class)
        self.list.set_records(history.of(self.record_class), names, beside)
        self.form.set_references(references)
        self.form.tell(known(history))
        if not same or not self._is_open():
            self._show_nothing()
        elif self.form.record is None:
            self._follow_new(self._find(self.form.record_id))
        elif self.form.is_dirty():
            self.list.select(self.form.record_id)
        else:
            self._show(self._find(self.form.record_id))

    def select(self, record_id: uuid.UUID) -> None:
        """Open a record, unless the person wants to go on with what is being typed."""
        if self.may_leave():
            self._show(self._find(record_id))

    def start_new(self, defaults: Mapping[str, Any] | None = None) -> None:
        """Open an empty form, with some values filled in."""
        if self.may_leave():
            self.form.load(None, defaults or {})
            self._open(self._new_title(), None)
            self.form.focus_first()

    def resume(self, draft: Draft) -> None:
        """Show again what was typed and not saved."""
        found = self._find(draft.record) if draft.record else None
        show_again(self.form, draft, found)
        if self.form.is_dirty():
            title = self._title(found) if found else self._new_title()
            self._open(not_saved_title(title, draft), found.id if found else None)
        else:
            self._show(found)

    def may_leave(self, later: bool = False) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be.

        `later`: the patient is left; what is typed may wait until the next time.
        """
        later = later and self.keeper.can_keep()
        if not self._is_unsaved() or (later and self.keeper.rests()):
            return True
        match self.ask_to_leave(later):
            case Leaving.SAVE:
                return self.save()
            case Leaving.KEEP_FOR_LATER:
                return self.keeper.keep_for_later()
            case Leaving.DISCARD:
                self.revert()
                return True
        return False

    def revert(self) -> None:
        """Show what is on file; what was typed over it is gone."""
        self._show(self._find(self.form.record_id))

    def ask_to_leave(self, later: bool) -> Leaving:
        return questions.ask_to_leave(self, self.kind, later)

    def ask_why(self) -> str | None:
        return questions.ask_why(self, self.kind)

    def save(self) -> bool:
        """Whether what stands in the form is saved now."""
        record = self._saved_record()
        if record is None:
            return False
        self._show(record)
        self.saved.emit(record)
        return True

    def remove(self) -> None:
        """Take the open record out of the history, with the reason."""
        record = self.form.record
        if record is None or not self._is_open():
            return
        why = self.ask_why()
        if not why:
            return
        try:
            self._remove(record, why)
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self._show_nothing()
        self.removed.emit(record)

    def cancel(self) -> None:
        """Undo what was typed, asking only where something would be lost; back to the table.

        From the table it leads on, out of the tab.
        """
        if self.may_leave():
            if self.form.record is None:
                self._show_nothing()
            if self.list.view.hasFocus():
                self.left.emit()
            else:
                self.list.view.setFocus()

    def _saved_record(self) -> Any:
        """The record as it now stands; None where it was refused, which is told."""
        if self._history is None or not self._is_open():
            return None
        try:
            record = self.form.build(self._history.patient.id)
            return self._save(record, reason=self._pane.reason.line.text())
        except InvalidRecord as error:
            self.form.show_problems(error.problems)
        except ClinicError as error:
            errors.show_error(self, error)
        return None

    def _is_open(self) -> bool:
        return self._stack.currentWidget() is self._pane

    def _is_unsaved(self) -> bool:
        return self._is_open() and self.form.is_dirty()

    def _can_wait(self) -> bool:
        """Whether what is not saved can be kept as a draft."""
        return self.form.is_dirty()

    def _follow_new(self, found: PatientRecord | None) -> None:
        """A new record that is on file by now was saved: what is typed from here on corrects it."""
        if found is None:
            self.list.select(None)
        else:
            self.form.adopt(found)
            self._open(self._title(found), found.id)

    def _find(self, record_id: uuid.UUID) -> Any:
        return self._history.by_id.get(record_id) if self._history else None

    def _show(self, record: Any) -> None:
        if record is None:
            self._show_nothing()
            return
        self.form.load(record)
        self._open(self._title(record), record.id)

    def _title(self, record: PatientRecord) -> str:
        dated = f", {record.when.words}" if record.when else ""
        return capitalised(self.kind) + dated

    def _new_title(self) -> str:
        return _("New {kind}").format(kind=self.kind)

    def _open(self, title: str, record_id: uuid.UUID | None) -> None:
        self._pane.show_record(title)
        self.history_button.setVisible(self.form.record is not None)
        self._stack.setCurrentWidget(self._pane)
        self.list.select(record_id)

    def _show_nothing(self) -> None:
        self.form.load(None)
        self.list.select(None)
        self._stack.setCurrentWidget(self._empty)
        recorded = bool(self._history and self._history.of(self.record_class))
        if self._may_change():
            choose = _("Choose a row to read or correct it, or press Add (Ctrl+N).")
            nothing = _("Nothing recorded yet. Press Add (Ctrl+N) to record the first {kind}.")
        else:
            choose, nothing = _("Choose a row to read it."), _("Nothing recorded.")
        self._empty.setText((choose if recorded else nothing).format(kind=self.kind))

    def _may_change(self) -> bool:
        return may(self, self.record_class.changed_with)

    def _on_chosen(self, record: PatientRecord) -> None:
        if self.may_leave():
            self._show(self._find(record.id))
            self.selected.emit(record)
        else:
            self.list.select(self.form.record.id if self.form.record else None)

    def _ask_history(self) -> None:
        self.history_asked.emit(self.form.record)

    def _on_add(self) -> None:
        self.start_new()

    def _on_save(self) -> None:
        """From a button that has nothing more to do the focus goes to the table."""
        pressed = self._pane.save_button.hasFocus() or self._pane.reason.line.hasFocus()
        if self._pane.can_save() and self.save() and pressed:
            self.list.view.setFocus()

    def _lay_out(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(2 * MARGIN)
        dress(self._empty, "quiet")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._pane)
        self._stack.setMaximumWidth(WIDEST_FORM)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._stack)
        self._splitter.setHandleWidth(GAP)
        self._splitter.setSizes([TABLE_WIDTH, FORM_WIDTH])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _connect(self) -> None:
        self._stack.currentChanged.connect(self.form_shown)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.form.focus_first)
        self.list.remove_asked.connect(self.remove)
        self.list.add_button.clicked.connect(self._on_add)
        self._pane.save_asked.connect(self._on_save)
        self._pane.cancel_asked.connect(self.cancel)
        self._pane.remove_asked.connect(self.remove)
        self._pane.add(self.history_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            needs(self.record_class.changed_with, on_keys(keys, self._on_save, self))
        on_keys("Escape", self.cancel, self)

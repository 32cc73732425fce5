"""Putting off one item of the worklist: until when, and why."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord, described_fields
from models.snooze import REASONS, Snooze
from models.store.drafts import Draft
from models.words import _
from models.worklist import Item, put_off, usual_until
from ui import errors, questions
from ui.buttons import button, on_keys
from ui.date_editor import Today
from ui.editor import Editor, LineEditor
from ui.editors import editor_for
from ui.questions import Leaving
from ui.sheet import label
from ui.theme import GAP, MARGIN, dress

DRAFT = Snooze.table_name()
UNTIL_WIDTH = 200


def is_about(draft: Draft, item: Item) -> bool:
    """Whether what is kept in this draft was typed to put off this item."""
    due, said = item.due, (draft.typed["due"], draft.typed["on"])
    same = (draft.patient, draft.record) == (item.patient.id, due.record.id)
    return same and said == (due.kind.value, due.on.isoformat())


class SnoozePanel(QFrame):
    """`saved`: the item, and the snooze as it is on file; `closed`: in whatever way."""

    saved = Signal(object, object)
    closed = Signal()

    def __init__(self, today: Today, save: Callable[[Any], Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self._save = today, save
        self._item: Item | None = None
        self._title = label("", "", self)
        declared = {words.name: words for words in described_fields(Snooze)}
        self.until, self.reason = (
            editor_for(declared[name], today, {}, self) for name in ("until", "reason")
        )
        self.suggestions = [
            button(_(words), partial(self._suggest, _(words)), self, "link") for words in REASONS
        ]
        self.save_button = button(_("Put off"), self.save, self, "primary", _("Enter"))
        self.cancel_button = button(_("Cancel"), self.cancel, self, tip=_("Escape"))
        self._before = self._values()
        self._lay_out()
        self._connect()

    def open(self, item: Item) -> None:
        """A week is proposed; the reason is asked for."""
        self._item = item
        words = _("Put off: {name}, {what}")
        self._title.setText(words.format(name=item.patient.name, what=item.due.what))
        self.until.set_value(usual_until(item, self._today()))
        self.reason.set_value(None)
        self._before = self._values()
        for each in (self.until, self.reason):
            each.set_problem("")
        self.until.inputs[0].setFocus(Qt.FocusReason.TabFocusReason)

    def is_dirty(self) -> bool:
        return self._item is not None and self._values() != self._before

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        answer = self.ask_to_leave() if self.is_dirty() else Leaving.DISCARD
        if answer is Leaving.SAVE:
            return self.save()
        if answer is Leaving.DISCARD:
            self._close()
        return answer is Leaving.DISCARD

    def ask_to_leave(self) -> Leaving:
        return questions.ask_to_leave(self, _("put off"))

    def unsaved(self) -> Draft | None:
        """What is typed, with the item that it is about; None where nothing is."""
        item = self._item
        if item is None or not self.is_dirty():
            return None
        about = {"due": item.due.kind.value, "on": item.due.on.isoformat()}
        typed = {name: editor.state() for name, editor in self._editors.items()}
        now = dt.datetime.now(dt.UTC)
        return Draft(DRAFT, item.patient.id, item.due.record.id, 0, about | typed, now)

    def resume(self, item: Item, draft: Draft) -> None:
        """Show again what was typed about an item and not saved."""
        self.open(item)
        for name, editor in self._editors.items():
            editor.restore(draft.typed[name])

    @property
    def _editors(self) -> dict[str, Editor]:
        return {"until": self.until, "reason": self.reason}

    def save(self) -> bool:
        """Whether it is put off now."""
        item = self._item
        if item is None:
            return False
        try:
            snooze = self._save(
                put_off(item, self.until.value(), self.reason.value(), self._today())
            )
        except InvalidRecord as error:
            self._show_problems(error.problems)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        self._close()
        self.saved.emit(item, snooze)
        return True

    def cancel(self) -> None:
        self.may_leave()

    def _close(self) -> None:
        self._item = None
        self.closed.emit()

    def _values(self) -> tuple[object, ...]:
        editors = (self.until, self.reason)
        return tuple(part for each in editors for part in (each.value(), each.unreadable()))

    def _suggest(self, words: str) -> None:
        self.reason.set_value(words)
        self.reason.setFocus()

    def _show_problems(self, problems: dict[str, str]) -> None:
        """Beside their fields; the first wrong one gets the focus."""
        problems = problems | ({"until": unread} if (unread := self.until.unreadable()) else {})
        for name, each in (("reason", self.reason), ("until", self.until)):
            each.set_problem(problems.get(name, ""))
            if name in problems:
                each.setFocus()

    def _connect(self) -> None:
        for each in (self.until, self.reason):
            if isinstance(each, LineEditor):
                each.line.returnPressed.connect(self.save)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self.cancel),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        dress(self, "explained")
        self.until.setFixedWidth(UNTIL_WIDTH)
        fields = QHBoxLayout()
        fields.setSpacing(MARGIN)
        top = Qt.AlignmentFlag.AlignTop
        fields.addWidget(self.until, 0, top)
        fields.addWidget(self.reason, 1, top)
        below = QHBoxLayout()
        below.setSpacing(MARGIN)
        for each in self.suggestions:
            below.addWidget(each)
        below.addStretch()
        below.addWidget(self.cancel_button)
        below.addSpacing(GAP - MARGIN)
        below.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addLayout(fields)
        column.addLayout(below)

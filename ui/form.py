"""A form for any kind of record, made from the declarations of its fields."""

import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QScrollArea, QWidget

from models.base import (
    FieldWords,
    InvalidRecord,
    PatientRecord,
    Record,
    build,
    described_fields,
    revised,
)
from models.words import _
from ui.choice_editor import ChoiceEditor
from ui.date_editor import Today
from ui.editor import Editor
from ui.editors import References, editor_for
from ui.form_reader import FormReader
from ui.theme import GAP, MARGIN, dress

OwnEditors = Mapping[str, Callable[[FieldWords, QWidget], Editor]]
TWO_COLUMNS_FROM = 460
LONG_TEXT = 300


class Form(QScrollArea):
    """Fields in the order of declaration, what is wrong said below each.

    `own`: an editor of its own for some fields. `hidden`: fields without an editor, which keep what
    was loaded. `changed` is what a person did; loading says no more than `loaded`.
    """

    changed = Signal()
    loaded = Signal()

    def __init__(
        self,
        record_class: type[Record],
        today: Today,
        references: References | None = None,
        parent: QWidget | None = None,
        *,
        own: OwnEditors | None = None,
        hidden: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        self.record_class = record_class
        self._record: Record | None = None
        self._new_id = uuid.uuid4()
        self._unseen: dict[str, Any] = {}
        self._reader: FormReader | None = None
        self._sheet = QWidget(self.viewport())
        self._grid = QGridLayout(self._sheet)
        self._problems = QLabel(self._sheet)
        self._legend = QLabel(_("* needed"), self._sheet)
        self._last: list[QWidget] = []
        self._groups: dict[str, QLabel] = {}
        self.editors: dict[str, Editor] = {}
        for words in described_fields(record_class):
            if words.name not in hidden:
                self._add(words, today, references or {}, own or {})
        self._dress()
        self._arrange(1)
        self.changed.connect(self._follow)
        self.load(None)

    def load(
        self,
        record: Record | None,
        defaults: Mapping[str, Any] | None = None,
        new_id: uuid.UUID | None = None,
    ) -> None:
        """Show a record, or an empty form with some values filled in: a new record, with its id."""
        given = defaults or {}
        self._record = record
        self._new_id = new_id or uuid.uuid4()
        self._unseen = {name: value for name, value in given.items() if name not in self.editors}
        for name, editor in self.editors.items():
            editor.set_value(getattr(record, name) if record else given.get(name))
        self._follow()
        self._initial = self.values()
        self.show_problems({})
        self.verticalScrollBar().setValue(0)
        self.loaded.emit()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, as JSON, where it is not what is on file."""
        return {
            name: editor.state()
            for name, editor in self.editors.items()
            if editor.unreadable() or self._value(name) != self._on_file(name)
        }

    def resume(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` told, over what was loaded, as silently as loading."""
        for name in typed.keys() & self.editors.keys():
            editor, state = self.editors[name], typed[name]
            try:
                editor.restore(state)
            except ValidationError:
                lost = _("This stood here, and is no value of the field any more: {typed}")
                editor.set_problem(lost.format(typed=state))
            else:
                editor.set_problem(editor.unreadable())
        self._follow()

    def adopt(self, record: Record) -> None:
        """What stands in the editors becomes a correction of this record."""
        self._record = record
        self._initial = {name: getattr(record, name) for name in self.editors}
        self.loaded.emit()

    def show_to_read(self) -> None:
        """From now on the values as text, for whoever may not change them."""
        self.takeWidget().setParent(self)
        self._sheet.hide()
        self._reader = reader = FormReader(self)
        self.setWidget(reader)
        self.loaded.connect(lambda: reader.show_fields(self.editors.values()))

    @property
    def record_id(self) -> uuid.UUID:
        """The id of the record that is shown; a new one has its id from the start."""
        return self._record.id if self._record else self._new_id

    @property
    def record(self) -> Record | None:
        """The record that is being corrected; None while a new one is entered."""
        return self._record

    def values(self) -> dict[str, Any]:
        """What stands in the editors; an empty field has its default."""
        return {name: self._value(name) for name in self.editors}

    def build(self, patient: uuid.UUID | None = None) -> Record:
        """The checked record; raises `InvalidRecord` with a sentence for each wrong field."""
        unread = {name: text for name, each in self.editors.items() if (text := each.unreadable())}
        wrong = self._lacking() | unread
        try:
            record = self._checked(patient)
        except InvalidRecord as error:
            raise InvalidRecord(_(self.record_class.singular), error.problems | wrong) from None
        if wrong:
            raise InvalidRecord(_(self.record_class.singular), wrong)
        return record

    def is_dirty(self) -> bool:
        unread = any(editor.unreadable() for editor in self.editors.values())
        return unread or self.values() != self._initial

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Beside their fields, the rest on top; the first wrong field gets the focus."""
        for name, editor in self.editors.items():
            editor.set_problem(problems.get(name, ""))
        rest = [
            f"{name}: {text}" if name else text
            for name, text in problems.items()
            if name not in self.editors
        ]
        self._problems.setText("\n".join(rest))
        self._problems.setVisible(bool(rest))
        wrong = [editor for name, editor in self.editors.items() if name in problems]
        if wrong:
            wrong[0].setFocus()
            self.ensureWidgetVisible(wrong[0])
        elif rest:
            self.verticalScrollBar().setValue(0)

    def set_references(self, references: References) -> None:
        """Offer these records to point to."""
        for name, options in references.items():
            editor = self.editors.get(name)
            if isinstance(editor, ChoiceEditor):
                editor.set_options(options)

    def tell(self, known: Mapping[str, Any]) -> None:
        """Let the editors of these fields know what the patient's records tell about them."""
        for name, what in known.items():
            if name in self.editors:
                self.editors[name].learn(what)

    def show_field(self, name: str, shown: bool) -> None:
        """For a field that only makes sense beside another one's value."""
        self.editors[name].setVisible(shown)
        self._arrange(self._columns)

    def put_last(self, widget: QWidget) -> None:
        """Something that is no field of the record, after its fields."""
        self._last.append(widget)
        self._arrange(self._columns)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put these values in, as if they were typed."""
        for name, value in values.items():
            self.editors[name].set_value(value)
        self.changed.emit()

    def focus_first(self) -> None:
        """What stands there is selected: a date that is proposed is typed over."""
        self.focus_on(next(iter(self.editors)))

    def first_needed(self) -> str:
        """The first field that is needed and empty; empty where none is."""
        needed = (name for name, each in self.editors.items() if each.words.required)
        return next((name for name in needed if self._value(name) in (None, [])), "")

    def focus_on(self, name: str) -> None:
        """As the Tab key does: what stands in the field is selected, and seen."""
        (self._reader or self.editors[name]).setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.editors[name])

    def focus_typed(self) -> None:
        """To the last field in which something is not saved."""
        for name in [*self.editors, *self.typed()][-1:]:
            self.editors[name].go_on()
            self.ensureWidgetVisible(self.editors[name])

    def focusNextPrevChild(self, next: bool) -> bool:
        """The Tab key brings the whole field into view, with what is said about it."""
        moved = super().focusNextPrevChild(next)
        self._show_focused()
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.viewport().width() >= TWO_COLUMNS_FROM else 1
        if columns != self._columns:
            self._arrange(columns)
        self._show_focused()

    def _show_focused(self) -> None:
        focus = QApplication.focusWidget()
        for editor in self.editors.values():
            if focus is not None and editor.isAncestorOf(focus):
                self.ensureWidgetVisible(editor, 0, GAP)
                self.ensureWidgetVisible(focus, 0, GAP)

    def _value(self, name: str) -> Any:
        value = self.editors[name].value()
        return self._default(name) if value is None else value

    def _on_file(self, name: str) -> Any:
        return getattr(self._record, name) if self._record else self._default(name)

    def _default(self, name: str) -> Any:
        """What an empty field stands for."""
        declared = self.record_class.model_fields[name]
        return None if declared.is_required() else declared.get_default(call_default_factory=True)

    def _lacking(self) -> dict[str, str]:
        """What the values make needed and is empty, unless it is so on file."""
        needed, values = self.record_class.needed_with, self.values()
        on_file = self._record.model_dump() if self._record else {}
        known = {name for name in needed(on_file) if on_file[name] is None}
        return {
            name: text
            for name, text in needed(values).items()
            if name not in known and name in values and values[name] is None
        }

    def _checked(self, patient: uuid.UUID | None) -> Record:
        if self._record is not None:
            return revised(self._record, **self.values())
        given = {**self._unseen, **self.values(), "id": self._new_id}
        if issubclass(self.record_class, PatientRecord):
            given["patient"] = patient
        return build(self.record_class, given)

    def _follow(self) -> None:
        """Show each editor what stands in the fields that it follows."""
        for editor in self.editors.values():
            followed = [name for name in editor.follows if name in self.editors]
            values = {name: self.editors[name].value() for name in followed}
            editor.follow({**values, "id": self.record_id})
        needed = self.record_class.needed_with(self.values())
        for name, editor in self.editors.items():
            editor.set_needed(name in needed)

    def _on_left(self) -> None:
        editor = self.sender()
        if isinstance(editor, Editor):
            editor.set_problem(self._problem_with(editor))
            for other in self.editors.values():
                if editor.words.name in other.follows:
                    other.followed_left(editor.words.name)

    def _problem_with(self, editor: Editor) -> str:
        if editor.value() is None:
            return editor.unreadable()
        try:
            self.build()
        except InvalidRecord as error:
            return error.problems.get(editor.words.name, "")
        return ""

    def _add(
        self, words: FieldWords, today: Today, references: References, own: OwnEditors
    ) -> None:
        made = own.get(words.name)
        if made:
            editor = made(words, self._sheet)
        else:
            editor = editor_for(words, today, references, self._sheet)
        editor.changed.connect(self.changed)
        editor.left.connect(self._on_left)
        editor.also.connect(self.fill)
        self.editors[words.name] = editor
        if words.group not in self._groups:
            self._groups[words.group] = QLabel(words.group, self._sheet)

    def _dress(self) -> None:
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dress(self, "form")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._problems.setWordWrap(True)
        dress(self._problems, "problems")
        dress(self._legend, "note")
        self._legend.setVisible(any(each.words.required for each in self.editors.values()))
        for group, heading in self._groups.items():
            dress(heading, "group" if group else "divider")
            heading.setIndent(0)
        self._grid.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(12)

    def _arrange(self, columns: int) -> None:
        """Short fields side by side where there is room, long ones over the whole width."""
        self._columns = columns
        # not takeAt: an item left alive keeps the sizes of its widget from being asked for again
        fields = (*self._groups.values(), *self.editors.values())
        for each in (self._problems, *fields, *self._last, self._legend):
            self._grid.removeWidget(each)
        for heading in self._groups.values():
            heading.hide()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.addWidget(self._problems, 0, 0, 1, columns)
        line, column, group = 1, 0, ""
        for editor in self.editors.values():
            if editor.isHidden():
                continue
            if editor.words.group != group:
                group = editor.words.group
                line, column = line + (column > 0), 0
                self._grid.addWidget(self._groups[group], line, 0, 1, columns)
                self._groups[group].show()
                line += 1
            span = columns if editor.wide or self._is_long(editor.words.name) else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(editor, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            line, column = (line + 1, 0) if column + span == columns else (line, column + span)
        for each in (*self._last, self._legend):
            line += 1
            self._grid.addWidget(each, line, 0, 1, columns)
        self._grid.setRowStretch(line + 1, 1)

    def _is_long(self, name: str) -> bool:
        limits = self.record_class.model_fields[name].metadata
        return any(getattr(limit, "max_length", 0) >= LONG_TEXT for limit in limits)

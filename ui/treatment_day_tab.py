"""A treatment day: its form, what was saved, or what to do where nothing can be entered yet."""

import uuid
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import treatment_day
from models.history import History
from models.store.drafts import Draft
from models.treatment import TreatmentLine
from models.treatment_day import TreatmentDay
from models.words import _
from ui.buttons import button
from ui.date_editor import Today
from ui.sheet import Notice
from ui.treatment_day_form import TreatmentDayForm


class TreatmentDayTab(QStackedWidget):
    """`reaction_asked`: values for the form of an adverse event; `line_asked`: the id of a line
    that is to be completed, or None for a new one; `left`: by Escape.
    """

    reaction_asked = Signal(object)
    line_asked = Signal(object)
    left = Signal()

    def __init__(
        self, today: Today, save: Callable[[TreatmentDay], TreatmentDay], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._history: History | None = None
        self._lines: list[TreatmentLine] = []
        self._saved: TreatmentDay | None = None
        self.day = TreatmentDayForm(today, save, self)
        self.form, self.keeper = self.day.form, self.day.keeper
        self.line_button = button(_("Enter the treatment line"), self._ask_line, self, "primary")
        self.another_button = button(_("Another treatment day"), self.start, self, tip=_("Ctrl+T"))
        self.nothing = Notice(self.line_button, self)
        self.done = Notice(self.another_button, self)
        for each in (self.nothing, self.day, self.done):
            self.addWidget(each)
        self.day.saved.connect(self._on_saved)
        self.day.left.connect(self.left)

    @property
    def in_use(self) -> bool:
        """Whether something is typed."""
        return self._is_typed()

    def set_history(self, history: History) -> None:
        """What is being typed for the same patient stays, and so does what was said of a day that
        was saved, while it is on file.
        """
        same = self._history is not None and self._history.patient.id == history.patient.id
        self._history, self._lines = history, treatment_day.lines_to_treat(history)
        self.day.set_history(history, self._lines)
        if same and self._is_typed():
            return
        if not (same and self._saved and self._saved.id in history.by_id):
            self._begin(None)

    def start(self, line: uuid.UUID | None = None) -> None:
        """The form for the next day of this line, or of the one due first, ready for the weight.

        What is being typed already stays, where it is not about another line.
        """
        typed_for = self.form.values()["treatment_line"]
        if self._is_typed() and line in {None, typed_for}:
            self.setCurrentWidget(self.day)
            self.form.focus_typed()
        elif self.day.may_leave(later=False):
            self._begin(line)
            self._focus()

    def resume(self, draft: Draft) -> None:
        self.day.resume(draft)
        self.setCurrentWidget(self.day)

    def revert(self) -> None:
        self.day.revert()

    def may_leave(self, later: bool = True) -> bool:
        return self.day.may_leave(later)

    def _is_typed(self) -> bool:
        return self.form.is_dirty()

    def _begin(self, line: uuid.UUID | None) -> None:
        self._saved = None
        chosen = next((each for each in self._lines if each.id == line), None)
        if chosen or self._lines:
            self.day.start(chosen or self._lines[0])
            self.setCurrentWidget(self.day)
        else:
            self.day.clear()
            self._say_what_is_missing()

    def _focus(self) -> None:
        if self.currentWidget() is self.day:
            self.form.focus_on("weight_kg")
        else:
            self.line_button.setFocus()

    def _say_what_is_missing(self) -> None:
        without = self._without_protocol()
        text = _("No treatment is running. Enter the treatment line with its protocol first.")
        self.line_button.setText(_("Enter the treatment line"))
        if without:
            text = _("{line}, follows no protocol. Enter it first: days and dose go by it.")
            text = text.format(line=treatment_day.line_words(without))
            self.line_button.setText(_("Open the treatment line"))
        self.nothing.say(text)
        self.setCurrentWidget(self.nothing)

    def _without_protocol(self) -> TreatmentLine | None:
        lines = self._history.lines if self._history else ()
        running = [line for line in lines if line.end is None]
        return running[-1] if running else None

    def _ask_line(self) -> None:
        line = self._without_protocol()
        self.line_asked.emit(line.id if line else None)

    def _on_saved(self, day: TreatmentDay) -> None:
        if self._history is None:
            return
        self._saved = day
        self.done.say(treatment_day.saved_words(day, self._history), "heading")
        self.setCurrentWidget(self.done)
        self.another_button.setFocus()
        reaction = treatment_day.event_of(day)
        if reaction:
            self.reaction_asked.emit(reaction)

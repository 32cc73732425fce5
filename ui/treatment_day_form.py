"""The form of a treatment day: what follows from it stands beside it while it is typed."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models import treatment_day
from models.base import FieldWords
from models.history import History
from models.store.drafts import Draft
from models.treatment import TreatmentLine
from models.treatment_day import REPEATED, TreatmentDay
from models.value_words import typed_text
from models.words import _, day_words
from ui.buttons import button, on_keys
from ui.date_editor import Today, date_line
from ui.editor import Editor
from ui.following_editor import FollowingEditor
from ui.form import OwnEditors
from ui.numbers import read_number
from ui.questions import Leaving
from ui.read_line import ReadLine
from ui.record_form import RecordForm
from ui.what_follows import WhatFollows

OF_THE_LINE = ("treatment_line",)
OF_THE_DOSE = ("treatment_line", "weight_kg", "height_cm", "status")
OF_THE_CALENDAR = ("treatment_line", "date", "status")
Told = Callable[[Mapping[str, Any], History], Any]


class TreatmentDayForm(RecordForm):
    """`save` puts the day on file and answers it, or raises `ClinicError`; `left`: by Escape."""

    left = Signal()
    record_class = TreatmentDay

    def __init__(
        self, today: Today, save: Callable[[TreatmentDay], TreatmentDay], parent: QWidget
    ) -> None:
        self._today = today
        self._history: History | None = None
        self._lines: Sequence[TreatmentLine] = ()
        self._repeated: tuple[dt.date, dict[str, Any]] | None = None
        super().__init__(today, save, parent, self._own_editors())
        self.beside = WhatFollows(self)
        self.put_beside(self.beside)
        self._row.setStretchFactor(self.beside, 60)
        self.repeat_button = button(_("Same as last time"), self.repeat, self)
        self.pane.add(self.repeat_button)
        on_keys("Ctrl+D", self.repeat, self)
        self.form.changed.connect(self._refresh)

    def set_history(self, history: History, lines: Sequence[TreatmentLine]) -> None:
        """`lines`: those that may be treated. What was typed stays, what follows is worked out."""
        self._history, self._lines = history, lines
        offered = [(line.id, treatment_day.line_words(line)) for line in lines]
        self.form.set_references({"treatment_line": offered})
        self.form.resume({})
        self._refresh()

    def start(self, line: TreatmentLine) -> None:
        """The next day of this line, given today as planned."""
        self._load(self._proposed(line))

    def clear(self) -> None:
        self._load({})

    def repeat(self) -> None:
        """Fill in what repeats from the last infusion given, but nothing over what was typed."""
        self._repeated = self._tell(treatment_day.as_last_time)
        if self._repeated:
            known = self._repeated[1]
            self.form.fill({name: known[name] for name in known if self._is_empty(name)})

    def resume(self, draft: Draft) -> None:
        super().resume(draft)
        self._show_what_follows()

    def title(self, record: TreatmentDay | None) -> str:
        return str(self._tell(treatment_day.title) or "")

    def revert(self) -> None:
        line = self.form.values()["treatment_line"]
        self._load(next((self._proposed(each) for each in self._lines if each.id == line), {}))

    def cancel(self) -> None:
        if self.leave() is not Leaving.KEEP_EDITING:
            self.left.emit()

    def _proposed(self, line: TreatmentLine) -> dict[str, Any]:
        found = self._history
        return treatment_day.proposed(found, line, self._today()) if found else {}

    def _load(self, values: dict[str, Any]) -> None:
        self._repeated = None
        self.form.load(None, values)
        self._refresh()

    def _is_empty(self, name: str) -> bool:
        editor = self.form.editors[name]
        return editor.value() is None and not editor.unreadable()

    def _tell(self, tell: Told) -> Any:
        """What this tells of what stands in the form; nothing before there is a history."""
        return tell(self.form.values(), self._history) if self._history else None

    def _propose(self, tell: Told) -> Callable[[Mapping[str, Any]], Any]:
        return lambda values: tell(values, self._history) if self._history else None

    def _own_editors(self) -> OwnEditors:
        """Those that follow others until somebody types something else."""

        def number(follows: tuple[str, ...], tell: Told) -> Callable[[FieldWords, QWidget], Editor]:
            def make(words: FieldWords, parent: QWidget) -> Editor:
                line = ReadLine(read_number, typed_text, unit=words.unit)
                return FollowingEditor(words, line, follows, self._propose(tell), parent)

            return make

        def next_date(words: FieldWords, parent: QWidget) -> Editor:
            propose = self._propose(treatment_day.proposed_next)
            line = date_line(self._today, vague=False)
            return FollowingEditor(words, line, OF_THE_CALENDAR, propose, parent)

        return {
            "height_cm": number(OF_THE_LINE, treatment_day.known_height),
            "dose_mg": number(OF_THE_DOSE, treatment_day.proposed_dose),
            "next_on": next_date,
        }

    def _refresh(self) -> None:
        self.pane.show_record(self.title(None))
        self._show_what_follows()

    def _show_what_follows(self) -> None:
        """The fields that make sense now, what is known of them, and what follows from them."""
        if self._history is None:
            return
        needless = set(self._tell(treatment_day.needless))
        if len(self._lines) == 1:
            needless.add("treatment_line")
        for name, editor in self.form.editors.items():
            if editor.isHidden() != (name in needless):
                self.form.show_field(name, name not in needless)
        self._hint("weight_kg", self._tell(treatment_day.last_weight_words))
        for name in REPEATED:
            self._hint(name, self._repeated_words(name))
        self._offer_last_time()
        follows, beware = self._tell(treatment_day.what_follows), self._tell(treatment_day.beware)
        if self._repeated:
            follows.append(self._tell(treatment_day.repeated_words))
        self.beside.show_lines([*filter(None, follows)], beware)

    def _repeated_words(self, name: str) -> str:
        """Where a value comes from, as long as it is the one that was filled in."""
        day, known = self._repeated or (None, {})
        same = day and name in known and self.form.editors[name].value() == known[name]
        return _("As on {date}.").format(date=day_words(day)) if day and same else ""

    def _offer_last_time(self) -> None:
        self.repeat_button.setEnabled(self._tell(treatment_day.as_last_time) is not None)
        words = self._tell(treatment_day.repeated_words)
        self.repeat_button.setToolTip(f"Ctrl+D. {words}".strip())

    def _hint(self, name: str, text: str) -> None:
        """What stands below a field while nothing is wrong with it."""
        editor = self.form.editors[name]
        if editor.words.help != text:
            editor.words = replace(editor.words, help=text)
            editor.set_problem(editor.problem)

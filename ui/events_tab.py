"""The adverse events of a patient: entered from the top down, regraded in one keystroke."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel

from models.adverse_event import AdverseEvent, regraded, resolved
from models.base import ClinicError
from models.event_proposals import line_at
from models.history import History
from models.roles import May
from models.values import Grade, PartialDate
from models.words import _
from ui import errors
from ui.allowed import needs
from ui.buttons import button
from ui.date_editor import Today
from ui.record_tab import RecordTab
from ui.record_table import RECORD_ROLE
from ui.theme import dress

LINE = "treatment_line"
RESOLVED_KEYS = ("0", "R")


class EventsTab(RecordTab):
    """In the table the keys 1 to 5 give the chosen event this grade from today on; 0 or R ends it.

    `told`: a line for the status bar; `biopsy_asked`: a new biopsy that is to explain this event.
    """

    told = Signal(str)
    biopsy_asked = Signal(object)

    def __init__(self, today: Today, *args: Any, **options: Any) -> None:
        super().__init__(AdverseEvent, today, *args, **options)
        self._today = today
        self._proposed_line: Any = None
        self.biopsy_button = button(_("Biopsy for this event"), self._on_biopsy, self)
        self.biopsy_button.setToolTip(_("A new biopsy that is to explain this event"))
        self._pane.add(needs(May.RECORD, self.biopsy_button))
        self.hint = needs(May.RECORD, QLabel(self.list))
        self.hint.setWordWrap(True)
        self.list.add_below(self.hint)
        self._add_keys()
        self.form.loaded.connect(self._on_loaded)
        self.form.changed.connect(self._follow_onset)
        self.list.chosen.connect(self._show_hint)
        self._on_loaded()

    def set_history(self, history: History) -> None:
        super().set_history(history)
        self._show_hint()

    def start_new(self, defaults: Mapping[str, Any] | None = None) -> None:
        given = dict(defaults or {})
        if given.get("onset"):
            given[LINE] = self._line_at(PartialDate.of(given["onset"]))
        super().start_new(given)

    def regrade(self, grade: Grade) -> None:
        """The chosen event has this grade from today on; a death is only entered, to be checked."""

        def change(event: AdverseEvent) -> None:
            changed = regraded(event, grade, self._today())
            if grade is Grade.DEATH:
                self._enter_death(event, changed)
                return
            words = _("{event}, grade {before} → {after} today. Undo with Ctrl+Z.")
            self._keep(
                changed,
                words.format(event=event.label, before=int(event.last_grade), after=int(grade)),
            )

        self._change_chosen(change)

    def resolve(self) -> None:
        """The chosen event is over today."""

        def change(event: AdverseEvent) -> None:
            words = _("{event} resolved today. Undo with Ctrl+Z.").format(event=event.label)
            self._keep(resolved(event, self._today()), words)

        self._change_chosen(change)

    def _change_chosen(self, change: Callable[[AdverseEvent], None]) -> None:
        rows = self.list.view.selectionModel().selectedRows()
        chosen = [row.data(RECORD_ROLE).id for row in rows]
        if not chosen or not self.may_leave():
            return
        try:
            change(self._find(chosen[0]))
        except ValueError as error:
            self._show_hint(refused=str(error))
            self.told.emit(str(error))
        except ClinicError as error:
            errors.show_error(self, error)

    def _keep(self, event: AdverseEvent, words: str) -> None:
        saved = self._save(event)
        self._show(saved)
        self.saved.emit(saved)
        self.told.emit(words)

    def _enter_death(self, event: AdverseEvent, changed: AdverseEvent) -> None:
        self._show(event)
        self.form.fill({"grades": changed.grades, "outcome": changed.outcome})
        self.form.focus_on("grades")
        self._show_hint(refused=_("Grade 5 is death from the event: check the form and save it."))

    def _follow_onset(self) -> None:
        """A new event's line is that of its onset, until somebody chooses another."""
        onset, line = (self.form.editors[name].value() for name in ("onset", LINE))
        if self.form.record is not None or onset is None or line != self._proposed_line:
            return
        proposed = self._line_at(onset)
        if proposed != line:
            self._proposed_line = proposed
            self.form.fill({LINE: proposed})

    def _line_at(self, onset: PartialDate) -> Any:
        line = line_at(self._history, onset) if self._history else None
        return line.id if line else None

    def _on_loaded(self) -> None:
        self._proposed_line = self.form.editors[LINE].value()
        self.biopsy_button.setVisible(self.form.record is not None)

    def _on_biopsy(self) -> None:
        self.biopsy_asked.emit(self.form.record)

    def _show_hint(self, _chosen: object = None, refused: str = "") -> None:
        """What the keys do, or why one did not do it."""
        usual = _("In the table: 1 to 5 give the grade from today on, 0 ends the event today.")
        self.hint.setText(refused or usual)
        self.hint.setVisible(self.list.table.rowCount() > 0)
        dress(self.hint, "problem" if refused else "note")

    def _add_keys(self) -> None:
        slots = {str(int(grade)): partial(self.regrade, grade) for grade in Grade}
        for keys, slot in (slots | dict.fromkeys(RESOLVED_KEYS, self.resolve)).items():
            shortcut = needs(May.RECORD, QShortcut(QKeySequence(keys), self.list.view))
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

"""Populations under a name: chosen, saved, renamed, removed with the reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord, build, revised
from models.population import Population, SavedPopulation
from models.roles import May
from models.store.clinic import Clinic
from models.words import _
from ui import errors
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.choice_editor import narrow_combo
from ui.sheet import Part, entry, filled, label, row_of, titled


class SavedPopulations(QWidget):
    """`chosen`: the criteria of one; `told`: what was done, for the status bar."""

    chosen = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._clinic: Clinic | None = None
        self._asked = Population()
        self._record: SavedPopulation | None = None
        self.combo = narrow_combo(self)
        self.combo.setPlaceholderText(_("None chosen"))
        self.combo.activated.connect(self._on_chosen)
        self.note = label("", "note", self)
        self.save_button = button(_("Save as…"), self._ask_name, self, "link")
        self.rename_button = button(_("Rename…"), self._ask_other_name, self, "link")
        self.overwrite_button = button(_("Save"), self._ask_change, self, "link")
        self.remove_button = button(_("Remove…"), self._ask_why, self, "link")
        self.naming = _Asking(_("Name"), _("Save"), "", self)
        self.renaming = _Asking(_("New name"), _("Rename"), "", self)
        beside = _("Need not be told; it stands in the audit log.")
        self.changing = _Asking(_("Reason for the change"), _("Save"), beside, self)
        kept = _("It stays in the audit log, with the reason.")
        self.removing = _Asking(_("Why is it removed?"), _("Remove"), kept, self)
        self._lay_out()
        self._connect()
        self._show()

    def open(self, clinic: Clinic) -> None:
        """As they are on file now; the one that is chosen stays so while it stands."""
        self._clinic = clinic
        try:
            found = clinic.populations.all()
        except ClinicError as error:
            self.told.emit(str(error))
            return
        chosen = self._record.id if self._record else None
        self.combo.clear()
        self._record = None
        for each in found:
            self.combo.addItem(each.name, each.record)
            place = self.combo.count() - 1
            if each.record is None:
                self._disable(place)
            elif each.record.id == chosen:
                self._record = each.record
        self._show()

    def compare(self, asked: Population) -> None:
        """The criteria as they are now."""
        self._asked = asked
        self._show()

    def let_go(self) -> None:
        """None is chosen any more."""
        self._record = None
        self._show()

    def _disable(self, place: int) -> None:
        tip = _("Saved by a later version of the program, with criteria that this one has not")
        self.combo.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        model = self.combo.model()
        if isinstance(model, QStandardItemModel):
            model.item(place).setEnabled(False)

    def _on_chosen(self) -> None:
        self._record = self.combo.currentData()
        if self._record is not None:
            self.chosen.emit(self._record.criteria)
        self._show()

    def _show(self) -> None:
        blocker, record = QSignalBlocker(self.combo), self._record
        records = [self.combo.itemData(place) for place in range(self.combo.count())]
        keys = [each.id if each else None for each in records]
        self.combo.setCurrentIndex(keys.index(record.id) if record else -1)
        blocker.unblock()
        self.combo.setEnabled(bool(keys))
        changed = record is not None and record.criteria != self._asked
        self.note.setText(_("Changed since it was saved") if changed else "")
        self.note.setVisible(changed)
        self.overwrite_button.setVisible(changed)
        for each in (self.rename_button, self.remove_button):
            each.setVisible(record is not None)
        for part in self._parts:
            part.hide()

    @property
    def _parts(self) -> "tuple[_Asking, ...]":
        return (self.naming, self.renaming, self.changing, self.removing)

    # What is asked

    def _ask_name(self) -> None:
        self._ask(self.naming, "")

    def _ask_other_name(self) -> None:
        self._ask(self.renaming, self._record.name if self._record else "")

    def _ask_change(self) -> None:
        self._ask(self.changing, "")

    def _ask_why(self) -> None:
        self._ask(self.removing, "")

    def _ask(self, part: "_Asking", text: str) -> None:
        for each in self._parts:
            each.setVisible(each is part)
        part.start(text)

    # What is done

    def _save(self) -> None:
        if filled(self.naming.entry):
            made = {"name": self.naming.text, "criteria": self._asked}
            self._put(self.naming, partial(build, SavedPopulation, made))

    def _rename(self) -> None:
        if self._record is not None and filled(self.renaming.entry):
            made = partial(revised, self._record, name=self.renaming.text)
            self._put(self.renaming, made, said=_("Renamed"))

    def _overwrite(self) -> None:
        if self._record is not None:
            made = partial(revised, self._record, criteria=self._asked)
            self._put(self.changing, made, reason=self.changing.text)

    def _put(
        self,
        part: "_Asking",
        made: Callable[[], SavedPopulation],
        *,
        reason: str = "",
        said: str = "",
    ) -> None:
        if self._clinic is None:
            return
        try:
            self._record = self._clinic.populations.save(made(), reason=reason)
        except InvalidRecord as error:
            part.entry.set_problem(" ".join(error.problems.values()))
            part.entry.setFocus()
        except ClinicError as error:
            errors.show_error(self, error)
        else:
            self._done(said or _("Saved"))

    def _remove(self) -> None:
        if self._clinic is None or self._record is None or not filled(self.removing.entry):
            return
        try:
            self._clinic.remove(self._record, self.removing.text)
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self._record = None
        self._done(_("Removed. Undo with Ctrl+Z"))

    def _done(self, words: str) -> None:
        if self._clinic is not None:
            self.open(self._clinic)
        self.combo.setFocus()
        self.told.emit(words)

    def _connect(self) -> None:
        self.naming.asked.connect(self._save)
        self.renaming.asked.connect(self._rename)
        self.changing.asked.connect(self._overwrite)
        self.removing.asked.connect(self._remove)
        for each in self._parts:
            each.cancelled.connect(self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(titled(_("Saved population"), self.combo, self))
        column.addWidget(self.note)
        ways = QWidget(self)
        row = row_of(
            *(self.overwrite_button, self.save_button, self.rename_button, self.remove_button),
            gap=12,
        )
        row.setContentsMargins(0, 0, 0, 0)
        ways.setLayout(row)
        column.addWidget(needs(May.RECORD, ways))
        for part in self._parts:
            column.addWidget(needs(May.RECORD, part))


class _Asking(Part):
    """One line to be filled in, below the buttons; Escape leaves it."""

    cancelled = Signal()

    def __init__(self, title: str, purpose: str, help: str, parent: QWidget) -> None:
        super().__init__(purpose, parent)
        self.entry = entry(title, self, help=help)
        self.cancel_button = button(_("Cancel"), self.cancelled.emit, self, tip=_("Escape"))
        self.add(self.entry, row_of(self.main_button, self.cancel_button))
        self.enter_here(self.entry)
        on_keys("Escape", self.cancelled.emit, self)

    @property
    def text(self) -> str:
        return self.entry.line.text().strip()

    def start(self, text: str) -> None:
        self.entry.line.setText(text)
        self.entry.line.selectAll()
        self.entry.set_problem("")
        self.entry.setFocus()

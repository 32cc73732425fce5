"""Every clinical rule to be read and checked: where it comes from, and who stands for it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError
from models.practice import RuleConfirmation
from models.rule_book import Section, confirmed, rule_book
from models.rules import Rule
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.words import _, ngettext
from ui import errors
from ui.buttons import button, on_keys
from ui.calm_table import calm
from ui.date_editor import Today
from ui.flat_table import ROW_ROLE
from ui.putting_away import taken_out
from ui.rule_pane import DRAFT, RulePane
from ui.rules_table import RulesTable, found
from ui.search_line import SearchLine
from ui.sheet import Notice, label
from ui.theme import MARGIN

SIGN_WIDTH = 88


class RulesPage(QWidget):
    """`saved`: a confirmation or its withdrawal; `closed`: back to where the person came from."""

    saved = Signal()
    closed = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clinic: Clinic | None = None
        self._sections = rule_book()
        self._confirmations: Sequence[RuleConfirmation] = ()
        self._confirmed: frozenset[str] = frozenset()
        self._shown = ""
        words = _("Find rule… title, text, source")
        tip = _("Words in any order, accents and case do not matter")
        self.search = SearchLine(_("Find rule"), words, tip, self)
        self.awaiting_only = QCheckBox(_("Awaiting only"), self)
        self.count = label("", "quiet", self)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.table = RulesTable(self)
        self.view = QTableView(self)
        self.pane = RulePane(today, self._save, self._remove, self)
        self.clear_button = button(_("Show all rules"), self.clear, self)
        self.notice = Notice(self.clear_button, self)
        self._settling = QTimer(self)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic, name: str = "") -> None:
        """The rules as this clinic has confirmed them, the named one chosen."""
        self._clinic = clinic
        self._read()
        if name:
            self.clear()
        self._list(name or self._shown, anew=True)
        self.view.setFocus()
        draft = taken_out(clinic, DRAFT)
        if draft is not None:
            self.resume(draft)

    def resume(self, draft: Draft) -> None:
        """Show again what was typed about a rule and not saved."""
        self._list(draft.typed["rule"], anew=True)
        if self._shown == draft.typed["rule"]:
            self.pane.resume(draft)

    def clear(self) -> None:
        """Forget search and filter."""
        self.awaiting_only.setChecked(False)
        self.search.clear()
        self.search.setFocus()

    def may_leave(self) -> bool:
        return self.pane.may_leave()

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _into_the_list(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()

    # What is done

    def _save(self, confirmation: RuleConfirmation) -> None:
        self._open_clinic().save(confirmation)

    def _remove(self, confirmation: RuleConfirmation, why: str) -> None:
        self._open_clinic().remove(confirmation, why)

    def _open_clinic(self) -> Clinic:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        return self._clinic

    def _on_done(self) -> None:
        self.saved.emit()
        try:
            self._read()
        except ClinicError as error:  # it is saved: only what is shown is not up to date
            errors.show_error(self, error)
        self._list(self._shown, anew=True)
        self.view.setFocus()

    def _on_escape(self) -> None:
        if self.pane.opened:
            self.pane.cancel()
        else:
            self.close_page()

    # What is listed and shown

    def _read(self) -> None:
        self._confirmations = self._open_clinic().confirmations()
        self._confirmed = confirmed(self._confirmations)
        self.count.setText(_count(self._sections, self._confirmed))

    def _list(self, name: str, *, anew: bool = False) -> None:
        """What is found, with this rule chosen or else the next one; `anew`: read once more."""
        before = self.view.currentIndex().row()
        sections = found(self._sections, self.search.text(), self._is_wanted)
        self.table.set_sections(sections, self._confirmed)
        self._stack.setCurrentWidget(self._both if sections else self.notice)
        at = self.table.row_of(name)
        if at is None and not self.pane.is_dirty():
            at = self.table.row_near(before)
        if anew:
            self._shown = ""
        if at is not None:
            self._choose(at)

    def _is_wanted(self, rule: Rule) -> bool:
        return rule.awaits(self._confirmed) or not self.awaiting_only.isChecked()

    def _choose(self, row: int) -> None:
        index = self.table.index(row, 0)
        how = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        rule: Rule = index.data(ROW_ROLE)
        if rule.name != self._shown:
            self._shown = rule.name
            self.pane.show_rule(rule, self._confirmations)

    def _on_filtered(self) -> None:
        self._list(self._shown)

    def _on_settled(self) -> None:
        """A person went to another rule: what is half typed about this one is asked about first."""
        rule = self.view.currentIndex().data(ROW_ROLE)
        if rule is None or rule.name == self._shown:
            return
        name = rule.name if self.pane.may_leave() else self._shown
        row = self.table.row_of(name)
        if row is not None:
            self._choose(row)

    # How it looks

    def _set_up(self) -> None:
        self.awaiting_only.setToolTip(_("Only rules that a clinician has yet to confirm"))
        self.notice.say(_("No rule is found by this search and filter."))
        calm(self.view, self.table, _("Rules"))
        header = self.view.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, SIGN_WIDTH)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_filtered)
        self.search.left_below.connect(self._into_the_list)
        self.awaiting_only.toggled.connect(self._on_filtered)
        self.view.selectionModel().currentRowChanged.connect(self._settling.start)
        self.view.activated.connect(self.pane.focus_first)
        self._settling.timeout.connect(self._on_settled)
        self.pane.done.connect(self._on_done)
        for keys, slot in (
            ("Ctrl+Return", self.pane.submit),
            ("Ctrl+Enter", self.pane.submit),
            ("Escape", self._on_escape),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MARGIN)
        top.addWidget(self.search, 2)
        top.addWidget(self.awaiting_only)
        top.addWidget(self.count, 3)
        top.addWidget(self.close_button)
        self._both = QWidget(self)
        side_by_side = QHBoxLayout(self._both)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(MARGIN)
        side_by_side.addWidget(self.view, 3)
        side_by_side.addWidget(self.pane, 5)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)


def _count(sections: Sequence[Section], names: Collection[str]) -> str:
    """How many of the rules from memory await their confirmation."""
    rules = [rule for section in sections for rule in section.rules]
    n = sum(rule.awaits(names) for rule in rules)
    m = sum(rule.awaits(()) for rule in rules)
    if m and not n:
        return _("Every rule from memory is confirmed by a clinician.")
    words = ngettext(
        "{n} of {m} rules from memory awaits confirmation by a clinician.",
        "{n} of {m} rules from memory await confirmation by a clinician.",
        n,
    )
    return words.format(n=n, m=m) if m else ""

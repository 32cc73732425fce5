"""Who may sign in, in which role; and what an administrator does about it."""

from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from models.account import Account
from models.base import ClinicError
from models.roles import May
from models.store.clinic import Clinic
from models.words import _, ngettext
from ui import errors
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.flat_table import ROW_ROLE, SORT_ROLE
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN
from ui.user_pane import UserPane
from ui.users_table import COLUMNS, Moments, UsersTable


class UsersPage(QWidget):
    """`told`: what was done; `key_asked`: a new recovery key is wanted; `closed`: back."""

    told = Signal(str)
    key_asked = Signal()
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clinic: Clinic | None = None
        self._shown = ""
        self.table = UsersTable(self)
        self.sorted = QSortFilterProxyModel(self)
        self.add_button = button(_("Add a user…"), self.add, self, "primary", _("Ctrl+N"))
        key = _("When its sheet was lost, or seen by somebody who should not have it")
        self.key_button = button(_("Renew the recovery key…"), self.renew_key, self, tip=key)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.count = label("", "quiet", self)
        self.view = CalmTable(self)
        self.pane = UserPane(tasks, self)
        self._settling = QTimer(self)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._read(self._shown or clinic.user)
        self.view.setFocus()

    def add(self) -> None:
        if self._clinic is not None and self.pane.may_leave():
            self.pane.add(self._clinic)

    def renew_key(self) -> None:
        if self.pane.may_leave():
            self.key_asked.emit()

    def may_leave(self) -> bool:
        return self.pane.may_leave()

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _read(self, name: str) -> None:
        """Everybody as they are on file, this one chosen; when they came in last takes longer."""
        if self._clinic is None:
            return
        accounts = self._clinic.users.all()
        self.table.set_rows(accounts)
        self.count.setText(_count(accounts))
        self._shown = ""
        self._choose(name if self.table.row_of(name) is not None else accounts[0].name)
        self._tasks.run(self._clinic.users.last_signed_in, self._on_last, self._on_unknown)

    def _choose(self, name: str) -> None:
        row = self.table.row_of(name)
        if row is None or self._clinic is None:
            return
        index = self.sorted.mapFromSource(self.table.index(row, 0))
        how = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        if name != self._shown:
            self._shown = name
            self.pane.show_user(self._clinic, index.data(ROW_ROLE))

    def _on_settled(self) -> None:
        """A person went to another user: what is half typed about this one is asked about first."""
        who = self.view.currentIndex().data(ROW_ROLE)
        if who is not None and who.name != self._shown:
            self._choose(who.name if self.pane.may_leave() else self._shown)

    def _on_last(self, last: Moments) -> None:
        self.table.set_last(last)

    def _on_unknown(self, error: ClinicError) -> None:
        self.told.emit(str(error))

    def _on_done(self, said: str) -> None:
        """Whoever gave up the role of an administrator has no business here any more."""
        self.told.emit(said)
        if self._clinic is None or not self._clinic.may(May.ADMINISTER):
            self.closed.emit()
            return
        try:
            self._read(self.pane.adding.name.strip() or self._shown)
        except ClinicError as error:  # it is done: only what is shown is not up to date
            errors.show_error(self, error)
        self.view.setFocus()

    def _on_pane_closed(self) -> None:
        shown, self._shown = self._shown, ""
        self._choose(shown)
        self.view.setFocus()

    def _on_escape(self) -> None:
        if self.pane.opened:
            self.pane.cancel()
        else:
            self.close_page()

    def _set_up(self) -> None:
        self.sorted.setSourceModel(self.table)
        self.sorted.setSortRole(SORT_ROLE)
        calm(self.view, self.sorted, _("Users"))
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        header = self.view.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            header.resizeSection(place, column.width)
        header.setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._settling.start)
        self._settling.timeout.connect(self._on_settled)
        self.view.activated.connect(self.pane.focus_first)
        self.pane.done.connect(self._on_done)
        self.pane.closed.connect(self._on_pane_closed)
        for keys, slot in (
            ("Ctrl+N", self.add),
            ("Ctrl+Return", self.pane.submit),
            ("Ctrl+Enter", self.pane.submit),
            ("Escape", self._on_escape),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, MARGIN, 0)
        top.setSpacing(GAP)
        top.addWidget(self.add_button)
        top.addWidget(self.key_button)
        top.addWidget(self.count, 1)
        top.addWidget(self.close_button)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.view, 1)
        both.addWidget(self.pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, 0, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(both, 1)


def _count(accounts: list[Account]) -> str:
    n = sum(account.removed_at is None for account in accounts)
    return ngettext("{n} user may sign in", "{n} users may sign in", n).format(n=n)

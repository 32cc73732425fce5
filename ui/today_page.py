"""Today: everything that is due, of whom, when and why; what to do about it is one key away."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.base import ClinicError
from models.snooze import Snooze
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.words import _, day_words, long_day_words, weekday_name
from models.worklist import Group, Item, Worklist
from ui import errors
from ui.allowed import may
from ui.buttons import button, on_keys
from ui.date_editor import Today
from ui.look_ahead import FURTHEST, LookAhead
from ui.putting_away import taken_out
from ui.search_line import SearchLine
from ui.sheet import label
from ui.snooze_panel import DRAFT, SnoozePanel, is_about
from ui.theme import GAP, MARGIN
from ui.today_details import TodayDetails
from ui.today_notice import TodayNotice
from ui.today_table import Heading, Row, TodayTable
from ui.today_view import TodayView


class TodayPage(QWidget):
    """`open_asked`: a patient's id and what is due; `print_asked`: the list as it is shown;
    `pages_asked`: a report of each patient in it;
    `again_asked`: what is due is to be worked out once more; `told`: a line for the status bar.
    """

    open_asked = Signal(object, object)
    rule_asked = Signal(str)
    new_asked = Signal()
    print_asked = Signal()
    pages_asked = Signal(object)
    again_asked = Signal()
    told = Signal(str)

    def __init__(
        self,
        today: Today,
        save: Callable[[Any], Any],
        remove: Callable[[Any, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._remove = today, remove
        self._all: Worklist | None = None
        self._folded: set[Group | None] = {None}
        self.date = label("", "title", self)
        self.count = label("", "", self)
        words, tip = _("Find in the list…"), _("F, in the list; name or MRN")
        self.search = SearchLine(_("Find in the list"), words, tip, self)
        self.look_ahead = LookAhead(self)
        self.print_button = button(
            _("Print day list"), self.print_asked.emit, self, tip=_("Ctrl+P; what is shown here")
        )
        tip = _("Ctrl+Shift+P; a report of each patient who is shown here")
        self.pages_button = button(_("Print pages…"), self._ask_for_pages, self, tip=tip)
        self.table = TodayTable(self)
        self.view = TodayView(self.table, self)
        self.notice = TodayNotice(self)
        self.details = TodayDetails(self)
        self.panel = SnoozePanel(today, save, self)
        self._lay_out()
        self._connect()
        self._refresh()

    # What is shown

    def set_worklist(self, worklist: Worklist) -> None:
        """What is due by the furthest day that can be looked ahead; the chosen item stays."""
        self._all = worklist
        self._refresh()

    @property
    def worklist(self) -> Worklist | None:
        """What is due within the days that are looked ahead; None until it is worked out."""
        return self._all.within(self.look_ahead.days) if self._all else None

    def tell_how_far(self, done: int, whole: int) -> None:
        """Of so many patients it is worked out, and of how many it will be."""
        if self._all is None:
            self.notice.say_waiting(done, whole)

    def tell(self, error: ClinicError) -> None:
        """What is due cannot be read: said in its place."""
        self._all = None
        self._refresh()
        self.notice.say_failed(error)

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost."""
        return not self.panel.is_dirty() or self.panel.may_leave()

    def go_on(self, clinic: Clinic) -> None:
        """With what was being put off when the window was locked; `ClinicError`: it waits on."""
        draft = None if self.panel.is_dirty() else taken_out(clinic, DRAFT)
        if draft is not None:
            self._resume(draft)

    def _resume(self, draft: Draft) -> None:
        """Open the panel again, where the item is due still."""
        items = self._all.due if self._all else ()
        item = next((each for each in items if is_about(draft, each)), None)
        if item is not None:
            if item in self.table.rows:
                self.view.choose(self.table.rows.index(item))
            self._show_below(self.panel)
            self.panel.resume(item, draft)

    def _refresh(self) -> None:
        worklist, shown = self.worklist, self._found()
        today = worklist.today if worklist else self._today()
        self.date.setText(f"{weekday_name(today)} {long_day_words(today)}")
        self.count.setText(worklist.words if worklist and worklist.patients else "")
        if shown:
            self._list(shown)
        listed = bool(shown and (shown.due or shown.put_off))
        self._stack.setCurrentWidget(self.view if listed else self.notice)
        for each in (self.search, self.look_ahead, self.print_button, self.pages_button):
            each.setEnabled(bool(worklist and worklist.patients))
        if shown and self._all:
            self.notice.say_empty(shown, self._all, searched=bool(self.search.text()))
        else:
            self.notice.say_waiting()
        self.setFocusProxy(self.view if listed else self._instead())
        self._on_current()

    def _instead(self) -> QWidget:
        """Where the keyboard goes while no row is there."""
        if not self.notice.button.isHidden():
            return self.notice.button
        return self.search if self.search.isEnabled() else self.notice

    def _list(self, shown: Worklist) -> None:
        """The rows; what was chosen is chosen again, or else what took its place."""
        before, place = self.view.row, self.view.currentIndex().row()
        self.table.set_worklist(shown, set() if self.search.text() else self._folded)
        keys = [_key(row) for row in self.table.rows]
        again = keys.index(_key(before)) if before and _key(before) in keys else place
        self.view.choose(max(again, 0))

    def _found(self) -> Worklist | None:
        """What is found by what was typed."""
        worklist = self.worklist
        return worklist.named(self.search.text()) if worklist else None

    # What is done

    def _item(self) -> Item | None:
        row = self.view.row
        return row if isinstance(row, Item) else None

    def _open(self) -> None:
        item = self._item()
        if item and self.may_leave():
            self.open_asked.emit(item.patient.id, item.due)

    def _put_off(self) -> None:
        item = self._item()
        if item and item.snooze is None and may(self, Snooze.changed_with):
            self._show_below(self.panel)
            self.panel.open(item)

    def _on_put_off(self, item: Item, snooze: Any) -> None:
        self._change(item, snooze)
        self.told.emit(_("Put off until {date}").format(date=day_words(snooze.until)))

    def _take_up(self) -> None:
        """By all that put it off; where one cannot go, the list shows what is still on file."""
        item = self._item()
        if item is None or item.snooze is None or not may(self, Snooze.changed_with):
            return
        try:
            for snooze in item.snoozes:
                self._remove(snooze, _("taken up again"))
        except ClinicError as error:
            errors.show_error(self, error)
            self.again_asked.emit()
            return
        self._change(item, None)
        self.told.emit(_("Taken up again"))

    def _change(self, item: Item, snooze: Any) -> None:
        if self._all:
            self._all = self._all.changed(item, snooze)
        self._refresh()
        self.setFocus()

    def _turn(self, group: Group | None) -> None:
        """Fold an open group, or open a folded one on its first item."""
        if self.search.text() or not self.may_leave():
            return
        opened = group in self._folded
        self._folded ^= {group}
        self._refresh()
        headings = (
            place
            for place, row in enumerate(self.table.rows)
            if isinstance(row, Heading) and row.group is group
        )
        heading = next(headings, None)  # its only item may have been put off on leaving the panel
        if heading is not None:
            self.view.choose(heading + opened)
        self.view.setFocus()

    def _on_current(self) -> None:
        self.details.show_item(self._item())
        if not self.panel.is_dirty():
            self._show_below(self.details)

    def _show_below(self, shown: QWidget) -> None:
        """Under the list: why something is due, or the panel that puts it off."""
        listed = self._stack.currentWidget() is self.view
        self.details.setVisible(listed and shown is self.details)
        self.panel.setVisible(shown is self.panel)

    def _show_everything(self) -> None:
        self.search.clear()
        self.setFocus()

    def _look_furthest(self) -> None:
        self.look_ahead.choose(FURTHEST)
        self.setFocus()

    def _into_the_list(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()

    # How it looks

    def _connect(self) -> None:
        self.search.textChanged.connect(self._refresh)
        self.search.returnPressed.connect(self._into_the_list)
        self.search.left_below.connect(self._into_the_list)
        self.look_ahead.chosen.connect(self._refresh)
        self.view.opened.connect(self._open)
        self.view.turned.connect(self._turn)
        self.view.find_asked.connect(self.search.setFocus)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        for source in (self.view, self.details):
            source.put_off_asked.connect(self._put_off)
            source.take_up_asked.connect(self._take_up)
        self.details.open_asked.connect(self._open)
        self.details.rule_asked.connect(self.rule_asked)
        self.notice.new_asked.connect(self.new_asked)
        self.notice.again_asked.connect(self.again_asked)
        self.notice.everything_asked.connect(self._show_everything)
        self.notice.further_asked.connect(self._look_furthest)
        self.panel.saved.connect(self._on_put_off)
        self.panel.closed.connect(self._on_panel_closed)
        on_keys("Ctrl+P", self.print_asked.emit, self)
        on_keys("Ctrl+Shift+P", self._ask_for_pages, self)

    def _ask_for_pages(self) -> None:
        """Each patient of the list once, in its order."""
        shown = self._found()
        if shown and self.pages_button.isEnabled():
            found = {item.patient.id: item.patient for item in (*shown.due, *shown.put_off)}
            self.pages_asked.emit([*found.values()])

    def _on_panel_closed(self) -> None:
        self._show_below(self.details)
        self.view.setFocus()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(MARGIN)
        self.date.setWordWrap(False)
        first.addWidget(self.date)
        first.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.print_button)
        first.addWidget(self.pages_button)
        second = QHBoxLayout()
        second.setSpacing(GAP)
        second.addWidget(self.search, 2)
        second.addStretch(1)
        second.addWidget(self.look_ahead)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.details)
        whole.addWidget(self.panel)


def _key(row: Row) -> tuple[object, ...]:
    if isinstance(row, Heading):
        return ("heading", row.group)
    return (row.patient.id, row.due.kind, row.due.record.id, row.due.on)

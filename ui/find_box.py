"""Find: the line at the top right of the window by which a patient is opened from anywhere."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from models.errors import ClinicError
from models.roles import May
from models.words import _
from ui.allowed import may
from ui.found_list import FoundList, Offer, Row
from ui.search_line import SearchLine
from ui.theme import GAP

if TYPE_CHECKING:
    from models.store.finding import Findings, Found

WIDTH, NARROW, NARROW_WINDOW = 264, 168, 1200
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindBox(SearchLine):
    """`find` tells whom a text finds; `recent`, who was opened lately and is offered before.

    `chosen`: the id of a patient; `all_asked`: the text, by which all are to be shown;
    `new_asked`: the text, by which nobody was found who is now to be entered.
    """

    chosen = Signal(object)
    all_asked = Signal(str)
    new_asked = Signal(str)

    def __init__(
        self,
        find: "Callable[[str], Findings]",
        recent: "Callable[[], Sequence[Found]]",
        parent: QWidget,
    ) -> None:
        tip = _(
            "Name in any order, MRN or birth date; accents, case and a typing error are forgiven"
        )
        super().__init__(_("Find patient"), _("Find patient…  Ctrl+K"), tip, parent)
        self.setFixedWidth(WIDTH)
        self._find, self._recent = find, recent
        self._before: QWidget | None = None
        self.list = FoundList(self)
        self.list.taken.connect(self._take)
        self.textChanged.connect(self._look)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)

    def fit(self, window: int) -> None:
        """In a narrow window the menus need the room."""
        self.setFixedWidth(NARROW if window < NARROW_WINDOW else WIDTH)

    def start(self) -> None:
        """From anywhere in the window; Escape leads back."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._look()

    def _look(self) -> None:
        """List who is found by what stands in the line, or who was opened lately."""
        if not self.hasFocus():
            return
        try:
            rows = self._found() if self.text().strip() else self._lately()
        except ClinicError as error:
            rows = [(error.happened, None)]
        self.list.show_rows(rows)
        if self.text().strip():
            self.list.choose_first()
        self._place()
        self.list.setVisible(bool(rows))
        self._say()

    def _found(self) -> list[Row]:
        text = self.text().strip()
        found = self._find(text)
        self.setAccessibleName(_number(found))
        if not found.first:
            nobody = _("Nobody is found by “{text}”.").format(text=text)
            offers: list[Row] = [(_("New patient …"), Offer.NEW)] if may(self, May.RECORD) else []
            return [(nobody, None), *offers]
        rows: list[Row] = [(each.words, each) for each in found.first]
        more = found.count - len(found.first)
        return [*rows, (_and_more(more, many=found.many), Offer.ALL)] if more else rows

    def _lately(self) -> list[Row]:
        self.setAccessibleName(_("Find patient"))
        rows: list[Row] = [(each.words, each) for each in self._recent()]
        return [(_("Opened lately"), None), *rows] if rows else []

    def _take(self) -> None:
        """Do what the row says, from where the person was before."""
        taken, text = self.list.current, self.text().strip()
        if taken is None:
            return
        self._leave()
        if taken is Offer.ALL:
            self.all_asked.emit(text)
        elif taken is Offer.NEW:
            self.new_asked.emit(text)
        else:
            self.chosen.emit(taken.patient)

    def _leave(self) -> None:
        """Give the focus back and forget what was typed."""
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()
        self.clear()
        self._fold()

    def forget(self) -> None:
        """Nothing of what was sought or found is left, nor does Ctrl+Z bring it back."""
        self.setText("")
        self.list.show_rows([])
        self._before = None
        self._fold()

    def _fold(self) -> None:
        self.list.hide()
        self.setAccessibleName(_("Find patient"))
        self.setAccessibleDescription("")

    def _say(self) -> None:
        """The chosen row, for those who hear the list."""
        item = self.list.currentItem()
        self.setAccessibleDescription(item.text() if item else "")

    def _place(self) -> None:
        """Below the line, at its right end, above whatever page is shown."""
        window = self.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
            window.installEventFilter(self)
        below = self.mapTo(window, QPoint(self.width(), self.height() + GAP // 2))
        right = min(below.x(), window.width() - GAP)
        self.list.move(right - self.list.width(), below.y())
        self.list.raise_()

    def sizeHint(self) -> QSize:
        """Its width counts also where only this is asked, as in the corner of a menu bar."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.list.step(STEPS[key])
            self._say()
        elif key in ENTER:
            self._take()
        elif key is Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._look()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.list.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self and before is not None:
            self._before = before


def _number(found: "Findings") -> str:
    """For a screen reader, as one types."""
    if found.many:
        return _("Find patient, more than {n} found").format(n=found.count)
    return _("Find patient, {n} found").format(n=found.count)


def _and_more(n: int, *, many: bool) -> str:
    words = _("and more than {n} more – show all") if many else _("and {n} more – show all")
    return words.format(n=n)

"""What whoever came in may do: a page says of its parts what they need, and those go that do not.

A part is named once, where it is made; one walk through the window when somebody enters takes away
what the role does not allow. The store refuses all the same: this is for people, not for safety.
"""

from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from models.roles import May

NEEDS, ALLOWED = "needs", "allowed"

T = TypeVar("T", bound=QObject)


class Readable(Protocol):
    """What stays for those who may only read it."""

    def show_to_read(self) -> None: ...


def needs(what: May, part: T) -> T:
    """This part is only for those who may do this: a button, a tab, a form, a shortcut."""
    part.setProperty(NEEDS, what.name)
    return part


def may(widget: QWidget, what: May) -> bool:
    """Whether who sits before the window may do this; everything where nobody was let in yet."""
    return what in all_of(widget)


def all_of(widget: QWidget) -> set[May]:
    """All that whoever sits before the window may do."""
    names = widget.window().property(ALLOWED)
    return {*May} if names is None else {May[name] for name in names}


def confine(whole: QWidget, allowed: set[May]) -> None:
    """From now on only this is allowed; the rest goes from the window or page, and stays away."""
    if whole.isWindow():
        whole.setProperty(ALLOWED, [what.name for what in allowed])
    if allowed == {*May}:
        return
    away = _Away(whole)
    for part in whole.findChildren(QObject):
        needed = part.property(NEEDS)
        if needed and May[needed] not in allowed:
            away.take(part)


class _Away(QObject):
    """Keeps hidden and out of use what a page would show again when it fills itself."""

    def take(self, part: QObject) -> None:
        read = getattr(part, "show_to_read", None)
        if read is not None:
            read()
        elif isinstance(part, QShortcut):
            part.setEnabled(False)
        elif isinstance(part, QWidget):
            self._take_widget(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() is QEvent.Type.ShowToParent:
                watched.hide()
            elif event.type() is QEvent.Type.EnabledChange and watched.isEnabled():
                watched.setEnabled(False)
        return super().eventFilter(watched, event)

    def _take_widget(self, part: QWidget) -> None:
        tabs = _tabs_around(part)
        if tabs is not None:
            tabs.setTabVisible(tabs.indexOf(part), False)
            return
        part.hide()
        part.setEnabled(False)
        part.installEventFilter(self)


def _tabs_around(part: QWidget) -> QTabWidget | None:
    """The tabs of which this is one whole page."""
    stack = part.parentWidget()
    tabs = stack.parentWidget() if stack else None
    return tabs if isinstance(tabs, QTabWidget) and tabs.indexOf(part) >= 0 else None

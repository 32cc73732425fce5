"""The menu bar: every action with its words, its shortcut, and where it can be chosen."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from models.roles import May


class Where(Enum):
    """Where in the window an action can be chosen."""

    EVERYWHERE = auto()
    OUTSIDE = auto()
    SIGNED_IN = auto()
    INSIDE = auto()
    WITH_WAY_BACK = auto()
    WITH_PATIENT = auto()


@dataclass(frozen=True)
class Entry:
    """One entry of a menu; `may`: what the role must allow, or the entry is not there."""

    words: str
    keys: str
    chosen: Callable[[], object]
    where: Where = Where.INSIDE
    tip: str = ""
    may: May = May.READ


@dataclass(frozen=True)
class Submenu:
    """Entries one step further in."""

    words: str
    entries: Sequence[Entry]
    where: Where = Where.INSIDE
    may: May = May.READ


Menu = Sequence[Entry | Submenu | None]


def with_mnemonics(titles: Iterable[str]) -> list[str]:
    """Each with the first of its letters that is no other's."""
    taken: set[str] = set()
    marked = []
    for title in titles:
        free = (each for each in title if each.isalpha() and each.casefold() not in taken)
        letter = next(free, "")
        taken.add(letter.casefold())
        marked.append(title.replace(letter, f"&{letter}", 1) if letter else title)
    return marked


class Menus:
    """`menus`: by title; None among the entries draws a line."""

    def __init__(self, bar: QMenuBar, menus: Mapping[str, Menu]) -> None:
        self.actions: list[QAction] = []
        self._entries: list[tuple[QAction, Entry | Submenu]] = []
        self._menus: list[QMenu] = []
        self._inner: list[QMenu] = []  # an action outlives its menu's wrapper only while that lives
        for title, entries in menus.items():
            menu = bar.addMenu(title)
            self._menus.append(menu)
            for entry in entries:
                self._add(menu, entry)

    def enable(self, here: Iterable[Where]) -> None:
        """Only what can be chosen here."""
        for action, entry in self._entries:
            action.setEnabled(entry.where in here)

    def allow(self, allowed: Collection[May]) -> None:
        """Only what the role allows is there at all; a menu of which nothing is left is not."""
        for action, entry in self._entries:
            action.setVisible(entry.may in allowed)
        for menu in self._menus:
            menu.menuAction().setVisible(any(map(_is_there, menu.actions())))

    def _add(self, menu: QMenu, entry: Entry | Submenu | None) -> None:
        match entry:
            case None:
                menu.addSeparator()
            case Entry():
                self._add_entry(menu, entry)
            case Submenu():
                inner = menu.addMenu(entry.words)
                self._inner.append(inner)
                inner.setToolTipsVisible(True)
                self._entries.append((inner.menuAction(), entry))
                for each in entry.entries:
                    self._add_entry(inner, each)

    def _add_entry(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(entry.words)
        action.setToolTip(entry.tip)
        action.setShortcut(QKeySequence(entry.keys))
        chosen = entry.chosen
        action.triggered.connect(lambda: chosen())  # noqa: PLW0108 - without what Qt sends along
        self.actions.append(action)
        self._entries.append((action, entry))


def _is_there(action: QAction) -> bool:
    return action.isVisible() and not action.isSeparator()

"""Light, dark, or as the system is: chosen in the View menu and remembered."""

from functools import partial

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu

from models.words import _


def fill_scheme_menu(menu: QMenu) -> None:
    chosen = scheme()
    group = QActionGroup(menu)
    for words, offered in (
        (_("As the &system"), Qt.ColorScheme.Unknown),
        (_("&Light"), Qt.ColorScheme.Light),
        (_("&Dark"), Qt.ColorScheme.Dark),
    ):
        action = group.addAction(menu.addAction(words))
        action.setCheckable(True)
        action.setChecked(offered is chosen)
        action.triggered.connect(partial(set_scheme, offered))


def set_scheme(chosen: Qt.ColorScheme) -> None:
    QGuiApplication.styleHints().setColorScheme(chosen)
    QSettings().setValue("scheme", chosen.name)


def scheme() -> Qt.ColorScheme:
    """What was chosen last."""
    name = str(QSettings().value("scheme"))
    schemes = Qt.ColorScheme
    return schemes[name] if name in schemes.__members__ else schemes.Unknown

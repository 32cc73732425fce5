"""Icons in the colours of the window, at any scale; loaded when the first one is asked for."""

import os
from typing import Any

from PySide6.QtGui import QIcon

from ui.theme import colours

os.environ.setdefault("QT_API", "pyside6")  # what QtAwesome is to work with
NAMES = {
    "today": "mdi6.calendar-check-outline",
    "patients": "mdi6.account-group-outline",
    "cohort": "mdi6.chart-line",
    "exchange": "mdi6.swap-horizontal",
    "fine": "mdi6.check",
    "beware": "mdi6.alert-outline",
    "list": "mdi6.chevron-down",
}


def icon(name: str, role: str = "text") -> QIcon:
    """`role`: the colour, by its name in the palette."""
    import qtawesome  # noqa: PLC0415 - its fonts are loaded once the window stands

    colour = getattr(colours(), role)
    made: Any = qtawesome.icon(NAMES[name], color=colour, color_disabled=colours().quiet)
    return QIcon(made)

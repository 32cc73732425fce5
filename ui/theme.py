"""How the window looks: fonts, palette and style sheet, light and dark."""

from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Template

import font_roboto
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from reports.palette import DARK, LIGHT, Palette
from ui.style_sheet import STYLE_SHEET

FAMILY = "Roboto"
FACES = ("Regular", "Italic", "Medium", "Bold", "BoldItalic")
SMALL, BASE, LARGE, TITLE = 11, 13, 16, 22
MARGIN, GAP, ROW, CONTROL = 16, 8, 28, 32
ICONS = Path(__file__).parent / "icons"


def apply(app: QApplication, dark: bool) -> None:
    """Dress the whole program."""
    load_fonts()
    palette = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(font(BASE))
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(_style_sheet(palette))


def follow_system(app: QApplication) -> None:
    """Light or dark as the system is, now and whenever it changes."""
    hints = app.styleHints()
    _apply_scheme(hints.colorScheme())
    hints.colorSchemeChanged.connect(_apply_scheme)


def colours() -> Palette:
    """The palette that the window wears now, for what paints itself."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def font(size: int = BASE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    chosen = QFont(FAMILY)
    chosen.setPixelSize(size)
    chosen.setWeight(weight)
    return chosen


def dress(widget: QWidget, role: str) -> None:
    """Give a widget a role of the style sheet: `title`, `heading`, `quiet`, `primary`, `wrong`."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # it has not been styled at all yet
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


@cache
def load_fonts() -> None:
    folder = Path(font_roboto.__file__).parent / "files"
    for face in FACES:
        QFontDatabase.addApplicationFont(str(folder / f"Roboto-{face}.ttf"))


def _apply_scheme(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app, scheme is Qt.ColorScheme.Dark)


def _style_sheet(palette: Palette) -> str:
    colours = {name.name: getattr(palette, name.name) for name in fields(palette)}
    sizes = {"small": SMALL, "large": LARGE, "title": TITLE}
    scheme = "dark" if palette is DARK else "light"
    return Template(STYLE_SHEET).substitute(colours, **sizes, icons=ICONS.as_posix(), scheme=scheme)


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: palette.ground,
        role.Base: palette.ground,
        role.AlternateBase: palette.surface,
        role.Button: palette.surface,
        role.ToolTipBase: palette.surface,
        role.WindowText: palette.text,
        role.Text: palette.text,
        role.ButtonText: palette.text,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.quiet,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.Mid: palette.edge,
        role.Dark: palette.line,
        role.Light: palette.line,
    }
    built = QPalette()
    for name, colour in roles.items():
        built.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        built.setColor(QPalette.ColorGroup.Disabled, name, QColor(palette.quiet))
    return built

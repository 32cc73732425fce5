"""Whether a page lies on the chosen paper at its own size, or has to be narrowed."""

from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

WHITE_EDGE = 12  # mm, on every side of every report


def prints_to_the_edge(printer: QPrinter) -> bool:
    """Whether the edges that this printer leaves white lie within those of our pages."""
    white = printer.pageLayout().margins(QPageLayout.Unit.Millimeter)
    return max(white.left(), white.top(), white.right(), white.bottom()) <= WHITE_EDGE

"""Where things stand: what is to be checked, and every figure with how it was worked out."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.figures import Figure, figures
from models.summary import Summary
from models.words import _
from ui.theme import GAP, MARGIN, dress


class FiguresTab(QScrollArea):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Where things stand"))

    def set_summary(self, summary: Summary) -> None:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for flag in summary.flags:
            column.addWidget(_label(_("To be checked: {flag}").format(flag=flag), "warning", sheet))
        column.addLayout(_table(figures(summary), sheet))
        for rule in summary.unconfirmed:
            words = _("Awaits confirmation by a clinician: {rule}").format(rule=rule)
            column.addWidget(_label(words, "note", sheet))
        column.addStretch()
        self.setWidget(sheet)


def _table(found: list[Figure], parent: QWidget) -> QGridLayout:
    """Group by group: what, how much, and how it was worked out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * MARGIN)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    row = 0
    for group, within in groupby(found, key=lambda figure: figure.group):
        heading = _label(group, "group", parent)
        grid.addWidget(heading, row, 0, 1, 3)
        row += 1
        for figure in within:
            grid.addWidget(_label(figure.title, "quiet", parent, wrap=False), row, 0)
            grid.addWidget(_label(figure.value, "", parent, wrap=False), row, 1)
            grid.addWidget(_label(figure.rule, "quiet", parent), row, 2)
            row += 1
    return grid


def _label(text: str, role: str, parent: QWidget, *, wrap: bool = True) -> QLabel:
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setWordWrap(wrap)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    if role:
        dress(made, role)
    return made

"""Tables of figures below each other; behind a figure stand its patients, one click away."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.cohort.figure_table import Figure, FigureTable
from models.words import _, ngettext
from ui import theme
from ui.calm_table import calm
from ui.flat_table import Column, FlatTable, Index
from ui.reveal import reveal
from ui.sheet import label
from ui.theme import GAP

FIGURE_ROLE = Qt.ItemDataRole.UserRole + 2
OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
LEAST_FIRST = 160
NARROW, FEW_COLUMNS = 640, 3
"""So wide is a table of few columns, however much room there is: figures stay near their words."""
State = QStyle.StateFlag


class FigureTableView(QWidget):
    """`who_asked`: a figure's words with what it is about, and the ids of those it counts."""

    who_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tables: list[FigureGrid] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._parts: list[QWidget] = []

    def set_tables(self, tables: Iterable[FigureTable]) -> None:
        """Show these and no others."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.tables = [], []
        for table in tables:
            self._add(table)

    def _add(self, table: FigureTable) -> None:
        heading, grid = label(table.title, "group", self), FigureGrid(table, self)
        heading.setIndent(0)
        grid.who_asked.connect(self.who_asked)
        self.tables.append(grid)
        parts = [heading, grid, *([label(table.note, "note", self)] if table.note else [])]
        for part in parts:
            narrow = part is grid and len(table.columns) <= FEW_COLUMNS
            beside = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
            self._column.addWidget(part, 0, beside)
            part.show()
        self._parts += parts


class FigureModel(FlatTable[Sequence[Figure]]):
    def __init__(self, table: FigureTable, parent: QObject) -> None:
        super().__init__(
            [Column(title, number=place > 0) for place, title in enumerate(table.columns)], parent
        )
        self.set_rows(table.rows)

    def cells(self, at: int) -> Sequence[str]:
        row = self.rows[at]
        return [figure.words for figure in row] + [""] * (len(self.columns) - len(row))

    def figure(self, at: Index) -> Figure:
        row = self.rows[at.row()]
        return row[at.column()] if at.column() < len(row) else Figure("")

    def tip(self, at: int, column: int) -> str:
        figure = self.figure(self.index(at, column))
        n = len(figure.who)
        if not n:
            return figure.words
        click = ngettext("Click: the patient", "Click: the {n:,} patients", n).format(n=n)
        return f"{figure.words}\n{click}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == FIGURE_ROLE and index.isValid():
            return self.figure(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            return self.title(index)
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section].title  # it is translated already
        return super().headerData(section, orientation, role)

    def title(self, at: Index) -> str:
        """What a figure says, as `Complete response · n: 4`."""
        row, column = self.rows[at.row()], at.column()
        if column == 0:
            return row[0].words
        heading, words = self.columns[column].title, self.figure(at).words
        said = f"{heading}: {words}" if heading else words
        return " · ".join(filter(None, [row[0].words, said]))


class FigureGrid(QTableView):
    """One table, as high as its rows; figures with somebody behind them look so."""

    who_asked = Signal(str, object)

    def __init__(self, table: FigureTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.figures = FigureModel(table, self)
        calm(self, self.figures, table.title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(_Links(self))
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleDescription(_("Enter on a figure lists the patients behind it"))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        self.clicked.connect(self._ask)
        self.entered.connect(self._point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in OPENING:
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)
            reveal(self.viewport(), self.visualRect(self.currentIndex()))

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().unsetCursor()
        super().leaveEvent(event)

    def copied(self) -> str:
        """What is selected, or all of it with its headings, for a spreadsheet."""
        chosen = sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column()))
        if len(chosen) < 2:
            rows = [[each.title for each in self.figures.columns]]
            rows += [[*self.figures.cells(at)] for at in range(self.figures.rowCount())]
        else:
            by_row = groupby(chosen, key=lambda each: each.row())
            rows = [[str(each.data()) for each in within] for _row, within in by_row]
        return "\n".join("\t".join(row) for row in rows)

    def sizeHint(self) -> QSize:
        return QSize(NARROW, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_FIRST, self.minimumHeight())

    def _fit(self) -> None:
        """Columns take what they need, the first one the rest, its words end in dots where that is
        too little; the height is that of all rows.
        """
        header, count = self.horizontalHeader(), self.figures.columnCount()
        if not count:
            return
        wanted = [
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(count)
        ]
        rest = self.viewport().width() - sum(wanted[1:])
        wanted[0] = max(min(wanted[0], LEAST_FIRST), rest)
        for at, width in enumerate(wanted):
            if header.sectionSize(at) != width:
                header.resizeSection(at, width)
        bar = self.horizontalScrollBar()
        across = bar.sizeHint().height() if sum(wanted) > self.viewport().width() else 0
        rows = self.figures.rowCount() * theme.ROW
        height = header.sizeHint().height() + rows + across + 2 * self.frameWidth()
        if self.height() != height:
            self.setFixedHeight(height)

    def _point(self, at: QModelIndex) -> None:
        figure: Figure = at.data(FIGURE_ROLE)
        if figure.who:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def _ask(self, at: QModelIndex) -> None:
        figure: Figure | None = at.data(FIGURE_ROLE)
        if figure and figure.who:
            self.who_asked.emit(self.figures.title(at), figure.who)


class _Links(QStyledItemDelegate):
    """A figure with patients behind it is underlined under the pointer or where the keys are."""

    def initStyleOption(self, option: Any, index: Index) -> None:
        super().initStyleOption(option, index)
        figure: Figure = index.data(FIGURE_ROLE)
        if figure.who and option.state & (State.State_MouseOver | State.State_HasFocus):
            option.font.setUnderline(True)
            accent, role = QColor(theme.colours().accent), option.palette.ColorRole
            for each in (role.Text, role.HighlightedText):
                option.palette.setColor(each, accent)

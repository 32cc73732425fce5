"""The skin score by region, with its totals at once."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from models.base import FieldWords
from models.skin import Lesions, Region, Regions
from models.words import N_, _
from ui.editor import Editor
from ui.in_words import skin_words
from ui.numbers import number_text, read_number, typed_text
from ui.read_line import ReadLine
from ui.theme import dress

KINDS = {"patch": N_("Patch"), "plaque": N_("Plaque"), "tumour": N_("Tumour")}


class RegionsEditor(Editor):
    """A grid of 18 regions by patch, plaque and tumour; an empty row is a region not entered."""

    wide = True

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.cells = {
            region: {kind: self._cell(region, kind) for kind in KINDS} for region in Region
        }
        self.total = QLabel(self)
        self.total.setAccessibleName(_("Total"))
        self.row.addLayout(self._grid())
        self.hold(*[cell for row in self.cells.values() for cell in row.values()])
        self._show_total()

    def value(self) -> Regions | None:
        found = {region: self._lesions(region) for region in Region}
        return {region: lesions for region, lesions in found.items() if lesions} or None

    def set_value(self, value: Mapping[Region, Lesions] | None) -> None:
        for region, row in self.cells.items():
            lesions = (value or {}).get(region)
            for kind, cell in row.items():
                amount = getattr(lesions, kind) if lesions else None
                cell.set_value(amount or (0.0 if lesions and not lesions.involved else None))
        self._show_total()

    def unreadable(self) -> str:
        return next((problem for region in Region if (problem := self._problem_in(region))), "")

    def mark(self, widget: QWidget, wrong: bool) -> None:
        at_fault = [region for region in Region if self._problem_in(region)] if wrong else []
        cells = [cell for region in at_fault for cell in self.cells[region].values()]
        dress(widget, "cell-wrong" if widget in cells else "cell")

    def _problem_in(self, region: Region) -> str:
        for cell in self.cells[region].values():
            if problem := cell.unreadable():
                return f"{region.label}: {problem}"
        lesions = self._lesions(region)
        if lesions and lesions.involved > region.percent + 1e-9:
            return _("The {region} is {percent} % of the body; what is entered exceeds it.").format(
                region=_(region.value), percent=number_text(region.percent)
            )
        return ""

    def _lesions(self, region: Region) -> Lesions | None:
        amounts = {kind: cell.value() for kind, cell in self.cells[region].items()}
        entered = {kind: amount for kind, amount in amounts.items() if amount is not None}
        return Lesions(**entered) if entered else None

    def _cell(self, region: Region, kind: str) -> ReadLine:
        cell = ReadLine(read_share, typed_text, self)
        cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        cell.setAccessibleName(
            _("{region}, {kind}, % of the body").format(region=region.label, kind=_(KINDS[kind]))
        )
        cell.typed.connect(self._on_typed)
        cell.left.connect(self.left)
        return cell

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        headings = [_("Region"), _("At most"), *(_(KINDS[kind]) for kind in KINDS)]
        for column, heading in enumerate(headings):
            grid.addWidget(self._words(heading, right=column > 0), 0, column)
        for line, (region, row) in enumerate(self.cells.items(), start=1):
            grid.addWidget(self._words(region.label), line, 0)
            limit = f"{number_text(region.percent)} %"
            grid.addWidget(self._words(limit, right=True), line, 1)
            for column, cell in enumerate(row.values(), start=2):
                grid.addWidget(cell, line, column)
        grid.addWidget(self.total, len(self.cells) + 1, 0, 1, 5)
        grid.setColumnStretch(0, 1)
        return grid

    def _words(self, text: str, right: bool = False) -> QLabel:
        label = QLabel(text, self)
        dress(label, "quiet")
        if right:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _on_typed(self) -> None:
        self._show_total()
        self.changed.emit()

    def _show_total(self) -> None:
        words = self.unreadable() or skin_words(self.value() or {})
        self.total.setText(words or _("No region entered."))


def read_share(text: str) -> float:
    share = read_number(text)
    if share < 0:
        raise ValueError(_("Give 0 or more."))
    return share

"""The skin score by region: a body beside the table, the totals and what they are against."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.base import FieldWords
from models.skin import Lesions, Region, Regions, mswat
from models.skin_course import Before, changes_in_words
from models.value_words import number_text, skin_words
from models.words import N_, _, capitalised, day_words, listing, within_sentence
from ui.buttons import button, on_keys
from ui.editor import Editor
from ui.region_body import RegionBody, told
from ui.region_cell import RegionCell
from ui.theme import GAP, MARGIN, dress

KINDS = {"patch": N_("Patch"), "plaque": N_("Plaque"), "tumour": N_("Tumour")}
BLOCKS = 2  # columns of regions: their order reads from left to right, each pair in one row
COPY_KEYS = "Ctrl+D"
LIMITS_FROM = 600  # so wide that the share of each region stands in the table too

ScoresBefore = Callable[[dt.date, uuid.UUID], Before]


class RegionsEditor(Editor):
    """18 regions by patch, plaque and tumour; an empty row is a region not entered.

    Tab goes from cell to cell, Enter and the arrows up and down within a column; `a` fills in what
    is left of the region. `learn` takes what tells the scores before a day.
    """

    wide = True
    follows = ("date",)

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._scores_before: ScoresBefore | None = None
        self._before = Before()
        self.body = RegionBody(self)
        self.body.picked.connect(self.focus_on)
        self.names = {region: self._name(region) for region in Region}
        self.cells = {
            region: {kind: self._cell(region, kind) for kind in KINDS} for region in Region
        }
        self.total, self.changes = QLabel(self), QLabel(self)
        self.total.setAccessibleName(_("Total"))
        self.changes.setAccessibleName(_("Change"))
        self.changes.setWordWrap(True)
        dress(self.total, "strong")
        dress(self.changes, "quiet")
        self.copy_button = button(_("Copy the last score"), self.copy_last, self)
        on_keys(COPY_KEYS, self.copy_last, self)
        self.limits = {region: self._limit(region) for region in Region}
        self._lay_out()
        self.hold(*[cell for row in self.cells.values() for cell in row.values()])
        self._show()

    def value(self) -> Regions | None:
        return None if self.unreadable() else self._entered() or None

    def set_value(self, value: Mapping[Region, Lesions] | None) -> None:
        for region in Region:
            self._put(region, (value or {}).get(region))
        self._show()

    def told(self) -> str:
        """The total, then each region that is involved, then those that are clear."""
        entered = self._entered()
        lines = [
            _("{region}: {lesions}").format(region=region.label, lesions=_amounts(lesions))
            for region, lesions in entered.items()
            if lesions.involved
        ]
        clear = [_(region.value) for region, lesions in entered.items() if not lesions.involved]
        if clear:
            lines.append(_("Clear: {regions}").format(regions=listing(clear)))
        return "\n".join([skin_words(entered), *lines]).strip()

    def state(self) -> dict[str, dict[str, str]]:
        """What is typed, by region and kind."""
        texts = {
            region.value: {kind: text for kind, cell in row.items() if (text := cell.state())}
            for region, row in self.cells.items()
        }
        return {region: typed for region, typed in texts.items() if typed}

    def restore(self, state: Mapping[str, Mapping[str, str]]) -> None:
        for region, row in self.cells.items():
            for kind, cell in row.items():
                cell.restore(state.get(region.value, {}).get(kind, ""))
        self._show()

    def learn(self, known: ScoresBefore) -> None:
        self._scores_before = known

    def follow(self, values: Mapping[str, Any]) -> None:
        """The scores before the form's date."""
        day, own = values.get("date"), values["id"]
        known = self._scores_before
        self._before = known(day, own) if known and day else Before()
        self._show()

    def copy_last(self) -> None:
        """Fill in the last score where nothing is typed yet."""
        last = self._before.last
        if last is None or not last.regions:
            return
        for region, lesions in last.regions.items():
            if not any(cell.text() for cell in self.cells[region].values()):
                self._put(region, lesions)
        self.focus_on(next(iter(Region)))
        self._on_typed()

    def focus_on(self, region: Region) -> None:
        self.cells[region]["patch"].setFocus(Qt.FocusReason.TabFocusReason)

    def unreadable(self) -> str:
        return next((problem for region in Region if (problem := self._problem_in(region))), "")

    def set_problem(self, text: str) -> None:
        """What is wrong is where the keyboard goes."""
        super().set_problem(text)
        if self.inputs:
            self.setFocusProxy(next(self._at_fault(), self.inputs[0]))

    def mark(self, widget: QWidget, wrong: bool) -> None:
        at_fault = [*self._at_fault()] if wrong else []
        dress(widget, "cell-wrong" if widget in at_fault else "cell")

    def _at_fault(self) -> Iterator[RegionCell]:
        """The cells that cannot be read, or all that together exceed their region."""
        for region, row in self.cells.items():
            unread = [cell for cell in row.values() if cell.unreadable()]
            yield from unread or (row.values() if self._problem_in(region) else ())

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

    def _entered(self) -> Regions:
        """What can be read."""
        found = {region: self._lesions(region) for region in Region}
        return {region: lesions for region, lesions in found.items() if lesions}

    def _lesions(self, region: Region) -> Lesions | None:
        amounts = {kind: cell.value() for kind, cell in self.cells[region].items()}
        entered = {kind: amount for kind, amount in amounts.items() if amount is not None}
        return Lesions(**entered) if entered else None

    def _put(self, region: Region, lesions: Lesions | None) -> None:
        for kind, cell in self.cells[region].items():
            amount = getattr(lesions, kind) if lesions else None
            cell.set_value(amount or (0.0 if lesions and not lesions.involved else None))

    # Typing

    def _on_typed(self) -> None:
        self._show()
        self.changed.emit()

    def _on_entered(self) -> None:
        """Outline the region on the body, and name it in the table."""
        cell = self.sender()
        if isinstance(cell, RegionCell):
            self._bring_into_view(cell)
            self.body.mark([cell.region])
            for region, name in self.names.items():
                dress(name, "current" if region is cell.region else "note")

    def _on_stepped(self, rows: int) -> None:
        """Within the column, and from its end to the next block."""
        cell = self.sender()
        if not isinstance(cell, RegionCell):
            return
        order = [region for block in range(BLOCKS) for region in [*Region][block::BLOCKS]]
        (kind,) = (kind for kind, each in self.cells[cell.region].items() if each is cell)
        place = (order.index(cell.region) + rows) % len(order)
        self.cells[order[place]][kind].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_all(self) -> None:
        """The whole region, but for what is entered as another kind of lesion."""
        cell = self.sender()
        if isinstance(cell, RegionCell):
            others = [each for each in self.cells[cell.region].values() if each is not cell]
            left = cell.region.percent - sum(each.value() or 0 for each in others)
            cell.setText(number_text(max(round(left, 6), 0)))
            cell.selectAll()

    def _bring_into_view(self, cell: QWidget) -> None:
        """The whole table where it fits, and always the rows around the cell."""
        form: QWidget | None = self
        while form is not None and not isinstance(form, QScrollArea):
            form = form.parentWidget()
        if form is not None:
            form.ensureWidgetVisible(self, 0, 0)
            form.ensureWidgetVisible(cell, 0, 2 * cell.height())

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for limit in self.limits.values():
            limit.setVisible(self.width() >= LIMITS_FROM)

    def _show(self) -> None:
        entered = self._entered()
        problem = self.unreadable()
        self.total.setText(problem or skin_words(entered) or _("No region entered."))
        self.body.show_lesions(entered)
        words = changes_in_words(self._before, mswat(entered)) if entered and not problem else []
        self.changes.setText(capitalised("; ".join(words)))
        self.changes.setVisible(bool(words))
        last = self._before.last
        self.copy_button.setVisible(bool(last and last.regions))
        if last:
            text = _("Copy from {date}").format(date=day_words(last.date))
            self.copy_button.setText(text)
            tip = _("Fill in the last skin score where nothing is typed, to be corrected ({keys})")
            self.copy_button.setToolTip(tip.format(keys=COPY_KEYS))

    def _cell(self, region: Region, kind: str) -> RegionCell:
        cell = RegionCell(region, _(KINDS[kind]), self)
        cell.typed.connect(self._on_typed)
        cell.left.connect(self.left)
        cell.entered.connect(self._on_entered)
        cell.stepped.connect(self._on_stepped)
        cell.all_asked.connect(self._on_all)
        return cell

    def _name(self, region: Region) -> QLabel:
        name = self._small(region.label)
        name.setToolTip(capitalised(told(region)))
        return name

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setHorizontalSpacing(4)
        table.setVerticalSpacing(2)
        for block in range(BLOCKS):
            self._fill(table, [*Region][block::BLOCKS], block * 6)
        table.setColumnMinimumWidth(5, GAP)
        both = QHBoxLayout()
        both.setSpacing(MARGIN)
        both.addWidget(self.body, 1)
        both.addLayout(table)
        results = QVBoxLayout()
        results.setSpacing(0)
        results.addWidget(self.total)
        results.addWidget(self.changes)
        under = QHBoxLayout()
        under.setSpacing(GAP)
        under.addLayout(results, 1)
        under.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(both)
        column.addLayout(under)
        self.row.addLayout(column)

    def _fill(self, table: QGridLayout, regions: list[Region], at: int) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, heading in enumerate(map(_, KINDS.values()), start=at + 2):
            table.addWidget(self._small(heading), 0, column, right)
        for line, region in enumerate(regions, start=1):
            table.addWidget(self.names[region], line, at)
            table.addWidget(self.limits[region], line, at + 1, right)
            for column, cell in enumerate(self.cells[region].values(), start=at + 2):
                table.addWidget(cell, line, column)

    def _limit(self, region: Region) -> QLabel:
        limit = self._small(f"{number_text(region.percent)} %")
        limit.setToolTip(capitalised(told(region)))
        return limit

    def _small(self, text: str) -> QLabel:
        label = QLabel(text, self)
        dress(label, "note")
        return label


def _amounts(lesions: Lesions) -> str:
    """`patch 3 %, plaque 0.5 %`."""
    amounts = {kind: getattr(lesions, kind) for kind in KINDS}
    return ", ".join(
        _("{kind} {amount} %").format(
            kind=within_sentence(_(KINDS[kind])), amount=number_text(amount)
        )
        for kind, amount in amounts.items()
        if amount
    )
